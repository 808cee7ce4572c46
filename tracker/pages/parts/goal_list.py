"""The shared goals as they stand today, and making, changing or taking back one."""

from __future__ import annotations

from tracker.pages.around import frame, readings, write
from tracker.pages.forms import goal_form, standing
from tracker.records import Goal
from tracker.words import Words


def draw(say: Words) -> None:
    """One conclusion, the goals with what each comes to, then the form."""
    found = readings.progress(frame.today())
    write.heading(say.goals_line(found), 1)
    if found:
        goals = {one.id: one.record for one in frame.current_store().records(Goal)}
        head = (say("Goal"), say("What is asked"), say("Day"), say("How it stands"), say("What it comes to"))
        rows = [say.goal_row(goals[one.goal], one) for one in found]
        write.table(head, rows, caption=say("Shared goals"))
        write.paragraph(
            say("How it stands is counted from the log, today or on the day of the goal. Nobody fills it in.")
        )
    standing.draw(
        say,
        say("Change or take back a goal"),
        goal_form.CHANGE,
        Goal,
        lambda _: True,
        lambda: goal_form.draw_change(say),
    )
    goal_form.draw(say)
