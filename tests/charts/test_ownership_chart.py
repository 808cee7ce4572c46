"""The grid of organisations and arrangements: a shape a part, hollow for who was not there lately."""

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
    words,
)
from tracker.charts.ownership import PARTS, OwnedCell, OwnerLabels, OwnerRow, ownership
from tracker.charts.palette import DARK, LIGHT

DUTCH = OwnerLabels(
    locale="nl",
    owner="trekker",
    second="tweede trekker",
    member="doet mee",
    outside="doet niet mee",
    away="laatst niet erbij",
    owns="trekt",
    seconds="tweede",
    organisation="Organisatie",
    arrangement="Samenwerkingsvorm",
    part="Rol",
    left_out=lambda n: f"nog {n} in de tabel",
)


def a_row(*parts, name="Politie"):
    """A part with a star was not there lately."""
    cells = tuple(OwnedCell(part=one.rstrip("*"), away=one.endswith("*")) for one in parts)
    return OwnerRow(name=name, cells=cells)


def spec(*drawn, names=None, palette=LIGHT, narrow=False):
    columns = len(drawn[0].cells) if drawn else 0
    return ownership(
        names or [f"Overleg {n}" for n in range(columns)],
        drawn,
        labels=DUTCH,
        palette=palette,
        description="wat er staat",
        narrow=narrow,
    )


def test_every_part_has_a_shape_of_its_own():
    cells = rows(spec(a_row(*PARTS)), "cells_there")
    assert [one["part"] for one in cells] == list(PARTS)
    assert len({one["shape"] for one in cells}) == len(PARTS)


def test_who_was_not_there_lately_is_hollow_keeps_its_shape_and_has_a_word():
    chart = spec(a_row("owner*", "owner", "member*", "member"))
    cells = rows(chart, "cells_away")
    assert [one["away"] for one in cells] == [True, False, True, False]
    assert cells[0]["shape"] == cells[1]["shape"]
    assert layers(chart)["cells_away"]["mark"]["fill"] == LIGHT.paper
    assert layers(chart)["cells_there"]["mark"]["fill"] == LIGHT.floor
    assert [one["word"] for one in cells] == ["laatst niet erbij", "trekt", "laatst niet erbij", ""]


def test_the_key_names_what_is_in_the_picture_and_nothing_else():
    assert [one["word"] for one in rows(spec(a_row("owner", "member")), "key_words")] == [
        "trekker",
        "doet mee",
    ]
    away = spec(a_row("member*"))
    assert [one["word"] for one in rows(away, "key_words")] == ["doet mee", "laatst niet erbij"]


def test_the_mouse_reads_organisation_arrangement_and_part():
    [cell] = rows(spec(a_row("second*"), names=["Weegploeg"]), "cells_away")
    assert (cell["organisation"], cell["arrangement"]) == ("Politie", "Weegploeg")
    assert cell["said"] == "tweede trekker, laatst niet erbij"
    tips = layers(spec(a_row("second*")))["cells_away"]["encoding"]["tooltip"]
    assert [one["title"] for one in tips] == ["Organisatie", "Samenwerkingsvorm", "Rol"]


def test_a_long_name_over_a_column_takes_lines_and_is_whole_in_the_tooltip():
    name = "Afstemming veiligheid, sociaal en onderwijs in de wijken"
    [column] = rows(spec(a_row(*["owner"] * 10), names=[name, *"abcdefghi"]), "heads")[:1]
    assert column["name"] == name
    assert 2 <= len(column["word"].split("\n")) <= 3
    assert column["word"].endswith("…")


def test_on_a_narrow_sheet_the_columns_are_numbered_and_named_below():
    chart = spec(a_row("owner", "second"), names=["Driehoek", "Weegploeg"], narrow=True)
    assert [one["word"] for one in rows(chart, "heads")] == ["1", "2"]
    assert [one["word"] for one in rows(chart, "numbers")] == ["1 Driehoek", "2 Weegploeg"]
    assert "cell_words" not in layers(chart)


@pytest.mark.parametrize(("narrow", "most"), [(False, 12), (True, 7)])
def test_what_does_not_fit_is_left_to_the_table_and_the_picture_says_so(narrow, most):
    last = a_row(*["outside"] * (most + 1), "owner", name="Alleen in de laatste")
    chart = spec(a_row(*["owner"] * (most + 2)), last, narrow=narrow)
    assert len(rows(chart, "heads")) == most
    assert [one["name"] for one in rows(chart, "names")] == ["Politie"]
    assert "nog 3 in de tabel" in words(chart)  # two columns and a row
    assert "left_out" not in layers(spec(a_row("owner"), narrow=narrow))


def test_many_organisations_stay_readable_and_small():
    chart = spec(*(a_row(*["member"] * 12, name=f"partner {n}") for n in range(40)))
    lines = [row["y"] for row in rows(chart, "names")]
    assert len(set(lines)) == 24
    assert max(lines) < chart["height"]
    assert len(json.dumps(chart)) < 130_000


def test_a_row_that_misses_an_arrangement_and_an_unknown_part_are_mistakes_of_the_programmer():
    for row in (a_row("owner"), a_row("owner", "boss")):
        with pytest.raises(AssertionError):
            spec(row, names=["een", "twee"])


@pytest.mark.parametrize("narrow", [False, True])
def test_the_picture_is_valid(narrow):
    for chart in (spec(a_row(*PARTS, "member*"), narrow=narrow), spec(narrow=narrow)):
        assert_valid(chart)


@pytest.mark.parametrize("narrow", [False, True])
def test_what_users_typed_stands_in_the_data_only(narrow):
    for typed in NASTY:
        said = f"KENMERK {typed}"
        assert_only_in_the_data(spec(a_row("owner*", name=said), names=[said], narrow=narrow))


@settings(deadline=None, max_examples=30)
@given(
    some.integers(0, 14).flatmap(
        lambda n: some.lists(
            some.lists(some.sampled_from([*PARTS, "owner*", "member*"]), min_size=n, max_size=n), max_size=8
        )
    ),
    some.booleans(),
    some.sampled_from([LIGHT, DARK]),
)
def test_whatever_part_anybody_has_the_picture_is_sound(parts, narrow, palette):
    assert_sound(spec(*(a_row(*one) for one in parts), narrow=narrow, palette=palette))
