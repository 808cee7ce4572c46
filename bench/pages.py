"""How fast a page comes again in an open session, and what it keeps: python -m bench.pages [--out FILE].

Three servers take turns within every round, so that a busy machine slows all of them alike: a page with
nothing on it, the static twin of the home screen (`bench.floor.twin`), and the home screen itself for each
size of log. Spoken to over the websocket, without a browser. Ratios are of medians with a bootstrap interval.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from streamlit.testing.v1 import AppTest

from bench.provenance import commit
from bench.report_speed import logged
from tests.trust.wire import Wire, call

ROOT = Path(__file__).parent.parent
SIZES = (1_000, 10_000, 100_000)
HELLO, TWIN = "hello", "twin"
SESSIONS = 5
_SECONDS_TO_START = 60


@dataclass
class Measured:
    """What one server did: seconds of every run of its page, bytes a run, megabytes of memory."""

    seconds: list[float] = field(default_factory=list)
    sent: int = 0
    after_first: float = 0.0
    a_session: float = 0.0


def main() -> None:
    """Makes the logs, runs all rounds and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="activities in the log")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--out", type=Path, help="the file to write; without it the text is printed")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _measure(Path(folder), tuple(wanted.sizes), wanted.rounds)
    text = "\n".join([*_told(found, wanted.rounds), ""])
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def nodes(database: Path) -> list[dict[str, Any]]:
    """The elements of the home screen for this log, as the twin draws them again."""
    os.environ["TRACKER_DB"] = str(database)
    page = AppTest.from_file(str(ROOT / "tracker/pages/main.py"), default_timeout=120).run()
    assert not page.exception, page.exception
    return _nodes(page.main)


def _nodes(block: Any) -> list[dict[str, Any]]:
    return [_node(child) for child in block.children.values()]


def _node(element: Any) -> dict[str, Any]:
    proto, node = getattr(element, "proto", None), {"kind": str(element.type)}
    if hasattr(element, "children"):
        node["children"] = _nodes(element)  # type: ignore[assignment]
        node["horizontal"] = getattr(getattr(proto, "flex_container", None), "direction", 0) == 2  # type: ignore[assignment]
    if node["kind"] == "dataframe":
        rows = element.value.astype(str).to_dict("list")
        node["rows"] = {str(name): cells for name, cells in rows.items()}  # type: ignore[assignment]
    if getattr(proto, "datasets", None):
        node["tables"] = {one.name: b64encode(one.data.data).decode() for one in proto.datasets}  # type: ignore[assignment]
    for name in ("label", "body", "spec"):
        if isinstance(getattr(proto, name, None), str):
            node[name] = getattr(proto, name)
    node.setdefault("label", "–")
    return node


def _measure(folder: Path, sizes: tuple[int, ...], rounds: int) -> dict[str, Measured]:
    found = {name: Measured() for name in (HELLO, TWIN, *map(str, sizes))}
    with ExitStack() as stack:
        servers = {}
        for size in sizes:
            store = logged(folder / str(size), size)
            servers[str(size)] = ("dashboard.py", {"TRACKER_DB": str(store.path)})
        (folder / "twin.json").write_text(json.dumps(nodes(store.path)), encoding="utf-8")
        servers[HELLO] = ("bench/floor/hello.py", {})
        servers[TWIN] = ("bench/floor/twin.py", {"BENCH_TWIN": str(folder / "twin.json")})
        lines: dict[str, Wire] = {}
        for name, (script, environment) in servers.items():
            url, process = stack.enter_context(_running(folder, script, environment))
            lines[name] = stack.enter_context(call(url)).run()
            lines[name].run()  # the one that warms up
            found[name].after_first = _megabytes(process)
            for _ in range(SESSIONS):
                stack.enter_context(call(url)).run()
            found[name].a_session = (_megabytes(process) - found[name].after_first) / SESSIONS
        for _ in range(rounds):
            for name, line in lines.items():
                began = time.perf_counter()
                line.run()
                found[name].seconds.append(time.perf_counter() - began)
                found[name].sent = sum(one.ByteSize() for one in line.came)
    return found


@contextmanager
def _running(
    folder: Path, script: str, environment: dict[str, str]
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true"),
            *("--server.port", str(port)),
        ],
        cwd=ROOT,
        env={**os.environ, "HOME": str(folder), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url, limit = f"http://127.0.0.1:{port}", time.monotonic() + _SECONDS_TO_START
        while True:
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < limit, f"{script} does not start"
                time.sleep(0.1)
        yield url, process
    finally:
        process.terminate()
        process.wait(20)


def _megabytes(process: subprocess.Popen[bytes]) -> float:
    """What the process holds in memory now."""
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def ratio(ours: list[float], theirs: list[float], seed: int = 7) -> tuple[float, float, float]:
    """The ratio of two medians with its 95 % bootstrap interval; rounds are drawn as pairs, for a busy moment
    slows both."""
    chance, rounds = random.Random(seed), list(zip(ours, theirs, strict=True))
    drawn = []
    for _ in range(2_000):
        some = chance.choices(rounds, k=len(rounds))
        drawn.append(median(one for one, _ in some) / median(other for _, other in some))
    drawn.sort()
    return median(ours) / median(theirs), drawn[49], drawn[1949]


def _told(found: dict[str, Measured], rounds: int) -> Iterator[str]:
    yield "# How fast the home screen comes again"
    yield ""
    yield "Made by `python -m bench.pages --out docs/page-speed.md`; do not edit by hand."
    yield ""
    yield (
        f"{date.today():%d-%m-%Y}, commit {commit()}; {rounds} rounds in which all take turns, over the "
        "websocket without a browser. The twin draws the same elements with the same data and reckons "
        "nothing; a session is one more visitor at the same page. Bars: 1.2 times the twin at 100,000, "
        "220 MB, 3 MB."
    )
    yield ""
    yield "| page | ms | 95 % within | times the twin | times hello | kB a run | MB | MB a session |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, one in found.items():
        slow = sorted(one.seconds)[int(0.95 * len(one.seconds))]
        beside = [
            "{:.2f} ({:.2f}-{:.2f})".format(*ratio(one.seconds, found[floor].seconds))
            for floor in (TWIN, HELLO)
        ]
        yield (
            f"| {name} | {median(one.seconds) * 1000:.0f} | {slow * 1000:.0f} | {beside[0]} | {beside[1]} "
            f"| {one.sent / 1000:.0f} | {one.after_first:.0f} | {one.a_session:.1f} |"
        )


if __name__ == "__main__":
    main()
