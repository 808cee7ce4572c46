"""What the guard on free text looks for and what may be said of a false alarm, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tracker.words.field_names import FIELD_NAMES
from tracker.words.history import KINDS as RECORDS
from tracker.words.history import VOCABULARY_NAMES
from tracker.words.voice import N_, Voice

if TYPE_CHECKING:
    from tracker.store import Notice

KINDS = {
    "bsn": N_("citizen service number"),
    "email": N_("e-mail address"),
    "phone": N_("telephone number"),
    "iban": N_("bank account"),
    "address": N_("home address"),
    "birth_date": N_("date of birth"),
    "licence_plate": N_("licence plate"),
    "titled_name": N_("name with a title"),
    "initials_surname": N_("name with initials"),
    "named": N_("name of a person"),
    "age_role_place": N_("age, role and place of one person"),
}
WHYS = {
    "organisation_number": N_("It is the number or address of an organisation."),
    "case_number": N_("It is the number of a case, a document or a product."),
    "public_number": N_("It is a number for everybody, such as a help line."),
    "no_person": N_("It is no person: a name of a place, a house or a project."),
    "looked_at": N_("Somebody looked: no person is meant."),
}


def guarded_kind(say: Voice, kind: str) -> str:
    """What one kind of finding is called."""
    return say(KINDS[kind])


def why_no_person(say: Voice, kind: str, field: str) -> str:
    """The question whether a finding is a false alarm."""
    return say("Is this no {kind} after all ({field})? Then say why.", kind=say(KINDS[kind]), field=field)


def reasons_of_override(say: Voice) -> dict[str, str]:
    """The reasons to choose from, with none chosen first. They are all that is kept."""
    said = {why: say(words) for why, words in WHYS.items() if why != "looked_at"}
    return {"": say("It is one: I take it out"), **said}


def override_reason(say: Voice, why: str) -> str:
    """One reason that was chosen."""
    return say(WHYS[why])


def let_pass_line(say: Voice, number: int) -> str:
    """How many false alarms there were in a quarter, as people judged them."""
    if not number:
        return say("In this quarter nothing that looked like data of a person was let pass.")
    return say.plural(
        "In this quarter {n} text that looked like data of a person was let pass as a false alarm.",
        "In this quarter {n} texts that looked like data of a person were let pass as false alarms.",
        number,
    )


def notice(say: Voice, one: Notice) -> str:
    """Where a text stands that looks like data of a person, and of which kind; never the text."""
    name = FIELD_NAMES.get(one.field)
    field = say(name) if name else one.field
    return f"{_where(say, one.where)} {one.record_id}, {field}: {say(KINDS[one.kind])}"


def notices_in_all(say: Voice, found: Sequence[Notice]) -> str:
    """How many texts that are."""
    texts = {(one.where, one.record_id, one.field) for one in found}
    if not texts:
        return say("No text looks like data of a person.")
    return say.plural(
        "{n} text looks like data of a person. Change it, or leave it when it is a false alarm.",
        "{n} texts look like data of a person. Change them, or leave them when they are false alarms.",
        len(texts),
    )


def notice_lines(say: Voice, found: Sequence[Notice]) -> Iterable[str]:
    """The same for the command line: how many, then each; nothing when there are none."""
    return [notices_in_all(say, found), *(notice(say, one) for one in found)] if found else []


def never_recorded(say: Voice) -> list[str]:
    """What this log has no place for, and refuses where somebody types it."""
    return [
        say("No record has a field for a person: only organisations, roles, days and numbers."),
        say("No list of participants: who was there is an organisation."),
        say("No place finer than a neighbourhood is asked for."),
        say("Names and addresses in a calendar that comes in are not read."),
        say("Who replied to a self-scan, and when, is kept nowhere."),
        say("Of a change is kept who made it and when: the account name of a colleague."),
    ]


def kept_lines(say: Voice, decided: Mapping[str, Any]) -> list[str]:
    """How long each sort of content is kept, as the municipality decided; or that it did not yet."""
    named = {
        "years_of_text": N_("Free text is kept {n} years."),
        "years_of_records": N_("Records without their text are kept {n} years."),
        "years_of_log": N_("The access log is kept {n} years."),
    }
    known = [say(words, n=decided[name]) for name, words in named.items() if name in decided]
    return known or [say("The municipality has not decided yet how long it keeps what stands here.")]


def kind_of_record(say: Voice, kind: Any) -> str:
    """What one kind of record is called."""
    return say(RECORDS[kind])


def field_rows(say: Voice, kind: Any, texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Every field of a kind of record: its name, what it holds, and whether the guard watches it."""
    watched = set(texts)
    rows: list[tuple[str, ...]] = []
    for one in fields(kind):
        name = FIELD_NAMES.get(one.name)
        told = say("yes") if one.name in watched else ""
        rows.append((say(name) if name else one.name, _held(say, str(one.type)), told))
    return rows


def _held(say: Voice, annotation: str) -> str:
    for start, words in _HELD.items():
        if annotation.startswith(start):
            return say(words)
    return annotation


_HELD = {
    "str": N_("text or a choice"),
    "date": N_("a day"),
    "bool": N_("yes or no"),
    "int": N_("a number"),
    "float": N_("a number"),
    "tuple": N_("several choices"),
}


def _where(say: Voice, table: str) -> str:
    if table == "history":
        return say("History")
    if table in VOCABULARY_NAMES:
        return say(VOCABULARY_NAMES[table])
    from tracker.store import KINDS as TABLES

    return say(RECORDS[TABLES[table]])
