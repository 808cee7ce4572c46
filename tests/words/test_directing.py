"""What is said of goals, of the prevention matrix and of whom to involve: the words follow the facts."""

from __future__ import annotations

import pytest

from tests.words.directing import DOMAINS, FULL, PHASES, STANDING, a_goal, everything, matrix
from tracker.analysis.goals import STATUSES
from tracker.analysis.prevention import Cell
from tracker.records import GOAL_MEASURES, SHARES, PlannedShare
from tracker.words import LANGUAGES, goals, speak
from tracker.words.direction import SHARES as SHARE_WORDS
from tracker.words.direction import SHORT_STATES, STATES

SAID = {language: everything(speak(language)) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_leaves_a_gap(language: str):
    said = [line for lines in SAID[language].values() for line in lines]
    assert [line for line in said if "{" in line or "  " in line or "None" in line] == []


def test_no_case_is_left_in_english():
    assert {name for name in SAID["nl"] if SAID["nl"][name] == SAID["en"][name]} == set()


def test_every_measure_status_state_and_part_has_its_words():
    assert set(goals._ASKED) == set(goals._COUNTED) == set(GOAL_MEASURES) == set(STANDING)
    assert set(goals.STATUSES) == set(STATUSES)
    shapes = [(led, part, planned, told) for led in (0, 1) for part in (0, 1) for planned in SHARES
              for told in (True, False)]  # fmt: skip
    states = {
        Cell(
            phase="primary", domain="care", planned=planned, default=True, led=led, took_part=part, told=told
        ).state
        for led, part, planned, told in shapes
    }
    assert states == set(STATES) == set(SHORT_STATES)
    assert set(SHARE_WORDS) == set(SHARES)


def test_a_planted_white_spot_is_named_in_words():
    [said, *_] = SAID["nl"]["matrix, some planned"]
    assert said.startswith(
        "Witte vlekken van het laatste jaar: in Primair niemand uit Onderwijs en Gemeenschap"
    )
    assert "in Tertiair is niets vastgelegd" in said
    assert "Witte vlekken" not in SAID["nl"]["matrix, all there"][0]
    assert "Witte vlekken" not in SAID["nl"]["matrix, nobody told"][0]
    assert "Witte vlekken" not in SAID["nl"]["matrix, empty"][0]


def test_the_default_is_called_that_until_everything_was_chosen():
    chosen = [PlannedShare(phase=phase, domain=one, share="none") for phase in PHASES for one in DOMAINS]
    for say, word in ((speak("nl"), "standaardinstelling, pas aan"), (speak("en"), "default, adjust it")):
        assert word in say.plan_origin(matrix(FULL))
        assert word in " ".join(SAID[say.language]["cells"])
        assert say.plan_origin(matrix(FULL, *chosen)) == ""
        assert word not in " ".join(say.cell_line(one) for one in matrix(FULL, *chosen).cells)


def test_who_leads_otherwise_than_planned_is_asked_about_and_never_blamed():
    said = SAID["nl"]["matrix, some planned"]
    assert "Primair: Veiligheid trok het meest, 3 van de 4 keer dat het bekend is." in said[2]
    assert said[2].endswith("Is dat wat u wilt?")


def test_a_share_that_cannot_be_said_gives_its_range_and_its_reason():
    row = SAID["nl"]["goal, meetings_held"][0]
    assert "nog niet te zeggen" in row
    assert "doorgegaan: 21 van 24" in row
    assert "het doel ligt binnen de marge" in row
    why = "er is geen ernstig incident waarvan de tijd om terug te kijken voorbij is"
    assert SAID["nl"]["goal, reviewed"][0].endswith(f"| {why}")


def test_a_target_is_written_as_the_language_writes_numbers():
    assert speak("nl").goal_asked(a_goal("reuse", 7.5)).endswith("minstens 7,5%")
    assert speak("en").goal_asked(a_goal("quiet_at_most", 2)).endswith("at most 2")


def test_the_guide_says_when_it_follows_the_plan_and_who_was_not_there_the_last_time():
    assert "Daarom volgt dit het plan." in SAID["nl"]["involve, nothing known"][1]
    assert not [line for line in SAID["nl"]["involve, both"] if "Daarom volgt" in line]
    assert "Meestal erbij, maar de laatste keer niet: Q." in SAID["nl"]["involve, a phase"]
    assert not [line for line in SAID["nl"]["involve, both"] if "laatste keer" in line]
