"""tests/acceptance.toml -> docs/acceptance.md: the test of every promise fails once its line is taken away.

    python -m bench.acceptance_proof            every row
    python -m bench.acceptance_proof 6 17       these rows; the others keep the day they were shown last

Works in a copy of the tracked files. A row is shown when its one test fails without the line, by an assertion
of the test itself and not by a crash, and passes once the line is back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.acceptance import PAGE, ROOT, Row, page, rows, shown

SECONDS = 1_800
_ASSERTED = ("AssertionError", "assert ", "Failed: DID NOT RAISE")
_CRASHED = (
    "AttributeError",
    "ImportError",
    "IndentationError",
    "KeyError",
    "ModuleNotFoundError",
    "NameError",
    "SyntaxError",
    "TypeError",
    "ElementList(",  # what a page that raised leaves behind
)


def main(wanted: list[int]) -> int:
    """Shows the rows (all without any), writes the page, tells what could not be shown."""
    asked = [row for row in rows() if not wanted or row.number in wanted]
    with tempfile.TemporaryDirectory(prefix="acceptance-") as folder:
        tree = copied(Path(folder))
        complaints = {row.number: without_its_line(row, tree) for row in asked}
        told = outcomes([row.test for row in asked], tree)
    days = shown(PAGE)
    for row in asked:
        again = told[row.test]
        complaint = complaints[row.number] or (again and f"with its line: {again}")
        print(f"{row.number:3} {complaint or 'fails without its line, passes with it'}")
        days[row.number] = None if complaint else date.today()
    PAGE.write_text(page(rows(), days), encoding="utf-8")
    return int(any(days[row.number] is None for row in asked))


def copied(folder: Path) -> Path:
    """A copy of what is tracked, as it stands in the working tree."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def without_its_line(row: Row, tree: Path) -> str:
    """What keeps the row from being shown while its line is away, empty when its test fails as it should."""
    product = tree / row.file
    as_it_is = product.read_text(encoding="utf-8")
    product.write_text(as_it_is.replace(row.remove, row.put), encoding="utf-8")
    said = outcomes([row.test], tree)[row.test]
    product.write_text(as_it_is, encoding="utf-8")
    print(f"{row.number:3} without: {(said.strip().splitlines() or ['passes'])[0][:160]}", flush=True)
    complaint = unlike_an_assertion(said)
    return complaint and f"without its line: {complaint}"


def outcomes(tests: list[str], tree: Path) -> dict[str, str]:
    """Test -> what it says when it fails, "error: ..." when it did not run to it, empty when it passes."""
    told = tree / "told.xml"
    told.unlink(missing_ok=True)
    quietly = ("-m", "pytest", "-q", "-p", "no:cacheprovider", *(["-x"] if len(tests) == 1 else []))
    command = [sys.executable, *quietly, f"--junitxml={told}", *tests]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=SECONDS, check=False)
    cases = list(ElementTree.parse(told).iter("testcase")) if told.exists() else []
    never = f"error: it did not run: {run.stdout[-400:]}"
    return {test: next(_said(test, cases), "" if [*_of(test, cases)] else never) for test in tests}


def _of(test: str, cases: list[ElementTree.Element]) -> Iterator[ElementTree.Element]:
    """The cases of one test, one for each of its parameters."""
    path, _, name = test.partition("::")
    module = path.removesuffix(".py").replace("/", ".")
    for case in cases:
        if case.get("classname") == module and case.get("name", "").partition("[")[0] == name:
            yield case


def _said(test: str, cases: list[ElementTree.Element]) -> Iterator[str]:
    for case in _of(test, cases):
        for kind, lead in (("failure", ""), ("error", "error: "), ("skipped", "error: skipped ")):
            if (found := case.find(kind)) is not None:
                yield lead + found.get("message", "")


def unlike_an_assertion(said: str) -> str:
    """Why this failure shows nothing: there is none, or the program crashed and broke no promise."""
    if not said:
        return "the test still passes"
    if not said.startswith(_ASSERTED):
        return f"no assertion failed: {said}"
    crash = next((word for word in _CRASHED if word in said), None)
    return f"it crashed ({crash}): {said}" if crash else ""


if __name__ == "__main__":
    raise SystemExit(main([int(number) for number in sys.argv[1:]]))
