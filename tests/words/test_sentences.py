"""The sentence, its certainty and the next step: what a coordinator reads first."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from tests.words.findings import ESTIMATES, LEVEL, NEEDS, WINDOW, YEAR, every_case, finding
from tests.words.sheet import about, path, sheet
from tracker.analysis.estimate import Estimate
from tracker.analysis.finding import Finding
from tracker.words import LANGUAGES, speak
from tracker.words.confidence import CERTAINTIES
from tracker.words.figures import DAYS, PER_WEEK, SHARE, in_words
from tracker.words.sentences import SENTENCES

NL, EN = speak("nl"), speak("en")
CASES = every_case()
FIXED = [
    (
        "persists_peacetime",
        "De samenwerking houdt stand. Het is 234 dagen vredestijd en de vaste basis is er nog.",
        "Cooperation persists. It has been peacetime for 234 days and the floor is still there.",
    ),
    (
        "persists_after_incident",
        "De samenwerking houdt stand. Ook 41 dagen na “Rellen op het plein” is de vaste basis er nog.",
        "Cooperation persists. 41 days after “Rellen op het plein” the floor is still there.",
    ),
    (
        "persists_no_pattern",
        "De samenwerking houdt stand. Er is geen patroon rond incidenten te zien.",
        "Cooperation persists. No pattern around incidents is visible.",
    ),
    (
        "falls_back_level",
        "De samenwerking zakt terug. "
        "In vredestijd blijft minder dan de helft over van het kwartaal na een incident.",
        "Cooperation falls back. In peacetime less than half remains of the quarter after an incident.",
    ),
    (
        "falls_back_year",
        "De samenwerking zakt terug. De vaste basis is lager dan een jaar geleden.",
        "Cooperation falls back. The floor is lower than a year ago.",
    ),
    (
        "undecided_border",
        "Onbeslist. Er zijn genoeg gegevens, maar de uitkomst ligt dicht bij de grens.",
        "Undecided. There are enough data, but the result is near the border.",
    ),
    (
        "too_early, withered and silent",
        "Te vroeg om te zeggen of de samenwerking standhoudt. "
        "Nog nodig: meer activiteiten in vredestijd in de laatste twee jaar (nu 5 tegen 6). "
        "Sinds 12 oktober 2025 is niets vastgelegd.",
        "Too early to say whether cooperation persists. Still needed: more activities in peacetime in the "
        "last two years (now 5 against 6). Since 12 October 2025 nothing was logged.",
    ),
    (
        "too_little_logged",
        "Ik kan het niet zeggen. Van 81 van de 157 weken is niet bekend wat er gebeurde.",
        "I can't say. It is not known what happened in 81 of the 157 weeks.",
    ),
]


@pytest.mark.parametrize(("case", "dutch", "english"), FIXED, ids=[case for case, _, _ in FIXED])
def test_eight_findings_have_eight_fixed_sentences(case: str, dutch: str, english: str):
    assert NL.sentence(CASES[case]) == dutch
    assert EN.sentence(CASES[case]) == english


def test_the_line_under_the_sentence_gives_word_dots_range_and_unknown_weeks():
    assert NL.certainty(finding()) == (
        "Zekerheid: redelijk zeker ●●○ In vredestijd draait de samenwerking op 55 tot 75% van het kwartaal "
        "na een incident. Van 4 van de 157 weken is niet bekend wat er gebeurde."
    )
    assert EN.certainty(finding()) == (
        "Certainty: fairly sure ●●○ In peacetime cooperation runs at 55 to 75% of the quarter "
        "after an incident. It is not known what happened in 4 of the 157 weeks."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_stands_on_one_sheet_that_somebody_reads(language: str):
    """When this fails on purpose: `python -m tests.words.sheet`, then read what changed."""
    assert sheet(speak(language)) == path(language).read_text(encoding="utf-8")


def test_every_case_of_a_finding_has_a_sentence_and_a_next_step():
    named = set(re.findall(r"[a-z_]+", (Finding.__doc__ or "").split("`certainty`")[0].split("sentence:")[1]))
    assert named == set(SENTENCES) == {found.case for found in CASES.values()}
    assert all(EN.next_step(found) and NL.next_step(found) for found in CASES.values())


def test_every_certainty_of_a_finding_has_a_word():
    for certainty, dots in zip(CERTAINTIES, ("●●●", "●●○", "●○○", "○○○"), strict=True):
        assert NL.certainty_word(finding(certainty=certainty))[1] == dots
        assert certainty in (Finding.__doc__ or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_cases_are_told_apart(language: str):
    cases = {found.case: speak(language).sentence(found) for found in CASES.values()}
    assert len(set(cases.values())) == len(cases)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_no_sentence_claims_a_cause(case: str, language: str):
    said = " ".join(
        [*about(speak(language), case), *map(" ".join, speak(language).explanations(CASES[case]))]
    )
    assert not re.search(
        r"\b(because of|due to|caused|door(?=\s+\w)|vanwege|dankzij|wegens|leidt tot)\b", said.lower()
    )
    assert re.search(r"\b(door)\b", "Het zakt weg door het incident.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_sentence_can_be_read_in_one_breath(case: str, language: str):
    said = " ".join(about(speak(language), case))
    assert [piece for piece in re.split(r"(?<=[.:○●])\s+", said) if len(piece.split()) > 25] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_number_in_the_sentence_stands_in_the_table_or_in_the_finding(case: str, language: str):
    say, found = speak(language), CASES[case]
    if found.last_incident is not None:
        found = replace(found, last_incident=("Rellen", found.last_incident[1]))
    table = [text for row in say.explanations(found) for text in row]
    known = numbers(" ".join([*table, *map(say.needed, found.needed), *map(str, leaves(found))]))
    assert numbers(say.sentence(found)) <= known
    assert "999" not in known


def numbers(text: str) -> set[str]:
    return {number.lstrip("0") or "0" for number in re.findall(r"\d+", text)}


def leaves(thing: Any) -> list[Any]:
    """All values in a tree of frozen records."""
    if is_dataclass(thing):
        return [leaf for field in fields(thing) for leaf in leaves(getattr(thing, field.name))]
    if isinstance(thing, tuple):
        return [leaf for one in thing for leaf in leaves(one)]
    return [thing]


@pytest.mark.parametrize("case", CASES)
def test_a_silence_at_the_end_is_told_whatever_the_verdict(case: str):
    silent = replace(CASES[case], window=replace(CASES[case].window, silent_since=date(2026, 3, 12)))
    assert NL.sentence(silent).endswith("Sinds 12 maart 2026 is niets vastgelegd.")
    assert EN.sentence(silent).endswith("Since 12 March 2026 nothing was logged.")
    assert "12 maart 2026" in NL.next_step(silent)


def test_a_silence_is_told_too_where_such_a_silence_is_usual():
    usual = replace(WINDOW, last_entry=date(2025, 12, 2))
    four_weeks = replace(WINDOW, last_entry=date(2026, 2, 1))
    assert NL.sentence(finding(window=usual)).endswith("Sinds 2 december 2025 is niets vastgelegd.")
    assert "Sinds" not in NL.sentence(finding(window=four_weeks))
    assert NL.next_step(finding(window=usual)) == NL.next_step(finding())


def test_nothing_is_claimed_in_a_range_while_it_cannot_be_said():
    assert "75%" not in NL.certainty(finding("too_early", peacetime_level=LEVEL))
    assert "75%" in NL.certainty(finding("undecided_border", peacetime_level=LEVEL))


def test_without_a_silence_none_is_told():
    assert "Sinds" not in NL.sentence(finding())
    assert "Er is nu niets nodig".lower() in NL.next_step(finding()).lower()


@pytest.mark.parametrize("case", CASES)
def test_above_a_question_nothing_needed_is_not_said_and_every_other_step_stays(case: str):
    plain, above = NL.next_step(CASES[case]), NL.next_step(CASES[case], asks=True)
    assert "niets nodig" not in above
    assert above == ("beantwoord eerst wat hieronder staat." if "niets nodig" in plain else plain)
    assert "nothing is needed" not in EN.next_step(CASES[case], asks=True)


def test_an_empty_log_is_not_called_zero():
    empty = CASES["nothing_logged"]
    assert NL.certainty(empty) == (
        "Zekerheid: kan ik niet zeggen ○○○ Er is nog niets vastgelegd. Dat is geen nul: ik weet het niet."
    )
    assert NL.sentence(empty) == "Te vroeg om te zeggen of de samenwerking standhoudt."


def test_every_need_names_how_far_it_is():
    assert EN.needed(NEEDS["record_days"]) == "74 more days of log (291 of 365, in March 2027)"
    assert "5 against 6 activities" in EN.needed(NEEDS["retention_year"])
    assert "5 tegen 6 activiteiten" in NL.needed(NEEDS["retention_year"])
    assert all(re.search(r"\d", EN.needed(need)) for need in NEEDS.values())


def test_a_need_that_is_almost_met_is_not_rounded_away():
    assert "59%" in NL.needed(NEEDS["coverage"])
    almost = replace(NEEDS["activities"], have=39.6)
    assert NL.needed(almost).startswith("1 extra activiteit (39 van 40")


def test_a_long_list_of_needs_is_told_in_two_sentences():
    told = NL.sentence(CASES["too_early"])
    assert told.count("Nog nodig:") == told.count("Ook nodig:") == 1
    assert "Ook nodig" not in NL.sentence(CASES["too_early, one need"])


def test_few_incidents_say_how_these_faded_and_not_how_incidents_fade():
    two, typical = (EN.explanations(finding(few_incidents=few)) for few in (2, None))
    assert two[3][2].startswith("After these two incidents")
    assert typical[3][2].startswith("After an average incident")
    assert not any("typical" in text or "average" in text for text in two[3])


def test_the_figures_come_in_the_order_of_the_json():
    names = [row[0] for row in EN.explanations(finding())]
    assert names == [
        "Level in peacetime",
        "Floor now",
        "Floor compared with a year ago",
        "Half-life",
        "Time until the extra is nearly gone",
        "Share without incidents",
    ]


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        ("ok", "28 dagen, tussen 22 en 35"),
        ("roughly", "ongeveer 28 dagen, tussen 11 en 62"),
        ("open above", "meer dan 41 dagen, bovengrens onbekend"),
        ("open below", "minder dan 10 dagen, ondergrens onbekend"),
        ("hidden", "niet genoemd: de marge is te breed"),
        ("missing", "niet bekend: in deze periode telt geen incident mee"),
    ],
)
def test_a_number_that_may_not_be_stated_is_replaced_by_its_reason(estimate: str, words: str):
    assert in_words(NL, ESTIMATES[estimate], DAYS) == words


def test_shares_go_by_fives_rates_by_tenths_and_days_are_whole():
    assert in_words(NL, LEVEL, SHARE) == "65%, tussen 55 en 75%"
    assert in_words(NL, Estimate(value=1.62, low=1.21, high=2.14, status="ok"), PER_WEEK) == (
        "1,6 per week, tussen 1,2 en 2,2"
    )


def test_a_number_is_never_stated_without_its_range():
    bare = Estimate(value=3.0, status="ok")
    assert in_words(NL, bare, DAYS) == "3 dagen, marge onbekend"
    assert "55 tot 75%" not in NL.certainty(finding(peacetime_level=replace(LEVEL, low=None)))
    assert "80 tot 120%" in NL.certainty(
        finding(peacetime_level=replace(LEVEL, low=None), retention_year=YEAR)
    )


def test_what_was_left_out_is_told_with_its_number():
    assert NL.what_counts(CASES["with things left out"]) == (
        "Meegeteld: 104 activiteiten en 2 incidenten, van 1 maart 2023 tot en met 1 maart 2026. "
        "Niet meegeteld: 12 activiteiten die partners niet samen deden. "
        "Niet meegeteld: 3 incidenten, "
        "zoals een oefening, iets lichters of iets wat hier niet merkbaar was."
    )
    assert "Niet meegeteld" not in NL.what_counts(finding())


def test_a_title_is_said_as_it_was_typed_even_with_braces_and_quotes():
    odd = finding("persists_after_incident", last_incident=("{n} “%s” *x* \\", date(2025, 1, 1)))
    assert "{n} “%s” *x* \\" in NL.sentence(odd)


def test_a_long_title_is_cut_so_that_the_sentence_can_still_be_read():
    long = finding("persists_after_incident", last_incident=("x" * 200, date(2025, 1, 1)))
    assert len(NL.sentence(long)) < 150
    assert "…" in NL.sentence(long)


def test_nothing_is_said_of_the_agreed_meetings_while_it_is_too_early():
    silent = [found for found in CASES.values() if found.structure is None]
    said = " ".join(EN.sentence(found) + EN.certainty(found) for found in silent)
    assert "meeting" not in said


def test_the_window_of_these_findings_is_one_that_could_be():
    assert WINDOW.first is not None
    assert WINDOW.days == (WINDOW.last - WINDOW.first).days + 1
