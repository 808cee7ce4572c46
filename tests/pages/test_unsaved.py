"""What is half filled in survives a reload and another language: for nobody else, on no disk (T57, T68)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SCRIPT, Screen, now
from tracker.access import COORDINATOR
from tracker.pages.around import desk
from tracker.pages.around.desk import DESKS, KEPT, MOST, Desks
from tracker.pages.forms.drafts import Draft
from tracker.records import Activity, Agreement, Arrangement, Incident, Partner
from tracker.store import Stored, Visitor

TYPED = "Half ingevuld over het plein"
PARTNER = Partner(name="Politie", domain="safety")


@pytest.fixture(autouse=True)
def empty_desks():
    yield
    DESKS._desks.clear()


def again(page: Screen, where: str, **changed: str) -> Screen:
    """The same address in a session of its own: what loading it anew gives."""
    app = AppTest.from_file(SCRIPT, default_timeout=30)
    for name, value in {**page.app.query_params, **changed}.items():
        app.query_params[name] = value
    return replace(page, app=app).run().go(where)


def at_step(page: Screen, topic: str) -> Screen:
    """A meeting turned to this question; without a topic the page as it is."""
    if topic:
        next(one for one in page.app.button_group if one.key == "filter.topic").set_value(topic)
    return page.run()


@pytest.fixture
def typing(screen):
    """Somebody who is halfway a meeting."""
    page = screen(PARTNER).go("log.py")
    page.field("text_input", "title").set_value(TYPED)
    page.field("multiselect", "partner_ids").set_value(["1"])
    page.field("date_input", "happened_on").set_value(now().date() - timedelta(days=3))
    return page.run().run()


def test_after_a_reload_the_form_says_what_was_typed_and_stores_it_once(typing):
    page = again(typing, "log.py")
    assert page.field("text_input", "title").value == TYPED
    assert page.field("multiselect", "partner_ids").value == ["1"]
    assert "staat er weer" in page.text()
    page.click("Leg vast")
    [stored] = page.store.records(Activity)
    assert (stored.record.title, stored.record.partner_ids) == (TYPED, (1,))
    assert stored.record.happened_on == now().date() - timedelta(days=3)
    after = again(page, "log.py")
    assert after.field("text_input", "title").value == ""
    assert "staat er weer" not in after.text()


def test_what_somebody_else_stores_shows_at_the_next_click_and_the_text_stays(typing):
    typing.store.add(Partner(name="Jongerenwerk Zuid", domain="care"), by="ander")
    typing.run()
    assert "Jongerenwerk Zuid" in typing.field("multiselect", "partner_ids").options
    assert typing.field("text_input", "title").value == TYPED


def test_a_change_of_language_keeps_it_and_a_second_reload_too(typing):
    english = again(typing, "log.py", lang="en")
    assert english.field("text_input", "title").value == TYPED
    assert "What you were filling in is back." in english.text()
    english.field("text_input", "title").set_value(TYPED + ", meer")
    assert again(english.run(), "log.py").field("text_input", "title").value == TYPED + ", meer"


def test_what_was_put_back_can_be_thrown_away_and_that_can_be_undone(typing):
    page = again(typing, "log.py").click("Gooi het weg")
    assert page.field("text_input", "title").value == ""
    assert again(page, "log.py").field("text_input", "title").value == ""
    page.click("Maak ongedaan")
    assert page.field("text_input", "title").value == TYPED


def test_the_address_holds_an_id_only_while_something_is_half_filled_in(typing, screen):
    assert len("".join(typing.app.query_params["desk"])) >= 20
    typing.click("Leg vast")
    assert "desk" not in typing.app.query_params
    assert "desk" not in screen().app.query_params


@pytest.mark.parametrize("asked", ["", "x", "../../etc", "A" * 22])
def test_an_id_that_somebody_made_up_finds_nothing_and_is_not_used(screen, asked):
    page = screen(PARTNER)
    page = again(page, "log.py", desk=asked)
    assert page.app.session_state["desk"] != asked
    assert page.field("text_input", "title").value == ""


@pytest.mark.parametrize(
    ("where", "topic", "kind", "name"),
    [("agreements.py", "", "text_input", "text"), ("evaluation.py", "peacetime", "text_area", "note")],
)
def test_an_agreement_and_a_note_of_an_evaluation_survive_too(screen, where, topic, kind, name):
    page = at_step(again(screen(PARTNER), where), topic)
    page.field(kind, name).set_value("De GGD belt iedereen na")
    back = at_step(again(page.run().run(), where), topic)
    assert back.field(kind, name).value == "De GGD belt iedereen na"


def test_a_correction_keeps_the_version_that_was_seen(screen):
    """Without it a colleague's change would be overwritten unseen."""
    page = screen(Incident(happened_on=now().date(), title="Onrust", severity=3)).go("log.py")
    page.app.button_group[0].set_value("entries")
    page.run()
    next(one for one in page.app.selectbox if one.key == "chosen_entry").set_value("Incident 1")
    page.run().click("Verbeter dit")
    page.field("text_input", "title").set_value("Van mij")
    page.field("text_input", "reason").set_value("beter")
    page.run().run()
    theirs = Incident(happened_on=now().date(), title="Van de ander", severity=3)
    page.store.correct(1, theirs, seen_version=1, reason="eerder", by="ander")
    back = again(page, "log.py")
    assert back.field("text_input", "title").value == "Van mij"
    back.click("Sla de wijziging op")
    assert back.store.get(Incident, 1).record.title == "Van de ander"
    assert "Van de ander" in back.text()


def test_the_arrangement_that_was_being_changed_is_open_again(screen):
    page = screen(Arrangement(name="Weegploeg", kind="radicalisation_weighing_team")).go("rhythm.py")
    next(one for one in page.app.selectbox if one.key == "change_arrangement").set_value(1)
    page.run().field("text_input", "name").set_value("Weegploeg zuid")
    page.run().run()
    assert again(page, "rhythm.py").field("text_input", "name").value == "Weegploeg zuid"


def test_what_is_not_stored_is_on_no_disk(typing):
    again(typing, "log.py")
    files = [one for one in typing.path.parent.rglob("*") if one.is_file()]
    assert files
    assert not [one for one in files if TYPED.encode() in one.read_bytes()]
    typing.click("Leg vast")  # the positive control: a stored text is found
    assert [one for one in files if TYPED.encode() in one.read_bytes()]


def test_another_account_with_the_same_link_sees_nothing_of_it(screen, monkeypatch):
    page = screen(PARTNER)
    seen = {}
    for name in ("anna", "bert"):
        visitor = Visitor(
            account=name, since=now() + timedelta(seconds=1), roles=frozenset({COORDINATOR}), origin="page"
        )
        page.store.on_behalf_of(visitor).sign_in()
        seen[name] = visitor
    monkeypatch.setattr("tracker.pages.around.visiting.current", lambda: seen["anna"])
    anna = again(page, "log.py")
    anna.field("text_input", "title").set_value(TYPED)
    anna.run().run()
    monkeypatch.setattr("tracker.pages.around.visiting.current", lambda: seen["bert"])
    bert = again(anna, "log.py")
    assert bert.field("text_input", "title").value == ""
    assert TYPED not in bert.text()
    monkeypatch.setattr("tracker.pages.around.visiting.current", lambda: seen["anna"])
    assert again(anna, "log.py").field("text_input", "title").value == TYPED  # the positive control


def test_a_reply_to_the_self_scan_is_never_left_anywhere(screen):
    page = screen(PARTNER).go("scan.py")
    page.app.text_input[0].set_value("ABCD-EFGH")
    page.run().run()
    assert "desk" not in page.app.query_params
    assert not DESKS._desks


def draft(**more) -> Draft:
    return Draft(nonce="n", database="d", typed={"title": TYPED}, **more)


def test_a_desk_is_cleared_after_the_hours_of_a_sign_in():
    desks, then = Desks(), now()
    desks.leave("a", "anna", {"activity": draft()}, then)
    assert desks.find("a", "anna", then + KEPT)
    assert not desks.find("a", "anna", then + KEPT + timedelta(seconds=1))
    assert not desks._desks


def test_signing_out_clears_every_desk_of_that_account_only():
    desks = Desks()
    for number, owner in (("a", "anna"), ("b", "anna"), ("c", "bert")):
        desks.leave(number, owner, {"activity": draft()}, now())
    desks.leave_for_good("anna")
    assert list(desks._desks) == ["c"]


def test_the_longest_untouched_desk_goes_when_there_are_too_many():
    desks = Desks()
    for number in range(MOST):
        desks.leave(str(number), "", {"activity": draft()}, now())
    desks.leave("0", "", {"activity": draft()}, now())
    desks.leave("new", "", {"activity": draft()}, now())
    assert len(desks._desks) == MOST
    assert desks.find("0", "", now())
    assert not desks.find("1", "", now())


def test_when_the_texts_of_a_record_go_the_drafts_that_began_with_them_go_too():
    record = Incident(happened_on=now().date(), title=TYPED, severity=3)
    held = Stored(
        id=7, version=1, record=record, recorded_at=now(), recorded_by="anna", withdrawn=False, batch=""
    )
    desks = Desks()
    desks.leave("a", "", {"incident": draft(stored=held), "activity": draft()}, now())
    desks.forget(Agreement, 7)
    assert set(desks.find("a", "", now())) == {"incident", "activity"}  # the positive control
    desks.forget(Incident, 7)
    assert set(desks.find("a", "", now())) == {"activity"}


def test_what_is_kept_longest_is_a_sign_in():
    assert timedelta(hours=8) == desk.KEPT
