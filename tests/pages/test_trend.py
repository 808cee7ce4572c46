"""The trend page, without a browser."""

from __future__ import annotations

from datetime import timedelta

from tests.pages.conftest import now
from tracker.analysis import assess, quarters
from tracker.analysis.question import Question
from tracker.pages.parts import picture
from tracker.words import speak


def judged(page, question):
    return assess(page.store.log(question), question, page.store.meetings(question.until))


def trend(screen, *records, **options):
    return screen(*records, **options).go("trend.py")


def test_the_trend_of_an_empty_log_says_what_will_come(screen):
    page = trend(screen)
    assert "Zodra er iets is vastgelegd" in page.text()


def test_the_trend_shows_sentence_picture_figures_and_weeks(screen, three_years):
    page = trend(screen, *three_years)
    question = Question(until=now().date())
    assert page.heading() == speak("nl").sentence(assess(page.store.log(question), question).finding)
    assert len(page.app.get("vega_lite_chart")) == 3
    assert len(page.app.dataframe[0].value) > 150


def test_another_period_gives_the_verdict_of_that_period(screen, three_years):
    page = trend(screen, *three_years)
    until = now().date() - timedelta(days=900)
    next(one for one in page.app.date_input if one.key == "filter.until").set_value(until)
    page.run()
    question = Question(until=until)
    assert page.heading() == speak("nl").sentence(judged(page, question).finding)
    assert page.heading().startswith("Te vroeg")


def test_days_the_wrong_way_round_are_said_and_the_whole_log_is_shown(screen, three_years):
    page = trend(screen, *three_years)
    until = now().date() - timedelta(days=900)
    next(one for one in page.app.date_input if one.key == "filter.until").set_value(until)
    next(one for one in page.app.date_input if one.key == "filter.from").set_value(until + timedelta(days=30))
    page.run()
    assert "De eerste dag ligt na de laatste dag" in page.text()


def test_the_csv_opens_in_a_dutch_spreadsheet_and_holds_no_formula(screen, three_years):
    question = Question(until=now().date())
    log = screen(*three_years).store.log(question)
    table = picture.weeks_table(speak("nl"), assess(log, question).timeline)
    table.iloc[0, 4] = "=1+1"
    text = picture.csv_bytes(speak("nl"), table).decode("utf-8-sig")
    assert text.splitlines()[0] == "Week van;Activiteiten;Vaste basis;Extra;Incidenten"
    assert ";'=1+1" in text.splitlines()[1]
    assert picture.csv_bytes(speak("en"), table).decode("utf-8-sig").splitlines()[0].startswith("Week van,")


def test_the_trend_says_what_the_verdict_leans_on_and_shows_every_quarter(screen, three_years):
    page = trend(screen, *three_years)
    question = Question(until=now().date())
    found = assess(page.store.log(question), question)
    say = speak("nl")
    assert say.sensitivity(found.finding) in page.text()
    assert say.companion(found.finding) in page.text()
    assert say.floor_course(found.finding) in page.text()
    assert len(page.app.get("vega_lite_chart")) == 3


def test_the_verdict_of_a_past_quarter_is_that_of_the_command_with_until(screen, three_years):
    page = trend(screen, *three_years)
    say = speak("nl")
    question = Question(until=now().date())
    found = quarters.verdicts(page.store.log(question), question, page.store.meetings(question.until))
    for past in found:
        assert judged(page, Question(until=past.end)).finding.verdict == past.finding.verdict
        assert say.date(past.end) in page.text()
