"""Every action of a page can be undone at once, or a reason stands here why not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.pages.conftest import now
from tracker.records import Activity, Arrangement

PAGES = Path(__file__).parents[2] / "tracker" / "pages"
STORES = {
    "add", "add_all", "correct", "withdraw", "restore", "put_back", "close_quarter", "undo_batch",
    "open_scan", "close_scan", "give_scan_codes", "set_roles", "decide_all", "erase_text", "write",
}  # fmt: skip
ROOMS = {"store", "current", "register", "exchange", "current_store()", "own_store()"}
# Where something is stored and announced without an undo: a module -> why.
WITHOUT = {
    "done.py": "it announces what became of an undo itself",
    "files.py": "an import taken back comes back with its file, and the line says so",
    "scan_rounds.py": "a closed round stays closed, as was promised to who replied; said beforehand",
    "erasing.py": "texts that go for good go for good: said before, with a tick",
    "answers.py": "the line says why nothing was stored",
    "silence.py": "the line says why nothing was stored",
}
# Where something is stored without an announcement in the same module: a module -> why.
SILENT = {
    "choices.py": "it makes organisations and arrangements for a form, which announces",
    "scan.py": "a reply without a name cannot be found again",
}


def announced(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Of every `Done(...)` in the source: how it reads, and whether it brings an undo."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Done", "frame.Done"):
            yield ast.unparse(node), len(node.args) > 1 or any(one.arg == "undo" for one in node.keywords)


def storing(tree: ast.AST) -> list[str]:
    """The calls in the source that change the database."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in STORES
        and ast.unparse(node.func.value).rpartition(".")[2] in ROOMS
    ]


def sources() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in PAGES.rglob("*.py")}


def lacking(name: str, source: str) -> list[str]:
    """What a module stores or announces without an undo, and without a reason in the lists."""
    tree = ast.parse(source)
    told = list(announced(tree))
    found = [text for text, undo in told if not undo and name not in WITHOUT]
    says = bool(told) or "announce_added" in source
    return found + [call for call in storing(tree) if not says and name not in SILENT]


def test_every_action_brings_an_undo_or_has_a_reason_here():
    assert sum(len(storing(ast.parse(source))) for source in sources().values()) > 20
    assert {name: lacking(name, source) for name, source in sources().items() if lacking(name, source)} == {}


def test_an_action_without_an_undo_would_be_found():
    assert lacking("x.py", "frame.announce(Done(say('Done.')))")
    assert lacking("x.py", "store.add(record, by=by)")
    assert not lacking("x.py", "store.add(record, by=by); frame.announce(Done(say('Done.'), undo))")


def test_every_reason_is_still_of_use():
    every = sources()
    assert set(WITHOUT) == {
        name for name, source in every.items() if any(not undo for _, undo in announced(ast.parse(source)))
    }


def test_beginning_with_meetings_can_be_undone_as_a_whole(screen):
    page = screen()
    next(one for one in page.app.multiselect if one.key == "begin").set_value(["new:local_triangle"])
    page.run()
    day = next(one for one in page.app.date_input if str(one.key) == "begin.new:local_triangle")
    day.set_value(now().date() - timedelta(days=9))
    page.run().click("Toon wat stil valt")
    assert len(page.store.records(Activity)) == len(page.store.records(Arrangement)) == 1
    page.click("Maak ongedaan")
    assert page.store.records(Activity) == page.store.records(Arrangement) == []
    assert "Ongedaan gemaakt" in page.text()


def test_the_ticked_months_can_be_undone_as_a_whole(screen):
    agreed = Arrangement(name="Weegploeg", kind="radicalisation_weighing_team", cadence="FREQ=MONTHLY")
    meeting = Activity(happened_on=now().date(), kind="regular_meeting", arrangement_id=-1)
    page = screen(agreed, meeting).go("rhythm.py")
    next(one for one in page.app.selectbox if one.key == "backlog").set_value(1)
    page.run()
    next(
        one for one in page.app.checkbox if str(one.key).startswith("month.") and not one.disabled
    ).set_value(True)
    page.click("Leg de aangevinkte maanden vast")
    assert len(page.store.records(Activity)) > 1
    page.click("Maak ongedaan")
    assert len(page.store.records(Activity)) == 1
