"""After an incident: what came in the weeks around day 0, what stayed, and one incident looked back on."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.agreements import asked
from tracker.analysis.epochs import Epochs
from tracker.analysis.labels import Labels, against_timing
from tracker.analysis.question import Question
from tracker.pages.around import frame, readings, write
from tracker.pages.parts import attention, day_zero, each_incident, looking_back, one_incident
from tracker.words import Words
from tracker.words.after import CLASSES


def draw() -> None:
    """The conclusion over all incidents first, then the table, then one of them."""
    say = frame.voice()
    question = Question(until=frame.today())
    finding = readings.assessment(question).finding
    around = readings.around(question)
    known = readings.cooperation(frame.today())
    epochs = around.epochs if around else None
    conclusion = say.day_zero(epochs) if epochs else say("Nothing was logged yet.")
    first, stop, more = conclusion.partition(". ")
    write.heading(first + stop.strip(), 1)
    if around is None or epochs is None:
        _nothing(say)
        return
    if epochs.incidents:
        write.paragraph(" ".join(filter(None, (more, say.day_zero_limits(epochs)))))
        day_zero.draw(say, epochs, finding)
        _weeks(say, epochs)
    else:
        write.paragraph(say("A serious incident (3 or higher) that you log, draws its line here."))
        frame.link("log.py", label=say("Log an incident"))
    attention.day_zeros(say, question)
    looking_back.draw(say, known, asked(known))
    each_incident.draw(say, around)
    write.heading(say("What you call structural"))
    labels = against_timing(frame.current_store().modes(question), finding.structural_share)
    write.paragraph(say.labels_line(labels))
    write.paragraph(say.labels_limits())
    if labels.total:
        _labels(say, labels)
    write.heading(say("How activity follows incidents"))
    write.paragraph(say.shape_line(finding))
    head = (say("Figure"), say("Value"), say("What it means"))
    write.table(head, say.around_incidents(finding), caption=say("How activity follows incidents"))
    one_incident.draw(say, known)


def _labels(say: Words, labels: Labels) -> None:
    """Every class with its number and its share; the shares add to 100."""
    head = (say("Label"), say("Activities"), say("Share"))
    rows = [
        (say(CLASSES[name]), say.number(n), f"{say.number(labels.percentages[name])}%")
        for name, n in labels.counts.items()
    ]
    with st.expander(say("View as a table")):
        write.table(head, rows, caption=say("What you call structural"))


def _nothing(say: Words) -> None:
    write.paragraph(say("Log an incident and what partners do together. Then you see here what stays of it."))
    frame.link("log.py", label=say("Log an incident"))


def _weeks(say: Words, epochs: Epochs) -> None:
    with st.expander(say("View as a table")):
        st.dataframe(day_zero.weeks_table(say, epochs), hide_index=True, width="stretch", height=320)


draw()
