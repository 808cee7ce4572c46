"""Every text of the product has its Dutch, and the catalogue holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from tracker.words import collect, speak

FOUND = collect.texts()
DUTCH = collect.catalogue()
SAME_IN_BOTH = {
    "Account",
    "Accounts",
    "Plan",
    "Stop",
    "in {month}",
    "{what} (in {month})",
    "{what} ({progress})",
    "{n} incident",
    "{n} week",
    "Extra",
    "Incident",
    "Trend",
    "Filters",
    "Partners",
    "was {n}",
    "Week",
    "lives, changed, stopped, nothing_left",
}
LONGEST_SENTENCE = 25


def ids(catalogue: Catalog) -> set[str | tuple[str, ...]]:
    return {message.id for message in catalogue if message.id}


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def translated(catalogue: Catalog) -> list[Message]:
    """What has its Dutch; what has none is a matter of the test that says so."""
    return [message for message in catalogue if message.id and all(forms(message.string))]


def wrong_placeholders(catalogue: Catalog) -> list[str]:
    """The texts whose Dutch fills in something else; one form of a plural may leave out the number."""
    wrong = []
    for message in translated(catalogue):
        english, dutch = forms(message.id), forms(message.string)
        expected = placeholders(english[-1])
        optional = {"n"} if message.pluralizable else set()
        if any(not expected - optional <= placeholders(form) <= expected for form in (*dutch, *english)):
            wrong.append(english[0])
    return wrong


def left_in_english(catalogue: Catalog) -> list[str]:
    messages = [message for message in catalogue if message.id]
    same = [forms(one.id)[0] for one in messages if set(forms(one.id)) & set(forms(one.string))]
    return [text for text in same if text not in SAME_IN_BOTH]


def with_dutch(text: str | tuple[str, str], dutch: str | tuple[str, ...]) -> Catalog:
    catalogue = Catalog(locale="nl", fuzzy=False)
    catalogue.add(text, dutch)
    return catalogue


def sentences(text: str) -> Iterator[str]:
    """A text in pieces that are read in one breath."""
    yield from re.split(r"(?<=[.!?:;])\s+", text)


def test_every_text_in_the_code_is_in_the_catalogue():
    assert set(FOUND) - ids(DUTCH) == set()


def test_no_text_is_in_the_catalogue_that_nobody_says():
    assert ids(DUTCH) - set(FOUND) == set()


def test_every_text_has_its_dutch():
    assert [message.id for message in collect.untranslated(DUTCH)] == []


def test_a_text_without_dutch_is_noticed():
    half = with_dutch(("{n} day", "{n} days"), ("{n} dag", ""))
    assert [forms(one.id)[0] for one in collect.untranslated(half)] == ["{n} day"]
    assert collect.untranslated(with_dutch("today", "")) != []
    assert collect.untranslated(with_dutch("today", "vandaag")) == []


def test_nothing_in_the_catalogue_is_a_guess_or_a_leftover():
    assert [message.id for message in DUTCH if message.fuzzy] == []
    assert list(DUTCH.obsolete) == []


def test_the_dutch_fills_in_what_the_english_fills_in():
    assert wrong_placeholders(DUTCH) == []


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("{n} of {m}", "{n} van de {k}"),
        ("{n} of {m}", "{n}"),
        ("none", "geen {n}"),
        (("{n} day", "{n} days"), ("{n} dag", "{m} dagen")),
    ],
)
def test_another_placeholder_is_noticed(text: str | tuple[str, str], dutch: str | tuple[str, ...]):
    assert wrong_placeholders(with_dutch(text, dutch)) == [forms(text)[0]]


def test_no_english_is_left_in_the_dutch():
    assert left_in_english(DUTCH) == []


def test_english_that_is_left_is_noticed():
    assert left_in_english(with_dutch("Undecided.", "Undecided.")) == ["Undecided."]
    assert left_in_english(with_dutch(("{n} week", "{n} weeks"), ("{n} week", "{n} weken"))) == []


def test_both_languages_end_a_text_in_the_same_way():
    def ending(text: str) -> str:
        return text[-1:] if text[-1:] in tuple(".?!:…") else ""

    differ = [one.id for one in translated(DUTCH) if ending(forms(one.id)[0]) != ending(forms(one.string)[0])]
    assert differ == []


def test_no_sentence_is_longer_than_a_breath():
    texts = [form for one in DUTCH if one.id for form in (*forms(one.id), *forms(one.string))]
    long = [piece for text in texts for piece in sentences(text) if len(piece.split()) > LONGEST_SENTENCE]
    assert long == []
    assert len(list(sentences("One. Two: three."))) == 3


def test_the_reader_is_addressed_politely():
    familiar = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
    assert [one.string for one in DUTCH if one.id and familiar.search(" ".join(forms(one.string)))] == []


def test_collecting_keeps_what_is_translated_and_drops_what_is_gone(tmp_path):
    path = tmp_path / "nl.po"
    old = with_dutch("stays", "blijft")
    old.add("goes", "gaat")
    new = collect.bring_up_to_date(old, {"stays": ["tracker/a.py"], "comes": ["tracker/b.py"]})
    collect.write(new, path)
    read = collect.catalogue(path)
    assert {message.id: message.string for message in read if message.id} == {"stays": "blijft", "comes": ""}
    assert [message.id for message in collect.untranslated(read)] == ["comes"]


def test_texts_are_found_however_they_are_said(tmp_path):
    code = """
    say("plain"); say("with {n}", n=3); self.say("on an object"); N_("in a table")
    say.plural("{n} day", "{n} days", n); say("in "
        "two lines"); say(variable); other("not said")
    """
    (tmp_path / "page.py").write_text(code, encoding="utf-8")
    assert set(collect.texts(tmp_path)) == {
        "plain", "with {n}", "on an object", "in a table", ("{n} day", "{n} days"), "in two lines",
    }  # fmt: skip


def test_dutch_has_a_form_for_one_and_a_form_for_more():
    say = speak("nl")
    assert [say.days(n) for n in (0, 1, 2)] == ["0 dagen", "1 dag", "2 dagen"]
    assert DUTCH.num_plurals == 2


def test_no_plural_is_the_same_for_one_and_for_more():
    assert [one.id for one in translated(DUTCH) if one.pluralizable and len(set(forms(one.string))) < 2] == []
