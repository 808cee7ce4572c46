"""Words and what each domain means by them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.glossary import Entry, clashing, glossary, shown_at
from tracker.analysis.quarter import Quarter
from tracker.records import DomainMeaning, GlossaryWord

DAY, THIRD = date(2026, 8, 1), Quarter(2026, 3)
DOMAINS = ("safety", "social", "care")


def a_word(name: str, **changed: object) -> GlossaryWord:
    return GlossaryWord(**{"name": name, "meaning": "iets", **changed})  # type: ignore[arg-type]


def told(
    words: list[GlossaryWord], *meanings: tuple[int, str], day: date = DAY, said: date = DAY
) -> tuple[Entry, ...]:
    given_ = [(DomainMeaning(word_id=n, domain=code, meaning=f"{code}!"), said) for n, code in meanings]
    return glossary({n: (word, day) for n, word in enumerate(words, start=1)}, given_, DOMAINS)


def test_words_that_clash_come_first_then_by_name():
    words = [a_word("zorg"), a_word("Preventie"), a_word("signaal", clash=True), a_word("Casus", clash=True)]
    assert [one.word.name for one in told(words)] == ["Casus", "signaal", "Preventie", "zorg"]


def test_meanings_stand_in_the_order_of_the_domains_and_an_archived_domain_last():
    [one] = told([a_word("signaal")], (1, "old"), (1, "care"), (1, "safety"))
    assert list(one.meanings) == ["safety", "care", "old"]
    assert one.meanings["care"] == "care!"


def test_a_meaning_of_a_word_that_was_taken_back_is_left_out():
    assert told([a_word("signaal")], (2, "care"))[0].meanings == {}


def test_a_field_shows_its_own_words_and_only_what_says_something():
    here = {"shown_at": "severity"}
    words = [
        a_word("ernst", **here),
        a_word("fase", shown_at="phase"),
        a_word("leeg", meaning="", **here),
        a_word("botst", meaning="", clash=True, **here),
        a_word("botst zonder woorden", meaning="", clash=True, **here),
    ]
    found = shown_at(told(words, (3, "care"), (4, "care")), "severity")
    assert [one.word.name for one in found] == ["botst", "ernst"]


def test_a_clash_told_of_in_a_quarter_stands_apart_from_older_ones_and_later_ones_do_not_count():
    word = [a_word("signaal", clash=True)]
    before, later = date(2026, 6, 30), date(2026, 10, 1)
    cases = {
        "told in it": told(word),
        "older": told(word, day=before),
        "older, a new meaning": told(word, (1, "care"), day=before, said=THIRD.last),
        "later": told(word, day=later),
        "older, a later meaning": told(word, (1, "care"), day=before, said=later),
        "no clash": told([a_word("signaal")]),
    }
    counted = {case: tuple(map(len, clashing(entries, THIRD))) for case, entries in cases.items()}
    assert counted == {
        "told in it": (1, 0),
        "older": (0, 1),
        "older, a new meaning": (1, 0),
        "later": (0, 0),
        "older, a later meaning": (0, 1),
        "no clash": (0, 0),
    }


@given(
    st.lists(st.tuples(st.text("abC", min_size=1, max_size=3), st.booleans()), max_size=6),
    st.lists(st.tuples(st.integers(1, 7), st.sampled_from(DOMAINS)), max_size=8, unique=True),
)
def test_no_word_and_no_meaning_is_lost(names: list[tuple[str, bool]], meanings: list[tuple[int, str]]):
    found = told([a_word(name, clash=clash) for name, clash in names], *meanings)
    assert sorted(one.id for one in found) == list(range(1, len(names) + 1))
    pairs = {(one.id, code) for one in found for code in one.meanings}
    assert pairs == {(n, code) for n, code in meanings if n <= len(names)}
    clashes = [one.word.clash for one in found]
    assert clashes == sorted(clashes, reverse=True)
