"""Every threshold the product judges by, in one list, with unit, reason and review date.

The method page and the tests read this list; no other room decides a verdict by a number of its own.
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


def N_(text: str) -> str:
    """Marks a text for the translators; the words stand in words/, a floor up."""
    return text


_REVIEW = date(2027, 11, 1)


def _constant(value: float, unit: str, reason: str) -> Constant:
    return Constant(value, unit, reason, _REVIEW)


CONSTANTS: dict[str, Constant] = {
    "joint_partners": _constant(
        2, N_("organisations"), N_("Cooperation starts when two organisations take part.")
    ),
    "typical_severity": _constant(
        3, N_("severity 1-5"), N_("An average incident; its weight in the model is 1.")
    ),
    "peacetime_days": _constant(
        90, N_("days"), N_("A quarter after an incident, most published responses have faded.")
    ),
    "peacetime_severity": _constant(3, N_("severity 1-5"), N_("Only a serious incident ends peacetime.")),
    "level_days": _constant(90, N_("days"), N_("The level is compared with the quarter after an incident.")),
    "now_days": _constant(90, N_("days"), N_("The floor of now is the mean of the last quarter.")),
    "trend_least_days": _constant(
        730, N_("days"), N_("A trend and a season cannot be told apart in one year.")
    ),
    "trend_least_activities": _constant(
        150, N_("activities"), N_("Fewer carry a floor and a response, not a trend as well.")
    ),
    "back_share": _constant(
        0.25, N_("share of the floor"), N_("An extra of a quarter of the floor is hardly noticed.")
    ),
    "half_life_longest_share": _constant(
        0.25, N_("share of the record"), N_("A slower response cannot be told from the floor.")
    ),
    "dispersion_block_days": _constant(28, N_("days"), N_("Daily blocks miss meetings that come in series.")),
    "confidence": _constant(0.95, N_("probability"), N_("The usual certainty of an interval.")),
    "effect_lr": _constant(
        6, N_("likelihood ratio / dispersion"), N_("Without incidents 99 % of records stay below 6 to 10.")
    ),
    "carry_over_lr": _constant(
        4, N_("likelihood ratio / dispersion"), N_("A log may start in the middle of an aftermath.")
    ),
    "holiday_regions": _constant(
        2, N_("regions"), N_("Most of the country is on holiday when two of the three regions are.")
    ),
    "holiday_least_days": _constant(
        40, N_("expected days"), N_("Fewer school holidays are one summer, which may be special.")
    ),
    "holiday_least_activities": _constant(
        20, N_("activities"), N_("Where fewer could be expected, a factor is a matter of chance.")
    ),
    "half_life_ratio": _constant(4, N_("high / low"), N_("A wider interval does not support a number.")),
    "half_life_rough_ratio": _constant(8, N_("high / low"), N_("Up to here the number is called rough.")),
    "shape_qaic": _constant(
        10,
        N_("points of fit (QAIC)"),
        N_("When another shape fits this much better, fading at one pace is no description."),
    ),
    "free_half_life_ratio": _constant(
        2, N_("ratio"), N_("A half-life that changes when incidents may differ rests on their being alike.")
    ),
    "two_speeds_least_activities": _constant(
        1000, N_("activities"), N_("Fewer cannot tell two paces of fading apart.")
    ),
    "two_speeds_ratio": _constant(3, N_("ratio"), N_("Closer paces look like one.")),
    "two_speeds_least_part": _constant(
        0.01, N_("share"), N_("A part of less than a hundredth of the extra is not seen.")
    ),
    "delay_longest_days": _constant(
        28, N_("days"), N_("A response that starts later cannot be tied to its incident.")
    ),
    "ran_ahead_confidence": _constant(
        0.99, N_("probability"), N_("It is looked at in every log, so by chance it should hardly ever speak.")
    ),
    "step_window_days": _constant(
        730, N_("days"), N_("What changed longer before or after an incident is another story.")
    ),
    "step_least_days": _constant(
        90, N_("expected days"), N_("A floor needs a quarter of days beyond the aftermath on each side.")
    ),
    "least_days": _constant(365, N_("days"), N_("A year holds every season once.")),
    "least_activities": _constant(40, N_("activities"), N_("Fewer give intervals that decide nothing.")),
    "least_days_retention": _constant(730, N_("days"), N_("Comparing two years takes two years.")),
    "widest_level": _constant(
        0.60, N_("width of the interval"), N_("A wider interval covers both verdicts.")
    ),
    "widest_retention": _constant(3, N_("high / low"), N_("A wider interval covers growth and collapse.")),
    "widest_ratio": _constant(10000, N_("high / low"), N_("Weeks this uneven tell nothing of more or less.")),
    "least_coverage": _constant(
        0.60, N_("share of weeks"), N_("Below this most of the picture would be guessed.")
    ),
    "coverage_recent_days": _constant(180, N_("days"), N_("The last half year must be covered too.")),
    "silence_quantile": _constant(
        0.95, N_("quantile of gaps"), N_("A silence longer than nearly all earlier ones is unusual.")
    ),
    "silence_least_days": _constant(28, N_("days"), N_("Four quiet weeks are ordinary everywhere.")),
    "typical_incidents": _constant(
        5, N_("incidents"), N_("Fewer say how these incidents faded, not how incidents fade.")
    ),
    "follow_up_days": _constant(
        28, N_("days"), N_("An incident needs four weeks before its response can be seen.")
    ),
    "least_peacetime_days": _constant(
        180, N_("days"), N_("Less peacetime in the whole record is no ground to judge.")
    ),
    "least_peacetime_days_recent": _constant(
        60, N_("days in the last year"), N_("Peacetime must be recent enough to speak of now.")
    ),
    "level_border": _constant(0.50, N_("share"), N_("More than half of the work remains, or less.")),
    "retention_falls": _constant(0.90, N_("ratio"), N_("A loss of a tenth that is beyond doubt is a fall.")),
    "retention_holds": _constant(
        0.75, N_("ratio"), N_("A loss of a quarter must be ruled out before it persists.")
    ),
    "least_peacetime_days_side": _constant(
        20, N_("expected days"), N_("Fewer days on a side make a rate a matter of chance.")
    ),
    "recent_short_days": _constant(
        182, N_("days"), N_("A floor that went half a year ago must not go unseen.")
    ),
    "recent_long_days": _constant(365, N_("days"), N_("A year holds every season once.")),
    "recent_confidence": _constant(
        0.975, N_("probability"), N_("Two periods are looked at, so each is surer.")
    ),
    "recent_falls": _constant(0.75, N_("ratio"), N_("A quarter less than ever before is a fall.")),
    "recent_drop": _constant(0.90, N_("ratio"), N_("A tenth less than before rules out that it persists.")),
    "companion_dispersion": _constant(
        1.1, N_("ratio"), N_("Up to here counts are as even as chance allows.")
    ),
    "companion_block_days": _constant(
        14, N_("days"), N_("Short enough to lie within one month after an incident.")
    ),
    "aftermath_days": _constant(28, N_("days"), N_("Most extra activity falls in the first four weeks.")),
    "epoch_weeks_before": _constant(
        4, N_("weeks"), N_("Enough to see what was usual, short enough to be about now.")
    ),
    "epoch_weeks_after": _constant(26, N_("weeks"), N_("Half a year shows the fading and what is left.")),
    "epoch_least_followed": _constant(
        4, N_("incidents"), N_("A mean of fewer says more about them than about incidents.")
    ),
    "epoch_draws": _constant(2000, N_("draws"), N_("More draws change the second decimal only.")),
    "epoch_seed": _constant(
        1, N_("seed"), N_("Any number will do; a fixed one gives the same log the same band.")
    ),
    "least_quarter_days": _constant(
        20, N_("expected days"), N_("What a few known days hold says nothing of the pace of a whole quarter.")
    ),
    "hollow_activities": _constant(
        10, N_("activities"), N_("A quarter with fewer is drawn hollow: chance rules it.")
    ),
    "least_gaps": _constant(8, N_("gaps"), N_("With fewer earlier gaps nobody knows what is usual.")),
    "least_meetings": _constant(8, N_("meetings"), N_("Fewer give no trend, only a list.")),
    "dispersion_groups": _constant(
        3, N_("arrangements"), N_("Fewer cannot show how much arrangements differ.")
    ),
    "least_expected": _constant(12, N_("expected meetings"), N_("Fewer trials in two years decide nothing.")),
    "adherence_holds": _constant(0.60, N_("share"), N_("More than half of what was agreed, with some room.")),
    "adherence_falls": _constant(0.90, N_("ratio"), N_("A tenth less than the year before, beyond doubt.")),
    "dormant_share": _constant(1 / 3, N_("share"), N_("One in three silent is more than bad luck.")),
    "dormant_least": _constant(3, N_("arrangements"), N_("Of one or two, one silent says little.")),
    "recent_meetings": _constant(4, N_("meetings"), N_("The last four show who comes now.")),
    "left_meetings": _constant(
        3, N_("meetings in a row"), N_("Once or twice is chance; after three somebody should ask.")
    ),
    "away_days": _constant(
        91, N_("days"), N_("Most things here meet once a quarter; who stays away longer should be asked.")
    ),
    "key_share": _constant(
        0.50, N_("share of activities"), N_("When half hangs on one, all of it stops when that one leaves.")
    ),
    "heat_days": _constant(
        60, N_("days"), N_("What begins within two months after an incident began because of the urgency.")
    ),
    "reuse_days": _constant(
        90, N_("days"), N_("An arrangement of a quarter old was there before anybody needed it.")
    ),
    "lapse_days": _constant(
        90, N_("days overdue"), N_("An agreement that nobody speaks of for a quarter has faded.")
    ),
    "goal_least_trials": _constant(
        8, N_("meetings, agreements or responses"), N_("Of fewer, all of them going well may be luck.")
    ),
    "plan_told": _constant(
        0.60, N_("share of activities"), N_("A gap is no gap while most of what was done has no place yet.")
    ),
    "guide_least": _constant(3, N_("activities"), N_("Who came once or twice is not yet who usually comes.")),
    "least_lives": _constant(
        8, N_("arrangements or agreements"), N_("With fewer there is a list and no curve.")
    ),
    "evaluated_days": _constant(
        56,
        N_("days after an incident"),
        N_("After eight weeks it is still fresh, and the first heat is over."),
    ),
    "stable_days": _constant(1095, N_("days"), N_("Three years outlive a change of staff or of a council.")),
    "stable_missed": _constant(
        2, N_("meetings in a row"), N_("Two is bad luck; after three in a row a habit is broken.")
    ),
    "least_cell": _constant(
        5,
        N_("counted"),
        N_("A smaller number, in public or in the self-scan, may tell who it was, and so may its total."),
    ),
    "scan_strong": _constant(
        4, N_("points 1-5"), N_("By convention: people answer “mostly” or better on average.")
    ),
    "scan_concern": _constant(
        3, N_("points 1-5"), N_("By convention: people answer “mostly not” more than “mostly”.")
    ),
    "check_back_first_days": _constant(
        30, N_("days after an incident"), N_("After a month the first urgency is over.")
    ),
    "check_back_second_days": _constant(
        90, N_("days after an incident"), N_("Peacetime begins; what is left now was not only urgency.")
    ),
    "check_back_third_days": _constant(
        180, N_("days after an incident"), N_("After half a year habit shows itself.")
    ),
    "check_back_last_days": _constant(
        365, N_("days after an incident"), N_("After a year nobody remembers; asking only nags.")
    ),
    "threat_level_months": _constant(
        9, N_("months"), N_("The level is announced twice a year; after nine months one was missed.")
    ),
    "sure_margin_level": _constant(0.05, N_("share"), N_("This far past the border the word is: sure.")),
    "sure_margin_ratio": _constant(0.10, N_("ratio"), N_("This far past the border the word is: sure.")),
    "sure_coverage": _constant(
        0.90, N_("share of weeks"), N_("With fewer weeks known nothing is called sure.")
    ),
    "recess_summer_week": _constant(
        29, N_("ISO week"), N_("The regions go on holiday in turn; this week lies in the middle.")
    ),
    "recess_summer_weeks": _constant(6, N_("weeks"), N_("A school summer lasts six weeks.")),
    "recess_christmas_week": _constant(
        52, N_("ISO week"), N_("Christmas falls in this week, or just before it.")
    ),
    "recess_christmas_weeks": _constant(2, N_("weeks"), N_("Schools and councils close for two weeks.")),
    "years_of_text": _constant(
        5, N_("years"), N_("After that a title or a note explains nothing any more that the figures need.")
    ),
    "years_of_records": _constant(
        10, N_("years"), N_("Two terms of a council and more: what lasts is seen by then.")
    ),
    "years_of_log": _constant(
        3, N_("years"), N_("Who looks into an incident of security looks back three years (BIO2 5.28).")
    ),
    "backup_days": _constant(
        35, N_("days"), N_("What was purged must be gone from backups too; five weeks bridge a holiday.")
    ),
    "idle_account_days": _constant(
        90, N_("days"), N_("Who did not sign in for a quarter may have left, or have other work.")
    ),
}


def value(name: str) -> float:
    """The value of the policy constant `name`; raises KeyError for a name that is not policy."""
    return CONSTANTS[name].value
