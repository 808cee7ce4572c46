"""What people call their activities, held against what the timing says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.estimate import Estimate
from tracker.analysis.labels import CLASSES, Labels, against_timing
from tracker.records import Activity, activity_mode

TIMING = Estimate(value=0.52, low=0.45, high=0.60, status="ok")
COUNTS = st.dictionaries(st.sampled_from([*CLASSES[:3], "", "something else"]), st.integers(0, 500))


def test_you_call_80_percent_structural_and_the_timing_says_45_to_60():
    found = against_timing({"structural": 80, "incident_driven": 15, "structure_in_action": 5}, TIMING)
    assert found.percentages == {
        "structural": 80, "structure_in_action": 5, "incident_driven": 15, "untagged": 0
    }  # fmt: skip
    assert (found.called, found.structural, found.total) == ("higher", (0.8, 0.8), 100)


@pytest.mark.parametrize(
    ("structural", "called"), [(61, "higher"), (60, "same"), (50, "same"), (45, "same"), (44, "lower")]
)
def test_the_labels_differ_only_outside_the_range_of_the_timing(structural: int, called: str):
    counts = {"structural": structural, "incident_driven": 100 - structural}
    assert against_timing(counts, TIMING).called == called


def test_untagged_is_a_class_of_its_own_and_is_taken_neither_way():
    few = {"structural": 30, "": 40, "incident_driven": 30}
    found = against_timing(few, TIMING)
    assert (found.shares["untagged"], found.structural, found.called) == (0.4, (0.3, 0.7), "same")
    assert against_timing({**few, "structural": 700}, TIMING).called == "higher"
    assert against_timing({**few, "incident_driven": 700}, TIMING).called == "lower"


def test_what_an_arrangement_did_about_an_incident_is_not_called_structural():
    assert against_timing({"structural": 10, "structure_in_action": 90}, TIMING).called == "lower"


@pytest.mark.parametrize(
    "timing",
    [
        Estimate(),
        Estimate(status="hidden", why="wide_interval"),
        Estimate(low=0.2, status="open", why="open_end"),
    ],
)
def test_without_a_share_of_the_model_nothing_is_compared(timing: Estimate):
    found = against_timing({"structural": 80}, timing)
    assert (found.called, found.percentages["structural"]) == ("", 100)


def test_without_activities_there_are_no_shares():
    for counts in ({}, {"structural": 0}):
        found = against_timing(counts, TIMING)
        assert (found.shares, found.percentages, found.called, found.total) == ({}, {}, "", 0)
        assert found.structural == (0, 1)


def test_thirds_are_rounded_so_that_they_add_to_100():
    counts = {"structural": 1, "incident_driven": 1, "": 1}
    assert against_timing(counts, TIMING).percentages == {
        "structural": 34, "structure_in_action": 0, "incident_driven": 33, "untagged": 33
    }  # fmt: skip


def test_a_label_nobody_knows_is_untagged():
    assert against_timing({"borrel": 3, "": 2}, TIMING).counts["untagged"] == 5


@given(COUNTS)
def test_the_shares_add_to_one_and_the_percentages_to_100(counts: dict[str, int]):
    found = against_timing(counts, TIMING)
    if not sum(counts.values()):
        assert found.shares == {}
        return
    assert list(found.shares) == list(found.percentages) == list(CLASSES)
    exact = {name: Fraction(int(n), int(found.total)) for name, n in found.counts.items()}
    assert sum(exact.values()) == 1
    assert found.shares == pytest.approx({name: float(share) for name, share in exact.items()})
    assert sum(found.percentages.values()) == 100
    assert all(abs(found.percentages[name] - 100 * exact[name]) < 1 for name in CLASSES)
    least, most = found.structural
    assert 0 <= least <= most <= 1 + 1e-12


def test_every_mode_that_a_record_can_have_is_a_class():
    day = date(2024, 1, 1)
    links = [(None, None), (1, None), (None, 1), (1, 1)]
    modes = {
        activity_mode(Activity(happened_on=day, kind="x", arrangement_id=a, incident_id=i)) for a, i in links
    }
    assert modes - {""} == {name for name in CLASSES if name != "untagged"}
    assert isinstance(against_timing(dict.fromkeys(modes, 1), TIMING), Labels)
