"""The self-scan in words: its statements and answers, what was said of each lesson, and how that went."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.analysis.estimate import Estimate
from tracker.analysis.self_scan import (
    BANDS,
    Course,
    Round,
    band,
    clear,
    course,
    least_replies,
)
from tracker.words.voice import N_, Voice

LESSONS = {
    "urgency": N_("Urgency"),
    "ownership": N_("Ownership"),
    "language": N_("Language"),
    "direction": N_("Direction"),
}
SAID = {
    "urgency_peace": N_("My organisation makes time for this cooperation, also when nothing happens."),
    "urgency_shared": N_("The partners agree on what needs attention now."),
    "ownership_role": N_("I know what the others may expect of my organisation."),
    "ownership_taken": N_("When somebody drops out, another takes over the work."),
    "language_words": N_("When a partner uses a word of its own trade, I know what it means."),
    "language_view": N_("I can explain why another organisation looks at it in another way."),
    "direction_goal": N_("We want to reach the same thing, and I can say what that is."),
    "direction_lead": N_("It is clear who keeps this cooperation together."),
}
POINTS = {
    1: N_("not at all"),
    2: N_("mostly not"),
    3: N_("partly"),
    4: N_("mostly"),
    5: N_("completely"),
}
# The word when the whole range lies in the band, and when it does not.
BAND_WORDS = {
    "strong": (N_("strong"), N_("seems strong")),
    "discuss": (N_("to discuss"), N_("seems something to discuss")),
    "concern": (N_("a concern"), N_("seems a concern")),
}


def scan_line(say: Voice, rounds: Sequence[Round]) -> str:
    """The conclusion of the self-scan: the lessons by their band in the last round that may be shown."""
    latest = course(rounds)
    newest = rounds[-1] if rounds else None
    if latest is not None and newest is not None and (latest.now is newest or not newest.closed):
        return _grouped(say, latest.now)
    if newest is None:
        return say("Nobody was asked yet what they think of the four lessons.")
    if not newest.closed:
        return say(
            "The self-scan of {quarter} is open. What people said is shown after it closes.",
            **_of(say, newest),
        )
    if newest.enough:
        return say(
            "In the self-scan of {quarter} one of the statements got too few answers.", **_of(say, newest)
        )
    return say(
        "Fewer than {least} people replied to the self-scan of {quarter}. So nothing of it is shown.",
        **_of(say, newest),
        least=say.number(least_replies()),
    )


def scan_certainty(say: Voice, one: Round) -> str:
    """How many replied, and of which lessons the word is certain."""
    if one.replies is None:
        return ""
    quarter = say.quarter(one.quarter.first)
    line = say.plural(
        "{n} person replied in {quarter}.", "{n} people replied in {quarter}.", one.replies, quarter=quarter
    )
    certain = [lesson for lesson, found in one.lessons.items() if clear(found)]
    if not certain:
        return line + " " + say("So few or so different are the answers that no word is certain yet.")
    if len(certain) == len(one.lessons):
        return line + " " + say("The words are certain for all four lessons.")
    return line + " " + say("The word is certain for {lessons}.", lessons=_names(say, certain))


def scan_word(say: Voice, found: Estimate) -> str:
    """ "strong", or "seems strong" when the range reaches into another band; why there is none."""
    if not found.stated:
        return _hidden(say, found)
    certain, seems = BAND_WORDS[band(found)]
    return say(certain if clear(found) else seems)


def scan_score(say: Voice, found: Estimate) -> str:
    """ "3.4, between 2.6 and 4.1", or why there is no number."""
    if found.value is None or found.low is None or found.high is None:
        return _hidden(say, found)
    between = say.range_words(found.low, found.high, step=0.1, digits=1)
    return f"{say.number(found.value, 1)}, {between}"


def scan_change(say: Voice, found: Course | None) -> str:
    """Whether a lesson went up or down since the round before it, as far as can be told."""
    if found is None:
        return say("nothing to compare yet")
    if found.before is None:
        return say("first time")
    low, high = found.difference.low, found.difference.high
    assert low is not None
    assert high is not None
    since = {"quarter": say.quarter(found.before.quarter.first)}
    if low > 0:
        more = say.range_words(low, high, step=0.1, digits=1)
        return say("higher than in {quarter}: {range} points", range=more, **since)
    if high < 0:
        less = say.range_words(-high, -low, step=0.1, digits=1)
        return say("lower than in {quarter}: {range} points", range=less, **since)
    range_ = say.range_words(low, high, step=0.1, digits=1)
    return say("no certain difference with {quarter}: {range} points", range=range_, **since)


def scan_progress(say: Voice, one: Round) -> str:
    """What may be said of an open round; never how many, for then one more could be read as somebody."""
    least = {"n": say.number(least_replies()), **_of(say, one)}
    if one.enough:
        return say("The self-scan of {quarter} is open. At least {n} people have replied.", **least)
    return say("The self-scan of {quarter} is open. There are not yet {n} replies.", **least)


def scan_limits(say: Voice) -> str:
    """What the self-scan is not."""
    return say(
        "This is what the people who replied think, not what happened. In another quarter other people may "
        "have replied. The words are a convention. The range is wide on purpose: it also covers what a few "
        "more people could have said."
    )


def scan_promise(say: Voice) -> tuple[str, ...]:
    """What somebody who replies is told of what is kept, the hard part included."""
    return (
        say("Your answers are kept without your name, your code or the time."),
        say(
            "Only means are shown, after the round is closed and when at least {n} people replied.",
            n=say.number(least_replies()),
        ),
        say(
            "Who manages the server can compare copies of the database from before and after your reply. "
            "So use a code that nobody wrote your name beside."
        ),
    )


def _grouped(say: Voice, one: Round) -> str:
    groups = []
    for name in reversed(BANDS):
        for certain in (True, False):
            found = [
                lesson
                for lesson, score in one.lessons.items()
                if band(score) == name and clear(score) == certain
            ]
            if found:
                groups.append(_said_of(say, name, certain, found))
    return say("Self-scan of {quarter}: {groups}.", **_of(say, one), groups="; ".join(groups))


def _said_of(say: Voice, name: str, certain: bool, found: Sequence[str]) -> str:
    """What holds of one lesson or more, in a clause."""
    n, lessons = len(found), _names(say, found)
    match name, certain:
        case "concern", True:
            return say.plural("{lessons} is a concern", "{lessons} are a concern", n, lessons=lessons)
        case "concern", False:
            return say.plural("{lessons} seems a concern", "{lessons} seem a concern", n, lessons=lessons)
        case "discuss", True:
            return say.plural("{lessons} asks for a talk", "{lessons} ask for a talk", n, lessons=lessons)
        case "discuss", False:
            return say.plural(
                "{lessons} seems to ask for a talk", "{lessons} seem to ask for a talk", n, lessons=lessons
            )
        case "strong", True:
            return say.plural("{lessons} is strong", "{lessons} are strong", n, lessons=lessons)
        case _:
            return say.plural("{lessons} seems strong", "{lessons} seem strong", n, lessons=lessons)


def _names(say: Voice, lessons: Sequence[str]) -> str:
    return say.and_list([say(LESSONS[lesson]).lower() for lesson in lessons])


def _of(say: Voice, one: Round) -> dict[str, str]:
    return {"quarter": say.quarter(one.quarter.first)}


def _hidden(say: Voice, found: Estimate) -> str:
    if found.why == "still_open":
        return say("shown after closing")
    return say("fewer than {n} answers", n=say.number(least_replies()))
