"""From what somebody does on the screen to what they were promised, where no other test goes all the way.

The promises and their tests stand in tests/acceptance.toml.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from streamlit import dataframe_util

from tests.pages.conftest import now
from tracker import report
from tracker.analysis import assess, recurrence
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Question
from tracker.exchange.finding_json import verdict_object
from tracker.pages.around import readings
from tracker.records import Activity, Arrangement, Incident, InvalidRecord, Occurrence, Partner
from tracker.words import speak

DAY = timedelta(days=1)
PAGES = (
    "today.py", "rhythm.py", "trend.py", "partners.py", "agreements.py", "after.py", "lessons.py",
    "lessons.py?lesson=ownership", "lessons.py?lesson=language", "lessons.py?lesson=direction",
    "lessons.py?lesson=scan", "evaluation.py",
)  # fmt: skip


def today() -> date:
    return now().date()


def ago(days: int) -> date:
    return today() - days * DAY


def incident(days: int, **changed) -> Incident:
    return Incident(**{"happened_on": ago(days), "title": "Onrust", "severity": 4, **changed})


def meeting(days: int, **changed) -> Activity:
    return Activity(**{"happened_on": ago(days), "kind": "regular_meeting", **changed})


def busy_after_incidents() -> list:
    """Six incidents, each ahead of a busy month, and two organisations that meet in between as well."""
    incidents = [incident(100 + 160 * n, title=f"Onrust {n}") for n in range(6)]
    often = [100 + 160 * n - day for n in range(6) for day in (*range(30), *range(15))]
    days = [*range(0, 1200, 3), *often]
    partners = [Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")]
    return [*partners, *incidents, *(meeting(day, partner_ids=(-1, -2)) for day in days)]


def layers(page) -> dict[str, dict]:
    """The layers of the first picture on a page, by name."""
    spec = json.loads(page.app.get("vega_lite_chart")[0].proto.spec)
    return {layer["name"]: layer for layer in spec["layer"]}


def drawn(page, layer: str) -> pd.DataFrame:
    """The rows of one layer of that picture; empty when the layer is not there."""
    rows = {one.name: one.data.data for one in page.app.get("vega_lite_chart")[0].proto.datasets}
    if layer not in layers(page):
        return pd.DataFrame()
    return dataframe_util.convert_arrow_bytes_to_pandas_df(rows[layers(page)[layer]["data"]["name"]])


def as_day(milliseconds: float) -> date:
    return pd.Timestamp(milliseconds, unit="ms").date()


def open_form(page, form: str):
    page.app.session_state["open_form"] = form
    return page.go("log.py")


def opened(page, entry: str):
    """One of the earlier entries, looked at."""
    page.app.session_state["entries_shown"] = 2_000
    open_form(page, "entries")
    next(one for one in page.app.selectbox if one.key == "chosen_entry").set_value(entry)
    return page.run()


def keyed(page, kind: str, key: str):
    return next(one for one in page.app.get(kind) if one.key == key)


# 1


def test_an_incident_asks_for_two_answers_and_its_marker_is_in_the_picture_at_once(screen, three_years):
    with pytest.raises(InvalidRecord) as refused:
        Incident(happened_on=today(), title="", severity=0)
    assert set(refused.value.problems) == {"title", "severity"}  # the day is filled in: three fields at most
    page = screen(*three_years)
    assert "Brand bij de haven" not in drawn(page, "drop_lines")["title"].tolist()
    open_form(page, "incident")
    page.field("text_input", "title").set_value("Brand bij de haven")
    page.field("radio", "severity").set_value(4)
    page.run().click("Leg vast").go("today.py")
    marks = drawn(page, "drop_lines").set_index("title")["day"]
    assert "Brand bij de haven" in marks.index
    assert as_day(marks["Brand bij de haven"]) == today()


# 2


def test_a_date_that_moves_by_two_weeks_moves_marker_figures_and_verdict_and_stays_in_the_history(screen):
    page = screen(*busy_after_incidents())
    corrected = next(one.id for one in page.store.records(Incident) if one.record.title == "Onrust 0")
    before = (page.heading(), [one.value.to_csv() for one in page.app.dataframe])
    assert as_day(drawn(page, "drop_lines").set_index("title")["day"]["Onrust 0"]) == ago(100)
    opened(page, f"Incident {corrected}").click("Verbeter dit")
    page.field("date_input", "happened_on").set_value(ago(86))
    page.field("text_input", "reason").set_value("Het was later")
    page.run().click("Sla de wijziging op")
    opened(page, f"Incident {corrected}")
    say = speak("nl")
    assert f"{say.date(ago(100))} → {say.date(ago(86))}" in page.text()
    page.go("today.py")
    assert as_day(drawn(page, "drop_lines").set_index("title")["day"]["Onrust 0"]) == ago(86)
    after = (page.heading(), [one.value.to_csv() for one in page.app.dataframe])
    assert all(one != other for one, other in zip(before, after, strict=True))


# 3


def figures(page) -> dict:
    """Every number of the verdict, to its last decimal; not how many incidents were left out."""
    question = Question(until=today())
    found = assess(page.store.log(question), question, page.store.meetings(today()))
    told = verdict_object(found, None, sentence="", next_step="")
    return {name: value for name, value in told.items() if name not in ("incidents", "left_out")}


@pytest.mark.parametrize("field", ["exercise", "averted", "lawful_protest", "scale"])
def test_what_is_no_incident_of_ours_is_logged_and_changes_no_figure(screen, three_years, field):
    page = screen(*three_years)
    before = figures(page)
    open_form(page, "incident")
    page.field("text_input", "title").set_value("Groot alarm")
    page.field("radio", "severity").set_value(5)
    if field == "scale":
        page.field("selectbox", "scale").select("national")
    else:
        page.field("checkbox", field).check()
    page.run().click("Leg vast")
    assert len(page.store.records(Incident)) == 6
    assert figures(page) == before
    quarter = report.gather(page.store, Quarter.of(today()), today=today()).facts.counts
    assert (quarter.incidents, quarter.averted) == (0, field == "averted")
    page.store.add(incident(0, title="Echt"), by="test")  # the control: a real one moves them
    assert figures(page) != before


# 4


@pytest.mark.parametrize(
    ("words", "in_two_years"),
    [("elke maand", 24), ("elke 2 weken", 52), ("elke maand op de tweede dinsdag", 24), ("elk kwartaal", 8)],
)
def test_an_arrangement_gets_its_rhythm_owners_and_origin_on_the_screen(screen, words, in_two_years):
    partners = [Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")]
    began = date(2023, 1, 10)  # a second Tuesday; 2024 is a leap year
    made = Arrangement(name="Weegploeg", kind="steering_group", started_on=began)
    page = screen(*partners, made, incident(300)).go("rhythm.py")
    keyed(page, "selectbox", "change_arrangement").set_value(1)
    page.run()
    rhythm = page.field("selectbox", "cadence")
    assert words in rhythm.options
    rhythm.select_index(rhythm.options.index(words))
    page.field("selectbox", "owner_id").select("1")
    page.field("selectbox", "second_owner_id").select("2")
    page.field("multiselect", "partner_ids").set_value(["1", "2"])
    page.field("selectbox", "phase").select("secondary")
    page.field("text_input", "goal").set_value("Signalen vroeg delen")
    page.field("selectbox", "incident_id").select("1")
    page.field("text_input", "reason").set_value("ingevuld")
    page.run().click("Sla de wijziging op")
    stored = page.store.get(Arrangement, 1).record
    assert (stored.owner_id, stored.second_owner_id, stored.partner_ids) == (1, 2, (1, 2))
    assert (stored.phase, stored.goal, stored.incident_id) == ("secondary", "Signalen vroeg delen", 1)
    [agreed] = page.store.meetings(today()).arrangements
    due = recurrence.due_days(agreed, date(2023, 1, 1), date(2024, 12, 31))
    assert (len(due), due[0]) == (in_two_years, began)
    if "dinsdag" in words:
        assert all(day.weekday() == 1 and 8 <= day.day <= 14 for day in due)


# 5


@pytest.mark.parametrize("state", ["held", "not_held", "cancelled", "moved", "recess", "unknown"])
def test_what_became_of_a_meeting_is_one_action_on_the_page_next_to_home(screen, state):
    weekly = Arrangement(name="Weegploeg", kind="steering_group", cadence="FREQ=WEEKLY;INTERVAL=4")
    page = screen(weekly, meeting(60, arrangement_id=-1), meeting(88, arrangement_id=-1)).go("rhythm.py")
    due = ago(32)
    key = f"1.{due}"
    if state != "unknown":
        keyed(page, "button", f"{state}.{key}").click()
    page.run()
    [agreed] = page.store.meetings(today()).arrangements
    found = recurrence.expected(agreed, page.store.meetings(today()), ago(88))
    assert next(one.state for one in found if one.due_on == due) == state
    assert state in layers(page)  # a mark of its own
    words = drawn(page, f"key_{state}").set_index("state")["word"]
    assert words[state] == speak("nl").meeting_state(state)
    assert words.is_unique


# 9


def test_two_months_without_logging_are_a_gap_and_a_meeting_that_was_not_held_is_a_zero(screen, three_years):
    def gap(one) -> bool:
        return isinstance(one, Activity) and ago(360) < one.happened_on <= ago(300)

    missed = Occurrence(arrangement_id=-1, due_on=ago(330), state="not_held")
    page = screen(*[one for one in three_years if not gap(one)])
    hatches = drawn(page, "unknown").to_dict("records")
    assert len(hatches) == 1
    hatched = hatches[0]
    assert ago(360) < as_day(hatched["start"]) < as_day(hatched["end"]) < ago(293)
    weeks = round((hatched["end"] - hatched["start"]) / 7 / 86_400_000)
    assert f"Van {weeks} van de 172 weken is niet bekend wat er gebeurde." in page.text()
    table = page.app.dataframe[0].value
    assert (table["Activiteiten"] == "niet bekend").sum() == weeks
    stood = page.store.add(Arrangement(name="Weegploeg", kind="steering_group"), by="test")
    page.store.add(replace(missed, arrangement_id=stood.id), by="test")
    page.run()
    monday = ago(330) - ago(330).weekday() * DAY
    zero = page.app.dataframe[0].value.set_index("Week van")["Activiteiten"]
    assert zero[speak("nl").date(monday)] == "0"


# 10


def test_with_a_third_of_the_weeks_unlogged_the_verdict_declines_and_says_what_to_log(screen, three_years):
    thin = [
        one
        for one in three_years
        if not isinstance(one, Activity) or (today() - one.happened_on).days % 200 < 70
    ]
    page = screen(*thin)
    assert page.heading().startswith("Ik kan het niet zeggen.")
    assert "Zekerheid: kan ik niet zeggen ○○○" in page.text()
    assert "vul in wat er gebeurde in de weken waarin niemand iets vastlegde" in page.text()
    assert not re.search("houdt stand|zakt terug", page.heading())


# 31


def test_the_command_line_has_the_figures_of_the_screen_to_the_last_digit(screen, three_years, capsys):
    from tracker.__main__ import main

    page = screen(*three_years).go("trend.py")

    def said(*words: str) -> str:
        with pytest.raises(SystemExit):
            main(["--db", str(page.path), "--lang", "nl", "verdict", *words])
        return capsys.readouterr().out

    question = Question(until=today())
    shown = readings.assessed(str(page.path), page.store.state(), question)  # what the page read and kept
    told = json.loads(said("--json"))
    mine = verdict_object(shown, None, sentence=told["sentence"], next_step=told["next_step"])
    assert {name: told[name] for name in ("estimates", "counts", "structure")} == json.loads(
        json.dumps({name: mine[name] for name in ("estimates", "counts", "structure")})
    )
    text = " ".join(page.text().split())
    assert [line for line in said().splitlines() if " ".join(line.split()) not in text] == []


# 36


@pytest.mark.slow
def test_each_picture_has_a_sentence_a_table_and_a_text_for_who_cannot_see_it(screen):
    page = screen(example=True)
    with_pictures = []
    for address in PAGES:
        name, _, lesson = address.partition("?lesson=")
        page.app.query_params["lesson"] = lesson or "urgency"
        page.go(name)
        said = " ".join(page.text().split())
        pictures = [json.loads(chart.proto.spec) for chart in page.app.get("vega_lite_chart")]
        for picture in pictures:
            told = " ".join(picture.get("description", "").split()).split(". ")[0].rstrip(".")
            assert told, f"a picture on {address} has no text"
            conclusion = told.partition(": ")[2] if told not in said else told  # a name may stand before it
            assert conclusion, f"{told} stands not on {address}"
            assert conclusion in said, f"{conclusion} stands not on {address}"
        tables = sum("<table" in one.proto.body for one in page.app.get("html")) + len(page.app.dataframe)
        assert tables >= len(pictures) / 2, f"a picture on {address} has no table"  # each is drawn twice
        with_pictures += [address] if pictures else []
    assert len(with_pictures) >= 8


# 41


def left_out(page) -> int:
    question = Question(until=today())
    return assess(page.store.log(question), question).finding.left_out_activities


def test_a_kind_that_no_longer_counts_as_joint_changes_what_was_left_out_and_the_verdict(screen):
    page = screen(*[incident(100 + 190 * n) for n in range(5)], *[meeting(day) for day in range(0, 1200, 3)])
    counted, heading = "Meegeteld: 400 activiteiten en 5 incidenten", page.heading()
    assert counted in page.text()
    assert left_out(page) == 0
    page.go("method.py")
    assert counted in page.text()
    [kinds] = [one for one in page.app.multiselect if str(one.key).startswith("joint_kinds.")]
    kinds.set_value([one for one in kinds.value if one != "regular_meeting"])
    page.run().click("Sla de wijziging op")
    assert "Meegeteld: 0 activiteiten en 5 incidenten" in page.text()
    assert "400 activiteiten die partners niet samen deden" in page.text()
    assert left_out(page) == 400
    page.go("today.py")
    assert "400 activiteiten die partners niet samen deden" in page.text()
    assert page.heading() != heading
    page.click("Maak ongedaan")
    assert page.heading() == heading
