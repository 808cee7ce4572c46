"""The object for programs: the promised keys, no number that may not be stated, and never NaN."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.exchange.workbench import Bench
from tracker.analysis import Assessment, around_incidents, assess
from tracker.analysis.estimate import Estimate
from tracker.analysis.question import Question
from tracker.exchange.finding_json import verdict_object
from tracker.words.codes import CODES

ESTIMATES = [
    "peacetime_level",
    "floor_now_per_week",
    "retention_year",
    "half_life_days",
    "days_back",
    "structural_share",
]
KEYS = [
    *("verdict", "activity_verdict", "structure_verdict", "sentence", "next_step", "reasons", "needed"),
    *("window", "counts", "estimates", "left_out", "sensitive_to", "shape", "dispersion", "effect_lr"),
    *("companion", "structure", "epoch", "incidents"),
]


def judged(bench: Bench) -> Assessment:
    question = Question(until=date(2024, 6, 30))
    return assess(bench.store.log(question), question, bench.store.meetings(question.until))


def told(assessment: Assessment) -> dict[str, Any]:
    held = verdict_object(assessment, sentence="So.", next_step="Then.")
    return dict(json.loads(json.dumps(held, allow_nan=False)))


def test_an_empty_log_has_all_keys_and_no_numbers(bench: Bench) -> None:
    held = told(judged(bench))
    assert list(held) == KEYS
    assert held["window"] == {
        "from": None,
        "until": "2024-06-30",
        "days": 0,
        "coverage": 0,
        "last_entry": None,
    }
    assert [held["estimates"][name]["status"] for name in ESTIMATES] == ["missing"] * 6
    assert (held["structure"]["arrangements"], held["structure"]["dormant"]) == (0, 0)
    assert held["incidents"] == []


def test_the_second_pillar_stands_beside_the_first(bench: Bench) -> None:
    days = [date(2024, 1, 1) + timedelta(weeks=n) for n in range(26)]
    bench.take_in(
        bench.file("arrangements.csv", "name,kind,cadence", "Weegploeg,unrest_core_team,FREQ=WEEKLY"),
        bench.file("activities.csv", "date,kind,arrangement", *(f"{day},training,Weegploeg" for day in days)),
    )
    assessment = judged(bench)
    held, structure = told(assessment), assessment.finding.structure
    assert structure is not None
    assert (held["verdict"], held["activity_verdict"], held["structure_verdict"]) == (
        "persists", "too_early", "holds"
    )  # fmt: skip
    assert (held["structure"]["arrangements"], held["structure"]["dormant"]) == (1, 0)
    assert held["structure"]["adherence_upper"]["value"] == structure.adherence_upper.value == 1
    assert held["structure"]["adherence_lower"]["low"] == structure.adherence_lower.low
    assert held["structure"]["peacetime_adherence_difference"]["why"] == "no_incidents"


def test_a_pillar_that_was_not_asked_for_has_its_keys_all_the_same(bench: Bench) -> None:
    question = Question(until=date(2024, 6, 30))
    alone, both = told(assess(bench.store.log(question), question)), told(judged(bench))
    assert list(alone["structure"]) == list(both["structure"])
    assert (alone["structure"]["arrangements"], alone["structure"]["dormant"]) == (None, None)


def test_only_incidents_that_count_are_listed(bench: Bench) -> None:
    bench.take_in(
        bench.file(
            "incidents.csv", "date,title,severity,exercise", "2024-02-10,Brand,3,", "2024-03-10,Oefening,4,ja"
        ),
        bench.file("activities.csv", "date,kind", "2024-02-12,training"),
    )
    held = told(judged(bench))
    assert [(one["date"], one["title"], one["severity"]) for one in held["incidents"]] == [
        ("2024-02-10", "Brand", 3)
    ]
    assert held["left_out"] == {"activities": 0, "incidents": 1}
    assert held["counts"] == {"incidents": 1, "activities": 1}
    assert set(held["incidents"][0]) == {
        "date", "title", "severity", "ratio_0_89", "ratio_90_364", "ratio_181_545", "retention_step"
    }  # fmt: skip


def with_incidents(bench: Bench, *days: date) -> dict[str, Any]:
    """Meetings on Tuesdays, and on all working days of the quarter after each incident; judged at the end."""
    every = [date(2019, 1, 1) + timedelta(days=n) for n in range((date(2024, 6, 28) - date(2019, 1, 1)).days)]
    busy = [day for day in every if any(0 <= (day - one).days < 90 for one in days) and day.weekday() < 5]
    acted = sorted({*busy, *(day for day in every if day.weekday() == 1)})
    bench.take_in(
        bench.file("incidents.csv", "date,title,severity", *(f"{day},Brand,4" for day in days)),
        bench.file("activities.csv", "date,kind,partners", *(f"{day},training,3" for day in acted)),
    )
    question = Question(until=date(2024, 6, 30))
    log = bench.store.log(question)
    assessment, around = assess(log, question), around_incidents(log, question)
    held = verdict_object(assessment, around, sentence="So.", next_step="Then.")
    return dict(json.loads(json.dumps(held, allow_nan=False)))


def test_each_incident_has_its_ratios_to_the_year_before(bench: Bench) -> None:
    first, second = with_incidents(bench, date(2019, 6, 3), date(2021, 6, 7))["incidents"]
    assert {first[name]["why"] for name in ("ratio_0_89", "ratio_90_364", "ratio_181_545")} == {
        "short_record"
    }
    assert second["ratio_0_89"]["status"] == "ok"
    assert second["ratio_0_89"]["low"] > 1 < second["ratio_0_89"]["value"]
    assert second["ratio_181_545"]["low"] < 1 < second["ratio_181_545"]["high"]
    for step in (first["retention_step"], second["retention_step"]):  # the floor stays what it was
        assert (step["status"], step["low"] < 1 < step["high"]) == ("ok", True)


def test_the_day_0_view_is_a_mean_of_five_incidents_and_empty_for_four(bench: Bench) -> None:
    days = [date(2019, 6, 3) + timedelta(days=301 * n) for n in range(5)]
    epoch = with_incidents(bench, *days)["epoch"]
    assert [row["week"] for row in epoch] == list(range(-4, 27))
    assert set(epoch[0]) == {"week", "rate", "low", "high"}
    by_week = {row["week"]: row for row in epoch}
    assert by_week[-1]["high"] < by_week[0]["rate"] <= 1
    assert all(row["low"] <= row["rate"] <= row["high"] for row in epoch)


def test_four_incidents_have_no_mean(bench: Bench) -> None:
    days = [date(2019, 6, 3) + timedelta(days=301 * n) for n in range(4)]
    held = with_incidents(bench, *days)
    assert (held["epoch"], len(held["incidents"])) == ([], 4)


def test_every_code_in_the_object_has_a_meaning(bench: Bench) -> None:
    days = [date(2019, 6, 3), date(2021, 6, 7), date(2021, 8, 2), date(2024, 6, 3)]
    held = with_incidents(bench, *days)
    estimates = [
        *held["estimates"].values(),
        held["companion"]["peacetime_ratio"],
        *(cell for one in held["incidents"] for cell in one.values() if isinstance(cell, dict)),
    ]
    whys, statuses = ({one[name] for one in estimates} - {""} for name in ("why", "status"))
    assert whys >= {"short_record", "not_over", "later_incident", "earlier_incident"}
    assert whys | statuses <= set(CODES)


def test_an_empty_log_has_nothing_around_incidents(bench: Bench) -> None:
    question = Question(until=date(2024, 6, 30))
    assert around_incidents(bench.store.log(question), question) is None


def test_what_is_needed_is_listed_with_how_far_it_is(bench: Bench) -> None:
    bench.take_in(bench.file("activities.csv", "date,kind", "2024-02-12,training"))
    needed = {one["what"]: (one["have"], one["need"]) for one in told(judged(bench))["needed"]}
    assert needed["activities"] == (1, 40)
    assert needed["record_days"][1] == 365


def test_a_number_that_may_not_be_stated_is_null(bench: Bench) -> None:
    assessment = judged(bench)
    hidden = Estimate(status="hidden", why="no_effect")
    opened = Estimate(low=41.5, high=math.inf, status="open", why="open_end")
    stated = Estimate(value=28.25, low=22.0, high=34.5, status="ok")
    finding = replace(
        assessment.finding,
        days_back=hidden,
        half_life_days=opened,
        retention_year=stated,
        dispersion=math.nan,
    )
    held = told(replace(assessment, finding=finding))
    assert held["estimates"]["days_back"] == {
        "value": None, "low": None, "high": None, "status": "hidden", "why": "no_effect"
    }  # fmt: skip
    assert (held["estimates"]["half_life_days"]["low"], held["estimates"]["half_life_days"]["high"]) == (
        41.5,
        None,
    )
    assert held["estimates"]["retention_year"]["value"] == 28.25
    assert held["dispersion"] is None
