"""What the log says at one question, large enough for the back of a room."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages.around import drawing, write
from tracker.report.document import SCREEN_ROWS, Picture, Section, Table, in_words
from tracker.words import Words

_SHOWN_ROWS = 6
_LARGER = 1.2
_PAPER = "#FFFFFF"


def draw(say: Words, sections: tuple[Section, ...], facts: str) -> None:
    """The lines, picture and table of each; the heading of the first stands above the page already."""
    for place, one in enumerate(sections):
        if place:
            write.heading(one.heading, 3)
        for line in one.lines:
            write.paragraph(line)
        if one.picture:
            _picture(say, one.picture, (facts, say.language, one.name))
        if one.table and one.table.rows:
            _table(say, one.table, folded=one.picture is not None or len(one.table.rows) > _SHOWN_ROWS)


def _picture(say: Words, one: Picture, about: tuple[str, ...]) -> None:
    dark = st.context.theme.type == "dark"
    drawn = _drawn((*about, one.name, one.alt), one, dark)
    st.vega_lite_chart(drawn, theme=None, width="stretch", key=f"meeting.{one.name}")
    if one.rows > SCREEN_ROWS:
        write.paragraph(say("{n} more in the table.", n=one.rows - SCREEN_ROWS))


def _table(say: Words, one: Table, *, folded: bool) -> None:
    rows = [tuple(in_words(say, cell) for cell in row) for row in one.rows]
    if folded:
        with st.expander(write.label(say("As a table: {what}", what=one.caption))):
            write.table(one.head, rows, caption=one.caption)
    else:
        write.table(one.head, rows, caption=one.caption)


@st.cache_resource(show_spinner=False, max_entries=32)
def _drawn(about: tuple[Any, ...], _one: Picture, dark: bool) -> dict[str, Any]:
    """Kept for as long as the facts stay the same: half a second to draw. One made for light is on white."""
    made_for_it = _one.on_dark if dark else _one.on_light
    spec = (made_for_it or _one.spec)(min(_one.rows, SCREEN_ROWS))
    paper = {"background": _PAPER} if dark and not made_for_it else {}
    return drawing.packed(_larger(spec) | paper)


def _larger(spec: Any) -> Any:
    """The same drawing with larger letters."""
    if isinstance(spec, dict):
        return {
            name: value * _LARGER
            if name.lower().endswith("fontsize") and isinstance(value, int | float)
            else _larger(value)
            for name, value in spec.items()
        }
    return [_larger(one) for one in spec] if isinstance(spec, list) else spec
