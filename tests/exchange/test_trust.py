"""Files that are wrong, hostile or too large: each wrong row is named, nothing is half stored or hangs.

The numbers are those of the catalogue of tests in which each was agreed. T32 and T33 stand in `test_files`,
T49 in `test_workbook`, T34 in `test_doubles`, T35 in the store's tests of undo, T38 to T40 with workbooks and
calendars. Every refusal has its control: the same without the harm comes in.
"""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import time
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest

from tests.exchange.workbench import Bench, codes, told
from tracker import exchange
from tracker.exchange import ImportRefused, export
from tracker.records import Activity, Incident
from tracker.words import speak
from tracker.words.exports import field_list
from tracker.words.import_problems import problem_line

ROOT = Path(__file__).parents[2]
# What the system says of a program that ended may be what the tests before it took; this is its own.
WEIGHED = """
import atexit, pathlib, runpy, sys
atexit.register(lambda: sys.stderr.write(pathlib.Path("/proc/self/status").read_text()))
runpy.run_module("tracker", run_name="__main__", alter_sys=True)
"""

HEADING = "date,kind,count,weight,state,arrangement,partners,title,incident,moved_to"
GOOD = "2024-02-10,training,2,1.5,,Weegploeg,3,Overleg,,"
# What is wrong, the column it stands in and the row: twenty kinds.
BAD = {
    ("no_such_day", "date"): "2024-02-30,training,1,,,,,,,",
    ("too_early_date", "date"): "0001-01-01,training,1,,,,,,,",
    ("too_far_ahead", "date"): "9999-12-31,training,1,,,,,,,",
    ("two_digit_year", "date"): "31-12-24,training,1,,,,,,,",
    ("excel_serial", "date"): "45292,training,1,,,,,,,",
    ("bad_date", "date"): "gisteren,training,1,,,,,,,",
    ("required", "date"): ",training,1,,,,,,,",
    ("required", "kind"): "2024-02-10,,1,,,,,,,",
    ("bad_name", "kind"): "2024-02-10,???,1,,,,,,,",
    ("bad_number", "count"): "2024-02-10,training,1e3,,,,,,,",
    ("not_whole", "count"): "2024-02-10,training,1.5,,,,,,,",
    ("out_of_range", "count"): "2024-02-10,training,1000001,,,,,,,",
    ("bad_number", "weight"): "2024-02-10,training,1,NaN,,,,,,",
    ("out_of_range", "weight"): "2024-02-10,training,1,-1,,,,,,",
    ("unknown_state", "state"): "2024-02-10,training,1,,misschien,Weegploeg,,,,",
    ("state_needs_arrangement", "arrangement"): "2024-02-10,,1,,planned,,,,,",
    ("looks_like_person", "partners"): "2024-02-10,training,1,,,,P001,,,",
    ("unknown_partner", "partners"): "2024-02-10,training,1,,,,Voetbalclub,,,",
    ("unknown_incident", "incident"): "2024-02-10,training,1,,,,,,Onbekend,",
    ("hidden_characters", "title"): "2024-02-10,training,1,,,,,bel\x07,,",
    ("required", "moved_to"): "2024-02-10,,1,,moved,Weegploeg,,,,",
    ("wrong_cell_count", ""): "2024-02-10,training",
}


def seeded(rows: int, share: float) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Lines of a file, and the truth about them: line, column and code of all that is wrong."""
    chance = random.Random(31)
    lines, truth = [HEADING], []
    for line in range(2, rows + 2):
        if chance.random() < share:
            (code, column), row = chance.choice(list(BAD.items()))
            truth.append((line, column, code))
            lines.append(row)
        else:
            lines.append(GOOD)
    return lines, truth


@pytest.mark.parametrize("rows", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_exactly_the_bad_rows_are_named_and_nothing_comes_in(bench: Bench, rows: int) -> None:
    """T31. The control is the file without them, which comes in whole."""
    lines, truth = seeded(rows, 0.05 if rows < 10_000 else 0.01)
    preview = bench.read(bench.file("activities.csv", *lines))
    assert {(code, column) for _, column, code in truth} == set(BAD)
    assert told(preview) == truth
    assert all("code:" not in problem_line(problem, speak("nl")) for problem in preview.problems)
    with pytest.raises(ImportRefused):
        exchange.write(bench.store, preview, by="tester", batch="b")
    assert bench.held(Activity) == []
    if rows < 10_000:
        good = bench.take_in(
            bench.file("activities.csv", *(line for line in lines if line in (HEADING, GOOD)))
        )
        assert len(bench.held(Activity)) == good.count(Activity) == rows - len(truth)


def test_a_hundred_random_splits_of_a_file_add_up_to_the_file(bench: Bench) -> None:
    """T34: the parts overlap and come in any order; what was in an earlier part is not new in a later."""
    rows = [f"2024-01-{day:02},training,Titel {day}" for day in range(1, 29)]
    chance = random.Random(34)
    for _ in range(100):
        part = chance.sample(rows, chance.randint(1, len(rows)))
        bench.take_in(bench.file("activities.csv", "date,kind,title", *part))
    bench.take_in(bench.file("activities.csv", "date,kind,title", *rows))
    assert sorted(one.title for one in bench.held(Activity)) == sorted(f"Titel {day}" for day in range(1, 29))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("1999-12-31", "too_early_date"),
        ("0001-01-01", "too_early_date"),
        ("2027-04-02", "too_far_ahead"),
        ("9999-12-31", "too_far_ahead"),
        ("2024-02-30", "no_such_day"),
        ("12-31-2024", "no_such_day"),
        ("31-12-24", "two_digit_year"),
        ("03/04/2024", "ambiguous_date"),
        ("45292", "excel_serial"),
        ("volgende week", "bad_date"),
        ("2000-01-01", ""),
        ("2024-02-29", ""),
        ("31-12-2024", ""),
        ("12/31/2024", ""),
        ("2027-04-01", ""),
    ],
)
def test_only_real_days_from_2000_to_a_year_ahead_come_in(bench: Bench, day: str, code: str) -> None:
    """T36, in CSV and in a workbook."""
    rows = ["date", "title", "severity"], [day, "a", "3"]
    for path in (
        bench.file("incidents.csv", *map(",".join, rows)),
        bench.book("incidents.xlsx", incidents=rows),
    ):
        assert codes(bench.read(path)) == ([code] if code else [])


@pytest.mark.slow
def test_fifty_megabytes_come_in_and_one_more_is_refused_at_once(bench: Bench, tmp_path: Path) -> None:
    """T37, on the command line, in a process of its own so that its memory is its own."""
    note = " ".join(["Overleg over het plein."] * 80)
    row = f"2024-02-10,training,{note}\n".encode()
    path = tmp_path / "activities.csv"
    path.write_bytes(b"date,kind,note\n" + row * ((50_000_000 - 20) // len(row)))
    done = subprocess.run(
        [sys.executable, "-c", WEIGHED, *_words(tmp_path, "import", "--dry-run", str(path))[3:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (most,) = re.findall(r"VmHWM:\s+(\d+) kB", done.stderr)
    assert int(most) * 1024 < 150_000_000 + 3 * path.stat().st_size  # the program alone takes 120 MB
    with path.open("ab") as file:
        file.write(b"x" * 1_000_000)
    started = time.process_time()
    assert codes(bench.read(path)) == ["too_large"]
    assert time.process_time() - started < 1
    assert _command(tmp_path, "import", str(path)).returncode == 1


def test_columns_of_the_database_are_ignored_and_change_no_shape(bench: Bench) -> None:
    """T41, in CSV and in a workbook. The control: a column that is known does arrive."""
    before = _shape(bench)
    heading = "date,title,severity,id,version,actor,approved_by,added_seq,withdrawn,place"
    row = "2024-02-10,Rel,3,77,9,baas,baas,1,1,Plein"
    for path in (
        bench.file("incidents.csv", heading, row),
        bench.book("incidents.xlsx", incidents=[heading.split(","), row.split(",")]),
    ):
        preview = bench.take_in(path)
        ignored = [name for _, name in preview.unknown_columns]
        assert ignored == ["id", "version", "actor", "approved_by", "added_seq", "withdrawn"]
    (held,) = bench.store.records(Incident)
    assert (held.id, held.version, held.recorded_by, held.withdrawn) == (1, 1, "tester", False)
    assert held.record.place == "Plein"
    assert _shape(bench) == before


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("severity", "[1, 2]", "unknown_code"),
        ("severity", '{"a": 1}', "unknown_code"),
        ("severity", "NaN", "unknown_code"),
        ("severity", "inf", "unknown_code"),
        ("severity", "3e0", "unknown_code"),
        ("severity", "9" * 400, "bad_number"),
        ("severity", "9223372036854775808", "bad_number"),
        ("averted", "2", "not_yes_or_no"),
        ("averted", "None", "not_yes_or_no"),
        ("severity", "3.0", ""),
        ("averted", "WAAR", ""),
    ],
)
def test_a_value_of_another_type_is_an_error_of_its_row(
    bench: Bench, field: str, text: str, code: str
) -> None:
    """T42: nothing is bent into a number."""
    cells = {"date": "2024-02-10", "title": "Rel", "severity": "3", field: text}
    quoted = ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells.values())
    preview = bench.read(bench.file("incidents.csv", ",".join(cells), quoted))
    assert [(one.field, one.code) for one in preview.problems] == ([(field, code)] if code else [])


@pytest.mark.parametrize(
    "text",
    [
        "Cafe\u0301",
        "Café",
        "👩‍👩‍👧 gezin",
        "𝔘nicode 😀",
        "nul​breedte",
        "İstanbul ŞĞ",
        "العربية",
        "日本語",
        "’s‑Graven",
    ],
)
def test_every_letter_makes_the_round_through_file_store_and_file(bench: Bench, text: str) -> None:
    """T47: what comes back is the same in its usual form (NFC), from CSV and from a workbook."""
    bench.take_in(bench.file("incidents.csv", "date,title,severity", f"2024-02-10,{text},3"))
    (held,) = bench.held(Incident)
    assert held.title == unicodedata.normalize("NFC", text)
    export.save_folder(bench.store, bench.folder / "out", dutch=True, field_list=field_list(speak("nl")))
    export.save_file(bench.folder / "out.xlsx", export.workbook(bench.store, dutch=False))
    for path in (bench.folder / "out", bench.folder / "out.xlsx"):
        again = bench.read(path)
        assert (again.problems, list(again.found)) == ([], [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("rechts\u202enaar links", "hidden_characters"),
        ("\u2066verborgen\u2069", "hidden_characters"),
        ("bel\x07", "hidden_characters"),
        ("esc\x1b[31m", "hidden_characters"),
        ("x" * 201, "too_long"),
    ],
)
def test_signs_that_steer_or_fill_a_screen_are_refused(bench: Bench, text: str, code: str) -> None:
    """T47, T48. The controls are the letters above."""
    preview = bench.read(bench.file("incidents.csv", "date,title,severity", f"2024-02-10,{text},3"))
    assert told(preview) == [(2, "title", code)]
    assert bench.held(Incident) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a\0b", "not_text"),
        (b"\xed\xa0\x80", "mixed_encoding"),  # half a pair of surrogates
        (b"x" * 2_000_000, "cell_too_long"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(bench: Bench, data: bytes, code: str) -> None:
    """T47, T48."""
    start = b"date,title,severity\n2024-02-10,"
    preview = bench.read(bench.raw("incidents.csv", start + data + b",3\n"))
    assert told(preview) == [(2, "", code)]
    assert codes(bench.read(bench.raw("incidents.csv", start + b"goed,3\n"))) == []


def _shape(bench: Bench) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(bench.store.path)) as db:
        return sorted(db.execute("SELECT name, sql FROM sqlite_schema").fetchall())


def _command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_words(folder, *words), cwd=ROOT, capture_output=True, text=True, check=False)


def _words(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "tracker", "--db", str(folder / "own.db"), *words]
