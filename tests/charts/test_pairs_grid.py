"""The grid of domains: which cells it shows, and in what words, read from its finished spec."""

from __future__ import annotations

import itertools
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
from tracker.charts.pairs import Domain, PairCell, PairLabels, pairs_grid
from tracker.charts.palette import DARK, LIGHT

DUTCH = PairLabels(
    locale="nl",
    was=lambda number: f"was {number}",
    lost="verloren",
    domain="Domein",
    with_="met",
    pairs="Paren dit kwartaal",
    before="Een jaar eerder",
    not_known="niet bekend",
)
NAMES = (
    "veiligheid",
    "sociaal",
    "onderwijs",
    "zorg",
    "justitie",
    "gemeenschap",
    "wonen",
    "sport",
    "werk",
    "kunst",
)


def test_every_two_domains_have_one_cell_in_the_lower_half():
    chart = spec(full(6))
    assert len(cells(chart)) == 15
    assert len({(cell["middle"], cell["y"]) for cell in cells(chart)}) == 15
    first = cells(chart)[0]
    assert (first["domain"], first["with"], first["word"]) == ("veiligheid", "sociaal", "4")


def test_the_picture_is_valid_also_without_any_domain():
    for chart in (spec(full(3), size=3), spec([], size=2, narrow=True), spec([], size=0)):
        assert_valid(chart)


def test_the_order_in_which_a_pair_is_named_does_not_matter():
    one, other = spec([PairCell(first=0, second=1, count=3)]), spec([PairCell(first=1, second=0, count=3)])
    assert one == other


def test_the_diagonal_is_there_only_for_domains_that_have_pairs_of_their_own():
    assert len(cells(spec(full(3), size=3))) == 3
    with_own = [*full(3), PairCell(first=1, second=1, count=2)]
    assert [cell["word"] for cell in cells(spec(with_own, size=3)) if cell["domain"] == cell["with"]] == ["2"]


@pytest.mark.parametrize(
    ("count", "before", "said"),
    [(5, 5, ""), (4, 5, ""), (3, 5, "was 5"), (7, 5, "was 5"), (0, 1, "verloren"), (0, 0, ""), (2, None, "")],
)
def test_an_earlier_number_is_said_when_it_tells_something(count, before, said):
    cell = cells(spec([PairCell(first=0, second=1, count=count, before=before)], size=2))[0]
    assert (cell["word"], cell["change"]) == (str(count), said)


def test_zero_is_a_dashed_cell_and_a_number_a_tint_with_ink_on_it():
    for palette in (LIGHT, DARK):
        chart = spec(full(3), size=3, palette=palette)
        assert layers(chart)["empty"]["mark"]["strokeDash"]
        assert layers(chart)["empty"]["transform"] == [{"filter": "datum.count === 0"}]
        assert layers(chart)["tints"]["transform"] == [{"filter": "datum.count > 0"}]
        assert layers(chart)["numbers"]["mark"]["color"] == palette.ink
        scale = layers(chart)["tints"]["encoding"]["color"]["scale"]
        assert scale["range"] == [palette.heat_low, palette.heat_high]
        assert scale["domain"] == [0, 4]


def test_what_nobody_knows_is_hatched_with_a_question_mark_and_never_zero():
    chart = spec([PairCell(first=0, second=1, count=None, before=3)], size=3)
    assert [cell["word"] for cell in cells(chart)] == ["?", "?", "?"]
    assert [cell["now"] for cell in cells(chart)] == ["niet bekend"] * 3
    assert [cell["was"] for cell in cells(chart)] == ["3", "niet bekend", "niet bekend"]
    assert rows(chart, "unknown")
    assert "unknown" not in layers(spec(full(3), size=3))


def test_strokes_of_a_hatch_stay_inside_their_cell():
    chart = spec([], size=2)
    (cell,) = cells(chart)
    for stroke in rows(chart, "unknown"):
        assert cell["start"] <= stroke["start"] < stroke["end"] <= cell["end"]
        for edge in (stroke["upper"], stroke["lower"]):
            assert cell["upper"] - 0.01 <= edge <= cell["lower"] + 0.01


@pytest.mark.parametrize("size", [2, 6, 8, 10])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("inside", [False, True])
def test_no_two_names_of_columns_touch_and_none_runs_into_a_cell(size, narrow, inside):
    made = full(size) + ([PairCell(first=n, second=n, count=1) for n in range(size)] if inside else [])
    chart = spec(made, size=size, narrow=narrow)
    px = 200 if narrow else 400  # less than any plot on a phone, and on a page, has
    columns = chart["layer"][0]["encoding"]["x"]["scale"]["domain"][1]
    aligned = layers(chart)["column_names"]["mark"]["align"]
    boxes = []
    for name in rows(chart, "column_names"):
        wide, x = width(name["word"]) * 0.85, name["x"] * px / columns  # the guess is on the wide side
        left = x if aligned == "left" else x - wide / 2
        boxes.append((left, left + wide, name["y"] - 7, name["y"] + 7))
    cells_at = [
        (cell["start"] * px / columns, cell["end"] * px / columns, cell["upper"], cell["lower"])
        for cell in cells(chart)
    ]
    for one, other in [*itertools.combinations(boxes, 2), *itertools.product(boxes, cells_at)]:
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_a_change_that_does_not_fit_in_its_cell_has_a_corner_and_stands_below():
    made = [PairCell(first=a, second=b, count=0, before=3) for b in range(10) for a in range(b)]
    chart = spec(made, size=10, narrow=True)
    assert all(cell["marked"] and not cell["change"] for cell in cells(chart))
    assert rows(chart, "notes")[0]["word"] == "veiligheid · sociaal: verloren"
    assert len(rows(chart, "notes")) == 45
    assert min(note["y"] for note in rows(chart, "notes")) > chart["height"]
    roomy = spec(made[:1], size=2, narrow=True)
    assert "notes" not in layers(roomy)
    assert cells(roomy)[0]["change"] == "verloren"


def test_a_phone_shortens_only_the_names_that_do_not_fit_and_the_tooltip_has_them_whole():
    chart = spec(full(3), size=3, narrow=True)
    assert [name["word"] for name in rows(chart, "row_names")] == ["sociaal", "onderwijs"]
    long = "maatschappelijke ondersteuning"
    made = [Domain(name=name, short=name[:4] + ".") for name in (NAMES[0], long, *NAMES[2:4])]
    chart = grid(made, full(4), narrow=True)
    assert [name["word"] for name in rows(chart, "row_names")] == ["maat.", "onderwijs", "zorg"]
    assert rows(chart, "row_names")[0]["whole"] == long
    assert [name["word"] for name in rows(chart, "column_names")] == ["veiligheid", "maat.", "onderwijs"]
    assert cells(chart)[0]["with"] == long


def test_a_broad_page_does_not_stretch_the_cells():
    scale = layers(spec(full(3), size=3))["tints"]["encoding"]["x"]["scale"]
    assert scale["range"] == [0, {"expr": "min(width, 184)"}]


def test_the_mouse_reads_both_domains_and_both_numbers():
    tips = layers(spec(full(3), size=3))["tooltips"]["encoding"]["tooltip"]
    assert [tip["title"] for tip in tips] == ["Domein", "met", "Paren dit kwartaal", "Een jaar eerder"]


def test_ten_domains_stay_small():
    assert len(json.dumps(spec(full(10), size=10))) < 40_000


@pytest.mark.parametrize("narrow", [False, True])
def test_what_users_typed_stands_in_the_data_only(narrow):
    for typed in NASTY:
        said = [Domain(name=f"KENMERK {typed}", short=f"KENMERK {typed}")] * 2
        chart = grid(said, [PairCell(first=0, second=1, count=1)], narrow=narrow)
        assert_only_in_the_data(chart)


def test_a_cell_of_a_domain_that_is_not_there_is_a_mistake_of_the_programmer():
    with pytest.raises(AssertionError):
        spec([PairCell(first=0, second=3, count=1)], size=3)


@settings(max_examples=25, deadline=None)
@given(some.data())
def test_any_grid_gives_a_sound_picture(drawn):
    domains = drawn.draw(some.lists(some.builds(Domain, name=some.text(), short=some.text()), max_size=10))
    place, number = some.integers(0, max(len(domains) - 1, 0)), some.none() | some.integers(0, 500)
    cell = some.builds(PairCell, first=place, second=place, count=number, before=number)
    made = drawn.draw(some.lists(cell, max_size=20 if domains else 0))
    palette = drawn.draw(some.sampled_from([LIGHT, DARK]))
    grid(domains, made, narrow=drawn.draw(some.booleans()), palette=palette)


# Below: building cells.


def spec(made, *, size=6, narrow=False, palette=LIGHT):
    domains = [Domain(name=name, short=name[:4] + ".") for name in NAMES[:size]]
    return grid(domains, made, narrow=narrow, palette=palette)


def grid(domains, made, *, narrow=False, palette=LIGHT):
    chart = pairs_grid(
        domains, made, labels=DUTCH, palette=palette, description="Wie wie trof.", narrow=narrow
    )
    assert_sound(chart)
    assert chart["description"] == "Wie wie trof."
    return chart


def full(size):
    """A cell for every two domains; the first two met most."""
    return [
        PairCell(first=a, second=b, count=4 if (a, b) == (0, 1) else (a + b) % 4, before=2)
        for b in range(size)
        for a in range(b)
    ]


def cells(chart):
    return chart["datasets"].get("cells", [])
