"""The example municipality: believable, recognisable, always up to this week, and never your own log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.exchange.workbench import fresh, noon
from tracker import store
from tracker.analysis import assess
from tracker.analysis.question import Question
from tracker.exchange.example import AS_OF, FILES, TABLES, load
from tracker.records import Activity, Arrangement, Incident, Occurrence, Partner
from tracker.store import NotOurs, Store, StoreError


def clock(day: date) -> Callable[[], datetime]:
    """Noon on a day."""
    return lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def newest(example: Store) -> date:
    return max(held.record.happened_on for held in example.records(Activity))


@pytest.mark.parametrize(
    "today", [date(2026, 11, 23), date(2026, 12, 31), date(2028, 2, 29), date(2027, 3, 28)]
)
def test_the_example_ends_in_the_week_of_today_and_never_later(tmp_path: Path, today: date) -> None:
    example = load(tmp_path / "example.db", now=clock(today), by="tester")
    assert newest(example).isocalendar()[:2] == today.isocalendar()[:2]
    assert newest(example) <= today
    assert example.verify() == []


def test_every_weekday_stays_what_it_is(tmp_path: Path) -> None:
    then, later = (
        load(tmp_path / name, now=clock(day), by="tester")
        for name, day in (("a.db", date(2026, 11, 23)), ("b.db", date(2027, 6, 16)))
    )
    days = [[one.record.happened_on for one in example.records(Activity)] for example in (then, later)]
    assert {second - first for first, second in zip(*days, strict=True)} == {timedelta(weeks=29)}
    assert AS_OF.weekday() == 6


def test_the_example_has_what_the_pages_must_show(tmp_path: Path) -> None:
    example = load(tmp_path / "example.db", now=clock(date(2026, 11, 25)), by="tester")
    incidents = [held.record for held in example.records(Incident)]
    assert {one.severity for one in incidents} == {1, 2, 3, 4, 5}
    assert sum(one.averted for one in incidents) == 1
    assert sum(one.exercise for one in incidents) == 1
    assert sum(one.lawful_protest for one in incidents) == 1
    assert sum(one.scale == "national" and not one.reached for one in incidents) == 1
    # Three to four a week: what a coordinator of one municipality can believe.
    assert 350 <= len(example.records(Activity)) <= 600
    assert len(example.records(Arrangement)) >= 8
    assert len(example.records(Partner)) >= 16
    states = {held.record.state for held in example.records(Occurrence)}
    assert states == {"planned", "moved", "cancelled", "not_held", "recess"}


def test_nobody_logged_for_five_weeks_once(tmp_path: Path) -> None:
    example = load(tmp_path / "example.db", now=clock(date(2026, 11, 25)), by="tester")
    log = example.log(Question(until=date(2026, 11, 25)))
    gaps = log.entry_days.to_series().diff().dt.days.dropna()
    assert sorted(gaps)[-1] in range(36, 43)
    assert sorted(gaps)[-2] <= 28


def test_the_schools_meeting_fell_silent_and_the_others_did_not(tmp_path: Path) -> None:
    today = date(2026, 11, 25)
    example = load(tmp_path / "example.db", now=clock(today), by="tester")
    silent = {}
    for held in example.records(Arrangement):
        last = example.last_of_arrangement(held.id)
        assert last is not None
        silent[held.record.name] = (today - last.record.happened_on).days
    assert 320 <= silent.pop("Scholenoverleg sociale veiligheid") <= 350
    silent.pop("Tijdelijk overleg opvang")
    assert max(silent.values()) < 26 * 7


def test_the_example_is_rich_enough_for_a_verdict(tmp_path: Path) -> None:
    question = Question(until=date(2026, 11, 25))
    finding = assess(
        load(tmp_path / "example.db", now=clock(question.until), by="t").log(question), question
    ).finding
    assert finding.verdict != "too_early"
    assert finding.half_life_days.stated
    assert finding.left_out_incidents == 4


def test_the_example_renews_itself_when_its_week_has_passed(tmp_path: Path) -> None:
    path = tmp_path / "example.db"
    load(path, now=clock(date(2026, 11, 25)), by="tester")
    same_week = path.read_bytes()
    load(path, now=clock(date(2026, 11, 29)), by="tester")
    assert path.read_bytes() == same_week
    assert newest(load(path, now=clock(date(2026, 12, 2)), by="tester")) == date(2026, 11, 30)


def test_what_somebody_tried_in_the_example_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "example.db"
    example = load(path, now=clock(date(2026, 11, 25)), by="tester")
    example.add(Activity(happened_on=date(2026, 11, 25), kind="training", title="Mijn proef"), by="visitor")
    later = load(path, now=clock(date(2027, 1, 6)), by="tester")
    assert any(held.record.title == "Mijn proef" for held in later.records(Activity))


def test_your_own_log_is_never_made_into_the_example(tmp_path: Path) -> None:
    own = fresh(tmp_path)
    before = own.path.read_bytes()
    with pytest.raises(StoreError) as refused:
        load(own.path, now=noon, by="tester")
    assert refused.value.code == "not_example"
    assert own.path.read_bytes() == before


def test_a_file_of_something_else_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "example.db"
    path.write_text("mijn scriptie")
    with pytest.raises(NotOurs):
        load(path, now=noon, by="tester")
    assert path.read_text() == "mijn scriptie"
    assert list(tmp_path.iterdir()) == [path]


def test_the_example_says_that_it_is_one(tmp_path: Path) -> None:
    about = load(tmp_path / "deep" / "example.db", now=noon, by="tester").about()
    assert (about.example, about.municipality) == (True, "Vliethoven")
    assert not store.open(fresh(tmp_path).path, now=noon).about().example


def test_the_files_are_plain_and_complete() -> None:
    assert {path.name for path in FILES.glob("*.csv")} == {f"{table}.csv" for table in TABLES}
    assert len((FILES / "README.md").read_text(encoding="utf-8").splitlines()) <= 8
