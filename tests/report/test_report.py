"""A report in four formats says the same as the screen, the same bytes every time, and nothing is markup."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
import typst
from pptx import Presentation

from tests.report import quarterly
from tests.store import logbook
from tracker import report
from tracker.commands.reporting import FORMS
from tracker.report import rendering
from tracker.report.document import Section, Table
from tracker.words import speak

ROOT = Path(__file__).parents[2]
OUTSIDE = re.compile(
    rb"""(?:href|src)\s*=\s*["'](?!#)|url\((?!["']?(?:data:|#))|@import|<script|<link|<iframe"""
)


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """Every text that can be typed is hostile."""
    store = quarterly.two_years(quarterly.fresh(tmp_path_factory.mktemp("hostile")), text=quarterly.HOSTILE)
    return quarterly.gathered(store)


@pytest.fixture(scope="module")
def files(material):
    return {form: quarterly.made(material, form) for form in report.FORMATS}


@pytest.fixture(scope="module")
def told(files):
    return {form: quarterly.said(form, data) for form, data in files.items()}


def joined(words: str) -> str:
    """Without spaces and hyphens: on paper a long text that is no word may be broken anywhere."""
    return re.sub(r"[\s-]", "", words)


@pytest.mark.parametrize("form", report.FORMATS)
def test_every_format_says_the_sentence_of_the_screen(material, told, form):
    say = speak("nl")
    assert joined(say.sentence(material.assessment.finding)) in joined(told[form])
    assert say.certainty_word(material.assessment.finding)[1] in told[form]


@pytest.mark.parametrize("form", report.FORMATS)
def test_every_format_says_what_it_is_of_and_what_it_does_not_say(told, form):
    for words in ("3 juli 2025, 09.30 uur", "3 juli 2023", "vastgelegd in"):
        assert words in told[form]
    assert "geen: het hele logboek" in told[form]
    assert "Niemand kan tellen wat niet gebeurd is." in told[form]


@pytest.mark.parametrize("form", report.FORMATS)
def test_what_people_typed_stays_text(told, form):
    assert joined(quarterly.HOSTILE) in joined(told[form])


@pytest.mark.parametrize("form", report.FORMATS)
def test_the_same_material_gives_the_same_bytes(material, files, form):
    assert quarterly.made(material, form) == files[form]


def test_another_moment_gives_other_bytes(material, files):
    later = report.make(material, "xlsx", say=speak("nl"), made_at=quarterly.MADE.replace(hour=9))
    assert later != files["xlsx"]


def test_the_pdf_is_tagged_in_a_language_and_carries_its_own_fonts(files):
    reader = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nl")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name.split("-")[0] for name in fonts} == {"SourceSans", "SourceSerif"}


def test_typst_refuses_a_picture_without_words():
    """What makes the PDF accessible is its maker's refusal: seen here to work."""
    page = b'#set document(title: "x")\n= x\n#image(bytes("%s"), format: "svg"%s)'
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"
    assert typst.compile(page % (svg, b', alt: "a square"'), format="pdf", pdf_standards=["ua-1"])
    with pytest.raises(typst.TypstError):
        typst.compile(page % (svg, b""), format="pdf", pdf_standards=["ua-1"])


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_the_first_page_stands_by_itself(material, files):
    say, found = speak("nl"), pages(files["pdf"])
    assert len(found) <= 4
    first = found[0]
    finding = material.assessment.finding
    for words in (say.sentence(finding), say.agreements_line(material.facts.kept), say.limits()):
        assert joined(words) in joined(first)
    assert say.happened_line(material.comparison.now) in first


def test_a_report_of_far_too_much_still_has_four_pages(material):
    document = report.document(material, say=speak("nl"), made_at=quarterly.MADE)
    long = "Een zeer lange naam van een overleg dat elke keer weer terugkomt " * 3
    grown = [_grown(section, long) for section in document.sections]
    data = report.FORMATS["pdf"](replace(document, sections=tuple(grown), sentence=document.sentence))
    found = pages(data)
    assert len(found) <= 4
    assert speak("nl").limits() in found[0]
    assert "in het rekenblad" in " ".join(found)


def _grown(section: Section, long: str) -> Section:
    """The same section with eighty rows, and more lines than anybody reads."""
    if section.table is None:
        return section
    row = tuple(long for _ in section.table.head)
    table = Table(caption=section.table.caption, head=section.table.head, rows=(row,) * 80)
    return replace(section, lines=(*section.lines, *(long for _ in range(30))) * (section.place == "inside"),
                   table=table)  # fmt: skip


def test_the_web_page_asks_for_nothing(files):
    assert OUTSIDE.search(files["html"]) is None
    for tag, attributes in quarterly.page_of(files["html"]).marks:
        assert tag not in ("script", "link", "iframe", "img", "object", "embed", "form", "a", "b")
        assert not any(name.startswith("on") for name in attributes)
    assert OUTSIDE.search(b'<img src="http://example.org/x.png">')
    assert OUTSIDE.search(b"a{background:url(//example.org)}")


@pytest.mark.browser
def test_a_browser_opens_the_web_page_without_a_request_or_a_complaint(files, browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(files["html"])
    page, heard = browser.new_page(), []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda line: heard.append(line.text))
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in heard if not url.startswith(("data:", path.as_uri()))] == []
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("img").count() == 3
    assert page.evaluate("document.fonts.check(\"600 20px 'Source Serif'\")")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_names_inside_drawings_are_each_drawings_own(files):
    ids = re.findall(rb' id="([^"]+)"', files["html"])
    assert len(ids) == len(set(ids))
    used = set(re.findall(rb"url\(#([^)]+)\)", files["html"]))
    assert used <= set(ids)


def test_slides_have_titles_and_tables_that_can_be_changed(material, files):
    deck = Presentation(io.BytesIO(files["pptx"]))
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)
    assert deck.slides[0].shapes.title.text_frame.text == speak("nl").sentence(material.assessment.finding)
    kinds = [shape for slide in deck.slides for shape in slide.shapes]
    assert sum(shape.has_table for shape in kinds) >= 5
    drawn = [shape for shape in kinds if shape.shape_type == 13]
    assert len(drawn) == 3
    assert all(len(shape._element.nvPicPr.cNvPr.get("descr")) > 20 for shape in drawn)


def test_nothing_on_a_slide_lies_outside_it(files):
    deck = Presentation(io.BytesIO(files["pptx"]))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + 1
            assert shape.top + shape.height <= deck.slide_height + 1


def test_the_workbook_has_no_formula_and_no_link(files):
    inside = quarterly.parts(files["xlsx"])
    sheets = [data for name, data in inside.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 5
    assert not any(re.search(rb"<f[ >]|<hyperlink", data) for data in sheets)
    assert b"<f>1+1</f>" not in b"".join(inside.values())
    assert re.search(rb"<f[ >]", b"<c><f>1+1</f></c>")


def test_numbers_are_numbers_in_the_workbook(material, files):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))
    rows = book.get_sheet_by_name("Vergeleken").to_python()
    row = next(row for row in rows if row[0] == "Activiteiten samen")
    assert row[1:] == [side.value("activities") for side in _sides(material)]


def _sides(material):
    found = material.comparison
    return found.now, found.before, found.year


@pytest.mark.parametrize("public", [False, True])
def test_an_empty_log_has_a_report_that_says_so(tmp_path, public):
    material = quarterly.gathered(quarterly.fresh(tmp_path))
    for form in report.FORMATS:
        words = quarterly.said(form, quarterly.made(material, form, public=public))
        assert "Te vroeg om te zeggen of de samenwerking standhoudt." in words
        assert "er is niets vastgelegd" in words
        assert "niet bekend" in words
        assert "geen incidenten" not in words
        assert "deden samen" not in words


def test_a_report_in_english_holds_no_dutch(tmp_path):
    store = quarterly.fresh(tmp_path)
    store.add(
        logbook.activity(date(2025, 5, 6), partner_ids=tuple(quarterly.with_partners(store))), by="test"
    )
    material = quarterly.gathered(store)
    words = quarterly.said("pdf", quarterly.made(material, "pdf", "en"))
    sentence = speak("en").sentence(material.assessment.finding)
    assert sentence.startswith("Too early to say whether cooperation persists. Still needed:")
    assert sentence in words
    assert not re.search(r"\b(het|een|niet|voor|kwartaal)\b", words)


def test_invented_data_are_marked_everywhere(material):
    example = replace(material, example=True)
    for form in report.FORMATS:
        assert "VOORBEELDDATA" in quarterly.said(form, quarterly.made(example, form, public=True))


def test_a_drawing_is_the_same_however_many_were_made_before(material):
    from tracker.report.pictures import strip_picture

    picture = strip_picture(speak("nl"), material)
    assert picture is not None
    first, second = (rendering.svg(picture.spec(3), "strip") for _ in range(2))
    assert first == second


def tracker(folder: Path, *words: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    surroundings = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tracker", "--db", str(folder / "tracker.db"), *words]
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


def test_the_command_offers_every_format():
    assert set(FORMS) == set(report.FORMATS)


def test_two_processes_write_the_same_file(tmp_path):
    store = quarterly.fresh(tmp_path)
    partners = quarterly.with_partners(store)
    store.add(logbook.activity(date(2025, 5, 6), partner_ids=tuple(partners)), by="test")
    made = []
    for number in ("1", "2"):
        name = f"made{number}.pdf"
        answer = tracker(
            tmp_path,
            "report",
            "2025Q2",
            "--format",
            "pdf",
            "--at",
            "2025-07-03T09:30",
            "-o",
            name,
            seed=number,
        )
        assert (answer.returncode, answer.stderr) == (0, "Computed now from the log.\n")
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert "Made on 3 July 2025 at 09:30" in quarterly.said("pdf", made[0])


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("2025Q5", "--format", "pdf", "-o", "x.pdf"), 2, "“2025Q5” is no quarter"),
        (("2999Q1", "--format", "pdf", "-o", "x.pdf"), 1, "Q1 2999 has not begun yet."),
        (("2025Q2", "--format", "doc", "-o", "x.doc"), 2, "pptx"),
        (("2025Q2", "--format", "html", "--public", "-o", "nowhere/x.html"), 1, "nowhere"),
    ],
)
def test_a_report_that_cannot_be_made_says_why(tmp_path, words, code, complaint):
    quarterly.fresh(tmp_path)
    answer = tracker(tmp_path, "report", *words)
    assert answer.returncode == code
    assert complaint in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not list(tmp_path.glob("x.*"))
