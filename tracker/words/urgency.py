"""How urgent an incident felt, in words: how far domains lie apart, what it left, what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.urgency import Away, Calm, Contacts, Felt, Left, Shift, Urgency
from tracker.words.incidents import urgency_gap
from tracker.words.voice import N_, Voice

_CLOSER = N_("{domains} are closer to each other than after “{then}”: a gap of {now}, it was {before}.")
_FURTHER = N_("{domains} are further apart than after “{then}”: a gap of {now}, it was {before}.")
_SAME = N_("{domains} are just as far apart as after “{then}”: a gap of {now}.")


def urgency_line(say: Voice, known: Cooperation, found: Urgency, domains: Mapping[str, str]) -> str:
    """The conclusion: how far apart domains were about the last incident of which two said it."""
    if not found.felt:
        return say("There is no serious incident yet, so there is no urgency to compare.")
    if not found.told:
        return say("There is no incident yet of which two domains said how urgent it felt. A gap takes two.")
    last = found.told[-1]
    about = [one for one in known.framings if one.incident_id == last.incident]
    title = known.incidents[last.incident].title
    gap = urgency_gap(say, about, domains)
    return say("{gap} That was said of “{incident}”.", gap=gap, incident=title)


def urgency_shift(say: Voice, known: Cooperation, found: Shift | None, domains: Mapping[str, str]) -> str:
    """Whether the same domains came closer; empty when no two incidents can be compared."""
    if found is None:
        return ""
    text = (
        _CLOSER if found.gap_now < found.gap_then else _FURTHER if found.gap_now > found.gap_then else _SAME
    )
    return say(
        text,
        domains=say.and_list([domains.get(code, code) for code in found.among]),
        then=known.incidents[found.then].title,
        now=found.gap_now,
        before=found.gap_then,
    )


def silent_domains(say: Voice, found: Urgency, domains: Mapping[str, str]) -> str:
    """Which domains never said anything about an incident; empty when there is none to speak about."""
    if not found.felt:
        return ""
    if not found.silent:
        return say("Every domain said something about an incident.")
    return say(
        "Never said anything about an incident: {domains}.",
        domains=say.and_list([domains[code] for code in found.silent]),
    )


def gap_word(say: Voice, one: Felt) -> str:
    """ "gap 3", "no gap", or why there is none to give."""
    if one.gap is None:
        return say("one domain spoke") if one.levels else say("nobody gave a number")
    return say("gap {n}", n=one.gap) if one.gap else say("no gap")


def levels_line(say: Voice, one: Felt, domains: Mapping[str, str]) -> str:
    """ "Safety 5, Health care 2": the highest first; empty when nobody gave a number."""
    ordered = sorted(one.levels.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{domains.get(code, code)} {level}" for code, level in ordered)


def contact_words(say: Voice, one: Left) -> tuple[str, str]:
    """When partners were together first, and when two domains were: "on the same day", "after 4 days"."""
    return _when(say, one.response.first_days), _when(say, one.response.across_days)


def became_of(say: Voice, known: Cooperation, one: Left) -> str:
    """What of the response happened once and what came back."""
    names = {number: known.arrangements[number].name for number in (*one.recurring, *one.once)}
    said = [
        say("Came back: {names}.", names=say.and_list([names[number] for number in one.recurring]))
        if one.recurring
        else "",
        say("Did not come back (yet): {names}.", names=say.and_list([names[number] for number in one.once]))
        if one.once
        else "",
        say.plural("{n} activity stood by itself.", "{n} activities stood by themselves.", one.single)
        if one.single
        else "",
        say.plural("{n} agreement came out of it.", "{n} agreements came out of it.", len(one.agreements))
        if one.agreements
        else "",
    ]
    return " ".join(filter(None, said)) or say("Nothing is tied to it.")


def urgency_questions(
    say: Voice,
    known: Cooperation,
    contacts: Contacts | None,
    away: Sequence[Away],
    calm: Calm,
    domains: Mapping[str, str],
) -> list[str]:
    """What to ask, with the facts filled in; only questions that the log gives rise to."""
    asked = [_contacts(say, known, contacts)] if contacts and (contacts.made or not contacts.young) else []
    asked += [
        say(
            "Nobody from {domain} was there since {day}, {n} weeks ago. Plan it, pause it or stop it?",
            domain=domains[one.domain],
            day=say.date(one.last_there),
            n=one.weeks,
        )
        for one in away
    ]
    return [*asked, _calm(say, calm)]


def _contacts(say: Voice, known: Cooperation, found: Contacts) -> str:
    title = known.incidents[found.incident].title
    if not found.made:
        return say(
            "In the {days} days after “{incident}” nobody met who had not met in the year before. "
            "Was what we had enough?",
            days=found.within,
            incident=title,
        )
    new = say("not before in this log") if found.young else say("not in the year before")
    fact = say.plural(
        "{n} pair of organisations met in the {days} days after “{incident}” and {new}.",
        "{n} pairs of organisations met in the {days} days after “{incident}” and {new}.",
        len(found.made),
        days=found.within,
        incident=title,
        new=new,
    )
    lost = [one for one in found.made if one not in found.again]
    again = say.plural("{n} of them met again later.", "{n} of them met again later.", len(found.again))
    question = say("Which of these contacts is still alive?")
    named = say("Not seen again: {pairs}.", pairs=_pairs(say, known, lost)) if lost else ""
    return " ".join(filter(None, (question, fact, again, named)))


def _pairs(say: Voice, known: Cooperation, pairs: Sequence[tuple[int, int]]) -> str:
    shown = [say("{a} with {b}", a=known.partners[a].name, b=known.partners[b].name) for a, b in pairs[:4]]
    more = [say("and {n} more", n=len(pairs) - 4)] if len(pairs) > 4 else []
    return "; ".join([*shown, *more])


def _calm(say: Voice, found: Calm) -> str:
    when = say.quarter(found.quarter.first)
    if found.serious:
        return say.plural(
            "{quarter} had {n} serious incident. What would we have done without it?",
            "{quarter} had {n} serious incidents. What would we have done without them?",
            found.serious,
            quarter=when,
        )
    return say.plural(
        "No serious incident in {quarter}: what did we do in peacetime? The log has {n} joint activity.",
        "No serious incident in {quarter}: what did we do in peacetime? The log has {n} joint activities.",
        found.activities,
        quarter=when,
    )


def _when(say: Voice, days: int | None) -> str:
    if days is None:
        return say("not seen in the log")
    return say("on the same day") if days == 0 else say("after {days}", days=say.days(days))
