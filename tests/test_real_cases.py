"""The scripts that run the product on real series, on small files of the same form."""

from __future__ import annotations

import ast
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import binomtest

from bench import pair_retention, real_cases
from bench.real_cases import FAIL, NOT_OURS, PASS, Row


def written(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_pairs_are_counted_per_year_and_only_those_of_meetings(tmp_path: Path):
    rows = [
        *("2023-02-01,meeting,P001", "2023-02-01,meeting,P002", "2023-02-01,meeting,P003"),
        *("2023-03-01,commit,P001", "2023-03-01,commit,P009"),
        *("2024-05-01,meeting,P002", "2024-05-01,meeting,P001"),
    ]
    found = pair_retention.counted(
        written(tmp_path / "participants.csv", "date,kind,participant", *rows),
    )
    assert [(row.period, row.total, row.kept) for row in found.pairs.periods] == [(2023, 3, 1)]
    assert [(row.period, row.total, row.kept) for row in found.persons.periods] == [(2023, 3, 2)]
    told = "\n".join(pair_retention.table(found))
    assert "| 2023 | 3 | 1 | 3 | 2 |" in told
    assert "33.3 % [6.1-79.2]" in told
    assert "P001" not in told, "a person is counted, never printed"


FIRST = date(2020, 1, 1)
INCIDENT = "2022-01-01"


def cases(folder: Path, *asked: dict[str, Any], per_week: tuple[int, int] = (2, 4)) -> list[Row]:
    """The answers on one set: so many overleg a week before the incident and so many after it, five years."""
    days = [FIRST + timedelta(days=n) for n in range(5 * 365)]
    acted = [day for day in days if day.weekday() < per_week[day.isoformat() >= INCIDENT]]
    written(folder / "dorp" / "activities.csv", "date,kind,count,weight,partners",
            *(f"{day},overleg,1,1.0,3" for day in acted))  # fmt: skip
    written(folder / "dorp" / "incidents.csv", "date,title,severity,severity_raw", f"{INCIDENT},Brand,4,hoog")
    held = {"cases": [{"dataset": "dorp", "tolerance": "", **one} for one in asked]}
    written(folder / "expected.json", json.dumps(held))
    return real_cases.run(folder)


def before_after(ratio: float, low: float, high: float) -> dict[str, Any]:
    return {
        "id": "dorp.na", "task": "rate ratio to the 365 days before", "incident": INCIDENT,
        "window_days_after": "after_90_364",
        "expected": {"rate_ratio": ratio, "ci_weekly_overdispersed_ar1": [low, high]},
    }  # fmt: skip


def half_life(*, stated: float | None, **expected: Any) -> dict[str, Any]:
    plain = {
        "half_life_days": stated, "state_it": stated is not None, "ci95_quasi": [10.0, 20.0],
        "ci95_autocorr": [10.0, 30.0], "best_kernel_by_quasi_aic": "exp", "delta_qaic": {"exp": 0.0},
    }  # fmt: skip
    return {
        "id": "dorp.halveringstijd", "task": "half-life of the response to known incidents",
        "filter": {"kinds": ["overleg"]}, "expected": plain | expected,
    }  # fmt: skip


def rhythm(**expected: Any) -> dict[str, Any]:
    """Mondays and Tuesdays, later also Wednesdays and Thursdays, until Thursday 26 December 2024."""
    plain = {
        "asof": "2024-12-29", "n": 836, "silence_days": 3, "gap_median": 1.0, "emp_share_gaps_ge": 0.4994,
        "last12m": 208, "prior24m": 418, "rate_ratio_12m_vs_24m": 1.0, "rr_ci_exact_cond": [0.8, 1.2],
        "trend_rate_ratio_per_year": 1.3, "trend_ci_quasi": [1.0, 1.5],
    }  # fmt: skip
    return {"id": "rhythm.dorp:overleg", "task": "is this structure overdue / fading",
            "expected": plain | expected}  # fmt: skip


def test_a_case_passes_within_its_tolerance_and_fails_outside(tmp_path: Path):
    ends = binomtest(157, 157 + 104, 275 / (275 + 365)).proportion_ci(method="exact")
    low, high = (end / (1 - end) * 365 / 275 for end in ends)
    right, other_ratio, narrow = cases(
        tmp_path, before_after(2.0, low, high), before_after(2.1, low, high), before_after(2.0, 1.9, 2.1)
    )
    assert (right.result, right.reason) == (PASS, "")
    assert "roughly" not in right.ours
    assert (other_ratio.result, narrow.result) == (FAIL, FAIL)


def test_what_is_not_in_the_method_is_listed_and_not_judged(tmp_path: Path):
    tasks = ("segmented regression, weekly", "regimes (change points)", "half-life from the peak")
    rows = cases(tmp_path, *({"id": task, "task": task, "expected": {}} for task in tasks))
    assert [(row.result, row.reason) for row in rows] == [
        (NOT_OURS, "segments"), (NOT_OURS, "regimes"), (NOT_OURS, "peak")
    ]  # fmt: skip
    told = "\n".join(real_cases.table(rows))
    assert "3 cases: 3 not a figure of this product" in told
    assert real_cases.REASONS["peak"] in told
    assert real_cases.REASONS["lag"] not in told


def test_a_number_that_must_not_be_shown_is_not_shown(tmp_path: Path):
    (row,) = cases(tmp_path, half_life(stated=None), per_week=(3, 3))
    assert (row.result, row.ours.startswith("not stated")) == (PASS, True)
    (wanted,) = cases(tmp_path, half_life(stated=15.0), per_week=(3, 3))
    assert (wanted.result, wanted.reason) == (FAIL, "unknown")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"best_kernel_by_quasi_aic": "biexp", "delta_qaic": {"exp": 40.0}}, "shape"),
        ({"ci95_quasi": [10, 39], "ci95_autocorr": [10, 41]}, "lag"),
        ({"ci95_quasi": [10, 41], "ci95_autocorr": [10, 90]}, "unknown"),
        ({"ci95_quasi": [10, 39], "ci95_autocorr": [10, 39]}, "unknown"),
    ],
)
def test_a_deviation_is_explained_by_what_the_case_says_and_not_by_its_name(
    fields: dict[str, Any], reason: str
):
    assert real_cases._why_stated(half_life(stated=None, **fields)["expected"]) == reason


def test_a_rhythm_is_compared_figure_by_figure(tmp_path: Path):
    (row,) = cases(tmp_path, rhythm())
    counted = row.ours.split(";")[0].split(", ")
    n, silence, gap, share, recent, before = (float(one) for one in counted)
    assert (silence, gap) == (3, 1)
    low, high = (float(end) for end in row.ours.split("[")[1].split("]")[0].split("-"))
    same = {"n": n, "emp_share_gaps_ge": share, "last12m": recent, "prior24m": before}
    again = cases(tmp_path, rhythm(**same, rr_ci_exact_cond=[low, high]), rhythm(**same, silence_days=4))
    assert again[1].result == FAIL
    assert again[0].ours == row.ours


def test_the_fitting_rests_on_the_product_alone():
    """No statistics library of another: only what the product itself computes is compared."""
    allowed = {*sys.stdlib_module_names, "numpy", "pandas", "tracker", "bench"}
    for module in (real_cases, pair_retention):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        plain = [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
        others = [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert {name.split(".")[0] for name in (*plain, *others)} <= allowed
