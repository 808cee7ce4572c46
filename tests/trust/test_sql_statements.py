"""T45 and T46: what people type is a value in a statement and never a part of one.

`test_house` reads the source: no f-string, `+`, `%` or `format` with a name that no reviewer has read. Here
the statements themselves are compared: of a database full of hostile texts, and of one full of harmless ones.
"""

from __future__ import annotations

import inspect
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.store import logbook
from tests.trust import hostile
from tests.trust.hostile import TEXTS
from tracker import store as stores
from tracker.analysis.question import Question
from tracker.records import Incident, InvalidRecord
from tracker.store import Asked, Store, StoreError, Term
from tracker.store.connection import reading
from tracker.store.register import Register

HARMLESS = tuple(f"tekst {number}" for number in range(len(TEXTS)))
SAVEPOINT = re.compile(r"sqlite_utils_[0-9a-f]{32}")
SEARCH = ("fts", "match ", "like ", "glob ", "regexp ")


def now() -> datetime:
    return datetime(2026, 7, 1, 12, tzinfo=UTC)


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Every statement that is asked of SQLite meanwhile, as it was written: without its values."""
    asked: set[str] = set()

    class Watched(sqlite3.Connection):
        def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
            asked.add(SAVEPOINT.sub("", statement))
            return super().execute(statement, *given)

        def executemany(self, statement: str, *given: Any) -> sqlite3.Cursor:
            asked.add(statement)
            return super().executemany(statement, *given)

    connect = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *how, **more: connect(*how, factory=Watched, **more))
        yield asked


# Every way to ask the store for something by a text; `test_no_text_parameter_is_forgotten` holds it to that.
READS: dict[tuple[str, str], Callable[[Store, str], Any]] = {
    ("vocabulary", "name"): lambda store, text: store.vocabulary(text),
    ("term_history", "vocabulary"): lambda store, text: store.term_history(text, "care"),
    ("term_history", "code"): lambda store, text: store.term_history("domain", text),
    ("changes", "asked.by"): lambda store, text: store.changes(Asked(by=text), limit=50),
    ("log", "question.kinds"): lambda store, text: len(store.log(_question(text)).activities),
    ("log", "question.calendar"): lambda store, text: len(store.log(_question(calendar=text)).activities),
    ("modes", "question.kinds"): lambda store, text: store.modes(_question(text)),
    ("glossary", "domains"): lambda store, text: [one.meanings for one in store.glossary([text])],
    ("frozen_facts", "digest"): lambda store, text: store.frozen_facts(text),
    ("may", "action"): lambda store, text: store.may(text),
    ("register.log", "actor"): lambda store, text: store.register.log(actor=text, limit=50),
    ("register.log", "action"): lambda store, text: store.register.log(action=text, limit=50),
}
WRITES: dict[tuple[str, str], Callable[[Store, str], Any]] = {
    ("archive_term", "vocabulary"): lambda store, text: store.archive_term(text, "care", by="t"),
    ("archive_term", "code"): lambda store, text: store.archive_term("domain", text, by="t"),
    ("unarchive_term", "vocabulary"): lambda store, text: store.unarchive_term(text, "care", by="t"),
    ("unarchive_term", "code"): lambda store, text: store.unarchive_term("domain", text, by="t"),
    ("delete_term", "vocabulary"): lambda store, text: store.delete_term(text, "care", by="t"),
    ("delete_term", "code"): lambda store, text: store.delete_term("domain", text, by="t"),
    ("undo_batch", "batch"): lambda store, text: store.undo_batch(text, reason="t", by="t"),
    ("reply_to_scan", "code"): lambda store, text: store.reply_to_scan(text, {"ownership": 1}),
    ("add", "request"): lambda store, text: store.add(logbook.incident(), by="t", request=text).id,
    ("require", "action"): lambda store, text: store.require(text, by="t"),
    ("require", "object"): lambda store, text: store.require("view", by="t", object=text),
    ("register.decide", "name"): lambda store, text: store.register.decide(text, 1, by="t"),
    ("register.erase_text", "reason_code"): lambda store, text: store.register.erase_text(
        Incident, 1, by="t", reason_code=text
    ),
}
# These make an account, after which who sits at the machine is no longer alone: in a log of their own.
ACCOUNTS: dict[tuple[str, str], Callable[[Store, str], Any]] = {
    ("register.set_roles", "name"): lambda store, text: store.register.set_roles(text, [], by="t"),
    ("register.set_roles", "roles"): lambda store, text: store.register.set_roles("niemand", [text], by="t"),
}
# These stand in every row that a hostile log is filled with.
EVERYWHERE = {"by", "reason", "batch"}


def _question(kind: str = "", calendar: str = "working-days") -> Question:
    return Question(until=date(2026, 6, 30), kinds=(kind,) if kind else (), calendar=calendar)


def outcome(asked: Callable[[Store, str], Any], store: Store, text: str) -> Any:
    """What it returns, or how it is refused; the name of a word list is never typed, so that is an assert."""
    try:
        return asked(store, text)
    except (StoreError, InvalidRecord, AssertionError, KeyError) as refused:
        return type(refused)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return hostile.fill(tmp_path_factory.mktemp("hostile") / "tracker.db", now, most=4)


def test_no_text_parameter_is_forgotten() -> None:
    """A call of the store that gets another text stands above, or fails here."""
    known = {(method, name.split(".")[0]) for method, name in (*READS, *WRITES, *ACCOUNTS)}
    calls = dict(inspect.getmembers(Store, inspect.isfunction))
    calls |= {f"register.{name}": call for name, call in vars(Register).items() if inspect.isfunction(call)}
    for method, call in calls.items():
        if method.split(".")[-1].startswith("_"):
            continue
        for name, given in inspect.signature(call).parameters.items():
            kind = str(given.annotation)
            texts = "str" in kind and "Mapping" not in kind and "Path" not in kind
            if texts and name not in EVERYWHERE:
                assert (method, name) in known, f"Store.{method}({name})"
    texts_of = {one.name for kind in (Asked, Question) for one in fields(kind) if "str" in str(one.type)}
    assert texts_of == {"by", "kinds", "calendar"}


def test_statements_are_the_same_whatever_people_type(tmp_path, monkeypatch) -> None:
    """Filled by the store, corrected, taken back, read and exported: the same words to SQLite, in both."""
    said = []
    hostile.typed_in()  # found once, in a log of its own
    for number, texts in enumerate((HARMLESS, TEXTS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setattr(hostile, "TEXTS", texts)
        with watched(monkeypatch) as asked:
            one = hostile.fill(folder / "tracker.db", now, most=4)
            for call in (*READS.values(), *WRITES.values()):
                for text in texts[::9]:
                    outcome(call, one, text)
            for kind in stores.KINDS.values():
                for held in one.records(kind, withdrawn=True)[:2]:
                    one.history(kind, held.id)
            for call in ACCOUNTS.values():
                for text in texts[::9]:
                    outcome(call, one, text)
        said.append(asked)
    assert len(said[0]) > 100
    assert said[0] == said[1]


def test_no_text_brings_a_row_that_it_does_not_name(store: Store) -> None:
    """It finds what a name finds that nobody has, but for what was done by who is called so."""
    for (method, parameter), read in READS.items():
        none = outcome(read, store, "niemand")
        for text in TEXTS:
            found = outcome(read, store, text)
            if parameter in ("asked.by", "actor"):
                assert {one.actor for one in found} <= {text}
            else:
                assert found == none, (method, parameter, text)


def test_no_text_changes_anything_by_what_it_looks_like(store: Store) -> None:
    """Statements that write, with hostile names: all that is there stays, row by row."""
    tables = _content(store)
    for name, write in WRITES.items():
        if name != ("add", "request"):
            for text in TEXTS[::4]:
                outcome(write, store, text)
    assert _content(store) == tables


def test_the_same_request_with_a_hostile_name_is_stored_once(tmp_path: Path) -> None:
    one = stores.create(tmp_path / "tracker.db", now=now)
    add = WRITES["add", "request"]
    for text in TEXTS[::4]:
        assert add(one, text) == add(one, text)
    assert len(one.records(Incident)) == len(TEXTS[::4])


def test_there_is_no_full_text_search_to_feed(store: Store, monkeypatch) -> None:
    """T46: nothing searches in texts by a pattern, so there is no query that a text could be."""
    with reading(store.path) as db:
        schema = " ".join(sql or "" for (sql,) in db.conn.execute("SELECT sql FROM sqlite_schema")).lower()
    assert "using fts" not in schema
    with watched(monkeypatch) as asked:
        for read in READS.values():
            outcome(read, store, "x")
    assert not [one for one in asked for word in SEARCH if word in one.lower()]


def test_positive_control_a_name_in_a_statement_is_seen_and_finds_rows_of_others(
    tmp_path, monkeypatch
) -> None:
    """A store in which somebody forgot: other statements, and rows of others."""
    one = stores.create(tmp_path / "tracker.db", now=now)
    one.add(logbook.incident(), by="Politie")

    def careless(text: str) -> list[Any]:
        with reading(one.path) as db:
            return db.conn.execute(f"SELECT * FROM history WHERE actor = '{text}'").fetchall()

    with watched(monkeypatch) as asked:
        assert careless("niemand") == []
        assert len(asked) > 0
        before = set(asked)
        assert careless("' OR '1'='1")
        assert asked != before


def _content(store: Store) -> dict[str, list[Any]]:
    with reading(store.path) as db:
        tables = {name for (name,) in db.conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        tables -= {"access_log"}  # where refusals are written down
        return {name: db.conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def test_a_term_with_a_hostile_code_is_refused(store: Store) -> None:
    """A code stands in statements of others as a value only; that it is plain is a second lock."""
    for text in TEXTS:
        with pytest.raises(InvalidRecord, match="code"):
            Term(vocabulary="domain", code=text, nl="a", en="a")
