"""Holds the house to its own rules: who may know whom, how big a room gets, where the clock hangs.

Each rule reads one parsed file and yields (line, complaint). At the end every rule is broken once in a
small house of its own, to see that it is noticed.
"""

from __future__ import annotations

import ast
import builtins
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up; a room imports only from the floors below its own, siblings not from each other.
FLOORS = (
    ("records", "language"),
    ("analysis",),
    ("privacy", "access"),
    ("store",),
    ("exchange",),
    ("words",),
    ("charts",),
    ("report",),
    ("pages", "commands"),
    ("__main__",),
    ("dashboard",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
EDGE = ("pages", "commands", "__main__", "dashboard")
SCREEN, WITHOUT_SCREEN = ("pages", "charts"), ("commands", "__main__")

ONLY_IN = {
    "streamlit": ("pages", "dashboard"),
    "starlette": ("dashboard",),
    "altair": ("charts",),
    "sqlite_utils": ("store",),
    "sqlite3": ("store",),
    "click": ("commands", "__main__"),
}
PACKAGE_OF = {
    "dateutil": "python-dateutil",
    "fontTools": "fonttools",
    "stdnum": "python-stdnum",
    "sqlite_utils": "sqlite-utils",
}
HEAVY = {
    "docx",
    "fontTools",
    "icalendar",
    "openpyxl",
    "pptx",
    "python_calamine",
    "recurring_ical_events",
    "typst",
    "vl_convert",
    "xlsxwriter",
}
CLOCK_OR_ENVIRONMENT = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|Timestamp\.(now|utcnow|today)"
    r"|time\.(time|time_ns|localtime|gmtime|ctime|strftime)|os\.(environ|getenv|getlogin)|getpass\.\w+)$"
)
CLOCK_IN_SQL = re.compile(r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\b(date|time|julianday|unixepoch)\(\s*'now'")
EMPTY_NAMES = {"util", "helper", "manager", "service", "common"}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|DROP|WHERE|VALUES|ORDER BY|VACUUM|ATTACH)\b")
SQL_CALLS = {"execute", "executemany", "executescript", "query", "rows_where", "delete_where"}
SQL_ARGUMENTS = {"where", "order_by", "select"}
MODULE_LINES, PAGE_LINES, FUNCTION_LINES = 400, 150, 50

# What the store puts into SQL text besides constants: tables, columns and marks of its own making.
# Each was read: none is ever what a user typed. A new name here asks the reviewer to read it too.
REVIEWED_SQL = {
    "ages.py": {"day", "table"},
    "batch_corrections.py": {"table"},
    "batches.py": {"column", "own", "single", "table"},
    "connection.py": {"setting"},
    "going.py": {"answers", "column", "links", "own", "table"},
    "heads.py": {"table"},
    "known.py": {"names", "table", "vocabulary"},
    "reading.py": {"column", "table"},
    "retelling.py": {"table"},
    "retention.py": {"name", "names", "table"},
    "rows.py": {"column", "columns", "kind", "name", "table"},
    "schema.py": {"column", "name", "shared", "steps", "table"},
    "terms.py": {"column", "columns", "name", "table", "term", "term_now"},
    "verification.py": {"table"},
    "writing.py": {"column", "columns", "links", "marks", "name", "names", "table"},
}


@dataclass(frozen=True)
class File:
    """One parsed source file of the product and the room it belongs to."""

    path: str
    room: str
    lines: int
    tree: ast.Module

    def nodes(self, *kinds: Any) -> Iterator[Any]:
        """All nodes of these kinds, in no promised order."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


Complaints = Iterator[tuple[int, str]]
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def complaints(root: Path) -> list[str]:
    """Every broken rule in the product under `root`, as `path:line: what`, sorted."""
    allowed = _packages(root / "requirements.in")
    found = []
    for file in house(root):
        told = [complaint for rule in RULES for complaint in rule(file)] + list(_unlisted(file, allowed))
        found += [f"{file.path}:{line}: {what}" for line, what in told]
    return sorted(set(found))


def house(root: Path) -> list[File]:
    """The product's files: dashboard.py and everything under tracker/."""
    paths = [path for path in [root / "dashboard.py", *sorted(root.glob("tracker/**/*.py"))] if path.exists()]
    return [_parsed(path, root) for path in paths]


def _parsed(path: Path, root: Path) -> File:
    source = path.read_text(encoding="utf-8")
    parts = path.relative_to(root).with_suffix("").parts
    room = parts[0] if len(parts) == 1 else parts[1]
    return File(str(path.relative_to(root)), room, len(source.splitlines()), ast.parse(source))


def _imports(file: File) -> Iterator[tuple[ast.stmt, str]]:
    """Each import as a full dotted name: `from tracker.analysis import policy` is tracker.analysis.policy."""
    package = Path(file.path).with_suffix("").parts[:-1]
    for node in file.nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join([*above, *filter(None, [node.module])])
            yield from ((node, f"{start}.{name.name}") for name in node.names)


def floors(file: File) -> Complaints:
    """Imports go down, and what has no screen leaves the rooms of the screen alone."""
    if file.room not in FLOOR and file.room != "__init__":
        yield 1, f"the room {file.room} has no floor"
    for node, name in _imports(file):
        top, _, rest = name.partition(".")
        room = rest.split(".")[0]
        elsewhere = top == "tracker" and room in FLOOR and room != file.room
        if elsewhere and FLOOR[room] >= FLOOR.get(file.room, -1):
            yield node.lineno, f"{file.room} may not know {room}"
        if file.room in WITHOUT_SCREEN and room in SCREEN:
            yield node.lineno, f"{file.room} has no screen and may not know {room}"


def libraries(file: File) -> Complaints:
    """Streamlit, Altair, SQLite and click stay in their rooms; scipy is scipy.special; heavy ones wait."""
    inside = {id(node) for function in file.nodes(ast.FunctionDef) for node in ast.walk(function)}
    for node, name in _imports(file):
        top = name.split(".")[0]
        if file.room not in ONLY_IN.get(top, (file.room,)):
            yield node.lineno, f"only {' and '.join(ONLY_IN[top])} may import {top}"
        if top == "scipy" and not name.startswith("scipy.special"):
            yield node.lineno, f"of scipy only scipy.special, not {name}: it costs seconds at the first page"
        if top in HEAVY and id(node) not in inside:
            yield node.lineno, f"{top} is heavy: import it inside the function that needs it"


def clock(file: File) -> Complaints:
    """Today, now, the environment and the user's name enter at the edge only.

    `tracker/__init__.py` asks for nothing: it sets how numpy is to begin, before anybody imports it.
    """
    if file.room in (*EDGE, "__init__"):
        return
    used = [(node, ast.unparse(node)) for node in file.nodes(ast.Attribute)]
    for node, name in [*used, *_imports(file)]:
        if CLOCK_OR_ENVIRONMENT.search(name):
            yield node.lineno, f"{name}: only {', '.join(EDGE)} may ask the clock or the environment"
    for node in file.nodes(ast.Constant):
        if isinstance(node.value, str) and CLOCK_IN_SQL.search(node.value):
            yield node.lineno, "SQL that asks the clock"


def sizes(file: File) -> Complaints:
    """Rooms that outgrow the house are split."""
    limit = PAGE_LINES if file.room == "pages" else MODULE_LINES
    if file.lines > limit:
        yield 1, f"{file.lines} lines, more than {limit}"
    for node in file.nodes(FUNCTIONS):
        if _length(node) > FUNCTION_LINES:
            yield node.lineno, f"{node.name} has {_length(node)} lines, more than {FUNCTION_LINES}"


def names(file: File) -> Complaints:
    """A name says what is inside."""
    for part in Path(file.path).with_suffix("").parts:
        for word in part.split("_"):
            if word.removesuffix("s") in EMPTY_NAMES:
                yield 1, f"the name {part} says nothing"
    for node in file.nodes(ast.ClassDef):
        if re.split(r"(?=[A-Z])", node.name)[-1].lower().removesuffix("s") in EMPTY_NAMES:
            yield node.lineno, f"the name {node.name} says nothing"


def docstrings(file: File) -> Complaints:
    """Modules and what they offer say what they are."""
    if not ast.get_docstring(file.tree):
        yield 1, "the module has no docstring"
    for node in file.tree.body:
        offered = isinstance(node, FUNCTIONS | ast.ClassDef) and not node.name.startswith("_")
        if offered and not ast.get_docstring(node):
            yield node.lineno, f"{node.name} has no docstring"


def broad_excepts(file: File) -> Complaints:
    """A mistake nobody thought of is not swallowed; cleaning up and raising it again is fine."""
    for node in file.nodes(ast.ExceptHandler):
        broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
        if broad and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None):
            yield node.lineno, "catches everything"


def sql(file: File) -> Complaints:
    """No text of a user becomes SQL: what is put into a statement is a constant or was read by a reviewer."""
    if file.room != "store":
        return
    reviewed = REVIEWED_SQL.get(Path(file.path).name, set()) | set(dir(builtins))
    for node in file.nodes(ast.JoinedStr, ast.BinOp, ast.Call):
        for name in (name for text in _built_sql(node) for name in _names_put_in(text)):
            if name.id not in reviewed:
                yield name.lineno, f"{name.id} is put into SQL text: pass it as a parameter"


def _unlisted(file: File, allowed: set[str]) -> Complaints:
    known = allowed | set(sys.stdlib_module_names) | {"tracker"}
    for node, name in _imports(file):
        top = name.split(".")[0]
        if PACKAGE_OF.get(top, top) not in known and top not in HEAVY:
            yield node.lineno, f"{top} is not in requirements.in"


def _packages(requirements: Path) -> set[str]:
    return set(re.findall(r"^([A-Za-z][\w-]*)", requirements.read_text(), re.MULTILINE))


def _length(function: Any) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _built_sql(node: ast.AST) -> list[ast.expr]:
    """Text that is built (f-string, +, %, format) and reads as SQL or is handed over as SQL."""
    if isinstance(node, ast.Call):
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if method == "format" and _reads_as_sql(node.func):
            return [*node.args, *(keyword.value for keyword in node.keywords)]
        handed = [keyword.value for keyword in node.keywords if keyword.arg in SQL_ARGUMENTS]
        handed += node.args[:1] if method in SQL_CALLS else []
        return [part for part in handed if isinstance(part, ast.JoinedStr | ast.BinOp)]
    return [node] if isinstance(node, ast.JoinedStr | ast.BinOp) and _reads_as_sql(node) else []


def _names_put_in(node: ast.AST) -> Iterator[ast.Name]:
    """The names whose value may end up in the text: no constants, no conditions, no keys of a look-up."""
    match node:
        case ast.Name(id=name) if not name.isupper():
            yield node
        case ast.Subscript(value=looked_up_in):
            yield from _names_put_in(looked_up_in)
        case ast.IfExp(body=one, orelse=other):
            yield from (*_names_put_in(one), *_names_put_in(other))
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _names_put_in(child)


def _reads_as_sql(node: ast.AST) -> bool:
    texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return SQL.search(" ".join(text for text in texts if isinstance(text, str))) is not None


RULES = (floors, libraries, clock, sizes, names, docstrings, broad_excepts, sql)


def test_the_house_keeps_its_own_rules():
    assert complaints(ROOT) == []


def test_how_healthy_the_house_is(capsys):
    """Says it on the screen; a band left is a reason to look, not a failure."""
    files = house(ROOT)
    functions = [_length(node) for file in files for node in file.nodes(FUNCTIONS)]
    product = sum(file.lines for file in files)
    tests = sum(path.read_text().count("\n") for path in ROOT.glob("tests/**/*.py"))
    tenths = statistics.quantiles(functions, n=10)
    with capsys.disabled():
        print(
            f"\nThe house: {len(files)} modules, median {statistics.median(f.lines for f in files):.0f} lines"
            f" (50-150); {len(functions)} functions, median {statistics.median(functions):.0f} (up to 8),"
            f" 90% up to {tenths[-1]:.0f} (30); product {product} lines, tests {tests} (at least as many)."
        )
    assert product > 0


SMALL_HOUSE = {
    "requirements.in": "pandas\nstreamlit==1\nsqlite-utils\nscipy\naltair\n",
    "dashboard.py": '"""Starts."""\nimport os\nimport streamlit\nfrom tracker import words\nos.environ\n',
    "tracker/__init__.py": '"""The map."""\n',
    "tracker/records.py": '"""Records."""\n',
    "tracker/analysis/__init__.py": '"""Facts."""\nfrom scipy.special import fdtri\nimport tracker.records\n',
    "tracker/store/__init__.py": '"""Rows."""\nTABLES = {}\ndef _all(db, kind, day):\n'
    '    db.execute(f"SELECT * FROM {TABLES[kind]} WHERE day = ?", (day,))\n',
    "tracker/words/__init__.py": '"""Words."""\nfrom tracker.analysis import finding\n',
}


def build(root: Path, files: dict[str, str]) -> Path:
    """The small house with these files changed or added."""
    for name, source in {**SMALL_HOUSE, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(source)
    return root


def test_a_small_house_that_keeps_the_rules_has_no_complaints(tmp_path):
    assert complaints(build(tmp_path, {})) == []


@pytest.mark.parametrize(
    ("name", "line", "complaint"),
    [
        ("tracker/records.py", "from tracker import store", "records may not know store"),
        ("tracker/analysis/decay.py", "from ..words import speak", "analysis may not know words"),
        ("tracker/privacy.py", "import tracker.access", "privacy may not know access"),
        ("tracker/pages/today.py", "from tracker import __main__", "pages may not know __main__"),
        ("tracker/pages/today.py", "from tracker import commands", "pages may not know commands"),
        ("tracker/commands/verdicts.py", "from tracker import pages", "commands may not know pages"),
        ("tracker/commands/verdicts.py", "from tracker import __main__", "commands may not know __main__"),
        ("tracker/commands/verdicts.py", "import tracker.charts", "commands has no screen and may not know"),
        ("tracker/__main__.py", "import tracker.pages", "__main__ has no screen and may not know pages"),
        ("tracker/cellar.py", "", "the room cellar has no floor"),
        ("tracker/words/dates.py", "import streamlit as st", "only pages and dashboard may import streamlit"),
        ("tracker/commands/verdicts.py", "import streamlit", "only pages and dashboard may import streamlit"),
        ("tracker/words/dates.py", "import click", "only commands and __main__ may import click"),
        ("tracker/words/dates.py", "from altair import Chart", "only charts may import altair"),
        ("tracker/pages/today.py", "import sqlite3", "only store may import sqlite3"),
        ("tracker/exchange/rows.py", "import sqlite_utils.db", "only store may import sqlite_utils"),
        ("tracker/analysis/decay.py", "from scipy import stats", "of scipy only scipy.special"),
        ("tracker/report/pdf.py", "import typst", "typst is heavy"),
        ("tracker/words/dates.py", "import polars", "polars is not in requirements.in"),
        ("tracker/words/dates.py", "today = date.today()", "date.today: only"),
        ("tracker/store/rows.py", "stamp = dt.datetime.now", "dt.datetime.now: only"),
        ("tracker/store/rows.py", "path = os.environ['HOME']", "os.environ: only"),
        ("tracker/exchange/rows.py", "from getpass import getuser", "getpass.getuser: only"),
        ("tracker/store/rows.py", "MADE = 'DEFAULT CURRENT_TIMESTAMP'", "SQL that asks the clock"),
        ("tracker/words/dates.py", "\n" * 400, "402 lines, more than 400"),
        ("tracker/pages/today.py", "\n" * 150, "152 lines, more than 150"),
        ("tracker/words/dates.py", "def _long():\n" + "    1\n" * 50, "_long has 51 lines"),
        ("tracker/words/date_helpers.py", "", "the name date_helpers says nothing"),
        ("tracker/utils/dates.py", "", "the name utils says nothing"),
        ("tracker/words/dates.py", "class DateManager:\n    'Dates.'", "the name DateManager says nothing"),
        ("tracker/words/dates.py", "def day(): ...", "day has no docstring"),
        ("tracker/words/dates.py", "class Day: ...", "Day has no docstring"),
        ("tracker/words/dates.py", "try: ...\nexcept Exception: ...", "catches everything"),
        ("tracker/words/dates.py", "try: ...\nexcept: ...", "catches everything"),
        ("tracker/store/rows.py", "db.execute(f\"SELECT '{title}'\")", "title is put into SQL text"),
        ("tracker/store/rows.py", "text = 'SELECT ' + title", "title is put into SQL text"),
        ("tracker/store/rows.py", "text = 'DELETE FROM x WHERE %s' % title", "title is put into SQL text"),
        ("tracker/store/rows.py", "text = f'SELECT {read(title)}'", "title is put into SQL text"),
        ("tracker/store/rows.py", "text = 'SELECT {}'.format(title)", "title is put into SQL text"),
        ("tracker/store/rows.py", "table.rows_where(f'{title} = 1')", "title is put into SQL text"),
        ("tracker/store/rows.py", "rows(order_by=f'{title} desc')", "title is put into SQL text"),
    ],
)
def test_each_broken_rule_is_noticed(tmp_path, name, line, complaint):
    root = build(tmp_path, {name: f'"""A room."""\n{line}\n'})
    found = complaints(root)
    assert any(told.startswith(name) and complaint in told for told in found), found


def test_a_module_without_a_docstring_is_noticed(tmp_path):
    assert complaints(build(tmp_path, {"tracker/records.py": "x = 1\n"})) == [
        "tracker/records.py:1: the module has no docstring"
    ]
