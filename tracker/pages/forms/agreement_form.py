"""The form of an agreement: what, who does it, and before when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.forms import choices, entry, saving
from tracker.pages.forms.fields import Fields
from tracker.records import AGREEMENT_ORIGINS, AGREEMENT_STATES, Agreement, InvalidRecord
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES, offered_word

_WEEKS = 4
_NEW = "agreement"
CHANGE = "change_agreement"


def draw(say: Words) -> None:
    """A new agreement; what is typed here stays when another one is changed meanwhile."""
    if not frame.may("edit"):
        return
    write.heading(say("Make an agreement"))
    with st.container(key="form_fields"):
        _form(say, Fields(say, entry.draft(_NEW)), _NEW)


def start_after(incident: int) -> None:
    """Opens a new agreement with the incident filled in; a text that was typed already stays."""
    typed = st.session_state.get(f"text.{entry.draft(_NEW).nonce}", "")
    entry.start(_NEW, incident=incident)
    if typed:
        st.session_state[f"text.{entry.draft(_NEW).nonce}"] = typed


def start_change(number: int) -> None:
    """Opens the fields of a stored agreement, to be drawn where it stands."""
    entry.start(CHANGE, correct=frame.current_store().get(Agreement, number))


def changing() -> int | None:
    """The agreement that is being changed now, if any."""
    stored = entry.draft(CHANGE).stored
    return stored.id if stored else None


def draw_change(say: Words) -> None:
    """The fields of the agreement that is being changed."""
    write.heading(say("Change this agreement"), 3)
    with st.container(key="form_change"):
        _form(say, Fields(say, entry.draft(CHANGE)), CHANGE)


def _form(say: Words, fields: Fields, form: str) -> None:
    known: Agreement | None = fields.draft.record
    store = frame.current_store()
    due = known.due_on if known else frame.today() + timedelta(weeks=_WEEKS)
    given: dict[str, Any] = {
        "text": fields.text("text", say("What was agreed?"), known.text if known else ""),
        "owner": fields.choice(
            "owner_id",
            say("Which organisation does it?"),
            choices.owners(say, store, known.owner_id if known else None, fields.chosen("owner_id")),
            str(known.owner_id) if known else "",
        ),
        "owner_role": fields.choice(
            "owner_role",
            say("In which role?"),
            choices.terms(say, store, "role", known.owner_role if known else "", none=say("Not said")),
            known.owner_role if known else "",
            help=say("A role, never a person."),
        ),
        "due_on": fields.day("due_on", say("On which day at the latest?"), due, ahead=True),
    }
    origins = {code: offered_word(say, code) for code in AGREEMENT_ORIGINS}
    about = known.incident_id if known else fields.draft.incident
    usual = "meeting" if about is None else "incident"
    origin = fields.choice("origin", say("Where was it agreed?"), origins, known.origin if known else usual)
    links = {
        "incident": fields.choice(
            "incident_id",
            say("After which incident?"),
            choices.incidents(say, store, about),
            str(about or ""),
        )
        if origin == "incident"
        else "",
        "arrangement": fields.choice(
            "arrangement_id",
            say("In which arrangement?"),
            choices.arrangements(say, store, fields.chosen("arrangement_id")),
            str(known.arrangement_id or "") if known else "",
        )
        if origin == "meeting"
        else "",
    }
    ends = _end(say, fields, known) if known and known.state != "open" else {}
    saving.offer(
        say, fields, form, lambda: _record(say, known, given, origin, links, ends), main=known is None
    )


def _end(say: Words, fields: Fields, known: Agreement) -> dict[str, Any]:
    """What became of a closed one: it can be opened again, and dropping it keeps its own reason."""
    states = {code: say(FIXED_CODES[code]) for code in AGREEMENT_STATES}
    state = fields.choice("state", say("What became of it?"), states, known.state)
    if state == "open":
        return {"state": state}
    day = fields.day("closed_on", say("On which day was it closed?"), known.closed_on)
    why = fields.text("why_not", say("Why not?"), known.reason) if state == "wont_do" else ""
    return {"state": state, "closed_on": day, "reason": why}


def _evaluation(known: Agreement | None, origin: str) -> dict[str, Any]:
    """A decision of an evaluation stays one of that quarter while it is said to come from a review."""
    kept = known is not None and origin == "review"
    return {"quarter": known.quarter, "topic": known.topic} if kept else {}


def _record(
    say: Words,
    known: Agreement | None,
    given: dict[str, Any],
    origin: str,
    links: dict[str, str],
    ends: dict[str, Any],
) -> Agreement:
    """Without an owner it is refused before anything new is made."""
    store, by = frame.current_store(), frame.actor()
    made = known.made_on if known else min(frame.today(), given["due_on"])
    if not given["owner"]:
        missing = {"owner_id": "required"} | ({} if given["text"] else {"text": "required"})
        raise InvalidRecord(missing)
    if ends.get("state") == "wont_do" and not ends["reason"].strip():  # beside its field, not at the change
        raise InvalidRecord({"why_not": "required"})
    return Agreement(
        text=given["text"],
        owner_id=choices.partner_ids(say, store, [given["owner"]], by)[0],
        owner_role=given["owner_role"],
        due_on=given["due_on"],
        made_on=made,
        origin=origin,
        incident_id=int(links["incident"]) if links["incident"] else None,
        arrangement_id=choices.arrangement_id(say, store, links["arrangement"], by),
        **_evaluation(known, origin),
        **ends,
    )
