"""What can be chosen while logging: what is known already, then the default lists.

An option is a text: "" for none, an id, a code, or "new:" and a code of a default list. A new one becomes
an arrangement or an organisation when the form is saved, so that nobody has to set anything up first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.records import Arrangement, Incident, Partner
from tracker.store import Store
from tracker.words import Words

_NEW = "new:"
_INCIDENTS = 30
_RHYTHMS = (
    *(f"FREQ=WEEKLY;INTERVAL={weeks}" for weeks in (1, 2, 3, 4, 6, 8)),
    *(f"FREQ=MONTHLY;INTERVAL={months}" for months in (1, 2, 3, 6, 12)),
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_WEEK = 5

Options = dict[str, str]


def arrangements(say: Words, store: Store, kept: Iterable[str] = ()) -> Options:
    """None, the arrangements that run, then the kinds nobody has yet."""
    running = {str(one.id): one.record.name for one in store.records(Arrangement) if not one.record.ended_on}
    return {
        "": say("No arrangement, it stood by itself"),
        **running,
        **_new(say, store, "arrangement_kind", running.values(), kept),
    }


def partners(say: Words, store: Store, chosen: Iterable[int] = (), kept: Iterable[str] = ()) -> Options:
    """The organisations, then the default ones nobody has yet; a withdrawn one stays where it was chosen."""
    known = {
        str(one.id): one.record.name for one in store.records(Partner, withdrawn=True) if _open(one, chosen)
    }
    return {**known, **_new(say, store, "partner_kind", known.values(), kept)}


def owners(say: Words, store: Store, chosen: int | None = None, kept: Iterable[str] = ()) -> Options:
    """Nobody yet, then the organisations."""
    held = () if chosen is None else (chosen,)
    return {"": say("Nobody yet"), **partners(say, store, held, kept)}


def incidents(say: Words, store: Store, chosen: int | None = None) -> Options:
    """None, then the newest incidents."""
    found = store.records(Incident, newest_first=True, limit=_INCIDENTS)
    if chosen is not None and all(one.id != chosen for one in found):
        found.append(store.get(Incident, chosen))
    return {
        "": say("No"),
        **{str(one.id): f"{say.short_date(one.record.happened_on)} · {one.record.title}" for one in found},
    }


def terms(say: Words, store: Store, vocabulary: str, value: str = "", *, none: str = "") -> Options:
    """The terms of a vocabulary; an archived one only where it was chosen; `none` when it may stay empty."""
    found = store.vocabulary(vocabulary, archived=True)
    known = {term.code: say.label(term) for term in found if not term.archived or term.code == value}
    return {"": none, **known} if none else known


def rhythms(say: Words, standing: str, day: date) -> Options:
    """Rule -> its words, each once: on demand, by weeks, by months, and monthly on the weekday of `day`."""
    rules = ("", standing, *_RHYTHMS, _same_weekday(day))
    # Backwards, so that of two with the same words the one that stands is offered.
    first = {say.cadence(rule): rule for rule in reversed(rules)}
    return {rule: words for rule in dict.fromkeys(rules) if first[words := say.cadence(rule)] == rule}


def arrangement_id(say: Words, store: Store, option: str, by: str) -> int | None:
    """The id of the chosen arrangement, made now when it was a new one."""
    if not option.startswith(_NEW):
        return int(option) if option else None
    code = option.removeprefix(_NEW)
    term = next(one for one in store.vocabulary("arrangement_kind") if one.code == code)
    if standing := _standing(store, Arrangement, say.label(term)):
        return standing
    weeks = f"FREQ=WEEKLY;INTERVAL={term.cadence_weeks}" if term.cadence_weeks else ""
    made = Arrangement(name=say.label(term), kind=code, cadence=weeks, grace_weeks=term.grace_weeks or 0)
    return store.add(made, by=by).id


def partner_ids(say: Words, store: Store, options: Iterable[str], by: str) -> tuple[int, ...]:
    """The ids of the chosen organisations, made now where they were new."""
    return tuple(_partner_id(say, store, option, by) for option in options)


def _partner_id(say: Words, store: Store, option: str, by: str) -> int:
    if not option.startswith(_NEW):
        return int(option)
    code = option.removeprefix(_NEW)
    term = next(one for one in store.vocabulary("partner_kind") if one.code == code)
    if standing := _standing(store, Partner, say.label(term)):
        return standing
    return store.add(Partner(name=say.label(term), domain=term.domain), by=by).id


def _new(say: Words, store: Store, vocabulary: str, names: Iterable[str], kept: Iterable[str]) -> Options:
    """Terms that nobody has yet, and those in `kept`: what stands chosen in the form stays a choice."""
    taken = {name.casefold() for name in names}
    return {
        _NEW + term.code: say("New: {name}", name=say.label(term))
        for term in store.vocabulary(vocabulary)
        if say.label(term).casefold() not in taken or _NEW + term.code in kept
    }


def _standing(store: Store, kind: type[Arrangement] | type[Partner], name: str) -> int | None:
    """The id of the record with this name, so that saving twice makes nothing twice."""
    found = (one.id for one in store.records(kind) if one.record.name.casefold() == name.casefold())
    return next(found, None)


def _open(one, chosen: Iterable[int]) -> bool:
    return not one.withdrawn or one.id in chosen


def _same_weekday(day: date) -> str:
    """Every month on the same weekday: the second Tuesday, or the last one."""
    week = (day.day - 1) // 7 + 1
    which = -1 if week == _LAST_WEEK else week
    return f"FREQ=MONTHLY;BYDAY={which}{_WEEKDAYS[day.weekday()]}"
