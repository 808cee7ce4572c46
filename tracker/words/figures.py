"""The six estimates as rows of a table: name, value in words, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.analysis import policy
from tracker.analysis.estimate import Estimate
from tracker.analysis.finding import Finding
from tracker.words.codes import WHYS
from tracker.words.voice import N_, Voice, outward

FEW_INCIDENTS = (
    N_("After the incidents so far"),
    N_("After this one incident"),
    N_("After these two incidents"),
    N_("After these three incidents"),
    N_("After these four incidents"),
)


@dataclass(frozen=True)
class Unit:
    """How a figure is shown: in whole `step`s, as `text`, and its range as `between`."""

    step: float
    text: Callable[[Voice, float], str]
    between: Callable[[Voice, float, float], str]


SHARE = Unit(
    step=0.05,
    text=lambda say, share: say.percent(share),
    between=lambda say, low, high: f"{say.range_words(low * 100, high * 100, step=5)}%",
)
PER_WEEK = Unit(
    step=0.1,
    text=lambda say, rate: say("{rate} a week", rate=say.number(rate, 1)),
    between=lambda say, low, high: say.range_words(low, high, step=0.1, digits=1),
)
DAYS = Unit(
    step=1, text=lambda say, days: say.days(days), between=lambda say, low, high: say.range_words(low, high)
)


def explanations(say: Voice, finding: Finding) -> list[tuple[str, str, str]]:
    """(name, value in words, meaning) of the six estimates, in the order of `verdict --json`."""
    return [
        (
            say("Level in peacetime"),
            in_words(say, finding.peacetime_level, SHARE),
            say("What goes on in peacetime, compared with the quarter after an average incident."),
        ),
        (
            say("Floor now"),
            in_words(say, finding.floor_now_per_week, PER_WEEK),
            say("Activities that are there without an incident too."),
        ),
        (
            say("Floor compared with a year ago"),
            in_words(say, finding.retention_year, SHARE),
            say("100% means: as much as a year ago."),
        ),
        *_fading(say, finding),
        (
            say("Share without incidents"),
            in_words(say, finding.structural_share, SHARE),
            say("The part of all activities that does not follow an incident. It is shown, not judged."),
        ),
    ]


def around_incidents(say: Voice, finding: Finding) -> list[tuple[str, str, str]]:
    """(name, value in words, meaning) of what the fit says about holidays and the days around incidents."""
    return [
        (
            say("Start of the response"),
            in_words(say, finding.response_delay_days, DAYS),
            say("From an incident to the first extra activity."),
        ),
        (
            say("Before incidents"),
            in_words(say, finding.before_incidents, SHARE),
            say("Activity in the four weeks before incidents, compared with other quiet weeks."),
        ),
        (
            say("School holidays"),
            in_words(say, finding.holiday_factor, SHARE),
            say("Activity in school holidays, compared with other weeks."),
        ),
    ]


def in_words(say: Voice, estimate: Estimate, unit: Unit) -> str:
    """An estimate with its range in words, or why there is none; never a dash, a zero or a bare number."""
    if estimate.status == "open":
        return _open(say, estimate, unit)
    if not estimate.stated or estimate.value is None:
        return _silent(say, estimate)
    value = unit.text(say, estimate.value)
    if estimate.status == "roughly":
        value = say("roughly {value}", value=value)
    if estimate.low is None or estimate.high is None:
        return say("{value}, range unknown", value=value)
    return f"{value}, {unit.between(say, estimate.low, estimate.high)}"


def _fading(say: Voice, finding: Finding) -> list[tuple[str, str, str]]:
    after = _after(say, finding)
    return [
        (
            say("Half-life"),
            in_words(say, finding.half_life_days, DAYS),
            say("{after_incidents} half of the extra activity is gone in this time.", after_incidents=after),
        ),
        (
            say("Time until the extra is nearly gone"),
            in_words(say, finding.days_back, DAYS),
            say(
                "{after_incidents} the extra activity falls to {share} of the floor in this time.",
                after_incidents=after,
                share=say.percent(policy.value("back_share")),
            ),
        ),
    ]


def _after(say: Voice, finding: Finding) -> str:
    """Fewer than five incidents tell how these faded, not how incidents fade."""
    few = finding.few_incidents
    if few is None:
        return say("After an average incident")
    return say(FEW_INCIDENTS[min(few, len(FEW_INCIDENTS) - 1)])


def _open(say: Voice, estimate: Estimate, unit: Unit) -> str:
    if estimate.low is not None and estimate.low > 0:
        low, _ = outward(estimate.low, estimate.low, unit.step)
        return say("more than {low}, upper bound unknown", low=unit.text(say, low))
    if estimate.high is not None:
        _, high = outward(estimate.high, estimate.high, unit.step)
        return say("less than {high}, lower bound unknown", high=unit.text(say, high))
    return _silent(say, estimate)


def _silent(say: Voice, estimate: Estimate) -> str:
    """Unknown and withheld are words with a reason, never a dash or a zero."""
    why = say(WHYS.get(estimate.why, ""))
    known = say("not known") if estimate.status == "missing" else say("not stated")
    return f"{known}: {why}" if why else known
