"""The history in words: what was done, when, by whom, and what kinds of records it was about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Goal,
    Incident,
    IncidentReview,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Recess,
    Record,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
)
from tracker.store import Bulk, Change, Term
from tracker.words.report import moment
from tracker.words.voice import N_, Voice

ACTIONS = {
    "add": N_("logged"),
    "correct": N_("changed"),
    "withdraw": N_("taken back"),
    "restore": N_("put back"),
    "archive": N_("no longer a choice"),
    "unarchive": N_("a choice again"),
    "delete": N_("removed from the list"),
}
KINDS: dict[type[Record], str] = {
    Partner: N_("Organisation"),
    Arrangement: N_("Arrangement"),
    Incident: N_("Incident"),
    Activity: N_("Activity"),
    Occurrence: N_("Meeting"),
    Silence: N_("Silence"),
    Pause: N_("Pause of an arrangement"),
    Recess: N_("Recess"),
    Agreement: N_("Agreement"),
    CheckBack: N_("Looking back"),
    Framing: N_("How a domain names it"),
    IncidentReview: N_("Review of an incident"),
    SeriesPoint: N_("Value of a series"),
    Goal: N_("Shared goal"),
    GlossaryWord: N_("Word of the glossary"),
    DomainMeaning: N_("Meaning of a word for a domain"),
    PlannedShare: N_("Planned part of a domain"),
    ReviewNote: N_("Note of an evaluation"),
    QuarterReview: N_("Evaluation of a quarter"),
    Scan: N_("Self-scan"),
}
VOCABULARY_NAMES = {
    "domain": N_("Domains"),
    "mode": N_("Reasons for an activity"),
    "phase": N_("Prevention phases"),
    "scale": N_("Reaches of an incident"),
    "phenomenon": N_("Phenomena"),
    "severity": N_("Steps of severity"),
    "incident_kind": N_("Kinds of incidents"),
    "activity_kind": N_("Kinds of activities"),
    "arrangement_kind": N_("Kinds of arrangements"),
    "partner_kind": N_("Kinds of organisations"),
    "role": N_("Roles of owners"),
}


def history_line(say: Voice, found: Sequence[Change[Any] | Bulk], *, part: bool) -> str:
    """The conclusion above the history; `part` when only some of it was asked for."""
    if found:
        newest = found[0]
        return say("Last changed on {moment} by {who}.", moment=moment(say, newest.at), who=newest.actor)
    return say("Nothing was changed in this part.") if part else say("Nothing was changed yet.")


def action_word(say: Voice, action: str) -> str:
    """What was done: "gewijzigd"."""
    word = ACTIONS[action]
    return say(word)


def kind_word(say: Voice, kind: type[Record]) -> str:
    """What a kind of record is called, or a word of a list."""
    word = N_("Word of a list") if kind is Term else KINDS[kind]
    return say(word)


def vocabulary_word(say: Voice, vocabulary: str) -> str:
    """What a word list is called."""
    word = VOCABULARY_NAMES[vocabulary]
    return say(word)


def done_words(say: Voice, change: Change[Any] | Bulk) -> str:
    """What was done to what: "Afspraak · gewijzigd"."""
    what = say("An import") if isinstance(change, Bulk) else kind_word(say, change.record_type)
    return f"{what} · {say(ACTIONS[change.action])}"


def bulk_line(say: Voice, bulk: Bulk) -> str:
    """How many records of which kind came in with an import, or went with it."""
    return "; ".join(f"{kind_word(say, kind)}: {say.number(n)}" for kind, n in bulk.counts.items())


def circumstances(say: Voice, change: Change[Any] | Bulk) -> str:
    """When, by whom, why and with which import."""
    parts = [moment(say, change.at), change.actor]
    if change.reason:
        parts.append(say("Reason: {reason}", reason=change.reason))
    if change.batch:
        parts.append(say("Came with import {name}", name=change.batch))
    return " · ".join(parts)
