"""The self-scan for programs: the promised keys, and never more than the screen may show."""

from __future__ import annotations

import json

from tracker.analysis.quarter import Quarter
from tracker.analysis.self_scan import ASKED, STATEMENTS, round_of
from tracker.exchange.scan_json import scan_object
from tracker.words.codes import CODES

SCORE = {"value", "low", "high", "status", "why", "band", "clear"}


def told(people, *, closed=True):
    seen = round_of(1, Quarter(2026, 2), [dict.fromkeys(ASKED, 4)] * people, closed=closed)
    held = json.loads(json.dumps(scan_object([seen]), allow_nan=False))
    assert held["least"] == 5
    return held["rounds"][0]


def numbers(one):
    scores = [one["overall"], *one["lessons"].values(), *one["statements"].values()]
    return {score[name] for score in scores for name in ("value", "low", "high")}


def test_a_round_has_the_promised_keys():
    one = told(6)
    assert set(one) == {"quarter", "closed", "enough", "replies", "overall", "lessons", "statements"}
    assert (list(one["lessons"]), list(one["statements"])) == (list(STATEMENTS), list(ASKED))
    assert set(one["overall"]) == set(one["lessons"]["urgency"]) == SCORE
    assert (one["quarter"], one["replies"], one["overall"]["value"], one["overall"]["band"]) == (
        "2026Q2",
        6,
        4.0,
        "strong",
    )


def test_four_replies_and_an_open_round_hold_no_number():
    for one in (told(4), told(9, closed=False)):
        assert one["replies"] is None
        assert numbers(one) == {None}
    assert (told(4)["overall"]["why"], told(9, closed=False)["overall"]["why"]) == (
        "few_replies",
        "still_open",
    )
    assert None not in numbers(told(5))  # positive control


def test_every_code_in_it_has_a_meaning():
    one = told(6)
    codes = {*one["lessons"], *one["statements"], one["overall"]["band"], one["overall"]["status"]}
    assert codes <= set(CODES)
