"""Trust T25, T28: a clock that jumps moves no entry, and midnight is that of the Netherlands."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.store.logbook import fresh_folder, incident, partner
from tests.test_command_line import Run, run  # noqa: F401
from tests.trust.harness import sound
from tracker import store as stores
from tracker.records import DAYS_AHEAD, Activity, Incident, InvalidRecord
from tracker.store import Asked, Conflict

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock:
    """A clock that can be set."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@pytest.mark.parametrize("seed", range(10))
def test_whatever_the_clock_does_entries_stand_in_the_order_they_were_made(seed: int):
    """A year ahead, a year back, an hour, a second: the numbers of the history rise, and it stays whole."""
    rnd, clock = random.Random(seed), Clock()
    with fresh_folder() as folder:
        store = stores.create(folder / "tracker.db", now=clock)
        stored = store.add(incident(LONG_AGO, title="0"), by="anna")
        told = ["0"]
        for step in range(1, 15):
            clock.moment += rnd.choice([-1, 1]) * rnd.choice(
                [timedelta(days=365), timedelta(hours=1), timedelta(seconds=1)]
            )
            stored = store.correct(
                stored.id,
                incident(LONG_AGO, title=str(step)),
                seen_version=stored.version,
                reason="r",
                by="anna",
            )
            told.append(str(step))
            sequence = [one.seq for one in store.changes(Asked(kind=Incident), limit=50)]
            assert sequence == sorted(sequence, reverse=True)
        moments = [one.at for one in store.history(Incident, stored.id)]
        assert [one.after.title for one in store.history(Incident, stored.id)] == told
        assert moments != sorted(moments)  # the control: by their clocks they would stand in another order
        sound(store)


def test_a_save_over_what_was_changed_under_another_clock_is_a_conflict_all_the_same():
    clock = Clock()
    with fresh_folder() as folder:
        store = stores.create(folder / "tracker.db", now=clock)
        seen = store.add(incident(), by="anna")
        clock.moment -= timedelta(days=365)
        store.correct(seen.id, incident(title="Bert"), seen_version=seen.version, reason="r", by="bert")
        with pytest.raises(Conflict):
            store.correct(seen.id, incident(title="Anna"), seen_version=seen.version, reason="r", by="anna")


def in_the_database(after: timedelta) -> None:
    """A database whose last entry was made so long after now."""
    path = Path("data/tracker.db")
    path.parent.mkdir(exist_ok=True)
    store = stores.create(path, now=lambda: datetime.now(UTC) + after)
    store.add(partner("Politie"), by="anna")


def test_verify_says_that_the_clock_is_behind_and_finds_no_damage(run: Run):  # noqa: F811
    in_the_database(timedelta(days=365))
    answer = run("verify")
    assert (answer.code, answer.out) == (0, "The database is sound: data/tracker.db\n")
    assert answer.err.startswith("The clock of this computer is behind: the last entry is of ")
    assert run("--lang", "nl", "verify").err.startswith("De klok van deze computer loopt achter: ")
    assert run("quiet", "--until", "2026-01-01").code == 0  # the rest goes on working


def test_with_a_clock_that_is_right_verify_says_nothing_of_it(run: Run):  # noqa: F811
    """The control of the notice."""
    in_the_database(timedelta(seconds=-1))
    assert run("verify").err == ""


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        ("2026-07-01T21:59:59+00:00", "2026-07-01"),  # a second before midnight in a Dutch summer
        ("2026-07-01T22:00:00+00:00", "2026-07-02"),
        ("2026-01-01T22:59:59+00:00", "2026-01-01"),  # and in winter
        ("2026-01-01T23:00:00+00:00", "2026-01-02"),
        ("2025-12-31T23:00:00+00:00", "2026-01-01"),  # the year ends with it
        ("2026-07-01T23:59:59+02:00", "2026-07-01"),
        ("2026-07-01T18:00:00-04:00", "2026-07-02"),  # a server in New York
        ("2026-07-01T07:00:00+09:00", "2026-07-01"),  # a server in Tokyo
    ],
)
def test_the_last_day_that_can_be_logged_follows_the_dutch_midnight(moment: str, today: str):
    now, last = datetime.fromisoformat(moment), date.fromisoformat(today) + timedelta(days=DAYS_AHEAD)
    with fresh_folder() as folder:
        store = stores.create(folder / "tracker.db", now=lambda: now)
        assert store.add(incident(last), by="anna").record.happened_on == last
        with pytest.raises(InvalidRecord):
            store.add(incident(last + timedelta(days=1)), by="anna")
        assert store.records(Activity) == []


def test_every_moment_of_a_day_in_which_the_clock_is_set_back_or_forward_is_that_day():
    """Half past two in the night comes twice in October and not at all in March."""
    for day, hours in ((date(2026, 10, 25), 25), (date(2026, 3, 29), 23), (date(2026, 7, 1), 24)):
        begin = datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)
        moments = [begin + timedelta(minutes=30 * half) for half in range(2 * hours)]
        assert {one.astimezone(AMSTERDAM).date() for one in moments} == {day}
        assert (moments[-1] + timedelta(minutes=30)).astimezone(AMSTERDAM).date() == day + timedelta(days=1)
        with fresh_folder() as folder:
            clock = Clock()
            store = stores.create(folder / "tracker.db", now=clock)
            for number, clock.moment in enumerate(moments[3:7]):
                store.add(incident(day, title=str(number)), by="anna")
            told = [one.at for number in range(1, 5) for one in store.history(Incident, number)]
            assert told == moments[3:7]
            found = store.changes(Asked(kind=Incident, first=day, last=day), limit=50)
            assert len(found) == 4
            sound(store)
