"""Everything out of the log in open formats: a workbook, plain files, and a calendar of what is planned."""

from __future__ import annotations

import streamlit as st

from tracker.exchange import export
from tracker.pages.around import frame, write
from tracker.words import Words
from tracker.words.exports import field_list

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(say: Words) -> None:
    """Four buttons; each file is made when somebody asks for it."""
    store = frame.current_store()
    write.heading(say("Take everything out"))
    write.paragraph(
        say("The files can be brought in again, here or elsewhere. What was taken back stays out.")
    )
    day = frame.today().isoformat()
    with st.container(horizontal=True):
        st.download_button(
            say("Workbook (XLSX)"),
            data=lambda: export.workbook(store, dutch=say.language == "nl"),
            file_name=f"tracker-{day}.xlsx",
            mime=_SHEET,
            on_click="ignore",
        )
        for dutch, label in ((True, say("CSV for a Dutch spreadsheet")), (False, say("Plain CSV"))):
            st.download_button(
                label,
                data=lambda dutch=dutch: export.zipped(
                    store, dutch=dutch, field_list=field_list(say), at=frame.now()
                ),
                file_name=f"tracker-{day}{'' if dutch else '-plain'}.zip",
                mime="application/zip",
                on_click="ignore",
            )
        st.download_button(
            say("Calendar of what is planned (ICS)"),
            data=lambda: export.calendar(store, today=frame.today()),
            file_name=f"tracker-{day}.ics",
            mime="text/calendar",
            on_click="ignore",
        )
