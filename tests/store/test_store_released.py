"""A database of every released schema still opens, is upgraded, and says what it said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from logbook import QUARTER, agreement, goal, now, raw

from tracker import store as stores
from tracker.records import Activity, Agreement, Arrangement, Incident, Occurrence, Partner
from tracker.store.schema import STEPS

RELEASED = Path(__file__).parent / "released"
VERSIONS = sorted(int(folder.name[1:]) for folder in RELEASED.glob("v*"))


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, Path]:
    """A copy of a released database, and its schema version."""
    version: int = request.param
    copy = tmp_path / "tracker.db"
    shutil.copy(RELEASED / f"v{version}" / "tracker.db", copy)
    return version, copy


def test_every_schema_but_the_newest_is_kept():
    assert list(range(1, len(STEPS))) == VERSIONS


def test_it_is_upgraded_with_a_backup_beside_it_and_is_sound(old):
    version, path = old
    upgraded = stores.open(path, now=now)
    assert upgraded.about().schema == len(STEPS)
    assert upgraded.verify() == []
    (backup,) = path.parent.glob(f"tracker.v{version}-*.db")
    assert backup.read_bytes()[60:64] == version.to_bytes(4, "big")


def test_its_records_and_their_history_are_what_they_were(old):
    _, path = old
    with raw(path) as conn:
        titles = conn.execute("SELECT title FROM incident WHERE withdrawn = 0").fetchall()
        meetings = conn.execute("SELECT happened_on, id FROM activity ORDER BY happened_on, id").fetchall()
        chain = conn.execute("SELECT seq, chain FROM history ORDER BY seq").fetchall()
    upgraded = stores.open(path, now=now)
    assert [one.record.title for one in upgraded.records(Incident)] == [title for (title,) in titles]
    held = [(one.record.happened_on.isoformat(), one.id) for one in upgraded.records(Activity)]
    assert held == meetings
    assert [change.action for change in upgraded.history(Incident, 1)] == ["add", "correct"]
    assert len(upgraded.records(Partner)) == 3
    assert len(upgraded.records(Occurrence)) == 1
    with raw(path) as conn:
        kept = conn.execute("SELECT seq, chain FROM history ORDER BY seq").fetchall()
    assert kept[: len(chain)] == chain


def test_what_came_later_can_be_filled_in(old):
    version, path = old
    upgraded = stores.open(path, now=now)
    stands = next(one for one in upgraded.records(Arrangement) if one.record.name == "Weegploeg")
    assert (stands.record.owner_id, stands.record.partner_ids, stands.record.goal) == (None, (), "")
    before = upgraded.records(Agreement)
    if version < 3:
        assert {(one.record.quarter, one.record.topic) for one in before} <= {(None, "")}
    upgraded.add(
        agreement(owner_id=1, owner_role="chair", origin="review", quarter=QUARTER, topic="quiet"), by="anna"
    )
    assert len(upgraded.records(Agreement)) == len(before) + 1
    upgraded.add(goal(), by="anna")
    assert upgraded.verify() == []


def test_one_changed_sign_in_an_old_record_is_noticed_after_the_upgrade(old):
    """The control of the first test: leaving later fields out of a hash hides no tampering."""
    _, path = old
    upgraded = stores.open(path, now=now)
    with raw(path) as conn:
        conn.execute("UPDATE arrangement SET goal = 'x' WHERE name = 'Weegploeg'")
    assert {problem.code for problem in upgraded.verify()} == {"batch_differs"}
