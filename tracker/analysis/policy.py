"""Every threshold the product judges by, in one list, with unit, reason and review date.

The method page and the tests read this list; nothing else in the house holds such a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Constant:
    """One policy constant: what it is worth, in which unit, why, and when it is looked at again."""

    value: float
    unit: str
    reason: str
    review: date


_REVIEW = date(2027, 11, 1)


def _constant(value: float, unit: str, reason: str) -> Constant:
    return Constant(value, unit, reason, _REVIEW)


CONSTANTS: dict[str, Constant] = {
    "joint_partners": _constant(2, "organisations", "Cooperation starts when two organisations take part."),
    "typical_severity": _constant(3, "severity 1-5", "An average incident; its weight in the model is 1."),
    "peacetime_days": _constant(
        90, "days", "A quarter after an incident, most published responses have faded."
    ),
    "peacetime_severity": _constant(3, "severity 1-5", "Only a serious incident ends peacetime."),
    "level_days": _constant(90, "days", "The level is compared with the quarter after an incident."),
    "back_share": _constant(
        0.25, "share of the floor", "An extra of a quarter of the floor is hardly noticed."
    ),
    "half_life_longest_share": _constant(
        0.25, "share of the record", "A slower response cannot be told from the floor."
    ),
    "dispersion_block_days": _constant(28, "days", "Daily blocks miss meetings that come in series."),
    "confidence": _constant(0.95, "probability", "The usual certainty of an interval."),
    "effect_lr": _constant(
        6, "likelihood ratio / dispersion", "Without incidents 99 % of records stay below 6 to 10."
    ),
    "half_life_ratio": _constant(4, "high / low", "A wider interval does not support a number."),
    "half_life_rough_ratio": _constant(8, "high / low", "Up to here the number is called rough."),
    "least_days": _constant(365, "days", "A year holds every season once."),
    "least_activities": _constant(40, "activities", "Fewer give intervals that decide nothing."),
    "least_days_retention": _constant(730, "days", "Comparing two years takes two years."),
    "widest_level": _constant(0.60, "width of the interval", "A wider interval covers both verdicts."),
    "widest_retention": _constant(3, "high / low", "A wider interval covers growth and collapse."),
    "least_coverage": _constant(0.60, "share of weeks", "Below this most of the picture would be guessed."),
    "coverage_recent_days": _constant(180, "days", "The last half year must be covered too."),
    "silence_quantile": _constant(
        0.95, "quantile of gaps", "A silence longer than nearly all earlier ones is unusual."
    ),
    "silence_least_days": _constant(28, "days", "Four quiet weeks are ordinary everywhere."),
    "typical_incidents": _constant(
        5, "incidents", "Fewer say how these incidents faded, not how incidents fade."
    ),
    "follow_up_days": _constant(28, "days", "An incident needs four weeks before its response can be seen."),
    "least_peacetime_days": _constant(
        180, "days", "Less peacetime in the whole record is no ground to judge."
    ),
    "least_peacetime_days_recent": _constant(
        60, "days in the last year", "Peacetime must be recent enough to speak of now."
    ),
    "level_border": _constant(0.50, "share", "More than half of the work remains, or less."),
    "retention_falls": _constant(0.90, "ratio", "A loss of a tenth that is beyond doubt is a fall."),
    "retention_holds": _constant(0.75, "ratio", "A loss of a quarter must be ruled out before it persists."),
    "least_peacetime_days_side": _constant(
        20, "expected days", "Fewer days on a side make a rate a matter of chance."
    ),
    "sure_margin_level": _constant(0.05, "share", "This far past the border the word is: sure."),
    "sure_margin_ratio": _constant(0.10, "ratio", "This far past the border the word is: sure."),
    "sure_coverage": _constant(0.90, "share of weeks", "With fewer weeks known nothing is called sure."),
}


def value(name: str) -> float:
    """The value of the policy constant `name`; raises KeyError for a name that is not policy."""
    return CONSTANTS[name].value
