"""The form of a meeting or activity: when, which arrangement, what kind, who was there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from tracker.pages.around import frame
from tracker.pages.forms import choices, entry, meant, organisation_form, saving
from tracker.pages.forms.drafts import Draft
from tracker.pages.forms.fields import Fields
from tracker.records import Activity, Arrangement
from tracker.words import Words


def draw(say: Words, draft: Draft) -> None:
    """Day and kind are required and filled in beforehand; everything else can stay empty."""
    if draft.stored is None:
        _repeat(say)
    fields, store = Fields(say, draft), frame.current_store()
    known = draft.record or Activity(happened_on=frame.today(), kind="regular_meeting")
    given: dict[str, Any] = {"happened_on": fields.day("happened_on", say("Day"), known.happened_on)}
    links = {
        "arrangement_id": fields.choice(
            "arrangement_id",
            say("Which arrangement?"),
            choices.arrangements(say, store, fields.chosen("arrangement_id")),
            str(known.arrangement_id or ""),
            help=say("Choose a new one from the list and it is made when you save."),
        ),
    }
    kinds = choices.terms(say, store, "activity_kind", known.kind)
    help = meant.at(say, "activity_kind")
    given["kind"] = fields.choice("kind", say("What was it?"), kinds, known.kind, help=help)
    links["partner_ids"] = fields.several(
        "partner_ids",
        say("Which organisations took part?"),
        choices.partners(say, store, known.partner_ids, fields.chosen("partner_ids")),
        [str(one) for one in known.partner_ids],
    )
    links["incident_id"] = fields.choice(
        "incident_id",
        say("Was it after an incident?"),
        choices.incidents(say, store, known.incident_id),
        str(known.incident_id or ""),
    )
    with st.expander(say("More, if you want")):
        given |= _more(say, fields, known)
    saving.offer(say, fields, "activity", lambda: _record(say, known, given, links))
    organisation_form.draw(say)


def _repeat(say: Words) -> None:
    """The last meeting of an arrangement, on today: who was there and what it was about come along."""
    store = frame.current_store()
    names = {one.id: one.record.name for one in store.records(Arrangement) if not one.record.ended_on}
    if not names:
        return
    chosen = st.selectbox(
        say("Repeat the last meeting of"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=say("Choose from the list"),
        key="repeat_of",
    )
    last = store.last_of_arrangement(chosen) if chosen is not None else None
    if last is not None:
        del st.session_state["repeat_of"]
        entry.start("activity", repeat=last.record)
        st.rerun()


def _more(say: Words, fields: Fields, known: Activity) -> dict[str, Any]:
    store, unsaid = frame.current_store(), say("Not said")
    modes = choices.terms(say, store, "mode", known.mode, none=say("Follows from the above"))
    phases = choices.terms(say, store, "phase", known.phase, none=unsaid)
    leads = choices.owners(say, store, known.lead_id, fields.chosen("lead_id"))
    leads[""] = say("The owner of the arrangement, or nobody")
    return {
        "title": fields.text("title", say("Subject"), known.title),
        "lead": fields.choice("lead_id", say("Who took the lead?"), leads, str(known.lead_id or "")),
        "mode": fields.choice("mode", say("Why did it take place?"), modes, known.mode),
        "phase": fields.choice(
            "phase", say("Prevention phase"), phases, known.phase, help=meant.at(say, "phase")
        ),
        "note": fields.text("note", say("Note"), known.note),
    }


def _record(say: Words, known: Activity, given: dict[str, Any], links: dict[str, Any]) -> Activity:
    """The rules are checked first, so that nothing new is made for a form that is refused."""
    lead = given["lead"]
    checked = replace(known, **{name: value for name, value in given.items() if name != "lead"})
    store, by = frame.current_store(), frame.actor()
    return replace(
        checked,
        lead_id=choices.partner_ids(say, store, [lead], by)[0] if lead else None,
        arrangement_id=choices.arrangement_id(say, store, links["arrangement_id"], by),
        partner_ids=choices.partner_ids(say, store, links["partner_ids"], by),
        incident_id=int(links["incident_id"]) if links["incident_id"] else None,
    )
