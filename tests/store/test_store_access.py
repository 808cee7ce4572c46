"""Every action of the store, by everybody, holds to the access rules; what is refused is told.

T53, T57, T58 and the access log of T66.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from logbook import DAY, NOON, QUARTER, activity, incident, partner, quarter_review, raw

from tracker import store as stores
from tracker.access import COMMAND, HOURS_SIGNED_IN, MATRIX, ROLES, allowed, roles_of
from tracker.records import Activity, Incident, InvalidRecord
from tracker.store import Asked, Denied, SignedOut, Store, Term, Visitor

COORDINATOR, MANAGEMENT, ADMINISTRATOR = ROLES
# The agreed matrix written out a second time: coordinator, management, administrator, command line.
SAID = {
    "view": "yyyy",
    "read_notes": "ynny",
    "reply": "yyyy",
    "edit": "ynnn",
    "withdraw": "ynnn",
    "restore": "ynnn",
    "import": "ynny",
    "undo_import": "ynny",
    "run_scan": "ynny",
    "export_rows": "ynny",
    "export_report": "yyny",
    "override": "ynnn",
    "edit_words": "ynyy",
    "manage_access": "nnyn",
    "manage_settings": "nnyn",
    "backup": "nnyy",
    "restore_backup": "nnyy",
    "upgrade": "nnyy",
    "verify": "nnyy",
    "purge": "nnyy",
    "read_history": "ynyy",
    "read_own_log": "ynyy",
    "read_log": "nnyy",
}


@dataclass
class Clock:
    """A clock that a test can turn."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def town(tmp_path: Path, clock: Clock) -> Store:
    """A database in which somebody of each role signed in once, with an organisation, an incident and an
    activity, each with a note."""
    store = stores.create(tmp_path / "tracker.db", now=clock)
    store.add(partner(), by="anna")
    store.add(incident(note="Een notitie"), by="anna")
    store.add(activity(note="Nog een notitie"), by="anna")
    for role in ROLES:
        signed_in(store, role)
    return store


def signed_in(store: Store, *roles: str, name: str = "") -> Store:
    """The store of somebody who signed in just now."""
    visitor = Visitor(
        account=name or f"{roles[0]}@stad.example",
        since=store._now() + timedelta(milliseconds=1),
        roles=frozenset(roles),
        origin="page 10.0.0.7",
    )
    mine = store.on_behalf_of(visitor)
    mine.sign_in()
    return mine


def by_command(store: Store) -> Store:
    return store.on_behalf_of(Visitor(command=True, origin="command"))


def everybody(store: Store) -> dict[str, Store]:
    """Who -> the store as they have it."""
    return {role: signed_in(store, role) for role in ROLES} | {COMMAND: by_command(store)}


def name_of(store: Store) -> str:
    return store.visitor.account or "beheer"


def _correct(store: Store, by: str) -> None:
    store.correct(1, partner("Politie Oost"), seen_version=1, reason="nieuwe naam", by=by)


def _withdraw(store: Store, by: str) -> None:
    store.withdraw(Activity, 1, seen_version=1, reason="dubbel", by=by)


def _term(store: Store, by: str) -> None:
    store.add_term(Term(vocabulary="domain", code="sport", nl="Sport", en="Sports"), by=by)


# One call for each action of the store that can be refused; what the call raises after it was let in is
# no refusal.
CALLS: dict[str, tuple[str, Callable[[Store, str], Any]]] = {
    "add": ("edit", lambda store, by: store.add(partner("GGD"), by=by)),
    "add_all": ("import", lambda store, by: store.add_all([partner("GGD")], by=by, batch="b")),
    "correct": ("edit", _correct),
    "put_back": (
        "edit",
        lambda store, by: store.put_back(1, partner("Politie X"), seen_version=1, reason="x", by=by),
    ),
    "withdraw": ("withdraw", _withdraw),
    "restore": ("restore", lambda store, by: store.restore(Activity, 1, seen_version=1, reason="x", by=by)),
    "close_quarter": ("edit", lambda store, by: store.close_quarter(quarter_review(), b"{}", by=by)),
    "undo_batch": ("undo_import", lambda store, by: store.undo_batch("b", reason="x", by=by)),
    "open_scan": ("run_scan", lambda store, by: store.open_scan(QUARTER, 6, by=by)),
    "close_scan": ("run_scan", lambda store, by: store.close_scan(1, reason="x", by=by)),
    "give_scan_codes": ("run_scan", lambda store, by: store.give_scan_codes(1, 5)),
    "reply_to_scan": ("reply", lambda store, by: store.reply_to_scan("BCDFG-HJKMN", {})),
    "remember_columns": ("import", lambda store, by: store.remember_columns({"Datum": "date"})),
    "remembered_columns": ("view", lambda store, by: store.remembered_columns()),
    "add_term": ("edit_words", _term),
    "correct_term": (
        "edit_words",
        lambda store, by: store.correct_term(replace(store.vocabulary("domain")[0], nl="Anders"), by=by),
    ),
    "archive_term": ("edit_words", lambda store, by: store.archive_term("domain", "sport", by=by)),
    "unarchive_term": ("edit_words", lambda store, by: store.unarchive_term("domain", "sport", by=by)),
    "delete_term": ("edit_words", lambda store, by: store.delete_term("domain", "sport", by=by)),
    "changes": ("read_history", lambda store, by: store.changes(Asked(), limit=9)),
    "actors": ("read_history", lambda store, by: store.actors()),
    "verify": ("verify", lambda store, by: store.verify()),
    "backup": ("backup", lambda store, by: store.backup(store.path.with_name("copy.db"), by=by)),
    "records": ("view", lambda store, by: store.records(Incident)),
    "set_roles": (
        "manage_access",
        lambda store, by: store.register.set_roles("nieuw@stad.example", [MANAGEMENT], by=by),
    ),
    "accounts": ("manage_access", lambda store, by: store.register.accounts()),
    "decide_all": (
        "manage_settings",
        lambda store, by: store.register.decide_all({"years_of_log": 7}, by=by),
    ),
    "purge": ("purge", lambda store, by: store.register.purge(by=by)),
    "over_age": ("purge", lambda store, by: store.register.over_age()),
    "old_copies": ("purge", lambda store, by: store.register.old_copies()),
    "erase_text": (
        "purge",
        lambda store, by: store.register.erase_text(Incident, 1, by=by, reason_code="asked"),
    ),
    "access_report": ("read_log", lambda store, by: store.register.access_report(by=by)),
    "head": ("verify", lambda store, by: store.register.head()),
    "beside_heads": ("verify", lambda store, by: store.register.beside_heads([])),
    "decide": ("manage_settings", lambda store, by: store.register.decide("years_of_log", 7, by=by)),
}
TRIED = [(call, who) for call in CALLS for who in (*ROLES, COMMAND)]


def denials(store: Store) -> list[tuple[str, str]]:
    """Action and actor of every refusal in the log, oldest first."""
    with raw(store.path) as conn:
        return conn.execute(
            "SELECT action, actor FROM access_log WHERE result = 'denied' ORDER BY seq"
        ).fetchall()


def is_let_in(store: Store, call: Callable[[Store, str], Any]) -> bool:
    """Whether the access rules let it pass; what goes wrong after that is another matter."""
    try:
        call(store, name_of(store))
    except (Denied, SignedOut):
        return False
    except (InvalidRecord, stores.StoreError):
        pass
    return True


def test_the_matrix_says_what_was_agreed():
    said = {
        action: "".join("y" if allowed({role}, action) else "n" for role in (*ROLES, COMMAND))
        for action in MATRIX
    }
    assert said == SAID


@pytest.mark.parametrize(("call", "who"), TRIED)
def test_everybody_may_do_what_the_matrix_says_and_nothing_else(town: Store, call: str, who: str):
    action, do = CALLS[call]
    mine = everybody(town)[who]
    assert is_let_in(mine, do) == allowed({who}, action)
    assert [one for one, _ in denials(town)] == ([] if allowed({who}, action) else [action])


@pytest.mark.parametrize("call", CALLS)
def test_who_has_no_role_may_do_nothing(town: Store, call: str):
    nobody = signed_in(town, "tracker-onbekend", name="onbekend@stad.example")
    assert not is_let_in(nobody, CALLS[call][1])


@pytest.mark.parametrize("call", CALLS)
def test_who_does_not_sign_in_may_do_nothing_where_people_sign_in(town: Store, call: str):
    assert not is_let_in(town, CALLS[call][1])


@pytest.mark.parametrize("call", CALLS)
def test_who_sits_at_a_machine_of_their_own_may_do_everything(tmp_path: Path, call: str):
    """The control of the two before: the same calls, and nobody ever signed in."""
    assert is_let_in(stores.create(tmp_path / "own.db", now=lambda: NOON), CALLS[call][1])


def test_every_call_of_the_store_is_tried_or_only_shows():
    """A new call that writes cannot be forgotten here: it takes `by`."""
    import inspect

    writing = {
        name
        for kind in (Store, stores.Register)
        for name, call in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_") and "by" in inspect.signature(call).parameters
    }
    assert writing - set(CALLS) == {"require"}


def test_a_refusal_changes_nothing_and_says_who_from_where_and_what(town: Store):
    reader = signed_in(town, MANAGEMENT)
    before = town.path.read_bytes()
    with pytest.raises(Denied) as refused:
        reader.withdraw(Incident, 1, seen_version=1, reason="weg ermee", by=name_of(reader))
    assert refused.value.action == "withdraw"
    assert town.path.read_bytes() != before  # the line
    line = by_command(town).register.log(limit=1)[0]
    assert (line.actor, line.role, line.origin) == ("management@stad.example", MANAGEMENT, "page 10.0.0.7")
    assert (line.action, line.result, line.detail) == ("withdraw", "denied", {"code": "denied"})
    assert "weg ermee" not in repr(line)
    assert not by_command(town).get(Incident, 1).withdrawn


def test_nobody_acts_in_the_name_of_another(town: Store):
    mine = signed_in(town, COORDINATOR)
    with pytest.raises(SignedOut):
        mine.add(partner("GGD"), by="administrator@stad.example")
    mine.add(partner("GGD"), by=name_of(mine))


def test_a_change_says_in_which_role_and_from_where(town: Store):
    mine = signed_in(town, COORDINATOR, ADMINISTRATOR)
    mine.add(partner("GGD"), by=name_of(mine))
    with raw(town.path) as conn:
        said = conn.execute("SELECT actor, role, origin FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    assert said == ("coordinator@stad.example", "coordinator administrator", "page 10.0.0.7")


def test_a_role_that_was_taken_away_is_gone_at_the_next_action(town: Store):
    mine, boss = signed_in(town, COORDINATOR), signed_in(town, ADMINISTRATOR)
    mine.add(partner("GGD"), by=name_of(mine))
    boss.register.set_roles(name_of(mine), [MANAGEMENT], by=name_of(boss))
    with pytest.raises(Denied):
        mine.add(partner("COA"), by=name_of(mine))
    assert mine.records(Incident), "still a reader"
    boss.register.set_roles(name_of(mine), [], by=name_of(boss))
    with pytest.raises(Denied):
        mine.records(Incident)


def test_what_an_administrator_set_holds_at_the_next_sign_in_too(town: Store):
    boss = signed_in(town, ADMINISTRATOR)
    boss.register.set_roles("coordinator@stad.example", [MANAGEMENT], by=name_of(boss))
    again = signed_in(town, COORDINATOR)
    with pytest.raises(Denied):
        again.add(partner("GGD"), by=name_of(again))


def test_the_roles_of_the_identity_provider_are_followed_until_then(town: Store):
    promoted = signed_in(town, COORDINATOR, name="management@stad.example")
    promoted.add(partner("GGD"), by=name_of(promoted))


def test_who_lost_every_group_has_no_access_whatever_was_set_here(town: Store):
    boss = signed_in(town, ADMINISTRATOR)
    boss.register.set_roles("coordinator@stad.example", [COORDINATOR], by=name_of(boss))
    outside = signed_in(town, "andere-groep", name="coordinator@stad.example")
    with pytest.raises(Denied):
        outside.records(Incident)


def test_only_names_in_the_list_give_a_role():
    names = {"tracker-invoeren": COORDINATOR, "tracker-lezen": MANAGEMENT}
    assert roles_of(["tracker-lezen", "iedereen"], names) == {MANAGEMENT}
    assert roles_of(["tracker-lezen", "tracker-invoeren"], names) == {MANAGEMENT, COORDINATOR}
    assert roles_of(["Tracker-Invoeren", "coordinator"], names) == frozenset()


def test_nobody_changes_their_own_role_and_one_administrator_stays(town: Store):
    boss = signed_in(town, ADMINISTRATOR)
    with pytest.raises(InvalidRecord, match="own_roles"):
        boss.register.set_roles(name_of(boss), [COORDINATOR], by=name_of(boss))
    second = signed_in(town, ADMINISTRATOR, name="tweede@stad.example")
    boss.register.set_roles(name_of(second), [], by=name_of(boss))
    third = signed_in(town, ADMINISTRATOR, name="derde@stad.example")
    third.register.set_roles(name_of(boss), [MANAGEMENT], by=name_of(third))
    with pytest.raises(Denied):
        boss.register.set_roles(name_of(third), [], by=name_of(boss))


def test_the_last_administrator_cannot_be_taken_away(town: Store):
    """Also not by somebody who was one a moment ago: then nobody could ever give it back."""
    boss = signed_in(town, ADMINISTRATOR)
    with raw(town.path) as conn:
        conn.execute("UPDATE account SET roles = 'coordinator' WHERE name = 'administrator@stad.example'")
        conn.execute("INSERT INTO account VALUES ('enige@stad.example', 'administrator', 'sign_in', '')")
    from tracker.store import accounts
    from tracker.store.connection import writing
    from tracker.store.stamp import stamped

    with pytest.raises(InvalidRecord, match="last_administrator"), writing(town.path) as db:
        accounts.set_roles(db, stamped(lambda: NOON, name_of(boss)), "enige@stad.example", [])


@pytest.mark.parametrize(
    ("hours", "counts"), [(HOURS_SIGNED_IN - 0.01, True), (HOURS_SIGNED_IN + 0.01, False)]
)
def test_a_sign_in_counts_eight_hours_at_most(town: Store, clock: Clock, hours: float, counts: bool):
    mine = signed_in(town, COORDINATOR)
    clock.turn(hours=hours)
    assert is_let_in(mine, CALLS["records"][1]) == counts
    assert is_let_in(mine, CALLS["add"][1]) == counts


def test_signing_out_in_one_tab_ends_all_tabs_and_a_new_sign_in_counts(town: Store, clock: Clock):
    one, other = signed_in(town, COORDINATOR), signed_in(town, COORDINATOR)
    clock.turn(minutes=5)
    one.sign_out()
    for tab in (one, other):
        with pytest.raises(SignedOut):
            tab.records(Incident)
    clock.turn(minutes=1)
    again = signed_in(town, COORDINATOR)
    assert again.records(Incident)
    with pytest.raises(SignedOut):
        other.records(Incident)


@pytest.mark.parametrize("role", [MANAGEMENT, ADMINISTRATOR])
def test_notes_are_shown_to_who_may_read_them(town: Store, role: str):
    def notes(store: Store) -> set[str]:
        found = [*store.records(Incident), *store.recent(), *store.between(DAY, DAY)]
        found += [store.get(Incident, 1), store.latest_activity(date(2030, 1, 1))]
        told = [one.record.note for one in found]
        return {*told, *(change.after.note for change in store.history(Incident, 1))}

    mine, boss = signed_in(town, role), signed_in(town, ADMINISTRATOR)
    assert notes(mine) == {""}
    assert notes(signed_in(town, COORDINATOR)) == {"Een notitie", "Nog een notitie"}
    boss.register.decide("notes_shown_to", [role], by=name_of(boss))
    assert notes(mine) == {"Een notitie", "Nog een notitie"}


def test_a_coordinator_reads_only_their_own_lines_of_the_log(town: Store):
    mine, boss = signed_in(town, COORDINATOR), signed_in(town, ADMINISTRATOR)
    assert {line.actor for line in mine.register.log(limit=99)} == {name_of(mine)}
    assert len({line.actor for line in boss.register.log(limit=99)}) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET actor = 'x' WHERE seq = 2",
        "DELETE FROM access_log WHERE seq = 2",
        "DELETE FROM access_log",
        "INSERT OR REPLACE INTO access_log SELECT * FROM access_log WHERE seq = 2",
        "REPLACE INTO access_log SELECT * FROM access_log WHERE seq = 2",
        "UPDATE OR REPLACE access_log SET seq = 1 WHERE seq = 2",
    ],
)
def test_nobody_rewrites_the_access_log_also_not_with_another_program(town: Store, statement: str):
    with raw(town.path) as conn, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        conn.execute(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [("UPDATE access_log SET actor = 'x' WHERE seq = 3", 3), ("DELETE FROM access_log WHERE seq = 2", 3)],
)
def test_verify_finds_a_line_that_was_changed_by_who_took_the_guards_away(
    town: Store, statement: str, found: int
):
    assert by_command(town).verify() == []
    with raw(town.path) as conn:
        guards = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            conn.execute(f'DROP TRIGGER "{name}"')
        conn.execute(statement)
        for _, make in guards:
            conn.execute(make)
    problem = stores.Problem(code="log_chain", where="access_log", record_id=found)
    assert by_command(town).verify() == [problem]


def test_a_line_stays_one_line_and_holds_no_control_sign(town: Store):
    sly = signed_in(town, COORDINATOR, name="eva\nok root\x1b[2J")
    line = by_command(town).register.log(limit=1)[0]
    assert name_of(sly) != line.actor
    assert line.actor == "eva ok root [2J"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("years_of_text", 0),
        ("years_of_text", 51),
        ("years_of_text", True),
        ("years_of_log", 2),
        ("notes_shown_to", [COORDINATOR]),
        ("notes_shown_to", "management"),
        ("anything", 1),
    ],
)
def test_a_setting_that_cannot_be_is_refused(town: Store, name: str, value: Any):
    boss = signed_in(town, ADMINISTRATOR)
    with pytest.raises(InvalidRecord):
        boss.register.decide(name, value, by=name_of(boss))
    assert boss.register.settings() == {}
    boss.register.decide("years_of_text", 4, by=name_of(boss))
    assert boss.register.settings() == {"years_of_text": 4}
