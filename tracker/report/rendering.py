"""A Vega-Lite spec -> the drawing itself, as SVG or PNG, in the faces of the page and without a browser."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tracker.report import fonts

VERSION = "6.4"
_ID = re.compile(r'(id="|url\(#|href="#)([A-Za-z]+_?\d+)')


def svg(spec: dict[str, Any], name: str) -> str:
    """The drawing as SVG; its parts are named after `name`, so that several fit on one page."""
    drawn: str = _drawer().vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
    seen: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        # Vega counts through a whole process: its own numbers would differ from one drawing to the next.
        own = seen.setdefault(match[2], f"{name}-{len(seen) + 1}")
        return f"{match[1]}{own}"

    return _ID.sub(named, drawn)


def png(spec: dict[str, Any]) -> bytes:
    """The drawing as PNG, sharp enough for a projector."""
    drawn: bytes = _drawer().vegalite_to_png(spec, vl_version=VERSION, scale=2, allowed_base_urls=[])
    return drawn


@cache
def _drawer() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(fonts.folder()))
    return vl_convert
