"""tests/acceptance.toml -> docs/acceptance.md: the named test of every promise fails once its line is taken away.

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
from datetime import date
from pathlib import Path

from bench.acceptance import PAGE, ROOT, Row, page, rows, shown

SECONDS = 300
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
    days, refused = shown(PAGE), 0
    with tempfile.TemporaryDirectory(prefix="acceptance-") as folder:
        tree = copied(Path(folder))
        for row in rows():
            if wanted and row.number not in wanted:
                continue
            complaint = proof(row, tree)
            refused += bool(complaint)
            print(f"{row.number:3} {complaint or 'fails without its line, passes with it'}", flush=True)
            days[row.number] = None if complaint else date.today()
            PAGE.write_text(page(rows(), days), encoding="utf-8")
    return min(refused, 1)


def copied(folder: Path) -> Path:
    """A copy of what is tracked, as it stands in the working tree."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def proof(row: Row, tree: Path) -> str:
    """What keeps the row from being shown; empty when it is."""
    product = tree / row.file
    as_it_is = product.read_text(encoding="utf-8")
    product.write_text(as_it_is.replace(row.remove, row.put), encoding="utf-8")
    without = outcome(row.test, tree)
    product.write_text(as_it_is, encoding="utf-8")
    complaint = unlike_an_assertion(without)
    if complaint:
        return f"without its line: {complaint}"
    print(f"    {without.strip().splitlines()[0][:180]}")
    again = outcome(row.test, tree)
    return f"with its line: {again}" if again else ""


def outcome(test: str, tree: Path) -> str:
    """What the test says when it fails, "error: ..." when it never got to its own lines, empty when it passes."""
    told = tree / "told.xml"
    told.unlink(missing_ok=True)
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={told}", test]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=SECONDS, check=False)
    cases = list(ElementTree.parse(told).iter("testcase")) if told.exists() else []
    if not cases or any(case.find("skipped") is not None for case in cases):
        return f"error: the test did not run: {run.stdout[-400:]}"
    for case in cases:
        for kind in ("error", "failure"):
            if (found := case.find(kind)) is not None:
                said = found.get("message", "")
                return said if kind == "failure" else f"error: {said}"
    return ""


def unlike_an_assertion(said: str) -> str:
    """Why this failure shows nothing: there is none, or the program crashed instead of breaking its promise."""
    if not said:
        return "the test still passes"
    if not said.startswith(_ASSERTED):
        return f"no assertion failed: {said}"
    crash = next((word for word in _CRASHED if word in said), None)
    return f"it crashed ({crash}): {said}" if crash else ""


if __name__ == "__main__":
    raise SystemExit(main([int(number) for number in sys.argv[1:]]))
