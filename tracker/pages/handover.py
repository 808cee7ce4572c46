"""One page for a successor: what runs, who owns it, what was promised, and why things stopped."""

from __future__ import annotations

from tracker.analysis import partners
from tracker.analysis.agreements import kept
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.question import Question
from tracker.analysis.rhythm import Rhythm
from tracker.analysis.structure import structure
from tracker.pages.around import frame, readings, write
from tracker.pages.forms import choices
from tracker.pages.parts import agreement_list
from tracker.records import Arrangement
from tracker.words import Words
from tracker.words.rhythms import END_REASONS


def draw() -> None:
    """Made to be printed: sentences and tables only."""
    say = frame.voice()
    today = frame.today()
    known = readings.cooperation(today)
    about = frame.current_store().about()
    name = say("Municipality of {name}", name=about.municipality) if about.municipality else say("Hand-over")
    write.heading(say("What a successor needs to know"), 1)
    write.paragraph(say("{name}, as it stood on {day}.", name=name, day=say.date(today)))
    rhythms = structure(frame.current_store().meetings(today)).rhythms
    write.paragraph(say.sentence(readings.assessment(Question(until=today)).finding))
    _arrangements(say, known, [one for one in rhythms if one.state != "ended"])
    write.heading(say("Gaps in ownership"))
    write.points(say.ownership_lines(known, partners.ownership(known)))
    _promises(say, known)
    _stopped(say, known)
    _organisations(say, known)


def _arrangements(say: Words, known: Cooperation, rhythms: list[Rhythm]) -> None:
    write.heading(say("What runs"))
    if not rhythms:
        write.paragraph(say("There are no arrangements yet."))
        frame.link("rhythm.py", label=say("To the meetings"))
        return
    head = (say("Arrangement"), say("What it is for"), say("Rhythm"), say("Owners"), say("Organisations"))
    rows = [_arrangement(say, known, one) for one in rhythms]
    write.table(head, rows, caption=say("What runs"))


def _arrangement(say: Words, known: Cooperation, one: Rhythm) -> tuple[str, ...]:
    record = known.arrangements[one.agreed.id]
    rhythm = f"{say.cadence(one.agreed.cadence)} · {say.rhythm_state(one)}"
    if one.last_held:
        rhythm += " · " + say("last met on {day}", day=say.date(one.last_held))
    members = record.partner_ids or _who_came(known, one.agreed.id)
    names = "; ".join(known.partners[number].name for number in members)
    return record.name, record.goal, rhythm, _owners(say, known, record), names


def _who_came(known: Cooperation, arrangement: int) -> tuple[int, ...]:
    """Where nobody said who belongs to it: who was there in the last two years, most often first."""
    there = known.attendance.loc[known.attendance["arrangement"] == arrangement, "partner"]
    return tuple(int(number) for number in there.value_counts().index)


def _owners(say: Words, known: Cooperation, one: Arrangement) -> str:
    roles = choices.terms(say, frame.current_store(), "role")
    pairs = ((one.owner_id, one.owner_role), (one.second_owner_id, one.second_owner_role))
    names = [
        f"{known.partners[number].name} ({roles.get(role, role)})" if role else known.partners[number].name
        for number, role in pairs
        if number is not None
    ]
    return " · ".join(names) or say("no owner yet")


def _promises(say: Words, known: Cooperation) -> None:
    write.heading(say("What was promised and is not done yet"))
    found, roles = kept(known), choices.terms(say, frame.current_store(), "role")
    rows = [
        (one.text, agreement_list.owner(known, one, roles), say.agreement_state(one, known.until))
        for one in (known.agreements[number] for number in (*found.overdue, *found.open))
    ]
    if not rows:
        write.paragraph(say("Nothing is open."))
        return
    head = (say("What was agreed"), say("Owner"), say("State"))
    write.table(head, rows, caption=say("What was promised and is not done yet"))


def _stopped(say: Words, known: Cooperation) -> None:
    """Arrangements that ended and agreements that were dropped, each with its reason."""
    ended = [
        (one.name, say.date(one.ended_on), say(END_REASONS[one.end_reason]))
        for one in known.arrangements.values()
        if one.ended_on is not None
    ]
    dropped = [
        (one.text, say.date(one.closed_on), one.reason)
        for one in known.agreements.values()
        if one.state == "wont_do" and one.closed_on is not None
    ]
    write.heading(say("What stopped, and why"))
    if not ended and not dropped:
        write.paragraph(say("Nothing was stopped."))
        return
    head = (say("What"), say("When"), say("Why"))
    write.table(head, [*ended, *dropped], caption=say("What stopped, and why"))


def _organisations(say: Words, known: Cooperation) -> None:
    domains = choices.terms(say, frame.current_store(), "domain")
    seen = known.attendance.groupby("partner")["day"].max()
    rows = [
        (
            one.name,
            domains.get(one.domain, one.domain),
            say.date(seen[number].date()) if number in seen.index else say("not in the last two years"),
        )
        for number, one in sorted(known.partners.items(), key=lambda item: (item[1].domain, item[1].name))
    ]
    if rows:
        write.heading(say("Who belongs to it"))
        head = (say("Organisation"), say("Domain"), say("Last seen"))
        write.table(head, rows, caption=say("Who belongs to it"))


draw()
