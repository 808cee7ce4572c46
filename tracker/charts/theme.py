"""The chart configuration of one palette and one language: fonts, axes, month names, decimal comma."""

from __future__ import annotations

from typing import Any

from babel import Locale

from tracker.charts.palette import Palette

# Vega drops all text, without an error, for an unquoted family that ends in a digit: no "Source Sans 3" here.
FONT = "Source Sans, sans-serif"
TEXT = 13


def config(palette: Palette, locale: str) -> dict[str, Any]:
    """The `config` block of a spec: the page shows through, horizontal grid lines, one axis line.

    `locale` is "nl" or "en"; Vega's own formats (axis months, tooltip decimals) follow it.
    """
    small = {"labelFontSize": TEXT, "titleFontSize": TEXT, "titleFontWeight": 400}
    return {
        "background": None,
        "font": FONT,
        "locale": {"number": number_locale(locale), "time": time_locale(locale)},
        "padding": {"left": 2, "right": 4, "top": 4, "bottom": 2},
        "view": {"stroke": None},
        "title": _title(palette),
        "axis": {
            **small,
            "labelColor": palette.ink2,
            "titleColor": palette.ink2,
            "gridColor": palette.grid,
            "aria": False,  # its English sentence about scales helps nobody; the table has the figures
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "axisX": {
            "grid": False,
            "domain": True,
            "domainColor": palette.axis,
            "ticks": True,
            "tickColor": palette.axis,
            "tickSize": 5,
        },
        "text": {"font": FONT, "fontSize": TEXT, "color": palette.ink2},
        "legend": {**small, "labelColor": palette.ink2, "titleColor": palette.ink2},
    }


def number_locale(locale: str) -> dict[str, Any]:
    """Vega's number locale: the decimal sign and the thousands sign of the language."""
    symbols = Locale.parse(locale).number_symbols["latn"]
    signs = {"decimal": symbols["decimal"], "thousands": symbols["group"]}
    return {**signs, "grouping": [3], "currency": ["", ""]}


def time_locale(locale: str) -> dict[str, Any]:
    """Vega's time locale: months and days as the language abbreviates them ("mrt", not "maa")."""
    names = Locale.parse(locale)
    months, days = names.months["format"], names.days["format"]
    sunday_first = [6, 0, 1, 2, 3, 4, 5]
    return {
        "dateTime": "%a %-d %B %Y %X",
        "date": "%d-%m-%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": [days["wide"][day] for day in sunday_first],
        "shortDays": [days["abbreviated"][day] for day in sunday_first],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }


def _title(palette: Palette) -> dict[str, Any]:
    return {
        "anchor": "start",
        "frame": "group",
        "fontSize": 19,
        "fontWeight": 600,
        "lineHeight": 24,
        "color": palette.ink,
        "subtitleColor": palette.ink2,
        "subtitleFontSize": 14,
        "subtitleLineHeight": 19,
        "subtitlePadding": 5,
        "offset": 14,
    }
