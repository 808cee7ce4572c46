"""Runs the product on real series with known answers: python -m bench.real_cases --cases DIR.

DIR holds expected.json and a folder a data set with incidents.csv and activities.csv, read by name; every row
counts, on plain calendar days, as if somebody had logged every day. What a case asks for is decided by its
task and fields, never by which case it is. Nothing is stored.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench import pair_retention
from tracker.analysis import decay, reading, series
from tracker.analysis.before_after import before_after
from tracker.analysis.epochs import SPANS, epochs
from tracker.analysis.estimate import Estimate
from tracker.analysis.meetings import Agreed, Meetings
from tracker.analysis.policy import value
from tracker.analysis.question import Log, LoggedIncident, Question
from tracker.analysis.rhythm import rhythm
from tracker.analysis.series import Series

PASS, FAIL, NOT_OURS = "pass", "FAIL", "not a figure of this product"
REASONS = {
    "lag": "the reference widens its interval for lag-1 autocorrelation before it withholds the number; the "
    "quasi-likelihood interval of the method (28-day blocks) does not, and by that one it may be stated",
    "shape": "the reference withholds the number because two speeds fit better than one exponential; this "
    "version states it",
    "segments": "a regression with a break at the incident is not in the method; two rates are compared",
    "regimes": "change points are not in the method; a rhythm is judged by its own earlier gaps",
    "peak": "a decay without a floor, fitted from its peak by least squares, is not in the method",
    "unknown": "not explained",
}
ELSEWHERE = {"segmented regression": "segments", "change points": "regimes", "from the peak": "peak"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case: what the product says, what was expected, by which tolerance, and what came of it."""

    case: str
    ours: str
    expected: str
    tolerance: str
    result: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """One folder of the cases, and the window that its cases are judged in."""

    folder: Path
    activities: pd.DataFrame
    incidents: pd.DataFrame
    window: tuple[date, date]


Case = dict[str, Any]
Runner = Callable[[Case, DataSet], Row]


def run(folder: Path) -> list[Row]:
    """Every case of expected.json in its order."""
    cases = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["cases"]
    sets = {case["dataset"]: data_set(folder / case["dataset"], cases) for case in cases}
    return [_runner(case)(case, sets[case["dataset"]]) for case in cases]


def data_set(folder: Path, cases: Sequence[Case]) -> DataSet:
    """A case without a window takes that of its data set's other cases, else the whole span."""
    frames = [
        pd.read_csv(folder / f"{name}.csv", parse_dates=["date"]) for name in ("activities", "incidents")
    ]
    days = pd.concat([pd.to_datetime(frame["date"]) for frame in frames])
    windows = [case["window"] for case in cases if case["dataset"] == folder.name and "window" in case]
    window = windows[0] if windows else (f"{days.min():%Y-%m-%d}", f"{days.max():%Y-%m-%d}")
    first, last = (date.fromisoformat(day) for day in window)
    return DataSet(folder=folder, activities=frames[0], incidents=frames[1], window=(first, last))


def table(rows: Sequence[Row]) -> list[str]:
    """The rows in Markdown, the count of each result, and what the reasons mean."""
    lines = ["| case | ours | expected | tolerance | result | reason |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = (row.case, row.ours, row.expected, row.tolerance, row.result, row.reason)
        lines.append(f"| {' | '.join(cells)} |")
    found = Counter(row.result for row in rows)
    used = [code for code in REASONS if any(row.reason == code for row in rows)]
    return [
        *lines,
        "",
        f"{len(rows)} cases: " + ", ".join(f"{number} {result}" for result, number in found.items()),
        *(f"- {code}: {REASONS[code]}" for code in used),
    ]


def main() -> None:
    """Prints the table; fails when a deviation has no explanation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, required=True, help="the folder with expected.json")
    rows = run(parser.parse_args().cases)
    print("\n".join(table(rows)))
    sys.exit(any(row.result == FAIL and row.reason == "unknown" for row in rows))


def _runner(case: Case) -> Runner:
    for words, runner in RUNNERS.items():
        if words in case["task"]:
            return runner
    return _elsewhere


def _elsewhere(case: Case, data: DataSet) -> Row:
    reason = next((code for words, code in ELSEWHERE.items() if words in case["task"]), "unknown")
    return Row(case=case["id"], ours="", expected=case["task"], tolerance=case["tolerance"], result=NOT_OURS,
               reason=reason)  # fmt: skip


def _half_life(case: Case, data: DataSet) -> Row:
    """Whether the product states the number, on the constant floor of the reference; beside it on its own.

    What the reference states must come out within 2 % on its own floor, the same model. The product must
    state it too: on that floor, or on the floor it chooses itself, within the reference's lag-1 interval.
    """
    expected, chosen = case["expected"], case["filter"]
    log = _log(data, chosen.get("kinds"), chosen.get("min_severity", 1), chosen.get("incident"))
    days = _daily(log)
    own = reading.read(days, log.incidents)
    same = replace(own, fit=decay.fit(days.counts, days.exposure, days.weights, trend=False))
    ours, of_verdict = (reading.estimates(seen)["half_life_days"] for seen in (same, own))
    if expected["state_it"]:
        low, high = expected["ci95_autocorr"]
        alike = same.fit is not None and abs(same.fit.half_life_days / expected["half_life_days"] - 1) <= 0.02
        right = alike and (ours.stated or low <= (of_verdict.value or 0.0) <= high)
    else:
        right = not ours.stated
    fit = same.fit
    inner = f", fitted {fit.half_life_days:.1f} {_range(*fit.half_life_interval)}" if fit else ""
    told = f"stated {expected['half_life_days']:.1f}" if expected["state_it"] else "not stated"
    trend = f"; with the verdict's trend {_said(of_verdict)}" if own.fit and own.fit.has_trend else ""
    return Row(
        case=case["id"],
        ours=f"{_said(ours)}{'' if ours.stated else inner}{trend}",
        expected=f"{told}, {_range(*expected['ci95_quasi'])}, lag-1 {_range(*expected['ci95_autocorr'])}",
        tolerance="2 %; stated within lag-1" if expected["state_it"] else "no number shown",
        result=PASS if right else FAIL,
        reason="" if right else _why_stated(expected),
    )


def _why_stated(expected: Case) -> str:
    """Why the reference keeps silent where the product speaks."""
    if expected["state_it"]:
        return "unknown"
    if expected["best_kernel_by_quasi_aic"] == "biexp" and expected["delta_qaic"]["exp"] > 10:
        return "shape"
    plain, lagged = (_times(expected[name]) for name in ("ci95_quasi", "ci95_autocorr"))
    return "lag" if plain <= value("half_life_ratio") < lagged else "unknown"


def _before_after(case: Case, data: DataSet) -> Row:
    expected = case["expected"]
    log = _log(data, None, 1, None)
    found = before_after(_daily(log), log.incidents)
    (one,) = [row for row in found.incidents if row.day.isoformat() == case["incident"]]
    name = "ratio_" + case["window_days_after"].split("_", 1)[1]
    ratio = one.windows[name].ratio
    bounds, wanted = (ratio.low or 0.0, ratio.high or np.inf), expected["ci_weekly_overdispersed_ar1"]
    close = ratio.value is not None and abs(ratio.value / expected["rate_ratio"] - 1) <= 0.01
    shared = _overlap(bounds, wanted)
    right = close and shared >= 0.8
    return Row(
        case=case["id"],
        ours=f"{_said(ratio, 3)}; overlap {100 * shared:.0f} %",
        expected=f"{expected['rate_ratio']:.3f} {_range(*wanted, digits=3)}",
        tolerance="1 %; overlap (of both together) 80 %",
        result=PASS if right else FAIL,
        reason="" if right else "unknown",
    )


def _epoch(case: Case, data: DataSet) -> Row:
    """The kind of activity stands in the name of the case only."""
    expected, kind = case["expected"], case["id"].split("sea_")[1].removesuffix("s")
    log = _log(data, [kind], 1, None)
    found = epochs(_daily(log), log.incidents, expected["min_severity"])
    right, ours, wanted = found.complete == expected["n_epochs"], [], []
    for one, (first, last) in zip(found.ratios, SPANS, strict=True):
        asked = expected["ratio_to_pre28"][f"{first}-{last}"]
        ratio = one.ratio or 0.0
        right &= abs(ratio / asked["ratio"] - 1) <= 0.02
        ends = zip((one.low, one.high), asked["boot_ci"], strict=True)
        right &= all(abs(end / of - 1) <= 0.10 for end, of in ends)
        right &= abs(one.p_higher - asked["p_random_dates"]) <= 0.02
        ours.append(f"{ratio:.3f} {_range(one.low, one.high, digits=2)} p {one.p_higher:.3f}")
        wanted.append(
            f"{asked['ratio']:.3f} {_range(*asked['boot_ci'], digits=2)} p {asked['p_random_dates']:.3f}"
        )
    return Row(
        case=case["id"],
        ours=f"{found.complete} epochs: " + "; ".join(ours),
        expected=f"{expected['n_epochs']} epochs: " + "; ".join(wanted),
        tolerance="ratio 2 %, bounds 10 %, p .02",
        result=PASS if right else FAIL,
        reason="" if right else "unknown",
    )


def _ties(case: Case, data: DataSet) -> Row:
    expected = case["expected"]
    found = pair_retention.counted(data.folder / "participants.csv")
    ours = [
        (pair.period, person.total, person.kept, pair.total, pair.kept)
        for pair, person in zip(found.pairs.periods, found.persons.periods, strict=True)
    ]
    wanted = [
        (row["year"], row["people"], round(row["people"] * row["people_kept"]), row["pairs"],
         round(row["pairs"] * row["pairs_kept"]))
        for row in expected["per_year"]
    ]  # fmt: skip
    pooled = found.pairs.pooled
    shares = zip(
        (pooled.value, pooled.low, pooled.high, found.persons.pooled.value),
        (
            expected["pooled_pair_retention"],
            *expected["pooled_pair_retention_ci"],
            expected["pooled_person_retention"],
        ),
        strict=True,
    )
    right = ours == wanted and all(abs((share or 0) - of) <= 0.00051 for share, of in shares)
    return Row(
        case=case["id"],
        ours=f"{100 * (pooled.value or 0):.2f} % {_percents(pooled.low, pooled.high)}; kept a year "
        + " ".join(f"{row[4]}/{row[3]}" for row in ours),
        expected=f"{100 * expected['pooled_pair_retention']:.2f} % "
        f"{_percents(*expected['pooled_pair_retention_ci'])}; kept a year "
        + " ".join(f"{row[4]}/{row[3]}" for row in wanted),
        tolerance="exact counts",
        result=PASS if right else FAIL,
        reason="" if right else "unknown",
    )


def _rhythm(case: Case, data: DataSet) -> Row:
    """An arrangement without a cadence; the last part of the name says which kind of activity it is."""
    expected, until = case["expected"], date.fromisoformat(case["expected"]["asof"])
    kind = case["id"].split(":")[1].split("@")[0]
    rows = data.activities[(data.activities["kind"] == kind) & (data.activities["date"].dt.date <= until)]
    held = tuple(
        day for day, n in zip(rows["date"].dt.date, rows["count"], strict=True) for _ in range(int(n))
    )
    agreed = Agreed(id=1, name=kind, kind="", cadence="", grace_weeks=0, started_on=None, ended_on=None,
                    end_reason="", held=tuple(sorted(held)))  # fmt: skip
    found = rhythm(agreed, Meetings(until=until, arrangements=(agreed,), first_entry=min(held)))
    ratio, gaps = found.ratio_12_24, found.gaps
    ours = (len(held), found.silence_days or 0, float(np.median(gaps)), found.longer_gaps / len(gaps),
            found.last_12_months, found.prior_24_months)  # fmt: skip
    names = ("n", "silence_days", "gap_median", "emp_share_gaps_ge", "last12m", "prior24m")
    wanted = tuple(expected[name] for name in names)
    right = [f"{one:.4g}" for one in ours] == [f"{one:.4g}" for one in wanted] and all(
        abs((end or 0.0) - of) <= 0.0005 * max(of, 1e-9)
        for end, of in zip((ratio.low, ratio.high), expected["rr_ci_exact_cond"], strict=True)
    )
    trend = found.trend_per_year
    return Row(
        case=case["id"],
        ours=f"{', '.join(f'{one:.4g}' for one in ours)}; {_said(ratio, 3)}; trend {_said(trend, 3)}",
        expected=f"{', '.join(f'{one:.4g}' for one in wanted)}; {expected['rate_ratio_12m_vs_24m']:.3f} "
        f"{_range(*expected['rr_ci_exact_cond'], digits=3)}; "
        f"trend {expected['trend_rate_ratio_per_year']:.3f} {_range(*expected['trend_ci_quasi'], digits=3)}",
        tolerance="n, silence, gaps, counts and ratio interval exact; trend shown",
        result=PASS if right else FAIL,
        reason="" if right else "unknown",
    )


RUNNERS: dict[str, Runner] = {
    "response to known incidents": _half_life,
    "rate ratio to the 365 days before": _before_after,
    "superposed epoch": _epoch,
    "co-attending pairs": _ties,
    "overdue / fading": _rhythm,
}


def _log(data: DataSet, kinds: Sequence[str] | str | None, least: int, only: str | None) -> Log:
    """The log of the window with an entry on every day; a text instead of a list means all kinds."""
    first, last = data.window
    rows, happened = (
        frame[frame["date"].between(pd.Timestamp(first), pd.Timestamp(last))]
        for frame in (data.activities, data.incidents)
    )
    if kinds and not isinstance(kinds, str):
        rows = rows[rows["kind"].isin(kinds)]
    counted = happened[(happened["severity"] >= least) & (happened["date"].dt.date >= first)]
    if only:
        counted = counted[counted["date"] == pd.Timestamp(only)]
    return Log(
        first=first,
        last=last,
        activities=rows.groupby("date")["count"].sum().astype(float),
        entry_days=pd.date_range(first, last),
        incidents=tuple(
            LoggedIncident(day=day.date(), title=title, severity=severity, counts=True)
            for day, title, severity in zip(
                counted["date"], counted["title"], counted["severity"], strict=True
            )
        ),
    )


def _daily(log: Log) -> Series:
    assert log.last is not None
    return series.daily(log, Question(until=log.last, calendar="every-day"))


def _said(estimate: Estimate, digits: int = 1) -> str:
    """What the product shows of an estimate."""
    if estimate.value is None:
        return f"not stated ({estimate.status}: {estimate.why})"
    rough = "" if estimate.status == "ok" else f" {estimate.status}: {estimate.why}"
    return f"{estimate.value:.{digits}f} {_range(estimate.low, estimate.high, digits=digits)}{rough}"


def _range(low: float | None, high: float | None, *, digits: int = 1) -> str:
    ends = ("?" if end is None or not np.isfinite(end) else f"{end:.{digits}f}" for end in (low, high))
    return "[{}-{}]".format(*ends)


def _percents(low: float | None, high: float | None) -> str:
    return _range(100 * (low or 0), 100 * (high or 0), digits=2)


def _times(interval: Sequence[float | None]) -> float:
    low, high = interval
    return high / low if low and high else np.inf


def _overlap(one: Sequence[float], other: Sequence[float]) -> float:
    """What two intervals share, as a part of what they cover together."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


if __name__ == "__main__":
    main()
