"""How figures of speed become verdicts (P1 to P13 of trust.md 4.2): small, exact, and not timed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from statistics import median

import pytest

from bench import gen, goals, paper, run, turns
from bench.exponents import FEWEST_SIZES, exponent, exponent_of
from bench.found import Run, begun, results
from bench.goals import ANY, LARGE, Figure
from tests.trust.harness import dumped
from tracker import store
from tracker.records import Activity, Arrangement, Incident, Partner

UNTIL = date(2026, 3, 2)
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def rounds_of(times: float, number: int = 40, seed: int = 1) -> list[dict[str, float]]:
    """Rounds in which ours takes `times` as long as theirs, and a busy moment slows both."""
    chance = random.Random(seed)
    busy = [chance.choice((1.0, 1.0, 3.0)) for _ in range(number)]
    noise = [chance.gauss(1, 0.1) for _ in range(number)]
    return [{"ours": times * slow * own, "theirs": slow} for slow, own in zip(busy, noise, strict=True)]


def contents(path) -> list[str]:
    """All rows of a database but the identity that every new one gets."""
    return [line for line in dumped(path, log=False) if 'INTO "about"' not in line]


def test_the_same_size_and_day_make_the_same_log_twice(tmp_path):
    first, again = (gen.make(tmp_path / name, 300, UNTIL).path for name in ("one.db", "two.db"))
    assert len(contents(first)) > 300
    assert contents(first) == contents(again)
    assert contents(first) != contents(gen.make(tmp_path / "other.db", 301, UNTIL).path)


def test_a_log_has_as_many_activities_as_asked_and_a_history_that_verifies(tmp_path):
    made = gen.make(tmp_path / "one.db", 1_200, UNTIL)
    assert len(made.records(Activity)) == 1_200
    assert {one.record.happened_on < UNTIL for one in made.records(Activity)} == {True}
    assert min(len(made.records(kind)) for kind in (Partner, Arrangement, Incident)) >= 5
    assert any(one.version > 1 for one in made.records(Activity))
    assert made.verify() == []


def test_what_is_kept_is_made_once_and_a_copy_leaves_it_alone(tmp_path):
    kept = gen.kept(tmp_path, 200, UNTIL)
    made = kept.stat().st_mtime_ns
    assert gen.kept(tmp_path, 200, UNTIL).stat().st_mtime_ns == made
    copy = gen.copied(tmp_path, 200, tmp_path / "work")
    store.open(copy, now=lambda: pytest.fail("nobody asks")).records(Activity)
    assert kept.stat().st_mtime_ns == made


@pytest.mark.parametrize("planted", [0.0, 0.15, 0.5, 1.0])
def test_a_planted_exponent_is_found(planted):
    assert exponent({size: 0.2 * size**planted for size in SIZES}) == pytest.approx(planted, abs=1e-9)
    names = {size: str(size) for size in SIZES}
    chance = random.Random(3)
    noisy = [{str(size): size**planted * chance.gauss(1, 0.05) for size in SIZES} for _ in range(40)]
    value, low, high = turns.interval(noisy, exponent_of(names))
    assert low <= planted <= high
    assert high - low < 0.03
    assert low <= value <= high


def test_an_exponent_of_too_few_sizes_is_no_exponent():
    names = {size: str(size) for size in SIZES[: FEWEST_SIZES - 1]}
    with pytest.raises(AssertionError, match="needs 4 sizes"):
        exponent_of(names)


@pytest.mark.parametrize("planted", [0.8, 1.0, 1.25, 4.0])
def test_the_interval_holds_a_planted_ratio(planted):
    held = 0
    for seed in range(20):
        rounds = rounds_of(planted, seed=seed)
        _, low, high = turns.interval(rounds, turns.ratio_of("ours", "theirs"), seed=seed)
        held += low <= planted <= high
    assert held >= 17


def test_an_interval_of_another_ratio_does_not_hold_it():
    _, low, high = turns.interval(rounds_of(1.5), turns.ratio_of("ours", "theirs"))
    assert not low <= 1.0 <= high


def test_a_quantile_is_that_of_a_slow_count():
    chance = random.Random(5)
    values = [chance.random() for _ in range(41)]
    assert turns.quantile(values, 0.5) == median(values)
    slow = turns.quantile(values, 0.95)
    assert sum(one <= slow for one in values) / len(values) >= 0.95
    assert sum(one < slow for one in values) / len(values) <= 0.95


def test_busy_rounds_are_left_out_and_counted():
    load = iter([0.0, 0.0] + [1.0, 1.0] * 3 + [1.0, 9.0] * 2 + [1.0, 1.0] * 9)
    found = turns.in_turns({"a": lambda: 1.0}, 8, load=lambda: next(load))
    assert (len(found.kept), found.left_out, found.busy) == (8, 2, False)
    assert found.told() == "8 of 10"


def test_when_no_round_is_quiet_all_count_and_the_reader_is_told():
    found = turns.in_turns({"a": lambda: 1.0}, 8, load=lambda: 9.0)
    assert (len(found.kept), found.busy) == (8, True)
    assert found.told() == "8, busy"


def test_everybody_runs_once_a_round_and_nobody_is_always_first():
    said: list[str] = []
    contest = {name: lambda name=name: said.append(name) or 1.0 for name in "ab"}
    found = turns.in_turns(contest, 4, warm_up=1, load=lambda: 0.0)
    assert len(found.kept) == 4
    assert "".join(said) in ("abbaabbaab", "baabbaabba")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(key="P3", value=1.1, low=1.05, high=1.2, size=LARGE), goals.PASSED),
        (Figure(key="P3", value=1.1, low=1.05, high=1.21, size=LARGE), goals.MISSED),
        (Figure(key="P3", value=1.25, low=1.22, high=1.29, size=1_000_000), goals.PASSED),
        (Figure(key="P3", value=9.0, low=8.0, high=10.0, size=1_000), ""),
        (Figure(key="P9", value=220.0, size=LARGE), goals.PASSED),
        (Figure(key="P9", value=220.1, size=LARGE), goals.MISSED),
        (Figure(key="P4", value=0.16, low=0.14, high=0.18), goals.PASSED),
        (Figure(key="P4", value=0.16, low=0.14, high=0.181), goals.MISSED),
        (Figure(key="P7", value=3.0, low=2.0, high=4.0, size=LARGE), goals.PASSED),
        (Figure(key="P7", value=3.0, low=1.9, high=4.0, size=LARGE), goals.MISSED),
        (Figure(key="P10 refused", value=0, size=LARGE), goals.PASSED),
        (Figure(key="P10 refused", value=1, size=LARGE), goals.MISSED),
        (Figure(key="P11", value=1e9, size=LARGE), ""),
    ],
)
def test_a_verdict_follows_from_the_worst_end_of_the_interval(figure, expected):
    assert goals.verdict(figure) == expected


def test_no_verdict_can_be_typed_into_the_table():
    """Positive control: the same figure made worse, with nothing else changed, turns the row."""
    good = Figure(key="P12", value=0.2, low=0.1, high=0.25, size=LARGE)
    bad = replace(good, high=0.31)
    rows = ["\n".join(goals.table([one])) for one in (good, bad)]
    assert [(goals.PASSED in row, goals.MISSED in row) for row in rows] == [(True, False), (False, True)]


def test_a_goal_without_a_figure_says_so_and_every_goal_has_a_row():
    rows = goals.table([])
    assert len(rows) == len(goals.HEADING) + len(goals.GOALS)
    assert all(goals.NOT_MEASURED in row for row in rows[len(goals.HEADING) :])
    assert {one.key.split()[0] for one in goals.GOALS} == {f"P{number}" for number in range(1, 13)}
    assert all(set(one.bars) <= {ANY, 10_000, LARGE, 1_000_000} for one in goals.GOALS)


def test_the_document_counts_verdicts_failures_and_busy_figures():
    figures = [
        Figure(key="P12", value=0.2, size=LARGE, rounds="8, busy"),
        Figure(key="P12 verify", value=3.0, size=LARGE, rounds="3"),
        Figure(key="P11", value=80.0, size=LARGE, rounds="8"),
    ]
    done = Run(
        "quick", "abc1234", figures, {"pages": 1.0}, {"pages": "failed: no port"}, (1.0, 2.5), ["## Fits"]
    )
    said = "\n".join(paper.lines(done))
    assert "Of 2 figures with a bar 1 keep it and 1 do not." in said
    assert "1 of 3 figures come from a busy machine" in said
    assert "| `bench.pages` | 1.0 | failed: no port |" in said
    assert "load of the machine 1.0 at the start and 2.5 at the end" in said
    assert said.endswith("## Fits")


def test_a_part_that_fails_is_told_and_finds_nothing(tmp_path):
    done = Run("quick")
    run._one(done, "checking", ["--sizes", "none", "--cache", str(tmp_path)])
    assert done.figures == []
    assert "invalid int value" in done.failed["checking"]


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(tmp_path):
    kept = tmp_path / "results.json"
    figures, minutes = [Figure(key="P12", value=0.2, size=LARGE)], {"checking": 1.0, "pages": 2.0}
    stopped = Run("full", "abc1234", figures, minutes, {"pages": "failed: no port"}, (0.5, 1.0), ["## Fits"])
    kept.write_text(json.dumps(results(stopped)), encoding="utf-8")
    again = begun("full", "abc1234", kept)
    assert (again.figures, again.fits, again.failed) == (stopped.figures, ["## Fits"], {})
    assert again.minutes == {"checking": 1.0}, "what failed is tried again"
    for name, product in (("quick", "abc1234"), ("full", "def5678")):
        assert begun(name, product, kept).minutes == {}
    assert begun("full", "abc1234", None).minutes == {}
