"""The quarterly evaluation in words: its questions in short, what was decided, and facts that stand still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.quarter import Quarter
from tracker.records import Agreement
from tracker.words import ties
from tracker.words.report import COMPARED
from tracker.words.voice import N_, Voice

# Under which of the three headings a question stands.
AIMS = {
    "purposeful": N_("Purposeful"),
    "sustainable": N_("Sustainable"),
    "legitimate": N_("Legitimate"),
}
# The nine questions as short as a row of them asks.
SHORT = {
    "happened": N_("Happened"),
    "response": N_("Response"),
    "agreements": N_("Agreed"),
    "quiet": N_("Quiet"),
    "missing": N_("Missing"),
    "survived": N_("Survived"),
    "peacetime": N_("Peacetime"),
    "legal": N_("Law"),
    "told": N_("Told"),
}


def question_place(say: Voice, aim: str, number: int, of: int, minutes: int) -> str:
    """Where the meeting is: "Duurzaam · vraag 4 van 9 · ongeveer 10 minuten"."""
    place = say("question {n} of {of}", n=number, of=of)
    return " · ".join((say(AIMS[aim]), place, say("about {n} minutes", n=minutes)))


def became_line(say: Voice, quarter: Quarter, found: Sequence[Agreement], until: date) -> str:
    """The conclusion about the decisions of an earlier evaluation: how many are done, open or dropped."""
    name = ties.quarter(say, quarter)
    if not found:
        return say("No earlier evaluation left a decision.")
    waiting = [one for one in found if one.state == "open"]
    counted = {
        N_("{n} done"): sum(one.state == "done" for one in found),
        N_("{n} not done yet"): sum(one.due_on >= until for one in waiting),
        N_("{n} overdue"): sum(one.due_on < until for one in waiting),
        N_("{n} dropped with a reason"): sum(one.state == "wont_do" for one in found),
    }
    parts = [say(text, n=say.number(n)) for text, n in counted.items() if n]
    return say.plural(
        "The evaluation of {quarter} left {n} decision: {parts}.",
        "The evaluation of {quarter} left {n} decisions: {parts}.",
        len(found),
        quarter=name,
        parts=say.and_list(parts),
    )


def decided_line(say: Voice, found: Sequence[Agreement]) -> str:
    """How much an evaluation decided."""
    if not found:
        return say("Nothing was decided in this evaluation yet.")
    return say.plural(
        "{n} decision was made in this evaluation.", "{n} decisions were made in this evaluation.", len(found)
    )


def decision_line(say: Voice, known: Cooperation, one: Agreement, roles: Mapping[str, str]) -> str:
    """One decision: what, which organisation, in which role, and before when."""
    owner = known.partners[one.owner_id].name if one.owner_id else say("not known")
    who = f"{owner} ({roles.get(one.owner_role, one.owner_role)})" if one.owner_role else owner
    return f"{one.text} · {who} · {say.short_date(one.due_on)}"


def named_line(say: Voice, incidents: int, named: int) -> str:
    """Of how many incidents of the quarter somebody said what a domain calls it."""
    if not incidents:
        return say("There was no incident that domains could name differently.")
    return say.plural(
        "Of {named} of {n} incident somebody said what a domain calls it.",
        "Of {named} of the {n} incidents somebody said what a domain calls it.",
        incidents,
        named=say.number(named),
    )


def guarded_line(say: Voice, looks: int) -> str:
    """Whether a text of the log looks like data of a person; the guard does not see everything."""
    if not looks:
        return say("No text about incidents, arrangements and agreements looks like data of a person.")
    return say.plural(
        "{n} text about incidents, arrangements and agreements looks like data of a person.",
        "{n} texts about incidents, arrangements and agreements look like data of a person.",
        looks,
    )


def legal_questions(say: Voice) -> list[str]:
    """What to ask in the room, because no log knows it."""
    return [
        say("A log does not know whether the law was kept. Ask it out loud."),
        say("Did everybody share only what they may share, and is that written down?"),
        say("Cases do not belong here. Was one discussed as if it did?"),
    ]


def as_it_stood(say: Voice, day: date) -> str:
    """That facts stand still since an evaluation was closed."""
    return say("As it stood on {day}, when this evaluation was closed.", day=say.date(day))


def moved_line(say: Voice, then: Mapping[str, int | None], now: Mapping[str, int | None]) -> str:
    """Which counts differ from those that were kept, if they are counted now."""
    moved = [
        say("{what}: {now} instead of {then}", what=say(COMPARED[name]), **_both(say, then[name], now[name]))
        for name in COMPARED
        if name in then and name in now and then[name] != now[name]
    ]
    if not moved:
        return say("Counted now, nothing differs.")
    return say("Counted now it differs: {what}.", what="; ".join(moved))


def _both(say: Voice, then: int | None, now: int | None) -> dict[str, str]:
    shown = {"then": then, "now": now}
    return {name: say("not known") if n is None else say.number(n) for name, n in shown.items()}
