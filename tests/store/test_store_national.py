"""The national events that ship with the product, and how a municipality marks one that reached it."""

from __future__ import annotations

import re
from datetime import date

from logbook import activity, incident, now

from tracker import privacy
from tracker.analysis.question import Question
from tracker.records import Incident
from tracker.store import Store, national_events

EVENTS = national_events()
# Every word with a capital inside a title was read: a place, a body or a book, never a person.
READ = {"Mobiele", "Eenheid", "Zuid", "Erasmusbrug", "Erasmus", "Bridge", "Dam", "Square", "Malieveld"}
READ |= {"Centraal", "Station", "Quran"}


def titles() -> list[str]:
    return [title for event in EVENTS for title in (event.title_nl, event.title_en)]


def capitals_inside(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text)[1:] if word[0].isupper()}


def test_every_event_is_one_a_municipality_could_log(store: Store):
    assert len(EVENTS) > 25
    for event in EVENTS:
        for language in ("nl", "en"):
            added = store.add(event.as_incident(language), by="anna")
            store.withdraw(Incident, added.id, seen_version=1, reason="x", by="anna")
    kinds = {term.code for term in store.vocabulary("incident_kind")}
    assert {event.kind for event in EVENTS} <= kinds


def test_events_stand_in_order_have_both_languages_and_a_source():
    days = [event.happened_on for event in EVENTS]
    assert days == sorted(days)
    assert all(date(2010, 1, 1) < day < now().date() for day in days)
    assert all(event.title_nl and event.title_en and event.source for event in EVENTS)
    assert [event.title_nl for event in EVENTS if event.title_nl == event.title_en] == []


def test_day_and_source_together_name_one_event():
    assert len({(event.happened_on, event.source) for event in EVENTS}) == len(EVENTS)


def test_a_day_that_nobody_could_pin_down_says_so():
    unsure = [event for event in EVENTS if not event.certain]
    assert 0 < len(unsure) < len(EVENTS) / 4
    assert all(event.happened_on.day == 1 for event in unsure)


def test_no_event_names_a_person():
    assert {word for title in titles() for word in capitals_inside(title)} <= READ
    texts = [text for event in EVENTS for text in (event.title_nl, event.title_en, event.place)]
    assert [text for text in texts if privacy.find(text)] == []


def test_a_name_in_a_title_would_be_noticed():
    assert not capitals_inside("Rellen in het centrum bij Jan Jansen") <= READ
    assert capitals_inside("Steekaanval bij de Erasmusbrug") <= READ


def test_an_event_reached_us_only_when_somebody_says_so(town: Store):
    event, other = EVENTS[3], EVENTS[4]
    assert town.reached(event) is None
    added = town.add(event.as_incident("nl"), by="anna")
    assert town.reached(event) == added
    assert (added.record.scale, added.record.reached) == ("national", True)
    assert town.reached(other) is None


def test_two_events_of_one_day_are_told_apart_by_their_source(town: Store):
    same_day = [event for event in EVENTS if event.happened_on == date(2021, 1, 24)]
    assert len(same_day) == 2
    added = town.add(same_day[1].as_incident("en"), by="anna")
    assert (town.reached(same_day[0]), town.reached(same_day[1])) == (None, added)


def test_an_own_incident_of_that_day_is_not_taken_for_the_event(town: Store):
    event = EVENTS[0]
    town.add(incident(event.happened_on, title=event.title_nl, scale="national"), by="anna")
    assert town.reached(event) is None


def test_a_mark_is_taken_back_by_withdrawing_and_survives_a_better_title(town: Store):
    event = EVENTS[0]
    added = town.add(event.as_incident("nl"), by="anna")
    better = incident(event.happened_on, title="Wat hier speelde", source=event.source)
    town.correct(added.id, better, seen_version=1, reason="titel", by="anna")
    assert town.reached(event).record.title == "Wat hier speelde"
    town.withdraw(Incident, added.id, seen_version=2, reason="toch niet", by="anna")
    assert town.reached(event) is None


def test_a_marked_event_counts_as_an_incident(town: Store):
    event = EVENTS[-1]
    town.add(event.as_incident("nl"), by="anna")
    town.add(activity(), by="anna")
    told = {one.title: one.counts for one in town.log(Question(until=now().date())).incidents}
    assert told[event.title_nl]
    assert event.happened_on in town.meetings(now().date()).serious
