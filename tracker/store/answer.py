"""One question to the log, answered with counts a day: grouped in SQL, read from an index alone."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
from sqlite_utils import Database

from tracker.analysis import policy
from tracker.analysis.question import Log, LoggedIncident, Question
from tracker.records import Silence
from tracker.store.rows import SELECT_STORED, stored_rows

# An event elsewhere counts only when it reached people here.
ELSEWHERE = ("national", "international")

BEGINNING = "0001-01-01"

# Joint: enough organisations took part, or it is a kind of activity that is joint by nature.
_JOINT = "(partner_total >= :enough OR kind IN (SELECT code FROM activity_kind WHERE joint = 1))"
COUNTS_PER_DAY = f"""
    SELECT happened_on, sum(count) FILTER (WHERE {_JOINT}), sum(count)
    FROM activity
    WHERE withdrawn = 0 AND happened_on BETWEEN :since AND :until
        AND (:kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)))
    GROUP BY happened_on ORDER BY happened_on"""
# As `records.activity_mode`: said, else from the links.
MODES = f"""
    SELECT coalesce(mode, CASE
        WHEN arrangement_id IS NOT NULL AND incident_id IS NOT NULL THEN 'structure_in_action'
        WHEN arrangement_id IS NOT NULL THEN 'structural'
        WHEN incident_id IS NOT NULL THEN 'incident_driven' ELSE '' END) AS label, sum(count)
    FROM activity
    WHERE withdrawn = 0 AND count > 0 AND happened_on BETWEEN :since AND :until AND {_JOINT}
        AND (:kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)))
    GROUP BY label"""
# A planned meeting is no entry: nobody has said yet what became of it.
ENTRY_DAYS = """
    SELECT happened_on AS day FROM activity WHERE withdrawn = 0 AND happened_on BETWEEN ?1 AND ?2
    UNION SELECT happened_on FROM incident WHERE withdrawn = 0 AND happened_on BETWEEN ?1 AND ?2
    UNION SELECT due_on FROM occurrence
        WHERE withdrawn = 0 AND state <> 'planned' AND due_on BETWEEN ?1 AND ?2
    UNION SELECT moved_to FROM occurrence
        WHERE withdrawn = 0 AND state <> 'planned' AND moved_to BETWEEN ?1 AND ?2
    ORDER BY day"""


def log(db: Database, question: Question) -> Log:
    """What the log holds for `question`; empty when nothing was logged up to its `until`.

    Silences are given whole, also where they reach outside the window.
    """
    until = question.until.isoformat()
    ever = _days(db, BEGINNING, until)
    first = question.since or (ever[0].date() if len(ever) else None)
    if not len(ever) or first is None or first > question.until:
        return Log(first=None, last=None, activities=_series({}), entry_days=_index([]))
    since = first.isoformat()
    counted, left_out = _counts(db, question, since, until)
    return Log(
        first=first,
        last=question.until,
        activities=_series(counted),
        entry_days=ever[ever >= pd.Timestamp(first)],
        incidents=incidents(db, question.min_severity, since, until),
        silences=_silences(db, since, until),
        left_out_activities=left_out,
    )


def modes(db: Database, question: Question) -> dict[str, int]:
    """Mode of the joint activities of `question`, said or from their links, "" for none -> how many."""
    since = question.since.isoformat() if question.since else BEGINNING
    return dict(db.conn.execute(MODES, _asked(question, since, question.until.isoformat())).fetchall())


def incidents(db: Database, least: int, since: str, until: str) -> tuple[LoggedIncident, ...]:
    """The incidents from `since` to `until`, ascending by day; one below severity `least` does not count."""
    rows = db.conn.execute(
        "SELECT id, happened_on, title, severity, exercise, lawful_protest, averted, scale, reached "
        "FROM incident WHERE withdrawn = 0 AND happened_on BETWEEN ? AND ? ORDER BY happened_on, id",
        (since, until),
    )
    return tuple(_incident(least, *row) for row in rows)


def _days(db: Database, since: str, until: str) -> pd.DatetimeIndex:
    return _index([day for (day,) in db.conn.execute(ENTRY_DAYS, (since, until))])


def _counts(db: Database, question: Question, since: str, until: str) -> tuple[dict[str, int], int]:
    """Day -> joint activities, for days that have any; and how many activities were not joint."""
    rows = db.conn.execute(COUNTS_PER_DAY, _asked(question, since, until)).fetchall()
    left_out = sum(logged - (joint or 0) for _, joint, logged in rows)
    return {day: joint for day, joint, _ in rows if joint}, left_out


def _asked(question: Question, since: str, until: str) -> dict[str, object]:
    kinds, enough = json.dumps(question.kinds), int(policy.value("joint_partners"))
    return {"since": since, "until": until, "kinds": kinds, "enough": enough}


def _incident(
    least: int,
    number: int,
    day: str,
    title: str,
    severity: int,
    exercise: int,
    protest: int,
    averted: int,
    scale: str,
    reached: int,
) -> LoggedIncident:
    """What an incident is by itself is said first, what the question leaves out last."""
    reasons = (
        ("exercise", exercise),
        ("lawful_protest", protest),
        ("averted", averted),
        ("not_reached", scale in ELSEWHERE and not reached),
        ("below_severity", severity < least),
    )
    why = next((code for code, holds in reasons if holds), "")
    return LoggedIncident(
        day=date.fromisoformat(day), title=title, severity=severity, counts=not why, why=why, id=number
    )


def _silences(db: Database, since: str, until: str) -> tuple[Silence, ...]:
    rows = stored_rows(
        db,
        Silence,
        f"{SELECT_STORED[Silence]} WHERE t.withdrawn = 0 AND t.first_day <= ? AND t.last_day >= ? "
        "ORDER BY t.first_day, t.id",
        (until, since),
    )
    return tuple(stored.record for stored in rows)


def _index(days: list[str]) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(pd.to_datetime(days, format="%Y-%m-%d"))


def _series(counts: dict[str, int]) -> pd.Series:
    return pd.Series(list(counts.values()), index=_index(list(counts)), dtype="float64")
