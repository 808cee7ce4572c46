"""Arrangements without a browser: begin, answer, fill in, decide; outcomes are read from the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.records import Activity, Arrangement, Occurrence, Pause, Recess

FOUR_WEEKS = "FREQ=WEEKLY;INTERVAL=4"


def today():
    return now().date()


def an_arrangement(**changes):
    return Arrangement(
        **{
            "name": "Weegploeg",
            "kind": "radicalisation_weighing_team",
            "cadence": FOUR_WEEKS,
            "grace_weeks": 2,
            **changes,
        }
    )


def met(days_ago, *, arrangement=-1):
    day = today() - timedelta(days=days_ago)
    return Activity(happened_on=day, kind="regular_meeting", arrangement_id=arrangement)


def rhythm_page(screen, *records, **options):
    return screen(*records, **options).go("rhythm.py")


def keyed(page, kind, key):
    return next(one for one in page.app.get(kind) if one.key == key)


def labels(page):
    return [button.label for button in page.app.button]


def test_meetings_are_chosen_from_the_list_with_the_day_they_last_met(screen):
    page = rhythm_page(screen)
    keyed(page, "multiselect", "begin").set_value(["new:local_triangle", "new:steering_group"])
    page.run()
    keyed(page, "date_input", "begin.new:local_triangle").set_value(today() - timedelta(days=200))
    page.run().click("Toon wat stil valt")
    made = {one.record.name: one.record for one in page.store.records(Arrangement)}
    assert made["Lokale driehoek"].cadence == FOUR_WEEKS
    assert [one.record.happened_on for one in page.store.records(Activity)] == [today() - timedelta(days=200)]
    page.go("today.py")
    assert "Lokale driehoek" in page.text()
    assert "stilgevallen" in page.text()


def test_one_click_says_that_a_meeting_took_place(screen):
    page = rhythm_page(screen, an_arrangement(), met(60), met(88))
    before = len(page.store.records(Activity))
    page.click("■ Ging door")
    assert len(page.store.records(Activity)) == before + 1
    assert "Beantwoord: Weegploeg" in page.text()
    page.click("Maak ongedaan")
    assert len(page.store.records(Activity)) == before


def test_one_click_says_that_a_meeting_did_not_take_place(screen):
    page = rhythm_page(screen, an_arrangement(), met(60), met(88))
    page.click("□ Ging niet door")
    [answer] = page.store.records(Occurrence)
    assert answer.record.state == "not_held"


def test_a_cancelled_meeting_is_stored_at_once_and_its_reason_is_asked_right_there(screen):
    page = rhythm_page(screen, an_arrangement(), met(60), met(88))
    page.click("✕ Afgelast")
    [answer] = page.store.records(Occurrence)
    assert (answer.record.state, answer.record.reason) == ("cancelled", "reden nog niet ingevuld")
    page.click("Vul in")
    assert "Zeg in een paar woorden waarom" in page.text()
    page.field("text_input", "reason").set_value("te weinig mensen")
    page.run()
    assert page.store.get(Occurrence, answer.id).record.reason == "te weinig mensen"
    page.click("Maak ongedaan")
    assert page.store.records(Occurrence) == []


def test_a_moved_meeting_is_stored_a_week_later_and_its_day_is_put_right_there(screen):
    page = rhythm_page(screen, an_arrangement(), met(60), met(88))
    page.click("◗ Verzet")
    [answer] = page.store.records(Occurrence)
    assert answer.record.moved_to - answer.record.due_on == timedelta(days=7)
    other = answer.record.due_on + timedelta(days=2)
    page.field("date_input", "day").set_value(other)
    page.run()
    assert page.store.get(Occurrence, answer.id).record.moved_to == other
    page.click("Maak ongedaan")
    assert page.store.records(Occurrence) == []


def test_a_meeting_of_every_week_is_moved_to_before_the_next_one(screen):
    page = rhythm_page(screen, an_arrangement(cadence="FREQ=WEEKLY", grace_weeks=0), met(30), met(37))
    oldest = min(str(one.key) for one in page.app.button if str(one.key).startswith("moved."))
    keyed(page, "button", oldest).click()
    page.run()
    [answer] = page.store.records(Occurrence)
    assert answer.record.moved_to - answer.record.due_on == timedelta(days=6)


def test_a_reason_to_cancel_or_pause_with_a_telephone_number_is_not_stored(screen):
    page = rhythm_page(screen, an_arrangement(), met(200), met(228))
    page.click("✕ Afgelast")
    page.field("text_input", "reason").set_value("bel 06-12345678")
    page.run()
    assert "Dit lijkt een gegeven van een persoon." in page.text()
    page.go("today.py")
    keyed(page, "text_input", "pause.why.1").set_value("mail jan@vliethoven.nl")
    page.run().click("Pauzeer")
    assert "Dit lijkt een gegeven van een persoon." in page.text()
    [answer] = page.store.records(Occurrence)
    assert answer.record.reason == "reden nog niet ingevuld"
    assert page.store.records(Pause) == []


def test_when_every_meeting_has_an_answer_nothing_is_asked(screen):
    page = rhythm_page(screen, an_arrangement(), *[met(n) for n in range(0, 120, 28)])
    assert "Elke bijeenkomst die aan de beurt was, heeft een antwoord." in page.text()


def test_two_years_of_backlog_are_ticked_and_the_verdict_appears(screen):
    page = rhythm_page(screen, an_arrangement(cadence="FREQ=MONTHLY"), met(700))
    assert "heeft niemand gezegd of ze doorgingen" in page.go("today.py").heading()
    page.go("rhythm.py")
    keyed(page, "selectbox", "backlog").set_value(1)
    page.run()
    boxes = [one for one in page.app.checkbox if str(one.key).startswith("month.")]
    assert len(boxes) == 24
    for box in boxes:
        if not box.value:
            box.check()
    page.click("Leg de aangevinkte maanden vast")
    assert len(page.store.records(Activity)) >= 23
    page.go("today.py")
    assert page.heading().startswith("De samenwerking houdt stand:")
    assert "Dit rust alleen op Weegploeg." in page.heading()


def test_a_ticked_month_of_a_fortnightly_meeting_logs_every_meeting_in_it(screen):
    page = rhythm_page(screen, an_arrangement(cadence="FREQ=WEEKLY;INTERVAL=2"), met(400))
    keyed(page, "selectbox", "backlog").set_value(1)
    page.run()
    boxes = [one for one in page.app.checkbox if str(one.key).startswith("month.")]
    boxes[-2].check()
    page.click("Leg de aangevinkte maanden vast")
    assert len(page.store.records(Activity)) in (3, 4)


def test_all_well_says_so_in_one_sentence(screen):
    page = screen(an_arrangement(), *[met(n) for n in range(0, 400, 28)])
    assert "Alles ligt op ritme. Er is deze week niets nodig." in page.text()


def test_a_planned_meeting_does_not_end_the_silence_and_a_held_one_does(screen):
    page = screen(an_arrangement(), met(200), met(228))
    assert "stilgevallen" in page.text()
    page.click("Plan")
    [planned] = page.store.records(Occurrence)
    assert planned.record.state == "planned"
    assert "stilgevallen" in page.text()
    page.store.add(met(0, arrangement=1), by="test")
    assert "stilgevallen" not in page.run().text()


def test_a_pause_needs_a_reason_and_ends_the_alarm(screen):
    page = screen(an_arrangement(), met(200), met(228))
    page.click("Pauzeer")
    assert page.store.records(Pause) == []
    keyed(page, "text_input", "pause.why.1").set_value("wacht op nieuw beleid")
    page.run().click("Pauzeer")
    assert [one.record.reason for one in page.store.records(Pause)] == ["wacht op nieuw beleid"]
    assert "stilgevallen" not in page.text()


def test_the_next_step_is_never_nothing_while_an_arrangement_has_gone_quiet(screen):
    page = screen(example=True)
    assert "stilgevallen" in page.text()
    assert "kijk bij Ritme" in page.text()
    assert "er is nu niets nodig" not in page.text()
    page.click("Stop")
    assert "stilgevallen" not in page.text()
    assert "beantwoord eerst wat hieronder staat" in page.text()  # a silence, check-backs, late agreements
    assert "niets nodig" not in page.text()


def test_a_stop_keeps_its_reason_and_can_be_undone(screen):
    page = screen(an_arrangement(), met(200), met(228))
    keyed(page, "selectbox", "stop.1").set_value("handed_over")
    page.run().click("Stop")
    ended = page.store.get(Arrangement, 1).record
    assert (ended.ended_on, ended.end_reason) == (today(), "handed_over")
    assert "stilgevallen" not in page.text()
    page.click("Maak ongedaan")
    assert page.store.get(Arrangement, 1).record.ended_on is None


def test_the_role_of_each_owner_is_asked_right_after_the_owner(screen):
    page = rhythm_page(screen, an_arrangement())
    keyed(page, "selectbox", "change_arrangement").set_value(1)
    asked = [str(one.key).split(".")[0] for one in page.run().app.selectbox]
    first = asked.index("owner_id")
    assert asked[first : first + 4] == ["owner_id", "owner_role", "second_owner_id", "second_owner_role"]


def test_a_temporary_group_is_promoted_to_a_standing_one(screen):
    page = rhythm_page(
        screen, an_arrangement(kind="temporary_consultation", cadence="", grace_weeks=0), met(3)
    )
    keyed(page, "selectbox", "change_arrangement").set_value(1)
    page.run()
    page.field("selectbox", "kind").set_value("internal_alignment")
    page.field("selectbox", "cadence").set_value("FREQ=WEEKLY;INTERVAL=6")
    page.field("text_input", "reason").set_value("blijft bestaan")
    page.run().click("Sla de wijziging op")
    promoted = page.store.get(Arrangement, 1).record
    assert (promoted.kind, promoted.cadence) == ("internal_alignment", "FREQ=WEEKLY;INTERVAL=6")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_both_verdicts_stand_beside_the_headline(screen, three_years, language):
    page = screen(*three_years, language=language)
    marker = {"nl": "Het afgesproken overleg: te vroeg.", "en": "The agreed rhythm: too early."}
    assert marker[language] in page.text()


def test_a_national_event_is_marked_as_felt_here(screen):
    page = screen().go("log.py")
    page.app.button_group[0].set_value("incident")
    page.run()
    choice = keyed(page, "selectbox", "national")
    choice.select_index(0)
    page.run().click("Het was hier merkbaar")
    from tracker.records import Incident

    [marked] = page.store.records(Incident)
    assert (marked.record.scale, marked.record.reached) == ("national", True)


def test_a_recess_is_logged_and_nothing_is_asked_of_it(screen):
    page = rhythm_page(screen, an_arrangement(), *[met(n) for n in range(84, 500, 28)])
    assert "■ Ging door" in labels(page)
    page.field("text_input", "name").set_value("Verbouwing")
    page.field("date_input", "first_day").set_value(today() - timedelta(days=83))
    page.field("date_input", "last_day").set_value(today())
    page.run().click("Voeg toe")
    [logged] = page.store.records(Recess)
    assert logged.record.name == "Verbouwing"
    assert "Vastgelegd: Verbouwing" in page.text()
    assert "■ Ging door" not in labels(page)
