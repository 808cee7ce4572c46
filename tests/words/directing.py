"""Goals, the prevention matrix and the guide, made by hand so that the words can be read against them."""

from __future__ import annotations

from datetime import date, timedelta

from tests.analysis.working_together import UNTIL, Met, an_arrangement, an_incident, cooperation, met
from tracker.analysis import prevention, proportion
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.goals import Measured, Progress
from tracker.analysis.involve import involve
from tracker.records import Goal, PlannedShare
from tracker.words import Words

DAY = timedelta(days=1)
FIRST, LAST = date(2024, 7, 1), date(2024, 9, 30)
DOMAINS = {
    "safety": "Veiligheid",
    "social": "Sociaal",
    "education": "Onderwijs",
    "care": "Zorg",
    "justice": "Justitie",
    "community": "Gemeenschap",
}
PHASES = {"primary": "Primair", "secondary": "Secundair", "tertiary": "Tertiair", "response": "Respons"}
PHENOMENA = {"asylum_reception": "Asielopvang"}
CREW = {"P": "safety", "Q": "social", "R": "education", "S": "care", "T": "justice", "U": "community"}


def measured(measure: str, hits: int, trials: int = 0, unknown: int = 0, why: str = "") -> Measured:
    """A count by hand: a share when it has trials, at least so many when it has a `why`."""
    number = Estimate(value=hits, low=hits, high=hits, status="ok")
    value = proportion.exact(hits, trials) if trials else number
    value = Estimate(low=hits, status="open", why=why) if why else value
    return Measured(
        measure=measure, value=value, first=FIRST, last=LAST, hits=hits, trials=trials, unknown=unknown
    )


def stands(status: str, found: Measured, why: str = "") -> Progress:
    return Progress(goal=1, status=status, measured=found, why=why)


STANDING = {
    "meetings_held": stands("cannot_say", measured("meetings_held", 21, 24, 1), "range_covers_target"),
    "domains_met": stands("on_the_way", measured("domains_met", 4)),
    "organisations_met": stands(
        "cannot_say", measured("organisations_met", 9, unknown=2, why="who_came_unknown"), "who_came_unknown"
    ),
    "shared_owners": stands("not_reached", measured("shared_owners", 6, 11)),
    "agreements_on_time": stands("cannot_say", measured("agreements_on_time", 2, 4), "few_trials"),
    "peacetime_activities": stands(
        "cannot_say",
        measured("peacetime_activities", 3, unknown=2, why="weeks_not_logged"),
        "weeks_not_logged",
    ),
    "quiet_at_most": stands("reached", measured("quiet_at_most", 1)),
    "reuse": stands("reached", measured("reuse", 8, 8)),
    "reviewed": stands(
        "cannot_say",
        Measured(measure="reviewed", value=Estimate(why="no_serious_incidents"), first=FIRST, last=LAST),
        "no_serious_incidents",
    ),
}


def a_goal(measure: str, target: float = 80) -> Goal:
    return Goal(text="Samen verder", measure=measure, target=target, due_on=UNTIL)


def log(*rows: Met) -> Cooperation:
    made = [an_arrangement("Weegploeg", phase="secondary", owner_id=16)]
    happened = [an_incident(date(2024, 3, 1), phenomenon="asylum_reception")]
    return cooperation(*rows, domains=CREW, arrangements=made, incidents=happened)


def done(who: str, phase: str, lead: str = "", days: int = 10, **more: object) -> Met:
    return met(UNTIL - days * DAY, who, phase=phase, lead=lead, **more)


FULL = log(
    *[done("PQS", "primary", "P", days=n) for n in (1, 2, 3)],
    done("PQ", "primary", "Q"),
    done("PQRTU", "secondary", days=5, arrangement=1),
    done("PQ", "response", incident=1, days=30),
    done("PQ", ""),
)
SOME = [PlannedShare(phase="primary", domain="safety", share="none")]


def matrix(known: Cooperation, *planned: PlannedShare) -> prevention.Prevention:
    return prevention.prevention(known, prevention.plan(planned, DOMAINS))


def everything(say: Words) -> dict[str, list[str]]:
    """Name of a case -> what is said of it."""
    return {**_goals(say), **_matrix(say), **_guide(say)}


def _goals(say: Words) -> dict[str, list[str]]:
    every = list(STANDING.values())
    lists = {
        "all": every,
        "none": [],
        "one reached": every[6:7],
        "one short": every[1:2],
        "two": every[1:4:2],
    }
    rows = {
        f"goal, {measure}": [" | ".join(say.goal_row(a_goal(measure), one))]
        for measure, one in STANDING.items()
    }
    return {
        **{f"goals, {name}": [say.goals_line(found)] for name, found in lists.items()},
        **rows,
        "goal, half": [say.goal_asked(a_goal("reuse", 7.5))],
    }


def _matrix(say: Words) -> dict[str, list[str]]:
    untold = log(done("PQ", "primary"), done("PQ", ""), done("PQ", ""))
    all_there = log(*[done("PQRSTU", phase) for phase in prevention.PHASES])
    logs = {
        "some planned": (FULL, SOME),
        "nobody told": (untold, []),
        "all there": (all_there, []),
        "empty": (log(), []),
    }
    found = {name: matrix(known, *planned) for name, (known, planned) in logs.items()}
    return {
        **{f"matrix, {name}": _of_matrix(say, one) for name, one in found.items()},
        "cells": sorted({say.cell_line(one) for one in found["some planned"].cells}),
    }


def _of_matrix(say: Words, found: prevention.Prevention) -> list[str]:
    return [
        say.white_spots_line(found, PHASES, DOMAINS),
        say.plan_origin(found),
        *say.led_lines(found, PHASES, DOMAINS),
        say.matrix_told(found),
    ]


def _guide(say: Words) -> dict[str, list[str]]:
    often = log(
        *[done("PQ", "primary", incident=1, days=n) for n in (9, 8, 7)], done("PS", "primary", days=2)
    )
    asked = {
        "both": (often, "asylum_reception", "primary"),
        "a phase": (often, "", "primary"),
        "a phenomenon": (often, "asylum_reception", ""),
        "everything": (often, "", ""),
        "a response": (FULL, "", "response"),
        "nothing known": (log(), "asylum_reception", "tertiary"),
    }
    return {
        f"involve, {name}": _of_guide(say, known, about, phase)
        for name, (known, about, phase) in asked.items()
    }


def _of_guide(say: Words, known: Cooperation, about: str, phase: str) -> list[str]:
    found = involve(known, prevention.plan(SOME, DOMAINS), phenomenon=about, phase=phase)
    return [
        say.involve_line(known, found),
        say.involve_basis(found, PHENOMENA, PHASES),
        *say.involve_gaps(known, found, DOMAINS),
        *(" | ".join(row) for row in say.involve_rows(known, found)),
    ]
