"""Facts -> the pictures of a report: the drawings of the screen, on white and as wide as the page."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from tracker.charts.floor_quarter import floor_quarter
from tracker.charts.held_strip import held_strip
from tracker.charts.palette import DARK, LIGHT, Palette
from tracker.charts.timeline import timeline, to_spec
from tracker.charts.wording import STRIP_DAYS, quarter_labels, strip_labels, strip_row, timeline_labels
from tracker.report.document import Picture
from tracker.report.material import Material
from tracker.words import Words

WIDE, HALF, LOW = 855, 405, 120  # px: on A4 no letter is smaller than 7.5 points
PHONE = 342  # px: beside it a screen of 390 has its margins
_YEARS = timedelta(days=3 * 365)


def timeline_picture(say: Words, of: Material) -> Picture | None:
    """The last three years; None for an empty log."""
    if of.assessment.finding.window.first is None:
        return None
    finding, facts = of.assessment.finding, of.assessment.timeline
    alt = f"{say.sentence(finding)} {say.certainty(finding)}"
    since = max(facts.first, facts.last - _YEARS)

    def drawn(width: int, palette: Palette = LIGHT) -> dict[str, Any]:
        labels, narrow = timeline_labels(say), width == PHONE
        chart = timeline(facts, labels=labels, palette=palette, description=alt, since=since, narrow=narrow)
        return to_spec(chart, palette, labels, width=width)

    return Picture(name="timeline", alt=alt, spec=lambda _: drawn(WIDE), narrow=lambda _: drawn(PHONE))


def strip_picture(say: Words, of: Material) -> Picture | None:
    """What became of the agreed meetings; what went quiet stands first and stays."""
    running = [one for one in of.facts.structure.rhythms if one.state != "ended"]
    if not running:
        return None
    running.sort(key=lambda one: (not one.dormant, one.state != "late", one.agreed.name.casefold()))
    until: date = of.question.until
    alt = f"{say.quiet_line(of.facts)} {say.structure_line(of.facts.structure)}"

    def drawn(most: int, width: int, palette: Palette = LIGHT, narrow: bool = False) -> dict[str, Any]:
        strip = held_strip(
            [strip_row(say, one, until) for one in running[:most]],
            labels=strip_labels(say),
            palette=palette,
            description=alt,
            first=until - STRIP_DAYS,
            until=until,
            recess=of.meetings.recess,
            narrow=narrow,
        )
        return _as_wide_as(strip, width)

    return Picture(
        name="strip",
        alt=alt,
        spec=lambda most: drawn(most, WIDE),
        rows=len(running),
        narrow=lambda most: drawn(most, PHONE, narrow=True),
        on_light=lambda most: drawn(most, WIDE, narrow=True),
        on_dark=lambda most: drawn(most, WIDE, DARK, narrow=True),
    )


def floor_picture(say: Words, of: Material) -> Picture | None:
    """The floor of every quarter; None while no quarter has one."""
    floors = of.assessment.floors
    if not len(floors) or not floors["floor"].notna().any():
        return None
    alt = say.floor_course(of.assessment.finding)

    def spec(_: int, palette: Palette = LIGHT) -> dict[str, Any]:
        shown = floors.iloc[-9:]
        drawn = floor_quarter(shown, labels=quarter_labels(say), palette=palette, description=alt)
        return _as_wide_as(drawn, HALF) | {"height": LOW}

    return Picture(name="floor", alt=alt, spec=spec, on_dark=partial(spec, palette=DARK))


def _as_wide_as(spec: dict[str, Any], width: int) -> dict[str, Any]:
    return spec | {"width": width}
