"""What was counted around incidents -> words: before and after, the day-0 view, labels against the timing.

Everything here says "after" an incident. None of it can show what came of one, and each text that concludes
something has a text beside it that says what may not be concluded.
"""

from __future__ import annotations

import math

from tracker.analysis import policy
from tracker.analysis.before_after import WINDOWS, After, BeforeAfter
from tracker.analysis.epochs import Epochs, SpanRatio
from tracker.analysis.labels import STRUCTURAL, UNTAGGED, Labels
from tracker.words.codes import WHYS
from tracker.words.figures import Unit, in_words
from tracker.words.voice import N_, Voice, outward

LEAST_FOR_PERCENT = 8
QUARTER, _, PEACETIME = WINDOWS

WINDOW_NAMES = {
    "ratio_0_89": N_("The first quarter"),
    "ratio_90_364": N_("The rest of the year"),
    "ratio_181_545": N_("From half a year on"),
}
CHANGED = {
    "up": N_("more"),
    "down": N_("less"),
    "none": N_("no change is certain"),
    "": N_("cannot be compared"),
}
CLASSES = {
    "structural": N_("Structural"),
    "structure_in_action": N_("Structure in action"),
    "incident_driven": N_("Incident-driven"),
    "untagged": N_("No label"),
}
TIMES = Unit(
    step=0.1,
    text=lambda say, ratio: say("{ratio} times", ratio=say.number(ratio, 1)),
    between=lambda say, low, high: say.range_words(low, high, step=0.1, digits=1),
)
_MORE_IN = {
    0: N_("In the first week after an incident there is more than in the four weeks before: {times}."),
    7: N_("In weeks two to four after an incident there is more than in the four weeks before: {times}."),
    28: N_("In months two and three after an incident there is more than in the four weeks before: {times}."),
}
_LESS_IN = {
    0: N_("In the first week after an incident there is less than in the four weeks before: {times}."),
    7: N_("In weeks two to four after an incident there is less than in the four weeks before: {times}."),
    28: N_("In months two and three after an incident there is less than in the four weeks before: {times}."),
}
# (the timing is known, some have no label)
_YOU_CALL = {
    (True, False): N_("You call {amount} structural; the timing says {range}."),
    (True, True): N_("You call {amount} structural and {unknown} has no label; the timing says {range}."),
    (False, False): N_("You call {amount} structural."),
    (False, True): N_("You call {amount} structural and {unknown} has no label."),
}
_BESIDE_TIMING = {
    "higher": N_("More is called structural than the timing shows."),
    "lower": N_("Less is called structural than the timing shows."),
    "same": N_("The two go together."),
}


def before_after(say: Voice, table: BeforeAfter) -> str:
    """The conclusion above the table of incidents: how many have more or less after them than before."""
    if not table.incidents:
        return say("No incident counts in this period, so there is no before and after.")
    compared = {name: len(table.incidents) - table.said(name, "") for name in (QUARTER, PEACETIME)}
    if not compared[QUARTER]:
        return say(
            "No incident can be compared yet: that takes a year of log before it and a quarter after it."
        )
    spoken = [_in_quarter(say, table, compared[QUARTER])]
    if compared[PEACETIME]:
        spoken.append(_from_half_a_year(say, table, compared[PEACETIME]))
    return " ".join(spoken)


def before_after_limits(say: Voice, table: BeforeAfter) -> str:
    """What may not be concluded from the table; empty when it compares nothing."""
    if not table.compared:
        return ""
    rough = sum(one.ratio.status == "roughly" for of in table.incidents for one in of.windows.values())
    spoken = [
        say.plural(
            "The range shows a difference in {apart} of {n} comparison. "
            "By chance alone that would be about {by_chance}.",
            "The range shows a difference in {apart} of {n} comparisons. "
            "By chance alone that would be about {by_chance}.",
            table.compared,
            apart=table.apart,
            by_chance=say.number(table.by_chance, 1),
        ),
        say("What comes after an incident need not come from it: much else changes in a year."),
    ]
    if rough:
        spoken.append(
            say.plural(
                "One number is rough: another serious incident fell in the same period or the year before.",
                "{n} numbers are rough: another serious incident fell in the same period or the year before.",
                rough,
            )
        )
    return " ".join(spoken)


def two_measures(say: Voice, table: BeforeAfter) -> str:
    """Why what stayed may say something else than the windows; empty when no window compares anything."""
    if not table.compared:
        return ""
    return say(
        "“{stayed}” may say something else than the figures before it: those compare all activity, "
        "this one only the floor, without the extra that fades again.",
        stayed=say("Did something stay?"),
    )


def after_ratio(say: Voice, after: After) -> str:
    """One cell of the table: "2.2 times, between 1.1 and 4.1", or why there is none."""
    return in_words(say, after.ratio, TIMES)


def after_word(say: Voice, after: After) -> str:
    """What may be said of one cell: more, less, no change is certain."""
    word = CHANGED[after.changed]
    return say(word)


def day_zero(say: Voice, epochs: Epochs) -> str:
    """The conclusion above the day-0 picture: for no incident, for a few, and for enough to average."""
    if not epochs.incidents:
        return say("No serious incident counts in this period, so there is no day 0.")
    least = int(policy.value("typical_incidents"))
    if epochs.mean.empty:
        return say.plural(
            "One incident, with a line of its own. An average is drawn from {least} on.",
            "{n} incidents, each with a line of its own. An average is drawn from {least} on.",
            epochs.incidents,
            least=least,
        )
    if not epochs.ratios:
        return say(
            "An average of {n} incidents. Fewer than {least} can be compared with the weeks before them.",
            n=epochs.followed,
            least=least,
        )
    spoken = [_of_span(say, one) for one in epochs.ratios if one.changed != "none"]
    return " ".join(spoken) or say(
        "Activity after the {n} incidents does not differ with certainty from that after random dates.",
        n=epochs.complete,
    )


def day_zero_limits(say: Voice, epochs: Epochs) -> str:
    """Where lines and average end, and what may not be concluded; empty without an incident."""
    if not epochs.incidents:
        return ""
    spoken = []
    if epochs.cut:
        spoken.append(
            say.plural(
                "One line ends early, at the next incident.",
                "{n} lines end early, at the next incident.",
                epochs.cut,
            )
        )
    if epochs.mean_stops is not None:
        spoken.append(
            say(
                "The average stops after week {week}: then fewer than {least} incidents can be followed.",
                week=epochs.mean_stops,
                least=int(policy.value("epoch_least_followed")),
            )
        )
    return " ".join([*spoken, say("The lines show what came after an incident, not what came of it.")])


def labels_line(say: Voice, labels: Labels) -> str:
    """What people call structural, beside the range that the timing allows."""
    if not labels.total:
        return say("There are no activities to label.")
    if labels.counts[UNTAGGED] == labels.total:
        return say("No activity has a label yet.")
    timing, known = labels.timing, bool(labels.called)
    shown = {
        "amount": _amount(say, labels, STRUCTURAL),
        "unknown": _amount(say, labels, UNTAGGED),
        "range": say.percent_range(timing.low or 0.0, timing.high or 0.0) if known else "",
    }
    first = say(_YOU_CALL[known, labels.counts[UNTAGGED] > 0], **shown)
    if known:
        beside = _BESIDE_TIMING[labels.called]
        return f"{first} {say(beside)}"
    why = say(WHYS.get(timing.why, ""))
    silent = say("The timing says nothing about it.")
    reasoned = say("The timing says nothing about it: {why}.", why=why)
    return f"{first} {reasoned if why else silent}"


def labels_limits(say: Voice) -> str:
    """What a difference between label and timing may not be taken for."""
    return say(
        "A label says why, the timing only when: a regular meeting after an incident looks incident-driven. "
        "A difference is a question to talk about, not a mistake."
    )


def _in_quarter(say: Voice, table: BeforeAfter, compared: int) -> str:
    changes = _changes(say, table, QUARTER)
    if not changes:
        return say.plural(
            "In the first quarter after the incident no change is certain.",
            "In the first quarter after {n} incidents no change is certain.",
            compared,
        )
    if compared == 1:
        return say(
            "In the first quarter after the incident there was {word} than in the year before.",
            word=_only_word(say, table, QUARTER),
        )
    return say(
        "Compared with the year before: in the first quarter {changes}, of {n} that can be compared.",
        n=compared,
        changes=changes,
    )


def _from_half_a_year(say: Voice, table: BeforeAfter, compared: int) -> str:
    changes = _changes(say, table, PEACETIME)
    if not changes:
        return say("From half a year on no change is certain.")
    if compared == 1:
        return say("From half a year on there was {word}.", word=_only_word(say, table, PEACETIME))
    return say(
        "From half a year on there was {changes}, of {n} that can be compared.",
        n=compared,
        changes=changes,
    )


def _only_word(say: Voice, table: BeforeAfter, window: str) -> str:
    word = CHANGED["up" if table.said(window, "up") else "down"]
    return say(word)


def _changes(say: Voice, table: BeforeAfter, window: str) -> str:
    """ "more after 2 incidents and less after 1 incident"; empty when nothing changed."""
    more, less = table.said(window, "up"), table.said(window, "down")
    spoken = [
        say.plural("more after {n} incident", "more after {n} incidents", more) if more else "",
        say.plural("less after {n} incident", "less after {n} incidents", less) if less else "",
    ]
    return say.and_list([part for part in spoken if part])


def _of_span(say: Voice, one: SpanRatio) -> str:
    text = (_MORE_IN if one.changed == "up" else _LESS_IN)[one.first]
    if math.isinf(one.high):
        low, _ = outward(one.low, one.low, TIMES.step)
        return say(text, times=say("at least {times}", times=TIMES.text(say, low)))
    return say(text, times=say("{range} times as much", range=TIMES.between(say, one.low, one.high)))


def _amount(say: Voice, labels: Labels, name: str) -> str:
    """A share in whole per cent that add to 100; a number of so few that a percentage would say too much."""
    if labels.total < LEAST_FOR_PERCENT:
        return say("{n} of {total}", n=say.number(labels.counts[name]), total=say.number(labels.total))
    return f"{say.number(labels.percentages[name])}%"
