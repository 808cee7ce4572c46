"""The self-scan without a browser: running a round, replying with a code, and what is seen of it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SCRIPT, Screen, now
from tracker import store as stores
from tracker.analysis.quarter import Quarter
from tracker.analysis.self_scan import ASKED, STATEMENTS
from tracker.pages.parts import scan_codes
from tracker.records import Scan
from tracker.words import speak

CODE = re.compile(r"\b[B-Z3479]{5}-[B-Z3479]{5}\b")
RUNNING = Quarter.of(now().date())
NAME = speak("nl").quarter(RUNNING.first)


@pytest.fixture(autouse=True)
def nobody_guessed_yet():
    """The list of wrong codes belongs to the server, so to all tests."""
    st.cache_resource.clear()


def self_scan(screen, **options):
    page = screen(**options)
    page.app.query_params["lesson"] = "scan"
    return page.go("lessons.py")


def reply_page(path, *, code="", language="nl"):
    """Somebody else's screen, that of a person with a code."""
    app = AppTest.from_file(SCRIPT, default_timeout=30)
    app.query_params["lang"] = language
    if code:
        app.query_params["code"] = code
    return Screen(app, path).run().go("scan.py")


def held(page, *people, quarter=RUNNING, closed=True):
    """A round in which each of these people gave one number of points everywhere."""
    stored, codes = page.store.open_scan(quarter.first, max(5, len(people)), by="anna")
    for code, points in zip(codes, people, strict=False):
        page.store.reply_to_scan(code, dict.fromkeys(ASKED, points))
    if closed:
        page.store.close_scan(stored.id, reason="klaar", by="anna")
    return stored.id, codes


def keyed(page, kind, key):
    return next(one for one in page.app.get(kind) if one.key == key)


def answer(page, points, *, leave_out=()):
    for name in ASKED:
        if name not in leave_out:
            page.field("radio", name).set_value(points)
    return page.run()


def rows(path):
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT scan_id, statement, points FROM scan_reply").fetchall()


def boxes(page):
    return [one.key for one in page.app.get("radio")]


# Running a round.


@pytest.mark.parametrize(
    ("language", "said", "button"),
    [
        ("nl", "Nog niemand is gevraagd wat die van de vier lessen vindt.", "Open de ronde en maak de codes"),
        (
            "en",
            "Nobody was asked yet what they think of the four lessons.",
            "Open the round and make the codes",
        ),
    ],
)
def test_an_empty_database_offers_a_first_round(screen, language, said, button):
    page = self_scan(screen, language=language)
    assert page.heading() == said
    page.click(button)
    assert len(CODE.findall(page.text())) >= 15
    [one] = page.store.scan_rounds()
    assert (one.quarter, one.closed) == (RUNNING, False)


def test_the_codes_are_shown_until_they_are_on_paper_and_never_again(screen):
    page = self_scan(screen)
    keyed(page, "number_input", "scan.n.new").set_value(7)
    page.run().click("Open de ronde en maak de codes")
    shown = set(CODE.findall(page.text()))
    assert len(shown) == 7
    assert all(f"/scan?code={code}" in page.text() for code in shown)
    assert set(CODE.findall(page.run().text())) == shown
    page.click("Ik heb ze. Haal ze van het scherm")
    assert CODE.findall(page.text()) == []
    assert CODE.findall(self_scan(screen).text()) == []
    stored = page.path.read_bytes()
    assert not [code for code in shown if code.encode() in stored or code.replace("-", "").encode() in stored]


@pytest.mark.parametrize(
    "here",
    [
        "https://gemeente.example/tracker",
        "https://gemeente.example/tracker/",
        "https://gemeente.example/tracker/lessons",
        "https://gemeente.example/tracker/lessons?lesson=scan",
    ],
)
def test_the_address_to_reply_is_that_of_the_reply_page_wherever_the_dashboard_stands(here):
    assert scan_codes.address(here) == "https://gemeente.example/tracker/scan"


def test_the_address_of_the_example_leads_to_the_example(screen):
    page = self_scan(screen, example=True)
    page.click("Open de ronde en maak de codes")
    assert re.search(r"/scan\?data=example&code=[B-Z3479]{5}-", page.text())


def test_more_codes_take_the_place_of_those_on_the_screen(screen):
    page = self_scan(screen)
    held(page, 3, closed=False)
    page.run().click("Maak meer codes")
    [more] = set(CODE.findall(page.text()))
    page.store.reply_to_scan(more, dict.fromkeys(ASKED, 2))
    assert len(rows(page.path)) == 2 * len(ASKED)


def test_a_round_that_was_opened_by_mistake_is_undone_and_can_be_opened_anew(screen):
    page = self_scan(screen).click("Open de ronde en maak de codes")
    page.click("Maak ongedaan")
    assert page.store.scan_rounds() == []
    page.click("Open de ronde en maak de codes")
    assert len(page.store.scan_rounds()) == 1


def test_an_open_round_says_not_yet_or_at_least_five_and_never_how_many(screen):
    page = self_scan(screen)
    _, codes = held(page, 4, 4, 4, closed=False)
    before = page.run().text()
    assert f"De zelfscan van het {NAME} is open. Er zijn nog geen 5 antwoorden." in before
    page.store.reply_to_scan(codes[3], dict.fromkeys(ASKED, 1))
    assert page.run().text() == before
    page.store.reply_to_scan(codes[4], dict.fromkeys(ASKED, 1))
    after = page.run().text()
    assert "Minstens 5 mensen deden al mee." in after
    more = page.store.give_scan_codes(1, 1)
    page.store.reply_to_scan(more[0], dict.fromkeys(ASKED, 1))
    assert page.run().text() == after


def test_closing_shows_the_result_and_the_codes_stop_working(screen):
    page = self_scan(screen)
    held(page, 5, 5, 5, 5, 5, closed=False)
    more = page.store.give_scan_codes(1, 1)
    page.run().click("Sluit hem voorgoed")
    assert page.heading() == f"Zelfscan van het {NAME}: urgentie, eigenaarschap, taal en regie lijken sterk."
    assert f"5 mensen deden mee in het {NAME}." in page.text()
    with pytest.raises(stores.WrongCode):
        page.store.reply_to_scan(more[0], dict.fromkeys(ASKED, 1))
    assert "Maak ongedaan" not in [one.label for one in page.app.button]


def test_no_codes_are_made_for_a_round_that_somebody_else_closed_meanwhile(screen):
    page = self_scan(screen)
    number, _ = held(page, 5, closed=False)
    page.run()
    page.store.close_scan(number, reason="klaar", by="bert")
    page.click("Maak meer codes")
    assert CODE.findall(page.text()) == []
    assert "Maak meer codes" not in [one.label for one in page.app.button]
    assert "Een nieuwe ronde" in page.text()


# What is seen.


def test_four_replies_show_nothing_at_all(screen):
    page = self_scan(screen)
    held(page, 5, 5, 1, 1)
    page.run()
    assert page.heading() == (
        f"Minder dan 5 mensen deden mee aan de zelfscan van het {NAME}. Daarom is er niets van te zien."
    )
    assert "Gemiddeld" not in page.text()
    assert not page.app.get("vega_lite_chart")


def test_five_replies_show_every_lesson_with_its_range(screen):
    page = self_scan(screen)
    held(page, 5, 5, 1, 1, 3)
    text = page.run().text()
    assert text.count("3,0, tussen") >= 5
    assert "eerste keer" in text


@pytest.mark.parametrize(("language", "word"), [("nl", "hoger dan in het"), ("en", "higher than in")])
def test_two_rounds_give_a_picture_a_lesson_with_words_and_a_table(screen, language, word):
    page = self_scan(screen, language=language)
    held(page, *[1] * 9, quarter=RUNNING.back(2))
    held(page, *[5] * 9)
    page.run()
    pictures = page.app.get("vega_lite_chart")
    assert len(pictures) == 2 * len(STATEMENTS)  # wide and narrow
    assert word in page.text()
    assert word in pictures[0].proto.spec
    assert speak(language).quarter(RUNNING.back(2).first) in page.text()


# Replying.


def test_somebody_with_a_link_replies_and_only_the_points_are_stored(screen):
    page = self_scan(screen)
    _, codes = held(page, closed=False)
    visitor = answer(reply_page(page.path, code=codes[0]), 4)
    assert visitor.field("text_input", "code").value == codes[0]
    history = len(page.store.history(Scan, 1))
    visitor.click("Verstuur mijn antwoorden")
    assert visitor.heading() == "Dank u wel. Uw antwoorden zijn bewaard."
    assert sorted(rows(page.path)) == sorted((1, name, 4) for name in ASKED)
    assert len(page.store.history(Scan, 1)) == history
    assert "code" not in visitor.app.query_params


def test_in_english_all_is_english(screen):
    page = self_scan(screen, language="en")
    _, codes = held(page, closed=False)
    visitor = reply_page(page.path, code=codes[0], language="en")
    assert visitor.heading() == "How do we work together? Eight statements"
    answer(visitor, 2).click("Send my answers")
    assert visitor.heading() == "Thank you. Your answers are stored."


def test_i_do_not_know_is_an_answer_and_no_points(screen):
    page = self_scan(screen)
    _, codes = held(page, closed=False)
    visitor = answer(reply_page(page.path, code=codes[0]), 3, leave_out=ASKED[:1])
    visitor.field("radio", ASKED[0]).set_value(0)
    visitor.run().click("Verstuur mijn antwoorden")
    assert visitor.heading() == "Dank u wel. Uw antwoorden zijn bewaard."
    assert {name for _, name, _ in rows(page.path)} == set(ASKED[1:])


def test_a_statement_that_was_skipped_is_asked_beside_it_and_nothing_is_lost(screen):
    page = self_scan(screen)
    _, codes = held(page, closed=False)
    visitor = answer(reply_page(page.path, code=codes[0]), 5, leave_out=ASKED[2:3])
    visitor.click("Verstuur mijn antwoorden")
    assert visitor.text().count("Dit is nog leeg.") == 1
    assert "Nog niet verstuurd. Kijk hierboven, bij de pijl." in visitor.text()
    assert rows(page.path) == []
    assert visitor.field("radio", ASKED[0]).value == 5
    visitor.field("radio", ASKED[2]).set_value(1)
    visitor.run().click("Verstuur mijn antwoorden")
    assert len(rows(page.path)) == len(ASKED)


def test_a_wrong_and_a_used_code_get_the_same_page_and_nothing_is_lost(screen):
    page = self_scan(screen)
    _, codes = held(page, 3, closed=False)
    told = []
    for code in (codes[0], "BBBBB-BBBBB"):
        visitor = answer(reply_page(page.path), 2)
        visitor.field("text_input", "code").set_value(code)
        visitor.run().click("Verstuur mijn antwoorden")
        told.append(visitor.text())
        assert visitor.field("radio", ASKED[7]).value == 2
    assert told[0] == told[1]
    assert "Deze code werkt niet of niet meer." in told[0]
    assert len(rows(page.path)) == len(ASKED)
    visitor.field("text_input", "code").set_value(codes[1])
    visitor.run().click("Verstuur mijn antwoorden")
    assert len(rows(page.path)) == 2 * len(ASKED)


def test_a_reply_without_a_code_is_asked_for_one(screen):
    page = self_scan(screen)
    visitor = answer(reply_page(page.path), 2).click("Verstuur mijn antwoorden")
    assert "Typ de code die u hebt gekregen." in visitor.text()
    assert rows(page.path) == []


def test_the_page_looks_alike_whether_others_replied_or_no_round_is_open_at_all(screen):
    page = self_scan(screen)
    nothing = reply_page(page.path).text()
    number, _ = held(page, *[3] * 8, closed=False)
    running = reply_page(page.path).text()
    page.store.close_scan(number, reason="klaar", by="anna")
    assert nothing == running == reply_page(page.path).text()


def test_after_many_wrong_codes_everybody_waits_and_nothing_is_lost(screen, monkeypatch):
    page = self_scan(screen)
    _, codes = held(page, closed=False)
    visitor = answer(reply_page(page.path), 2)
    visitor.field("text_input", "code").set_value("BBBBB-BBBBB")
    visitor.run()
    for _ in range(30):
        visitor.click("Verstuur mijn antwoorden")
    assert "Deze code werkt niet" in visitor.text()
    other = answer(reply_page(page.path, code=codes[0]), 4).click("Verstuur mijn antwoorden")
    assert "Er zijn net te veel verkeerde codes geprobeerd." in other.text()
    assert other.field("radio", ASKED[0]).value == 4
    assert rows(page.path) == []
    st.cache_resource.clear()  # the minute is over
    other.click("Verstuur mijn antwoorden")
    assert len(rows(page.path)) == len(ASKED)


def test_two_people_reply_on_one_device_one_after_the_other(screen):
    page = self_scan(screen)
    _, codes = held(page, closed=False)
    visitor = reply_page(page.path)
    for code, points in zip(codes, (1, 5), strict=False):
        visitor.field("text_input", "code").set_value(code)
        assert {visitor.field("radio", name).value for name in ASKED} == {None}
        answer(visitor, points).click("Verstuur mijn antwoorden")
        visitor.click("Iemand anders antwoordt op dit apparaat")
    assert sorted({points for *_, points in rows(page.path)}) == [1, 5]


def test_after_sending_the_session_holds_neither_the_code_nor_the_answers(screen):
    page = self_scan(screen)
    _, codes = held(page, closed=False)
    visitor = answer(reply_page(page.path, code=codes[0]), 4)
    assert codes[0] in repr(visitor.app.session_state)  # positive control
    visitor.click("Verstuur mijn antwoorden")
    left = repr(visitor.app.session_state)
    assert codes[0] not in left
    assert not [name for name in ASKED if name in left]


def test_there_is_no_field_for_free_text_but_the_code(screen):
    visitor = reply_page(self_scan(screen).path)
    assert [str(one.key).split(".")[0] for one in visitor.app.get("text_input")] == ["code"]
    assert visitor.app.get("text_area") == []
    assert len(boxes(visitor)) == len(ASKED)
