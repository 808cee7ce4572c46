"""The experiments of the calibration: what is simulated, with which seeds, and what must come of it.

An observation is one seed's row of columns: 1.0 or 0.0 for what happened or not, a number, None where the
column does not apply, and under "case" the sentence that the product would say.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bench import confounders, lasting, meetings, planted
from bench.confounders import HALF_LIFE, kept_until
from bench.judging import judged
from bench.simulation import Simulated, Truth, at_rates, simulate, truth
from tracker.analysis import decay
from tracker.analysis.finding import Finding
from tracker.analysis.policy import value
from tracker.analysis.reading import Reading

Observation = dict[str, float | str | None]
VERDICTS = ("persists", "falls_back", "undecided", "too_early")
_INCIDENT_COUNTS = (5, 10, 20, 40, 80)
_OUTPUTS = ("half_life", "share", "floor", "level", "days_back", "growth")
_FIELD = {"half_life": "half_life_days"}


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What must hold of one column: a rate, a median, or (majority) the lesser of two largest rates.

    Without `least` and `most` it is only reported.
    """

    column: str
    least: float | None = None
    most: float | None = None
    kind: str = "rate"


@dataclass(frozen=True, kw_only=True, eq=False)
class Experiment:
    """One simulated setting; `settings`, `truth` and `note` are printed above its table.

    The tests repeat every `repeat`-th seed: a tenth, more where a fit is quick and a tenth sees too little.
    """

    key: str
    title: str
    settings: str
    truth: str = ""
    note: str = ""
    seeds: range
    repeat: int = 10
    observe: Callable[[int], Observation]
    claims: tuple[Claim, ...]


def coverage_of(log: Simulated, *, trend: bool) -> Observation:
    """Whether each output's interval holds the truth, and the half-life over the true one."""
    fit = decay.fit(log.counts, log.exposure, log.weights, trend=trend)
    assert fit is not None
    real = truth(log)
    names = _OUTPUTS if trend else _OUTPUTS[:-1]
    return {
        **{f"{name} in its interval": _holds(fit, name, real) for name in names},
        "half-life / truth": fit.half_life_days / real.half_life,
        "dispersion": fit.dispersion,
    }


def effect_of(log: Simulated, *, trend: bool) -> Observation:
    """Whether a response is seen at all."""
    fit = decay.fit(log.counts, log.exposure, log.weights, trend=trend)
    assert fit is not None
    return {"effect seen": float(fit.effect_lr > value("effect_lr"))}


def verdict_of(log: Simulated, *, over: int = 90) -> Observation:
    """The verdict of the product's rules and whether it is wrong; which intervals hold the truth."""
    finding, seen = judged(log)
    real = truth(log, over=over)
    return {
        **{name: float(finding.verdict == name) for name in VERDICTS},
        "wrong": float(is_wrong(finding.verdict, real)),
        **_stated(finding, seen, real),
        "true level": real.level,
        "true retention": None if math.isnan(real.growth) else real.growth,
        "case": _case(finding),
    }


def is_wrong(said: str, real: Truth) -> bool:
    """A decided verdict that the true level and retention contradict; from .75 to .90 neither is wrong."""
    level, growth = real.level >= value("level_border"), real.growth
    if said == "persists":
        return not level or growth < value("retention_holds")
    return said == "falls_back" and level and not growth < value("retention_falls")


def _holds(fit: decay.Fit, name: str, real: Truth) -> float:
    low, high = getattr(fit, f"{name}_interval")
    return float(low - 1e-9 <= getattr(real, name) <= high + 1e-9)


def _stated(finding: Finding, seen: Reading, real: Truth) -> Observation:
    """Intervals are counted where they are shown."""
    shown = finding.half_life_days.stated
    found: Observation = {"half-life stated": float(shown)}
    if seen.fit is not None:
        found["level in its interval"] = _holds(seen.fit, "level", real) if seen.responds else None
        found["share in its interval"] = _holds(seen.fit, "share", real) if seen.responds else None
        found["half-life in its interval, when stated"] = (
            _holds(seen.fit, "half_life", real) if shown else None
        )
    return found


def _case(finding: Finding) -> str:
    """The sentence; for too early also what is missing."""
    missing = "+".join(sorted(need.what for need in finding.needed))
    return f"{finding.case} ({missing})" if finding.verdict == "too_early" else finding.case


def _over_incidents(level: float) -> Callable[[int], Observation]:
    """The verdict at each number of incidents with one floor and response."""
    floor, height = confounders.rates_at_level(level)

    def observe(seed: int) -> Observation:
        row: Observation = {}
        said = set()
        for incidents in _INCIDENT_COUNTS:
            finding, _ = judged(at_rates(seed, confounders.DAYS, incidents, HALF_LIFE, floor, height))
            row[f"persists at {incidents}"] = float(finding.verdict == "persists")
            row[f"falls_back at {incidents}"] = float(finding.verdict == "falls_back")
            said.add(finding.verdict)
        row["both within one seed"] = float({"persists", "falls_back"} <= said)
        return row

    return observe


_INTERVALS = tuple(Claim(column=f"{name} in its interval", least=0.88) for name in _OUTPUTS[:3])
_MORE = (
    Claim(column="level in its interval"),
    Claim(column="days_back in its interval"),
)
_GROWTH = (Claim(column="growth in its interval"),)
_MEDIAN = (Claim(column="half-life / truth", least=0.85, most=1.15, kind="median"),)
_SAID = (
    *(Claim(column=name) for name in VERDICTS),
    Claim(column="wrong"),
    Claim(column="half-life stated"),
    Claim(column="level in its interval"),
    Claim(column="share in its interval"),
    Claim(column="half-life in its interval, when stated"),
    Claim(column="true level", kind="median"),
    Claim(column="true retention", kind="median"),
)


def _with_bars(**bars: tuple[float | None, float | None]) -> tuple[Claim, ...]:
    """The reported columns, those named with their bar (least, most)."""
    empty = (None, None)
    return tuple(
        Claim(
            column=claim.column,
            kind=claim.kind,
            least=bars.get(claim.column, empty)[0],
            most=bars.get(claim.column, empty)[1],
        )
        for claim in _SAID
    )


def _coverage() -> list[Experiment]:
    def with_floor(key: str, title: str, *, trend: bool, dispersion: float, median: bool) -> Experiment:
        return Experiment(
            key=key,
            title=title,
            settings=f"1095 days, 20 incidents, 400 activities, half-life 30, share .6, phi {dispersion:g}",
            seeds=range(1000, 1100),
            repeat=10 if trend else 2,
            observe=lambda seed: coverage_of(
                simulate(seed, 1095, 20, 400, 30, 0.6, dispersion), trend=trend
            ),
            claims=(
                *_INTERVALS, *_MORE, *(_GROWTH if trend else ()),
                *(_MEDIAN if median else (Claim(column="half-life / truth", kind="median"),)),
            ),
        )  # fmt: skip

    return [
        with_floor("9.3-constant", "Coverage, constant floor", trend=False, dispersion=2, median=True),
        with_floor("9.3-trend", "Coverage, floor with a trend", trend=True, dispersion=2, median=True),
        with_floor("9.5iii-constant", "Uneven meetings, constant", trend=False, dispersion=3, median=False),
        with_floor("9.5iii-trend", "Uneven meetings, trend", trend=True, dispersion=3, median=False),
    ]


def _null() -> list[Experiment]:
    return [
        Experiment(
            key=f"9.4-{'trend' if trend else 'constant'}",
            title=f"Nothing to see, {'floor with a trend' if trend else 'constant floor'}",
            settings="1095 days, 20 incidents, 400 activities, share 1: no response at all",
            seeds=range(2000, 2200),
            observe=lambda seed, trend=trend: effect_of(
                simulate(seed, 1095, 20, 400, 30, 1.0), trend=trend
            ),
            claims=(Claim(column="effect seen", most=0.06),),
        )
        for trend in (False, True)
    ]  # fmt: skip


_TRIPLING = (
    "That a constant floor misleads here is the control of the trend; the method does not say with how many"
    " activities, so two numbers are tried."
)


def _growing() -> list[Experiment]:
    median = "half-life / truth"
    bars = {
        True: Claim(column=median, least=0.85, most=1.25, kind="median"),
        False: Claim(column=median, least=1.7, kind="median"),
    }
    return [
        Experiment(
            key=f"9.5ii-{'trend' if trend else 'constant'}-{activities}",
            title=f"A floor that triples in three years, {'trend' if trend else 'constant'} floor fitted",
            settings=f"1095 days, 20 incidents, {activities} activities, half-life 30, share .6,"
            " floor x 3 in three years",
            note=_TRIPLING,
            seeds=range(3000, 3100),
            observe=lambda seed, trend=trend, activities=activities: coverage_of(
                simulate(seed, 1095, 20, activities, 30, 0.6, 1.0, 3 ** (1 / 3)), trend=trend
            ),
            claims=(
                bars[trend],
                *(Claim(column=f"{name} in its interval") for name in _OUTPUTS[: 5 + trend]),
            ),
        )
        for activities in (400, 2000)
        for trend in (True, False)
    ]  # fmt: skip


def _verdicts() -> list[Experiment]:
    half = {"persists": (None, 0.5), "falls_back": (None, 0.5)}
    rows = [
        ("persists", "Most is structural", 0.8, 1.0, {"persists": (0.8, None)}),
        ("falls", "Most lives on incidents", 0.3, 1.0, {"falls_back": (0.8, None), "persists": (None, 0.0)}),
        ("halving", "The floor halves every year", 0.8, 0.5, {"falls_back": (0.95, None)}),
        ("border", "On the border", 0.5, 1.0, half),
    ]
    return [
        Experiment(
            key=f"9.6-{key}",
            title=title,
            settings=f"1825 days, 20 incidents, 2000 activities, half-life 30, share {share:g},"
            f" floor x {trend:g} a year",
            truth=_TRUTHS[key],
            seeds=range(4000, 4100),
            observe=lambda seed, share=share, trend=trend: verdict_of(
                simulate(seed, 1825, 20, 2000, 30, share, 1.0, trend)
            ),
            claims=_with_bars(**bars),
        )
        for key, title, share, trend, bars in rows
    ]


_TRUTHS = {
    "persists": "it persists: level above .50, retention 1",
    "falls": "it falls back: less than half of the level after an incident remains",
    "halving": "it falls back: retention .50",
    "border": "the level lies about the border, a little below or above it from seed to seed",
}


def _short() -> Experiment:
    return Experiment(
        key="9.6-one-year",
        title="One year, few of everything",
        settings="365 days, 5 incidents, 60 activities, half-life 30, share .6",
        truth="from seed to seed above or below .50; retention 1, which one year cannot show",
        seeds=range(5000, 5200),
        observe=lambda seed: verdict_of(simulate(seed, 365, 5, 60, 30, 0.6)),
        note="What is undecided here is a fall by rule 1 or 2 that an open half-life holds back (rule 4).",
        claims=tuple(
            claim
            for claim in _with_bars(too_early=(0.85, None), persists=(None, 0.0), wrong=(None, 0.02))
            if claim.column != "true retention"  # there is no year before
        ),
    )


def _numbers() -> list[Experiment]:
    columns = [f"{said} at {number}" for number in _INCIDENT_COUNTS for said in ("persists", "falls_back")]
    return [
        Experiment(
            key=f"9.6-numbers-{level:g}",
            title=f"The same floor and response at 5 to 80 incidents, level {level:g}",
            settings="1825 days, half-life 30, {:.3f} per working day and {:.3f} on the day of an average"
            " incident, whatever the number of incidents".format(*confounders.rates_at_level(level)),
            truth=f"level {level:g}, retention 1 at every number",
            seeds=range(6000, 6040),
            observe=_over_incidents(level),
            claims=(
                Claim(column="majority", kind="majority", most=0.5),
                Claim(column="both within one seed"),
                *(Claim(column=column) for column in columns),
            ),
        )
        for level in (0.45, 0.6)
    ]


def _changes() -> list[Experiment]:
    rows = [
        ("stopped", "The floor stops half a year ago", 182, 0.0, {"persists": (None, 0.15)}),
        ("fell", "The floor falls to three tenths a year ago", 365, 0.3, {"persists": (None, 0.15)}),
        ("stable", "Eight stable years", 0, 1.0, {"falls_back": (None, 0.03)}),
    ]
    truths = {
        "stopped": "it falls back: nothing is left of the floor",
        "fell": "it falls back: retention .30",
        "stable": "it persists",
    }
    return [
        Experiment(
            key=f"9.6-{key}",
            title=title,
            settings="2920 days, 20 incidents, 2000 activities, half-life 30, share .8"
            + (f", of the floor {part:g} left in the last {last} days" if last else ""),
            truth=truths[key],
            seeds=range(7000, 7100),
            observe=lambda seed, last=last, part=part: verdict_of(
                simulate(seed, 2920, 20, 2000, 30, 0.8, kept=kept_until(2920, last, part))
            ),
            claims=_with_bars(**bars),
        )
        for key, title, last, part, bars in rows
    ]


def _without_a_bar() -> list[Experiment]:
    return [
        Experiment(
            key=f"rates-{name}-{share:g}",
            title=f"{(drawing.__doc__ or '').split('.')[0].split(';')[0]}; share {share:g}",
            settings="1825 days, 20 incidents, about 2000 activities, half-life 30",
            truth="it persists" if share > 0.5 else "it falls back",
            seeds=range(8000, 8100),
            observe=lambda seed, drawing=drawing, share=share, name=name: verdict_of(
                drawing(seed, share), over=365 if name == "seasonal" else 90
            ),
            claims=_SAID,
        )
        for name, drawing in confounders.CONFOUNDERS.items()
        for share in (0.8, 0.3)
    ]


def _meetings() -> list[Experiment]:
    return [
        Experiment(
            key=f"5a-{key}",
            title=title,
            settings=f"{setting.told}, one year",
            seeds=seeds,
            observe=lambda seed, setting=setting: meetings.observed(seed, setting),
            claims=tuple(Claim(column=one, least=bar[0], most=bar[1]) for one, bar in bars.items()),
        )
        for key, (title, setting, seeds, bars) in meetings.SETTINGS.items()
    ]


def _planted() -> list[Experiment]:
    return [
        Experiment(
            key=key,
            title=one.title,
            settings=one.settings,
            truth=one.truth,
            note=one.note,
            seeds=one.seeds,
            repeat=one.repeat,
            observe=one.observe,
            claims=tuple(
                Claim(column=name, kind=kind, least=least, most=most)
                for name, kind, least, most in one.claims
            ),
        )
        for key, one in planted.SETTINGS.items()
    ]


def _lasting() -> list[Experiment]:
    return [
        Experiment(
            key=key,
            title=title,
            settings=setting.told,
            note=setting.note,
            seeds=seeds,
            observe=lambda seed, setting=setting: lasting.observed(seed, setting),
            claims=tuple(Claim(column=one, least=bar[0], most=bar[1]) for one, bar in bars.items()),
        )
        for key, (title, setting, seeds, bars) in lasting.SETTINGS.items()
    ]


EXPERIMENTS: dict[str, Experiment] = {
    one.key: one
    for one in (
        *_coverage(),
        *_null(),
        *_growing(),
        *_verdicts(),
        _short(),
        *_numbers(),
        *_changes(),
        *_without_a_bar(),
        *_planted(),
        *_meetings(),
        *_lasting(),
    )
}
