"""What a quarterly evaluation leaves comes in from lists: goals, words, meanings, shares, notes, reviews."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.workbench import Bench
from tracker.exchange import cells
from tracker.records import (
    GOAL_MEASURES,
    REVIEW_TOPICS,
    SHARES,
    SHOWN_AT,
    DomainMeaning,
    GlossaryWord,
    Goal,
    PlannedShare,
    QuarterReview,
    ReviewNote,
)

FILES = {
    "doelen.csv": "Doel;Gemeten aan;Streefwaarde;Uiterlijk\nMeer domeinen;domeinen aanwezig;4,5;31-12-2026\n",
    "begrippen.csv": "Woord;Betekenis;Hulp bij;Botst\nZorgsignaal;Iets wat opvalt;ernst;ja\n",
    "betekenissen.csv": "Woord;Domein;Betekenis\nzorgsignaal;Zorg;Een kind valt op\n",
    "geplande_aandelen.csv": "Fase;Domein;Aandeel\nprimary;education;trekt\n",
    "evaluatienotities.csv": "Kwartaal;Vraag;Toelichting\n2026K1;wat viel stil;Dat is goed zo\n",
    "kwartaalevaluaties.csv": "Kwartaal;Datum\n2026Q1;02-04-2026\n",
}


def test_dutch_lists_of_an_evaluation_come_in(bench: Bench):
    files = [bench.file(name, *text.splitlines()) for name, text in FILES.items()]
    bench.take_in(*files)
    assert bench.held(Goal) == [
        Goal(text="Meer domeinen", measure="domains_met", target=4.5, due_on=date(2026, 12, 31))
    ]
    word = GlossaryWord(name="Zorgsignaal", meaning="Iets wat opvalt", shown_at="severity", clash=True)
    assert bench.held(GlossaryWord) == [word]
    assert bench.held(DomainMeaning) == [DomainMeaning(word_id=1, domain="care", meaning="Een kind valt op")]
    assert bench.held(PlannedShare) == [PlannedShare(phase="primary", domain="education", share="lead")]
    note = ReviewNote(quarter=date(2026, 1, 1), topic="quiet", note="Dat is goed zo")
    assert bench.held(ReviewNote) == [note]
    assert bench.held(QuarterReview) == [QuarterReview(quarter=date(2026, 1, 1), held_on=date(2026, 4, 2))]
    assert list(bench.read(*files).found) == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("meanings.csv", "word,domain,meaning\nonbekend,care,x\n", "unknown_word"),
        ("goals.csv", "text,measure,target,due\nx,gevoel,1,2026-12-31\n", "unknown_code"),
        ("goals.csv", "text,measure,target,due\nx,reuse,101,2026-12-31\n", "out_of_range"),
        ("planned_shares.csv", "phase,domain,share\nprimary,care,veel\n", "unknown_code"),
        ("review_notes.csv", "quarter,topic,note\n2026-02-01,quiet,x\n", "not_a_quarter"),
        ("quarter_reviews.csv", "quarter,date\n2026Q5,2026-04-02\n", "bad_date"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(bench: Bench, name: str, text: str, code: str):
    file = bench.file(name, *text.splitlines())
    assert [problem.code for problem in bench.read(file).problems] == [code]


@pytest.mark.parametrize(
    ("reader", "codes"),
    [
        (cells.measure, GOAL_MEASURES),
        (cells.topic, REVIEW_TOPICS),
        (cells.share, SHARES),
        (cells.shown_at, SHOWN_AT),
    ],
)
def test_every_code_has_a_dutch_word_that_comes_back(reader, codes):
    assert {reader(cells.DUTCH[reader.__name__][code]) for code in codes} == set(codes)
