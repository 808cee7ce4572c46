"""When the program fails: the visitor gets a reference to what stands in the log of the server."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from tracker.pages.around import frame, style, write
from tracker.pages.around.log_lines import reference


def show(error: Exception) -> bool:
    """Says on the page that something failed, with the reference under which it stands in the log.

    Streamlit calls it for whatever a page, a fragment or a callback raises, after writing that in the log.
    A callback runs before the page and the page then not, so the style comes along. True: nothing else is
    shown of the error.
    """
    if "language" not in st.session_state:
        frame.choose_language()
    say, number = frame.voice(), reference(error)
    style.apply()
    write.heading(say("Something went wrong here"), 1)
    write.paragraph(
        say("It is a fault of the program. Ask for help with this number: {number}.", number=number),
        role="alert",
    )
    write.paragraph(say("Look whether what you filled in was stored. The other pages still work."))
    here = urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True)
    again = say("Load this page again")
    st.html(f'<a href="?{escape(here)}" target="_self">{escape(again)}</a>')
    return True
