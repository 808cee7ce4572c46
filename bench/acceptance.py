"""The rows of tests/acceptance.toml, and the page docs/acceptance.md that is made of them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/acceptance.md"
_DAY = re.compile(r"^\| (\d+) \|.*\| shown (\d{4}-\d\d-\d\d) \|$", re.MULTILINE)
_HEAD = """# What somebody can do, and the test that holds us to it

Every promise names one test. `python -m bench.acceptance_proof` takes the line of the feature away in a
copy of the code, sees that test fail by an assertion (a crash does not count), puts the line back and sees
it pass; then it writes this page. The rows stand in `tests/acceptance.toml`, with more tests of the same
promise under `also`; `tests/test_acceptance.py` keeps both in step with the code. A test is no eye and no
stopwatch: the last table says what a person looks at as well.

| # | promise | where | test | without this line it fails | shown |
|---|---|---|---|---|---|
"""
_HAND = """
## By hand as well
| # | what a person does | last done |
|---|---|---|
"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One promise: its test, and the product's text that is replaced by `put` to see that test fail.

    `also` are tests that hold the rest of it and are not shown this way. `by_hand` says what a person looks
    at besides, `done` the day that was done last.
    """

    number: int
    promise: str
    where: str
    test: str
    file: str
    remove: str
    put: str = ""
    also: tuple[str, ...] = ()
    by_hand: str = ""
    done: str = ""


def rows() -> list[Row]:
    """All rows in their order."""
    with (ROOT / "tests/acceptance.toml").open("rb") as file:
        found = tomllib.load(file)["row"]
    return [Row(**{**row, "also": tuple(row.get("also", ()))}) for row in found]


def page(of: list[Row], days: dict[int, date | None]) -> str:
    """The page; a row without a day has not been shown."""
    lines = [_line(row, days.get(row.number)) for row in of]
    hand = [f"| {row.number} | {row.by_hand} | {row.done or 'not yet'} |" for row in of if row.by_hand]
    return _HEAD + "\n".join(lines) + "\n" + _HAND + "\n".join(hand) + "\n"


def shown(at: Path) -> dict[int, date | None]:
    """Row number -> the day it was shown last, as the page has it."""
    found = _DAY.findall(at.read_text(encoding="utf-8")) if at.exists() else []
    return {int(number): date.fromisoformat(day) for number, day in found}


def _line(row: Row, day: date | None) -> str:
    module, _, test = row.test.partition("::")
    said = f"shown {day}" if day else "**not shown**"
    first = row.remove.strip().splitlines()[0].strip().replace("|", "\\|")
    more = " …" if len(row.remove.strip().splitlines()) > 1 else ""
    test = f"`{module.removeprefix('tests/')}` {test.removeprefix('test_').replace('_', ' ')}"
    removed = f"`{row.file.removeprefix('tracker/')}`: `{first}`{more}"
    return f"| {row.number} | {row.promise} | {row.where} | {test} | {removed} | {said} |"
