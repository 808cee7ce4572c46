"""How it is calculated, in pictures and thresholds, and what may not be concluded."""

from __future__ import annotations

from tracker.analysis import policy
from tracker.analysis.pictures import pictures
from tracker.pages.around import frame, write
from tracker.pages.forms import joint_kinds
from tracker.pages.parts import tour
from tracker.words import Words
from tracker.words.changes import SHORT
from tracker.words.codes import CODES


def draw() -> None:
    """The method page; every number on it is read from the list that the verdict reads."""
    say = frame.voice()
    write.heading(say("How this is calculated"), 1)
    tour.link(say)
    write.paragraph(
        say(
            "Everything partners do together is counted per day. The calculation splits it in two: the "
            "floor, which is there without an incident too, and the extra after an incident, which fades."
        )
    )
    write.paragraph(
        say(
            "The verdict looks at two things. How much goes on in peacetime, compared with the quarter after "
            "an incident? And how does the floor of now compare with a year ago?"
        )
    )
    joint_kinds.draw(say)
    _pictures(say)
    _goals(say)
    _limits(say)
    _constants(say)
    _sources(say)
    frame.link("history.py", label=say("Who changed what"))
    frame.link("recorded.py", label=say("What is and isn’t recorded"))
    frame.link("access.py", label=say("Who may do what, and the access log"))


def _pictures(say: Words) -> None:
    write.heading(say("The method in pictures"))
    write.paragraph(
        say(
            "One sign is one week: ! is an incident, # is working together, . is a quiet week in which "
            "somebody logged, ? is a week that nobody logged. A line is half a year; its last sign goes on."
        )
    )
    rows = []
    for one in pictures():
        told = (
            say("just these weeks")
            if one.told == "once"
            else say.plural("{n} half year", "{n} half years", int(one.told))
        )
        verdict, case = SHORT[one.verdict], CODES[one.case]
        rows.append((one.drawn, told, say(verdict), say(case)))
    head = (say("Picture"), say("How long"), say("Verdict"), say("Meaning"))
    write.table(head, rows, caption=say("The method in pictures"))


def _goals(say: Words) -> None:
    write.heading(say("How shared goals are counted"))
    write.points(say.goal_rules())
    head = (say("Measured by"), say("What is counted"))
    write.table(head, say.measure_rules(), caption=say("How shared goals are counted"))


def _limits(say: Words) -> None:
    write.heading(say("What may not be concluded"))
    write.points(
        [
            say.limits(),
            say("After an incident is not: because of it. The calculation sees what follows, not why."),
            say("Never compare municipalities. Each logs in its own way."),
            say("A fall can be a fall in logging. Weeks that nobody logged are unknown, not zero."),
            say("A half-life of fewer than five incidents says something of these incidents only."),
            say(
                "The figures say nothing of persons, and nothing of whether radicalisation grows or shrinks."
            ),
        ]
    )


def _constants(say: Words) -> None:
    write.heading(say("The thresholds"))
    write.paragraph(say("These are choices. Each has a reason and a day on which it is looked at again."))
    rows = []
    for name, constant in policy.CONSTANTS.items():
        digits = 0 if constant.value == int(constant.value) else 3
        unit, reason = constant.unit, constant.reason
        value = say.number(constant.value, digits)
        rows.append((say(reason), f"{value} {say(unit)}", say.date(constant.review), name))
    head = (say("Reason"), say("Threshold"), say("Looked at again"), say("Name in the code"))
    write.table(head, rows, caption=say("The thresholds"))


def _sources(say: Words) -> None:
    write.heading(say("Literature"))
    write.points(
        [
            "Downs (1972), Up and down with ecology: the issue-attention cycle",
            "Ozaki (1979); Ogata: recursion for the superposition of decays",
            "Burt (2000), Decay functions",
            "Wu & Huberman (2007), Novelty and collective attention",
            "Crane & Sornette (2008), Robust dynamic classes of response",
            "Bernal, Cummins & Gasparrini (2017), Interrupted time series regression",
            "Candia et al. (2019); Lorenz-Spreen et al. (2019); West, Leskovec & Potts (2021)",
        ]
    )
    write.paragraph(
        say(
            "Published half-lives differ by orders of magnitude, so none is used here: only your own log "
            "counts."
        )
    )


draw()
