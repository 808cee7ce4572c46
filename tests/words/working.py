"""Who works together and what was promised, made by hand so that the words can be read against it."""

from __future__ import annotations

from datetime import date, timedelta

from tests.analysis.working_together import (
    an_agreement,
    an_arrangement,
    an_incident,
    cooperation,
    met,
    number,
)
from tracker.analysis import agreements, origins, partners, survival, ties
from tracker.analysis.aftermath import response
from tracker.analysis.attendance import attendance
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.quarter import Quarter
from tracker.analysis.survival import Life
from tracker.records import Framing
from tracker.words import Words

THIS, BEFORE = Quarter(2024, 3), Quarter(2023, 3)
DOMAINS = {one: f"domein {one}" for one in "PQRST"}
ROLES = {"chair": "Voorzitter"}
OWNED = {"owner_id": number("P"), "owner_role": "chair", "second_owner_id": number("Q")}


def days(quarter: Quarter, times: int) -> list[date]:
    return [quarter.first + timedelta(days=14 * n) for n in range(times)]


def town(**changed: object) -> Cooperation:
    """P, Q and R met a year before; now P and Q meet, with T for the first time; R stays away."""
    rows = [met(day, "PQR", 1) for day in days(BEFORE, 3)]
    rows += [met(day, "PQT", 1) for day in days(THIS, 5)]
    return cooperation(*rows, arrangements=[an_arrangement(**OWNED)], **changed)  # type: ignore[arg-type]


def everything(say: Words) -> dict[str, list[str]]:
    """Name of a case -> what is said of it."""
    return {**_ties(say), **_owners(say), **_promises(say), **_lasting(say), **_incidents(say)}


def _ties(say: Words) -> dict[str, list[str]]:
    known = town()
    found, running = ties.ties(known, THIS), ties.ties(town(until=date(2024, 8, 1)), THIS)
    nothing = cooperation()
    empty = ties.ties(nothing, THIS)
    row = attendance(known, 1)
    return {
        "pairs": [say.pairs_line(known, found), say.kept_line(found), say.grid_line(found, DOMAINS)],
        "what the grid counts": [say.grid_unit(found)],
        "pairs by name": [say.named_pairs(known, found.new), say.named_pairs(known, found.lost)],
        "pairs, running quarter": [
            say.pairs_line(town(until=date(2024, 8, 1)), running),
            say.kept_line(running),
        ],
        "pairs, nothing": [say.pairs_line(nothing, empty), say.kept_line(empty), say.told_line(empty)],
        "pairs elsewhere": [say.pairs_benchmark()],
        "lifecycle": [
            f"{word}: {names}" for word, names in say.lifecycle_lines(known, partners.lifecycle(known, THIS))
        ],
        "coverage": [
            say.coverage_line(partners.coverage(known, THIS, DOMAINS), DOMAINS),
            say.coverage_line(partners.coverage(nothing, THIS, DOMAINS), DOMAINS),
        ],
        "attendance": [
            say.attendance_line(known, row),
            *(f"{say.presence_score(one)} {say.presence_word(one)}" for one in row.rows),
        ],
        "attendance, nobody wrote it down": [
            say.attendance_line(
                silent := cooperation(met(THIS.first, "", 1), arrangements=[an_arrangement()]),
                attendance(silent, 1),
            )
        ],
    }


def _owners(say: Words) -> dict[str, list[str]]:
    busy = cooperation(
        *(met(day, "PQ", 1) for day in days(Quarter(2024, 2), 12)), arrangements=[an_arrangement(**OWNED)]
    )
    bare = cooperation(*(met(day, "PQ", 1) for day in days(THIS, 3)), arrangements=[an_arrangement()])
    alone = cooperation(arrangements=[an_arrangement(owner_id=number("P"))])
    alike = cooperation(arrangements=[an_arrangement(**OWNED)], domains={"P": "x", "Q": "x"})
    day = date(2024, 6, 1)
    tied = cooperation(
        *(met(day + timedelta(days=n), "PQ", 1, incident=1) for n in (1, 2, 3)),
        met(day, "PQ", incident=1),
        arrangements=[an_arrangement(started_on=date(2023, 1, 1))],
        incidents=[an_incident(day)],
    )
    return {
        "on whom it hangs": [
            say.hangs_line(busy, partners.key_roles(busy), ROLES),
            say.hangs_line(bare, partners.key_roles(bare), ROLES),
        ],
        "ownership": [
            line
            for known in (busy, bare, alone, alike, cooperation())
            for line in say.ownership_lines(known, partners.ownership(known))
        ],
        "reuse": [say.reuse_line(origins.reuse(tied)), say.reuse_line(origins.reuse(bare))],
        "born in peace": [
            say.peace_line(origins.born_in_peace(tied)),
            say.peace_line(origins.born_in_peace(cooperation())),
        ],
    }


def _promises(say: Words) -> dict[str, list[str]]:
    began = {"made_on": date(2024, 1, 1)}
    late, open_ = an_agreement(date(2024, 11, 1), **began), an_agreement(date(2025, 2, 1), **began)
    done = an_agreement(date(2024, 6, 1), state="done", closed_on=date(2024, 5, 1), **began)
    dropped = an_agreement(date(2024, 6, 1), state="wont_do", closed_on=date(2024, 5, 1), reason="geen geld")
    known = cooperation(agreements=[late, open_, done, dropped])
    kept, none = agreements.kept(known), agreements.kept(cooperation())
    asked = cooperation(
        incidents=[an_incident(date(2024, 9, 1), severity=4)],
        until=date(2024, 12, 31),
        arrangements=[an_arrangement(started_on=date(2024, 9, 10))],
    )
    nothing = cooperation(incidents=[an_incident(date(2024, 9, 1), severity=4)])
    return {
        "agreements": [say.agreements_line(kept), say.on_time_line(kept)],
        "agreements, none": [say.agreements_line(none), say.on_time_line(none)],
        "agreement": [say.agreement_state(one, known.until) for one in known.agreements.values()],
        "check-back": [
            say.check_back_question(here, one) for here in (asked, nothing) for one in agreements.asked(here)
        ],
    }


def _life(n: int, *, heat: bool | None, end: str = "running", lasted: int = 700) -> Life:
    return Life(
        kind="arrangement",
        id=n,
        name=f"Overleg {n}",
        began=date(2022, 1, n + 1),
        days=lasted,
        end=end,
        heat=heat,
    )


def _lasting(say: Words) -> dict[str, list[str]]:
    heat = [_life(n, heat=True, end="faded" if n < 5 else "running", lasted=60 + 50 * n) for n in range(9)]
    peace = [_life(n, heat=False, end="faded" if n < 1 else "running") for n in range(10)]
    both, few = survival.survival([*heat, *peace], no_start=2), survival.survival(peace[:2])
    none = survival.survival([])
    return {
        "what lasts": [say.arrangements_last(both), say.survival_limits(both), say.curve_label(both.all)],
        "what lasts, few": [say.agreements_last(few), say.survival_limits(few)],
        "what lasts, one": [say.arrangements_last(survival.survival(peace[:1]))],
        "what lasts, all": [say.agreements_last(survival.survival(peace[1:]))],
        "what lasts, none": [say.arrangements_last(none), say.agreements_last(none)],
        "ends": [
            say.life_end(_life(1, heat=None, end=end))
            for end in ("faded", "stopped", "decided", "kept", "running")
        ],
    }


def _incidents(say: Words) -> dict[str, list[str]]:
    day = date(2024, 6, 1)
    acted = cooperation(
        met(day + timedelta(days=2), "PQ"), met(day + timedelta(days=9), "PQ"),
        incidents=[an_incident(day), an_incident(day + timedelta(days=40), title="Brand")],
    )  # fmt: skip
    quiet = cooperation(incidents=[an_incident(day)])
    steps = {
        "higher": Estimate(value=1.4, low=1.1, high=1.8, status="ok"),
        "lower": Estimate(value=0.6, low=0.4, high=0.9, status="ok"),
        "old level": Estimate(value=1.0, low=0.85, high=1.2, status="ok"),
        "not certain": Estimate(value=1.0, low=0.5, high=1.9, status="ok"),
        "hidden": Estimate(status="hidden", why="wide_interval"),
        "missing": Estimate(why="too_few_days"),
    }
    felt = [Framing(incident_id=1, domain=one, wording="x", urgency=n) for one, n in (("P", 5), ("Q", 2))]
    return {
        "response": [
            say.response_line(acted, response(acted, 1)),
            say.response_line(quiet, response(quiet, 1)),
        ],
        "ratchet": [*(say.ratchet(one) for one in steps.values()), say.ratchet(None)],
        "urgency": [
            say.urgency_gap(felt, DOMAINS),
            say.urgency_gap(felt[:1] * 2, DOMAINS),
            say.urgency_gap(felt[:1], DOMAINS),
        ],
    }
