"""The history of everything, a page at a time: every change once, newest first, an import as one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from logbook import activity, incident, partner, raw
from sqlite_utils import Database

from tracker import store as stores
from tracker.analysis.self_scan import ASKED
from tracker.records import Activity, Arrangement, Incident, InvalidRecord, Partner
from tracker.store import Asked, Bulk, Change, Conflict, Correction, Store, Term, changes


def told(store: Store, asked: Asked | None = None, **page) -> list[tuple]:
    return [short(one) for one in store.changes(asked or Asked(), **{"limit": 100, **page})]


def short(one: Change | Bulk) -> tuple:
    if isinstance(one, Bulk):
        return one.action, one.batch, {kind.__name__: n for kind, n in one.counts.items()}
    return one.action, one.record_type.__name__, one.record_id


def busy(store: Store) -> None:
    """A bit of everything: an import that corrects too, its undo, a person, and a word."""
    held = store.add(activity(), by="anna")
    seen = Correction(id=held.id, seen_version=1, record=replace(held.record, partner_ids=(1,)))
    records = [partner("GGD"), activity(), activity(), incident()]
    store.add_all(records, by="bram", batch="lijst", corrections=[seen], reason="lijst")
    store.archive_term("scale", "region", by="beheer")
    store.undo_batch("lijst", reason="verkeerde lijst", by="bram")
    store.restore(Activity, 3, seen_version=2, reason="deze klopte", by="anna")


def plain_history(store: Store) -> list[tuple]:
    """The same by hand: all entries upward, neighbours of one import and action joined."""
    lines: list[dict] = []
    with raw(store.path) as conn:
        entries = conn.execute(
            "SELECT action, record_type, record_id, code, batch, at, added FROM history ORDER BY seq"
        ).fetchall()
    for action, table, record_id, code, batch, at, added in entries:
        if batch == "defaults":
            continue
        name = "Term" if code else stores.KINDS[table].__name__
        if not batch or action == "correct":
            lines.append({"told": (action, name, code or record_id)})
        elif lines and lines[-1].get("same") == (batch, action, at):
            counts = lines[-1]["told"][2]
            counts[name] = counts.get(name, 0) + added
        else:
            lines.append({"same": (batch, action, at), "told": (action, batch, {name: added})})
    return [line["told"] for line in reversed(lines)]


def test_every_change_is_one_line_and_an_import_is_one_too(town: Store):
    busy(town)
    assert told(town) == [
        ("restore", "Activity", 3),
        ("withdraw", "lijst", {"Partner": 1, "Incident": 1, "Activity": 2}),
        ("correct", "Activity", 1),
        ("archive", "Term", "region"),
        ("correct", "Activity", 1),
        ("add", "lijst", {"Partner": 1, "Incident": 1, "Activity": 2}),
        ("add", "Activity", 1),
        ("add", "Incident", 1),
        ("add", "Arrangement", 1),
        ("add", "Partner", 2),
        ("add", "Partner", 1),
    ]
    assert told(town) == plain_history(town)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_pages_of_any_size_hold_every_line_once_and_in_order(town: Store, size):
    busy(town)
    found, edge = [], None
    while page := town.changes(Asked(), limit=size, before=edge):
        assert len(page) <= size
        found += page
        edge = page[-1].seq
    assert [short(one) for one in found] == plain_history(town)


def test_a_new_change_does_not_move_an_older_page(town: Store):
    busy(town)
    edge = town.changes(Asked(), limit=3)[-1].seq
    older = told(town, before=edge)
    town.add(activity(), by="anna")
    assert told(town, before=edge) == older
    assert len(told(town)) == len(older) + 4


def test_a_kind_shows_its_own_changes_also_those_inside_an_import(town: Store):
    busy(town)
    assert told(town, Asked(kind=Partner)) == [
        ("withdraw", "lijst", {"Partner": 1}),
        ("add", "lijst", {"Partner": 1}),
        ("add", "Partner", 2),
        ("add", "Partner", 1),
    ]
    assert told(town, Asked(kind=Incident))[:2] == [
        ("withdraw", "lijst", {"Incident": 1}),
        ("add", "lijst", {"Incident": 1}),
    ]
    assert told(town, Asked(kind=Term)) == [("archive", "Term", "region")]


def test_a_person_shows_only_what_they_did(town: Store):
    busy(town)
    assert [one.actor for one in town.changes(Asked(by="bram"), limit=9)] == ["bram"] * 4
    assert told(town, Asked(by="bram", kind=Partner)) == [
        ("withdraw", "lijst", {"Partner": 1}),
        ("add", "lijst", {"Partner": 1}),
    ]
    assert told(town, Asked(by="bra")) == []
    assert town.actors() == ["anna", "beheer", "bram"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 21, 59, 59, 999_000, UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, 0, 0, UTC), date(2026, 7, 1)),  # summer: two hours ahead
        (datetime(2026, 1, 31, 22, 59, 59, 0, UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 23, 0, 0, 0, UTC), date(2026, 2, 1)),  # winter: one
        (datetime(2026, 10, 25, 22, 59, 59, 0, UTC), date(2026, 10, 25)),  # the day of 25 hours
    ],
)
def test_a_day_is_a_dutch_day(path, moment, day):
    store = stores.create(path, now=lambda: moment)
    store.add(partner(), by="anna")
    expected = [("add", "Partner", 1)]
    assert told(store, Asked(first=day, last=day)) == expected
    assert told(store, Asked(first=day)) == told(store, Asked(last=day)) == expected
    assert told(store, Asked(first=date.fromordinal(day.toordinal() + 1))) == []
    assert told(store, Asked(last=date.fromordinal(day.toordinal() - 1))) == []


def test_a_line_says_who_why_and_from_what_to_what(town: Store):
    town.correct(1, partner("Politie Zuid"), seen_version=1, reason="andere naam", by="bram")
    (line,) = town.changes(Asked(), limit=1)
    assert line == town.history(Partner, 1)[-1]
    assert (line.actor, line.reason, line.version) == ("bram", "andere naam", 2)
    assert (line.before.name, line.after.name) == ("Politie", "Politie Zuid")


def test_a_word_of_a_list_stands_with_its_history(town: Store):
    town.archive_term("scale", "region", by="beheer")
    assert town.changes(Asked(), limit=1) == town.term_history("scale", "region")


def test_a_new_database_has_no_changes_though_it_has_word_lists(store: Store):
    assert store.vocabulary("domain")
    assert told(store) == store.actors() == []


def test_a_self_scan_shows_its_rounds_and_nothing_of_a_reply(store: Store):
    _, codes = store.open_scan(date(2026, 4, 1), 6, by="anna")
    for code in codes:
        store.reply_to_scan(code, dict.fromkeys(ASKED, 3))
    assert told(store) == [("add", "Scan", 1)]
    store.close_scan(1, reason="klaar", by="anna")
    assert told(store) == [("correct", "Scan", 1), ("add", "Scan", 1)]
    assert store.actors() == ["anna"]


@pytest.mark.parametrize("before", [None, 17])
def test_a_page_of_a_long_history_costs_what_a_page_of_a_short_one_costs(town: Store, before):
    def steps() -> int:
        """How many steps of its own machine SQLite takes for one page."""
        taken: list[int] = []
        with raw(town.path) as conn:
            conn.set_progress_handler(lambda: taken.append(1), 1)
            assert changes.changes(Database(conn), Asked(), limit=4, before=before)
        return len(taken)

    town.add_all([activity(title=f"{n}") for n in range(9)], by="anna", batch="lijst")
    for n in range(9):
        town.add(activity(title=f"{n}"), by="anna")
    short_one = steps()
    for n in range(90):
        town.add(activity(title=f"{n}"), by="anna")
    assert steps() <= short_one * 1.1


def test_what_was_once_said_is_put_back(town: Store):
    town.correct(1, partner("Politie Zuid"), seen_version=1, reason="andere naam", by="bram")
    back = town.put_back(1, partner(), seen_version=2, reason="toch niet", by="anna")
    assert (back.record.name, back.version) == ("Politie", 3)
    assert [one.reason for one in town.changes(Asked(), limit=2)] == ["toch niet", "andere naam"]
    assert town.verify() == []


def test_what_was_withdrawn_is_restored_before_it_says_again_what_it_said(town: Store):
    town.correct(1, incident(title="Anders"), seen_version=1, reason="x", by="bram")
    town.withdraw(Incident, 1, seen_version=2, reason="dubbel", by="bram")
    back = town.put_back(1, incident(), seen_version=3, reason="toch niet dubbel", by="anna")
    assert (back.record.title, back.withdrawn, back.version) == ("Onrust", False, 5)
    assert told(town, limit=2) == [("correct", "Incident", 1), ("restore", "Incident", 1)]
    town.withdraw(Incident, 1, seen_version=5, reason="weer dubbel", by="bram")
    assert town.put_back(1, incident(), seen_version=6, reason="zo stond het", by="anna").version == 7
    assert town.verify() == []


def test_nothing_is_put_back_without_a_reason_or_over_a_change_that_was_not_seen(town: Store):
    town.withdraw(Incident, 1, seen_version=1, reason="dubbel", by="bram")
    with pytest.raises(InvalidRecord) as refused:
        town.put_back(1, incident(title="Toen"), seen_version=2, reason=" ", by="anna")
    assert refused.value.problems == {"reason": "required"}
    with pytest.raises(Conflict) as first:
        town.put_back(1, incident(title="Toen"), seen_version=1, reason="terug", by="anna")
    assert first.value.theirs.withdrawn
    assert (town.get(Incident, 1).withdrawn, town.get(Incident, 1).version) == (True, 2)
    town.put_back(1, incident(title="Toen"), seen_version=2, reason="terug", by="anna")


def test_a_version_that_breaks_a_rule_by_now_leaves_the_record_withdrawn(town: Store):
    town.add(activity(arrangement_id=1), by="anna")
    town.correct(1, activity(), seen_version=1, reason="los", by="anna")
    town.withdraw(Activity, 1, seen_version=2, reason="dubbel", by="anna")
    town.withdraw(Arrangement, 1, seen_version=1, reason="bestaat niet", by="anna")
    with pytest.raises(InvalidRecord):
        town.put_back(1, activity(arrangement_id=1), seen_version=3, reason="terug", by="anna")
    assert town.get(Activity, 1).withdrawn
    assert town.put_back(1, activity(), seen_version=3, reason="terug", by="anna").version == 4
