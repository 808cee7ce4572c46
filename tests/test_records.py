"""What may be logged and what may not, each rule told beside its field."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import records
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Goal,
    Incident,
    IncidentReview,
    InvalidRecord,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Recess,
    Record,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
    activity_mode,
    refuse_far_dates,
    rule,
)

DAY = date(2026, 6, 1)
QUARTER = date(2026, 4, 1)
SOUND: dict[type[Record], dict[str, Any]] = {
    Partner: {"name": "Politie", "domain": "safety"},
    Arrangement: {"name": "Driehoek", "kind": "local_triangle"},
    Incident: {"happened_on": DAY, "title": "Onrust", "severity": 3},
    Activity: {"happened_on": DAY, "kind": "training"},
    Occurrence: {"arrangement_id": 1, "due_on": DAY, "state": "not_held"},
    Silence: {"first_day": DAY, "last_day": DAY, "answer": "nothing_happened"},
    Pause: {"arrangement_id": 1, "first_day": DAY, "last_day": DAY, "reason": "reorganisatie"},
    Recess: {"name": "Herfst", "first_day": DAY, "last_day": DAY},
    Agreement: {"text": "Elke maand bellen", "owner_id": 1, "due_on": DAY},
    CheckBack: {"incident_id": 1, "after_days": 90, "answered_on": DAY, "answer": "lives", "agreement_id": 1},
    Framing: {"incident_id": 1, "domain": "care", "wording": "Er was angst"},
    IncidentReview: {"incident_id": 1, "held_on": DAY, "result": "Het bleef rustig"},
    SeriesPoint: {"happened_on": DAY, "series": "Media", "value": 0.0},
    Goal: {"text": "Overleg dat doorgaat", "measure": "meetings_held", "target": 80.0, "due_on": DAY},
    GlossaryWord: {"name": "Zorgsignaal"},
    DomainMeaning: {"word_id": 1, "domain": "care", "meaning": "Een kind valt op"},
    PlannedShare: {"phase": "primary", "domain": "social", "share": "lead"},
    ReviewNote: {"quarter": QUARTER, "topic": "quiet", "note": "Dat is goed zo"},
    QuarterReview: {"quarter": QUARTER, "held_on": DAY},
    Scan: {"quarter": QUARTER, "opened_on": DAY},
}
DAY_BEFORE = DAY - timedelta(days=1)


def made(kind: type[Record], /, **changed: Any) -> Record:
    return kind(**{**SOUND[kind], **changed})


def problems(kind: type[Record], /, **changed: Any) -> dict[str, str]:
    """Field -> code of each broken rule; empty when the record is fine."""
    try:
        made(kind, **changed)
    except InvalidRecord as refused:
        return refused.problems
    return {}


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_record_is_taken_as_it_is_and_never_changes(kind: type[Record]):
    record = made(kind)
    assert {name: getattr(record, name) for name in SOUND[kind]} == SOUND[kind]
    with pytest.raises(FrozenInstanceError):
        setattr(record, fields(kind)[0].name, None)  # type: ignore[arg-type]


def test_every_kind_of_record_is_in_this_sheet():
    assert set(SOUND) == {
        one for one in Record.__subclasses__() if one.__module__.startswith(records.__name__)
    }


@pytest.mark.parametrize(
    ("kind", "changed", "told"),
    [
        (Partner, {"name": " ", "domain": ""}, {"name": "required", "domain": "required"}),
        (Arrangement, {"name": "", "kind": ""}, {"name": "required", "kind": "required"}),
        (Arrangement, {"grace_weeks": 53}, {"grace_weeks": "out_of_range"}),
        (Arrangement, {"grace_weeks": -1}, {"grace_weeks": "out_of_range"}),
        (Arrangement, {"cadence": "FREQ=DAILY"}, {"cadence": "bad_cadence"}),
        (Arrangement, {"cadence": "FREQ=WEEKLY;INTERVAL=vier"}, {"cadence": "bad_cadence"}),
        (Arrangement, {"cadence": "FREQ=WEEKLY;INTERVAL=0"}, {"cadence": "bad_cadence"}),
        (Arrangement, {"cadence": "FREQ=MONTHLY;INTERVAL=00;BYDAY=1MO"}, {"cadence": "bad_cadence"}),
        (Arrangement, {"cadence": "FREQ=WEEKLY;INTERVAL=-1"}, {"cadence": "bad_cadence"}),
        (
            Arrangement,
            {"started_on": DAY, "ended_on": DAY_BEFORE, "end_reason": "secured"},
            {"ended_on": "ends_before_start"},
        ),
        (Arrangement, {"ended_on": DAY}, {"end_reason": "required"}),
        (Arrangement, {"ended_on": DAY, "end_reason": "zomaar"}, {"end_reason": "required"}),
        (Arrangement, {"end_reason": "secured"}, {"end_reason": "only_when_ended"}),
        (Incident, {"title": ""}, {"title": "required"}),
        (Incident, {"severity": 0}, {"severity": "out_of_range"}),
        (Incident, {"severity": 6}, {"severity": "out_of_range"}),
        (
            Incident,
            {"kind": "", "scale": "", "phenomenon": ""},
            {"kind": "required", "scale": "required", "phenomenon": "required"},
        ),
        (Activity, {"kind": ""}, {"kind": "required"}),
        (Activity, {"count": -1}, {"count": "out_of_range"}),
        (Activity, {"count": 1_000_001}, {"count": "out_of_range"}),
        (Activity, {"weight": -0.5}, {"weight": "out_of_range"}),
        (Activity, {"weight": float("inf")}, {"weight": "out_of_range"}),
        (Activity, {"weight": float("nan")}, {"weight": "out_of_range"}),
        (Activity, {"partner_ids": (1, 2, 1)}, {"partner_ids": "twice"}),
        (Activity, {"partner_count": -1}, {"partner_count": "out_of_range"}),
        (Activity, {"partner_count": 10_001}, {"partner_count": "out_of_range"}),
        (Occurrence, {"state": "held"}, {"state": "unknown_code"}),
        (Occurrence, {"state": "moved"}, {"moved_to": "required"}),
        (Occurrence, {"state": "cancelled", "reason": " "}, {"reason": "required"}),
        (Silence, {"last_day": DAY_BEFORE}, {"last_day": "ends_before_start"}),
        (Silence, {"answer": "weet niet"}, {"answer": "unknown_code"}),
        (Pause, {"reason": " "}, {"reason": "required"}),
        (Pause, {"last_day": DAY_BEFORE}, {"last_day": "ends_before_start"}),
        (Recess, {"name": ""}, {"name": "required"}),
        (Recess, {"last_day": DAY_BEFORE}, {"last_day": "ends_before_start"}),
        (Recess, {"last_day": DAY + timedelta(days=100)}, {"last_day": "too_long_recess"}),
        (Arrangement, {"owner_role": "chair"}, {"owner_id": "required"}),
        (Arrangement, {"second_owner_id": 2}, {"second_owner_id": "second_without_first"}),
        (Arrangement, {"second_owner_role": "chair"}, {"second_owner_id": "required"}),
        (Arrangement, {"owner_id": 1, "second_owner_id": 1}, {"second_owner_id": "same_as_first"}),
        (Arrangement, {"partner_ids": (1, 1)}, {"partner_ids": "twice"}),
        (Agreement, {"text": " ", "owner_id": None}, {"text": "required", "owner_id": "required"}),
        (Agreement, {"made_on": DAY + timedelta(days=1)}, {"due_on": "due_before_made"}),
        (Agreement, {"origin": "gesprek"}, {"origin": "unknown_code"}),
        (Agreement, {"origin": "incident"}, {"incident_id": "required"}),
        (Agreement, {"state": "bijna", "closed_on": DAY}, {"state": "unknown_code"}),
        (Agreement, {"state": "done"}, {"closed_on": "required"}),
        (Agreement, {"closed_on": DAY}, {"closed_on": "only_when_closed"}),
        (
            Agreement,
            {"state": "done", "made_on": DAY, "closed_on": DAY_BEFORE},
            {"closed_on": "ends_before_start"},
        ),
        (Agreement, {"state": "wont_do", "closed_on": DAY}, {"reason": "required"}),
        (CheckBack, {"after_days": 0}, {"after_days": "out_of_range"}),
        (CheckBack, {"after_days": 367}, {"after_days": "out_of_range"}),
        (CheckBack, {"answer": "misschien"}, {"answer": "unknown_code"}),
        (CheckBack, {"answer": "nothing_left"}, {"answer": "answer_does_not_fit"}),
        (CheckBack, {"agreement_id": None}, {"answer": "answer_does_not_fit"}),
        (CheckBack, {"arrangement_id": 1}, {"answer": "answer_does_not_fit"}),
        (Framing, {"domain": "", "wording": ""}, {"domain": "required", "wording": "required"}),
        (Framing, {"urgency": 6}, {"urgency": "out_of_range"}),
        (IncidentReview, {"result": ""}, {"next_time": "say_something"}),
        (Goal, {"text": "", "measure": "gevoel"}, {"text": "required", "measure": "unknown_code"}),
        (Goal, {"target": 100.5}, {"target": "out_of_range"}),
        (Goal, {"measure": "domains_met", "target": 1_001.0}, {"target": "out_of_range"}),
        (Goal, {"target": float("nan")}, {"target": "out_of_range"}),
        (Goal, {"made_on": DAY, "due_on": DAY_BEFORE}, {"due_on": "due_before_made"}),
        (GlossaryWord, {"name": " "}, {"name": "required"}),
        (GlossaryWord, {"shown_at": "elders"}, {"shown_at": "unknown_code"}),
        (DomainMeaning, {"domain": "", "meaning": ""}, {"domain": "required", "meaning": "required"}),
        (PlannedShare, {"share": "alles"}, {"share": "unknown_code"}),
        (PlannedShare, {"phase": "", "domain": ""}, {"phase": "required", "domain": "required"}),
        (ReviewNote, {"quarter": DAY}, {"quarter": "not_a_quarter"}),
        (ReviewNote, {"topic": "koffie", "note": ""}, {"topic": "unknown_code", "note": "required"}),
        (QuarterReview, {"quarter": date(2026, 4, 2)}, {"quarter": "not_a_quarter"}),
        (QuarterReview, {"held_on": date(2026, 3, 31)}, {"held_on": "ends_before_start"}),
        (Scan, {"quarter": date(2026, 5, 1)}, {"quarter": "not_a_quarter"}),
        (Scan, {"closed_on": DAY_BEFORE}, {"closed_on": "ends_before_start"}),
        (Agreement, {"quarter": QUARTER}, {"quarter": "only_in_a_review"}),
        (Agreement, {"origin": "review", "quarter": DAY}, {"quarter": "not_a_quarter"}),
        (Agreement, {"origin": "review", "topic": "quiet"}, {"quarter": "required"}),
        (Agreement, {"topic": "koffie"}, {"topic": "unknown_code", "quarter": "required"}),
        (SeriesPoint, {"series": " "}, {"series": "required"}),
        (SeriesPoint, {"value": -0.5}, {"value": "out_of_range"}),
        (SeriesPoint, {"value": 1_000_000_001.0}, {"value": "out_of_range"}),
        (SeriesPoint, {"value": float("nan")}, {"value": "out_of_range"}),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_its_field(kind, changed, told):
    assert problems(kind, **changed) == told


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (Arrangement, {"grace_weeks": 52}),
        (Arrangement, {"cadence": "FREQ=WEEKLY;INTERVAL=4"}),
        (Arrangement, {"cadence": "FREQ=MONTHLY;BYDAY=2TU"}),
        (Arrangement, {"cadence": "FREQ=YEARLY"}),
        (Arrangement, {"started_on": DAY, "ended_on": DAY, "end_reason": "handed_over"}),
        (Arrangement, {"ended_on": DAY, "end_reason": "no_longer_needed"}),
        (Incident, {"severity": 1}),
        (Incident, {"severity": 5}),
        (Activity, {"count": 0}),
        (Activity, {"count": 1_000_000}),
        (Activity, {"weight": 0.0}),
        (Activity, {"partner_ids": (2, 1)}),
        (Activity, {"partner_count": 10_000}),
        (Occurrence, {"state": "planned"}),
        (Occurrence, {"state": "recess"}),
        (Occurrence, {"state": "moved", "moved_to": DAY_BEFORE}),
        (Occurrence, {"state": "cancelled", "reason": "ziekte"}),
        (Silence, {"answer": "not_logged"}),
        (Pause, {"last_day": DAY + timedelta(days=1000)}),
        (Recess, {"last_day": DAY + timedelta(days=99)}),
        (Arrangement, {"owner_id": 1, "owner_role": "chair", "second_owner_id": 2}),
        (Agreement, {"made_on": DAY}),
        (Agreement, {"origin": "incident", "incident_id": 1}),
        (Agreement, {"state": "done", "closed_on": DAY_BEFORE}),
        (Agreement, {"state": "wont_do", "closed_on": DAY, "reason": "geen geld"}),
        (CheckBack, {"agreement_id": None, "arrangement_id": 1, "answer": "changed"}),
        (CheckBack, {"agreement_id": None, "answer": "nothing_left"}),
        (Framing, {"wording": "", "urgency": 5}),
    ],
)
def test_what_lies_just_inside_a_rule_is_taken(kind, changed):
    assert problems(kind, **changed) == {}


def test_all_that_is_wrong_is_told_at_once():
    told = problems(Incident, title="", severity=9, happened_on=date(1999, 12, 31), place="x" * 201)
    assert told == {
        "title": "required",
        "severity": "out_of_range",
        "happened_on": "too_early_date",
        "place": "too_long",
    }


def test_a_refusal_names_fields_and_codes_but_not_what_was_typed():
    with pytest.raises(InvalidRecord) as refused:
        made(Partner, name="", domain="x" * 201)
    assert str(refused.value) == "domain: too_long, name: required"


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (Arrangement, "started_on"),
        (Incident, "happened_on"),
        (Activity, "happened_on"),
        (Occurrence, "due_on"),
        (Silence, "first_day"),
        (Pause, "first_day"),
        (Recess, "first_day"),
    ],
)
def test_no_day_lies_before_the_year_2000(kind, field):
    assert problems(kind, **{field: date(1999, 12, 31)})[field] == "too_early_date"
    assert field not in problems(kind, **{field: date(2000, 1, 1)})


@pytest.mark.parametrize("kind", SOUND)
def test_no_day_lies_more_than_a_year_ahead(kind: type[Record]):
    record = made(kind)
    days = {name: value for name, value in vars(record).items() if isinstance(value, date)}
    last = max(days.values(), default=DAY)
    refuse_far_dates(record, last - timedelta(days=366))
    if days:
        with pytest.raises(InvalidRecord) as refused:
            refuse_far_dates(record, last - timedelta(days=367))
        latest = [name for name, value in days.items() if value == last]
        assert refused.value.problems == dict.fromkeys(latest, "too_far_ahead")


@pytest.mark.parametrize(
    ("kind", "field", "longest"),
    [
        (Partner, "name", 200),
        (Arrangement, "cadence", 500),
        (Incident, "title", 200),
        (Incident, "source", 500),
        (Incident, "note", 2000),
        (Occurrence, "reason", 500),
        (Pause, "reason", 500),
        (Recess, "name", 200),
    ],
)
def test_a_text_has_a_longest_length(kind, field, longest):
    assert problems(kind, **{field: "x" * (longest + 1)}).get(field) == "too_long"
    assert problems(kind, **{field: "x" * longest}).get(field) != "too_long"


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\u202e", "\u2066", "\ud800"])
def test_signs_that_cannot_be_seen_are_refused(mark):
    assert problems(Incident, title=f"Onrust{mark}x") == {"title": "hidden_characters"}
    assert problems(Incident, note=f"Onrust{mark}x") == {"note": "hidden_characters"}


def test_only_a_note_has_lines():
    assert problems(Incident, note="regel een\nregel twee\tingesprongen") == {}
    assert problems(Incident, title="regel een\nregel twee") == {"title": "hidden_characters"}


def test_letters_of_every_language_and_joined_signs_are_welcome():
    assert problems(Incident, title="Één café, 漢字, عربى, 👩‍👧") == {}


def test_texts_are_tidied():
    assert made(Incident, title="  Onrust ").title == "Onrust"  # type: ignore[attr-defined]
    assert made(Incident, note="een\r\ntwee").note == "een\ntwee"  # type: ignore[attr-defined]
    composed, apart = "caf\u00e9", "cafe\u0301"
    assert made(Partner, name=apart).name == composed  # type: ignore[attr-defined]


@given(st.text(max_size=300))
def test_any_text_is_taken_tidied_or_refused_with_a_code(text):
    told = problems(Incident, title=text)
    assert set(told.values()) <= {"required", "too_long", "hidden_characters"}
    if not told:
        title = made(Incident, title=text).title  # type: ignore[attr-defined]
        assert made(Incident, title=title).title == title  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("links", "mode"),
    [
        ({}, ""),
        ({"arrangement_id": 1}, "structural"),
        ({"incident_id": 1}, "incident_driven"),
        ({"arrangement_id": 1, "incident_id": 1}, "structure_in_action"),
        ({"incident_id": 1, "mode": "structural"}, "structural"),
    ],
)
def test_what_an_activity_was_for_follows_from_its_links_unless_it_is_said(links, mode):
    assert activity_mode(Activity(happened_on=DAY, kind="training", **links)) == mode


def test_no_record_has_a_place_for_a_person():
    """Roles and organisations only: a new field that could hold a name needs a talk first."""
    names = {field.name for kind in SOUND for field in fields(kind)}  # type: ignore[arg-type]
    people = {"owner", "attendees", "participants", "contact", "author", "person", "email", "phone"}
    assert names & people == set()


@given(
    st.text(max_size=150) | st.text(" ab\u00e9\n\t\u202e", max_size=4),
    st.sampled_from(("title", "note", "wording")),
)
def test_a_text_that_is_taken_as_it_is_has_nothing_to_tidy_or_refuse(text: str, field: str) -> None:
    if text and rule.is_plain(text):
        assert (rule._tidy(text), rule._text_problem(field, text)) == (text, "")
