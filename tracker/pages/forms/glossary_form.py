"""Adding and changing a word of the glossary, and what a domain means by it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tracker.analysis.glossary import Entry
from tracker.pages.around import frame, write
from tracker.pages.forms import choices, entry, saving, standing
from tracker.pages.forms.fields import Fields
from tracker.records import SHOWN_AT, DomainMeaning, GlossaryWord
from tracker.words import Words
from tracker.words.glossary import FIELDS

_WORD, _MEANING = "glossary_word", "domain_meaning"
_CHANGE_WORD, _CHANGE_MEANING = "change_word", "change_meaning"


def draw(say: Words, entries: tuple[Entry, ...]) -> None:
    """Four folds: a new word, a new meaning, and what stands of both to change or to take back."""
    if not frame.may("edit"):
        return
    with st.expander(say("Add a word"), expanded=not entries):
        fields = Fields(say, entry.draft(_WORD))
        saving.offer(say, fields, _WORD, _word(say, fields), main=False)
    if entries:
        with st.expander(say("Add what a domain means by a word")):
            fields = Fields(say, entry.draft(_MEANING))
            saving.offer(say, fields, _MEANING, _meaning(say, fields, entries), main=False)
    standing.draw(
        say,
        say("Change or take back a word"),
        _CHANGE_WORD,
        GlossaryWord,
        lambda one: True,
        lambda: _change_word(say),
    )
    standing.draw(
        say,
        say("Change or take back what a domain means"),
        _CHANGE_MEANING,
        DomainMeaning,
        lambda one: True,
        lambda: _change_meaning(say, entries),
    )


def _change_word(say: Words) -> None:
    fields = Fields(say, entry.draft(_CHANGE_WORD))
    saving.offer(say, fields, _CHANGE_WORD, _word(say, fields), main=False)


def _change_meaning(say: Words, entries: tuple[Entry, ...]) -> None:
    fields = Fields(say, entry.draft(_CHANGE_MEANING))
    saving.offer(say, fields, _CHANGE_MEANING, _meaning(say, fields, entries), main=False)


def _word(say: Words, fields: Fields) -> Callable[[], GlossaryWord]:
    """What the fields of a word make."""
    known: GlossaryWord | None = fields.draft.record
    name = fields.text("name", say("Which word?"), known.name if known else "")
    meaning = fields.text(
        "meaning",
        say("What do we mean by it together?"),
        known.meaning if known else "",
        help=say("Leave it empty as long as that is not agreed."),
    )
    places = {"": say("Nowhere"), **{code: say(FIELDS[code]) for code in SHOWN_AT}}
    place = fields.choice(
        "shown_at", say("At which field is it shown as help?"), places, known.shown_at if known else ""
    )
    clash = fields.tick("clash", say("Domains mean something else by it"), known.clash if known else False)
    return lambda: GlossaryWord(name=name, meaning=meaning, shown_at=place, clash=clash)


def _meaning(say: Words, fields: Fields, entries: tuple[Entry, ...]) -> Callable[[], DomainMeaning]:
    """What the fields of a meaning make; a meaning that is changed stays with its word."""
    known: DomainMeaning | None = fields.draft.record
    words = {str(one.id): one.word.name for one in entries}
    if known is not None:
        word = str(known.word_id)
        held = frame.current_store().get(GlossaryWord, known.word_id)  # also when it was taken back
        write.paragraph(held.record.name, strong=say("Word:"))
    else:
        word = fields.choice("word_id", say("Which word?"), words, next(iter(words)))
    domains = choices.terms(say, frame.current_store(), "domain", known.domain if known else "")
    domain = fields.choice("domain", say("Domain"), domains, known.domain if known else "")
    meaning = fields.text(
        "meaning",
        say("What does this domain mean by it?"),
        known.meaning if known else "",
        help=say("Never a person."),
    )
    return lambda: DomainMeaning(word_id=int(word), domain=domain, meaning=meaning)
