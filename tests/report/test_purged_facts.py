"""The facts of a closed evaluation after a purge: nothing too old is in them, the rest stands (T68)."""

from __future__ import annotations

import lzma
from datetime import UTC, datetime

import pytest

from tests.report import quarterly
from tests.store import logbook
from tracker import report
from tracker import store as stores
from tracker.store.texts import GONE
from tracker.words import speak

MARK = "Kanarievogel"


@pytest.fixture(scope="module")
def purged(tmp_path_factory):
    """A municipality whose every text is the mark: the facts of its evaluation, before and after a purge."""
    store = quarterly.two_years(quarterly.fresh(tmp_path_factory.mktemp("purged")), text=MARK)
    facts = report.freeze(quarterly.gathered(store), quarterly.MADE)
    quarter = logbook.quarter_review(quarter=quarterly.QUARTER.first, held_on=quarterly.TODAY)
    closed = store.close_quarter(quarter, facts, by="anna")
    for arrangement in store.records(stores.KINDS["arrangement"]):
        store.withdraw(type(arrangement.record), arrangement.id, seen_version=1, reason=MARK, by="anna")
    later = stores.open(store.path, now=lambda: datetime(2031, 12, 1, tzinfo=UTC))
    later.register.purge(by="beheer")
    kept = later.frozen_facts(later.get(stores.KINDS["quarter_review"], closed.id).record.digest)
    assert later.verify() == []
    return facts, kept


def test_the_facts_hold_none_of_the_texts_that_went(purged):
    before, after = map(lzma.decompress, purged)
    assert before.count(MARK.encode()) > 100
    # What is cut off short before "…", as in a picture, is no longer this text but could tell it.
    assert after.count(MARK[:8].encode()) == 0
    assert after.count(GONE.encode()) > before.count(GONE.encode())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_everybody_may_see_stays_word_for_word(purged, language):
    say = speak(language)
    before, after = (report.thaw(one) for one in purged)
    assert dict(after.counts) == dict(before.counts)
    public = [one.document(say, for_everybody=True) for one in (before, after)]
    assert report.FORMATS["html"](public[0]) == report.FORMATS["html"](public[1])


def test_the_report_for_partners_is_still_made_on_paper_and_as_a_page(purged):
    """Its tables are as wide and its pictures as whole as they were."""
    kept = report.thaw(purged[1]).document(speak("nl"))
    assert all(report.FORMATS[form](kept) for form in ("pdf", "html"))
