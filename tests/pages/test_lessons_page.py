"""The lessons on urgency, ownership and language, and a word of the glossary shown as help at its field."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.records import (
    Activity,
    Arrangement,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Incident,
    Partner,
)

POLICE, CARE = Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")


def today():
    return now().date()


def ago(days):
    return today() - timedelta(days=days)


def an_incident(days_ago=100, title="Rellen", **changes):
    return Incident(**{"happened_on": ago(days_ago), "title": title, "severity": 4, **changes})


def felt(domain, urgency, incident=-3, wording="naam"):
    return Framing(incident_id=incident, domain=domain, wording=wording, urgency=urgency)


def lesson(screen, name, *records, **options):
    page = screen(*records, **options)
    page.app.query_params["lesson"] = name
    return page.go("lessons.py")


def text(page):
    return " ".join(page.text().split())


def charts(page):
    return [json.loads(one.proto.spec) for one in page.app.get("vega_lite_chart")]


def drawn(page):
    """The words in the data of the first picture."""
    sets = page.app.get("vega_lite_chart")[0].proto.datasets
    return b" ".join(one.data.data for one in sets).decode("utf-8", "replace")


def keyed(page, kind, key):
    return next(one for one in page.app.get(kind) if one.key == key)


def fields(page, kind, name):
    """Every field of this name on the page: a page may hold more than one form."""
    return [one for one in page.app.get(kind) if str(one.key).startswith(f"{name}.")]


# Urgency.


def test_without_incidents_the_urgency_room_says_what_to_log(screen):
    page = lesson(screen, "urgency")
    assert page.heading() == "Er is nog geen ernstig incident, dus er is geen urgentie om te vergelijken."
    assert "Leg eerst een incident vast." in text(page)
    assert charts(page) == []


def test_the_gap_between_domains_is_the_conclusion_and_stands_in_the_picture(screen):
    page = lesson(screen, "urgency", POLICE, CARE, an_incident(), felt("safety", 5), felt("care", 2))
    conclusion = (
        "De urgentie verschilt 3 punten: Veiligheid zegt 5, Zorg zegt 2. Dat is gezegd over “Rellen”."
    )
    assert page.heading() == conclusion
    assert [one["description"] for one in charts(page)] == [conclusion] * 2
    assert "verschil 3" in drawn(page)
    assert "Nog nooit iets over een incident gezegd: Sociaal, Onderwijs, Justitie, " in text(page)


def test_the_same_room_in_english(screen):
    page = lesson(
        screen, "urgency", POLICE, CARE, an_incident(), felt("safety", 5), felt("care", 2), language="en"
    )
    assert (
        page.heading()
        == "Urgency differs by 3 points: Safety says 5, Health care says 2. That was said of “Rellen”."
    )


def test_an_incident_nobody_gave_a_number_is_drawn_and_says_so(screen):
    page = lesson(screen, "urgency", POLICE, CARE, an_incident())
    assert page.heading().startswith("Er is nog geen incident waarvan twee domeinen zeiden")
    assert "niemand gaf een cijfer" in text(page)


def test_a_domain_says_its_urgency_right_there(screen):
    page = lesson(screen, "urgency", POLICE, CARE, an_incident(), felt("care", 2))
    page.field("selectbox", "domain").select("safety")
    page.field("selectbox", "urgency").select("5")
    page.run().click("Voeg toe")
    said = {one.record.domain: one.record.urgency for one in page.store.records(Framing)}
    assert said == {"care": 2, "safety": 5}
    assert page.heading().startswith("De urgentie verschilt 3")


def test_a_framing_that_says_nothing_is_refused_in_words(screen):
    page = lesson(screen, "urgency", POLICE, CARE, an_incident())
    page.field("selectbox", "domain").select("safety")
    page.run().click("Voeg toe")
    assert page.store.records(Framing) == []
    assert "Zeg in een paar woorden hoe dit domein het noemt" in text(page)


def test_what_the_first_weeks_left_and_what_to_ask_stand_with_their_facts(screen):
    meetings = [
        Activity(happened_on=ago(days), kind="aftercare", partner_ids=(-1, -2), incident_id=-3)
        for days in (96, 95)
    ]
    before = Activity(happened_on=ago(500), kind="regular_meeting", partner_ids=(-1, -2))
    page = lesson(screen, "urgency", POLICE, CARE, an_incident(), *meetings, before)
    said = text(page)
    assert "na 4 dagen na 4 dagen 2 activiteiten stonden op zichzelf." in said
    assert (
        "Welk van deze contacten leeft nog? 1 paar organisaties trof elkaar in de 60 dagen na “Rellen”"
        in said
    )
    assert "Niet meer gezien: Politie met GGD." in said


# Ownership.


def test_without_arrangements_the_ownership_room_says_what_to_do(screen):
    page = lesson(screen, "ownership")
    assert page.heading() == "Er zijn nog geen samenwerkingsvormen, dus niets heeft een trekker."
    assert charts(page) == []


def an_arrangement(name="Weegploeg", **changes):
    return Arrangement(**{"name": name, "kind": "local_triangle", **changes})


def test_the_matrix_names_owners_who_is_away_and_asks_who_takes_over(screen):
    one = an_arrangement(owner_id=-1, second_owner_id=-2, started_on=ago(400))
    two = an_arrangement("Alleen", owner_id=-2, phase="primary")
    held = [
        Activity(
            happened_on=ago(days), kind="regular_meeting", arrangement_id=-3, partner_ids=who, lead_id=-2
        )
        for days, who in ((300, (-1, -2)), (200, (-2,)), (150, (-2,)), (110, (-2,)))
    ]
    page = lesson(screen, "ownership", POLICE, CARE, one, two, *held)
    assert page.heading() == "Bij 1 van de 2 samenwerkingsvormen komen de trekkers uit twee domeinen."
    said = text(page)
    assert "Wie neemt het over als de trekker vertrekt? Zonder tweede trekker: Alleen." in said
    assert "Politie trekt “Weegploeg” en was er de laatste keren niet bij. Trekt Politie het nog?" in said
    assert "Weegploeg Politie GGD Politie" in said  # owner, second owner, nobody else, away
    assert re.search(r"Kwartaal Zorg Niet bekend .* 1, het meest 0", said)
    for word in ("trekker", "tweede trekker", "laatst niet erbij", "Weegploeg"):
        assert word in drawn(page)


# Language.


def a_word(**changes):
    return GlossaryWord(**{"name": "Signaal", "meaning": "Iets wat ons opvalt", **changes})


def test_without_words_the_language_room_asks_for_one(screen):
    page = lesson(screen, "language")
    assert page.heading() == "Er is nog geen woord opgeschreven. Welk woord legt u het vaakst uit?"
    assert "Begin met één woord dat in uw laatste overleg verkeerd werd begrepen." in text(page)


def test_a_word_and_what_a_domain_means_by_it_are_added(screen):
    page = lesson(screen, "language")
    fields(page, "text_input", "name")[0].set_value("Signaal")
    fields(page, "text_input", "meaning")[0].set_value("Iets wat ons opvalt")
    fields(page, "selectbox", "shown_at")[0].select("severity")
    fields(page, "checkbox", "clash")[0].check()
    page.run().click("Voeg toe")
    [word] = page.store.records(GlossaryWord)
    assert word.record == a_word(shown_at="severity", clash=True)
    assert page.heading() == "1 woord betekent in een ander domein iets anders: “Signaal”."
    assert "In dat kwartaal opgeschreven als botsing: “Signaal”." in text(page)
    fields(page, "selectbox", "domain")[0].select("care")
    fields(page, "text_input", "meaning")[1].set_value("Een klacht")
    page.run()
    [button] = [one for one in page.app.button if one.key == "save.domain_meaning"]
    button.click()
    page.run()
    [meaning] = page.store.records(DomainMeaning)
    assert meaning.record == DomainMeaning(word_id=word.id, domain="care", meaning="Een klacht")
    assert "Zorg: “Een klacht”." in text(page)
    page.click("Maak ongedaan")
    assert page.store.records(DomainMeaning) == []


def test_a_word_that_exists_and_one_without_a_name_are_refused_in_words(screen):
    page = lesson(screen, "language", a_word())
    fields(page, "text_input", "name")[0].set_value("signaal")
    page.run()
    keyed(page, "button", "save.glossary_word").click()
    page.run()
    assert "Deze naam bestaat al." in text(page)
    assert fields(page, "text_input", "name")[0].value == "signaal"
    fields(page, "text_input", "name")[0].set_value("")
    page.run()
    keyed(page, "button", "save.glossary_word").click()
    page.run()
    assert "Dit is nog leeg. Vul het in." in text(page)
    assert len(page.store.records(GlossaryWord)) == 1


def test_a_word_is_changed_with_a_reason_and_taken_back(screen):
    page = lesson(screen, "language", a_word(clash=True))
    keyed(page, "selectbox", "standing.change_word").select(1)
    page.run().click("Veranderen")
    fields(page, "checkbox", "clash")[-1].uncheck()
    page.field("text_input", "reason").set_value("nu eens")
    page.run().click("Sla de wijziging op")
    [one] = page.store.records(GlossaryWord)
    assert (one.record.clash, one.version) == (False, 2)
    assert page.heading() == "1 woord heeft een betekenis en botst niet."
    keyed(page, "selectbox", "standing.change_word").select(1)
    page.run()
    keyed(page, "text_input", "why.GlossaryWord.1.2").set_value("niet nodig")
    page.run().click("Trek in")
    assert page.store.records(GlossaryWord) == []
    assert "Ingetrokken: Signaal" in text(page)


def test_a_word_that_a_colleague_changed_meanwhile_shows_both_versions_in_words(screen):
    page = lesson(screen, "language", a_word())
    keyed(page, "selectbox", "standing.change_word").select(1)
    page.run().click("Veranderen")
    theirs = a_word(shown_at="severity", meaning="Een teken")
    page.store.correct(1, theirs, seen_version=1, reason="beter", by="collega")
    page.field("text_input", "reason").set_value("botst")
    fields(page, "checkbox", "clash")[-1].check()
    page.run().click("Sla de wijziging op")
    said = text(page)
    assert "Te zien als hulp bij Incident: hoe ernstig" in said
    assert "Iets wat ons opvalt Een teken" in said
    assert page.store.get(GlossaryWord, 1).record == theirs


def test_a_meaning_is_changed_and_keeps_its_word(screen):
    page = lesson(screen, "language", a_word(), DomainMeaning(word_id=-1, domain="care", meaning="Klacht"))
    keyed(page, "selectbox", "standing.change_meaning").select(1)
    page.run().click("Veranderen")
    fields(page, "text_input", "meaning")[-1].set_value("Een klacht in het dossier")
    page.field("text_input", "reason").set_value("preciezer")
    page.run().click("Sla de wijziging op")
    [one] = page.store.records(DomainMeaning)
    assert one.record == DomainMeaning(word_id=1, domain="care", meaning="Een klacht in het dossier")
    assert "Gewijzigd: Signaal · Zorg" in text(page)


def test_a_meaning_of_a_word_that_was_taken_back_can_still_be_looked_at(screen):
    page = lesson(screen, "language", a_word(), DomainMeaning(word_id=-1, domain="care", meaning="Klacht"))
    page.store.withdraw(GlossaryWord, 1, seen_version=1, reason="fout", by="test")
    page.run()
    keyed(page, "selectbox", "standing.change_meaning").select(1)
    page.run().click("Veranderen")
    assert "Woord: Signaal" in text(page)


def test_one_incident_stands_in_the_words_of_every_domain_beside_each_other(screen):
    said = [felt("safety", 5, wording="Ordeprobleem"), felt("care", 2, wording="Angst")]
    page = lesson(screen, "language", POLICE, CARE, an_incident(), *said)
    shown = text(page)
    assert "2 domeinen gaven “Rellen” 2 namen." in shown
    assert "Veiligheid Ordeprobleem urgentie 5 van 5 Zorg Angst urgentie 2 van 5" in shown
    assert "Niets erover gezegd: Sociaal, Onderwijs," in shown


def test_clashing_words_come_first(screen):
    page = lesson(screen, "language", a_word(name="Aanpak"), a_word(name="Zorg", clash=True))
    shown = text(page)
    assert shown.index("Zorg Iets wat ons opvalt botst") < shown.index("Aanpak Iets wat ons opvalt")


# Help at a field.

PLACES = {
    "severity": ("incident", "radio", "severity"),
    "incident_kind": ("incident", "selectbox", "kind"),
    "phenomenon": ("incident", "selectbox", "phenomenon"),
    "activity_kind": ("activity", "selectbox", "kind"),
    "phase": ("activity", "selectbox", "phase"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_word_is_help_at_its_field_and_at_no_other(screen, place):
    form, kind, name = PLACES[place]
    page = screen(a_word(shown_at=place))
    page.app.session_state["open_form"] = form
    page.go("log.py")
    assert page.field(kind, name).help == "“Signaal”\\: wij bedoelen hiermee\\: Iets wat ons opvalt\\."
    helped = [one for one in page.app.main if "wij bedoelen hiermee" in str(getattr(one, "help", ""))]
    assert len(helped) <= 1
    others = [one for one in PLACES.values() if one[0] == form and one != PLACES[place]]
    for _, other_kind, other in others:
        assert "bedoelen" not in str(page.field(other_kind, other).help or "")


@pytest.mark.parametrize(("place", "name"), [("arrangement_kind", "kind"), ("phase", "phase")])
def test_a_word_is_help_when_an_arrangement_is_changed(screen, place, name):
    page = screen(a_word(shown_at=place), an_arrangement()).go("rhythm.py")
    keyed(page, "selectbox", "change_arrangement").select(1)
    page.run()
    assert "wij bedoelen hiermee" in page.field("selectbox", name).help


def test_a_word_that_clashes_also_says_who_means_something_else(screen):
    words = [
        a_word(shown_at="severity", clash=True),
        DomainMeaning(word_id=-1, domain="care", meaning="Een klacht"),
    ]
    page = screen(*words).go("log.py")
    page.app.session_state["open_form"] = "incident"
    page.run()
    said = page.field("radio", "severity").help.replace("\\", "")
    assert said == (
        "“Signaal”: wij bedoelen hiermee: Iets wat ons opvalt. "
        "Niet iedereen bedoelt hetzelfde. Zorg: “Een klacht”."
    )


def test_what_users_typed_is_no_markdown_in_the_help(screen):
    page = screen(a_word(meaning="![x](https://elders.example/x.png)", shown_at="severity"))
    page.app.session_state["open_form"] = "incident"
    page.go("log.py")
    assert "![x](" not in page.field("radio", "severity").help


def test_without_words_a_field_has_no_help_of_its_own(screen):
    page = screen()
    page.app.session_state["open_form"] = "incident"
    page.go("log.py")
    assert not page.field("radio", "severity").help
