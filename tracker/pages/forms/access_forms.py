"""Setting the roles of an account, and what the municipality decided about terms and notes."""

from __future__ import annotations

import streamlit as st

from tracker.access import MAY_BE_SHOWN_NOTES, ROLES
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.forms import entry
from tracker.pages.forms.fields import Fields
from tracker.records import InvalidRecord
from tracker.store import Account
from tracker.words import Words
from tracker.words.access import ROLE_NAMES, ROLES_EXPLAINED, SETTINGS

_ROLES, _SETTINGS, _NOTES = "roles", "settings", "notes_shown_to"


def roles(say: Words, accounts: list[Account]) -> None:
    """One account gets these roles at once, or none; also an account that never signed in."""
    with st.expander(say("Set the roles of an account")):
        write.points([f"{say(ROLE_NAMES[role])}: {say(ROLES_EXPLAINED[role])}" for role in ROLES])
        fields = Fields(say, entry.draft(_ROLES))
        held = {one.name: [role for role in ROLES if role in one.roles] for one in accounts}
        known = {name: name for name in held} | {"": say("Another account")}
        name = chosen = fields.choice("account", say("Which account?"), known, next(iter(held), ""))
        if not chosen:
            called = say("How is that account called when it signs in?")
            as_there = say("Exactly as the sign-in of the municipality writes it, often an e-mail address.")
            name = fields.text("name", called, "", help=as_there).strip()
        # A field for each account, filled with what it has: nobody loses a role that was only not seen.
        field = f"{_ROLES}.{chosen}"
        names = {role: say(ROLE_NAMES[role]) for role in ROLES}
        given = fields.several(field, say("Roles"), names, held.get(chosen, []))
        write.paragraph(say("Without a role the account may do nothing. It counts from the next click on."))
        fields.problems_elsewhere()
        if st.button(say("Set these roles"), key="save.roles"):
            _set(say, fields, name, (held.get(name, []), given), field)


def _set(
    say: Words, fields: Fields, name: str, before_and_now: tuple[list[str], list[str]], field: str
) -> None:
    register, by, (before, given) = frame.current_store().register, frame.actor(), before_and_now
    try:
        account = register.set_roles(name, given, by=by)
    except InvalidRecord as refused:
        fields.refuse({field if where == _ROLES else where: code for where, code in refused.problems.items()})
        return
    entry.drop(_ROLES)
    told = say.role_names(account.roles) or say("no role")
    text = say("{name} has now: {roles}", name=account.name, roles=told)
    frame.announce(Done(text, lambda: register.set_roles(account.name, before, by=by)))
    st.rerun()


def settings(say: Words) -> None:
    """How long is kept what, and who else may read notes."""
    register = frame.current_store().register
    years, notes = register.years_kept(), register.settings().get(_NOTES, [])
    with st.expander(say("How long things are kept, and who reads notes")):
        write.paragraph(
            say(
                "The command purge takes away what is older; it shows first what would go. It is never done "
                "by itself."
            )
        )
        fields = Fields(say, entry.draft(_SETTINGS))
        typed = {name: fields.text(name, say(SETTINGS[name]), str(now)) for name, now in years.items()}
        choices = {role: say(ROLE_NAMES[role]) for role in ROLES if role in MAY_BE_SHOWN_NOTES}
        chosen = fields.several(_NOTES, say(SETTINGS[_NOTES]), choices, notes)
        fields.problems_elsewhere()
        if st.button(say("Keep these settings"), key="save.settings"):
            wanted = {name: _number(text) for name, text in typed.items()} | {_NOTES: chosen}
            by, before = frame.actor(), {**years, _NOTES: notes}
            try:
                register.decide_all(wanted, by=by)
            except InvalidRecord as refused:
                fields.refuse(refused.problems)
            entry.drop(_SETTINGS)
            told = say("The settings are kept.")
            frame.announce(Done(told, lambda: register.decide_all(before, by=by)))
            st.rerun()


def _number(typed: str) -> int | str:
    """A whole number, or what was typed, which the store then refuses."""
    return int(typed) if typed.strip().isascii() and typed.strip().isdigit() else typed
