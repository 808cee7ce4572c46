"""A reading -> the verdict, with its reasons, its certainty and the sentence it asks for.

The order of the rules is the method: too little data, falls back, persists, otherwise undecided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.analysis import coverage, peacetime, policy, reading, sufficiency
from tracker.analysis.finding import Estimate, Finding, Needed, Window
from tracker.analysis.question import Log
from tracker.analysis.reading import Reading

_DECIDED = ("persists", "falls_back")


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The activity verdict of one reading and the codes of its reasons."""

    verdict: str
    reasons: tuple[str, ...] = ()


def judge(log: Log, seen: Reading) -> Finding:
    """The finding for the reading of a log with an entry; unanswered silences are judged both ways."""
    window = coverage.window(log, seen.days)
    missing = sufficiency.needed(seen, window)
    judgement = activity_verdict(seen, missing)
    if judgement.verdict in _DECIDED and seen.days.unanswered.any():
        as_zero = reading.read(seen.days.with_unanswered_as_zero(), log.incidents)
        other = activity_verdict(as_zero, sufficiency.needed(as_zero, window))
        if other.verdict != judgement.verdict:
            judgement = Judgement(verdict="undecided", reasons=("unknown_weeks", *judgement.reasons))
    return _finding(log, seen, window, missing, judgement)


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
    if fallen:
        return Judgement(verdict="falls_back", reasons=(*fallen, *notes))
    if _persists(seen):
        return Judgement(verdict="persists", reasons=notes)
    return Judgement(verdict="undecided", reasons=("near_border", *notes))


def nothing_logged(until: date) -> Finding:
    """The finding of an empty log: not a zero, nobody knows."""
    window = Window(first=None, last=until, days=0, weeks=0, unknown_weeks=0, coverage=0.0)
    missing = (
        Needed(what="record_days", have=0, need=policy.value("least_days")),
        Needed(what="activities", have=0, need=policy.value("least_activities")),
    )
    return Finding(
        verdict="too_early", activity_verdict="too_early", structure_verdict="too_early",
        case="nothing_logged", certainty="cannot_say", window=window, needed=missing,
    )  # fmt: skip


def _falls_back(seen: Reading) -> tuple[str, ...]:
    """Which of the two bounds of rule 2 holds: level_low, year_low, both or none."""
    level = seen.fit is not None and seen.fit.level_interval[1] < policy.value("level_border")
    year = seen.year is not None and seen.year.high < policy.value("retention_falls")
    return tuple(code for code, holds in (("level_low", level), ("year_low", year)) if holds)


def _persists(seen: Reading) -> bool:
    """Rule 3; without an incident to respond to it goes by the comparison of the years alone."""
    level = seen.fit is None or seen.fit.level_interval[0] >= policy.value("level_border")
    return level and seen.year is not None and seen.year.low >= policy.value("retention_holds")


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
    pattern = () if seen.fit is None or seen.has_effect else ("no_pattern",)
    few = ("few_incidents",) if seen.followed < policy.value("typical_incidents") else ()
    return (*pattern, *few)


def _finding(
    log: Log, seen: Reading, window: Window, missing: tuple[Needed, ...], judgement: Judgement
) -> Finding:
    counted = [incident for incident in log.incidents if incident.counts]
    serious = [one for one in counted if one.severity >= policy.value("peacetime_severity")]
    since = int(seen.days.last.toordinal() - serious[-1].day.toordinal()) if serious else None
    quiet = since is not None and since >= policy.value("peacetime_days")
    figures = reading.estimates(seen)
    return Finding(
        verdict=judgement.verdict,
        activity_verdict=judgement.verdict,
        structure_verdict="too_early",
        case=_case(seen, judgement, missing, quiet=quiet),
        certainty=_certainty(seen, judgement.verdict, window),
        window=window,
        reasons=judgement.reasons,
        needed=missing,
        incidents=len(counted),
        activities=float(seen.days.counts.sum()),
        left_out_incidents=len(log.incidents) - len(counted),
        left_out_activities=log.left_out_activities,
        peacetime_days=since - int(policy.value("peacetime_days")) + 1 if quiet and since else None,
        days_since_incident=since,
        last_incident=(serious[-1].title, serious[-1].day) if serious else None,
        few_incidents=seen.followed if "few_incidents" in judgement.reasons else None,
        shape=_shape(seen, missing, figures["half_life_days"]),
        dispersion=seen.dispersion,
        effect_lr=seen.fit.effect_lr if seen.fit else None,
        **figures,
    )


def _case(seen: Reading, judgement: Judgement, missing: tuple[Needed, ...], *, quiet: bool) -> str:
    if judgement.verdict == "too_early":
        return "too_little_logged" if sufficiency.only_coverage(missing) else "too_early"
    if judgement.verdict == "falls_back":
        return "falls_back_level" if "level_low" in judgement.reasons else "falls_back_year"
    if judgement.verdict == "undecided":
        named = {"near_border": "border"}.get(judgement.reasons[0], judgement.reasons[0])
        return f"undecided_{named}"
    if not seen.has_incidents:
        return "persists_no_incidents"
    if not seen.has_effect:
        return "persists_no_pattern"
    return "persists_peacetime" if quiet else "persists_after_incident"


def _certainty(seen: Reading, verdict: str, window: Window) -> str:
    """Sure only well past the border and with nearly every week known."""
    if verdict not in _DECIDED:
        return "unsure" if verdict == "undecided" else "cannot_say"
    level = seen.fit.level_interval if seen.fit else None
    year = (seen.year.low, seen.year.high) if seen.year else None
    far = _far_below(level, year) if verdict == "falls_back" else _far_above(level, year)
    return "sure" if far and window.coverage >= policy.value("sure_coverage") else "fairly_sure"


_Interval = tuple[float, float] | None


def _far_below(level: _Interval, year: _Interval) -> bool:
    """One of the two bounds that make a fall lies well past its border."""
    border = policy.value("level_border") - policy.value("sure_margin_level")
    falls = policy.value("retention_falls") - policy.value("sure_margin_ratio")
    return bool((level and level[1] <= border) or (year and year[1] <= falls))


def _far_above(level: _Interval, year: _Interval) -> bool:
    """Both bounds that make it persist lie well past their borders."""
    border = policy.value("level_border") + policy.value("sure_margin_level")
    holds = policy.value("retention_holds") + policy.value("sure_margin_ratio")
    return (level is None or level[0] >= border) and year is not None and year[0] >= holds


def _shape(seen: Reading, missing: tuple[Needed, ...], half_life: Estimate) -> str:
    """`none` needs enough data to say so; `decays` a half-life that may be stated."""
    if half_life.stated:
        return "decays"
    return "none" if seen.fit is not None and not seen.has_effect and not missing else "undetermined"
