"""Two browsers at one arrangement: only there does a list forget a choice whose name has changed."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.conftest import Visitor


def begin_to_change(visitor: Visitor, name: str) -> None:
    visitor.go("/rhythm?data=example")
    box = visitor.page.get_by_role("combobox", name="Welk overleg?")
    box.click()
    box.fill(name)
    visitor.page.get_by_role("option").filter(has_text=name).first.click()
    visitor.settle()


def type_in(visitor: Visitor, label: str, text: str) -> None:
    field = visitor.page.get_by_role("textbox", name=re.compile(re.escape(label)))
    field.fill(text)
    field.press("Tab")
    visitor.settle()


def save(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Sla de wijziging op", exact=True).click()
    visitor.settle()


def test_what_was_typed_stays_when_somebody_else_renames_the_arrangement(visit):
    first, second = visit(), visit()
    for one in (first, second):
        begin_to_change(one, "Weegploeg")
    type_in(first, "Naam", "Weegploeg zuid")
    type_in(first, "Waarom wijzigt u het?", "duidelijker")
    save(first)
    expect(first.page.get_by_text("Gewijzigd: Weegploeg zuid")).to_be_visible()
    type_in(second, "Naam", "Weegploeg noord")
    type_in(second, "Waarom wijzigt u het?", "ook duidelijker")
    save(second)
    expect(second.page.get_by_text("Iemand anders heeft dit intussen gewijzigd.")).to_be_visible()
    assert second.page.get_by_role("textbox", name="Naam").input_value() == "Weegploeg noord"
