"""The glossary in words: what is meant by a word, which domains mean something else, and help at a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.glossary import Entry
from tracker.analysis.quarter import Quarter
from tracker.words.voice import N_, Voice

FIELDS = {
    "incident_kind": N_("Incident: what kind"),
    "severity": N_("Incident: how serious"),
    "phenomenon": N_("Incident: phenomenon"),
    "activity_kind": N_("Meeting or activity: what was it"),
    "phase": N_("Prevention phase"),
    "arrangement_kind": N_("Arrangement: what kind"),
}


def glossary_line(say: Voice, entries: Sequence[Entry]) -> str:
    """The conclusion: which words clash."""
    if not entries:
        return say("No word was written down yet. Which word do you explain most often?")
    clash = [_quoted(one) for one in entries if one.word.clash]
    if not clash:
        return say.plural(
            "{n} word has its meaning, and it does not clash.",
            "{n} words have their meaning, and none of them clashes.",
            len(entries),
        )
    return say.plural(
        "{n} word means something else in another domain: {words}.",
        "{n} words mean something else in another domain: {words}.",
        len(clash),
        words=say.and_list(clash),
    )


def glossary_question(say: Voice, quarter: Quarter, told: Sequence[Entry], older: Sequence[Entry]) -> str:
    """ "Which word did we mean differently this quarter?", with what was written down of it."""
    lines = [say("Which word did we mean differently in {quarter}?", quarter=say.quarter(quarter.first))]
    if told:
        words = say.and_list([_quoted(one) for one in told])
        lines.append(say("Written down in that quarter as a clash: {words}.", words=words))
    if older:
        words = say.and_list([_quoted(one) for one in older])
        lines.append(say("They clashed before: {words}.", words=words))
    if not told and not older:
        lines.append(say("No clash was written down."))
    return " ".join(lines)


def glossary_rows(
    say: Voice, entries: Sequence[Entry], domains: Mapping[str, str]
) -> list[tuple[str, str, str, str]]:
    """(word, shared meaning, meaning of each domain, "clashes" or empty), for the page and the annex."""
    return [
        (
            one.word.name,
            one.word.meaning or say("not agreed yet"),
            _meanings(one, domains),
            say("clashes") if one.word.clash else "",
        )
        for one in entries
    ]


def glossary_help(say: Voice, entries: Sequence[Entry], domains: Mapping[str, str]) -> str:
    """What a field of a form shows: what we mean by its words, and who means something else."""
    return "\n\n".join(_help(say, one, domains) for one in entries)


def framing_rows(
    say: Voice, known: Cooperation, incident: int, domains: Mapping[str, str]
) -> tuple[list[tuple[str, str, str]], str]:
    """(domain, what it calls the incident, how urgent it feels) of who said something, and who said nothing.

    In the order of `domains`; an archived one that spoke stands last.
    """
    said = {one.domain: one for one in known.framings if one.incident_id == incident}
    codes = [*(code for code in domains if code in said), *(code for code in said if code not in domains)]
    rows = [
        (
            domains.get(code, code),
            said[code].wording or say("no name for it"),
            say("urgency {n} of 5", n=said[code].urgency) if said[code].urgency else "",
        )
        for code in codes
    ]
    silent = say.and_list([name for code, name in domains.items() if code not in said])
    return rows, say("Said nothing about it: {domains}.", domains=silent) if silent else ""


def framings_line(say: Voice, known: Cooperation, incident: int) -> str:
    """How many domains gave an incident a name, and how many different ones."""
    said = [one.wording for one in known.framings if one.incident_id == incident and one.wording]
    title = known.incidents[incident].title
    if not said:
        return say("No domain said yet what it calls “{incident}”.", incident=title)
    different = len({one.strip().casefold() for one in said})
    if len(said) == 1:
        return say("One domain said what it calls “{incident}”.", incident=title)
    if different == 1:
        return say("{n} domains call “{incident}” the same.", n=len(said), incident=title)
    return say(
        "{n} domains gave “{incident}” {different} names.", n=len(said), incident=title, different=different
    )


def _help(say: Voice, one: Entry, domains: Mapping[str, str]) -> str:
    quoted = _quoted(one)
    meant = (
        say("{word}: by this we mean: {meaning}.", word=quoted, meaning=one.word.meaning.rstrip(". "))
        if one.word.meaning
        else say("{word}: what we mean by this is not agreed yet.", word=quoted)
    )
    if not one.word.clash or not one.meanings:
        return meant
    return say("{meant} Not everybody means the same. {others}", meant=meant, others=_meanings(one, domains))


def _meanings(one: Entry, domains: Mapping[str, str]) -> str:
    return " ".join(f"{domains.get(code, code)}: “{said}”." for code, said in one.meanings.items())


def _quoted(one: Entry) -> str:
    return f"“{one.word.name}”"
