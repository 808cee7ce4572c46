"""Forms that are half filled in, kept in the memory of this server for when their page is loaded anew.

Nothing here ever reaches a disk: the guard on personal data has not seen these texts yet.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from tracker.access import HOURS_SIGNED_IN

MOST = 200  # desks of all visitors together; the one that was longest untouched goes first
KEPT = timedelta(hours=HOURS_SIGNED_IN)


@dataclass(frozen=True)
class _Desk:
    owner: str
    since: datetime
    drafts: Mapping[str, Any]


@dataclass
class Desks:
    """What visitors left half filled in: an unguessable id -> form -> its draft (`entry.Draft`), for its
    owner only."""

    _desks: OrderedDict[str, _Desk] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def leave(self, number: str, owner: str, drafts: Mapping[str, Any], now: datetime) -> None:
        """Keeps exactly these drafts on this desk; without any the desk is gone."""
        with self._lock:
            self._desks.pop(number, None)
            if drafts:
                self._desks[number] = _Desk(owner, now, dict(drafts))
            self._clear_old(now)

    def find(self, number: str, owner: str, now: datetime) -> Mapping[str, Any]:
        """What was left there; nothing for another account, for an id that is unknown, or after `KEPT`."""
        with self._lock:
            self._clear_old(now)
            desk = self._desks.get(number)
            return desk.drafts if desk is not None and desk.owner == owner else {}

    def leave_for_good(self, owner: str) -> None:
        """Somebody signs out: all their desks are cleared."""
        with self._lock:
            for number in [number for number, desk in self._desks.items() if desk.owner == owner]:
                del self._desks[number]

    def forget(self, kind: type, record: int) -> None:
        """The texts of a record go for good: a draft that began with them goes too, whoever made it."""
        with self._lock:
            for number, desk in list(self._desks.items()):
                drafts = desk.drafts.items()
                standing = {form: one for form, one in drafts if not one.began_with(kind, record)}
                self._desks[number] = _Desk(desk.owner, desk.since, standing)

    def _clear_old(self, now: datetime) -> None:
        old = [number for number, desk in self._desks.items() if now - desk.since > KEPT]
        for number in old:
            del self._desks[number]
        while len(self._desks) > MOST:
            self._desks.popitem(last=False)


DESKS = Desks()
