"""What the guard on free text looks for and what may be said of a false alarm, in words."""

from __future__ import annotations

from tracker.words.voice import N_, Voice

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
