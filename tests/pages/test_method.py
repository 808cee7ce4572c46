"""The page that explains the method, read against the lists it is made from."""

from __future__ import annotations

import pytest

from tracker.analysis import policy
from tracker.analysis.pictures import pictures
from tracker.records import GOAL_MEASURES
from tracker.words import speak
from tracker.words.field_names import FIXED_CODES


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_threshold_stands_on_the_page_with_its_reason_and_review_date(screen, language):
    text = screen(language=language).go("method.py").text()
    say = speak(language)
    for name, constant in policy.CONSTANTS.items():
        unit, reason = constant.unit, constant.reason
        assert name in text
        assert say(reason) in text
        assert say(unit) in text
        assert say.date(constant.review) in text


def test_a_threshold_that_changes_changes_the_page(screen, monkeypatch):
    odd = policy.Constant(41.5, "days", "Only a test says so.", policy.CONSTANTS["least_days"].review)
    monkeypatch.setitem(policy.CONSTANTS, "least_days", odd)
    assert "41,5" in screen().go("method.py").text()


def test_every_picture_of_the_method_stands_on_the_page(screen):
    text = screen().go("method.py").text()
    assert all(picture.drawn in text for picture in pictures())


def test_the_page_says_what_may_not_be_concluded(screen):
    text = screen().go("method.py").text()
    assert "Wat u hieruit niet mag concluderen" in text
    assert "Vergelijk nooit gemeenten" in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_says_how_every_goal_is_counted_with_the_thresholds_of_now(screen, monkeypatch, language):
    odd = policy.Constant(41, "meetings", "Only a test says so.", policy.CONSTANTS["least_days"].review)
    monkeypatch.setitem(policy.CONSTANTS, "goal_least_trials", odd)
    text, say = screen(language=language).go("method.py").text(), speak(language)
    assert [line for line in say.goal_rules() if line not in text] == []
    assert "41" in " ".join(say.goal_rules())
    assert {code for code, _ in say.measure_rules()} == {say(FIXED_CODES[code]) for code in GOAL_MEASURES}
    assert [rule for _, rule in say.measure_rules() if rule not in text] == []
