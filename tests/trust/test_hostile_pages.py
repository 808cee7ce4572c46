"""T43, T44 and T65 in the browser: a log full of hostile texts is looked at on every page.

One tour in Dutch and light with the content policy taken away, so that nothing but the pages themselves stops
a text, in a server whose ways out are watched; one in English and dark as everybody gets it. The controls
look at pages that do read texts as Markdown or HTML.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import Server, Visitor
from tests.trust import hostile
from tests.trust.hostile import BEACON, TEXTS
from tests.trust.serving import (
    KEEP_THE_CHARTS,
    PATHS,
    WATCH_THE_NETWORK,
    WITHOUT_POLICY,
    charts_of,
    serving,
    went_out,
)
from tests.trust.touring import LOOKS, Seen, expressions, look, tour

MARKDOWN = """
import streamlit as st
from tracker.pages.around import write
write.paragraph = lambda text, **more: st.markdown(text)
"""
HTML = """
import streamlit as st
from tracker.pages.around import write
write.escape = lambda text: text
"""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once; each server gets a copy."""
    path = tmp_path_factory.mktemp("filled") / "tracker.db"
    hostile.fill(path, now)
    return path


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tenth of it, for servers where it is enough to see some of it."""
    path = tmp_path_factory.mktemp("few") / "tracker.db"
    hostile.fill(path, now, most=4)
    return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[Server]:
    """Without a content policy: nothing but the pages themselves stops a text."""
    folder = tmp_path_factory.mktemp("bare")
    shutil.copy(filled, folder / "tracker.db")
    with serving(folder, planted=WATCH_THE_NETWORK + KEEP_THE_CHARTS + WITHOUT_POLICY) as running:
        yield running


@pytest.fixture
def visit_planted(
    meet: Callable[..., Visitor], tmp_path: Path, few: Path
) -> Iterator[Callable[[str], Visitor]]:
    """A visitor of another server, with something planted in it."""
    running = []

    def visitor(planted: str, **look: str) -> Visitor:
        shutil.copy(few, tmp_path / "tracker.db")
        running.append(serving(tmp_path, planted=planted))
        return meet(running[-1].__enter__(), **look)

    yield visitor
    for one in running:
        one.__exit__(None, None, None)


def test_the_corpus_is_large_and_reaches_every_kind_of_text(filled: Path) -> None:
    """A field that is added to a record is among these by itself; here stand those of today."""
    assert len(set(TEXTS)) >= 120
    fields = {f"{kind.__name__}.{name}" for kind, names in hostile.typed_in().items() for name in names}
    assert fields >= {
        *("Incident.title", "Incident.place", "Incident.source", "Incident.note", "Activity.note"),
        *("Partner.name", "Arrangement.name", "Arrangement.goal", "Agreement.text", "Agreement.reason"),
        *("Framing.wording", "IncidentReview.context", "Goal.text", "GlossaryWord.meaning", "Recess.name"),
        *(
            "DomainMeaning.meaning",
            "SeriesPoint.series",
            "Pause.reason",
            "Occurrence.reason",
            "ReviewNote.note",
        ),
    }
    assert not fields & {"Incident.kind", "Activity.phase", "Agreement.state", "Arrangement.cadence"}


def test_no_page_runs_fetches_or_formats_what_people_typed_even_without_a_content_policy(visit, server):
    visitor = visit()
    seen = tour(visitor, LOOKS, language="nl")
    _look_into_the_log(visitor, seen)
    _bring_in_a_file(visitor, seen)
    assert (seen.ran, seen.made, visitor.complaints) == ([], [], [])
    assert went_out(server) == []
    assert {text for found in seen.whole.values() for text in found} == set(TEXTS)
    few = {path for path in LOOKS if len(seen.whole[path]) < 100 and not path.startswith("/history?")}
    assert few == {
        *("/log", "/evaluation", "/files", "/method", "/scan", "/lessons?lesson=scan"),
        *("/access", "/recorded"),
    }
    assert "Traceback" not in server.log.read_text()
    charts = charts_of(server)
    run = {text for chart in charts for text in expressions(chart)}
    assert len({chart["description"] for chart in charts if "description" in chart}) > 5
    typed = re.compile(r"hostile|beacon|__x|[<>]script|7\*7|alert|__proto__")
    assert [text for text in run if typed.search(text)] == []


def test_nor_with_it_in_the_other_language_and_the_dark(visit_planted):
    """The policy must not be what stops a text: a try is a complaint of the browser."""
    visitor = visit_planted("", locale="en-GB", scheme="dark")
    seen = tour(visitor, PATHS, language="en")
    assert (seen.ran, seen.made, visitor.complaints) == ([], [], [])
    assert len(set().union(*seen.whole.values())) > 60
    visitor.page.close()


def test_positive_control_a_page_that_reads_markdown_is_seen_to_fetch_and_to_format(visit_planted):
    visitor = visit_planted(WITHOUT_POLICY + MARKDOWN)
    seen = tour(visitor, ("/history",), language="nl")
    assert [one for one in visitor.complaints if one.startswith(f"outside: {BEACON}")]
    assert seen.made
    visitor.complaints.clear()
    visitor.page.close()


def test_positive_control_the_content_policy_stops_what_such_a_page_would_fetch(visit_planted):
    """Blocked before it leaves: Chromium tells of the try on its console."""
    visitor = visit_planted(MARKDOWN)
    tour(visitor, ("/history",), language="nl")
    assert [one for one in visitor.complaints if one.startswith("console") and "img-src" in one]
    visitor.complaints.clear()
    visitor.page.close()


def test_positive_control_a_page_that_forgets_to_escape_is_seen(visit_planted):
    visitor = visit_planted(WITHOUT_POLICY + HTML)
    seen = tour(visitor, ("/history",), language="nl")
    assert seen.made
    assert [one for one in visitor.complaints if one.startswith(f"outside: {BEACON}")]
    visitor.page.evaluate(hostile.RUNS)
    look(visitor, "/history", seen)
    assert seen.ran == ["/history"]
    visitor.complaints.clear()
    visitor.page.close()


def _look_into_the_log(visitor: Visitor, seen: Seen) -> None:
    """Forms with help of the glossary and lists that fold out, and one entry with its history."""
    page = visitor.page
    visitor.go("/log?lang=nl")
    page.get_by_text("Incident", exact=True).first.click()
    visitor.settle()
    for icon in [one for one in page.get_by_test_id("stTooltipIcon").all() if one.is_visible()]:
        icon.hover()
        page.wait_for_timeout(200)
        look(visitor, "/log: help", seen)
    page.mouse.move(0, 0)
    page.get_by_text("Eerder vastgelegd", exact=True).click()
    visitor.settle()
    box = page.get_by_role("combobox", name=re.compile("Welke"))
    box.click()
    look(visitor, "/log: list", seen)
    page.get_by_role("option").nth(3).click()
    visitor.settle()
    look(visitor, "/log: entry", seen)


def _bring_in_a_file(visitor: Visitor, seen: Seen) -> None:
    """Files of which the name, the headings and the cells are hostile: the page tells what they would do."""
    texts = [text for text in TEXTS if len(text) < 100]
    rows = [("date", "kind", "partners", "title", *texts[:30])]
    rows += [("2024-02-10", "training", text, text, *texts[:30]) for text in texts]
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    for name in ("<img src=x onerror=window.__x=1> ![x](x).csv", "activities.csv"):
        visitor.go("/files?lang=nl")
        visitor.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
        )
        expect(visitor.page.get_by_role("heading", name="Wat deze bestanden zouden doen")).to_be_visible()
        visitor.settle()
        look(visitor, f"/files: {name}", seen)
