"""The report and the agenda of a closed evaluation <-> bytes that hold them as they stood.

Everything is kept as it was said, in both languages, for the partners and for everybody, so that no later
change of the log or of the product moves it. A picture is kept as drawn, with a few numbers of rows.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from tracker.analysis.quarter import Quarter
from tracker.records import DUTCH_TIME, QuarterReview
from tracker.report import public, sections
from tracker.report.agenda import AgendaItem, agenda
from tracker.report.document import SCREEN_ROWS, Document, Picture, Section, Table
from tracker.report.material import Material
from tracker.store import Store
from tracker.words import LANGUAGES, Words, speak

_SIZES = (3, 10, 12)  # the most rows a page, a slide or the screen takes is among them, or all there are
_KINDS: dict[str, Any] = {one.__name__: one for one in (AgendaItem, Document, Section, Table)}
_KIND, _DAY, _MOMENT, _LANGUAGE, _PICTURE = "kind", "day", "moment", "language", "picture"


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What stood when an evaluation was closed on `closed_on`.

    `counts` are those the quarter was compared by; None where nothing was known.
    """

    closed_on: date
    counts: Mapping[str, int | None]
    documents: Mapping[str, Document]
    agendas: Mapping[str, tuple[AgendaItem, ...]]

    def document(self, say: Words, *, for_everybody: bool = False) -> Document:
        """The report in a language, for the partners or for everybody."""
        return self.documents[_name(say.language, for_everybody)]

    def agenda(self, say: Words) -> tuple[AgendaItem, ...]:
        """The nine questions in a language."""
        return self.agendas[say.language]


def freeze(of: Material, made_at: datetime) -> bytes:
    """Everything said of the quarter at this moment; the same material and moment give the same bytes."""
    drawn: dict[str, Any] = {}
    documents, agendas = {}, {}
    for language in LANGUAGES:
        say, pool = speak(language), drawn.setdefault(language, {})
        for everybody in (False, True):
            held = _document(of, say, made_at.astimezone(DUTCH_TIME), for_everybody=everybody)
            documents[_name(language, everybody)] = _plain(held, pool)
        agendas[language] = _plain(agenda(of, say), pool)
    kept = {
        "closed_on": made_at.astimezone(DUTCH_TIME).date().isoformat(),
        "counts": counted(of),
        "documents": documents,
        "agendas": agendas,
        "pictures": drawn,
    }
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return lzma.compress(text.encode())


def thaw(facts: bytes) -> Frozen:
    """What `freeze` kept."""
    held = json.loads(lzma.decompress(facts))
    return Frozen(
        closed_on=date.fromisoformat(held["closed_on"]),
        counts=held["counts"],
        documents={
            name: _live(one, held["pictures"][name.partition(".")[0]])
            for name, one in held["documents"].items()
        },
        agendas={
            language: _live(one, held["pictures"][language]) for language, one in held["agendas"].items()
        },
    )


def kept(store: Store, quarter: Quarter) -> Frozen | None:
    """What was kept when the evaluation of a quarter was closed; None while it is not.

    None too when it was closed elsewhere and came in without its facts. Raises `Damaged` when they are gone
    or were changed.
    """
    closed = (one.record for one in store.records(QuarterReview) if one.record.quarter == quarter.first)
    review = next(closed, None)
    return thaw(store.frozen_facts(review.digest)) if review and review.digest else None


def counted(of: Material) -> dict[str, int | None]:
    """The counts of the quarter by name, as `Frozen` keeps them."""
    found = of.comparison.now
    names = (one.name for one in fields(found.counts) if one.name not in ("quarter", "until"))
    return {name: found.value(name) for name in names}


def _name(language: str, for_everybody: bool) -> str:
    return f"{language}.{'public' if for_everybody else 'partners'}"


def _document(of: Material, say: Words, made_at: datetime, *, for_everybody: bool) -> Document:
    """The report with a line that says since when it stands still."""
    make = public.document if for_everybody else sections.document
    written = make(of, say, made_at)
    stands = (say("Facts"), say.as_it_stood(made_at.date()))
    return replace(written, about=(*written.about, stands))


def _plain(value: Any, pool: dict[str, Any]) -> Any:
    """Text, numbers, lists and objects; a picture goes into the pool under its name, drawn once."""
    match value:
        case None | str() | int() | float():
            return value
        case tuple():
            return [_plain(one, pool) for one in value]
        case datetime():
            return {_KIND: _MOMENT, "value": value.isoformat()}
        case date():
            return {_KIND: _DAY, "value": value.isoformat()}
        case Words():
            return {_KIND: _LANGUAGE, "value": value.language}
        case Picture():
            if value.name not in pool:
                pool[value.name] = _drawn(value)
            assert pool[value.name]["alt"] == value.alt, "two pictures of one name"
            return {_KIND: _PICTURE, "value": value.name}
    named = {one.name: _plain(getattr(value, one.name), pool) for one in fields(value)}
    return {_KIND: type(value).__name__, **named}


def _drawn(one: Picture) -> dict[str, Any]:
    sizes = sorted({min(size, one.rows) for size in _SIZES} | {one.rows})
    others = {name: value for name, value in vars(one).items() if callable(value) and name != "spec"}
    return {
        "alt": one.alt,
        "rows": one.rows,
        "sizes": {str(size): one.spec(size) for size in sizes},
        "others": {name: draw(min(one.rows, SCREEN_ROWS)) for name, draw in others.items()},
    }


def _live(held: Any, pool: Mapping[str, Any]) -> Any:
    """What `_plain` made plain; a field that the product no longer has is left out."""
    if isinstance(held, list):
        return tuple(_live(one, pool) for one in held)
    if not isinstance(held, dict):
        return held
    match held[_KIND]:
        case "day":
            return date.fromisoformat(held["value"])
        case "moment":
            return datetime.fromisoformat(held["value"]).astimezone(DUTCH_TIME)
        case "language":
            return speak(held["value"])
        case "picture":
            return _picture(held["value"], pool[held["value"]])
    kind = _KINDS[held[_KIND]]
    return kind(**{one.name: _live(held[one.name], pool) for one in fields(kind) if one.name in held})


def _picture(name: str, held: Mapping[str, Any]) -> Picture:
    drawn = {int(size): spec for size, spec in held["sizes"].items()}
    known = {one.name for one in fields(Picture)}
    others: dict[str, Any] = {
        other: lambda _, spec=spec: dict(spec) for other, spec in held["others"].items() if other in known
    }

    def at(rows: int) -> dict[str, Any]:
        return dict(drawn[picture.at_most(rows)])

    picture = Picture(
        name=name, alt=held["alt"], spec=at, rows=held["rows"], sizes=tuple(sorted(drawn)), **others
    )
    return picture
