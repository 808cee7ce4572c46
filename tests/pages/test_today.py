"""The home screen, without a browser."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.analysis import assess
from tracker.analysis.question import Question
from tracker.records import Activity, Agreement, Arrangement, Incident, Silence
from tracker.words import speak


def finding_of(screen):
    question = Question(until=now().date())
    return assess(screen.store.log(question), question).finding


def test_an_empty_database_explains_the_first_step_and_offers_the_example(screen):
    page = screen()
    assert page.heading() == "Te vroeg om te zeggen of de samenwerking standhoudt."
    assert "Dat is geen nul" in page.text()
    labels = [button.label for button in page.app.button]
    assert labels[:2] == ["Bijeenkomst vastleggen", "Incident vastleggen"]
    assert "Bekijk eerst het voorbeeld" in labels
    assert page.app.get("vega_lite_chart") == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sentence_is_the_same_on_screen_and_in_the_picture(screen, three_years, language):
    page = screen(*three_years, language=language)
    say, finding = speak(language), finding_of(page)
    assert page.heading() == say.sentence(finding)
    assert say.next_step(finding, asks=True) in page.text()  # nothing is tied to the newest incident
    for chart in page.app.get("vega_lite_chart"):
        assert json.loads(chart.proto.spec)["description"].startswith(say.sentence(finding))


def test_nothing_is_needed_is_said_only_when_the_page_asks_nothing(screen, three_years):
    page = screen(*[one for one in three_years if not isinstance(one, Incident)])
    assert "er is nu niets nodig" in page.text()  # positive control: nothing is asked
    late = now().date() - timedelta(days=3)
    page.store.add(Agreement(text="Bel elke maand", owner_id=1, due_on=late), by="test")
    page.run()
    assert "Afspraken die te laat zijn" in page.text()
    assert "Volgende stap: beantwoord eerst wat hieronder staat." in " ".join(page.text().split())
    assert "niets nodig" not in page.text()


def test_everything_is_on_rhythm_does_not_say_that_nothing_is_needed_beside_a_question(screen, three_years):
    meets = Arrangement(name="Weegploeg", kind="steering_group", cadence="FREQ=WEEKLY;INTERVAL=4")
    held = [
        Activity(happened_on=now().date() - timedelta(days=n), kind="regular_meeting", arrangement_id=-8)
        for n in range(0, 400, 28)
    ]
    partners_and_incidents, rest = three_years[:7], three_years[7:]
    page = screen(*partners_and_incidents, meets, *held, *rest)
    assert "Alles ligt op ritme." in page.text()
    assert "niets nodig" not in page.text()
    page.click("Er kwam niets uit")
    assert "Alles ligt op ritme. Er is deze week niets nodig." in page.text()


def test_positive_control_another_log_has_another_sentence(screen, three_years):
    page = screen(*three_years)
    before = page.heading()
    day = now().date().replace(year=now().year - 1)
    for stored in page.store.records(Activity):
        if stored.record.happened_on > day:
            page.store.withdraw(Activity, stored.id, seen_version=1, reason="test", by="test")
    assert page.run().heading() != before


def test_the_figures_stand_in_a_table_behind_the_picture(screen, three_years):
    page = screen(*three_years)
    for name, value, meaning in speak("nl").explanations(finding_of(page)):
        assert name in page.text()
        assert value in page.text()
        assert meaning in page.text()
    weeks = page.app.dataframe[0].value
    assert list(weeks.columns) == ["Week van", "Activiteiten", "Vaste basis", "Extra", "Incidenten"]
    assert weeks["Incidenten"].str.contains("Onrust op plein").sum() == 5


def test_the_example_is_one_click_away_and_leaves_no_trace(screen):
    page = screen()
    page.click("Bekijk eerst het voorbeeld")
    assert "VOORBEELDDATA" in page.text()
    assert page.app.get("vega_lite_chart")
    page.click("Naar mijn eigen gegevens")
    assert "VOORBEELDDATA" not in page.text()
    assert page.store.recent(limit=5) == []


def test_a_silence_is_asked_about_and_the_answer_is_stored_and_can_be_undone(screen, three_years):
    gap = [
        one
        for one in three_years
        if not (isinstance(one, Activity) and 300 < (now().date() - one.happened_on).days < 360)
    ]
    page = screen(*gap)
    assert "is niets vastgelegd. Gebeurde er niets" in page.text()
    page.click("Het is niet vastgelegd")
    answers = page.store.records(Silence)
    assert [one.record.answer for one in answers] == ["not_logged"]
    assert "Gebeurde er niets" not in page.text()
    page.click("Maak ongedaan")
    assert page.store.records(Silence) == []
    assert "Gebeurde er niets" in page.text()


def test_a_title_with_marks_is_shown_as_it_was_typed(screen, three_years):
    hostile = "![x](http://evil.example/x.png) <b>vet</b> :red[rood] $x$"
    latest = Activity(happened_on=now().date(), kind="training", title=hostile)
    page = screen(*three_years, latest)
    label = next(button.label for button in page.app.button if button.label.startswith("Herhaal"))
    assert "![" not in label
    assert "\\!\\[x\\]" in label


def test_a_database_of_something_else_is_refused_in_words_and_not_touched(screen):
    page = screen()
    page.path.write_text("dit is geen database")
    from tracker.pages.around import frame

    frame.opened.cache_clear()
    page.run()
    assert page.heading() == "De database is nu niet te gebruiken"
    assert page.path.read_text() == "dit is geen database"
