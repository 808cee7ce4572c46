"""The codes of the self-scan that were just made: shown once to be printed, and kept in this session only."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.pages import frame, write
from tracker.words import Words

_CODES, _HERE = "scan_codes", "lessons"


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
    reply = address(st.context.url or "")
    rows = [(code, f"{reply}{'&' if '?' in reply else '?'}code={code}") for code in made[1]]
    write.table(head, rows, caption=say("The codes, shown only now"))
    write.paragraph(
        say(
            "A code can also be typed at {address}. That is safer: a browser or a mail program may keep an "
            "address with a code in it.",
            address=reply,
        )
    )
    if st.button(say("I have them. Take them off the screen"), key="scan.seen"):
        forget()
        st.rerun()


def address(here: str) -> str:
    """Where people reply, from the address of this page, which a browser gives with or without its path."""
    base = here.split("?")[0].rstrip("/").removesuffix(f"/{_HERE}")
    return f"{base}/scan?data=example" if st.session_state.get("example") else f"{base}/scan"


def keep(codes: Sequence[str]) -> None:
    """Shows these codes from now on; those before them are gone."""
    st.session_state[_CODES] = (str(frame.database()), tuple(codes))


def forget() -> None:
    """Takes the codes off the screen."""
    st.session_state.pop(_CODES, None)
