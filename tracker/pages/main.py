"""Opens the store, sees who is looking and in which language, and hands over to a page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from tracker.pages.around import done, door, example, frame, style, write
from tracker.pages.forms import drafts, entry, unsaved
from tracker.store import StoreError, writable
from tracker.words import LANGUAGES, Words

_ICON = Path(__file__).with_name("icon.png")


def main() -> None:
    """One run of the dashboard for one visitor."""
    # First of all: a run that is broken off before would leave the browser asking for an icon that is gone.
    st.set_page_config(page_icon=str(_ICON), layout="wide")
    door.enter()  # before anything is remembered: what another account left in this session goes
    frame.choose_language()
    say = frame.voice()
    st.set_page_config(page_title=say("From incident to structure"))
    style.apply()
    unsaved.take_up()
    page = st.navigation(_pages(say), position="top")
    _language_switch(say)
    try:
        if door.lets_in(say):
            example.keep_in_address()
            _top_line(say)
            _say_when_read_only(say)
            done.show(say)
            unsaved.show(say)
            page.run()
    except StoreError as error:
        _refuse(say, error)


def _pages(say: Words) -> list[st.Page]:
    """The pages this visitor has; the address of another one then leads nowhere."""
    every = [
        st.Page("today.py", title=say("Today"), default=True),
        st.Page("log.py", title=say("Log"), url_path="log"),
        st.Page("rhythm.py", title=say("Rhythm"), url_path="rhythm"),
        st.Page("trend.py", title=say("Trend"), url_path="trend"),
        st.Page("partners.py", title=say("Partners"), url_path="partners"),
        st.Page("after.py", title=say("After an incident"), url_path="after"),
        st.Page("agreements.py", title=say("Agreements"), url_path="agreements"),
        st.Page("lessons.py", title=say("Lessons"), url_path="lessons"),
        st.Page("evaluation.py", title=say("Evaluation"), url_path="evaluation"),
        st.Page("files.py", title=say("Files"), url_path="files"),
        st.Page("method.py", title=say("Explanation"), url_path="method"),
        st.Page("scan.py", title=say("Self-scan"), url_path="scan", visibility="hidden"),
        st.Page("handover.py", title=say("Hand-over"), url_path="handover", visibility="hidden"),
        st.Page("history.py", title=say("History"), url_path="history", visibility="hidden"),
        st.Page("recorded.py", title=say("What is recorded"), url_path="recorded", visibility="hidden"),
        st.Page("access.py", title=say("Access"), url_path="access", visibility="hidden"),
    ]
    return [page for page in every if frame.opens(page.url_path)]


def _language_switch(say: Words) -> None:
    """Links that load the page anew, because the language of a page is sent before its session exists.

    What is half filled in waits on its desk meanwhile; where it does not, the link asks first.
    """
    with st.container(key="language", horizontal=True):
        for code in LANGUAGES:
            if code == say.language:
                st.html(f'<b aria-current="true" lang="{code}">{code.upper()}</b>')
            elif entry.would_be_lost():
                with st.popover(code.upper()):
                    write.paragraph(say("A form holds something that is not stored yet. It will be empty."))
                    st.html(_link(say, code, say("Change the language all the same")))
            else:
                st.html(_link(say, code, code.upper()))


def _link(say: Words, code: str, text: str) -> str:
    here = {name: st.query_params.get_all(name) for name in st.query_params if name != "lang"}
    if drafts.DESK in st.session_state:  # also before anything lies there: a click sends what was typed last
        here[drafts.DESK] = [st.session_state[drafts.DESK]]
    address = escape(urlencode({**here, "lang": code}, doseq=True))
    name = {"nl": "Nederlands", "en": "English"}[code]
    return f'<a href="?{address}" target="_self" title="{name}" hreflang="{code}">{escape(text)}</a>'


def _top_line(say: Words) -> None:
    """Whose data these are; the example is always marked as such."""
    about = frame.current_store().about()
    if not about.example:
        town = say("Municipality of {name}", name=about.municipality) if about.municipality else ""
        door.who_is_working(say, town)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        tag, name = say("EXAMPLE DATA"), say("Municipality of {name}, made up", name=about.municipality)
        st.html(f'<p><span class="tag">{escape(tag)}</span> {escape(name)}</p>')
        st.button(say("To my own data"), on_click=example.leave)
        st.button(say("Start the example afresh"), on_click=example.renew)


def _say_when_read_only(say: Words) -> None:
    """Whoever cannot save anything hears it before typing."""
    if not writable(frame.current_store().path):
        only = say("You can look here, but nothing can be stored: this computer may not write the database.")
        write.paragraph(only, role="alert", tone="problem")


def _refuse(say: Words, error: StoreError) -> None:
    """The database cannot be used: what is wrong and what to do, and nothing was changed."""
    write.heading(say("The database cannot be used now"), 1)
    write.paragraph(say.problem(error.code), role="alert")
    if error.path is not None:
        write.paragraph(say("It is this file: {path}", path=str(error.path)))
    if st.session_state.get("example"):
        st.button(say("To my own data"), on_click=example.leave)


main()
