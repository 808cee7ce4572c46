"""What stands at the door: signing in, having no role here, and a line that says who is working."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from tracker.pages.around import frame, signing_in, visiting, write
from tracker.pages.around.desk import DESKS
from tracker.store import Denied, SignedOut, StoreError
from tracker.words import Words


def enter() -> None:
    """Each tab says once who came in, before anything asks what they may do."""
    visitor = visiting.current()
    if visitor is None or not visitor.account:
        return
    if st.session_state.get("entered") != (visitor.account, visitor.since):
        with suppress(StoreError):  # what is wrong with the database is told where the page would stand
            frame.own_store().sign_in()
            st.session_state["entered"] = (visitor.account, visitor.since)


def lets_in(say: Words) -> bool:
    """Whether the page may be drawn for this visitor; otherwise says what to do."""
    visitor = visiting.current()
    if visitor is None:
        _sign_in(say, say("Sign in with your account of the municipality."))
        return False
    if not visitor.account:
        return True
    try:
        if frame.own_store().may("view"):
            return True
        frame.own_store().revision()  # says whether the sign-in ended or there is no role
    except Denied:
        pass
    except SignedOut:
        _sign_in(say, say("You were signed in for eight hours, or you signed out elsewhere. Sign in again."))
        return False
    write.heading(say("No access yet"), 1)
    write.paragraph(
        say("You are signed in as {name}, but you have no role here.", name=visitor.account), role="alert"
    )
    write.paragraph(say("Ask who manages this tracker for the role of coordinator or reader."))
    _sign_out_button(say)
    return False


def who_is_working(say: Words, town: str) -> None:
    """One line: the town, and who works here, without signing in or with a way out."""
    visitor = visiting.current()
    if visitor is None:
        return
    if not visitor.account:
        told = say("No sign-in: on this computer you work as {name}.", name=visiting.name())
        write.paragraph(told, tone="quiet", strong=town)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        write.paragraph(say("You work as {name}.", name=visitor.account), tone="quiet", strong=town)
        if end := visiting.ends_soon(frame.now()):
            ending = say("Your sign-in ends at {time}. Save what you are typing first.", time=f"{end:%H:%M}")
            write.paragraph(ending, role="status")
        _sign_out_button(say)


def _sign_in(say: Words, why: str) -> None:
    write.heading(say("Sign in"), 1)
    write.paragraph(why)
    if signing_in.how() == signing_in.OIDC:
        st.button(say("Sign in"), type="primary", on_click=st.login)
    else:
        write.paragraph(say("Load this page again to do so."))


def _sign_out_button(say: Words) -> None:
    st.button(say("Sign out"), on_click=_sign_out, key="sign_out")


def _sign_out() -> None:
    """Ends every tab of this account first, for the cookie of another browser cannot be taken back."""
    frame.own_store().sign_out()
    DESKS.leave_for_good(visiting.name())
    if signing_in.how() == signing_in.OIDC:
        st.logout()
