"""What counts as working together: the kinds of activity that always do, and changing which those are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from tracker.analysis import policy
from tracker.analysis.question import Question
from tracker.pages.around import frame, readings, write
from tracker.pages.around.frame import Done
from tracker.store import Conflict, Term
from tracker.words import Words

_LIST = "activity_kind"


def draw(say: Words) -> None:
    """What enters the figures and how much was left out, then the kinds; for who may, the choice of those."""
    kinds = frame.current_store().vocabulary(_LIST)
    enough = int(policy.value("joint_partners"))
    write.heading(say("What counts as working together"))
    write.points(
        [
            say(
                "An activity counts when {n} organisations took part, or when its kind always counts.",
                n=enough,
            ),
            say(
                "An incident counts unless it was averted, an exercise or a lawful protest, or happened "
                "elsewhere and was not felt here."
            ),
            say.what_counts(readings.assessment(Question(until=frame.today())).finding),
        ]
    )
    always, with_two = say("always"), say("with {n} organisations", n=enough)
    rows = [(say.label(kind), always if kind.joint else with_two) for kind in kinds]
    write.table(
        (say("Kind of activity"), say("Counts")), rows, caption=say("What counts as working together")
    )
    if frame.may("edit_words"):
        with st.expander(say("Change which kinds always count")):
            _change(say, kinds)


def _change(say: Words, kinds: list[Term]) -> None:
    """All of them as one choice; the verdict follows at once, and one click takes it back."""
    by_code = {kind.code: kind for kind in kinds}
    write.paragraph(say("This changes the figures of every year. Agree on it together first."))
    chosen = st.multiselect(
        say("These kinds always count"),
        list(by_code),
        default=[code for code, kind in by_code.items() if kind.joint],
        format_func=lambda code: say.label(by_code[code]),
        placeholder=say("Choose from the list"),
        key=f"joint_kinds.{frame.current_store().state()}",
    )
    changed = [kind for kind in kinds if kind.joint != (kind.code in chosen)]
    if st.button(say("Save the change"), key="joint_kinds.save") and changed:
        _save(say, changed)


def _save(say: Words, changed: list[Term]) -> None:
    store, by = frame.current_store(), frame.actor()
    try:
        now = [store.correct_term(replace(kind, joint=not kind.joint), seen=kind, by=by) for kind in changed]
    except Conflict:
        changed_meanwhile = say("Somebody else changed this in the meantime. Look again first.")
        write.paragraph(changed_meanwhile, role="alert", tone="problem")
        return

    def undo() -> None:
        for before, after in zip(changed, now, strict=True):
            store.correct_term(before, seen=after, by=by)

    names = say.and_list([say.label(kind) for kind in changed])
    frame.announce(Done(say("Changed: {what}", what=names), undo))
    st.rerun()
