"""The page for a privacy officer: what is watched, what was let pass, what stands, and never a text (T61)."""

from __future__ import annotations

from tests.pages.conftest import now
from tracker.privacy import LookedAt
from tracker.records import Activity
from tracker.store import KINDS
from tracker.words import speak

SAID = (LookedAt(field="title", kind="phone", why="public_number"),)


def test_every_kind_of_record_and_every_kind_of_data_is_on_the_page(screen):
    page = screen()
    page.app.switch_page("recorded.py")
    page.run()
    say = speak("nl")
    text = page.text()
    for kind in KINDS.values():
        assert say.kind_of_record(kind) in [one.label for one in page.app.expander]
    assert "geboortedatum" in text
    assert "53 van de 60" in text, "a goal that was missed is not hidden"
    assert "Dit kwartaal mocht niets blijven staan." in text


def test_what_was_let_pass_is_counted_and_what_stands_leads_to_its_record(screen):
    page = screen()
    page.store.add(
        Activity(happened_on=now().date(), kind="training", title="bel 06-12345678"), by="Ans", looked=SAID
    )
    page.app.switch_page("recorded.py")
    page.run().click("Kijk elke tekst opnieuw na")
    text = page.text()
    assert "Het is een nummer voor iedereen" in text
    assert "1 tekst lijkt op gegevens van een persoon" in text
    assert "12345678" not in text
