"""A recurrence rule of a calendar -> the same rhythm as our records accept it, or why it is none.

Only rules that pass may be expanded: each moves on by weeks, months or years and matches some day, so that no
rule, however it was made, keeps a reader busy.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

MOST_REPETITIONS = 1_000
_ONLY_ONCE = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST")
_TOO_FINE = ("SECONDLY", "MINUTELY", "HOURLY")
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAY = r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"
_FORM = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]{0,2}",
    "COUNT": "[1-9][0-9]{0,3}",
    "UNTIL": "[0-9]{8}(?:T[0-9]{6}Z?)?",
    "BYDAY": rf"{_DAY}(?:,{_DAY}){{0,20}}",
    "BYMONTH": "(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2])){0,11}",
    "BYMONTHDAY": "-?(?:[1-9]|[12][0-9]|3[01])(?:,-?(?:[1-9]|[12][0-9]|3[01])){0,30}",
    "BYSETPOS": "-?[1-4]",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
}
_SOME_DAY = date(2024, 1, 1)
_WEEK = "MO,TU,WE,TH,FR,SA,SU"


class BadRule(ValueError):
    """A rule that is no rhythm; `code` is bad_cadence, rule_too_fine or rule_too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Repetition(NamedTuple):
    """The rhythm without its end, and the rule as it stands with a day as its end."""

    cadence: str
    rule: str


def repetition(text: str, first_day: date = _SOME_DAY) -> Repetition:
    """What `FREQ=WEEKLY;INTERVAL=4;UNTIL=20261231T090000Z` from `first_day` on means. Raises `BadRule`."""
    parts = _parts(text.strip().upper())
    if parts["FREQ"] == "DAILY":
        parts = _as_weeks(parts)
    if int(parts.get("COUNT", 0)) > MOST_REPETITIONS:
        raise BadRule("rule_too_long")
    if "UNTIL" in parts:
        parts["UNTIL"] = parts["UNTIL"][:8]
    lasting = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    found = Repetition(_joined(lasting), _joined(parts))
    if not _ever(found.cadence, first_day):
        raise BadRule("bad_cadence")
    return found


def weeks(cadence: str) -> int:
    """About how many weeks lie between two meetings of a rule that `repetition` gave."""
    parts = dict(part.split("=") for part in cadence.split(";"))
    period = {"WEEKLY": 7.0, "MONTHLY": 30.4, "YEARLY": 365.2}[parts["FREQ"]]
    several = len(parts.get("BYMONTH", "").split(",")) if parts["FREQ"] == "YEARLY" else 1
    return round(period * int(parts.get("INTERVAL", 1)) / several / 7)


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in filter(None, rule.removeprefix("RRULE:").split(";")):
        name, _, value = part.partition("=")
        if name in _TIMES or (name == "FREQ" and value in _TOO_FINE):
            raise BadRule("rule_too_fine")
        if name == "COUNT" and re.fullmatch("[0-9]{5,}", value):
            raise BadRule("rule_too_long")
        if name in parts or name not in _ONLY_ONCE or not re.fullmatch(_FORM[name], value):
            raise BadRule("bad_cadence")
        parts[name] = value
    if "FREQ" not in parts or ("COUNT" in parts and "UNTIL" in parts):
        raise BadRule("bad_cadence")
    if parts["FREQ"] == "WEEKLY" and ("BYMONTHDAY" in parts or re.search(r"\d", parts.get("BYDAY", ""))):
        raise BadRule("bad_cadence")
    return {"FREQ": parts.pop("FREQ"), **parts}


def _as_weeks(parts: dict[str, str]) -> dict[str, str]:
    """Every 14 days is every two weeks; every day is every week on all its days."""
    every = int(parts.get("INTERVAL", 1))
    if every % 7 == 0:
        return {**parts, "FREQ": "WEEKLY", "INTERVAL": str(every // 7)}
    if every == 1:
        return {**parts, "FREQ": "WEEKLY", "BYDAY": parts.get("BYDAY", _WEEK)}
    raise BadRule("rule_too_fine")


def _ever(rule: str, first_day: date) -> bool:
    """Whether the rule matches any day: a search for one that does not would go on to the year 9999.

    The calendar repeats every 400 years to the day of the week, so it is sought 7,600 years later.
    """
    from dateutil.rrule import rrulestr

    later = datetime(first_day.year + 7_600, first_day.month, first_day.day)
    return next(iter(rrulestr(rule, dtstart=later)), None) is not None


def _joined(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())
