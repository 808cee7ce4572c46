"""The plain indicators of an evaluation -> rows of one table: what, how much, and what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracker.analysis import policy
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.evaluation import QuarterFacts
from tracker.analysis.indicators import Averted, Part
from tracker.words.codes import WHYS
from tracker.words.voice import Voice

Row = tuple[str, str, str]
_WITH_RANGE = 8  # things: of fewer a range says nothing that the two numbers do not say


def figures_line(say: Voice, found: QuarterFacts) -> str:
    """The conclusion above the table: whether serious incidents were looked back at."""
    part = found.indicators.evaluated
    if not part.trials:
        return say("The last year had no serious incident to evaluate yet.")
    return say.plural(
        "{hits} of the {n} serious incident of the last year was evaluated within {weeks} weeks.",
        "{hits} of the {n} serious incidents of the last year were evaluated within {weeks} weeks.",
        part.trials,
        hits=say.number(part.hits),
        weeks=say.number(policy.value("evaluated_days") // 7),
    )


def indicator_rows(
    say: Voice, known: Cooperation, found: QuarterFacts, phases: Mapping[str, str]
) -> list[Row]:
    """Every indicator in words; `phases` are the labels of the phases of prevention, by code."""
    return [
        *_reaction(say, found),
        *_looking_back(say, found),
        *_who(say, found),
        *_phases(say, found, phases),
        *_standing(say, known, found),
    ]


def _reaction(say: Voice, found: QuarterFacts) -> Iterator[Row]:
    one = found.indicators
    counts = say("Median over the incidents of the last year that count, with four weeks after them.")
    yield say("From an incident to the first joint activity"), _days(say, one.together, one.followed), counts
    yield say("From an incident to the first with two domains"), _days(say, one.across, one.followed), counts


def _looking_back(say: Voice, found: QuarterFacts) -> Iterator[Row]:
    one, weeks = found.indicators, say.number(policy.value("evaluated_days") // 7)
    yield (
        say("Evaluated"),
        _part(say, one.evaluated),
        say(
            "Serious incidents that partners looked back at within {weeks} weeks; those ran out in the last "
            "year.",
            weeks=weeks,
        ),
    )
    yield (
        say("Follow-ups done"),
        _part(say, one.follow_ups),
        say("Agreements of those evaluations that fell due."),
    )
    yield (
        say("Aftercare"),
        _part(say, one.aftercare),
        say("The same incidents, with an activity of aftercare tied to them."),
    )


def _who(say: Voice, found: QuarterFacts) -> Iterator[Row]:
    yield (
        say("Knowledge up to date"),
        _part(say, found.indicators.taught, whole=True),
        say("Domains that were at a training or exercise in the last year."),
    )
    spread = found.coverage.spread
    yield (
        say("Spread over domains"),
        _why(say, "no_attendance") if spread is None else say.number(spread, 2),
        say("In this quarter: 0 is one domain only, 1 is all domains equally often."),
    )
    across = found.coverage.across
    yield (
        say("Across domains"),
        _share(say, across) if across.stated else _why(say, across.why),
        say("Activities of this quarter with at least two domains, where it is known who came."),
    )


def _phases(say: Voice, found: QuarterFacts, labels: Mapping[str, str]) -> Iterator[Row]:
    for code, label in labels.items():
        part = found.indicators.phases.get(code)
        if part is not None:
            counts = say("Of the activities of the last year that have a phase.")
            yield say("Phase: {phase}", phase=label), _part(say, part), counts


def _standing(say: Voice, known: Cooperation, found: QuarterFacts) -> Iterator[Row]:
    yield (
        say("Old and steady"),
        _part(say, found.indicators.stable),
        say(
            "Arrangements with a rhythm of three years or older that never missed more than {n} meetings in "
            "a row in the last three years.",
            n=say.number(policy.value("stable_missed")),
        ),
    )
    for one in found.indicators.averted:
        yield (
            say("Averted"),
            known.incidents[one.incident].title,
            _through(say, known, one),
        )


def _through(say: Voice, known: Cooperation, one: Averted) -> str:
    names = [known.arrangements[n].name for n in one.through if n in known.arrangements]
    if not names:
        return say("No arrangement is tied to it.")
    return say("Activities tied to it ran through {names}.", names=say.and_list(names))


def _days(say: Voice, one: Estimate, followed: int) -> str:
    over = say.plural("{n} incident", "{n} incidents", followed)
    if one.value is None or one.low is None or one.high is None:
        return _why(say, one.why)
    middle = say.number(one.value, 0 if one.value.is_integer() else 1)
    return say(
        "{middle} days, {range}, over {incidents}",
        middle=middle,
        range=say.range_words(one.low, one.high),
        incidents=over,
    )


def _part(say: Voice, one: Part, *, whole: bool = False) -> str:
    """The two numbers, with a range where there are enough; `whole`: all are counted, so without one."""
    if not one.trials:
        return _why(say, one.share.why)
    words = say("{hits} of {n}", hits=say.number(one.hits), n=say.number(one.trials))
    if not one.share.stated:
        words = f"{words}; {_why(say, one.share.why)}"
    elif one.trials >= _WITH_RANGE and not whole:
        words = f"{words}: {_share(say, one.share)}"
    if not one.unknown:
        return words
    return say("{line}; of {n} more it is not known", line=words, n=say.number(one.unknown))


def _share(say: Voice, one: Estimate) -> str:
    assert one.low is not None, one
    assert one.high is not None, one
    return say.percent_range(one.low, one.high)


def _why(say: Voice, code: str) -> str:
    return say("not known: {why}", why=say(WHYS[code]))
