"""What came after each incident, and whether something stayed: one row an incident."""

from __future__ import annotations

from tracker.analysis import AroundIncidents
from tracker.analysis.before_after import WINDOWS, IncidentAfter
from tracker.analysis.ratchet import Step
from tracker.pages.around import write
from tracker.words import Words
from tracker.words.after import WINDOW_NAMES


def draw(say: Words, around: AroundIncidents) -> None:
    """Every counted incident: the three windows against the year before, and the ratchet in words."""
    found = around.table
    write.heading(say.before_after(found))
    if not found.incidents:
        return
    steps = {(one.day, one.title): one for one in around.steps}
    head = (say("Incident"), *(say(WINDOW_NAMES[name]) for name in WINDOWS), say("Did something stay?"))
    rows = [_row(say, one, steps.get((one.day, one.title))) for one in reversed(found.incidents)]
    write.table(head, rows, caption=say("What came after each incident, against the year before"))
    write.paragraph(" ".join(filter(None, (say.two_measures(found), say.before_after_limits(found)))))


def _row(say: Words, one: IncidentAfter, step: Step | None) -> tuple[str, ...]:
    severity = say("severity {n}", n=one.severity)
    name = f"{one.title} ({say.short_date(one.day)}, {severity})"
    windows = (_cell(say, one, window) for window in WINDOWS)
    return name, *windows, say.ratchet(step.retention_step if step else None)


def _cell(say: Words, one: IncidentAfter, window: str) -> str:
    after = one.windows[window]
    return f"{say.after_word(after)} · {say.after_ratio(after)}" if after.changed else say.after_ratio(after)
