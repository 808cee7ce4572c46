"""What is said of who works together: the words follow the facts, in both languages."""

from __future__ import annotations

import pytest

from tests.words.working import everything
from tracker.words import LANGUAGES, speak

SAID = {language: everything(speak(language)) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_ends_and_leaves_no_gap(language: str):
    whole = {name: lines for name, lines in SAID[language].items() if name not in ("ends", "pairs by name")}
    said = [line for lines in whole.values() for line in lines if line]
    assert [line for line in said if "{" in line or "  " in line or "None" in line] == []


def test_no_word_is_left_in_english():
    same = {name for name in SAID["nl"] if SAID["nl"][name] == SAID["en"][name]}
    assert same <= {"pairs by name"}


def test_a_lost_pair_and_a_new_one_are_both_named():
    new, lost = SAID["en"]["pairs by name"]
    assert new == "P with T; Q with T"
    assert lost == "P with R; Q with R"


def test_a_quarter_that_still_runs_has_lost_nobody():
    first, second = SAID["nl"]["pairs, running quarter"]
    assert "tot nu toe" in first
    assert "loopt nog" in second
    assert "deed dat nu niet" not in first


def test_the_range_of_the_ratchet_holds_forty_per_cent_when_forty_was_planted():
    assert SAID["en"]["ratchet"][0] == "it stayed higher: 110 to 180% of before"
    assert SAID["nl"]["ratchet"][2] == "terug op het oude niveau: 85 tot 120% van ervoor"


def test_what_cannot_be_said_gives_its_reason():
    assert SAID["nl"]["ratchet"][4].startswith("niet te zeggen: ")


def test_never_because_of_an_incident():
    for lines in SAID["nl"].values():
        assert not [line for line in lines if "door het incident" in line or "vanwege" in line]


def test_what_is_gone_is_counted_in_plain_words():
    assert SAID["nl"]["what lasts"][0].startswith("6 van de 19 samenwerkingsvormen zijn weggezakt.")
    assert SAID["nl"]["what lasts, few"] == [
        "1 van de 2 afspraken is weggezakt.",
        "Bij minder dan acht staat er een lijst en geen lijn.",
    ]
    assert SAID["nl"]["what lasts, one"] == ["1 samenwerkingsvorm is weggezakt."]
    assert SAID["nl"]["what lasts, all"][0].startswith("Geen van de 9 afspraken is weggezakt. ")
    assert SAID["en"]["what lasts, all"][0].startswith("Not one of the 9 agreements has faded. ")


def test_few_are_a_list_and_not_a_share():
    assert "van elke 100" not in " ".join(SAID["nl"]["what lasts, few"])
    assert "van elke 100" in " ".join(SAID["nl"]["what lasts"])
