"""One incident on a page: its days as the log tells them, how each domain names it, and looking back."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.analysis.aftermath import Response, response
from tracker.analysis.cooperation import Cooperation
from tracker.pages.around import address, frame, readings, write
from tracker.pages.around.wording import Wording
from tracker.pages.forms import answer_form, choices, framing_form, review_form, standing
from tracker.pages.parts import few_first
from tracker.records import Activity, CheckBack, Framing, Incident
from tracker.store import Stored
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES

_BEFORE = timedelta(days=14)
_AFTER = timedelta(days=91)
_SHOWN = 40


def draw(say: Words, known: Cooperation) -> None:
    """Choose one of the incidents; the newest serious one is open."""
    if not known.incidents:
        return
    newest = sorted(known.incidents.items(), key=lambda item: item[1].happened_on, reverse=True)
    names = {str(n): f"{say.short_date(one.happened_on)} · {one.title}" for n, one in newest}
    serious = [str(number) for _, number in reversed(known.serious)]
    write.heading(say("One incident"))
    chosen = int(address.listed("incident", say("Which incident?"), names, next(iter([*serious, *names]))))
    one = known.incidents[chosen]
    then = readings.cooperation(min(frame.today(), one.happened_on + _AFTER))
    found = response(then, chosen)
    write.paragraph(say.response_line(then, found))
    _days(say, chosen, one, found)
    _framings(say, chosen)
    _answers(say, known, chosen)
    review_form.draw(say, chosen)


def _days(say: Words, number: int, one: Incident, found: Response) -> None:
    """The timeline that the log fills in: nobody has to type it again."""
    store = frame.current_store()
    tied = {held.id: held for held in store.about_incident(Activity, number)}
    around = store.between(one.happened_on - _BEFORE, found.until)
    held = {**{each.id: each for each in around}, **tied}
    rows = sorted(held.values(), key=lambda each: (each.record.happened_on, each.id))
    if not rows:
        write.paragraph(say("Nothing was logged in these days."))
        return
    wording = Wording(say, store)
    lines = [_line(say, wording, one.happened_on, each, each.id in tied) for each in rows]
    head = (say("Day"), say("What"), say("Organisations"), say("Tied to it"))
    caption = say("What the log tells of these days")
    write.heading(caption, 3)
    few_first.draw(say, lines, _SHOWN, lambda some: write.table(head, list(some), caption=caption))


def _line(
    say: Words, wording: Wording, day: date, held: Stored[Activity], tied: bool
) -> tuple[str, str, str, str]:
    number = (held.record.happened_on - day).days
    when = say("day {n}", n=number) if number else say("day 0")
    who = wording.value(held.record, "partner_ids")
    return (
        f"{when} · {say.short_date(held.record.happened_on)}",
        wording.title(held),
        who,
        say("yes") if tied else "",
    )


def _framings(say: Words, number: int) -> None:
    """What each domain calls it, side by side: the same event is not the same thing to everybody."""
    store = frame.current_store()
    domains = choices.terms(say, store, "domain")
    found = store.about_incident(Framing, number)
    write.heading(say("How each domain names it"), 3)
    if found:
        rows = [
            (
                domains.get(one.record.domain, one.record.domain),
                one.record.wording,
                str(one.record.urgency or ""),
            )
            for one in found
        ]
        head = (say("Domain"), say("What this domain calls it"), say("How urgent it feels (1-5)"))
        write.table(head, rows, caption=say("How each domain names it"))
        write.paragraph(say.urgency_gap([one.record for one in found], domains))
    framing_form.draw(say, number)


def _answers(say: Words, known: Cooperation, number: int) -> None:
    """What was answered to the check-backs of this incident."""
    found = [one.record for one in frame.current_store().about_incident(CheckBack, number)]
    if found:
        rows = [
            (say.days(one.after_days), _about(say, known, one), say(FIXED_CODES[one.answer])) for one in found
        ]
        write.heading(say("What was still there later"), 3)
        head = (say("After"), say("What"), say("Answer"))
        write.table(head, rows, caption=say("What was still there later"))
    form = f"answer_{number}"
    standing.draw(
        say,
        say("Change or take back an answer"),
        form,
        CheckBack,
        lambda one: one.record.incident_id == number,
        lambda: answer_form.draw_change(say, form),
    )


def _about(say: Words, known: Cooperation, one: CheckBack) -> str:
    if one.arrangement_id in known.arrangements:
        return known.arrangements[one.arrangement_id].name
    if one.agreement_id in known.agreements:
        return known.agreements[one.agreement_id].text
    return say("all of it")
