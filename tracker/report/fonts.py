"""Streamlit's own typefaces -> font files that a PDF and a drawing can use, made once a computer.

Source Sans and Source Serif ship with the installed Streamlit package as variable web fonts (OFL 1.1). Each
weight becomes a file of its own in the user's cache folder, and the same package gives the same bytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category

CACHE = Path("~/.cache/incident-to-structure")
SANS, SERIF = "Source Sans", "Source Serif"
_FILES = {SANS: "SourceSansVF-Upright", SERIF: "SourceSerifVariable-Roman"}
_WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
_MADE = ((SANS, 400), (SANS, 600), (SANS, 700), (SERIF, 600))
_TEXT_SIZE = 20  # the optical size of headings
_PLATFORMS = ((3, 1, 0x409), (1, 0, 0))
# Latin with its accents, punctuation, and the circles that say how certain something is.
_WEB_LETTERS = (*range(0x20, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x25CB, 0x25CF)
# Also what names hold that come from elsewhere. Cut out first: to weigh every glyph takes minutes.
_LETTERS = (*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2070), 0x20AC, 0x25CB, 0x25CF)
_FEATURES = ["kern", "mark"]


@cache
def folder() -> Path:
    """The folder with one file a weight, made when it is not there. Falls back on one of this process."""
    recipe = repr((_MADE, _LETTERS, _WEB_LETTERS, _FEATURES)).encode()
    made_of = b"".join((recipe, *(_source(family).read_bytes() for family in _FILES)))
    digest = hashlib.sha256(made_of).hexdigest()[:16]
    home = CACHE.expanduser()
    try:
        home.mkdir(parents=True, exist_ok=True)
        target = home / f"fonts-{digest}"
        if not target.exists():
            _make(target)
    except OSError:
        target = Path(tempfile.mkdtemp(prefix="fonts-")) / "made"
        _make(target)
    return target


def legible(text: str) -> str:
    """The text without signs that no face of ours has: a question mark for each that is seen."""
    drawn = _drawn()
    return "".join(
        sign if ord(sign) in drawn else "" if category(sign) in ("Cf", "Mn") else "?" for sign in text
    )


@cache
def _drawn() -> frozenset[int]:
    """The signs in one face or the other, which stand in for each other."""
    from fontTools.ttLib import TTFont

    faces = (TTFont(folder() / _name(family, weight)) for family, weight in _MADE)
    return frozenset().union(*(face.getBestCmap() for face in faces))


@cache
def web_style() -> str:
    """The same faces as CSS with the fonts inside, small enough for one page."""
    rules = []
    for family, weight in _MADE:
        data = b64encode(_for_web(folder() / _name(family, weight)).read_bytes()).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "".join(rules)


def _source(family: str) -> Path:
    spec = importlib.util.find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    media = Path(spec.origin).parent / "static" / "static" / "media"
    found = sorted(media.glob(f"{_FILES[family]}*.woff2"))
    assert found, f"this Streamlit has no {family}"
    return found[0]


def _make(target: Path) -> None:
    """All files or none: made aside and moved into place; another process may be quicker."""
    with tempfile.TemporaryDirectory(dir=target.parent if target.parent.exists() else None) as aside:
        made = Path(aside) / "made"
        made.mkdir()
        for family, weight in _MADE:
            path = made / _name(family, weight)
            _instance(family, weight, path)
            _for_web(path).parent.mkdir(exist_ok=True)
            _for_web(path).write_bytes(_web_font(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.rename(made, target)
        except OSError:
            if not target.exists():
                raise


def _name(family: str, weight: int) -> str:
    return f"{family.replace(' ', '')}-{_WEIGHTS[weight]}.ttf"


def _for_web(path: Path) -> Path:
    """Where the small web font of a face stands: aside, for what reads the folder wants faces only."""
    return path.parent / "web" / f"{path.stem}.woff2"


def _instance(family: str, weight: int, path: Path) -> None:
    """One weight of a variable font, with the names under which programs find it as a family."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(_letters_of(family)), recalcTimestamp=False)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    place = {"wght": float(weight)} | ({"opsz": float(_TEXT_SIZE)} if "opsz" in axes else {})
    made = instancer.instantiateVariableFont(font, place)
    for platform in _PLATFORMS:
        for number, text in _names(family, weight).items():
            made["name"].setName(text, number, *platform)
    made["OS/2"].usWeightClass = weight
    made["head"].macStyle = int(weight == 700)
    kept = made["OS/2"].fsSelection & ~0x61
    made["OS/2"].fsSelection = kept | {400: 0x40, 700: 0x20}.get(weight, 0)
    made.flavor = None
    made.save(path)


@cache
def _letters_of(family: str) -> bytes:
    """The variable font with the letters we use, so that every weight starts from little."""
    font = _cut(_source(family), _LETTERS)
    font.flavor = None
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def _names(family: str, weight: int) -> dict[int, str]:
    """Number in the table of names -> text; a weight between is a family of its own to old programs."""
    style, basic = _WEIGHTS[weight], weight in (400, 700)
    return {
        1: family if basic else f"{family} {style}",
        2: style if basic else "Regular",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
        16: family,
        17: style,
    }


def _web_font(path: Path) -> bytes:
    font = _cut(path, _WEB_LETTERS)
    font.flavor = "woff2"
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def _cut(path: Path, letters: Sequence[int]) -> Any:
    """A font with these letters only; the file says when it was designed, not when it was cut."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(recalc_timestamp=False, layout_features=_FEATURES)
    options.drop_tables += ["GSUB"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    return font
