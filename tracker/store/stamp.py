"""Who changes something, when, and what they looked at before they did: what every change goes with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from tracker.privacy import Looked
from tracker.records import DUTCH_TIME


class Override(NamedTuple):
    """One finding of the guard that was let pass: where (a record, an import) and why; never the text."""

    where: str
    field: str
    kind: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Who writes, and when: `at` in UTC, `today` as the calendar in the Netherlands says.

    `role` and `origin` are those of the one who writes; empty when the product does so itself. `looked` are
    the findings of the guard on free text that they looked at; `overridden` fills with those it then had.
    """

    by: str
    at: str
    today: date
    role: str = ""
    origin: str = ""
    looked: Looked = ()
    overridden: list[Override] = field(default_factory=list)


def stamped(
    now: Callable[[], datetime],
    by: str,
    *,
    role: str = "",
    origin: str = "",
    looked: Looked = (),
) -> Stamp:
    """What `by` does at this moment."""
    assert by, "every change is somebody's"
    moment = now()
    assert moment.tzinfo, "a time without a zone is no moment"
    at = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    today = moment.astimezone(DUTCH_TIME).date()
    return Stamp(by=by, at=at, today=today, role=role, origin=origin, looked=looked)
