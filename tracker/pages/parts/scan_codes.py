"""The codes of the self-scan that were just made: shown once to be printed, and kept in this session only."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.analysis.self_scan import Round
from tracker.pages.around import frame, write
from tracker.words import Words

_CODES, _HERE = "scan_codes", "lessons"


def shown(say: Words, rounds: Sequence[Round]) -> bool:
    """Every code with its address, while its round is open and until somebody says they are on paper.

    They stand alone on the page, so that it prints as the list it is; True when they do.
    """
    database, scan_id, codes = st.session_state.get(_CODES, ("", 0, ()))
    if database != str(frame.database()) or scan_id not in {one.id for one in rounds if not one.closed}:
        return False
    write.heading(say("The codes, shown only now"), 1)
    write.paragraph(
        say("Print this page or copy the codes. They are stored nowhere, so they cannot be shown again.")
    )
    head = (say("Code for one reply"), say("Address to reply"))
    reply = address(st.context.url or "")
    rows = [(code, f"{reply}{'&' if '?' in reply else '?'}code={code}") for code in codes]
    write.table(head, rows, caption=say("The codes, shown only now"))
    write.paragraph(
        say(
            "A code can also be typed at {address}. That is safer: a browser or a mail program may keep an "
            "address with a code in it.",
            address=reply,
        )
    )
    if st.button(say("I have them. Take them off the screen"), key="scan.seen"):
        del st.session_state[_CODES]
        st.rerun()
    return True


def address(here: str) -> str:
    """Where people reply, from the address of this page, which a browser gives with or without its path."""
    base = here.split("?")[0].rstrip("/").removesuffix(f"/{_HERE}")
    return f"{base}/scan?data=example" if st.session_state.get("example") else f"{base}/scan"


def keep(scan_id: int, codes: Sequence[str]) -> None:
    """Shows these codes of a round from now on; those before them are gone."""
    st.session_state[_CODES] = (str(frame.database()), scan_id, tuple(codes))
