"""Who owns what, in words: the matrix, the lead of a quarter, and what to ask about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.ownership import Led, Matrix, Part, PhaseLead
from tracker.analysis.partners import Ownership
from tracker.analysis.quarter import YEAR
from tracker.words.voice import N_, Voice

PARTS = {
    "owner": N_("owner"),
    "second": N_("second owner"),
    "member": N_("takes part"),
    "outside": N_("not in it"),
}
_ASKED = 4


def owned_line(say: Voice, found: Ownership) -> str:
    """The conclusion: how many arrangements rest on owners from two domains."""
    if not found.running:
        return say("There are no arrangements yet, so nothing has an owner.")
    shared = found.running - len(found.no_owner) - len(found.no_second) - len(found.same_domain)
    return say.plural(
        "Of {n} arrangement, {hit} has owners from two domains.",
        "Of {n} arrangements, {hit} have owners from two domains.",
        found.running,
        hit=say.number(shared),
    )


def part_word(say: Voice, one: Part) -> str:
    """ "owner", "takes part, not there lately"."""
    word = say(PARTS[one.part])
    return say("{part}, not there lately", part=word) if one.away else word


def led_line(say: Voice, one: Led, domains: Mapping[str, str]) -> str:
    """Who led most in a quarter: "Safety 9 of 14"; says so when nothing was done or nobody knows."""
    total = sum(one.by.values())
    if not total:
        return say("nobody knows who led") if one.unknown else say("nothing was logged")
    first = max(one.by.values())
    most = [domains.get(code, code) for code, count in one.by.items() if count == first]
    text = N_("{domains} {n} of {total}") if len(most) == 1 else N_("{domains} each {n} of {total}")
    return say(text, domains=say.and_list(most), n=first, total=total)


def lead_shift(say: Voice, quarters: Sequence[Led], domains: Mapping[str, str]) -> str:
    """Who led most in the last of `quarters`, and who did a year (four quarters) before."""
    last, before = quarters[-1], quarters[-1 - YEAR] if len(quarters) > YEAR else None
    if not last.by:
        return say("Of no activity in {quarter} it is known who led.", quarter=_when(say, last))
    now = say(
        "In {quarter} most was led by: {who}.", quarter=_when(say, last), who=led_line(say, last, domains)
    )
    if before is None or not before.by:
        return now
    then = say("A year before: {who}.", who=led_line(say, before, domains))
    return f"{now} {then}"


def led_table(
    say: Voice, quarters: Sequence[Led], domains: Mapping[str, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and rows: a quarter, the newest first; a column a domain that ever led; of how many nobody knows.

    In the order of `domains`, an archived one last; the most of a quarter has a word.
    """
    ever = {code for one in quarters for code in one.by}
    codes = [*(code for code in domains if code in ever), *sorted(ever - domains.keys())]
    head = (say("Quarter"), *(domains.get(code, code) for code in codes), say("Not known"))
    return head, [
        (_when(say, one), *(_led_cell(say, one, code) for code in codes), say.number(one.unknown))
        for one in reversed(quarters)
    ]


def ownership_questions(
    say: Voice,
    known: Cooperation,
    found: Matrix,
    phases: Sequence[PhaseLead],
    names: tuple[Mapping[str, str], Mapping[str, str]],
) -> list[str]:
    """What to ask, with the facts filled in; `names`: of the domains, and of the phases."""
    domains, phase_names = names
    asked = []
    if found.alone:
        titles = [known.arrangements[one].name for one in found.alone[:_ASKED]]
        if len(found.alone) > _ASKED:
            titles.append(say("{n} more", n=len(found.alone) - _ASKED))
        asked.append(
            say("Who takes over if the owner leaves? No second owner: {names}.", names=say.and_list(titles))
        )
    asked += [
        say(
            "{owner} owns “{name}” and was not at its last meetings. Is it still the owner?",
            owner=known.partners[_owner(found, one)].name,
            name=known.arrangements[one].name,
        )
        for one in found.owner_away
    ]
    return asked + [
        say(
            "{domain} led {n} of the {total} activities of the last year in the phase “{phase}”. "
            "Is that intended?",
            domain=domains.get(one.domain, one.domain),
            n=one.led,
            total=one.known,
            phase=phase_names.get(one.phase, one.phase),
        )
        for one in phases
        if one.telling
    ]


def _led_cell(say: Voice, one: Led, code: str) -> str:
    count = one.by.get(code, 0)
    most = count and count == max(one.by.values())
    return say("{n}, the most", n=count) if most else say.number(count)


def _owner(found: Matrix, arrangement: int) -> int:
    place = found.arrangements.index(arrangement)
    return next(partner for partner, parts in found.rows.items() if parts[place].part == "owner")


def _when(say: Voice, one: Led) -> str:
    return say.quarter(one.quarter.first)
