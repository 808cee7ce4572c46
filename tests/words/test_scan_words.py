"""The self-scan in words: every statement has its text, and every outcome its sentence."""

from __future__ import annotations

import pytest

from tracker.analysis.quarter import Quarter
from tracker.analysis.self_scan import ASKED, BANDS, POINTS, STATEMENTS, Round, course, round_of
from tracker.words import LANGUAGES, speak
from tracker.words import self_scan as words

NL, EN = speak("nl"), speak("en")


QUARTER = Quarter(2026, 2)


def asked(points=(), quarter=QUARTER, *, people=6, closed=True, **lessons):
    """A round in which all people give the same points, per lesson where named."""
    reply = {one: lessons.get(lesson, 3) for lesson, statements in STATEMENTS.items() for one in statements}
    replies = [dict.fromkeys(ASKED, one) for one in points] or [reply] * people
    return round_of(1, quarter, replies, closed=closed)


def test_every_lesson_statement_and_answer_has_words():
    assert tuple(words.SAID) == ASKED
    assert tuple(words.LESSONS) == tuple(STATEMENTS)
    assert tuple(words.POINTS) == POINTS
    assert set(words.BAND_WORDS) == set(BANDS)


def test_there_are_two_statements_a_lesson_and_none_is_said_twice():
    assert [len(one) for one in STATEMENTS.values()] == [2, 2, 2, 2]
    assert len(set(ASKED)) == len(set(words.SAID.values())) == 8


@pytest.mark.parametrize(
    ("rounds", "said"),
    [
        ([], "Nog niemand is gevraagd wat die van de vier lessen vindt."),
        (
            [asked(closed=False)],
            "De zelfscan van het 2e kwartaal 2026 is open. Wat mensen zeiden, is te zien als hij gesloten"
            " is.",
        ),
        (
            [asked(people=4)],
            "Minder dan 5 mensen deden mee aan de zelfscan van het 2e kwartaal 2026. Daarom is er niets van"
            " te zien.",
        ),
        (
            [asked(people=60, urgency=5, ownership=2)],
            "Zelfscan van het 2e kwartaal 2026: eigenaarschap is een zorg; taal en regie lijken te vragen om"
            " een gesprek; urgentie is sterk.",
        ),
        (
            [asked(urgency=4, ownership=2)],
            "Zelfscan van het 2e kwartaal 2026: eigenaarschap lijkt een zorg; taal en regie lijken te vragen"
            " om een gesprek; urgentie lijkt sterk.",
        ),
    ],
)  # fmt: skip
def test_the_conclusion_names_the_lessons_that_worry_first(rounds, said):
    assert NL.scan_line(rounds) == said


def test_while_a_new_round_is_open_the_last_result_stays():
    before, running = asked(), asked(quarter=Quarter(2026, 3), closed=False)
    assert NL.scan_line([before, running]) == NL.scan_line([before])


def test_after_a_round_of_too_few_that_is_said_and_not_the_old_result():
    assert "Minder dan 5" in NL.scan_line([asked(), asked(quarter=Quarter(2026, 3), people=3)])


def test_one_statement_with_too_few_answers_is_told_apart_from_too_few_people():
    unsure = {one: 3 for one in ASKED if one != ASKED[0]}
    seen = round_of(1, Quarter(2026, 2), [unsure] * 7, closed=True)
    assert (
        NL.scan_line([seen])
        == "In de zelfscan van het 2e kwartaal 2026 kreeg een van de stellingen te weinig antwoorden."
    )


def test_how_certain_the_words_are_is_said_with_how_many_replied():
    assert EN.scan_certainty(asked()) == (
        "6 people replied in Q2 2026. So few or so different are the answers that no word is certain yet."
    )
    assert EN.scan_certainty(asked(people=60, ownership=2, urgency=5)).startswith(
        "60 people replied in Q2 2026. The word is certain for urgency and ownership."
    )
    assert "all four" in EN.scan_certainty(asked(people=400, urgency=5, ownership=2, language=2, direction=2))
    assert EN.scan_certainty(asked(people=3)) == ""


def test_a_score_has_a_word_a_number_and_a_range_rounded_outward():
    found = asked(points=(2, 3, 3, 4, 4, 5)).overall
    assert (EN.scan_word(found), EN.scan_score(found)) == (
        "seems something to discuss",
        "3.5, between 2.1 and 4.6",
    )
    assert (NL.scan_word(found), NL.scan_score(found)) == (
        "lijkt iets om te bespreken",
        "3,5, tussen 2,1 en 4,6",
    )


def test_what_may_not_be_shown_says_why():
    few, running = asked(people=2).overall, asked(closed=False).overall
    assert (NL.scan_score(few), NL.scan_word(few)) == ("minder dan 5 antwoorden",) * 2
    assert NL.scan_score(running) == "te zien na het sluiten"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (1, 5, "higher than in Q1 2026: between"),
        (5, 1, "lower than in Q1 2026: between"),
        (3, 3, "no certain difference with Q1 2026: between -"),
    ],
)
def test_a_change_is_said_only_when_it_is_certain(before, now, said):
    rounds = [asked([before] * 9, Quarter(2026, 1)), asked([now] * 9)]
    assert EN.scan_change(course(rounds)).startswith(said)


def test_the_first_round_has_nothing_to_compare():
    assert EN.scan_change(course([asked()])) == "first time"
    assert EN.scan_change(course([])) == "nothing to compare yet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_round_is_said_alike_for_every_number_of_replies_on_one_side(language):
    say = speak(language)
    told: list[str] = [say.scan_progress(opened(people)) for people in range(12)]
    assert len(set(told[:5])) == len(set(told[5:])) == 1
    assert told[4] != told[5]


def opened(people: int) -> Round:
    return round_of(1, Quarter(2026, 2), [dict.fromkeys(ASKED, 3)] * people, closed=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_replies_is_told_what_is_not_kept_and_what_cannot_be_promised(language):
    promise = " ".join(speak(language).scan_promise())
    assert "5" in promise
    assert "database" in promise
