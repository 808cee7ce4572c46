"""Partners without a browser: one planted lost pair, who left, on whom it hangs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.analysis import ties
from tracker.analysis.quarter import Quarter
from tracker.records import Activity, Arrangement, Incident, Partner
from tracker.words import speak

NAMES = ("Politie", "GGD", "School De Brug")
DOMAINS = ("safety", "care", "education")


def quarter() -> Quarter:
    return Quarter.last_full(now().date())


def meeting(day, *partners, **links):
    return Activity(happened_on=day, kind="regular_meeting", partner_ids=partners, **links)


def town(**changes):
    """Three organisations (-1 to -3) and one arrangement (-4)."""
    made = [Partner(name=name, domain=domain) for name, domain in zip(NAMES, DOMAINS, strict=True)]
    return [*made, Arrangement(**{"name": "Weegploeg", "kind": "steering_group", **changes})]


def planted_lost_pair():
    """All three met a year before; now the school stays away."""
    before, after = quarter().back(4).first, quarter().first
    together = [meeting(before + timedelta(days=20 * n), -1, -2, -3, arrangement_id=-4) for n in range(3)]
    without = [meeting(after + timedelta(days=20 * n), -1, -2, arrangement_id=-4) for n in range(4)]
    return [*town(), *together, *without]


def partners_page(screen, *records, **options):
    return screen(*records, **options).go("partners.py")


def test_an_empty_log_says_what_to_do(screen):
    page = partners_page(screen)
    assert page.heading() == "Nog niemand schreef op wie er samenwerkt."
    assert "Leg een overleg vast" in page.text()
    assert page.app.get("vega_lite_chart") == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_planted_lost_pair_is_in_the_text_and_in_the_table(screen, language):
    page = partners_page(screen, *planted_lost_pair(), language=language)
    say, text = speak(language), page.text()
    found = ties.ties(page.store.cooperation(quarter().last), quarter())
    assert len(found.lost) == 2
    assert page.heading() == say.pairs_line(page.store.cooperation(quarter().last), found)
    assert say("{a} with {b}", a="Politie", b="School De Brug") in text
    assert say("Not there for a while: {names}.", names="School De Brug") in text
    assert say("Gone silent") in text
    assert say.grid_unit(found) in text


def test_a_pair_that_stays_is_not_called_lost(screen):
    """The control: the same town, and the school keeps coming."""
    records = [
        one if not isinstance(one, Activity) else Activity(**{**vars(one), "partner_ids": (-1, -2, -3)})
        for one in planted_lost_pair()
    ]
    text = partners_page(screen, *records).text()
    assert "Een jaar eerder samen, en nu niet geen" in " ".join(text.split())
    assert "Al een tijd niet erbij" not in text


def test_another_quarter_can_be_chosen_and_stands_in_the_address(screen):
    page = partners_page(screen, *planted_lost_pair())
    earlier = quarter().back(4)
    box = next(one for one in page.app.selectbox if one.key == "filter.quarter")
    box.select(earlier.code)
    page.run()
    assert f"{speak('nl').quarter(earlier.first)} troffen 3 paren" in page.heading()
    assert page.app.query_params["quarter"] == earlier.code


def test_the_gaps_in_ownership_are_named(screen):
    page = partners_page(screen, *planted_lost_pair())
    assert "Zonder trekker: Weegploeg." in page.text()
    assert "is bekend wie trok" in page.text()


def test_an_owner_and_a_second_one_from_another_domain_leave_no_gap(screen):
    records = planted_lost_pair()
    owned = town(owner_id=-1, owner_role="chair", second_owner_id=-2)
    more = [meeting(now().date() - timedelta(days=5 * n), -1, -2, arrangement_id=-4) for n in range(1, 9)]
    page = partners_page(screen, *owned, *records[4:], *more)
    assert "Zonder trekker" not in page.text()
    assert "Elk overleg heeft een trekker en een tweede trekker uit een ander domein." in page.text()
    assert "De helft van de activiteiten van het laatste jaar hangt aan 1 trekker: Politie (Voorzitter)." in (
        page.text()
    )


def test_three_of_four_planted_responses_ran_through_what_was_there(screen):
    day = now().date() - timedelta(days=40)
    old = town(started_on=day - timedelta(days=400))
    incident = Incident(happened_on=day, title="Onrust", severity=4)
    through = [meeting(day + timedelta(days=n), -1, -2, arrangement_id=-4, incident_id=-5) for n in (1, 3, 5)]
    beside = meeting(day + timedelta(days=2), -1, -2, incident_id=-5)
    page = partners_page(screen, *old, incident, *through, beside)
    assert "3 van de 4 reacties op incidenten liepen via een overleg dat er al was." in page.text()


def test_the_same_sentences_stand_on_the_command_line(screen, capsys):
    from tracker.__main__ import main

    page = partners_page(screen, *planted_lost_pair())
    with pytest.raises(SystemExit):
        main(["--db", str(page.path), "--lang", "nl", "partners"])
    said = capsys.readouterr().out.splitlines()
    assert said[0] == page.heading()
    assert [line for line in said[:3] if line not in page.text()] == []
