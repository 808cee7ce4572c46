"""Who leads and who helps in which phase of prevention: what was planned against what was done.

The phases are those of the prevention model (primary, secondary, tertiary); cross-cutting work and the
response to an incident stand outside it. Where nothing was planned a default stands, and is called that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from tracker.analysis import policy
from tracker.analysis.cooperation import Cooperation
from tracker.records import PlannedShare

PHASES = ("primary", "secondary", "tertiary")
_DAYS = timedelta(days=365)

# The model tells which domains belong where, not how large their part is: the parts are ours, to be adjusted.
_DEFAULT_LEADS = {
    "primary": ("social", "education"),
    "secondary": ("safety", "social"),
    "tertiary": ("justice", "safety"),
}
_DEFAULT_SUPPORT = {
    "primary": ("safety", "community"),
    "secondary": ("justice", "care"),
    "tertiary": ("care", "social"),
}

Plan = dict[tuple[str, str], tuple[str, bool]]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One domain in one phase: its `planned` part (lead | support | none) and what it did in a year.

    `default`: nobody planned it. `led`: activities that one of its organisations led; `took_part`: others
    that one of them was at. `told`: enough is known of the phase to speak of a gap.
    """

    phase: str
    domain: str
    planned: str
    default: bool
    led: int
    took_part: int
    told: bool

    @property
    def state(self) -> str:
        """What it comes to.

        leads | leads_unplanned | lead_takes_part (should lead, was there) | lead_helps (planned to support,
        led) | supports | takes_part (no part was planned) | white_spot | not_known | empty.
        """
        if self.led:
            return {"lead": "leads", "support": "lead_helps", "none": "leads_unplanned"}[self.planned]
        if self.took_part:
            return {"lead": "lead_takes_part", "support": "supports", "none": "takes_part"}[self.planned]
        if self.planned == "none":
            return "empty"
        return "white_spot" if self.told else "not_known"


@dataclass(frozen=True, kw_only=True)
class PhaseDone:
    """What was done in a phase in a year: activities, of how many it is known who led, and who was there."""

    phase: str
    activities: int
    lead_known: int
    nobody_known: int


@dataclass(frozen=True, kw_only=True)
class Prevention:
    """The matrix of the last 365 days. `cells` by phase, then by domain, in the order that was asked.

    Of `total` activities `no_phase` have no phase, of their own or of their arrangement, and `outside`
    are in a phase that the model does not have.
    """

    phases: tuple[PhaseDone, ...]
    cells: tuple[Cell, ...]
    total: int
    no_phase: int
    outside: int

    @property
    def white_spots(self) -> tuple[Cell, ...]:
        """What was planned and did not happen at all."""
        return tuple(one for one in self.cells if one.state == "white_spot")

    @property
    def all_default(self) -> bool:
        """True while nobody adjusted the plan."""
        return all(one.default for one in self.cells)


def plan(stored: Iterable[PlannedShare], domains: Iterable[str]) -> Plan:
    """(phase, domain) -> (lead | support | none, whether that is the default)."""
    said = {(one.phase, one.domain): one.share for one in stored}
    places = [(phase, domain) for domain in domains for phase in PHASES]
    return {place: (said.get(place) or _default(*place), place not in said) for place in places}


def prevention(known: Cooperation, planned: Plan) -> Prevention:
    """What was done in the last 365 days up to `known.until`, against a plan of `plan`."""
    done = _done(known)
    inside = done[done["phase"].isin(PHASES)]
    enough = _enough(_size(done), _size(done[done["phase"] != ""]))
    phases = tuple(_phase(phase, inside[inside["phase"] == phase]) for phase in PHASES)
    told = {one.phase: enough and _told(one) for one in phases}
    led, took_part = _parts(known, inside)
    cells = tuple(
        Cell(
            phase=phase,
            domain=domain,
            planned=share,
            default=default,
            led=led[phase, domain],
            took_part=took_part[phase, domain],
            told=told[phase],
        )
        for (phase, domain), (share, default) in sorted(
            planned.items(), key=lambda item: PHASES.index(item[0][0])
        )
    )
    return Prevention(
        phases=phases,
        cells=cells,
        total=_size(done),
        no_phase=_size(done[done["phase"] == ""]),
        outside=_size(done[(done["phase"] != "") & ~done["phase"].isin(PHASES)]),
    )


def with_phases(known: Cooperation, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `activities` with the phase of their arrangement where they have none of their own."""
    inherited = {number: one.phase for number, one in known.arrangements.items()}
    pairs = zip(rows["phase"].tolist(), rows["arrangement"].tolist(), strict=True)
    return rows.assign(phase=[own or inherited.get(number, "") for own, number in pairs])


def _size(rows: pd.DataFrame) -> int:
    """How many activities logged rows stand for."""
    return int(rows["count"].sum())


def _default(phase: str, domain: str) -> str:
    if domain in _DEFAULT_LEADS[phase]:
        return "lead"
    return "support" if domain in _DEFAULT_SUPPORT[phase] else "none"


def _done(known: Cooperation) -> pd.DataFrame:
    """The rows of the year with their phase, the domain that led ("" for nobody known), and `told`."""
    recent = known.activities[known.activities["day"] > pd.Timestamp(known.until - _DAYS)]
    rows = with_phases(known, recent)
    owners = {number: one.owner_id for number, one in known.arrangements.items()}
    domains: dict[int | None, str] = {number: one.domain for number, one in known.partners.items()}
    pairs = zip(rows["lead"].tolist(), rows["arrangement"].tolist(), strict=True)
    leads = [domains.get(lead or owners.get(arrangement), "") for lead, arrangement in pairs]
    return rows.assign(leads=leads, told=rows["activity"].isin(known.attendance["activity"]))


def _enough(all_: int, of_which: int) -> bool:
    """Whether enough is known of what was done; of nothing nothing is known."""
    return all_ > 0 and of_which >= policy.value("plan_told") * all_


def _told(one: PhaseDone) -> bool:
    """Whether it is known of the phase who did it; a phase in which nothing was done is known to be empty."""
    return not one.activities or _enough(one.activities, one.activities - one.nobody_known)


def _phase(phase: str, rows: pd.DataFrame) -> PhaseDone:
    nobody = rows[(rows["leads"] == "") & ~rows["told"]]
    return PhaseDone(
        phase=phase,
        activities=_size(rows),
        lead_known=_size(rows[rows["leads"] != ""]),
        nobody_known=_size(nobody),
    )


def _parts(
    known: Cooperation, rows: pd.DataFrame
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """(phase, domain) -> activities it led, and others that it was at."""
    led: Counter[tuple[str, str]] = Counter()
    for phase, domain, count in rows[["phase", "leads", "count"]].to_numpy().tolist():
        if domain:
            led[phase, domain] += count
    there = known.attendance[known.attendance["activity"].isin(rows["activity"])]
    domains = {number: one.domain for number, one in known.partners.items()}
    met = there.assign(domain=there["partner"].map(domains))[["activity", "domain"]].drop_duplicates()
    both = met.merge(rows[["activity", "phase", "leads", "count"]], on="activity")
    took_part: Counter[tuple[str, str]] = Counter()
    for phase, domain, leads, count in both[["phase", "domain", "leads", "count"]].to_numpy().tolist():
        if domain != leads:
            took_part[phase, domain] += count
    return led, took_part
