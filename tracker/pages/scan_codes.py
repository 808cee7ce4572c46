"""The codes of the self-scan that were just made: shown once to be printed, and kept in this session only."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.pages import frame, write
from tracker.words import Words

_CODES = "scan_codes"


def draw(say: Words) -> None:
    """Every code with its address, until somebody says they are on paper; then nobody sees them again."""
    made = st.session_state.get(_CODES)
    if made is None or made[0] != str(frame.database()):
        return
    write.heading(say("The codes, shown only now"))
    write.paragraph(
        say("Print this page or copy the codes. They are stored nowhere, so they cannot be shown again.")
    )
    head = (say("Code for one reply"), say("Address to reply"))
    base = (st.context.url or "").rstrip("/")
    rows = [(code, f"{base}/scan?code={code}") for code in made[1]]
    write.table(head, rows, caption=say("The codes, shown only now"))
    write.paragraph(
        say(
            "A code can also be typed at {address}. That is safer: a browser or a mail program may keep an "
            "address with a code in it.",
            address=f"{base}/scan",
        )
    )
    if st.button(say("I have them. Take them off the screen"), key="scan.seen"):
        forget()
        st.rerun()


def keep(codes: Sequence[str]) -> None:
    """Shows these codes from now on; those before them are gone."""
    st.session_state[_CODES] = (str(frame.database()), tuple(codes))


def forget() -> None:
    """Takes the codes off the screen."""
    st.session_state.pop(_CODES, None)
