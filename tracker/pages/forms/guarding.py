"""A file with what looks like data of people: why a kind of finding is a false alarm, chosen from a list."""

from __future__ import annotations

import streamlit as st

from tracker.exchange import Preview
from tracker.pages.around import write
from tracker.privacy import BLOCKED
from tracker.words import Words

_KEY = "explained."


def explained() -> dict[str, str]:
    """Kind -> why it is none, as far as somebody said so."""
    said = {kind: st.session_state.get(_KEY + kind) for kind in BLOCKED}
    return {kind: why for kind, why in said.items() if why}


def explain(say: Words, preview: Preview) -> None:
    """Asks for each kind that keeps rows out; what was chosen stays in sight, and holds for all rows."""
    codes = {one.code.removeprefix("looks_like_") for one in preview.problems}
    asked = [kind for kind in BLOCKED if kind in codes or kind in preview.explained]
    if not asked:
        return
    write.paragraph(say("This log holds no people. Take their data out of the files first."), role="alert")
    for kind in asked:
        reasons = say.reasons_of_override()
        st.selectbox(
            say.why_no_person(kind, say("all rows")),
            list(reasons),
            format_func=lambda why, reasons=reasons: reasons[why],
            key=_KEY + kind,
        )
