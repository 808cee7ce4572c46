"""The glossary as pages read it, and the help it gives at a field of a form."""

from __future__ import annotations

from tracker.analysis import glossary
from tracker.analysis.glossary import Entry
from tracker.pages import choices, frame, write
from tracker.records import DUTCH_TIME, DomainMeaning, GlossaryWord
from tracker.store import Store
from tracker.words import Words


def entries(store: Store, domains: dict[str, str]) -> tuple[Entry, ...]:
    """The words that stand, those that clash first."""
    words = {one.id: one for one in store.records(GlossaryWord)}
    meanings = store.records(DomainMeaning)
    return glossary.glossary(
        {n: (one.record, one.recorded_at.astimezone(DUTCH_TIME).date()) for n, one in words.items()},
        [(one.record, one.recorded_at.astimezone(DUTCH_TIME).date()) for one in meanings],
        list(domains),
    )


def at(say: Words, field: str) -> str | None:
    """What is meant by the words of a field, as harmless Markdown; None when no word is shown there."""
    store = frame.current_store()
    domains = choices.terms(say, store, "domain")
    found = glossary.shown_at(entries(store, domains), field)
    return "\n\n".join(write.label(say.glossary_help([one], domains)) for one in found) or None
