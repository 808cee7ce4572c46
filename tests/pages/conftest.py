"""Pages without a browser: the real script on a real database, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from tracker import store
from tracker.records import Activity, Incident, Partner, Record
from tracker.store import Store

SCRIPT = str(Path(__file__).parents[2] / "tracker" / "pages" / "main.py")


@dataclass
class Screen:
    """One visitor's screen: what stands on it, and the store behind it."""

    app: AppTest
    path: Path

    @property
    def store(self) -> Store:
        """The visitor's database as it is now."""
        return store.open(self.path, now=now)

    def text(self) -> str:
        """Everything our own texts say, without marks."""
        said = [element.proto.body for element in self.app.get("html")]
        return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", " ".join(said), flags=re.DOTALL))

    def heading(self) -> str:
        """The first heading of the page."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", " ".join(one.proto.body for one in self.app.get("html")))
        assert found, "there is no heading"
        return unescape(found.group(1))

    def go(self, page: str) -> Screen:
        """Turns to another page."""
        self.app.switch_page(page)
        return self.run()

    def run(self) -> Screen:
        """Runs the script; no page may raise."""
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    def click(self, label: str) -> Screen:
        """Clicks the button with this label."""
        button = next((one for one in self.app.button if one.label == label), None)
        assert button is not None, f"no button {label}, only {[one.label for one in self.app.button]}"
        button.click()
        return self.run()

    def field(self, kind: str, name: str):
        """The field of the form that belongs to this record field."""
        return next(one for one in self.app.get(kind) if str(one.key).startswith(f"{name}."))


def now() -> datetime:
    """The Dutch moment."""
    return datetime.now(ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Screen]:
    """Opens the dashboard in a language, on a database filled with some records first."""
    path = tmp_path / "tracker.db"
    monkeypatch.setenv("TRACKER_DB", str(path))

    def opened(*records: Record, language: str = "nl", example: bool = False) -> Screen:
        if records and not path.exists():
            store.create(path, now=now).add_all(records, by="test", batch="test")
        app = AppTest.from_file(SCRIPT, default_timeout=30)
        app.query_params["lang"] = language
        if example:
            app.query_params["data"] = "example"
        return Screen(app, path).run()

    return opened


@pytest.fixture
def three_years() -> list[Record]:
    """Two organisations that meet every three days, and five incidents, the last half a year ago."""
    day = now().date()
    partners = [Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")]
    incidents = [
        Incident(happened_on=day - timedelta(days=200 + 190 * n), title=f"Onrust op plein {n}", severity=4)
        for n in range(5)
    ]
    meetings = [
        Activity(happened_on=day - timedelta(days=n), kind="regular_meeting", partner_ids=(-1, -2))
        for n in range(0, 1200, 3)
    ]
    return [*partners, *incidents, *meetings]
