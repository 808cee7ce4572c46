"""The form of an agreement: what, who does it, and before when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from tracker.pages import choices, entry, frame, saving, write
from tracker.pages.fields import Fields
from tracker.records import AGREEMENT_ORIGINS, Agreement, InvalidRecord
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES

_WEEKS = 4


def draw(say: Words) -> None:
    """Open at once when something is being changed."""
    draft = entry.draft("agreement")
    correcting = draft.stored is not None
    title = say("Change this agreement") if correcting else say("Make an agreement")
    write.heading(title)
    with st.container(key="form_fields"):
        _form(say, Fields(say, draft), draft.record)


def _form(say: Words, fields: Fields, known: Agreement | None) -> None:
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
        "due_on": fields.day("due_on", say("Before which day?"), due, ahead=True),
    }
    origins = {code: say(FIXED_CODES[code]) for code in AGREEMENT_ORIGINS}
    origin = fields.choice(
        "origin", say("Where was it agreed?"), origins, known.origin if known else "meeting"
    )
    links = {
        "incident": fields.choice(
            "incident_id",
            say("After which incident?"),
            choices.incidents(say, store, known.incident_id if known else None),
            str(known.incident_id or "") if known else "",
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
    saving.offer(
        say, fields, "agreement", lambda: _record(say, known, given, origin, links), main=known is None
    )


def _record(
    say: Words, known: Agreement | None, given: dict[str, Any], origin: str, links: dict[str, str]
) -> Agreement:
    """Without an owner it is refused before anything new is made."""
    store, by = frame.current_store(), frame.actor()
    made = known.made_on if known else min(frame.today(), given["due_on"])
    if not given["owner"]:
        missing = {"owner_id": "required"} | ({} if given["text"] else {"text": "required"})
        raise InvalidRecord(missing)
    return Agreement(
        text=given["text"],
        owner_id=choices.partner_ids(say, store, [given["owner"]], by)[0],
        owner_role=given["owner_role"],
        due_on=given["due_on"],
        made_on=made,
        origin=origin,
        incident_id=int(links["incident"]) if links["incident"] else None,
        arrangement_id=choices.arrangement_id(say, store, links["arrangement"], by),
        state=known.state if known else "open",
        closed_on=known.closed_on if known else None,
        reason=known.reason if known else "",
    )
