"""Names and codes in a file -> what the store or the same import knows by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TypeVar

from tracker.exchange import cells
from tracker.exchange.cells import CellProblem
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    GlossaryWord,
    Incident,
    InvalidRecord,
    Partner,
    SeriesPoint,
)
from tracker.store import Store, Term

K = TypeVar("K")
RECORDS = (Partner, Arrangement, Incident, Activity)
# An arrangement that only the activities name has this kind, unless its name is that of a kind.
PASSING_KIND = "temporary_consultation"
_CODE_LENGTH = 60
_PERSON_CODE = re.compile(r"[A-Za-z]?[-_ ]?[0-9]{2,}|(?:[A-Za-z]\.){1,5}")
_DAY_AND_TITLE = re.compile(r"([0-9][0-9/-]{7,9})(?:\s*[:|,;]|\s+-)?\s+(.+)", re.DOTALL)


class Names:
    """What a text in a cell stands for; whatever the import itself adds has a number below zero.

    Of the store only what is asked for is read: each look into it takes about two milliseconds.
    """

    def __init__(self, store: Store, confirmed: Mapping[str, str]) -> None:
        self._store = store
        self._terms: dict[str, dict[str, Term]] = {}
        self._confirmed = {name_key(name): domain for name, domain in confirmed.items()}
        self.unknown_partners: dict[str, str] = {}
        self.new_partners: list[tuple[int, Partner]] = []
        self._added = 0
        self.new_kinds: list[Term] = []
        self.changed_terms: list[Term] = []
        self.new_arrangements: list[tuple[int, Arrangement]] = []

    def term(self, vocabulary: str, text: str) -> Term:
        """The entry with this code or label. Raises `CellProblem`: unknown_code or archived_code."""
        term = self._vocabulary(vocabulary).get(name_key(text))
        if term is None:
            raise CellProblem("unknown_code")
        if term.archived:
            raise CellProblem("archived_code")
        return term

    def has(self, term: Term) -> bool:
        """Whether the store or this import has a term with this code."""
        known = self._vocabulary(term.vocabulary).get(name_key(term.code))
        return known is not None and known.code == term.code

    def learn(self, term: Term) -> None:
        """Takes over a term of a file: a new one always, a changed one while there are no records.

        An archived one comes in as a choice first, for records of this import may have it.
        """
        known = self._vocabulary(term.vocabulary)
        standing, choice = self.has(term), replace(term, archived=False)
        if standing and (known[name_key(term.code)] == term or not self._empty):
            return
        if not standing:
            self.new_kinds.append(choice)
        if standing or term.archived:
            self.changed_terms.append(term)
        known |= _by_any_name([choice])

    def activity_kind(self, text: str) -> str:
        """The code of a kind of activity; an unknown one becomes a joint kind of the user's own."""
        kinds = self._vocabulary("activity_kind")
        key = name_key(text)
        if key not in kinds:
            code = _code(text)
            kinds[key] = kinds[code] if code in kinds else self._new_kind(code, text)
        return self.term("activity_kind", text).code

    def standing_activity_kind(self, text: str) -> str:
        """The code of a kind that an activity can have had, archived or not; it makes none.

        Raises `CellProblem`("no_activity"): what is no kind, no activity has.
        """
        kind = self._vocabulary("activity_kind").get(name_key(text))
        if kind is None:
            raise CellProblem("no_activity")
        return kind.code

    def partner(self, text: str) -> int:
        """The number of an organisation. Raises `CellProblem`: unknown_partner or looks_like_person."""
        number = self._partners.get(name_key(text))
        if number is not None:
            return number
        if looks_like_person(text):
            raise CellProblem("looks_like_person")
        domain = self._confirmed.get(name_key(text))
        if domain is None:
            self.unknown_partners.setdefault(name_key(text), text)
            raise CellProblem("unknown_partner")
        record = _organisation(text, domain)
        number = self.add(record)
        self.new_partners.append((number, record))
        return number

    def arrangement(self, text: str) -> int:
        """The number of an arrangement; an unknown name becomes one without a rhythm."""
        number = self._arrangements.get(name_key(text))
        if number is None:
            record = _named(text, self.arrangement_kind(text))
            number = self.add(record)
            self.new_arrangements.append((number, record))
        return number

    def arrangement_kind(self, name: str) -> str:
        """The kind of an arrangement of which only the name is known."""
        kind = self._vocabulary("arrangement_kind").get(name_key(name))
        return kind.code if kind and not kind.archived else PASSING_KIND

    def incident(self, text: str) -> int:
        """The number of the incident with this title, or this day and title.

        Raises `CellProblem`: unknown_incident, or ambiguous_incident when several bear the title.
        """
        days = self._incidents.get(name_key(text), {})
        if not days and (match := _DAY_AND_TITLE.fullmatch(text)):
            happened_on = cells.day(match[1])
            days = self._incidents.get(name_key(match[2]), {})
            days = {day: number for day, number in days.items() if day == happened_on}
        if not days:
            raise CellProblem("unknown_incident")
        if len(days) > 1:
            raise CellProblem("ambiguous_incident")
        return next(iter(days.values()))

    def series(self, text: str) -> str:
        """The series of this name as it was first written. Raises `CellProblem`("looks_like_person")."""
        if looks_like_person(text):
            raise CellProblem("looks_like_person")
        return self._series.setdefault(name_key(text), text)

    def knows_arrangement(self, text: str) -> bool:
        """True when there is an arrangement of this name; asking makes none."""
        return name_key(text) in self._arrangements

    def agreement(self, text: str) -> int:
        """The number of the agreement with this text. Raises `CellProblem`("unknown_record")."""
        number = self._agreements.get(name_key(text))
        if number is None:
            raise CellProblem("unknown_record")
        return number

    def word(self, text: str) -> int:
        """The number of the word of the glossary. Raises `CellProblem`("unknown_word")."""
        number = self._words.get(name_key(text))
        if number is None:
            raise CellProblem("unknown_word")
        return number

    def named_in_files(self, record_type: type[Partner] | type[Arrangement], text: str) -> bool:
        """True when this import has a partner or arrangement of this name already."""
        named = self._partners if record_type is Partner else self._arrangements
        return named.get(name_key(text), 0) < 0

    def add(self, record: object) -> int:
        """A number for a record of this import that others can name: -1 for the first, then -2.

        0 for a record that nothing can point at: an activity, or a name (an incident: title and day)
        that is known already. So a numbered record is always new to the store.
        """
        if isinstance(record, Activity):  # most of an import
            return 0
        if isinstance(record, Partner):
            return self._number(self._partners, name_key(record.name))
        if isinstance(record, Arrangement):
            return self._number(self._arrangements, name_key(record.name))
        if isinstance(record, Agreement):
            return self._number(self._agreements, name_key(record.text))
        if isinstance(record, GlossaryWord):
            return self._number(self._words, name_key(record.name))
        if isinstance(record, Incident):
            days = self._incidents.setdefault(name_key(record.title), {})
            return self._number(days, record.happened_on)
        return 0

    @cached_property
    def _empty(self) -> bool:
        return not any(self._store.records(kind, withdrawn=True, limit=1) for kind in RECORDS)

    @cached_property
    def _partners(self) -> dict[str, int]:
        return {name_key(held.record.name): held.id for held in self._store.records(Partner)}

    @cached_property
    def _arrangements(self) -> dict[str, int]:
        return {name_key(held.record.name): held.id for held in self._store.records(Arrangement)}

    @cached_property
    def _agreements(self) -> dict[str, int]:
        return {name_key(held.record.text): held.id for held in self._store.records(Agreement)}

    @cached_property
    def _words(self) -> dict[str, int]:
        return {name_key(held.record.name): held.id for held in self._store.records(GlossaryWord)}

    @cached_property
    def _incidents(self) -> dict[str, dict[date, int]]:
        found: dict[str, dict[date, int]] = {}
        for held in self._store.records(Incident):
            found.setdefault(name_key(held.record.title), {})[held.record.happened_on] = held.id
        return found

    @cached_property
    def _series(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for held in self._store.records(SeriesPoint):
            found.setdefault(name_key(held.record.series), held.record.series)
        return found

    def _vocabulary(self, name: str) -> dict[str, Term]:
        """Code and both labels -> term, archived ones too."""
        if name not in self._terms:
            self._terms[name] = _by_any_name(self._store.vocabulary(name, archived=True))
        return self._terms[name]

    def _number(self, known: dict[K, int], key: K) -> int:
        if key in known:
            return 0
        self._added -= 1
        known[key] = self._added
        return self._added

    def _new_kind(self, code: str, text: str) -> Term:
        """Joint by default: a list of what partners did together rarely says who took part."""
        _named(text, code)
        term = Term(vocabulary="activity_kind", code=code, nl=text, en=text, joint=True)
        self.new_kinds.append(term)
        return term


def activity_kinds(store: Store, given: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """The codes of kinds named by code or label, archived ones too, and the names that no kind bears."""
    known = _by_any_name(store.vocabulary("activity_kind", archived=True))
    wanted = {name: known.get(name_key(name)) for name in given}
    codes = tuple(dict.fromkeys(term.code for term in wanted.values() if term))
    return codes, [name for name, term in wanted.items() if term is None]


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    """A name without differences in case, spaces and ways to write an accent."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def looks_like_person(text: str) -> bool:
    """True for P001, 1234 and initials: codes for persons, which have no place here."""
    return bool(_PERSON_CODE.fullmatch(text))


def _named(text: str, kind: str) -> Arrangement:
    """An arrangement of this name; raises `CellProblem` when a record refuses such a name."""
    try:
        return Arrangement(name=text, kind=kind)
    except InvalidRecord as invalid:
        raise CellProblem(invalid.problems["name"]) from None


def _organisation(text: str, domain: str) -> Partner:
    """An organisation that somebody confirmed; raises `CellProblem` when a record refuses it."""
    try:
        return Partner(name=text, domain=domain)
    except InvalidRecord as invalid:
        raise CellProblem(next(iter(invalid.problems.values()))) from None


def _by_any_name(terms: Iterable[Term]) -> dict[str, Term]:
    """Code and both labels -> term; a code goes before the same word as a label of another term."""
    terms = list(terms)
    found = {name_key(term.code): term for term in terms}
    for term in terms:
        found.setdefault(name_key(term.nl), term)
        found.setdefault(name_key(term.en), term)
    return found


def _code(text: str) -> str:
    """`Meet-up (online)` -> meet_up_online. Raises `CellProblem`("bad_name") when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    code = re.sub(r"[^a-z0-9]+", "_", "".join(m for m in plain if not unicodedata.combining(m))).strip("_")
    if not code:
        raise CellProblem("bad_name")
    return code[:_CODE_LENGTH].strip("_")
