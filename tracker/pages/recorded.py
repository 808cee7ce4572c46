"""What is and isn't recorded, for a privacy officer: read off the records and the guard themselves."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from tracker.analysis.quarter import Quarter
from tracker.pages.around import frame, write
from tracker.privacy import BLOCKED, WARNED
from tracker.store import KINDS, text_fields
from tracker.words import Words

_FIGURES = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
# The kind, and the sixth cell: held out.
_ROW = re.compile(r"\| `(\w+)` \|(?:[^|]*\|){4} (\d+) of (\d+) =")
_SHOWN = 50


def draw() -> None:
    """From what is never here to what is, and then how well that is watched."""
    say = frame.voice()
    write.heading(say("What is and isn’t recorded"), 1)
    write.points(say.never_recorded())
    _looked_for(say)
    _overrides(say)
    _standing(say)
    _kept(say)
    _fields(say)


def _looked_for(say: Words) -> None:
    write.heading(say("What every text is searched for"))
    refused, asked = say("is refused"), say("is asked about")
    figures = {kind: say("{n} of {total}", n=n, total=total) for kind, (n, total) in _figures().items()}
    rows = [
        (say.guarded_kind(kind), refused if kind in BLOCKED else asked, figures.get(kind, "–"))
        for kind in (*BLOCKED, *WARNED)
    ]
    head = (say("Kind"), say("A text with it"), say("Found of those in a test"))
    write.table(head, rows, caption=say("What the guard on texts looks for"))
    write.paragraph(
        say("The guard does not find everything. First names and names behind a role it leaves alone.")
    )


def _overrides(say: Words) -> None:
    quarter = Quarter.of(frame.today())
    write.heading(say("What was let pass this quarter"))
    found = frame.current_store().register.overrides(quarter.first, quarter.last)
    if not found:
        write.paragraph(say("Nothing was let pass this quarter."))
        return
    rows = [
        (say.guarded_kind(kind), say.override_reason(why), str(number))
        for (kind, why), number in sorted(found.items())
    ]
    head = (say("Kind"), say("Reason"), say("How often"))
    write.table(head, rows, caption=say("False alarms by kind and reason"))


def _standing(say: Words) -> None:
    """Texts from before a rule existed; a button, because it reads the whole log."""
    if not frame.may("read_history"):
        return
    write.heading(say("What stands in the log now"))
    if not st.button(say("Look at every text again"), key="scan_texts"):
        return
    found = frame.current_store().register.scan_texts()
    write.paragraph(say.notices_in_all(found))
    for one in found[:_SHOWN]:
        if one.where == "history":
            write.paragraph(say.notice(one))
            continue
        where = {"kind": one.where, "id": str(one.record_id)}
        frame.link("history.py", label=write.label(say.notice(one)), query_params=where)


def _kept(say: Words) -> None:
    write.heading(say("How long it is kept"))
    decided = frame.current_store().register.settings()
    write.points(say.kept_lines(decided))


def _fields(say: Words) -> None:
    write.heading(say("Every field of every kind of record"))
    for kind in KINDS.values():
        with st.expander(say.kind_of_record(kind)):
            rows = say.field_rows(kind, text_fields(kind))
            write.table(
                (say("Field"), say("What it is"), say("Watched")), rows, caption=say.kind_of_record(kind)
            )


def _figures() -> dict[str, tuple[int, int]]:
    """Kind -> how many of how many held-out texts were found, by the committed figures; {} without those."""
    if not _FIGURES.exists():
        return {}
    lines = _FIGURES.read_text(encoding="utf-8").splitlines()
    found = (_ROW.match(line) for line in lines)
    return {row[1]: (int(row[2]), int(row[3])) for row in found if row}


draw()
