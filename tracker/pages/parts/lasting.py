"""What lasts: the curves of arrangements and agreements, in heat against peace, or a list while few."""

from __future__ import annotations

import streamlit as st

from tracker.analysis import lives
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.structure import structure
from tracker.analysis.survival import Curve, Life, Survival, survival
from tracker.charts.survival import SurvivalGroup, SurvivalLabels, SurvivalStep
from tracker.charts.survival import survival as survival_chart
from tracker.pages.around import drawing, frame, write
from tracker.words import Words

_YEAR = 365


def draw(say: Words, known: Cooperation) -> None:
    """Arrangements first: they are what alliances are made of."""
    meetings = frame.current_store().meetings(known.until)
    arrangements = survival(*lives.of_arrangements(known, meetings, structure(meetings).rhythms))
    agreements = survival(*lives.of_agreements(known))
    if not (known.arrangements or known.agreements):
        return
    write.heading(say("What lasts"))
    _part(say, "arrangements", arrangements, say.arrangements_last(arrangements))
    _part(say, "agreements", agreements, say.agreements_last(agreements))


def _part(say: Words, name: str, found: Survival, conclusion: str) -> None:
    write.paragraph(" ".join(filter(None, (conclusion, say.survival_limits(found)))))
    if found.all.enough:
        groups = _groups(say, found)
        drawing.twice(
            f"survival_{name}",
            lambda palette, narrow: survival_chart(
                groups, labels=_labels(say), palette=palette, description=conclusion, narrow=narrow
            ),
        )
    if found.all.lives or found.before_log:
        with st.expander(say("View as a table")):
            head = (
                say("What"),
                say("Began"),
                say("Lasted"),
                say("What became of it"),
                say("In heat or peace"),
            )
            rows = [_row(say, one) for one in (*found.all.lives, *found.before_log)]
            write.table(head, rows, caption=conclusion)


def _row(say: Words, one: Life) -> tuple[str, ...]:
    origin = {True: say("after an incident"), False: say("in peace"), None: say("not known")}[one.heat]
    return one.name, say.date(one.began), say.days(one.days), say.life_end(one), origin


def _groups(say: Words, found: Survival) -> list[SurvivalGroup]:
    """Heat against peace where both are enough to draw, else all together."""
    if found.heat.enough and found.peace.enough:
        return [
            _group(say, "peace", say("began in peace"), found.peace),
            _group(say, "heat", say("began after an incident"), found.heat),
        ]
    return [_group(say, "peace", say("all together"), found.all)]


def _group(say: Words, kind: str, name: str, curve: Curve) -> SurvivalGroup:
    steps = [
        SurvivalStep(day=int(row.day), share=float(row.survival), low=float(row.low), high=float(row.high))
        for row in curve.steps.itertuples()
        if row.day > 0
    ]
    return SurvivalGroup(
        kind=kind,
        name=name,
        count=say.curve_label(curve),
        steps=tuple(steps),
        running=tuple(one.days for one in curve.lives if not one.lost),
        until=max(one.days for one in curve.lives),
    )


def _labels(say: Words) -> SurvivalLabels:
    return SurvivalLabels(
        locale=say.language,
        days=lambda n: moment(say, n),
        share=lambda x: say.percent(x, 1),
        between=lambda low, high: say.percent_range(low, high),
        running=say("still runs"),
        group=say("Began"),
        after=say("After"),
        going_on=say("Goes on"),
        range=say("Likely"),
    )


def moment(say: Words, n: int) -> str:
    """A number of days on the axis, in whole years where it is that."""
    if n == 0:
        return say("start")
    if n % _YEAR:
        return say.days(n)
    return say("1 year") if n == _YEAR else say("{n} years", n=n // _YEAR)  # Dutch has one word for both
