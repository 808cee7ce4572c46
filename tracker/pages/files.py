"""Files in and out: bring lists and calendars in after a look at what they would do; take all of it out."""

from __future__ import annotations

import streamlit as st

from tracker import exchange
from tracker.exchange import Preview, Upload
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.forms import guarding
from tracker.pages.parts import file_questions, files_out
from tracker.records import InvalidRecord
from tracker.store import Conflict, StoreError
from tracker.words import Words
from tracker.words import imports as told
from tracker.words.exports import undone_lines
from tracker.words.import_problems import problem_lines_on_page

_KINDS = ["csv", "xlsx", "ics"]
_SHOWN = 30


def draw() -> None:
    """First what comes in, then what goes out, then what came in before."""
    say = frame.voice()
    write.heading(say("Files"), 1)
    write.paragraph(say("Lists and calendars become the log. You see first what would happen."))
    nonce = st.session_state.setdefault("files_nonce", 0)
    given = st.file_uploader(
        say("Choose files: CSV, XLSX or ICS"), type=_KINDS, accept_multiple_files=True, key=f"upload.{nonce}"
    )
    if given:
        uploads = [Upload(one.name, one.getvalue()) for one in given]
        _look(say, file_questions.read(say, uploads))
    else:
        write.paragraph(say("Names and addresses of people in a calendar are not read."))
        frame.link("recorded.py", label=say("What is and isn’t recorded"))
    files_out.draw(say)
    _earlier(say)


def _look(say: Words, preview: Preview) -> None:
    """What the files would do; nothing is stored while anything is wrong."""
    outcome = "refused" if preview.problems else "trial"
    write.heading(say("What these files would do"))
    write.points(list(told.said_lines(preview, outcome, say))[:_SHOWN])
    guarding.explain(say, preview)
    if preview.problems:
        _problems(say, preview)
        return
    fine = _personal(say, preview)
    if preview.changes_nothing:
        return
    label = say.plural("Bring in {n} row", "Bring in {n} rows", preview.new_rows)
    if st.button(label, type="primary", key="import", disabled=not fine):
        _bring_in(say, preview)


def _problems(say: Words, preview: Preview) -> None:
    """Where, what and what to do; the first of them here, all of them as a file."""
    number = len(preview.problems)
    write.paragraph(
        say.plural(
            "{n} row is not right. Nothing was stored.",
            "{n} places are not right. Nothing was stored.",
            number,
        ),
        role="alert",
        tone="problem",
    )
    write.points(problem_lines_on_page(preview.problems, say, _SHOWN))
    st.download_button(
        say("Download all messages"),
        data=lambda: told.report_bytes(preview, "refused", say),
        file_name=say("messages") + ".csv",
        mime="text/csv",
        on_click="ignore",
    )


def _personal(say: Words, preview: Preview) -> bool:
    """Rows that look like data of people ask for a second look; True when the import may go on."""
    if not preview.personal:
        return True
    write.points(list(told.warning_lines(preview, "trial", say))[:_SHOWN])
    return st.checkbox(say("I looked: no person is meant in these rows."), key="import.personal")


def _bring_in(say: Words, preview: Preview) -> None:
    store, by = frame.current_store(), frame.actor()
    batch = f"{frame.now():%Y%m%d-%H%M%S}-{preview.digest[:8]}"
    try:
        with st.spinner(say("The files are coming in.")):
            why = told.CORRECTED_BECAUSE
            counts = exchange.write(store, preview, by=by, batch=batch, reason=say(why), ticked=True)
    except (InvalidRecord, Conflict):
        write.paragraph(
            say("The log changed in the meantime. Look again first."), role="alert", tone="problem"
        )
        return
    store.remember_columns(preview.mapping)
    st.session_state["files_nonce"] += 1
    total = sum(counts.added.values()) + len(preview.attendance)
    reason = say("Undone right away")
    frame.announce(
        Done(
            say.plural("{n} row came in.", "{n} rows came in.", total),
            lambda: store.undo_batch(batch, reason=reason, by=by),
        )
    )
    st.rerun()


def _earlier(say: Words) -> None:
    """The imports so far; each can be taken back, but for what was changed since."""
    found = frame.current_store().imports()
    if not found:
        return
    write.heading(say("What came in before"))
    for one in found:
        when = one.at.astimezone(frame.now().tzinfo)
        what = say(
            "{day}, {n} rows, {standing} still stand",
            day=say.date(when.date()),
            n=one.added,
            standing=one.standing,
        )
        with st.expander(write.label(f"{what} · {one.by}")):
            reason = st.text_input(
                say("Why do you take it back?"), key=f"undo.why.{one.batch}", max_chars=500
            )
            if one.standing and st.button(say("Take this import back"), key=f"undo.{one.batch}"):
                _take_back(say, one.batch, reason)


def _take_back(say: Words, batch: str, reason: str) -> None:
    try:
        why = reason or say("The import was taken back.")
        undone = frame.current_store().undo_batch(batch, reason=why, by=frame.actor())
    except StoreError as refused:
        write.paragraph(say.problem(refused.code), role="alert", tone="problem")
        return
    again = say("Bring the same file in again to have it back.")
    frame.announce(Done(" ".join([*undone_lines(undone, say), again])))
    st.rerun()


draw()
