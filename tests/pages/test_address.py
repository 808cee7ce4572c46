"""A link shows a colleague the same view, in any language."""

from __future__ import annotations

import pytest

from tracker.words import speak

FILTERS = {"severity": "4", "calendar": "every-day", "kinds": "regular_meeting", "until": "2026-06-30"}


def linked(screen, three_years, language, **filters):
    page = screen(*three_years, language=language)
    for name, value in filters.items():
        page.app.query_params[name] = value
    return page.go("trend.py")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_filters_stand_in_the_address_as_codes(screen, three_years, language):
    page = linked(screen, three_years, language, **FILTERS)
    assert {name: page.app.query_params[name] for name in FILTERS} == FILTERS
    warning = speak(language)("This is the verdict on a part of the log, not on the whole of it.")
    assert warning in page.text()


def test_the_same_link_gives_the_same_figures_in_both_languages(screen, three_years):
    said = {}
    for language in ("nl", "en"):
        page = linked(screen, three_years, language, **FILTERS)
        said[language] = page.app.dataframe[0].value.iloc[:, 1].tolist()
    assert said["nl"] == said["en"]


def test_nonsense_in_the_address_is_ignored(screen, three_years):
    page = linked(screen, three_years, "nl", severity="9", calendar="x", kinds="y", until="31-31-2026")
    assert not page.app.exception
    assert "Dit is het oordeel over een deel" not in page.text()


def test_a_link_to_the_log_opens_the_form_it_names(screen):
    page = screen()
    page.app.query_params["form"] = "incident"
    page.go("log.py")
    assert page.app.button_group[0].value == "incident"
    page.app.button_group[0].set_value("entries")
    assert page.run().app.query_params["form"] == "entries"
    page.app.button_group[0].set_value("activity")
    assert "form" not in page.run().app.query_params


def test_a_link_to_a_form_that_is_not_there_opens_the_usual_one(screen):
    page = screen()
    page.app.query_params["form"] = "x"
    assert page.go("log.py").app.button_group[0].value == "activity"
