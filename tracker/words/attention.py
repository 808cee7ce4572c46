"""What was counted elsewhere and the national threat level -> words, each with what may not be concluded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.analysis import policy
from tracker.analysis.attention import Attention
from tracker.analysis.epochs import Epochs
from tracker.analysis.threat_level import Announcement, Spell, national
from tracker.words.voice import N_, Voice

LEVELS = {
    "minimal": N_("minimal"),
    "limited": N_("limited"),
    "significant": N_("significant"),
    "substantial": N_("substantial"),
    "critical": N_("critical"),
}
_MONTH = 4  # weeks before day 0 that the first week is held against


def series_line(say: Voice, one: Attention) -> str:
    """The conclusion above a panel: the last week, the highest one, and how many weeks are not known."""
    known = one.weeks.dropna(subset="total")
    last, top = known.iloc[-1], known.loc[known["total"].idxmax()]
    spoken = say(
        "{name}: {total} in the week of {week}. The most was {most}, in the week of {top}.",
        name=one.name,
        total=amount(say, last["total"]),
        week=say.date(last["week"].date()),
        most=amount(say, top["total"]),
        top=say.date(top["week"].date()),
    )
    if not one.unknown_weeks:
        return spoken
    unknown = say.plural(
        "{n} of {weeks} weeks has no value.",
        "{n} of {weeks} weeks have no value.",
        one.unknown_weeks,
        weeks=say.number(len(one.weeks)),
    )
    return f"{spoken} {unknown}"


def series_limits(say: Voice) -> str:
    """What a series is, and that no figure about cooperation uses it."""
    return say(
        "These numbers were counted elsewhere. They show attention, not cooperation: no verdict and no other "
        "figure uses them. A week is the sum of its days with a value. A week without a value is hatched: it "
        "is not known, and not zero."
    )


def series_around(say: Voice, name: str, epochs: Epochs) -> str:
    """The conclusion above the day-0 view of one series; a description, held against nothing."""
    if not epochs.incidents:
        return say("No serious incident falls in the weeks of {name}.", name=name)
    rates = dict(zip(epochs.mean["week"], epochs.mean["rate"], strict=True))
    before = [rates[week] for week in range(-_MONTH, 0) if week in rates]
    if 0 not in rates or len(before) < _MONTH:
        return say.plural(
            "{name} around one incident.",
            "{name} around {n} incidents, each with a line of its own.",
            epochs.incidents,
            name=name,
        )
    return say(
        "{name} around {n} incidents: on average {first} in the first week, and {before} a week in the four "
        "weeks before.",
        name=name,
        n=epochs.followed,
        first=say.number(rates[0], 1),
        before=say.number(sum(before) / _MONTH, 1),
    )


def series_around_limits(say: Voice) -> str:
    """What may not be concluded from a series around incidents."""
    return say(
        "This is attention, not cooperation. It is not held against chance, and it shows what came after an "
        "incident, not what came of it."
    )


def amount(say: Voice, value: float) -> str:
    """A value as it was given: whole, or with one decimal."""
    return say.number(value, 0 if float(value).is_integer() else 1)


def threat_word(say: Voice, spell: Spell) -> str:
    """The word of a spell; with a question mark where nobody looked it up, empty where unknown."""
    if not spell.word:
        return ""
    word = LEVELS[spell.word]
    return f"{say(word)}?" if spell.certain == "no" else say(word)


def threat_line(say: Voice, spells: Sequence[Spell]) -> str:
    """What the level is on the last day, and since when; or since when it is not known."""
    now = spells[-1]
    if now.word:
        return say(
            "The national threat level is {word}, since {day}.",
            word=threat_word(say, now),
            day=say.date(now.since),
        )
    if len(spells) == 1:
        return say("The national threat level of this period is not known here.")
    return say(
        "The national threat level has not been known here since {day}. The last word was: {word}.",
        day=say.date(now.since),
        word=threat_word(say, spells[-2]),
    )


def threat_said(say: Voice, spell: Spell) -> str:
    """One spell in words, with what is not certain about it."""
    if not spell.word:
        return say("not known")
    spoken = [say("{word}, since {day}", word=threat_word(say, spell), day=say.date(spell.since))]
    if spell.new_scale:
        spoken.append(say("another scale from here on, so not a rise or a fall"))
    if spell.certain == "partly":
        spoken.append(say("the day is not certain"))
    if spell.certain == "no":
        spoken.append(say("nobody has looked this up"))
    return "; ".join(spoken)


def threat_limits(say: Voice, announced: Sequence[Announcement]) -> Iterator[str]:
    """What may not be concluded from the level, one line each."""
    last = national(announced)[-1].day
    yield say(
        "Last updated with the announcement of {day}. From {months} months after that the level is "
        "not known.",
        day=say.date(last),
        months=int(policy.value("threat_level_months")),
    )
    yield say(
        "The word counts, not a number: until July 2016 there were four levels, since then five. The same "
        "word may mean something else before and after."
    )
    for one in (one for one in announced if one.area):
        word = LEVELS[one.word]
        yield say(
            "On {day} “{word}” held for a part of the country only ({area}). It was never the national "
            "level, so it is not drawn.",
            day=say.date(one.day),
            word=say(word),
            area=one.area,
        )
    yield say("A dashed box: the day or the word is not certain.")
    yield say(
        "No measures belong to a level. It is of the whole country and says nothing of this municipality."
    )
