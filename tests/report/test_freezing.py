"""The report of a closed evaluation stands still: the same bytes in every format, whatever comes later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.report import quarterly
from tests.report.test_report import tracker
from tests.store import logbook
from tracker import report
from tracker.report.document import SCREEN_ROWS, Picture
from tracker.words import speak


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return quarterly.two_years(quarterly.fresh(tmp_path_factory.mktemp("frozen")))


@pytest.fixture(scope="module")
def material(store):
    return quarterly.gathered(store)


@pytest.fixture(scope="module")
def facts(material):
    return report.freeze(material, quarterly.MADE)


def without_stand(document):
    """A kept report as it would be without the line that it is kept."""
    label, words = document.about[-1]
    assert (label, words) == (
        document.say("Facts"),
        document.say.as_it_stood(date(2025, 7, 3)),
    )
    return report.Document(**{**vars(document), "about": document.about[:-1]})


@pytest.mark.parametrize(
    ("form", "language", "everybody"),
    [
        ("pdf", "nl", False),
        ("pptx", "en", False),
        ("xlsx", "nl", False),
        ("html", "en", False),
        ("html", "nl", True),
    ],
)
def test_what_was_kept_gives_the_same_bytes_as_what_is_made_now(material, facts, form, language, everybody):
    say, kept = speak(language), report.thaw(facts)
    again = report.FORMATS[form](without_stand(kept.document(say, for_everybody=everybody)))
    assert again == quarterly.made(material, form, language, public=everybody)


def test_the_agenda_is_kept_in_both_languages_with_its_pictures(material, facts):
    for language in ("nl", "en"):
        say = speak(language)
        for kept, now in zip(report.thaw(facts).agenda(say), report.agenda(material, say), strict=True):
            assert (kept.topic, kept.aim, kept.minutes) == (now.topic, now.aim, now.minutes)
            for one, other in zip(kept.sections, now.sections, strict=True):
                assert (one.heading, one.lines, one.table) == (other.heading, other.lines, other.table)
                if other.picture:
                    assert one.picture.spec(99) == other.picture.spec(99)
                    assert one.picture.on_dark(SCREEN_ROWS) == other.picture.on_dark(SCREEN_ROWS)


def test_the_same_material_and_moment_give_the_same_bytes(material, facts):
    assert report.freeze(material, quarterly.MADE) == facts
    assert report.freeze(material, quarterly.MADE + timedelta(days=1)) != facts


def test_a_later_change_in_the_past_moves_what_is_made_now_and_not_what_was_kept(material, facts, tmp_path):
    store = quarterly.two_years(quarterly.fresh(tmp_path))
    before = report.thaw(facts)
    assert before.counts == report.counted(quarterly.gathered(store))
    store.add(logbook.incident(date(2025, 6, 20), title="Vergeten", severity=5), by="test")
    now = report.counted(quarterly.gathered(store))
    assert (before.counts["serious"], now["serious"]) == (0, 1)
    say = speak("nl")
    assert say.moved_line(before.counts, before.counts) == "Nu geteld verschilt er niets."
    line = say.moved_line(before.counts, now)
    assert "Incidenten: 2 in plaats van 1" in line
    kept = before.document(say)
    assert "Vergeten" not in repr(kept.sections)
    assert "Vergeten" in repr(report.document(quarterly.gathered(store), say=say, made_at=quarterly.MADE))


@pytest.mark.parametrize(
    ("sizes", "room", "drawn"),
    [((), 99, 7), ((), 3, 3), ((2, 6, 7), 99, 7), ((2, 6, 7), 6, 6), ((2, 6, 7), 5, 2), ((2, 6, 7), 1, 2)],
)
def test_a_kept_picture_takes_the_most_rows_there_is_room_for(sizes, room, drawn):
    assert Picture(name="p", alt="", spec=lambda _: {}, rows=7, sizes=sizes).at_most(room) == drawn


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """An evaluation that was closed, after which somebody logged an incident of that quarter."""
    store = quarterly.fresh(tmp_path_factory.mktemp("closed"))
    store.add(
        logbook.activity(date(2025, 5, 6), partner_ids=tuple(quarterly.with_partners(store))), by="test"
    )
    facts = report.freeze(quarterly.gathered(store), quarterly.MADE)
    review = logbook.quarter_review(quarter=quarterly.QUARTER.first, held_on=date(2025, 7, 3))
    store.close_quarter(review, facts, by="test")
    store.add(logbook.incident(date(2025, 6, 20), title="Vergeten", severity=5), by="test")
    return store


STOOD, COMPUTED = (
    "As it stood on 3 July 2025, when this evaluation was closed.\n",
    "Computed now from the log.\n",
)


@pytest.mark.parametrize(
    ("words", "told", "forgotten"),
    [
        (("2025Q2",), STOOD, False),
        (("2025Q2", "--public"), STOOD, False),
        (("2025Q2", "--afresh"), COMPUTED, True),
        (("2025Q1",), COMPUTED, False),
    ],
)
def test_the_command_gives_what_was_kept_and_says_which_of_both_it_is(closed, words, told, forgotten):
    answer = tracker(closed.path.parent, "report", *words, "--format", "html", "-o", "made.html")
    assert (answer.returncode, answer.stderr) == (0, told)
    said = quarterly.said("html", (closed.path.parent / "made.html").read_bytes())
    assert ("Vergeten" in said) == forgotten
    assert ("As it stood on 3 July 2025" in said) == (told == STOOD)


def test_what_was_kept_is_not_given_another_moment(closed):
    words = ("2025Q2", "--at", "2025-07-09T10:00", "--format", "html", "-o", "other.html")
    answer = tracker(closed.path.parent, "report", *words)
    assert answer.returncode == 1
    assert "--afresh" in answer.stderr
    assert not (closed.path.parent / "other.html").exists()
    assert tracker(closed.path.parent, "report", *words, "--afresh").returncode == 0
