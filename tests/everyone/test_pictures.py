"""Each picture has a sentence on the page, says it as its alternative text, and has a table.

Whatever can be chosen in a picture can be chosen in a widget as well: no key reaches into a picture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tests.pages.test_self_scan_page import RUNNING, held
from tracker.records import REVIEW_TOPICS
from tracker.words import Words, speak

ROOT = Path(__file__).parents[2]
# A picture -> its table: the caption of a table in words, or the first columns of one that scrolls. What
# begins a name stands for all of them; without a caption a table is called like its picture.
TABLES: dict[str, tuple[str, ...]] = {
    "timeline": ("Week of", "Activities"),
    "threat_level": ("The national threat level",),
    "series_": ("Week of",),
    "floor_quarter": ("The floor of every quarter",),
    "strip": ("All arrangements",),
    "pairs": ("Activities together, per two domains",),
    "attendance": ("Who was at the meetings",),
    "day_zero": ("Week",),
    "survival_": (),
    "urgency": ("How urgent it felt, 1 (low) to 5 (high)",),
    "ownership": ("Who has which part",),
    "prevention": ("Who leads and who supports in each phase",),
    "scan_": ("All rounds as a table",),
    "meeting.": (),
}
# What is chosen in a picture -> the key of the widget that chooses the same. No picture is chosen in today.
TWINS: dict[str, str] = {}
LOOKS = (
    *((f"{name}.py", {}) for name in ("today", "rhythm", "partners", "after", "agreements")),
    ("trend.py", {"threat": "1"}),
    *(("lessons.py", {"lesson": one}) for one in ("urgency", "ownership", "direction")),
    *(("evaluation.py", {"topic": one}) for one in REVIEW_TOPICS),
)


@dataclass(frozen=True)
class Shown:
    """A picture on a page: its name (empty where it stands alone), what it says, and how it is drawn."""

    name: str
    says: str
    spec: dict[str, Any] = field(compare=False)
    place: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Table:
    """A table on a page: its caption, or the heads of its columns with a bar between them."""

    name: str
    place: int


@dataclass(frozen=True)
class Page:
    """What a reader of one page meets, in its order."""

    said: str
    pictures: list[Shown]
    tables: list[Table]
    widgets: list[str]


def read(screen: Any) -> Page:
    """Pictures, tables and texts of a screen; a picture for a wide and one for a narrow screen are two."""
    pictures, tables = [], []
    for place, (node, around) in enumerate(_in_order(screen.app.main, "")):
        proto = getattr(node, "proto", None)
        if node.type == "vega_lite_chart":
            spec = json.loads(proto.spec)
            pictures.append(Shown(around, spec.get("description", ""), spec, place))
        elif node.type in ("dataframe", "arrow_data_frame"):
            tables.append(Table(" | ".join(map(str, node.value.columns)), place))
        elif node.type == "html":
            captions = re.findall(r"<caption[^>]*>(.*?)</caption>", proto.body)
            tables += [Table(unescape(one), place) for one in captions]
    widgets = [
        str(one.key) for one in (*screen.app.date_input, *screen.app.selectbox, *screen.app.multiselect)
    ]
    return Page(_plain(screen.text()), pictures, tables, widgets)


def _in_order(node: Any, around: str) -> Iterator[tuple[Any, str]]:
    """The elements of a page from top to bottom, each with the name of the picture whose place it is in."""
    children = getattr(node, "children", None)
    if not children:
        yield node, around
        return
    key = re.search(r"-(?:wide|narrow)(?:_(\w+))?$", str(getattr(node.proto, "id", "")) if node.proto else "")
    name = (key[1] or "timeline") if key else around
    for child in children.values():
        yield from _in_order(child, name)


def complaints(page: Page, say: Words) -> list[str]:
    """What a picture on this page lacks."""
    taken: list[Table] = []
    found, before = [], None
    for picture in page.pictures:
        if picture == before:  # the same for the other width of a screen
            continue
        before = picture
        what = f"{picture.name or 'a picture'} ({picture.says[:40]})"
        first = sentence(picture.says)
        if not picture.says:
            found.append(f"{what} says nothing to who cannot see it")
        elif first not in page.said:
            found.append(f"{what} has no sentence on the page: {first}")
        found += [f"{what} says {text} in English" for text in english_in(picture, say)]
        table = _table_of(picture, page, say, taken)
        if table is None:
            found.append(f"{what} has no table")
        else:
            taken.append(table)
        found += [f"{what}: {name} can be chosen in it alone" for name in _chosen_in(picture, page)]
    return found


def sentence(text: str) -> str:
    """The first sentence of a text, without the name before a colon of what it is about."""
    lead, colon, rest = _plain(text).partition(": ")
    return re.split(r"(?<=[.]) ", rest if colon and "." not in lead else _plain(text))[0]


def _table_of(picture: Shown, page: Page, say: Words, taken: list[Table]) -> Table | None:
    """The table with the name that belongs to it, or the next one for a picture that stands alone.

    The four pictures of the self-scan share one; no others do.
    """
    free = [one for one in page.tables if one not in taken or picture.name.startswith("scan_")]
    if not picture.name:
        return next((one for one in free if one.place > picture.place), None)
    name = entry_of(picture.name)
    start = " | ".join(map(say, TABLES[name])) if TABLES[name] else picture.says
    return next((one for one in free if one.name.startswith(start)), None)


def entry_of(name: str) -> str:
    """The line of `TABLES` for a picture: with its own name, or with the beginning of it."""
    return next(one for one in sorted(TABLES, key=len, reverse=True) if name.startswith(one))


def english_in(picture: Shown, say: Words) -> list[str]:
    """English texts of the product in what a Dutch picture says aloud: its text and the names in its tips."""
    if say.language == "en":
        return []
    spoken = [picture.says, *_titles(picture.spec)]
    return [text for text in spoken if text in english() or (text == picture.says and _holds_english(text))]


def _holds_english(text: str) -> bool:
    return any(len(one) > 12 and "{" not in one and one in text for one in english())


@cache
def english() -> frozenset[str]:
    """The texts that are something else in Dutch."""
    with (ROOT / "tracker/words/nl.po").open("rb") as file:
        catalogue = read_po(file, locale="nl")
    return frozenset(
        one.id for one in catalogue if isinstance(one.id, str) and one.id and one.id != one.string
    )


def _titles(spec: Any) -> Iterator[str]:
    """The names of what is told about a mark."""
    if isinstance(spec, dict):
        for name, value in spec.items():
            if name == "tooltip":
                yield from (
                    str(one.get("title", one.get("field", ""))) for one in _list(value) if "field" in one
                )
            elif name not in ("datasets", "values"):
                yield from _titles(value)
    elif isinstance(spec, list):
        for one in spec:
            yield from _titles(one)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def selections(spec: Any) -> Iterator[str]:
    """The names of what can be chosen in a picture."""
    if isinstance(spec, dict):
        if "select" in spec and "name" in spec:
            yield spec["name"]
        for name, value in spec.items():
            if name not in ("datasets", "values"):
                yield from selections(value)
    elif isinstance(spec, list):
        for one in spec:
            yield from selections(one)


def _chosen_in(picture: Shown, page: Page) -> list[str]:
    return [name for name in selections(picture.spec) if TWINS.get(name) not in page.widgets]


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(params=["nl", "en"])
def pages(request, screen) -> tuple[Words, list[Page]]:
    """Every page of the example with pictures, in one language, and two rounds of the self-scan."""
    say, found = speak(request.param), []
    opened = screen(language=request.param, example=True)
    for name, ask in LOOKS:
        opened.app.query_params = {"lang": request.param, "data": "example", **ask}
        for key, value in ask.items():
            opened.app.session_state[f"filter.{key}"] = value == "1" or value
        found.append(read(opened.go(name)))
    own = screen(language=request.param)
    for back, points in ((1, 2), (0, 4)):
        held(own, *[points] * 5, quarter=RUNNING.back(back))
    own.app.query_params["lesson"] = "scan"
    return say, [*found, read(own.go("lessons.py"))]


def test_every_picture_has_a_sentence_a_table_and_an_alternative_text(pages):
    say, found = pages
    assert [told for page in found for told in complaints(page, say)] == []
    drawn = {entry_of(one.name) for page in found for one in page.pictures if one.name}
    assert drawn == set(TABLES) - {"floor_quarter", "meeting."}  # these stand alone, the same at every width
    alone = [one for page in found for one in page.pictures if not one.name]
    assert len(alone) > 2


def test_every_picture_of_the_product_is_in_the_list():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracker/pages").rglob("*.py"))
    keys = re.findall(r'drawing\.twice\(\s*f?"([^"{]+)', source)
    keys += re.findall(r'st\.vega_lite_chart\([^)]*?key=f?"([^"{]+)', source)
    assert {entry_of(key) for key in keys if key != "timeline_"} | {"timeline"} == set(TABLES)


PAGE = Page(
    said="De zin staat er. Meer niet.",
    pictures=[Shown("strip", "De zin staat er.", {"mark": "point"}, 1)],
    tables=[Table("Alle samenwerkingsvormen", 2)],
    widgets=[],
)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({}, ""),
        ({"tables": []}, "has no table"),
        ({"tables": [Table("Iets anders", 2)]}, "has no table"),
        ({"pictures": [Shown("", "De zin staat er.", {}, 3)]}, "has no table"),
        ({"pictures": [Shown("strip", "", {}, 1)]}, "says nothing"),
        ({"said": "Een andere zin."}, "has no sentence"),
        ({"pictures": [Shown("strip", "All arrangements", {}, 1)]}, "in English"),
        (
            {
                "pictures": [
                    replace(PAGE.pictures[0], spec={"params": [{"name": "brush", "select": "interval"}]})
                ]
            },
            "brush can be chosen in it alone",
        ),
    ],
)
def test_positive_control_what_a_picture_lacks_is_noticed(changed, complaint):
    say = speak("nl")
    page = replace(PAGE, tables=[Table(say("All arrangements"), 2)])
    told = complaints(replace(page, **changed), say)
    assert any(complaint in one for one in told) if complaint else told == []
