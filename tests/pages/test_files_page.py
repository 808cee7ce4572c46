"""Files without a browser: a messy list goes in after a look, is undone, and everything comes out."""

from __future__ import annotations

import pytest

from tests.pages.conftest import now
from tracker.records import Activity, Arrangement, Incident, Partner

MESSY = """Datum;Soort;Organisaties;Wat was het onderwerp
12-03-2026;regulier overleg;Politie;wijk
19-03-2026;regulier overleg;Politie;school
"""
PARTNERS = "naam;domein\nPolitie;veiligheid\n"
INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:abc
SUMMARY:Weegploeg
DTSTART;VALUE=DATE:20260105
DTEND;VALUE=DATE:20260106
RRULE:FREQ=WEEKLY;INTERVAL=4;COUNT=6
ATTENDEE;CN=Jan Jansen:mailto:jan.jansen@voorbeeld.nl
ORGANIZER;CN=Piet:mailto:piet@voorbeeld.nl
END:VEVENT
END:VCALENDAR
"""


WHO = "datum;soort;deelnemer\n12-03-2026;regulier overleg;School\n12-03-2026;regulier overleg;Politie\n"


def files_page(screen, *records, **options):
    return screen(*records, **options).go("files.py")


def give(page, *files):
    page.app.file_uploader[0].set_value([(name, text.encode(), "text/plain") for name, text in files])
    return page.run()


def test_an_empty_page_says_what_can_come_in(screen):
    page = files_page(screen)
    assert page.heading() == "Bestanden"
    assert "U ziet eerst wat er zou gebeuren." in page.text()
    assert "Alles eruit halen" in page.text()


def test_a_list_is_shown_before_it_comes_in_and_is_undone_after(screen):
    page = give(files_page(screen), ("partners.csv", PARTNERS), ("activiteiten.csv", MESSY))
    assert "2 nieuwe activiteiten" in page.text()
    assert page.store.records(Activity) == []
    page.click("Breng 3 rijen binnen")
    assert len(page.store.records(Activity)) == 2
    assert "3 rijen kwamen binnen." in page.text()
    page.click("Maak ongedaan")
    assert page.store.records(Activity) == []


def test_the_same_list_twice_adds_nothing(screen):
    files = (("partners.csv", PARTNERS), ("activiteiten.csv", MESSY))
    page = give(files_page(screen), *files)
    page.click("Breng 3 rijen binnen")
    give(page, *files)
    assert "Niets nieuws." in page.text() or "al aanwezig" in page.text() or "overgeslagen" in page.text()
    assert not [one for one in page.app.button if one.label.startswith("Breng")]
    assert len(page.store.records(Activity)) == 2


def test_a_wrong_row_is_named_with_its_line_and_nothing_is_stored(screen):
    wrong = "datum;titel;ernst\n31-02-2026;Onrust;3\n01-03-2026;Brand;9\n"
    page = give(files_page(screen), ("incidenten.csv", wrong))
    text = page.text()
    assert "2 plekken kloppen niet. Er is niets opgeslagen." in text
    assert "regel 2" in text
    assert "regel 3" in text
    assert not [one for one in page.app.button if one.label.startswith("Breng")]
    assert page.store.records(Incident) == []


def test_an_unknown_column_can_be_given_a_meaning_that_is_remembered(screen):
    page = give(files_page(screen), ("partners.csv", PARTNERS), ("activiteiten.csv", MESSY))
    box = next(one for one in page.app.selectbox if "Wat was het onderwerp" in str(one.key))
    box.select("title")
    page.run().click("Breng 3 rijen binnen")
    assert sorted(one.record.title for one in page.store.records(Activity)) == ["school", "wijk"]
    assert page.store.remembered_columns()["Wat was het onderwerp"] == "title"
    again = MESSY.replace("2026", "2025")
    give(page, ("activiteiten.csv", again))
    page.click("Breng 2 rijen binnen")
    assert len([one for one in page.store.records(Activity) if one.record.title]) == 4


def test_days_that_can_be_read_two_ways_are_asked_about(screen):
    unsure = "date,title,severity\n03/04/2025,Onrust,3\n"
    page = give(files_page(screen), ("incidents.csv", unsure))
    assert "Dagen zoals 03/04/2025 zijn op twee manieren te lezen." in page.text()
    page.app.radio[0].set_value("day")
    page.run().click("Breng 1 rij binnen")
    [incident] = [one.record for one in page.store.records(Incident)]
    assert (incident.happened_on.day, incident.happened_on.month) == (3, 4)


def test_an_unknown_organisation_is_added_after_its_domain_was_chosen(screen):
    page = give(files_page(screen), ("activiteiten.csv", MESSY))
    assert not [one for one in page.app.button if one.label.startswith("Breng")]
    assert "Deze organisaties zijn nog niet bekend." in page.text()
    box = next(one for one in page.app.selectbox if one.key == "organisation.Politie")
    box.select("safety")
    page.run().click("Breng 3 rijen binnen")
    [police] = [one.record for one in page.store.records(Partner)]
    assert (police.name, police.domain) == ("Politie", "safety")
    assert len(page.store.records(Activity)) == 2


def test_a_code_for_a_person_is_no_organisation_to_choose(screen):
    page = give(files_page(screen), ("activiteiten.csv", MESSY.replace("Politie", "P001")))
    assert "nog niet bekend" not in page.text()
    assert page.store.records(Partner) == []


def test_a_calendar_becomes_an_arrangement_and_no_name_of_a_person_is_stored(screen):
    page = give(files_page(screen), ("agenda.ics", INVITATION))
    page.click(next(one.label for one in page.app.button if one.label.startswith("Breng")))
    [weighing] = [one.record for one in page.store.records(Arrangement)]
    assert weighing.name == "Weegploeg"
    assert weighing.cadence.startswith("FREQ=WEEKLY;INTERVAL=4")
    held = page.path.read_bytes()
    assert b"Jansen" not in held
    assert b"voorbeeld.nl" not in held
    assert b"Weegploeg" in held


def test_a_list_with_data_of_a_person_comes_in_only_when_its_kind_is_explained(screen):
    page = give(
        files_page(screen),
        ("incidents.csv", "date,title,severity,note\n2026-03-01,Onrust,3,bel 06-12345678\n"),
    )
    assert "Dit lijkt een telefoonnummer" in page.text()
    assert not [one for one in page.app.button if one.label.startswith("Breng")]
    why = next(one for one in page.app.selectbox if one.key == "explained.phone")
    why.set_value("public_number")
    page.run().click("Breng 1 rij binnen")
    assert len(page.store.records(Incident)) == 1
    (line,) = page.store.register.log(action="override", limit=5)
    assert (line.detail["kind"], line.detail["why"]) == ("phone", "public_number")
    assert "12345678" not in repr(line)


def test_a_list_in_which_people_may_be_meant_asks_for_a_second_look(screen):
    page = give(
        files_page(screen),
        ("incidents.csv", "date,title,severity,note\n2026-03-01,Onrust,3,met mevr. Jansen\n"),
    )
    button = next(one for one in page.app.button if one.label.startswith("Breng"))
    assert button.disabled
    page.app.checkbox[0].check()
    page.run().click("Breng 1 rij binnen")
    assert len(page.store.records(Incident)) == 1


def test_an_earlier_import_is_listed_and_can_be_taken_back_with_a_reason(screen):
    page = give(files_page(screen), ("partners.csv", PARTNERS))
    page.click("Breng 1 rij binnen")
    page.run()
    assert "Wat eerder binnenkwam" in page.text()
    page.click("Neem deze import terug")
    assert page.store.records(Partner) == []
    assert page.store.history(Partner, 1)[-1].action == "withdraw"
    [one] = page.store.imports()
    assert (one.added, one.standing) == (1, 0)


def there(page) -> list[list[str]]:
    """Who was at each activity that stands, by name."""
    names = {one.id: one.record.name for one in page.store.records(Partner, withdrawn=True)}
    return [[names[number] for number in one.record.partner_ids] for one in page.store.records(Activity)]


def test_who_was_there_joins_what_is_in_the_log_after_a_look_and_is_undone(screen):
    page = give(files_page(screen), ("partners.csv", PARTNERS), ("activiteiten.csv", MESSY))
    page.click("Breng 3 rijen binnen")
    give(page, ("deelnemers.csv", WHO))
    assert "Deze organisaties zijn nog niet bekend." in page.text()
    assert not [one for one in page.app.button if one.label.startswith("Breng")]
    next(one for one in page.app.selectbox if one.key == "organisation.School").select("education")
    page.run()
    assert "Bij 1 activiteit in het logboek komen organisaties die er waren erbij." in page.text()
    assert there(page) == [["Politie"], ["Politie"]]
    page.click("Breng 2 rijen binnen")
    assert "2 rijen kwamen binnen." in page.text()
    assert there(page) == [["Politie", "School"], ["Politie"]]
    assert page.store.history(Activity, 1)[-1].reason == "Wie er waren, uit een lijst die binnenkwam"
    page.click("Maak ongedaan")
    assert there(page) == [["Politie"], ["Politie"]]
    assert [one.record.name for one in page.store.records(Partner)] == ["Politie"]


def test_the_same_list_of_who_was_there_has_nothing_to_bring_in(screen):
    page = give(files_page(screen), ("partners.csv", PARTNERS), ("activiteiten.csv", MESSY))
    page.click("Breng 3 rijen binnen")
    give(page, ("deelnemers.csv", WHO.replace("School", "Politie")))
    assert "Niets nieuws." in page.text()
    assert not [one for one in page.app.button if one.label.startswith("Breng")]


def test_an_import_of_who_was_there_is_listed_and_can_be_taken_back_later(screen):
    page = give(files_page(screen), ("partners.csv", PARTNERS + "School;onderwijs\n"))
    page.click("Breng 2 rijen binnen")
    give(page, ("activiteiten.csv", MESSY))
    page.click("Breng 2 rijen binnen")
    give(page, ("deelnemers.csv", WHO))
    page.click("Breng 1 rij binnen")
    page.run()
    newest = page.store.imports()[0]
    assert (newest.added, newest.standing) == (1, 1)
    page.click(next(one for one in page.app.button if one.key == f"undo.{newest.batch}").label)
    assert there(page) == [["Politie"], ["Politie"]]
    assert page.store.imports()[0].standing == 0


@pytest.mark.parametrize("code", ["P001", "J.P."])
def test_a_code_for_a_person_was_not_there(screen, code):
    page = give(files_page(screen), ("partners.csv", PARTNERS), ("activiteiten.csv", MESSY))
    page.click("Breng 3 rijen binnen")
    give(page, ("deelnemers.csv", WHO.replace("School", code)))
    assert "deelnemers.csv, regel 2, kolom deelnemer" in page.text()
    assert "Schrijf de organisatie op, of haal deze rij weg." in page.text()
    assert "nog niet bekend" not in page.text()
    assert not [one for one in page.app.button if one.label.startswith("Breng")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_can_be_taken_out(screen, language):
    page = files_page(screen, Partner(name="Politie", domain="safety"), language=language)
    kinds = [one.proto.label for one in page.app.get("download_button")]
    assert len(kinds) == 4
    assert now().date()


LIST = """Datum;Wat;Wie
12-03-2026;Wijkoverleg;Politie
19-03-2026;Wijkoverleg;Politie;
03/04/2026;Training;GGD
"""


def test_a_list_with_a_name_that_says_nothing_is_asked_about_until_it_can_come_in(screen):
    page = give(files_page(screen), ("lijst.csv", LIST))
    assert "Kies hierboven wat het bestand bevat." in page.text()
    page.app.radio[0].set_value("activities")
    page.run()
    assert "kolom soort: Deze kolom ontbreekt." in page.text()
    for heading, field in (("Wat", "kind"), ("Wie", "partners")):
        next(one for one in page.app.selectbox if str(one.key).endswith(f".{heading}")).select(field)
    page.run()
    assert "regels 2, 3, kolom Wie: “Politie” Onbekende organisatie." in page.text()
    page.app.radio[1].set_value("day")
    for name, domain in (("Politie", "safety"), ("GGD", "care")):
        next(one for one in page.app.selectbox if one.key == f"organisation.{name}").select(domain)
    page.run().click("Breng 5 rijen binnen")
    assert [one.record.happened_on.isoformat() for one in page.store.records(Activity)] == [
        "2026-03-12",
        "2026-03-19",
        "2026-04-03",
    ]
    assert len(page.store.records(Partner)) == 2


def test_the_same_mistake_on_many_lines_is_told_once(screen):
    rows = "\n".join(f"{n:02}-02-2026;Training;Onbekend" for n in range(1, 9))
    page = give(files_page(screen), ("activiteiten.csv", f"datum;soort;organisaties\n{rows}\n"))
    assert page.text().count("Onbekende organisatie.") == 1
    assert "regels 2, 3, 4 en 5 andere regels, kolom organisaties" in page.text()
    assert "8 plekken kloppen niet." in page.text()


def test_all_unknown_organisations_of_a_cell_are_asked_about_at_once(screen):
    rows = 'datum;soort;organisaties\n12-03-2026;Training;"Politie;GGD; School"\n'
    page = give(files_page(screen), ("activiteiten.csv", rows))
    asked = {one.key for one in page.app.selectbox if str(one.key).startswith("organisation.")}
    assert asked == {"organisation.Politie", "organisation.GGD", "organisation.School"}
