"""Every code means something, and every refusal says what is wrong and what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.words.findings import NEEDS, every_case
from tracker import privacy, records
from tracker.analysis import finding as facts
from tracker.analysis.estimate import Estimate, Needed
from tracker.records import InvalidRecord
from tracker.store import errors
from tracker.words import LANGUAGES, speak
from tracker.words.codes import CASES, CERTAINTY, CODES, GROUPS, LEFT_OUT, REASONS, STATUSES, VERDICTS, WHYS
from tracker.words.codes import NEEDS as NEED_CODES
from tracker.words.problems import DAMAGE, PROBLEMS, PROBLEMS_OF_A_FIELD, REFUSALS

DAY = date(2025, 5, 5)
BROKEN: list[tuple[type[records.Record], dict[str, Any]]] = [
    (records.Partner, {"name": "", "domain": "x"}),
    (records.Arrangement, {"name": "a", "kind": "k", "grace_weeks": 99}),
    (records.Arrangement, {"name": "a", "kind": "k", "cadence": "FREQ=SECONDLY"}),
    (records.Arrangement, {"name": "a", "kind": "k", "end_reason": "secured"}),
    (records.Arrangement, {"name": "a", "kind": "k", "started_on": DAY, "ended_on": date(2025, 1, 1)}),
    (records.Incident, {"happened_on": date(1999, 12, 31), "title": "t", "severity": 9}),
    (records.Incident, {"happened_on": DAY, "title": "t" * 201, "severity": 3}),
    (records.Incident, {"happened_on": DAY, "title": "t\u202e", "severity": 3}),
    (records.Activity, {"happened_on": DAY, "kind": "k", "partner_ids": (1, 1)}),
    (records.Activity, {"happened_on": DAY, "kind": "k", "count": -1, "weight": -1.0, "partner_count": -1}),
    (records.Occurrence, {"arrangement_id": 1, "due_on": DAY, "state": "gone"}),
    (records.Occurrence, {"arrangement_id": 1, "due_on": DAY, "state": "moved"}),
    (records.Occurrence, {"arrangement_id": 1, "due_on": DAY, "state": "cancelled"}),
    (records.Silence, {"first_day": DAY, "last_day": date(2025, 1, 1), "answer": "perhaps"}),
    (records.Pause, {"arrangement_id": 1, "first_day": DAY, "last_day": date(2025, 1, 1), "reason": ""}),
    (records.Recess, {"name": "", "first_day": DAY, "last_day": date(2025, 12, 31)}),
    (records.Arrangement, {"name": "a", "kind": "k", "owner_role": "chair", "second_owner_id": 2}),
    (records.Arrangement, {"name": "a", "kind": "k", "owner_id": 2, "second_owner_id": 2}),
    (records.Agreement, {"text": "", "owner_id": None, "due_on": DAY, "made_on": date(2025, 6, 1)}),
    (records.Agreement, {"text": "t", "owner_id": 1, "due_on": DAY, "origin": "incident"}),
    (records.Agreement, {"text": "t", "owner_id": 1, "due_on": DAY, "closed_on": DAY}),
    (records.Agreement, {"text": "t", "owner_id": 1, "due_on": DAY, "state": "wont_do"}),
    (records.CheckBack, {"incident_id": 1, "after_days": 0, "answered_on": DAY, "answer": "lives"}),
    (records.Framing, {"incident_id": 1, "domain": "care"}),
    (records.IncidentReview, {"incident_id": 1, "held_on": DAY}),
    (records.SeriesPoint, {"happened_on": DAY, "series": "Media", "value": -1.0}),
    (records.Goal, {"text": "", "measure": "gevoel", "target": -1.0, "due_on": DAY}),
    (records.GlossaryWord, {"name": "", "shown_at": "elders"}),
    (records.DomainMeaning, {"word_id": 1, "domain": "", "meaning": ""}),
    (records.PlannedShare, {"phase": "p", "domain": "d", "share": "alles"}),
    (records.ReviewNote, {"quarter": DAY, "topic": "koffie", "note": ""}),
    (records.QuarterReview, {"quarter": date(2025, 7, 1), "held_on": DAY}),
    (records.Scan, {"quarter": date(2025, 4, 1), "opened_on": DAY, "closed_on": date(2025, 5, 1)}),
    (records.Agreement, {"text": "t", "owner_id": 1, "due_on": DAY, "quarter": date(2025, 4, 1)}),
]


def refused(kind: type[records.Record], values: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidRecord) as caught:
        kind(**values)
    return caught.value.problems


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "values"), BROKEN)
def test_every_broken_rule_of_a_record_is_told_beside_its_field(
    kind: type[records.Record], values: dict[str, Any], language: str
):
    say = speak(language)
    for field, code in refused(kind, values).items():
        assert code in PROBLEMS
        assert say.problem(code, field) != say.problem("never heard of", field)


def test_the_broken_records_above_break_every_rule_there_is():
    broken = {code for kind, values in BROKEN for code in refused(kind, values).values()}
    of_the_store = {
        "unknown_record",
        "archived_code",
        "withdrawn_record",
        "fixed_list",
        "counted_already",
        "exists_already",
        "answered_already",
        "framed_already",
        "reviewed_already",
        "meant_already",
        "planned_already",
        "noted_already",
        "closed_already",
        "scanned_already",
        "stays_closed",
        "own_roles",
        "last_administrator",
        "too_long_recess",
    }
    of_the_guard = {f"looks_like_{kind}" for kind in privacy.KINDS}
    assert broken | of_the_store | of_the_guard | {"too_far_ahead"} == set(PROBLEMS)


def test_every_refusal_of_the_store_has_words():
    codes = {error.default_code for error in tree(errors.StoreError)} - {"store"}
    assert {code for code in codes if code not in REFUSALS | PROBLEMS} == set()
    assert "damaged" in codes


def tree(error: type[errors.StoreError]) -> list[type[errors.StoreError]]:
    return [error, *(one for child in error.__subclasses__() for one in tree(child))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_says_what_is_wrong_and_what_to_do(language: str):
    say = speak(language)
    texts = [say.problem(code) for code in (*PROBLEMS, *REFUSALS)]
    assert [text for text in texts if not re.match(r"^[A-ZÀ-Ý].*\.$", text)] == []
    assert [text for text in texts if text.count(".") < 2 and "," not in text] == []


def test_a_field_gets_a_more_exact_text_than_the_rule_alone():
    say = speak("nl")
    assert say.problem("required", "title") != say.problem("required")
    assert "2.000" in say.problem("too_long", "note")
    assert "200" in say.problem("too_long", "title")
    assert all(say.problem(code, field) != say.problem(code) for field, code in PROBLEMS_OF_A_FIELD)


def test_a_code_nobody_knows_is_named_instead_of_hidden():
    assert speak("nl").problem("brand_new") == "Dit kan niet (code: brand_new)."


def test_every_code_has_one_meaning():
    for group in GROUPS.values():
        assert all(CODES[code] == meaning for code, meaning in group.items())
    assert all(CODES.values())


def test_what_verify_finds_has_words():
    assert {"integrity", "versions", "history_differs"} <= set(DAMAGE)


def test_every_code_that_a_finding_can_hold_has_a_meaning():
    named = codes_in(Estimate) | codes_in(Needed)
    assert named >= {"ok", "roughly", "open", "hidden", "missing", "record_days", "coverage_recent"}
    assert named - set(STATUSES) - set(NEED_CODES) == set()
    for found in every_case().values():
        assert found.verdict in VERDICTS
        assert found.certainty in CERTAINTY
        assert found.case in CASES or found.case in VERDICTS
        assert set(found.reasons) <= set(REASONS)
    assert {need.what for need in NEEDS.values()} == set(NEED_CODES)
    assert {"wide_interval", "no_effect"} <= set(WHYS)


def codes_in(record: type) -> set[str]:
    """The codes a docstring lists as `a | b | c`."""
    listed = re.findall(
        r"\w+(?:\s*(?:\([^)]*\)\s*)?\|\s*\w+)+", re.sub(r"\([^)]*\)", "", record.__doc__ or "")
    )
    return {code for line in listed for code in re.findall(r"\w+", line)}


def said_by_the_analysis(name: str) -> set[str]:
    """The codes that the analysis gives to a field: why="no_fit"."""
    sources = [file.read_text(encoding="utf-8") for file in Path(facts.__file__).parent.glob("*.py")]
    return {code for source in sources for code in re.findall(rf'\b{name}="(\w+)"', source)}


def test_every_code_that_the_analysis_gives_has_a_meaning():
    assert said_by_the_analysis("why") <= {*WHYS, *LEFT_OUT}
    assert said_by_the_analysis("what") <= set(NEED_CODES)
    assert said_by_the_analysis("status") <= set(STATUSES)
    assert said_by_the_analysis("verdict") <= set(VERDICTS)
    assert "wide_interval" in said_by_the_analysis("why")


def test_every_code_that_the_store_gives_has_words():
    folder = Path(errors.__file__).parent
    sources = [file.read_text(encoding="utf-8") for file in folder.glob("*.py")]
    refusals = r'(?:StoreError|Missing|NotOurs|Newer|Damaged|InUse)\((?:\w+, )?(?:code=)?"(\w+)"'
    pattern = refusals + r'|Problem\(code="(\w+)"'
    codes = {code for source in sources for pair in re.findall(pattern, source) for code in pair if code}
    assert codes - set(REFUSALS | PROBLEMS | DAMAGE) == set()
    assert {"same_file", "integrity"} <= codes
