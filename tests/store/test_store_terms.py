"""The word lists: complete in two languages, the municipality's own to change, never lost while in use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from logbook import activity, incident, partner

from tracker.records import Activity, InvalidRecord, Partner
from tracker.store import VOCABULARIES, Conflict, InUse, Store, Term, UnknownRecord

PICNIC = Term(vocabulary="activity_kind", code="picnic", nl="Picknick", en="Picnic", joint=True)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_default_word_has_two_labels_and_two_definitions(store: Store, name):
    terms = store.vocabulary(name)
    assert len(terms) >= 3
    for term in terms:
        assert term.nl.casefold() != term.en.casefold()
        for sentence in (term.definition_nl, term.definition_en):
            assert sentence.endswith(".")
            assert sentence[0].isupper()
    for labels in ([term.nl for term in terms], [term.en for term in terms]):
        assert len(set(labels)) == len(labels)
    assert [term.position for term in terms] == list(range(1, len(terms) + 1))


def test_the_defaults_a_record_takes_are_words_in_the_lists(store: Store):
    assert store.add(incident(), by="anna").record.kind == "other"


def test_the_extras_of_a_word_come_along(store: Store):
    by_code = {(name, term.code): term for name in VOCABULARIES for term in store.vocabulary(name)}
    assert by_code["activity_kind", "communication"].joint is False
    assert by_code["activity_kind", "training"].mode == "structural"
    assert by_code["partner_kind", "youth_work"].domain == "social"
    weekly = by_code["arrangement_kind", "youth_work_police_alignment"]
    assert (weekly.cadence_weeks, weekly.grace_weeks) == (2, 1)
    assert by_code["arrangement_kind", "temporary_consultation"].cadence_weeks is None
    assert [term.code for term in store.vocabulary("severity")] == list("12345")
    solo = {term.code for term in store.vocabulary("activity_kind") if not term.joint}
    assert solo == {"communication", "street_presence", "analysis", "funding"}


def test_a_word_of_ones_own_stands_at_the_end_and_can_be_used(store: Store):
    added = store.add_term(PICNIC, by="beheer")
    assert store.vocabulary("activity_kind")[-1] == added
    assert store.add(activity(kind="picnic"), by="anna").record.kind == "picnic"


def test_a_word_that_stands_cannot_be_added_again(store: Store):
    store.add_term(PICNIC, by="beheer")
    with pytest.raises(InvalidRecord) as refused:
        store.add_term(PICNIC, by="beheer")
    assert refused.value.problems == {"code": "exists_already"}


def test_a_broken_word_tells_all_its_problems():
    with pytest.raises(InvalidRecord) as refused:
        Term(vocabulary="knitting", code="Not A Code", nl="", en="x" * 300, cadence_weeks=0)
    assert refused.value.problems == {
        "vocabulary": "unknown_code",
        "code": "bad_code",
        "nl": "required",
        "en": "too_long",
        "cadence_weeks": "out_of_range",
    }


def test_words_that_point_at_no_word_are_refused(store: Store):
    with pytest.raises(InvalidRecord) as refused:
        store.add_term(replace(PICNIC, mode="sideways"), by="beheer")
    assert refused.value.problems == {"mode": "unknown_code"}


@pytest.mark.parametrize("name", ["severity", "mode"])
def test_lists_the_product_reckons_with_take_no_new_words_but_other_labels(store: Store, name):
    first = store.vocabulary(name)[0]
    with pytest.raises(InvalidRecord) as refused:
        store.add_term(Term(vocabulary=name, code="six", nl="Zes", en="Six"), by="beheer")
    assert refused.value.problems == {"vocabulary": "fixed_list"}
    for attempt in (store.archive_term, store.delete_term):
        with pytest.raises(InUse):
            attempt(name, first.code, by="beheer")
    with pytest.raises(InUse):
        store.correct_term(replace(first, archived=True), by="beheer")
    assert store.correct_term(replace(first, nl="Anders"), by="beheer").nl == "Anders"


def test_what_a_record_is_when_nobody_chose_stays_a_choice(store: Store):
    with pytest.raises(InUse):
        store.archive_term("phenomenon", "unknown", by="beheer")
    assert store.archive_term("phenomenon", "jihadism", by="beheer").archived


def test_an_archived_word_leaves_the_choices_and_can_come_back(store: Store):
    store.archive_term("phase", "tertiary", by="beheer")
    assert "tertiary" not in [term.code for term in store.vocabulary("phase")]
    assert "tertiary" in [term.code for term in store.vocabulary("phase", archived=True)]
    store.unarchive_term("phase", "tertiary", by="beheer")
    assert "tertiary" in [term.code for term in store.vocabulary("phase")]
    assert [one.action for one in store.term_history("phase", "tertiary")] == ["archive", "unarchive"]


def test_a_word_in_use_is_never_deleted(store: Store):
    store.add_term(PICNIC, by="beheer")
    store.add(activity(kind="picnic"), by="anna")
    with pytest.raises(InUse):
        store.delete_term("activity_kind", "picnic", by="beheer")
    with pytest.raises(InUse):
        store.delete_term("domain", "community", by="beheer")  # kinds of partner belong to it


def test_a_word_only_the_history_speaks_of_is_in_use(store: Store):
    store.add_term(PICNIC, by="beheer")
    store.add_all([activity(kind="picnic")], by="anna", batch="b")
    store.correct(1, activity(), seen_version=1, reason="soort", by="anna")
    with pytest.raises(InUse):
        store.delete_term("activity_kind", "picnic", by="beheer")


def test_a_word_nobody_used_can_go(store: Store):
    store.add_term(PICNIC, by="beheer")
    store.delete_term("activity_kind", "picnic", by="beheer")
    assert "picnic" not in [term.code for term in store.vocabulary("activity_kind", archived=True)]
    told = [(one.action, one.before, one.after) for one in store.term_history("activity_kind", "picnic")]
    stood = replace(PICNIC, position=19)
    assert told == [("add", None, stood), ("delete", stood, None)]
    with pytest.raises(UnknownRecord):
        store.delete_term("activity_kind", "picnic", by="beheer")


def test_two_who_change_one_word_see_each_other(store: Store):
    seen = store.vocabulary("domain")[0]
    theirs = store.correct_term(replace(seen, nl="Openbare orde"), by="bert", seen=seen)
    with pytest.raises(Conflict) as conflict:
        store.correct_term(replace(seen, nl="Orde"), by="anna", seen=seen)
    assert conflict.value.theirs == theirs
    assert store.correct_term(replace(seen, nl="Orde"), by="anna", seen=theirs).nl == "Orde"


def test_a_word_with_another_label_leaves_the_records_alone(store: Store):
    store.add(partner(), by="anna")
    safety = store.vocabulary("domain")[0]
    store.correct_term(replace(safety, nl="Orde"), by="beheer")
    assert store.get(Partner, 1).record.domain == "safety"
    assert store.verify() == []


def test_asking_for_a_list_that_does_not_exist_is_a_mistake_of_the_programmer(store: Store):
    with pytest.raises(AssertionError):
        store.vocabulary("activity; DROP TABLE activity")
    assert store.records(Activity) == []
