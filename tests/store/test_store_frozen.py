"""The facts of a closed evaluation are stored with its record or not at all, and a change in them shows."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from logbook import activity, agreement, now, quarter_review, raw, review_note

from tracker import store as stores
from tracker.records import Agreement, InvalidRecord, QuarterReview, ReviewNote
from tracker.store import Damaged, Problem, Store

FACTS = b"as it stood"


def kept(store: Store) -> list[tuple[str, bytes]]:
    with raw(store.path) as conn:
        return conn.execute("SELECT digest, content FROM frozen_facts").fetchall()


def test_closing_stores_the_record_with_the_hash_of_its_facts(town: Store):
    closed = town.close_quarter(quarter_review(), FACTS, by="anna")
    assert closed.record.digest == hashlib.sha256(FACTS).hexdigest()
    assert town.records(QuarterReview) == [closed]
    assert town.frozen_facts(closed.record.digest) == FACTS
    assert [change.action for change in town.history(QuarterReview, closed.id)] == ["add"]
    assert town.verify() == []


def test_a_quarter_that_is_closed_already_keeps_its_facts_and_stores_no_others(town: Store):
    town.close_quarter(quarter_review(), FACTS, by="anna")
    with pytest.raises(InvalidRecord) as refused:
        town.close_quarter(quarter_review(), b"other facts", by="bert")
    assert refused.value.problems == {"quarter": "closed_already"}
    assert [content for _, content in kept(town)] == [FACTS]


def test_opened_again_with_a_reason_it_can_be_put_back_or_closed_anew(town: Store):
    first = town.close_quarter(quarter_review(), FACTS, by="anna")
    with pytest.raises(InvalidRecord):
        town.withdraw(QuarterReview, first.id, seen_version=1, reason="", by="anna")
    town.withdraw(QuarterReview, first.id, seen_version=1, reason="vergeten incident", by="anna")
    assert town.records(QuarterReview) == []
    assert town.verify() == []
    second = town.close_quarter(quarter_review(), b"later facts", by="anna")
    assert town.frozen_facts(first.record.digest) == FACTS
    town.withdraw(QuarterReview, second.id, seen_version=1, reason="toch niet", by="anna")
    restored = town.restore(QuarterReview, first.id, seen_version=2, reason="het was goed", by="anna")
    assert town.frozen_facts(restored.record.digest) == FACTS
    assert town.verify() == []


def test_a_backup_holds_the_facts_too(town: Store):
    closed = town.close_quarter(quarter_review(), FACTS, by="anna")
    copy = town.path.with_name("copy.db")
    town.backup(copy)
    opened = stores.open(copy, now=now)
    assert opened.frozen_facts(closed.record.digest) == FACTS
    assert opened.verify() == []


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE frozen_facts SET content = x'00'",
            Problem(code="frozen_facts", where="quarter_review", record_id=1),
        ),
        ("DELETE FROM frozen_facts", Problem(code="frozen_facts", where="quarter_review", record_id=1)),
        (
            "INSERT INTO frozen_facts VALUES (printf('%064d', 1), x'00')",
            Problem(code="frozen_facts", where="frozen_facts"),
        ),
        ("UPDATE frozen_facts SET content = content", None),
    ],
)
def test_verify_finds_facts_that_are_gone_or_changed(town: Store, statement, problem):
    town.close_quarter(quarter_review(), FACTS, by="anna")
    with raw(town.path) as conn:
        conn.execute(statement)
    assert town.verify() == ([problem] if problem else [])


def test_facts_with_their_hash_put_in_the_place_of_others_no_longer_fit_the_history(town: Store):
    town.close_quarter(quarter_review(), FACTS, by="anna")
    with raw(town.path) as conn:
        digest = hashlib.sha256(b"better").hexdigest()
        conn.execute("UPDATE frozen_facts SET content = ?, digest = ?", (b"better", digest))
        conn.execute("UPDATE quarter_review SET digest = ?", (digest,))
    assert town.verify() == [Problem(code="history_differs", where="quarter_review", record_id=1)]


@pytest.mark.parametrize("statement", ["DELETE FROM frozen_facts", "UPDATE frozen_facts SET content = x'00'"])
def test_facts_that_are_gone_or_changed_are_never_given_out(town: Store, statement):
    closed = town.close_quarter(quarter_review(), FACTS, by="anna")
    with raw(town.path) as conn:
        conn.execute(statement)
    with pytest.raises(Damaged) as refused:
        town.frozen_facts(closed.record.digest)
    assert refused.value.code == "frozen_facts"


def test_what_is_made_of_other_records_need_not_be_made_again_when_a_note_is_written(town: Store):
    before, all_of_it = town.state_apart_from(ReviewNote, Agreement), town.state()
    note = town.add(review_note(), by="anna")
    town.correct(
        note.id, replace(note.record, note="Anders"), seen_version=1, reason="beter gezegd", by="anna"
    )
    town.add(agreement(), by="anna")
    assert town.state_apart_from(ReviewNote, Agreement) == before
    assert town.state() != all_of_it
    assert town.state_apart_from(ReviewNote) != before
    town.add(activity(), by="anna")
    assert town.state_apart_from(ReviewNote, Agreement) != before


def test_two_databases_are_never_mistaken_for_each_other(town: Store):
    other = stores.create(town.path.with_name("other.db"), now=now)
    one = stores.create(town.path.with_name("one.db"), now=now)
    assert other.state_apart_from(Agreement) != one.state_apart_from(Agreement)
