"""All that is measured about speed and scale, in one run: python -m bench.run --quick|--full --cache DIR.

The parts run one after the other, each in a process of its own as it runs alone, and what they found becomes
docs/performance.md and a file with every figure. A part that fails is told, and the others go on. Ten
sessions at once come last: they keep the load of the machine high for a minute after them.

With --results a run that was cut off goes on where it stopped, when the product is the same: what the file
holds of this size is not measured again, but for parts that failed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import fit_speed, gen, paper, provenance
from bench.found import Run, begun, results
from bench.goals import LARGE, LARGEST, Figure
from bench.serving import ROOT

# Each with the share of the rounds it takes: a cold start takes seconds where a run of a page takes a third.
PARTS = {
    "pages": 1.0,
    "browsing": 1.0,
    "clicking": 1.0,
    "filtering": 0.5,
    "cold_start": 0.35,
    "saving": 1.0,
    "checking": 0.35,
    "views": 1.0,
    "memory": 1.0,
    "report_floor": 0.7,
    "peers": 0.7,
    "sessions": 0.5,
}
FITS = "fit_speed"
QUICK, FULL = ((1_000, 10_000, 30_000, LARGE), 8), ((1_000, 10_000, LARGE, LARGEST), 30)
_FEWEST_ROUNDS, _MOST_SECONDS = 3, 1_200


def main() -> None:
    """Runs everything and writes both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--quick", action="store_true", help="up to 100,000 activities, few rounds")
    size.add_argument("--full", action="store_true", help="up to a million, for the record")
    parser.add_argument("--cache", type=Path, required=True, help="where made logs are kept between runs")
    parser.add_argument("--only", nargs="+", choices=(*PARTS, FITS), default=(*PARTS, FITS))
    parser.add_argument("--datasette", default="", help="the datasette program, when it is not on the PATH")
    parser.add_argument("--results", type=Path, help="every figure as JSON")
    parser.add_argument("--out", type=Path, help="the document; without it the text is printed")
    wanted = parser.parse_args()
    name = "full" if wanted.full else "quick"
    more = ["--cache", str(wanted.cache.absolute()), "--datasette", wanted.datasette]
    done = begun(name, provenance.product(), wanted.results)
    run(done, *(FULL if wanted.full else QUICK), wanted.only, wanted.cache, more, wanted.results)
    text = "\n".join([*paper.lines(done), ""])
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def run(
    done: Run,
    sizes: Sequence[int],
    rounds: int,
    only: Sequence[str],
    cache: Path,
    more: list[str],
    kept: Path | None = None,
) -> None:
    """The parts of these names that are not there yet, after the logs that they share.

    `kept` gets what was found after each.
    """
    for size in sizes:
        print(gen.kept(cache, size), file=sys.stderr, flush=True)
    before = done.load[0] if done.minutes else os.getloadavg()[0]
    for part in (one for one in (*PARTS, FITS) if one in only and one not in done.minutes):
        if part == FITS:
            began = time.perf_counter()
            done.fits = fit_speed.tables(rounds // 4)
            done.minutes[FITS] = (time.perf_counter() - began) / 60
        else:
            own = max(_FEWEST_ROUNDS, round(PARTS[part] * rounds))
            _one(done, part, ["--sizes", *map(str, sizes), "--rounds", str(own), *more])
        done.load = (before, os.getloadavg()[0])
        if kept:
            kept.write_text(json.dumps(results(done), indent=1), encoding="utf-8")


def _one(done: Run, part: str, words: list[str]) -> None:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "figures.json"
        try:
            subprocess.run(
                [sys.executable, "-m", f"bench.{part}", *words, "--results", str(found)],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
                timeout=_MOST_SECONDS,
            )
            done.figures += [Figure(**one) for one in json.loads(found.read_text(encoding="utf-8"))]
        except subprocess.TimeoutExpired:
            done.failed[part] = f"stopped after {_MOST_SECONDS} seconds"
        except subprocess.CalledProcessError as error:
            done.failed[part] = "failed: " + error.stderr.strip().splitlines()[-1][:200]
    done.minutes[part] = (time.perf_counter() - began) / 60
    told = done.failed.get(part, "done")
    print(f"{part}: {told}, {done.minutes[part]:.1f} minutes", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
