"""How much the guard on free text finds, and how often it is wrong: python -m bench.privacy [--out FILE].

Reads the labelled corpus of tests/privacy_corpus and prints counts, never a text. The held-out third may be
measured a few times only, so every measurement of it stands in `privacy_held_out.csv`; `--held-out` with what
was changed since makes one more, and adds it there. So it is with `fresh.tsv`, whose even templates are not
to be read: `--fresh-look` counts them once more and adds that to `privacy_fresh.csv`.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tracker.analysis.proportion import exact
from tracker.privacy import BLOCKED, WARNED, find

CORPUS = Path(__file__).parent.parent / "tests" / "privacy_corpus" / "corpus.tsv"
HELD_OUT = Path(__file__).with_name("privacy_held_out.csv")
# Newer texts of two kinds: odd templates to tune on, even ones that were only ever counted, a few times.
FRESH, FRESH_LOOKS = CORPUS.with_name("fresh.tsv"), Path(__file__).with_name("privacy_fresh.csv")
FRESH_KINDS = ("birth_date", "age_role_place")
COLUMNS = ("measurement", "what", "found", "of", "told")
# Read apart, with no goal: what the list of kinds does not ask for, and streets that no ending tells.
APART = {"address_odd": "address", "beyond:full_name": "", "beyond:role_name": ""}
PRECISION, IN_VAIN = "precision", "in vain"
GOALS = dict.fromkeys(BLOCKED, 1.0) | dict.fromkeys(WARNED, 0.95) | {PRECISION: 0.97}


@dataclass
class Figures:
    """What the guard does with one split: of each kind how many were found, of how many."""

    found: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, found: bool) -> None:
        """Counts one text."""
        self.found[what] += found
        self.of[what] += 1


def rows(split: str) -> Iterator[tuple[str, str, str]]:
    """Label, kind and text of every line of one split."""
    for line in CORPUS.read_text(encoding="utf-8").split("\n")[1:-1]:
        one, label, kind, text = line.split("\t")
        if one == split:
            yield label, kind, text


def measured(split: str) -> Figures:
    """Lets the guard read one split. A text with two kinds counts for both; what it finds in a text
    without any counts against the precision, and by its trap as `in vain`."""
    figures = Figures()
    for label, kinds, text in rows(split):
        found = {hit.kind for hit in find(text)}
        if label == "negative":
            figures.add(IN_VAIN, bool(found))
            figures.found[f"{IN_VAIN}: {kinds}"] += bool(found)
            if found:
                figures.add(PRECISION, False)
            continue
        for kind in kinds.split("+"):
            wanted = APART.get(kind, kind)
            figures.add(kind, wanted in found if wanted else bool(found))
        if found and not kinds.startswith("beyond:"):
            figures.add(PRECISION, True)
    return figures


def fresh_rows(*, odd: bool) -> Iterator[tuple[str, str, str]]:
    """Label, kind and text of the newer texts, of the templates with an odd or an even number."""
    for line in FRESH.read_text(encoding="utf-8").split("\n")[1:]:
        if line:
            kind, number, label, text = line.split("\t")
            if int(number) % 2 == odd:
                yield label, kind, text


def fresh(*, odd: bool) -> Figures:
    """Lets the guard read one half of the newer texts: found of each kind, and what was found in vain."""
    figures = Figures()
    for label, kind, text in fresh_rows(odd=odd):
        found = {hit.kind for hit in find(text)}
        if label == "negative":
            figures.add(IN_VAIN, bool(found))
        else:
            figures.add(kind, kind in found)
    return figures


def fresh_looks() -> list[tuple[str, str, Figures]]:
    """Day, what had changed and figures of every count of the even half, oldest first."""
    looks: dict[str, tuple[str, str, Figures]] = {}
    with FRESH_LOOKS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            _, _, figures = looks.setdefault(row["look"], (row["day"], row["told"], Figures()))
            figures.found[row["what"]], figures.of[row["what"]] = int(row["found"]), int(row["of"])
    return list(looks.values())


def held_out() -> list[tuple[str, Figures]]:
    """Every measurement of the held-out third, oldest first, with what was told of it."""
    found: dict[str, tuple[str, Figures]] = {}
    with HELD_OUT.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            told, figures = found.setdefault(row["measurement"], (row["told"], Figures()))
            figures.found[row["what"]], figures.of[row["what"]] = int(row["found"]), int(row["of"])
            found[row["measurement"]] = (told or row["told"], figures)
    return list(found.values())


def main() -> None:
    """Measures and writes the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="the file to write; without it the text is printed")
    parser.add_argument("--held-out", metavar="CHANGED", help="measure the held-out third once more")
    parser.add_argument(
        "--fresh-look", nargs=2, metavar=("DAY", "CHANGED"), help="count the even half once more"
    )
    wanted = parser.parse_args()
    if wanted.fresh_look:
        _look_once_more(*wanted.fresh_look)
    if wanted.held_out:
        _measure_once_more(wanted.held_out)
    text = "\n".join(told(measured("tuning"), held_out(), fresh(odd=True), fresh_looks()))
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def _measure_once_more(changed: str) -> None:
    figures, number = measured("held_out"), len(held_out()) + 1
    with HELD_OUT.open("a", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        for place, what in enumerate(sorted({*figures.of, *(+figures.found)})):
            table.writerow((number, what, figures.found[what], figures.of[what], "" if place else changed))


def _look_once_more(day: str, changed: str) -> None:
    figures, number = fresh(odd=False), len(fresh_looks())
    with FRESH_LOOKS.open("a", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        for place, what in enumerate((*FRESH_KINDS, IN_VAIN)):
            table.writerow(
                (number, day, what, figures.found[what], figures.of[what], "" if place else changed)
            )


def told(
    tuning: Figures,
    measurements: list[tuple[str, Figures]],
    odd: Figures,
    looks: list[tuple[str, str, Figures]],
) -> list[str]:
    """The lines of the file."""
    last = measurements[-1][1]
    lines = [*_OPENING, "", _HEAD, "|---|---|---|---|---|---|---|"]
    for what, goal in GOALS.items():
        severity = "blocked" if what in BLOCKED else "asked about" if what in WARNED else ""
        name = f"`{what}`" if severity else "precision, all kinds"
        kept = "" if last.found[what] >= goal * last.of[what] else " **missed**"
        shares = f"{_share(tuning, what)} | {_share(last, what)}"
        lines.append(f"| {name} | {severity} | {100 * goal:.0f} %{kept} | {shares} |")
    lines += [
        "",
        "## Apart, without a goal",
        "",
        "| kind | tuning | 95 % | held out | 95 % |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| `{what}` | {_share(tuning, what)} | {_share(last, what)} |" for what in APART]
    lines += ["", "## Every measurement of the held-out third", ""]
    for number, (changed, figures) in enumerate(measurements, start=1):
        lines.append(f"{number}. {changed} {_missed(figures)}")
    return [*lines, *_told_of_fresh(odd, looks), ""]


def _told_of_fresh(odd: Figures, looks: list[tuple[str, str, Figures]]) -> list[str]:
    """The newer texts: the half that was tuned on, and every count of the half that was never read."""
    even = looks[-1][2]
    lines = ["", "## Newer texts, of two kinds", "", *_OF_FRESH, "", *_FRESH_HEAD]
    lines += [
        f"| `{kind}` | {100 * GOALS[kind]:.0f} % | {_share(odd, kind)} | {_share(even, kind)} |"
        for kind in FRESH_KINDS
    ]
    lines += [f"| found in vain | | {_share(odd, IN_VAIN)} | {_share(even, IN_VAIN)} |", ""]
    for number, (day, changed, figures) in enumerate(looks):
        counts = ", ".join(f"`{kind}` {figures.found[kind]} of {figures.of[kind]}" for kind in FRESH_KINDS)
        vain = f"{figures.found[IN_VAIN]} of {figures.of[IN_VAIN]} in vain"
        lines.append(f"- Look {number}, {day}: {changed} {counts}, {vain}.")
    return lines


_OF_FRESH = (
    "Written later by somebody who had not seen the guard, to be varied and hard (`fresh.tsv`). The rules",
    "were developed on the odd templates; the even ones were counted, never read; each count is told below.",
)
_FRESH_HEAD = (
    "| kind | goal | odd, developed on | 95 % | even, unseen | 95 % |",
    "|---|---|---|---|---|---|",
)
_HEAD = "| kind | severity | goal | tuning | 95 % | held out | 95 % |"
_OPENING = (
    "# How much the guard on free text finds",
    "",
    "Made by `python -m bench.privacy --out docs/privacy.md`; do not edit by hand. The corpus, who wrote it",
    "and what it cannot show: `tests/privacy_corpus/README.md`. Found of those with the kind (recall), with",
    "exact intervals as if all texts were independent. Texts from one template are alike, so the intervals",
    "are too narrow; and shares among invented texts say nothing about how often data of people occurs in a",
    "real log. A goal is held against the held-out texts; **missed** is what it says.",
)


def _share(figures: Figures, what: str) -> str:
    hits, trials = figures.found[what], figures.of[what]
    share = exact(hits, trials)
    assert share.value is not None, what
    assert share.low is not None
    assert share.high is not None
    return f"{hits} of {trials} = {100 * share.value:.1f} % | {100 * share.low:.1f}-{100 * share.high:.1f}"


def _missed(figures: Figures) -> str:
    """What was not found and what was found in vain, in one line."""
    short = [what for what in GOALS if what != PRECISION and figures.found[what] < figures.of[what]]
    kinds = ", ".join(f"`{what}` {figures.found[what]} of {figures.of[what]}" for what in short)
    traps = ", ".join(
        f"`{what.removeprefix(IN_VAIN + ': ')}` {times}"
        for what, times in sorted(figures.found.items())
        if what.startswith(f"{IN_VAIN}: ") and times
    )
    vain = f"{figures.found[IN_VAIN]} of {figures.of[IN_VAIN]} without data were found in vain"
    return f"Not all found: {kinds}. {vain}{f' ({traps})' if traps else ''}."


if __name__ == "__main__":
    main()
