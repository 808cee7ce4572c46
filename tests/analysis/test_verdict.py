"""The verdict: its pictures, its order of rules, and when it says nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.analysis.logs import MONDAY, a_log, every, judged
from tracker.analysis import assess, policy, quarters
from tracker.analysis.meetings import Meetings
from tracker.analysis.pictures import Picture, log_of, pictures
from tracker.analysis.question import Log, Question
from tracker.records import Silence

END = date(2022, 12, 31)


@pytest.mark.parametrize("picture", pictures(), ids=lambda picture: f"{picture.drawn} told {picture.told}")
def test_the_pictures_say_what_the_table_says(picture: Picture):
    log = log_of(picture)
    finding = judged(log).finding
    assert (finding.verdict, finding.case) == (picture.verdict, picture.case)


def test_positive_control_a_wrong_line_in_the_table_is_noticed():
    wrong = Picture("!####.......", "6", "persists", "persists_peacetime")
    assert judged(log_of(wrong)).finding.verdict != wrong.verdict


def test_an_empty_log_is_no_zero():
    log = Log(first=None, last=None, activities=a_log().activities, entry_days=a_log().entry_days)
    assessment = assess(log, Question(until=END))
    assert assessment.finding.case == "nothing_logged"
    assert assessment.finding.certainty == "cannot_say"
    assert [need.what for need in assessment.finding.needed] == ["record_days", "activities"]
    assert len(assessment.timeline.weeks) == 0


def test_less_than_a_year_is_always_too_early_and_says_when_it_will_not_be():
    finding = judged(a_log(every(2, last=date(2020, 6, 30)), last=date(2020, 6, 30))).finding
    assert finding.verdict == "too_early"
    by = {need.what: need.by for need in finding.needed}
    assert by["record_days"] == date(2021, 1, 4)
    assert by["retention_days"] == date(2022, 1, 4)


def test_too_few_activities_name_the_month_at_the_present_pace():
    finding = judged(a_log(every(60), last=END, entries=every(7))).finding
    need = next(need for need in finding.needed if need.what == "activities")
    assert (need.have, need.need) == (19, 40)
    assert need.by == END + timedelta(days=-(-21 * 1091 // 19))


def test_a_year_that_is_too_thin_to_compare_names_both_years():
    finding = judged(a_log(every(30), last=END, entries=every(7))).finding
    assert finding.verdict == "too_early"
    need = next(need for need in finding.needed if need.what == "retention_year")
    assert (need.recent, need.before) == (12, 12)
    assert need.need > need.have == 24
    assert need.by is None


def test_zero_incidents_alone_never_make_it_too_early():
    finding = judged(a_log(every(2))).finding
    assert finding.case == "persists_no_incidents"
    assert finding.reasons == ("no_incidents",)
    assert finding.half_life_days.status == "missing"
    assert finding.half_life_days.why == "no_incidents"


def test_a_floor_that_halved_falls_back():
    thinner = every(2, last=date(2021, 12, 31)) + every(6, first=date(2022, 1, 1))
    finding = judged(a_log(thinner, entries=every(7))).finding
    assert finding.case == "falls_back_recent"
    assert finding.recent_since == date(2022, 7, 3)
    assert "year_low" in finding.reasons


def test_a_log_that_stops_is_unknown_not_zero():
    finding = judged(a_log(every(2, last=date(2022, 6, 30)))).finding
    assert finding.case == "too_little_logged"
    assert finding.window.silent_since == date(2022, 6, 30)


def test_cooperation_that_stops_while_others_log_falls_back():
    finding = judged(a_log(every(2, last=date(2022, 3, 31)), entries=every(7))).finding
    assert finding.verdict == "falls_back"
    assert finding.window.silent_since is None


def test_a_gap_that_decides_the_verdict_makes_it_undecided_until_it_is_answered():
    busy = every(1, last=date(2022, 1, 1)) + every(1, first=date(2022, 5, 7))
    assert judged(a_log(busy)).finding.case == "undecided_unknown_weeks"
    answer = Silence(first_day=date(2022, 1, 2), last_day=date(2022, 5, 6), answer="not_logged")
    assert judged(a_log(busy, silences=[answer])).finding.verdict == "persists"


def test_the_newest_silence_is_asked_about():
    busy = every(2, last=date(2022, 5, 31)) + every(2, first=date(2022, 9, 20))
    assessment = judged(a_log(busy))
    assert assessment.silence is not None
    first, last = assessment.silence
    assert (first, last) == (date(2022, 6, 1), date(2022, 9, 19))
    answered = Silence(first_day=first, last_day=last, answer="not_logged")
    assert judged(a_log(busy, silences=[answered])).silence is None


def test_incidents_without_peacetime_between_them_leave_nothing_to_judge():
    often = [(MONDAY + timedelta(days=n), 3) for n in range(0, 1080, 50)]
    assert judged(a_log(every(2), incidents=often)).finding.case == "undecided_no_peacetime"


def test_an_effect_that_never_fades_in_sight_is_undecided():
    more_and_more = every(10) + every(3, first=date(2021, 3, 1))
    finding = judged(a_log(more_and_more, incidents=[(date(2021, 3, 1), 4)], entries=every(7))).finding
    assert finding.case == "undecided_half_life_open"
    assert finding.half_life_days.status == "open"
    assert finding.half_life_days.value is None


def test_few_incidents_are_never_called_typical():
    starts = (date(2020, 9, 1), date(2021, 9, 1))
    after = [day for start in starts for day in every(1, start, start + timedelta(days=25))]
    log = a_log(every(4) + after, incidents=[(date(2020, 9, 1), 4), (date(2021, 9, 1), 4)])
    finding = judged(log).finding
    assert finding.few_incidents == 2
    assert finding.half_life_days.why in ("few_incidents", "wide_interval")


def test_peacetime_days_and_the_last_serious_incident_are_named():
    finding = judged(a_log(every(2), incidents=[(date(2022, 1, 3), 4), (date(2022, 11, 1), 2)])).finding
    assert finding.last_incident == ("incident", date(2022, 1, 3))
    assert finding.days_since_incident == 362
    assert finding.peacetime_days == 362 - 89


def test_an_incident_today_is_an_answer_too():
    finding = judged(a_log(every(2), incidents=[(END, 5)])).finding
    assert finding.incidents == 1
    assert finding.peacetime_days is None


def test_sure_needs_distance_to_the_border_and_nearly_all_weeks():
    sure = judged(a_log(every(1))).finding
    assert (sure.verdict, sure.certainty) == ("persists", "sure")
    fair = judged(a_log(every(6), entries=every(7))).finding
    assert (fair.verdict, fair.certainty) == ("persists", "fairly_sure")


def test_a_hidden_estimate_has_no_numbers():
    for log in (a_log(every(2)), a_log(every(30)), a_log(every(2), incidents=[(date(2021, 6, 1), 3)])):
        finding = judged(log).finding
        for name in ("peacetime_level", "structural_share", "retention_year", "half_life_days", "days_back"):
            estimate = getattr(finding, name)
            if estimate.status in ("hidden", "missing"):
                assert (estimate.value, estimate.low, estimate.high) == (None, None, None)
            if not estimate.stated:
                assert estimate.value is None
                assert estimate.why


def test_the_past_can_be_judged_as_it_looked_then():
    stopped = a_log(every(2, last=date(2022, 3, 31)), entries=every(7))
    january = date(2022, 1, 31)
    then = a_log(every(2, last=january), entries=every(7, last=january), last=january)
    assert judged(stopped).finding.verdict == "falls_back"
    assert judged(then).finding.verdict == "persists"


def test_the_timeline_draws_what_the_finding_says():
    log = a_log(every(2), incidents=[(date(2021, 3, 1), 4), (date(2021, 9, 1), 2)])
    facts = judged(log).timeline
    assert (facts.first, facts.last) == (log.first, log.last)
    assert facts.weeks["week"].diff().dropna().dt.days.eq(7).all()
    assert facts.weeks["count"].sum() == log.activities.sum()
    assert facts.incidents["severity"].tolist() == [4, 2]
    assert (facts.curve["expected"] >= facts.curve["floor"] - 1e-9).all()
    assert facts.curve["segment"].is_monotonic_increasing


def test_before_there_is_enough_no_model_is_drawn():
    log = a_log(every(2, last=date(2020, 6, 30)), incidents=[(date(2020, 2, 3), 4)], last=date(2020, 6, 30))
    facts = judged(log).timeline
    assert len(facts.curve) == 0
    assert facts.weeks["floor"].isna().all()


def test_every_policy_constant_has_a_unit_a_reason_and_a_review_date():
    for name, constant in policy.CONSTANTS.items():
        assert constant.unit, name
        assert constant.reason.endswith("."), name
        assert constant.review > date(2026, 11, 1), name


def test_every_policy_constant_is_used_by_the_method():
    files = [path for path in Path(policy.__file__).parents[1].rglob("*.py") if path.name != "policy.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [name for name in policy.CONSTANTS if f'"{name}"' not in source] == []


def test_a_floor_that_went_half_a_year_ago_is_seen_though_the_trend_is_not():
    gone = every(2, last=date(2022, 6, 20))
    finding = judged(a_log(gone, entries=every(7))).finding
    assert finding.case == "falls_back_recent"
    assert finding.recent_since == date(2022, 7, 3)


def test_a_small_recent_drop_only_takes_persists_away():
    dipped = every(1, last=date(2022, 6, 30)) * 6 + [d for d in every(1, date(2022, 7, 1)) if d.day % 6] * 6
    finding = judged(a_log(dipped)).finding
    assert finding.case == "undecided_recent_drop"
    assert finding.recent_since is not None


def test_a_verdict_that_leans_on_light_incidents_says_so():
    light = [date(2020, 5, 4) + timedelta(days=120 * n) for n in range(8)]
    after = [day for start in light for day in every(1, start, start + timedelta(days=40))]
    log = a_log(every(6) + after, entries=every(7), incidents=[(day, 2) for day in light] + [(END, 4)])
    finding = judged(log).finding
    assert finding.activity_verdict == "falls_back"
    assert "severity>=3" in finding.sensitive_to


def test_a_verdict_that_leans_on_nothing_names_nothing():
    assert judged(a_log(every(2), incidents=[(date(2021, 3, 1), 4)])).finding.sensitive_to == ()


def test_the_simple_count_stands_beside_the_model():
    busy = [day for start in (date(2020, 9, 1), date(2021, 9, 1)) for day in every(1, start, start + _MONTH)]
    log = a_log(every(3) + busy, incidents=[(date(2020, 9, 1), 4), (date(2021, 9, 1), 4)])
    finding = judged(log).finding
    assert finding.raw_ratio.high < 1
    assert finding.raw_agrees is True


def test_the_verdict_of_every_quarter_is_that_of_the_log_as_it_was():
    log = a_log(every(2, last=date(2022, 3, 31)), entries=every(7))
    question = Question(until=END)
    meetings = Meetings(until=END, arrangements=())
    found = quarters.verdicts(log, question, meetings)
    assert [one.end for one in found][-3:] == [date(2022, 6, 30), date(2022, 9, 30), END]
    for one in found:
        assert one.finding.case == assess(log.until(one.end), question, meetings.as_of(one.end)).finding.case
    assert found[0].finding.verdict == "too_early"
    assert found[-1].finding.verdict == "falls_back"


def test_the_floor_of_every_quarter_has_its_interval():
    after = every(1, date(2021, 3, 1), date(2021, 4, 15))
    floors = judged(a_log(every(4) + after, incidents=[(date(2021, 3, 1), 5)])).floors
    assert len(floors) == 12
    assert floors["start"].iloc[0].date() == MONDAY
    assert (floors["low"] <= floors["floor"]).all()
    assert (floors["floor"] <= floors["high"]).all()
    calm = floors[floors["end"] < "2021-01-01"]["floor"].mean()
    hit = floors[floors["end"] == "2021-03-31"]["floor"].item()
    assert hit < 2 * calm, "the extra after an incident is not floor"
    assert not floors["hollow"].any()


def test_a_quarter_nobody_logged_has_no_floor():
    floors = judged(a_log(every(2, last=date(2021, 12, 31)) + every(2, date(2022, 10, 3)))).floors
    assert floors["floor"].isna().sum() == 3


def test_a_quarter_of_which_a_few_days_are_known_has_no_floor():
    """Else one meeting on the only known day would be five a week. The control: a quarter of four weeks."""
    quiet = every(2, last=date(2021, 12, 31))
    one_week = judged(a_log(quiet + every(2, date(2022, 9, 26)))).floors.set_index("end")["floor"]
    four_weeks = judged(a_log(quiet + every(2, date(2022, 8, 29)))).floors.set_index("end")["floor"]
    assert one_week.isna().sum() == 3
    assert one_week[["2022-09-30"]].isna().all()
    assert 2 < four_weeks["2022-09-30"] < 5


_MONTH = timedelta(days=30)
