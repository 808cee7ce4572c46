"""Which pairs of a working group are still a pair a year later: python -m bench.pair_retention --cases DIR.

Reads DIR/nodejs_secwg/participants.csv by name and prints counts and shares. The file holds codes for
persons, which the product refuses; they are counted here and neither printed nor kept.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from tracker.analysis import pairs
from tracker.analysis.estimate import Estimate
from tracker.analysis.pairs import Retention

_MEETING = "meeting"
_COLUMNS = {"date": "day", "kind": "meeting", "participant": "partner"}


@dataclass(frozen=True, kw_only=True)
class YearsLater:
    """Pairs and persons of every calendar year against the next one."""

    pairs: Retention
    persons: Retention


def counted(participants: Path) -> YearsLater:
    """The counts of one participants.csv (date,kind,participant); only its meetings count."""
    rows = pd.read_csv(participants, parse_dates=["date"]).rename(columns=_COLUMNS)
    there = rows[rows["meeting"] == _MEETING]
    return YearsLater(
        pairs=pairs.retention(pairs.pairs_by_period(there, _year), _next),
        persons=pairs.retention(pairs.partners_by_period(there, _year), _next),
    )


def table(found: YearsLater) -> list[str]:
    """One line a year and one over all, as a table in Markdown."""
    lines = ["| year | pairs | still a pair a year later | persons | still there |", "|---|---|---|---|---|"]
    for pair, person in zip(found.pairs.periods, found.persons.periods, strict=True):
        lines.append(f"| {pair.period} | {pair.total} | {pair.kept} | {person.total} | {person.kept} |")
    return [
        *lines,
        "",
        f"Pairs still a pair a year later: {_in_words(found.pairs.pooled)}.",
        f"Persons still there a year later: {_in_words(found.persons.pooled)}.",
    ]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, required=True, help="the folder of the real cases")
    cases = parser.parse_args().cases
    print("\n".join(table(counted(cases / "nodejs_secwg" / "participants.csv"))))


def _year(day: date) -> int:
    return day.year


def _next(year: int) -> int:
    return year + 1


def _in_words(share: Estimate) -> str:
    if share.value is None:
        return "nobody met"
    return f"{100 * share.value:.1f} % [{100 * (share.low or 0):.1f}-{100 * (share.high or 0):.1f}]"


if __name__ == "__main__":
    main()
