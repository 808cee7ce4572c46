"""A row that is like an earlier one is read as if it were the first: same record, same problems."""

from __future__ import annotations

import random
import tracemalloc

import pytest
from workbench import Bench

from tracker.exchange import Preview, alike
from tracker.records import Activity

HEADING = "date,kind,title,arrangement,partners,state,note"
DATES = ("2024-02-10", "2024-03-11", "10-02-2024", "1999-01-01", "2031-01-01", "2024-02-30", "")
KINDS = ("training", "dialogue", "Buurtfeest", "")
TITLES = ("Overleg", "  Overleg ", "", "Café", "Cafe\u0301", "'=1+1", "a\u202eb", "x" * 201, "06 12345678")
NOTES = ("", "klaar", '"twee\nregels"', "y" * 1999, "z" * 2001)
STATES = ("", "", "held", "planned", "cancelled", "later")


def mixed(number: int, seed: int) -> list[str]:
    """Rows that share most of their cells, of which some are wrong."""
    chance = random.Random(seed)
    return [
        ",".join(
            (
                *(chance.choice(DATES[:2] if chance.random() < 0.7 else DATES), chance.choice(KINDS)),
                *(chance.choice(TITLES[:2] if chance.random() < 0.7 else TITLES), "Weegploeg"),
                *(chance.choice(("3", "4", "drie")[: chance.choice((2, 2, 3))]), chance.choice(STATES)),
                chance.choice(NOTES[:3] if chance.random() < 0.9 else NOTES),
            )
        )
        for _ in range(number)
    ]


def said(preview: Preview) -> tuple[object, ...]:
    """All that a preview says of its rows."""
    return (
        *(list(preview.found), preview.problems, preview.personal, preview.doubles),
        *(preview.new_kinds, preview.new_arrangements, preview.files),
    )


@pytest.mark.parametrize("seed", range(8))
def test_every_row_is_read_as_its_reader_alone_would(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    path = bench.file("activities.csv", HEADING, *mixed(120, seed))
    quick = bench.read(path)
    monkeypatch.setattr(alike, "_MOST_KEPT", 0)
    assert said(quick) == said(bench.read(path))
    assert quick.problems
    assert quick.found


def test_most_rows_of_a_plain_list_need_no_reader(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    keep = alike.Alike.keep
    monkeypatch.setattr(alike.Alike, "keep", lambda *given: (kept.append(given[1]), keep(*given)))
    rows = [f"2024-02-{10 + n % 2},training,Titel {n},Weegploeg,3,," for n in range(500)]
    preview = bench.read(bench.file("activities.csv", HEADING, *rows))
    assert len(kept) == 1
    assert [found.record.title for found in preview.found if isinstance(found.record, Activity)] == [
        f"Titel {n}" for n in range(500)
    ]
    assert [found.line for found in preview.found if found.line] == list(range(2, 502))


def test_a_preview_keeps_little_more_of_a_row_than_its_own_words(bench: Bench) -> None:
    """Bytes that stay after reading, of a row more: the million of them must fit beside their file."""

    def kept(number: int) -> int:
        rows = [f"2024-02-{10 + n % 9},training,Titel {n},Weegploeg {n % 20},3,," for n in range(number)]
        path = bench.file("activities.csv", HEADING, *rows)
        bench.read(path)  # what is kept for the next import is no part of this one
        tracemalloc.start()
        preview = bench.read(path)
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(preview.found) == number + 20
        return size

    a_row = (kept(9_000) - kept(3_000)) / 6_000
    assert 10 < a_row < 100
