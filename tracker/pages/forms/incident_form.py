"""The form of an incident: what happened, when, how serious; the rest is optional."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages.around import frame
from tracker.pages.forms import choices, meant, saving
from tracker.pages.forms.drafts import Draft
from tracker.pages.forms.fields import Fields
from tracker.pages.parts import national
from tracker.records import Incident
from tracker.words import Words


def draw(say: Words, draft: Draft) -> None:
    """Three required fields, the others under one fold."""
    fields, known = Fields(say, draft), draft.record
    neutral = say("A few neutral words. No names of people.")
    given: dict[str, Any] = {
        "happened_on": fields.day("happened_on", say("Day"), known and known.happened_on),
        "title": fields.text("title", say("What happened?"), known.title if known else "", help=neutral),
        "severity": fields.scale(
            "severity",
            say("How serious was it?"),
            _severities(say),
            known.severity if known else None,
            help=meant.at(say, "severity"),
        ),
        "kind": _term(
            fields, "kind", say("What kind of incident?"), "incident_kind", known.kind if known else "other"
        ),
    }
    with st.expander(say("More, if you want")):
        given |= _more(say, fields, known or Incident(happened_on=frame.today(), title="-", severity=1))
    saving.offer(say, fields, "incident", lambda: Incident(**{**given, "severity": given["severity"] or 0}))
    if draft.stored is None:
        national.draw(say)


def _more(say: Words, fields: Fields, known: Incident) -> dict[str, Any]:
    return {
        "place": fields.text("place", say("Where? Not finer than a neighbourhood"), known.place),
        "scale": _term(fields, "scale", say("How far did it reach?"), "scale", known.scale),
        "phenomenon": _term(
            fields, "phenomenon", say("Phenomenon, if it is known"), "phenomenon", known.phenomenon
        ),
        **{
            name: fields.tick(name, label, getattr(known, name), help=why) for name, label, why in _flags(say)
        },
        "source": fields.text("source", say("Public source, as a web address"), known.source),
        "note": fields.text("note", say("Note"), known.note),
    }


def _flags(say: Words) -> list[tuple[str, str, str]]:
    return [
        ("averted", say("It was averted"), say("It is counted apart and stays out of the figures.")),
        ("exercise", say("It was an exercise"), say("It stays out of the figures.")),
        (
            "lawful_protest",
            say("It was a lawful protest"),
            say("That belongs to democracy. It stays out of the figures."),
        ),
        (
            "reached",
            say("A national event that reached us"),
            say("People here talked about it or partners called. Not: that you acted on it."),
        ),
    ]


def _severities(say: Words) -> list[tuple[int, str, str]]:
    terms = frame.current_store().vocabulary("severity")
    meaning = "definition_nl" if say.language == "nl" else "definition_en"
    return [(int(term.code), say.label(term), getattr(term, meaning)) for term in terms]


def _term(fields: Fields, name: str, label: str, vocabulary: str, value: str) -> str:
    options = choices.terms(fields.say, frame.current_store(), vocabulary, value)
    return fields.choice(name, label, options, value, help=meant.at(fields.say, vocabulary))
