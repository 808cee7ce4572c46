"""Who has which role, what the municipality decided, and the newest lines of the access log."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import address, frame, write
from tracker.pages.forms import access_forms
from tracker.store import Line
from tracker.words import Words
from tracker.words.access import DID
from tracker.words.report import moment

_PAGE = 30


def draw() -> None:
    """All of it for an administrator; for who may not read the whole log, what they did themselves."""
    say, all_of_it = frame.voice(), frame.may("read_log")
    if frame.may("manage_access"):
        _accounts(say)
    else:
        write.heading(say("What the access log says of you"), 1)
    if frame.may("manage_settings"):
        access_forms.settings(say)
    _log(say, all_of_it)


def _accounts(say: Words) -> None:
    accounts = frame.current_store().register.accounts()
    active = sum(bool(one.roles) for one in accounts)
    if not accounts:
        write.heading(say("Nobody signs in here yet"), 1)
        write.paragraph(
            say("Whoever sits at this machine may do everything. Roles are set once people sign in.")
        )
    else:
        write.heading(say.plural("{n} account has a role here", "{n} accounts have a role here", active), 1)
        rows = [
            (
                one.name,
                say.role_names(one.roles) or say("no role"),
                say("an administrator") if one.set_by == "administrator" else say("the sign-in"),
            )
            for one in accounts
        ]
        write.table((say("Account"), say("Roles"), say("Set by")), rows, caption=say("Accounts"))
        access_forms.roles(say, accounts)


def _log(say: Words, all_of_it: bool) -> None:
    """Thirty lines at a time; another choice begins at the newest again."""
    if all_of_it:
        write.heading(say("The access log"))
    write.paragraph(
        say("What was refused, what left the tool and what touched the whole of it. No text of a record.")
    )
    words = {code: say.did_word(code) for code in DID}
    action = address.listed("what", say("What was done"), {"": say("Everything"), **words}, "")
    filters, edge = st.session_state.get("log_before", (action, None))
    edge = edge if filters == action else None
    found = frame.current_store().register.log(action=action, limit=_PAGE + 1, before=edge)
    if not found:
        write.paragraph(say("There is no such line."))
        return
    head = (say("When"), say("Who"), say("What was done"), say("On what"), say("How it ended"))
    write.table(head, [_cells(say, line) for line in found[:_PAGE]], caption=say("The access log"))
    _turn(say, action, found, edge)


def _cells(say: Words, line: Line) -> tuple[str, ...]:
    role = say.role_names(line.role.split())
    who = f"{line.actor} ({role})" if role else line.actor
    return (moment(say, line.at), who, say.did_word(line.action), say.line_about(line), say.result_word(line))


def _turn(say: Words, action: str, found: list[Line], edge: int | None) -> None:
    """To what is older, and back to the newest."""
    with st.container(horizontal=True):
        if len(found) > _PAGE and st.button(say("To older lines")):
            st.session_state["log_before"] = (action, found[_PAGE - 1].seq)
            st.rerun()
        if edge and st.button(say("Back to the newest")):
            del st.session_state["log_before"]
            st.rerun()


draw()
