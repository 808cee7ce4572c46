"""What goes is listed first and goes only after the word; heads outside the database; who may do what.

T66, T68 and BIO2 5.18.02 from the command line.
"""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.test_command_line import Run, run  # noqa: F401
from tracker import store
from tracker.access import ADMINISTRATOR, COORDINATOR
from tracker.records import Incident
from tracker.store import Store, Visitor

DATABASE, HEADS = Path("data/tracker.db"), Path("data/tracker.db.heads")
NOW = datetime.now(UTC)
LONG_AGO = NOW.date() - timedelta(days=6 * 366)
ANCIENT = NOW.date() - timedelta(days=11 * 366)


def opened() -> Store:
    return store.open(DATABASE, now=lambda: NOW)


@pytest.fixture
def old(run: Run, tmp_path: Path) -> None:  # noqa: F811
    """An incident of six and one of eleven years ago, one of now, and a copy of an upgrade long ago."""
    lines = [
        f"{day},Kanarie {n},4" for n, day in enumerate((LONG_AGO, ANCIENT, NOW.date() - timedelta(days=9)))
    ]
    (tmp_path / "incidents.csv").write_text("\n".join(["date,title,severity", *lines]) + "\n")
    assert run("import", tmp_path / "incidents.csv").code == 0
    Path("data/tracker.v3-20200101T120000Z.db").write_bytes(DATABASE.read_bytes())


def types(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(word + "\n"))


@pytest.mark.usefixtures("old")
def test_a_dry_run_lists_what_goes_and_why_something_stays_and_changes_nothing(run: Run):  # noqa: F811
    before = DATABASE.read_bytes()
    answer = run("purge", "--dry-run")
    assert (answer.code, answer.err) == (0, "")
    quarter = f"Q{(ANCIENT.month - 1) // 3 + 1} {ANCIENT.year}"
    assert answer.out.splitlines() == [
        "Incident: 2 lose their text",
        "Copy that goes: data/tracker.v3-20200101T120000Z.db",
        f"1 record of {quarter} stays: nobody closed the evaluation of that quarter. Close it first.",
        "Nothing was changed. Without --dry-run this goes for good.",
    ]
    assert DATABASE.read_bytes() == before


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize(("language", "word"), [("en", "purge"), ("nl", "wissen")])
def test_the_word_lets_it_go_and_the_next_run_finds_nothing(
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    word: str,
):
    types(monkeypatch, word)
    answer = run("--lang", language, "purge")
    assert answer.code == 0
    assert word in answer.err
    titles = [one.record.title for one in opened().records(Incident)]
    assert titles == ["—", "—", "Kanarie 2"]
    assert [one.name for one in Path("data").iterdir()] == ["tracker.db"]
    assert b"Kanarie 0" not in DATABASE.read_bytes()
    types(monkeypatch, "")
    again = run("purge")
    assert (again.code, again.out.splitlines()[-1]) == (0, "Nothing is over its age.")


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("word", ["", "yes", "wissen", "Purge "])
def test_any_other_word_changes_nothing_and_leaves_with_1(
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    word: str,
):
    before = DATABASE.read_bytes()
    types(monkeypatch, word)
    answer = run("purge")
    assert answer.code == 1
    assert answer.err.endswith("That is not the word. Nothing was changed.\n")
    assert DATABASE.read_bytes() == before
    assert Path("data/tracker.v3-20200101T120000Z.db").exists()


@pytest.mark.usefixtures("old")
def test_a_database_that_is_not_sound_is_not_purged(run: Run, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    with closing(sqlite3.connect(DATABASE, isolation_level=None)) as conn:
        conn.execute("UPDATE incident SET severity = 5 WHERE id = 3")
    types(monkeypatch, "purge")
    assert run("purge").code == 3
    assert [one.record.title for one in opened().records(Incident)][-1] == "Kanarie 2"


@pytest.mark.usefixtures("old")
def test_every_sound_check_leaves_a_head_and_is_logged(run: Run, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    assert [run("verify").code, run("verify").code] == [0, 0]
    lines = [json.loads(line) for line in HEADS.read_text().splitlines()]
    assert [one["kind"] for one in lines] == ["head", "head"]
    with closing(sqlite3.connect(DATABASE)) as conn:
        assert conn.execute("SELECT count(*) FROM access_log WHERE action = 'verify'").fetchone() == (2,)
    types(monkeypatch, "purge")
    assert run("purge").code == 0
    told = run("verify")
    assert told.code == 0
    assert "the texts of 2 records, 0 whole records" in told.out, "whoever reads it knows whether they did it"
    assert "let go" not in run("verify").out
    assert len(HEADS.read_text().splitlines()) == 4


@pytest.mark.usefixtures("old")
def test_a_tail_that_was_cut_off_is_told_with_3_and_never_becomes_the_next_head(run: Run):  # noqa: F811
    run("verify")
    run("verify")
    before = HEADS.read_bytes()
    with closing(sqlite3.connect(DATABASE, isolation_level=None)) as conn:
        (guard,) = conn.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'access_log_refuses_delete'"
        ).fetchone()
        conn.execute("DROP TRIGGER access_log_refuses_delete")
        conn.execute("DELETE FROM access_log WHERE seq = (SELECT max(seq) FROM access_log)")
        conn.execute(guard)
    answer = run("verify")
    assert (answer.code, answer.out) == (3, "")
    assert "access_log" in answer.err
    assert "the newest entries were cut off" in answer.err
    assert HEADS.read_bytes() == before
    HEADS.unlink()
    assert run("verify").code == 0, "the control: without the heads nobody sees it"


@pytest.mark.usefixtures("old")
def test_the_heads_stand_where_somebody_says(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # noqa: F811
    monkeypatch.setenv("TRACKER_HEADS", str(tmp_path / "elders.heads"))
    assert run("verify").code == 0
    assert (tmp_path / "elders.heads").exists()
    assert not HEADS.exists()


@pytest.mark.usefixtures("old")
def test_a_backup_that_is_put_back_begins_a_new_count(run: Run):  # noqa: F811
    run("backup", "copy.db")
    run("verify")
    assert run("restore", "copy.db").code == 0
    assert [json.loads(line)["kind"] for line in HEADS.read_text().splitlines()] == ["head", "restored"]
    assert run("verify").code == 0


def test_the_report_on_access_has_a_line_for_each_account(run: Run):  # noqa: F811
    run("init")
    for name, role, days in (
        ("anna@stad.example", COORDINATOR, 1),
        ("=boss@stad.example", ADMINISTRATOR, 100),
    ):
        then = NOW - timedelta(days=days)
        mine = store.open(DATABASE, now=lambda then=then: then).on_behalf_of(
            Visitor(account=name, since=then + timedelta(seconds=1), roles=frozenset({role}), origin="page")
        )
        mine.sign_in()
    anna = opened().on_behalf_of(
        Visitor(account="anna@stad.example", since=NOW, roles=frozenset({COORDINATOR}), origin="page")
    )
    anna.require("export_rows", by="anna@stad.example")
    with pytest.raises(store.Denied):
        anna.require("backup", by="anna@stad.example")
    answer = run("access-report")
    days = [(NOW - timedelta(days=days)).date().isoformat() for days in (100, 1)]
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "Account;Roles;Since;Set by;Last sign-in;Refused in the last year;Exports in the last year;"
        "No sign-in for 90 days",
        f"'=boss@stad.example;administrator;{days[0]};the sign-in;{days[0]};0;0;look at this one",
        f"anna@stad.example;coordinator;{days[1]};the sign-in;{days[1]};1;1;",
    ]
    with closing(sqlite3.connect(DATABASE)) as conn:
        line = conn.execute(
            "SELECT action, object, origin FROM access_log ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert line == ("read_log", "access-report", "command")


@pytest.mark.parametrize("command", ["purge", "access-report"])
def test_both_have_help_in_dutch_and_ask_for_a_database(run: Run, command: str):  # noqa: F811
    assert run(command).code == 1
    assert run("--lang", "nl", command, "--help").code == 0
