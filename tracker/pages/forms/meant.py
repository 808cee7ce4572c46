"""The help that the glossary gives at a field of a form."""

from __future__ import annotations

from tracker.analysis import glossary
from tracker.pages.around import frame, write
from tracker.pages.forms import choices
from tracker.words import Words


def at(say: Words, field: str) -> str | None:
    """What is meant by the words of a field, as harmless Markdown; None when no word is shown there."""
    store = frame.current_store()
    domains = choices.terms(say, store, "domain")
    found = glossary.shown_at(store.glossary(list(domains)), field)
    return "\n\n".join(write.label(say.glossary_help([one], domains)) for one in found) or None
