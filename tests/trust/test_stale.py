"""Trust T30: what one visitor stores, another sees on the next run of the page; no cache is in between."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SCRIPT, Screen, now, screen  # noqa: F401
from tracker.records import Activity, Incident
from tracker.store import Store


def another(path) -> Screen:
    """A second visitor of the same dashboard, in the same process: they share its caches."""
    app = AppTest.from_file(SCRIPT, default_timeout=30)
    app.query_params["lang"] = "nl"
    return Screen(app, path).run()


def test_an_incident_that_one_logs_stands_on_the_screen_of_the_other_at_the_next_run(screen):  # noqa: F811
    day = now().date() - timedelta(days=3)
    first = screen(Activity(happened_on=day, kind="training")).go("log.py")
    second = another(first.path)
    before = second.text()
    first.app.button_group[0].set_value("incident")
    first.run()
    first.field("text_input", "title").set_value("Rellen bij het station")
    first.field("radio", "severity").set_value(4)
    first.run().click("Leg vast")
    assert second.run().text() != before
    [stored] = first.store.records(Incident)
    first.store.withdraw(Incident, stored.id, seen_version=1, reason="dubbel", by="anna")
    assert second.run().text() == before


def test_a_screen_whose_cache_forgets_the_revision_shows_what_was(screen, monkeypatch):  # noqa: F811
    """The control: with a key that does not move, the home screen of the other stays as it was."""
    day = now().date() - timedelta(days=3)
    first = screen(Activity(happened_on=day, kind="training"))
    before = another(first.path).text()
    first.store.add(Incident(happened_on=day, title="Rellen bij het station", severity=5), by="anna")
    assert another(first.path).text() != before
    monkeypatch.setattr(Store, "state", lambda self: "always")
    monkeypatch.setattr(Store, "state_apart_from", lambda self, *kinds: "always")
    stood = another(first.path).text()
    first.store.add(Incident(happened_on=day, title="Brand in de haven", severity=5), by="anna")
    assert another(first.path).text() == stood
