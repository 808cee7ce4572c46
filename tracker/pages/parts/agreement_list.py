"""The agreements as they stand: done in one click, dropped with a reason, or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from tracker.analysis.agreements import Kept
from tracker.analysis.cooperation import Cooperation
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.around.wording import Wording
from tracker.pages.forms import agreement_form, choices, saving, standing, taking_back
from tracker.pages.parts import changed, few_first
from tracker.records import Agreement, InvalidRecord
from tracker.store import Conflict
from tracker.words import N_, Words

_SHOWN = 12


def draw(say: Words, known: Cooperation, found: Kept) -> None:
    """What waits as items with buttons, what was closed as a table."""
    waiting = [*found.overdue, *found.open]
    roles = choices.terms(say, frame.current_store(), "role")
    if waiting:
        write.heading(say("What is open"))

    def items(some: Sequence[int]) -> None:
        for number in some:
            item(say, known, number, roles)

    few_first.draw(say, waiting, _SHOWN, items)
    if found.closed:
        with st.expander(say.plural("{n} closed agreement", "{n} closed agreements", len(found.closed))):
            closed_table(say, known, found.closed)
    standing.draw(
        say,
        say("Change or take back a closed agreement"),
        agreement_form.CHANGE,
        Agreement,
        lambda one: one.withdrawn or one.record.state != "open",
        lambda: agreement_form.draw_change(say),
    )


def owner(known: Cooperation, one: Agreement, roles: dict[str, str]) -> str:
    """The organisation, and the role when one was said."""
    assert one.owner_id is not None, "an agreement without an owner is refused"
    name = known.partners[one.owner_id].name
    return f"{name} ({roles.get(one.owner_role, one.owner_role)})" if one.owner_role else name


def overdue_lines(say: Words, known: Cooperation, found: Kept, *, most: int) -> list[str]:
    """One line an overdue agreement, the first `most` of them."""
    roles = choices.terms(say, frame.current_store(), "role")
    lines = []
    for number in found.overdue[:most]:
        one = known.agreements[number]
        state = say.agreement_state(one, known.until)
        lines.append(f"{one.text} · {owner(known, one, roles)} · {state}")
    return lines


def item(say: Words, known: Cooperation, number: int, roles: dict[str, str]) -> None:
    """One that waits: done in one click, dropped with a reason, or changed where it stands."""
    one = known.agreements[number]
    with st.container(key=f"agreement_{number}"):
        write.paragraph(one.text)
        state = say.agreement_state(one, known.until)
        late = one.due_on < known.until
        write.paragraph(
            f"{owner(known, one, roles)}{'' if late else f' · {state}'}", strong=state if late else ""
        )
        if agreement_form.changing() == number:
            agreement_form.draw_change(say)
            changed.link(say, Agreement, number)
            with st.expander(say("Was it logged by mistake?")):
                store = frame.current_store()
                taking_back.draw(
                    Wording(say, store), store.get(Agreement, number), form=agreement_form.CHANGE
                )
            return
        if not frame.may("edit"):
            return
        with st.container(horizontal=True):
            if st.button(say("Done"), key=f"done.{number}"):
                _close(say, number, state="done", reason="")
            _drop(say, number)
            if st.button(say("Change"), key=f"change.{number}"):
                agreement_form.start_change(number)
                st.rerun()


def _drop(say: Words, number: int) -> None:
    with st.popover(say("Won’t do")):
        reason = st.text_input(say("Why not?"), key=f"drop.why.{number}", max_chars=500)
        if st.button(say("Drop it with this reason"), key=f"drop.{number}"):
            _close(say, number, state="wont_do", reason=reason)


def _close(say: Words, number: int, *, state: str, reason: str) -> None:
    """Closed today; a reason that is missing is asked for beside its field."""
    store, by, today = frame.current_store(), frame.actor(), frame.today()
    if saving.holds_personal_data(say, reason):
        return
    stands = store.get(Agreement, number)
    try:
        closed = replace(
            stands.record, state=state, closed_on=_not_before(stands.record, today), reason=reason
        )
        why = reason or say("Done")
        changed = store.correct(number, closed, seen_version=stands.version, reason=why, by=by)
    except InvalidRecord as refused:
        for field, code in refused.problems.items():
            write.paragraph(say.problem(code, field), role="alert", tone="problem")
        return
    except Conflict:
        write.paragraph(say("Somebody else changed this in the meantime. Look again first."), role="alert")
        return
    said = N_("Done: {what}") if state == "done" else N_("Dropped: {what}")
    undo = say("Undone right away")
    frame.announce(
        Done(
            say(said, what=closed.text),
            lambda: store.correct(number, stands.record, seen_version=changed.version, reason=undo, by=by),
        )
    )
    st.rerun()


def _not_before(one: Agreement, today: date) -> date:
    return max(today, one.made_on) if one.made_on else today


def closed_table(say: Words, known: Cooperation, closed: tuple[int, ...]) -> None:
    """What became of those that are closed."""
    roles = choices.terms(say, frame.current_store(), "role")
    head = (say("What was agreed"), say("Owner"), say("State"))
    rows = [
        (one.text, owner(known, one, roles), say.agreement_state(one, known.until))
        for one in (known.agreements[number] for number in closed)
    ]
    write.table(head, rows, caption=say("Closed agreements"))
