"""What is still needed for a verdict, in words: in full for a table, briefly inside the sentence."""

from __future__ import annotations

import math

from tracker.analysis.estimate import Needed
from tracker.words.voice import N_, Voice

UNCOUNTED = {
    "level_width": N_("more weeks in peacetime to compare"),
    "retention_days": N_("a second year to compare with"),
    "retention_year": N_("more activities in peacetime in the last two years"),
    "trend_width": N_("more time in peacetime to see where the floor is going"),
    "arrangements_with_rhythm": N_("an arrangement with a rhythm"),
    "expected_meetings": N_("more agreed meetings that fell due"),
    "occurrences_without_answer": N_("an answer for the meetings nobody spoke of"),
    "coverage": N_("answers for the weeks in which nothing was logged"),
    "coverage_recent": N_("answers for the silent weeks of the last half year"),
}


def needed(say: Voice, need: Needed) -> str:
    """One need, how far it is and when it will be there: "37 extra activiteiten (3 van 40, in mei 2026)"."""
    progress = [_progress(say, need)]
    if need.by is not None:
        progress.append(say("in {month}", month=say.month(need.by)))
    return say("{what} ({progress})", what=_what(say, need), progress=", ".join(progress))


def briefly(say: Voice, need: Needed) -> str:
    """One need in a few words, with what says most: the month, or the two years that are compared."""
    what = _what(say, need)
    if need.what == "retention_year":
        return say("{what} ({progress})", what=what, progress=_two_years(say, need))
    if need.by is None or need.what in ("coverage", "coverage_recent"):
        return what
    return say("{what} (in {month})", what=what, month=say.month(need.by))


def _what(say: Voice, need: Needed) -> str:
    if need.what in UNCOUNTED:
        return say(UNCOUNTED[need.what])
    missing = max(math.ceil(need.need - need.have), 1)
    if need.what == "activities":
        return say.plural("{n} more activity", "{n} more activities", missing)
    return say.plural("{n} more day of log", "{n} more days of log", missing)


def _progress(say: Voice, need: Needed) -> str:
    if need.what in ("coverage", "coverage_recent"):
        have = math.floor(need.have * 100) / 100  # never rounded up to what is needed
        return say(
            "{have} of the weeks known, at least {need} needed",
            have=say.percent(have, step=1),
            need=say.percent(need.need, step=1),
        )
    if need.what == "level_width":
        return say(
            "the range is now {have} points wide, at most {need} needed",
            have=say.number(math.ceil(need.have * 100)),
            need=say.number(need.need * 100),
        )
    if need.what == "trend_width":
        return _trend(say, need)
    if need.what == "retention_year":
        return say(
            "{years} activities, together about {need} needed",
            years=_two_years(say, need),
            need=say.number(need.need),
        )
    if need.what == "retention_days":
        return say("{have} of {need} days", have=say.number(need.have), need=say.number(need.need))
    return say("{have} of {need}", have=say.number(math.floor(need.have)), need=say.number(need.need))


def _trend(say: Voice, need: Needed) -> str:
    if math.isinf(need.have):
        return say("no highest bound yet, at most {need} times the lowest needed", need=say.number(need.need))
    return say(
        "the highest bound is now {have} times the lowest, at most {need} needed",
        have=say.number(math.ceil(need.have)),
        need=say.number(need.need),
    )


def _two_years(say: Voice, need: Needed) -> str:
    return say(
        "now {recent} against {before}",
        recent=say.number(need.recent or 0),
        before=say.number(need.before or 0),
    )
