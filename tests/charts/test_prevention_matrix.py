"""The prevention matrix: what a cell shows, and in what words, read from its finished spec."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.charts.spec_reading import (
    NASTY,
    assert_only_in_the_data,
    assert_sound,
    assert_valid,
    layers,
    rows,
)
from tracker.charts.lettering import width
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.prevention import PLANS, PlanCell, PlanLabels, prevention_matrix

DUTCH = PlanLabels(
    locale="nl",
    domain="Domein",
    phase="Preventiefase",
    state="Toestand",
    part="Geplande rol",
    done="Activiteiten in een jaar",
    key_lead="dikke rand: zou trekken",
    key_support="dunne rand: zou ondersteunen",
)
DOMAINS = ("Veiligheid", "Sociaal", "Onderwijs", "Zorg", "Justitie", "Gemeenschap", "Bestuur", "Landelijk")
PHASES = ("Primair", "Secundair", "Tertiair")
STATES = ("leads", "supports", "takes_part", "white_spot", "not_known", "empty")


def test_every_domain_has_a_row_and_every_phase_a_column():
    chart = spec(full())
    assert len(cells(chart)) == 24
    assert len({(cell["middle"], cell["upper"]) for cell in cells(chart)}) == 24
    assert [name["word"] for name in rows(chart, "row_names")] == list(DOMAINS)
    assert [name["word"] for name in rows(chart, "column_names")] == list(PHASES)


def test_the_picture_is_valid_also_when_it_has_nothing_to_show():
    for chart in (spec(full()), spec(full(), narrow=True), spec([]), matrix((), (), [])):
        assert_valid(chart)


def test_a_cell_says_its_number_and_its_state_in_words():
    [cell] = cells(spec([a_cell(number=9)]))
    assert (cell["sign"], cell["word"]) == ("9", "trekt, volgens plan")
    [cell] = cells(spec([a_cell(number=9)], narrow=True))
    assert (cell["sign"], cell["word"]) == ("9", "trekt")


def test_a_white_spot_is_dashed_and_says_so_in_bold():
    chart = spec([a_cell(state="white_spot", number=0, word="witte vlek"), a_cell(domain=1, number=3)])
    gap, _ = cells(chart)
    assert (gap["sign"], gap["word"]) == ("", "witte vlek")
    assert layers(chart)["gap_lead"]["mark"]["strokeDash"]
    assert "white_spot" in layers(chart)["gap_lead"]["transform"][0]["filter"]
    assert "strokeDash" not in layers(chart)["lead"]["mark"]
    assert layers(chart)["gaps"]["mark"]["fontWeight"] == 700
    assert layers(chart)["words"]["transform"] == [{"filter": "datum.state !== 'white_spot'"}]


def test_what_nobody_knows_is_hatched_with_a_question_mark_and_never_zero():
    chart = spec([a_cell(state="not_known", number=0, word="niet bekend")])
    assert [cell["sign"] for cell in cells(chart)] == ["?"]
    assert rows(chart, "unknown")
    assert "unknown" not in layers(spec(full()))


def test_no_part_and_nothing_done_is_a_small_grey_zero_without_words():
    chart = spec([a_cell(planned="none", state="empty", number=0, word="geen rol")])
    assert [(cell["sign"], cell["word"], cell["nothing"]) for cell in cells(chart)] == [("0", "", True)]
    assert layers(chart)["nothing"]["mark"]["color"] == LIGHT.muted
    [done] = cells(spec([a_cell(planned="none", state="takes_part", number=2, word="doet mee")]))
    assert (done["sign"], done["word"]) == ("2", "doet mee")


def test_the_plan_is_an_edge_that_the_key_explains():
    for palette in (LIGHT, DARK):
        chart = spec([a_cell(number=1), a_cell(domain=1, planned="support", number=1)], palette=palette)
        lead, support = (layers(chart)[name]["mark"] for name in ("lead", "support"))
        assert lead["strokeWidth"] > support["strokeWidth"]
        assert lead["stroke"] == palette.ink
        assert [one["word"] for one in rows(chart, "key_words")] == [DUTCH.key_lead, DUTCH.key_support]
    alone = spec([a_cell(number=1)])
    assert [one["word"] for one in rows(alone, "key_words")] == [DUTCH.key_lead]


def test_the_tint_follows_the_number_and_the_ink_stays_the_same():
    for palette in (LIGHT, DARK):
        chart = spec(full(), palette=palette)
        scale = layers(chart)["tints"]["encoding"]["color"]["scale"]
        assert scale["range"] == [palette.heat_low, palette.heat_high]
        assert scale["domain"] == [0, max(cell["number"] for cell in cells(chart))]
        assert layers(chart)["numbers"]["mark"]["color"] == palette.ink


@pytest.mark.parametrize("narrow", [False, True])
def test_words_stay_inside_their_cell_and_names_beside_it(narrow):
    chart = spec(full(), narrow=narrow)
    px = 200 if narrow else 370  # less than any plot on a phone, and on a page, has
    for cell in cells(chart):
        room = (cell["end"] - cell["start"]) * px / 3
        assert width(cell["word"], size=12) * 0.85 <= room  # the guess is on the wide side
        assert cell["upper"] < cell["sign_y"] <= cell["lower"]
        assert cell["upper"] < cell["word_y"] < cell["lower"]


def test_the_mouse_reads_domain_phase_state_plan_and_how_often():
    chart = spec([a_cell(number=9)])
    tips = layers(chart)["tooltips"]["encoding"]["tooltip"]
    assert [tip["title"] for tip in tips] == [
        "Domein", "Preventiefase", "Toestand", "Activiteiten in een jaar", "Geplande rol"
    ]  # fmt: skip
    [cell] = cells(chart)
    assert [cell[tip["field"]] for tip in tips] == [
        "Veiligheid", "Primair", "trekt, volgens plan", "trok er 9", "plan: trekken"
    ]  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_what_users_typed_stands_in_the_data_only(narrow):
    for typed in NASTY:
        chart = matrix([f"KENMERK {typed}"], [f"KENMERK {typed}"], [a_cell(number=1)], narrow=narrow)
        assert_only_in_the_data(chart)


def test_a_cell_without_a_place_or_a_part_is_a_mistake_of_the_programmer():
    for wrong in (a_cell(domain=8), a_cell(phase=3), a_cell(planned="baas")):
        with pytest.raises(AssertionError):
            spec([wrong])


def test_it_stays_small():
    assert len(json.dumps(spec(full()))) < 30_000


@settings(max_examples=25, deadline=None)
@given(some.data())
def test_any_matrix_gives_a_sound_picture(drawn):
    names = some.lists(some.text(), min_size=1, max_size=9)
    domains, phases = drawn.draw(names), drawn.draw(names)
    cell = some.builds(
        PlanCell,
        domain=some.integers(0, len(domains) - 1),
        phase=some.integers(0, len(phases) - 1),
        planned=some.sampled_from(PLANS),
        state=some.sampled_from(STATES),
        number=some.integers(0, 500),
    )
    made = drawn.draw(some.lists(cell, max_size=20))
    matrix(domains, phases, made, narrow=drawn.draw(some.booleans()))


# Below: building cells.


def a_cell(**changed):
    known = {
        "domain": 0,
        "phase": 0,
        "planned": "lead",
        "state": "leads",
        "number": 1,
        "word": "trekt, volgens plan",
        "short": "trekt",
        "part": "plan: trekken",
        "done": "trok er 9",
    }
    return PlanCell(**{**known, **changed})


def full():
    return [
        a_cell(domain=row, phase=column, planned=PLANS[(row + column) % 3], number=row * column)
        for row in range(len(DOMAINS))
        for column in range(len(PHASES))
    ]


def spec(made, *, narrow=False, palette=LIGHT):
    return matrix(DOMAINS, PHASES, made, narrow=narrow, palette=palette)


def matrix(domains, phases, made, *, narrow=False, palette=LIGHT):
    chart = prevention_matrix(
        domains, phases, made, labels=DUTCH, palette=palette, description="Witte vlekken.", narrow=narrow
    )
    assert_sound(chart)
    assert chart["description"] == "Witte vlekken."
    return chart


def cells(chart):
    return chart["datasets"].get("cells", [])
