"""Nobody is called silent for a holiday: the calm list stays empty through the summer recess."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.store.logbook import activity, arrangement, now
from tracker import store
from tracker.__main__ import main
from tracker.analysis import calendar
from tracker.store import Store

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def weekly(tmp_path: Path) -> Store:
    """A meeting every Tuesday that stopped for the summer and did not begin again."""
    made = store.create(tmp_path / "tracker.db", now=now)
    group = made.add(arrangement(cadence="FREQ=WEEKLY", grace_weeks=1, started_on=YEAR[0]), by="anna")
    days = [date(2025, 1, 7) + timedelta(weeks=n) for n in range(26)]
    held = [activity(day, arrangement_id=group.id) for day in days if day < summer()[0]]
    made.add_all(held, by="anna", batch="log")
    return made


def summer() -> tuple[date, date]:
    """The usual recess of that summer, which nobody logged."""
    return max(calendar.recess([], *YEAR), key=lambda one: one[1] - one[0])


def quiet(held: Store, day: date, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(["--db", str(held.path), "--lang", "nl", "quiet", "--until", day.isoformat()])
    return capsys.readouterr().out


def test_a_summer_raises_no_alarm_and_silence_after_it_does(weekly: Store, capsys):
    first, last = summer()
    assert (last - first).days >= 35
    assert [quiet(weekly, first + timedelta(days=n), capsys) for n in (0, 20, 41)] == ["", "", ""]
    assert "Weegploeg" in quiet(weekly, last + timedelta(days=21), capsys)
