"""A workbook comes in as its sheets, and one that is made to do harm is refused before it is read."""

from __future__ import annotations

import io
import resource
import socket
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import pytest

from tests.exchange.workbench import Bench, codes, told
from tracker.exchange import Upload, workbook, zip_check
from tracker.exchange.sheet import FileProblem
from tracker.records import Activity, Incident

INCIDENTS = ["date", "title", "severity"]
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def altered(path: Path, **parts: bytes) -> bytes:
    """The workbook with these parts (by the end of their name) changed or added."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            key = next((key for key in parts if name.endswith(key.replace("__", "."))), "")
            new.writestr(name, parts.pop(key) if key else old.read(name))
        for name, content in parts.items():
            new.writestr(name.replace("__", "."), content)
    return data.getvalue()


def plain(bench: Bench) -> Path:
    """A workbook of one sheet with one good row."""
    return bench.book("incidents.xlsx", incidents=[INCIDENTS, [date(2024, 2, 10), "Rel", 3]])


def test_every_sheet_with_the_name_of_a_table_comes_in_and_the_others_are_named(bench: Bench) -> None:
    path = bench.book(
        "log.xlsx",
        Incidenten=[["Datum", "Titel", "Ernst"], [date(2024, 2, 10), "Rel", 3]],
        activities=[["date", "kind", "incident", "weight"], [date(2024, 2, 11), "nazorg", "Rel", 2.5]],
        Blad3=[["x"]],
    )
    preview = bench.take_in(path)
    assert (preview.problems, preview.ignored_files) == ([], ["log.xlsx (Blad3)"])
    assert [one.title for one in bench.held(Incident)] == ["Rel"]
    assert [(one.happened_on, one.weight) for one in bench.held(Activity)] == [(date(2024, 2, 11), 2.5)]
    assert not bench.read(path).found


def test_a_workbook_of_one_sheet_is_named_by_its_file(bench: Bench) -> None:
    path = bench.book("incidents.xlsx", Blad1=[[], INCIDENTS, [], [datetime(2024, 2, 10, 9, 30), "Rel", 3]])
    assert [found.line for found in bench.read(path).found] == [4]
    assert codes(bench.read(bench.book("own.xlsx", Blad1=[INCIDENTS]))) == ["unknown_table"]
    assert codes(bench.read(bench.book("incidents.xlsx", Blad1=[]))) == ["empty_file"]


def test_wrong_cells_are_named_with_their_row_and_column(bench: Bench) -> None:
    rows = [[45292, "a", 3], [date(2024, 2, 10), "b", 3.5], ["31-12-24", "c", True]]
    preview = bench.read(bench.book("log.xlsx", incidents=[INCIDENTS, *rows]))
    assert told(preview) == [
        (2, "date", "excel_serial"),
        (3, "severity", "unknown_code"),
        (4, "date", "two_digit_year"),
        (4, "severity", "unknown_code"),
    ]


@pytest.mark.parametrize(
    "column",
    [
        ["a", "", "b"],
        [1.0, 3.5, 1.0, 1e15, -0.0],
        [True, False, True],
        [1.0, True, "1", 0.0, False, ""],
        [date(2024, 2, 10), date(2024, 2, 10), datetime(2024, 2, 10, 9, 30)],
        [datetime(2024, 2, 10), time_of_day(9, 30), timedelta(hours=3)],
    ],
)
def test_a_column_at_once_reads_as_its_cells_one_by_one(column: list[object]) -> None:
    """The oracle takes each cell alone; 1 and true are equal to Python and must not be to us."""
    one_by_one = [cell if isinstance(cell, str) else workbook._text(cell) for cell in column]
    assert list(workbook._texts(column)) == one_by_one
    assert one_by_one != list(map(str, column)) or set(map(type, column)) == {str}


def test_the_lines_of_a_long_sheet_count_its_empty_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["" if number % 3 else float(number), " "] for number in range(1, 11)]
    told = [(3, ["3", " "]), (6, ["6", " "]), (9, ["9", " "])]
    for at_once in (1, 4, 1_000):
        monkeypatch.setattr(workbook, "_AT_ONCE", at_once)
        assert list(workbook._lines(iter(rows))) == told


def test_what_is_no_workbook_is_refused(bench: Bench) -> None:
    for data in (b"", b"date,title", b"PK\x03\x04 cut off", plain(bench).read_bytes()[:-50]):
        assert codes(bench.read(bench.raw("incidents.xlsx", data))) == ["not_a_workbook"]


def bomb(bench: Bench) -> bytes:
    """100 MB of nothing in 100 kB."""
    return altered(plain(bench), sheet1__xml=SHEET.format(" " * 100_500_000).encode())


def ratio(bench: Bench) -> bytes:
    """A small bomb."""
    return altered(plain(bench), sheet1__xml=SHEET.format(" " * 30_000_000).encode())


def many_parts(bench: Bench) -> bytes:
    """A thousand parts."""
    return altered(plain(bench), **{f"x{number}": b"" for number in range(1_001)})


def many_rows(bench: Bench) -> bytes:
    """200,001 rows, of which no number is said."""
    rows = "".join(f'<row><c t="n"><v>{number * 7919 % 1000003}</v></c></row>' for number in range(200_001))
    return altered(plain(bench), sheet1__xml=SHEET.format(rows).encode())


def wide_row(bench: Bench) -> bytes:
    """A row of 3,000 cells that do not say where they stand, and 2,000 rows."""
    rows = f"<x:row>{'<x:c/>' * 3_000}</x:row>" + "<x:row></x:row>" * 2_000
    return altered(plain(bench), sheet1__xml=SHEET.format(rows).encode())


def far_cell(bench: Bench) -> bytes:
    """Two cells, a million rows and sixteen thousand columns apart."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="190000"><c r="XFD190000"><v>1</v></c></row>'
    return altered(plain(bench), sheet1__xml=SHEET.format(cells).encode())


def decoys(bench: Bench) -> bytes:
    """A row of 3,000 cells that say nothing beside a text that says as often where it stands."""
    text, cells = ' r="A1"' * 3_100, "<c></c>" * 3_000
    row = f'<row r="1"><c t="inlineStr"><is><t>{text}</t></is></c>{cells}</row>'
    rows = f'{row}<row r="2000"><c r="A2000"/></row>'
    return altered(plain(bench), sheet1__xml=SHEET.format(rows).encode())


def copied_text(bench: Bench) -> bytes:
    """One text of 32 kB at which 60,000 cells point."""
    start = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    texts = f"{start}{'lang ' * 6_500}</t></si></sst>"
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>' for number in range(1, 60_001)
    )
    path = plain(bench)
    return altered(path, sheet1__xml=SHEET.format(rows).encode(), sharedStrings__xml=texts.encode())


def lying(bench: Bench) -> bytes:
    """A part that says to be smaller than it is."""
    data = ratio(bench)
    return data.replace((30_000_000 + len(SHEET) - 2).to_bytes(4, "little"), (900).to_bytes(4, "little"))


def laughs(bench: Bench) -> bytes:
    """Entities that unfold into a billion, and one that names a file."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    start = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{entities}]>'
    return altered(
        plain(bench),
        sheet1__xml=(start + SHEET.format('<row r="1"><c r="A1" t="str"><v>&l9;&f;</v></c></row>')).encode(),
    )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (bomb, "too_large_unpacked"),
        (ratio, "too_large_unpacked"),
        (many_parts, "too_large_unpacked"),
        (many_rows, "too_many_rows"),
        (wide_row, "too_many_cells"),
        (far_cell, "too_many_cells"),
        (decoys, "too_many_cells"),
        (copied_text, "too_large_unpacked"),
        (lying, "not_a_workbook"),
        (laughs, "not_a_workbook"),
    ],
)
def test_a_workbook_made_to_do_harm_is_refused_at_once(
    bench: Bench, made: Callable[[Bench], bytes], code: str
) -> None:
    """T38, T39. The control is the same workbook without the harm, in `test_without_the_check`."""
    data = made(bench)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert codes(bench.read(Upload("incidents.xlsx", data))) == [code]
    assert time.process_time() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
    assert bench.held(Incident) == []


def test_without_the_check_the_harm_is_real(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: the reader itself takes the small bomb and the row too many."""
    data = many_rows(bench)
    with pytest.raises(FileProblem):
        zip_check.refuse_costly(data)
    monkeypatch.setattr(zip_check, "MOST_ROWS", 1_000_000)
    assert len(bench.read(Upload("incidents.xlsx", data)).files) == 1


@pytest.mark.parametrize("rest", [' s="1"', '>x</c><c s="2" r="B7"', ">x</c><c"])
@pytest.mark.parametrize(
    ("place", "near"),
    [("A1", True), ("Y199999", True), ("y0199999", False), ("Z1", False), ("AA1", False), ("A200000", False)],
)
def test_the_quick_look_passes_on_nothing_that_the_exact_one_would_refuse(
    place: str, near: bool, rest: str
) -> None:
    """T38. What says where it stands in any other way, or stands far, is counted exactly."""
    told = f'<cols><col/></cols><row r="1"><c r="{place}"{rest}></c></row>'.encode()
    quick = zip_check._all_near(iter([told]))
    assert (quick is not None) == (near and rest == ' s="1"')
    assert quick in (None, zip_check._refuse_wide(iter([told])))
    assert zip_check._all_near(iter([told[:50], told[50:]])) == quick


def test_what_is_near_can_never_be_too_much() -> None:
    """The corner of what is near lies within both bars; one further, which is the control, is not near."""
    rows, columns = 199_999, 25
    assert rows <= zip_check.MOST_ROWS
    assert rows * columns <= zip_check.MOST_CELLS
    places = ("Y199999", "Z199999", "Y200000")
    far = [bool(zip_check._FAR.search(f'<c r="{place}"'.encode())) for place in places]
    assert far == [False, True, True]


def test_names_inside_a_workbook_lead_nowhere(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """T39: a path that climbs out, a link and a zip in the zip are never unpacked to disk or network."""
    path = plain(bench)
    monkeypatch.setattr(socket, "socket", None)
    data = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(data, "a") as parts:
        parts.writestr("../../escaped.txt", "x")
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        parts.writestr(link, "/etc/passwd")
        parts.writestr("inner.zip", path.read_bytes())
    before = sorted(tmp_path.parent.rglob("*"))
    preview = bench.read(Upload("incidents.xlsx", data.getvalue()))
    assert (preview.problems, preview.count(Incident)) == ([], 1)
    assert sorted(tmp_path.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.csv", "x.csv"),
        (r"C:\Users\x.csv", "x.csv"),
        ("CON.csv", "CON.csv"),
        ("a\r\nX: y.csv", "a??X: y.csv"),
        ("n" * 300 + ".csv", f"{'n' * 68}…{'n' * 7}.csv"),
    ],
)
def test_the_name_of_an_upload_is_only_shown(bench: Bench, tmp_path: Path, name: str, shown: str) -> None:
    """T49. Nothing is made on disk, whatever the name; the control is a good name."""
    before = sorted(tmp_path.rglob("*"))
    (problem,) = bench.read(Upload(name, b"x")).problems
    assert (problem.file, problem.code) == (shown, "unknown_table")
    good = bench.read(Upload("../incidents.csv", b"date,title,severity\n2024-02-10,Rel,3\n"))
    assert [found.file for found in good.found] == ["incidents.csv"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_table_that_starts_further_down_and_to_the_right_is_read_where_it_stands(bench: Bench) -> None:
    path = bench.book(
        "activities.xlsx",
        activities=[
            [],
            [None, None, "date", "kind"],
            [None, None, date(2024, 2, 10), "training"],
            [],
            [None, None, "2024-02-31", "training"],
        ],
    )
    preview = bench.read(path)
    assert [found.line for found in preview.found] == [3]
    assert [(problem.line, problem.column, problem.code) for problem in preview.problems] == [
        (5, "date", "no_such_day")
    ]
