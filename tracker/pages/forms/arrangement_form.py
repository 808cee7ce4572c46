"""Changing an arrangement: its rhythm, who owns it, what it is for, and its end with a reason."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.forms import choices, entry, meant, saving
from tracker.pages.forms.fields import Fields
from tracker.records import END_REASONS, Arrangement
from tracker.words import Words
from tracker.words.rhythms import END_REASONS as END_WORDS


def draw(say: Words) -> None:
    """Choose one, change it; a temporary group becomes a standing one by its kind and a rhythm."""
    if not frame.may("edit"):
        return
    write.heading(say("Change an arrangement"))
    write.paragraph(say("Give it owners, a rhythm and a goal, or an end with a reason."))
    store = frame.current_store()
    names = {one.id: one.record.name for one in store.records(Arrangement)}
    draft = entry.draft("arrangement")
    if draft.stored is not None:  # renamed by somebody else meanwhile: the choice and what was typed stay
        names[draft.stored.id] = draft.stored.record.name
    put_back = draft.stored.id if draft.stored and draft.typed else None
    chosen = st.selectbox(
        say("Which one?"),
        list(names),
        format_func=names.__getitem__,
        index=list(names).index(put_back) if put_back else None,
        placeholder=say("Choose from the list"),
        key="change_arrangement",
    )
    if chosen is None:
        return
    if draft.stored is None or draft.stored.id != chosen:
        entry.start("arrangement", correct=store.get(Arrangement, chosen))
        draft = entry.draft("arrangement")
    with st.container(key="form_fields"):
        _form(say, Fields(say, draft), draft.record)


def _form(say: Words, fields: Fields, known: Arrangement) -> None:
    given = _rhythm(say, fields, known)
    owners, roles = _owners(say, fields, known)
    with st.expander(say("What it is for, and where it came from")):
        given |= _purpose(say, fields, known)
    ends = {"": say("It goes on"), **{code: say(END_WORDS[code]) for code in END_REASONS}}
    end = fields.choice("end_reason", say("Does it stop?"), ends, known.end_reason)

    def record() -> Arrangement:
        store, by = frame.current_store(), frame.actor()
        day = known.ended_on or frame.today()
        ids = {name: choices.partner_ids(say, store, chosen, by) for name, chosen in owners.items()}
        return Arrangement(
            **given,
            **roles,
            owner_id=next(iter(ids["owner"]), None),
            second_owner_id=next(iter(ids["second"]), None),
            partner_ids=ids["members"],
            ended_on=day if end else None,
            end_reason=end,
        )

    saving.offer(say, fields, "arrangement", record, main=False)


def _rhythm(say: Words, fields: Fields, known: Arrangement) -> dict[str, Any]:
    store = frame.current_store()
    last = store.last_of_arrangement(fields.draft.stored.id) if fields.draft.stored else None
    day = known.started_on or (last.record.happened_on if last else frame.today())
    kinds = choices.terms(say, store, "arrangement_kind", known.kind)
    graces = {str(weeks): say.plural("{n} week", "{n} weeks", weeks) for weeks in range(9)}
    graces.setdefault(str(known.grace_weeks), say.plural("{n} week", "{n} weeks", known.grace_weeks))
    return {
        "name": fields.text("name", say("Name"), known.name),
        "kind": fields.choice(
            "kind",
            say("What kind of arrangement?"),
            kinds,
            known.kind,
            help=meant.at(say, "arrangement_kind"),
        ),
        "cadence": fields.choice(
            "cadence", say("How often does it meet?"), choices.rhythms(say, known.cadence, day), known.cadence
        ),
        "grace_weeks": int(fields.choice("grace_weeks", say("Late after"), graces, str(known.grace_weeks))),
    }


def _owners(say: Words, fields: Fields, known: Arrangement) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Options of `choices` that become organisations when the form is saved; and the role of each owner."""
    store = frame.current_store()
    first = choices.owners(say, store, known.owner_id, fields.chosen("owner_id"))
    second = choices.owners(say, store, known.second_owner_id, fields.chosen("second_owner_id"))
    owner = fields.choice("owner_id", say("Who owns it?"), first, str(known.owner_id or ""))
    role = _role(say, fields, "owner_role", say("Role of the owner"), known.owner_role)
    other = fields.choice(
        "second_owner_id",
        say("Who is the second owner?"),
        second,
        str(known.second_owner_id or ""),
        help=say("Best from another domain: who takes over when the first one leaves?"),
    )
    other_role = _role(
        say, fields, "second_owner_role", say("Role of the second owner"), known.second_owner_role
    )
    members = fields.several(
        "partner_ids",
        say("Which organisations belong to it?"),
        choices.partners(say, store, known.partner_ids, fields.chosen("partner_ids")),
        [str(one) for one in known.partner_ids],
    )
    owners = {"owner": [owner] if owner else [], "second": [other] if other else [], "members": members}
    return owners, {"owner_role": role, "second_owner_role": other_role}


def _role(say: Words, fields: Fields, name: str, label: str, standing: str) -> str:
    terms = choices.terms(say, frame.current_store(), "role", standing, none=say("Not said"))
    return fields.choice(name, label, terms, standing)


def _purpose(say: Words, fields: Fields, known: Arrangement) -> dict[str, Any]:
    store = frame.current_store()
    phases = choices.terms(say, store, "phase", known.phase, none=say("Not said"))
    born = choices.incidents(say, store, known.incident_id)
    incident = fields.choice(
        "incident_id", say("Did it begin after an incident?"), born, str(known.incident_id or "")
    )
    return {
        "goal": fields.text("goal", say("What is it for?"), known.goal),
        "phase": fields.choice(
            "phase", say("Prevention phase"), phases, known.phase, help=meant.at(say, "phase")
        ),
        "started_on": fields.day("started_on", say("When did it begin?"), known.started_on, empty=True),
        "incident_id": int(incident) if incident else None,
    }
