"""The national threat level: words, a new scale, a part of the country, and nine months at most."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis import policy
from tracker.analysis.threat_level import Announcement, Spell, known_until, spells

FIRST, LAST = date(2012, 1, 1), date(2020, 12, 31)


def said(day: date, word: str, levels: int = 5, area: str = "", certain: str = "yes") -> Announcement:
    return Announcement(day=day, word=word, levels=levels, area=area, certain=certain, source="bron")


BEFORE = said(date(2013, 3, 13), "substantial", 4)
NEW_SCALE = said(date(2016, 7, 1), "substantial", 5, certain="partly")
DOWN = said(date(2019, 12, 9), "significant")
ALL = (BEFORE, NEW_SCALE, DOWN)


def told(found: tuple[Spell, ...]) -> list[tuple[date, date, str]]:
    return [(one.first, one.last, one.word) for one in found]


def test_a_word_holds_until_the_next_announcement():
    assert told(spells(ALL, FIRST, LAST)) == [
        (FIRST, date(2013, 3, 12), ""),
        (date(2013, 3, 13), date(2016, 6, 30), "substantial"),
        (date(2016, 7, 1), date(2019, 12, 8), "substantial"),
        (date(2019, 12, 9), date(2020, 9, 8), "significant"),
        (date(2020, 9, 9), LAST, ""),
    ]


def test_the_same_word_on_both_sides_of_a_new_scale_is_two_spells_and_marked():
    found = spells(ALL, FIRST, LAST)
    assert [one.new_scale for one in found] == [False, False, True, False, False]
    one_scale = (BEFORE, said(date(2016, 7, 1), "substantial", 4), said(date(2019, 12, 9), "limited", 4))
    assert len(spells(one_scale, FIRST, LAST)) == 4, "control: on one scale it is one spell"


def test_a_confirmation_begins_no_spell_but_says_until_when_it_is_known():
    later = said(date(2020, 10, 15), "significant")
    found = spells((*ALL, later), FIRST, LAST)
    assert told(found)[-1] == (date(2019, 12, 9), LAST, "significant")
    assert known_until((*ALL, later)) == date(2021, 7, 14)


def test_a_level_for_a_part_of_the_country_is_never_the_national_one():
    part = said(date(2019, 3, 18), "critical", area="Utrecht")
    assert spells((BEFORE, NEW_SCALE, part, DOWN), FIRST, LAST) == spells(ALL, FIRST, LAST)
    whole = said(date(2019, 3, 18), "critical")
    assert "critical" in [one.word for one in spells((BEFORE, NEW_SCALE, whole, DOWN), FIRST, LAST)]


def test_a_level_for_a_part_of_the_country_keeps_nothing_alive():
    part = said(date(2020, 8, 1), "critical", area="Utrecht")
    assert known_until((*ALL, part)) == known_until(ALL) == date(2020, 9, 8)


@pytest.mark.parametrize(
    ("last", "edge"),
    [
        (date(2019, 12, 9), date(2020, 9, 8)),
        (date(2019, 5, 31), date(2020, 2, 28)),  # nine months on is 29 February, and that day is not known
        (date(2018, 5, 31), date(2019, 2, 27)),
    ],
)
def test_nine_months_after_the_last_announcement_nothing_is_known(last, edge):
    assert policy.value("threat_level_months") == 9
    found = spells((said(last, "limited"),), last, edge + timedelta(days=400))
    assert told(found) == [
        (last, edge, "limited"),
        (edge + timedelta(days=1), edge + timedelta(days=400), ""),
    ]
    assert found[-1].since == edge + timedelta(days=1)


def test_a_period_after_all_that_is_known_is_one_unknown_spell():
    (only,) = spells(ALL, date(2026, 1, 1), date(2026, 6, 1))
    assert (only.word, only.since) == ("", date(2020, 9, 9))
    (never,) = spells((), FIRST, LAST)
    assert (never.word, never.first, never.last) == ("", FIRST, LAST)


def test_a_scale_that_changed_before_the_picture_is_not_marked_in_it():
    found = spells(ALL, date(2017, 1, 1), LAST)
    assert (found[0].word, found[0].since, found[0].certain) == ("substantial", date(2016, 7, 1), "partly")
    assert not any(one.new_scale for one in found)


@given(
    st.lists(
        st.builds(
            said,
            st.dates(FIRST, LAST),
            st.sampled_from(["limited", "substantial"]),
            st.sampled_from([4, 5]),
            st.sampled_from(["", "", "Utrecht"]),
        ),
        max_size=8,
        unique_by=lambda one: one.day,
    ),
    st.dates(FIRST, LAST),
    st.integers(0, 4000),
)
def test_every_day_has_the_word_of_the_last_announcement_before_it(announced, first, length):
    """The oracle looks at each day apart."""
    last = first + timedelta(days=length)
    found = spells(announced, first, last)
    assert [found[0].first, found[-1].last] == [first, last]
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(found))
    country = sorted((one for one in announced if not one.area), key=lambda one: one.day)
    for one in found:
        for day in (one.first, one.last):
            earlier = [each.word for each in country if each.day <= day]
            known = earlier and (day - country[-1].day).days < 273
            if known or not earlier:
                assert one.word == (earlier[-1] if earlier else "")
            elif (day - country[-1].day).days > 276:
                assert one.word == ""
