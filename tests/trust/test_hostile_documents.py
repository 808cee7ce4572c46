"""T43 to T52 outside the screen: reports, exports, calendar and command line of a log full of hostile texts.

What `tests/exchange` and `tests/report` prove of single texts is held here against the whole corpus: a report
shows each as it is, an export opens without a formula and comes in again the same, a public report has none.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from tests.conftest import ROOT
from tests.report import quarterly
from tests.store import logbook
from tests.trust import hostile
from tests.trust.hostile import BEACON, REFUSED, TEXTS
from tracker import exchange, report
from tracker import store as stores
from tracker.analysis.quarter import Quarter
from tracker.exchange import export, tables_out
from tracker.records import InvalidRecord
from tracker.store import KINDS, Store
from tracker.words import speak
from tracker.words.exports import field_list

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
QUARTER = Quarter(2026, 2)
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FORMULA = re.compile("[ \u00a0\u3000]*[=+\\-@\t\r\0＝＋－＠]")


def now() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return hostile.fill(tmp_path_factory.mktemp("hostile") / "tracker.db", now)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> report.Material:
    """Of a smaller log: a report names a part only, and pictures of many rows take long."""
    few = hostile.fill(tmp_path_factory.mktemp("few") / "tracker.db", now, most=4)
    return report.gather(few, QUARTER, today=NOW.date())


def joined(words: str) -> str:
    """Without the spaces and the soft breaks that a line may be broken at."""
    return re.sub(r"[\s\u00ad\u200b\u2060]", "", words)


@pytest.mark.parametrize(("form", "least"), [("pdf", 20), ("pptx", 40), ("xlsx", 80), ("html", 80)])
def test_a_report_shows_texts_and_nothing_is_made_of_them(material, form, least) -> None:
    """What a report names is there sign by sign; how much it names differs."""
    data = quarterly.made(material, form)
    said = joined(quarterly.said(form, data))
    assert sum(joined(text) in said for text in TEXTS) >= least
    assert made_of_texts(form, data) == []


def made_of_texts(form: str, data: bytes) -> list[str]:
    """Links, pictures, scripts, formulas and marks in a document that come from what people typed."""
    if form == "html":
        return [tag for tag, marks in quarterly.page_of(data).marks if _is_alive(tag, marks)]
    if form == "pdf":
        return re.findall(r"/(?:JavaScript|JS|URI|Launch|EmbeddedFile)\b", data.decode("latin-1"))
    return [
        f"{name}: {mark!r}"
        for name, part in quarterly.parts(data).items()
        for mark in (b'TargetMode="External"', b"<f>", b"<hyperlink", b"<a:hlinkClick")
        if mark in part
    ]


def _is_alive(tag: str, marks: dict[str, str | None]) -> bool:
    """Whether an element of a page fetches, runs, leads elsewhere or was named by a text."""
    named = " ".join(filter(None, (marks.get(name) for name in ("href", "src", "id", "class"))))
    return (
        tag in ("script", "img", "iframe", "object", "embed", "base", "form")
        or any(name.startswith("on") for name in marks)
        or bool(re.search("hostile|beacon|javascript:", named))
    )


def test_positive_control_what_is_made_of_a_text_is_seen() -> None:
    page = f"<p onclick=x>a</p><a href='{BEACON}'>a</a><img src=x>"
    assert len(made_of_texts("html", page.encode())) == 3
    assert made_of_texts("pdf", b"<< /S /URI /URI (x) >>")
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as parts:
        parts.writestr("a.rels", 'TargetMode="External"')
        parts.writestr("b.xml", "<f>1+1</f>")
    assert len(made_of_texts("xlsx", book.getvalue())) == 2


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_the_public_report_holds_nothing_that_people_typed(material, form) -> None:
    """The name of the municipality is hostile too, and is the one text that stands in it."""
    said = joined(quarterly.said(form, quarterly.made(material, form, public=True)))
    name = joined(hostile.texts_for("name")[0])
    assert name in said
    left = said.replace(name, "")
    assert [text for text in TEXTS if len(text) > 6 and joined(text) in left] == []


def test_an_export_holds_every_text_and_no_formula(store: Store) -> None:
    """T50, in both kinds of CSV; with the control that the tables themselves do start with formulas."""
    raw = [cell for table in tables_out.tables(store, dutch=True) for row in table.rows for cell in row]
    assert any(isinstance(cell, str) and FORMULA.match(cell) for cell in raw)
    for dutch in (True, False):
        cells = [
            cell
            for table in tables_out.tables(store, dutch=dutch)
            for row in csv.reader(
                io.StringIO(export.csv_bytes(table, dutch=dutch).decode("utf-8-sig"), newline=""),
                delimiter=";" if dutch else ",",
            )
            for cell in row
        ]
        assert [cell for cell in cells if FORMULA.match(cell)] == []
        said = "\n".join(cells)
        assert [text for text in TEXTS if text not in said] == []


def test_a_workbook_holds_every_text_as_text(store: Store) -> None:
    data = export.workbook(store, dutch=True)
    assert made_of_texts("xlsx", data) == []
    said = joined(quarterly.said("xlsx", data))
    assert [text for text in TEXTS if joined(text) not in said] == []


@pytest.mark.parametrize("form", ["dutch", "xlsx"])
def test_what_went_out_comes_in_again_sign_by_sign(store: Store, tmp_path: Path, form: str) -> None:
    """T47, T50: into an empty log, all texts of all kinds that an export holds."""
    if form == "xlsx":
        path = tmp_path / "out.xlsx"
        export.save_file(path, export.workbook(store, dutch=True))
    else:
        path = tmp_path / "out"
        export.save_folder(store, path, dutch=form == "dutch", field_list=field_list(speak("nl")))
    fresh = stores.create(tmp_path / "fresh.db", now=now)
    preview = exchange.read([path], fresh, today=NOW.date())
    assert preview.problems == []
    exchange.write(fresh, preview, by="tester", batch="b")
    for kind, names in hostile.typed_in().items():
        for name in names:
            was, came = ([getattr(held.record, name) for held in one.records(kind)] for one in (store, fresh))
            assert Counter(was) == Counter(came), (kind.__name__, name)


def test_the_calendar_holds_names_as_text(store: Store) -> None:
    data = export.calendar(store, today=NOW.date())
    feed = Calendar.from_ical(data)
    said = " ".join(str(event["SUMMARY"]) for event in feed.walk("VEVENT"))
    assert sum(text in said for text in TEXTS) > 100
    assert {one.name for one in feed.walk()} == {"VCALENDAR", "VEVENT"}
    assert b"\nATTACH" not in data


@pytest.mark.parametrize("words", [["quiet"], ["partners"]])
def test_the_command_line_says_texts_plainly(store: Store, words: list[str]) -> None:
    """No sign that steers a terminal, and one line for what is one line."""
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(store.path), *words],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    said = done.stdout.decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    if words == ["quiet"]:
        assert sum(text in said for text in TEXTS) > 100


def test_letters_that_steer_or_hide_are_refused_in_every_field() -> None:
    """T48, with the control that the same text without them is kept."""
    for kind, names in hostile.typed_in().items():
        build = getattr(logbook, next(table for table, one in KINDS.items() if one is kind))
        for name in names:
            assert build(**{name: "goed"})
            for text in REFUSED:
                with pytest.raises(InvalidRecord) as refused:
                    build(**{name: text})
                assert refused.value.problems == {name: "hidden_characters"}, (kind, name, text)


def test_every_text_of_a_record_is_bounded() -> None:
    """T47: two million signs are refused in each field, without a hang."""
    for kind, names in hostile.typed_in().items():
        build = getattr(logbook, next(table for table, one in KINDS.items() if one is kind))
        for name in names:
            with pytest.raises(InvalidRecord) as refused:
                build(**{name: "x" * 2_000_000})
            assert refused.value.problems == {name: "too_long"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.slow
def test_a_dutch_spreadsheet_reads_the_same_cells_and_no_formula(store: Store, tmp_path: Path) -> None:
    """T51, T50: LibreOffice opens it as a Dutch one (1043): titles as we wrote them, days as days."""
    (table,) = [one for one in tables_out.tables(store, dutch=True) if one.name == "incidents"]
    path = tmp_path / "incidents.csv"
    path.write_bytes(export.csv_bytes(table, dutch=True))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    read = ["--infilter=CSV:59,34,76,1,,1043", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run(["soffice", "--headless", home, *read, str(path)], check=True, capture_output=True)
    cells = ElementTree.fromstring((tmp_path / "incidents.fods").read_bytes()).findall(".//{*}table-cell")
    assert not [cell for cell in cells for name in cell.attrib if name.endswith("}formula")]
    days = [cell.get(f"{OFFICE}date-value") for cell in cells if cell.get(f"{OFFICE}value-type") == "date"]
    text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
    written = list(csv.DictReader(text, delimiter=";"))
    assert days == ["-".join(reversed(row["datum"].split("-"))) for row in written]
    said = {"".join(cell.itertext()) for cell in cells if cell.get(f"{OFFICE}value-type") == "string"}
    assert [
        row["titel"] for row in written if joined(row["titel"]) not in {joined(one) for one in said}
    ] == []
