"""The report of the quarter as files, each made when somebody asks for it."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from tracker import report
from tracker.analysis.question import Question
from tracker.pages.around import frame, write
from tracker.pages.parts.meeting import Meeting
from tracker.words import N_, Words

_FORMS = {
    "pdf": (N_("Report (PDF)"), "application/pdf"),
    "pptx": (
        N_("Slides (PPTX)"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "xlsx": (N_("Workbook (XLSX)"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": (N_("Web page (HTML)"), "text/html"),
}


def draw(say: Words, meeting: Meeting) -> None:
    """Four buttons, and a switch for the report that everybody may read."""
    write.heading(say("Make the report"))
    everybody = st.toggle(
        say("For everybody: without names, themes and places, and without small numbers"), key="for_everybody"
    )
    store, today, now = frame.current_store(), frame.today(), frame.now()
    kind = "public" if everybody else "partners"
    why = (
        report.not_for_everybody(Question(until=today - timedelta(days=1)), meeting.quarter)
        if everybody
        else ""
    )
    if why and meeting.frozen is None:
        write.paragraph(say(why), role="alert", tone="problem")
        return

    def made(form: str) -> bytes:
        store.require("export_report", object=f"{meeting.quarter.code}-{kind}.{form}")
        if meeting.frozen is not None:
            return report.FORMATS[form](meeting.frozen.document(say, for_everybody=everybody))
        found = report.gather(store, meeting.quarter, today=today)
        return report.make(found, form, say=say, made_at=now, public=everybody)

    with st.container(horizontal=True):
        for form, (label, mime) in _FORMS.items():
            st.download_button(
                say(label),
                data=lambda form=form: made(form),
                file_name=f"{meeting.quarter.code}-{kind}.{form}",
                mime=mime,
                on_click="ignore",
                key=f"report.{form}",
            )
