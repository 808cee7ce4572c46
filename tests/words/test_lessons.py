"""What is said of urgency, ownership and language follows the facts, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.words import lessons
from tests.words.lessons import CASES, DOMAINS
from tracker.analysis import urgency
from tracker.words import LANGUAGES, speak


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_whole_and_leaves_no_gap_unfilled(language):
    for case, said in lessons.everything(speak(language)).items():
        assert said, case
        for line in filter(None, said):
            assert not re.search(r"[{}]|  |\bNone\b", line), (case, line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", ["closer", "further", "same"])
def test_the_gaps_of_both_incidents_stand_in_the_line_on_the_shift(language, case):
    known = CASES[case]
    found = urgency.urgency(known, DOMAINS).shift
    assert found is not None
    line = speak(language).urgency_shift(known, found, DOMAINS)
    gaps = {found.gap_now, found.gap_then}
    assert {int(n) for n in re.findall(r"\d+", re.sub(r"“.*?”", "", line))} == gaps


def test_closer_further_and_just_as_far_are_three_different_words():
    say = speak("nl")
    lines = [
        say.urgency_shift(CASES[case], urgency.urgency(CASES[case], DOMAINS).shift, DOMAINS)
        for case in ("closer", "further", "same")
    ]
    for line, word in zip(
        lines, ("dichter bij elkaar", "verder uit elkaar", "even ver uit elkaar"), strict=True
    ):
        assert [word in one for one in lines].count(True) == 1
        assert word in line


def test_help_names_the_domains_only_when_the_word_clashes():
    say = speak("nl")
    agreed = lessons.words_of(lessons.GlossaryWord(name="fase", meaning="Stap"), meanings=((1, "P"),))
    assert say.glossary_help(agreed, DOMAINS) == "“fase”: wij bedoelen hiermee: Stap."
    clash = lessons.words_of(
        lessons.GlossaryWord(name="fase", meaning="Stap", clash=True), meanings=((1, "P"),)
    )
    assert say.glossary_help(clash, DOMAINS).endswith(
        "Niet iedereen bedoelt hetzelfde. domein P: “volgens P”."
    )


def test_nothing_is_said_to_come_because_of_an_incident():
    said = [line for lines in lessons.everything(speak("nl")).values() for line in lines]
    assert not [line for line in said if re.search(r"\bdoor (het|een|“)", line)]
