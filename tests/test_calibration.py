"""A tenth of the calibration again: what docs/calibration.md says still holds, as far as chance allows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import calibration, chance, table
from bench.experiments import EXPERIMENTS, Claim, Experiment, Observation
from tracker.analysis import decay, peacetime, proportion, recurrence, rhythm, structure

COMMITTED = table.committed(Path(__file__).parent.parent / "docs" / "calibration.md")
# With so few activities a constant floor misleads less than the method says; nobody is judged by it.
# Three arrangements that meet nearly always but differ: by chance they often look alike, and then the
# interval is too narrow (.85 instead of .90). From six on it is wide enough.
# A step of two fifths in a busy log was covered in 70 of its 80 seeds, one short of the bar; in 49 of 50 more
# (moved up by 100000) it was. No seed is changed for that.
KNOWN_MISSES = {
    ("9.5ii-constant-400", "half-life / truth"),
    ("5a-3-0.9-0.2", "adherence in its interval"),
    ("step-1.4-2000", "step in its interval"),
}
ROUNDED = 0.0006  # figures in the file have three decimals

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tenth() -> calibration.Outcome:
    return calibration.run(tuple(EXPERIMENTS), tenth=True)


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_a_tenth_of_the_seeds_says_what_the_calibration_says(tenth: calibration.Outcome, key: str):
    assert complaints(EXPERIMENTS[key], tenth[key]) == []


def test_every_figure_that_is_claimed_stands_in_the_file():
    unsaid = [
        (key, claim.column)
        for key, experiment in EXPERIMENTS.items()
        for claim in experiment.claims
        if (key, claim.column) not in COMMITTED
    ]
    assert unsaid == []


def test_no_bar_is_missed_but_those_that_are_known():
    missed = {
        (key, claim.column)
        for key, experiment in EXPERIMENTS.items()
        for claim in experiment.claims
        if not table.keeps(claim, COMMITTED[key, claim.column][0])
    }
    assert missed == KNOWN_MISSES


def test_positive_control_without_the_rule_of_recent_change_the_check_fails(monkeypatch):
    monkeypatch.setattr(peacetime, "recent_changes", lambda series, dispersion: [])
    found = complaints(EXPERIMENTS["9.6-stopped"], again("9.6-stopped"))
    assert any(told.startswith("persists") and "bar" in told for told in found), found


def test_positive_control_with_evenness_taken_for_granted_the_check_fails(monkeypatch):
    monkeypatch.setattr(decay, "block_dispersion", lambda counts, mean, parameters: (1.0, 100))
    found = complaints(EXPERIMENTS["9.5iii-constant"], again("9.5iii-constant"))
    assert any("in its interval" in told for told in found), found


def test_positive_control_when_nobody_counts_the_unanswered_the_check_fails(monkeypatch):
    monkeypatch.setattr(structure, "tally", lambda group, *, unknown_as_missed: _upper(group))
    found = complaints(EXPERIMENTS["5a-half-answered"], again("5a-half-answered"))
    assert any(told.startswith("holds:") and "bar" in told for told in found), found


def test_positive_control_with_arrangements_taken_for_alike_the_check_fails(monkeypatch):
    monkeypatch.setattr(proportion, "dispersion", lambda groups: 1.0)
    found = complaints(EXPERIMENTS["5a-6-0.6-0.2"], again("5a-6-0.6-0.2", every=2))
    assert any("in its interval" in told for told in found), found


def test_positive_control_another_half_life_is_noticed():
    experiment, rows = EXPERIMENTS["9.3-trend"], again("9.3-trend")
    slower = [{**row, "half-life / truth": 3 * float(row["half-life / truth"] or 0)} for row in rows]
    assert complaints(experiment, rows) == []
    assert any(told.startswith("half-life / truth") for told in complaints(experiment, slower))


def again(key: str, every: int = 0) -> list[Observation]:
    """The repeated seeds of an experiment in this process, so that what a test broke stays broken."""
    experiment = EXPERIMENTS[key]
    return [experiment.observe(seed) for seed in experiment.seeds[:: every or experiment.repeat]]


def _upper(group: list[recurrence.Expected]) -> tuple[int, int]:
    return rhythm.tally(group, unknown_as_missed=False)


def complaints(experiment: Experiment, rows: list[Observation]) -> list[str]:
    """The figures that lie outside the 99 % band about the committed one, or miss their bar beyond chance."""
    return [
        f"{claim.column}: {told}"
        for claim in experiment.claims
        if claim.kind != "majority"  # of so few seeds no majority; the rates it is made of are compared
        for told in _about(claim, table.column(claim.column, rows), (experiment.key, claim.column))
    ]


def _about(claim: Claim, values: np.ndarray, place: tuple[str, str]) -> list[str]:
    if place not in COMMITTED or len(values) == 0:
        return []
    check = _median if claim.kind == "median" else _rate
    return check(claim, values, *COMMITTED[place])


def _rate(claim: Claim, values: np.ndarray, figure: float, trials: int) -> list[str]:
    hits, repeats = round(float(values.sum())), len(values)
    low, high = chance.repeat_band(round(figure * trials), trials, repeats)
    found = [] if low <= hits <= high else [f"{hits} of {repeats}, not {low} to {high} as after {figure}"]
    few = claim.least is not None and chance.misses_least(hits, repeats, claim.least)
    many = claim.most is not None and chance.misses_most(hits, repeats, claim.most)
    return [*found, f"{hits} of {repeats} misses the bar {table.bar(claim)}"] if few or many else found


def _median(claim: Claim, values: np.ndarray, figure: float, trials: int) -> list[str]:
    """Half of the values lie on each side of the committed median, and of a bar that is just kept."""
    repeats = len(values)
    above, below = int((values > figure + ROUNDED).sum()), int((values < figure - ROUNDED).sum())
    most = chance.repeat_band(trials // 2, trials, repeats)[1]
    found = [] if max(above, below) <= most else [f"{above} above and {below} below {figure} of {repeats}"]
    few = claim.least is not None and chance.misses_most(int((values < claim.least).sum()), repeats, 0.5)
    many = claim.most is not None and chance.misses_most(int((values > claim.most).sum()), repeats, 0.5)
    return [*found, f"the median misses the bar {table.bar(claim)}"] if few or many else found
