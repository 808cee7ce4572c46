"""A reading -> the verdict, with its reasons, its certainty and the sentence it asks for.

The order of the rules is the method: too little data, falls back, persists, otherwise undecided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.analysis import coverage, peacetime, policy, reading, shapes, sufficiency
from tracker.analysis.estimate import Estimate, Needed
from tracker.analysis.finding import Finding, Window
from tracker.analysis.question import Log
from tracker.analysis.reading import Reading

DECIDED = ("persists", "falls_back")
_CASES = {
    "near_border": "undecided_border",
    "raw_disagrees": "undecided_disagree",
    "level_low": "falls_back_level",
    "recent_low": "falls_back_recent",
    "year_low": "falls_back_year",
}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The activity verdict of one reading and the codes of its reasons, the deciding one first."""

    verdict: str
    reasons: tuple[str, ...] = ()


def judge(log: Log, seen: Reading) -> Finding:
    """The finding for the reading of a log with an entry; unanswered silences are judged both ways."""
    window = coverage.window(log, seen.days)
    missing = sufficiency.needed(seen, window)
    return _finding(log, seen, window, missing, judgement(log, seen))


def judgement(log: Log, seen: Reading) -> Judgement:
    """The verdict of the activity alone, without its figures; unanswered silences are judged both ways."""
    window = coverage.window(log, seen.days)
    found = activity_verdict(seen, sufficiency.needed(seen, window))
    if found.verdict in DECIDED and seen.days.unanswered.any():
        zeros = seen.days.with_unanswered_as_zero()
        as_zero = reading.read(zeros, log.incidents, carry_over=seen.carry_over)
        other = activity_verdict(as_zero, sufficiency.needed(as_zero, window))
        if other.verdict != found.verdict:
            return Judgement(verdict="undecided", reasons=("unknown_weeks", *found.reasons))
    return found


def activity_verdict(seen: Reading, missing: tuple[Needed, ...]) -> Judgement:
    """Method section 5 on one reading: the first rule that holds decides."""
    notes = _notes(seen)
    if sufficiency.always_too_early(missing):
        return Judgement(verdict="too_early", reasons=notes)
    if _no_peacetime(seen):
        return Judgement(verdict="undecided", reasons=("no_peacetime", *notes))
    fallen = _falls_back(seen)
    if missing and not fallen:
        return Judgement(verdict="too_early", reasons=notes)
    if seen.half_life_open:
        return Judgement(verdict="undecided", reasons=("half_life_open", *notes))
    if _ran_ahead(seen) and "recent_low" not in fallen:
        return Judgement(verdict="undecided", reasons=("ran_ahead", *fallen, *notes))
    if _raw_contradicts(seen, fallen):
        return Judgement(verdict="undecided", reasons=("raw_disagrees", *fallen, *notes))
    if fallen:
        return Judgement(verdict="falls_back", reasons=(*fallen, *notes))
    if not _persists(seen):
        return Judgement(verdict="undecided", reasons=("near_border", *notes))
    if _recent_below(seen, "recent_drop"):
        return Judgement(verdict="undecided", reasons=("recent_drop", *notes))
    return Judgement(verdict="persists", reasons=notes)


def nothing_logged(until: date) -> Finding:
    """The finding of an empty log: not a zero, nobody knows."""
    window = Window(first=None, last=until, days=0, weeks=0, unknown_weeks=0, coverage=0.0)
    missing = (
        Needed(what="record_days", have=0, need=policy.value("least_days")),
        Needed(what="activities", have=0, need=policy.value("least_activities")),
    )
    return Finding(
        verdict="too_early",
        activity_verdict="too_early",
        structure_verdict="too_early",
        case="nothing_logged",
        certainty="cannot_say",
        window=window,
        needed=missing,
    )


def _falls_back(seen: Reading) -> tuple[str, ...]:
    """Which bounds of rules 1 and 2 hold: level_low, recent_low, year_low."""
    level = seen.level is not None and seen.level[1] < policy.value("level_border")
    recent = _recent_below(seen, "recent_falls")
    year = seen.growth is not None and seen.growth[1] < policy.value("retention_falls")
    holds = (("level_low", level), ("recent_low", bool(recent)), ("year_low", year))
    return tuple(code for code, yes in holds if yes)


def _recent_below(seen: Reading, name: str) -> list[date]:
    """First days of the recent periods whose upper bound lies below a policy constant."""
    return [first for first, ratio in seen.recent if ratio.high < policy.value(name)]


def _persists(seen: Reading) -> bool:
    """Rule 3; without an incident to respond to it goes by the comparison of the years alone."""
    level = seen.level is None or seen.level[0] >= policy.value("level_border")
    return level and seen.growth is not None and seen.growth[0] >= policy.value("retention_holds")


def _ran_ahead(seen: Reading) -> bool:
    """In the four weeks before incidents the rate already differs from the floor.

    A fall that the plain counts of the last year show stands on its own.
    """
    return seen.ahead is not None and (seen.ahead.low > 1 or seen.ahead.high < 1)


def _raw_contradicts(seen: Reading, fallen: tuple[str, ...]) -> bool:
    """The simple count points the other way than the level that would decide.

    For a fall that the level alone decides: peacetime is busier than the model has it. For the rest:
    peacetime is quieter.
    """
    if seen.raw is None or seen.raw.agrees:
        return False
    if fallen:
        return fallen == ("level_low",) and seen.raw.ratio.low > seen.raw.modelled
    return _persists(seen) and seen.raw.ratio.high < seen.raw.modelled


def _no_peacetime(seen: Reading) -> bool:
    """Incidents came so often in a long record that hardly any peacetime is left to judge."""
    if not seen.has_incidents or len(seen.days.counts) < policy.value("least_days_retention"):
        return False
    quiet = peacetime.in_peacetime(seen.days)
    few = quiet.sum() < policy.value("least_peacetime_days")
    few_recent = quiet[-365:].sum() < policy.value("least_peacetime_days_recent")
    return bool(few or few_recent)


def _notes(seen: Reading) -> tuple[str, ...]:
    """Codes that go with any verdict: what the judgement could and could not lean on."""
    if not seen.has_incidents:
        return ("no_incidents",)
    pattern = () if not seen.responds or seen.has_effect else ("no_pattern",)
    few = ("few_incidents",) if seen.followed < policy.value("typical_incidents") else ()
    return (*pattern, *few)


def _finding(
    log: Log, seen: Reading, window: Window, missing: tuple[Needed, ...], found: Judgement
) -> Finding:
    counted = [incident for incident in log.incidents if incident.counts]
    least = policy.value("peacetime_severity")
    serious = [one for one in log.incidents if one.happened and one.severity >= least]
    since = int(seen.days.last.toordinal() - serious[-1].day.toordinal()) if serious else None
    quiet = since is not None and since >= policy.value("peacetime_days")
    figures: dict[str, Any] = reading.estimates(seen)
    return Finding(
        verdict=found.verdict,
        activity_verdict=found.verdict,
        structure_verdict="too_early",
        case=_case(seen, found, missing, quiet=quiet),
        certainty=_certainty(seen, found.verdict, window),
        window=window,
        reasons=found.reasons,
        needed=missing,
        incidents=len(counted),
        activities=float(seen.days.counts.sum()),
        left_out_incidents=len(log.incidents) - len(counted),
        left_out_activities=log.left_out_activities,
        peacetime_days=since - int(policy.value("peacetime_days")) + 1 if quiet and since else None,
        days_since_incident=since,
        last_incident=(serious[-1].title, serious[-1].day) if serious else None,
        few_incidents=seen.followed if "few_incidents" in found.reasons else None,
        shape=_shape(seen, missing, figures["half_life_days"]),
        dispersion=seen.fit.dispersion if seen.fit else None,
        effect_lr=seen.fit.effect_lr if seen.fit and seen.responds else None,
        raw_ratio=reading.raw_ratio(seen),
        raw_agrees=seen.raw.agrees if seen.raw else None,
        starts_in_aftermath=seen.fit is not None and seen.fit.problem.carried,
        has_trend=seen.fit is not None and seen.fit.has_trend,
        recent_since=_recent_since(seen, found),
        **figures,
    )


def _case(seen: Reading, found: Judgement, missing: tuple[Needed, ...], *, quiet: bool) -> str:
    if found.verdict == "too_early":
        return "too_little_logged" if sufficiency.too_little_logged(missing) else "too_early"
    if found.verdict != "persists":
        return _CASES.get(found.reasons[0], f"{found.verdict}_{found.reasons[0]}")
    if not seen.has_incidents:
        return "persists_no_incidents"
    if not seen.has_effect:
        return "persists_no_pattern"
    return "persists_peacetime" if quiet else "persists_after_incident"


def _recent_since(seen: Reading, found: Judgement) -> date | None:
    """Since when there is less, for the verdicts that rest on it: the latest such period."""
    name = {"recent_low": "recent_falls", "recent_drop": "recent_drop"}
    for code in found.reasons:
        if code in name:
            return max(_recent_below(seen, name[code]))
    return None


def _certainty(seen: Reading, verdict: str, window: Window) -> str:
    """Sure only well past the border and with nearly every week known."""
    if verdict not in DECIDED:
        return "unsure" if verdict == "undecided" else "cannot_say"
    far = _far_below(seen) if verdict == "falls_back" else _far_above(seen)
    return "sure" if far and window.coverage >= policy.value("sure_coverage") else "fairly_sure"


def _far_below(seen: Reading) -> bool:
    """One of the bounds that make a fall lies well past its border."""
    border = policy.value("level_border") - policy.value("sure_margin_level")
    falls = policy.value("retention_falls") - policy.value("sure_margin_ratio")
    recent = policy.value("recent_falls") - policy.value("sure_margin_ratio")
    return bool(
        (seen.level and seen.level[1] <= border)
        or (seen.growth and seen.growth[1] <= falls)
        or any(ratio.high <= recent for _, ratio in seen.recent)
    )


def _far_above(seen: Reading) -> bool:
    """Both bounds that make it persist lie well past their borders."""
    border = policy.value("level_border") + policy.value("sure_margin_level")
    holds = policy.value("retention_holds") + policy.value("sure_margin_ratio")
    level = seen.level is None or seen.level[0] >= border
    return level and seen.growth is not None and seen.growth[0] >= holds


def _shape(seen: Reading, missing: tuple[Needed, ...], half_life: Estimate) -> str:
    """The shape of lowest QAIC; all need enough data, and `decays` a half-life that may be stated."""
    if not seen.responds or (missing and not half_life.stated):
        return "undetermined"
    if not seen.has_effect:
        return "none"
    best = min(seen.qaic, key=lambda name: seen.qaic[name])
    if best == shapes.EXPONENTIAL and not half_life.stated:
        return "undetermined"
    return best
