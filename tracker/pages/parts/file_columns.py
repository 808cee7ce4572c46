"""What somebody says about files: the domain of an unknown organisation, and what an unknown column holds."""

from __future__ import annotations

import streamlit as st

from tracker.exchange import Preview
from tracker.exchange.columns import FIELDS
from tracker.pages.around import frame, write
from tracker.pages.forms import choices
from tracker.words import Words
from tracker.words.exports import field_name

_SHOWN = 40


def organisations(say: Words, preview: Preview) -> dict[str, str]:
    """Names that are no known organisation: each becomes one only when somebody says its domain."""
    if not preview.unknown_partners:
        return {}
    domains = {"": say("No organisation"), **choices.terms(say, frame.current_store(), "domain")}
    chosen: dict[str, str] = {}
    with st.container(border=True, key="new_organisations"):
        write.paragraph(
            say("These organisations are not known yet. Choose a domain and they are added. Never a person.")
        )
        for name in preview.unknown_partners[:_SHOWN]:
            domain = st.selectbox(
                write.label(name), list(domains), format_func=domains.__getitem__, key=f"organisation.{name}"
            )
            if domain:
                chosen[name] = domain
    return chosen


def columns(say: Words, preview: Preview, before: dict[str, str]) -> dict[str, str]:
    """For every column nobody knows: what it holds, or nothing; as it was for an earlier file."""
    chosen: dict[str, str] = {}
    for file in preview.files:
        unknown = [heading for name, heading in preview.unknown_columns if name == file.file]
        if not unknown:
            continue
        label = write.label(say("Columns of {file} that are not known", file=file.file))
        missing = any(one.code == "missing_column" and one.file == file.file for one in preview.problems)
        with st.expander(label, expanded=missing):
            for heading in unknown:
                options = ["", *FIELDS[file.table]]
                field = st.selectbox(
                    write.label(heading),
                    options,
                    index=options.index(before[heading]) if before.get(heading) in options else 0,
                    format_func=lambda one: field_name(say, one) if one else say("Leave it out"),
                    key=f"column.{file.file}.{heading}",
                )
                if field:
                    chosen[heading] = field
    return chosen
