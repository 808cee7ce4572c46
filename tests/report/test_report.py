"""A report in four formats says the same as the screen, the same bytes every time, and nothing is markup."""

from __future__ import annotations

import hashlib
import io
import itertools
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
from tracker import store as stores
from tracker.commands.reporting import FORMS
from tracker.report import fonts, rendering
from tracker.report.document import Section, Table
from tracker.report.slide_plan import PAD_X, wrapped
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


def lacks(data: bytes) -> list[str]:
    """What a PDF lacks of PDF/UA-1, as far as a file can show it without a reader of its own."""
    root = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    about = root["/Metadata"].get_object().get_data() if "/Metadata" in root else b""
    tags = tags_of(root["/StructTreeRoot"]) if "/StructTreeRoot" in root else []
    pictures = [one for one in tags if one["/S"] == "/Figure"]
    held = {
        "claim": b"<pdfuaid:part>1</pdfuaid:part>" in about,
        "marked": bool(root.get("/MarkInfo", {}).get("/Marked")),
        "language": str(root.get("/Lang", "")).startswith("nl"),
        "title": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")) and b"<dc:title>" in about,
        "headings": {"/H1", "/H2", "/Table", "/TH", "/TD", "/P"} <= {one["/S"] for one in tags},
        "alt": bool(pictures) and all(str(one.get("/Alt", "")) for one in pictures),
        "fonts": fonts_of(data) != {} and all(fonts_of(data).values()),
    }
    return [name for name, there in held.items() if not there]


def tags_of(node) -> list:
    """Every element under the root of the structure."""
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    found = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    below = [one for one in found if isinstance(one, dict) and "/S" in one]
    return below + [one for kid in below for one in tags_of(kid)]


def fonts_of(data: bytes) -> dict[str, bool]:
    """Name of a face -> whether its letters are in the file."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            face = font.get_object()
            inner = face["/DescendantFonts"][0].get_object() if "/DescendantFonts" in face else face
            described = inner["/FontDescriptor"].get_object()
            there = any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[face["/BaseFont"].split("+")[-1]] = there
    return found


def test_the_pdf_is_tagged_in_a_language_and_carries_its_own_fonts(files):
    assert lacks(files["pdf"]) == []
    assert {name.split("-")[0] for name in fonts_of(files["pdf"])} == {"SourceSans", "SourceSerif"}


def test_a_pdf_without_tags_is_seen_to_lack_them(material):
    """The same document by the same maker, without the standard."""
    from tracker.report.pdf import TEMPLATE, _fitting

    given = _fitting(report.document(material, say=speak("nl"), made_at=quarterly.MADE))
    plain = typst.compile(TEMPLATE, format="pdf", pdf_tags=False, **given)
    assert {"claim", "marked", "headings", "alt"} <= set(lacks(plain))


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
    assert page.get_by_role("img").count() == 3
    inside = "[...document.querySelectorAll('svg')].map(one => one.getBoundingClientRect().right)"
    assert max(page.evaluate(inside)) <= 390
    assert page.evaluate(
        "[...document.querySelectorAll('figure')].every(f => f.scrollWidth <= f.clientWidth)"
    )


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


WIDER = 1.25  # DejaVu beside Source Sans: what a computer without Office shows


def emu(inches: float) -> int:
    return round(inches * 914_400)


def letters(bold: bool) -> dict[str, float]:
    """Width of each letter in em, from the font itself: not the guess the slides are planned with."""
    from fontTools.ttLib import TTFont

    font = TTFont(fonts.folder() / f"SourceSans-{'Bold' if bold else 'Regular'}.ttf")
    wide = font["hmtx"]
    return {chr(code): wide[name][0] / font["head"].unitsPerEm for code, name in font.getBestCmap().items()}


def height_of(frame) -> float:
    """Inches that the words of a box take, word by word."""
    total = 0.0
    wide = (frame._parent.width - emu(0.01)) / 914_400
    for paragraph in frame.paragraphs:
        size = paragraph.runs[0].font.size.pt
        face = letters(bool(paragraph.runs[0].font.bold))
        lines, used = 1, 0.0
        for word in paragraph.text.split(" "):
            taken = sum(face.get(sign, 0.6) for sign in f"{word} ") * size / 72 * WIDER
            if used and used + taken > wide:
                lines, used = lines + 1, 0.0
            used += taken
        total += lines * size * 1.2 / 72 + (paragraph.space_after.pt if paragraph.space_after else 0) / 72
    return total


def boxes(slide) -> list[tuple[str, int, int, int, int]]:
    return [(one.name, one.left, one.top, one.left + one.width, one.top + one.height) for one in slide.shapes]


def overlapping(found) -> list[tuple[str, str]]:
    """Which boxes lie on each other by more than a hair."""
    hair = emu(0.02)
    return [
        (a[0], b[0])
        for a, b in itertools.combinations(found, 2)
        if a[1] + hair < b[3] and b[1] + hair < a[3] and a[2] + hair < b[4] and b[2] + hair < a[4]
    ]


@pytest.fixture(scope="module", params=["usual", "long", "empty"])
def deck(request, material, files, tmp_path_factory):
    """The slides of a usual quarter, of far too much, and of an empty log."""
    if request.param == "usual":
        return Presentation(io.BytesIO(files["pptx"]))
    if request.param == "empty":
        empty = quarterly.gathered(quarterly.fresh(tmp_path_factory.mktemp("empty")))
        return Presentation(io.BytesIO(quarterly.made(empty, "pptx")))
    document = report.document(material, say=speak("nl"), made_at=quarterly.MADE)
    long = "Een zeer lange naam van een overleg dat elke keer weer terugkomt " * 3
    grown = tuple(_grown(section, long) for section in document.sections)
    return Presentation(io.BytesIO(report.FORMATS["pptx"](replace(document, sections=grown))))


def test_nothing_on_a_slide_lies_outside_it_or_on_something_else(deck):
    assert len(deck.slides) <= 14
    for number, slide in enumerate(deck.slides, start=1):
        found = boxes(slide)
        assert overlapping(found) == [], number
        for name, left, top, right, bottom in found:
            assert min(left, top) >= 0, (number, name)
            assert right <= deck.slide_width + 1, (number, name)
            assert bottom <= deck.slide_height + 1, (number, name)


def test_the_words_of_a_slide_fit_in_their_box(deck):
    measured = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                assert height_of(shape.text_frame) <= shape.height / 914_400 + 0.06, shape.text_frame.text
                measured += 1
    assert measured > 2 * len(deck.slides)


def test_no_word_in_a_table_on_a_slide_is_broken_and_a_positive_control(files):
    deck = Presentation(io.BytesIO(files["pptx"]))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert [word for table in tables for word in _broken(table)] == []
    tables[0].columns[0].width = emu(0.5)
    assert _broken(tables[0])


def _broken(table) -> list[str]:
    """The words that are wider than their column."""
    found = []
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            run = next(iter(cell.text_frame.paragraphs[0].runs), None)
            if run is not None:
                room = column.width / 914_400 - 2 * PAD_X
                words = cell.text_frame.text.split()
                found += [word for word in words if wrapped(word, room, int(run.font.size.pt), bold=True) > 1]
    return found


def test_a_title_that_runs_into_the_text_would_be_seen(files):
    deck = Presentation(io.BytesIO(files["pptx"]))
    title = deck.slides[0].shapes.title
    title.text_frame.paragraphs[0].runs[0].text *= 4
    assert height_of(title.text_frame) > title.height / 914_400 + 0.06
    title.height += emu(1)
    assert overlapping(boxes(deck.slides[0]))


def test_the_faces_of_the_slides_stand_in_the_theme_only(files):
    inside = quarterly.parts(files["pptx"])
    theme = next(data for name, data in inside.items() if "/theme/theme1" in name)
    assert theme.count(b'<a:latin typeface="Georgia"') == 1
    assert theme.count(b'<a:latin typeface="Calibri"') == 1
    slides = b"".join(data for name, data in inside.items() if name.startswith("ppt/slides/slide"))
    assert b"<a:latin" not in slides


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
    found = pages(quarterly.made(material, "pdf", public=public))
    assert len(found) <= 4
    assert speak("nl").limits() in found[0]


@pytest.mark.slow
def test_the_example_municipality_has_a_report_of_the_promised_size(tmp_path):
    assert tracker(tmp_path, "example").returncode == 0
    material = quarterly.gathered(stores.open(tmp_path / "tracker.db", now=lambda: quarterly.MADE))
    assert material.facts.structure.arrangements > 5
    found = pages(quarterly.made(material, "pdf"))
    assert 1 < len(found) <= 4
    finding = material.assessment.finding
    for words in (speak("nl").sentence(finding), speak("nl").limits()):
        assert joined(words) in joined(found[0])
    deck = Presentation(io.BytesIO(quarterly.made(material, "pptx")))
    assert len(deck.slides) <= 14


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


MAKE = """
import hashlib, pathlib, sys
from tests.report import quarterly
from tracker import report, store
material = quarterly.gathered(store.open(pathlib.Path(sys.argv[1]), now=lambda: quarterly.MADE))
for form in report.FORMATS:
    print(form, hashlib.sha256(quarterly.made(material, form)).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_make_the_same_four_files(material, files, tmp_path):
    """In a process of their own sets and dictionaries may have another order: here nothing hangs on it."""
    quarterly.two_years(quarterly.fresh(tmp_path), text=quarterly.HOSTILE)
    told = []
    for seed in ("1", "2"):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", MAKE, str(tmp_path / "tracker.db")]
        answer = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
        told.append(dict(line.split() for line in answer.stdout.splitlines()))
    here = {form: hashlib.sha256(data).hexdigest() for form, data in files.items()}
    assert told == [here, here]


def test_the_command_writes_what_it_was_asked(tmp_path):
    store = quarterly.fresh(tmp_path)
    store.add(
        logbook.activity(date(2025, 5, 6), partner_ids=tuple(quarterly.with_partners(store))), by="test"
    )
    words = ("report", "2025Q2", "--format", "xlsx", "--at", "2025-07-03T09:30", "-o", "x.xlsx")
    filters = ("--min-severity", "3", "--kind", "training", "--calendar", "every-day", "--from", "2025-05-01")
    answer = tracker(tmp_path, *words, *filters)
    assert (answer.returncode, answer.stderr) == (0, "Computed now from the log.\n")
    told = quarterly.said("xlsx", (tmp_path / "x.xlsx").read_bytes())
    assert "Made 3 July 2025 at 09:30" in told
    assert "from 1 May 2025; incidents from severity 3; counted on every day; only Training. Filters" in told
    assert "Filters are on" in told


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("2025Q5", "--format", "pdf", "-o", "x.pdf"), 2, "“2025Q5” is no quarter"),
        (("2999Q1", "--format", "pdf", "-o", "x.pdf"), 1, "Q1 2999 has not begun yet."),
        (("2025Q2", "--format", "doc", "-o", "x.doc"), 2, "pptx"),
        (("2025Q2", "--format", "html", "--public", "-o", "nowhere/x.html"), 1, "nowhere"),
        (("2025Q2", "--format", "html", "--kind", "picnic", "-o", "x.html"), 1, "--kind picnic"),
        (("2025Q2", "--format", "html", "--from", "2025-07-01", "-o", "x.html"), 1, "--from"),
        (("2025Q2", "--format", "html", "--public", "--min-severity", "2", "-o", "x.html"), 1, "no filters"),
    ],
)
def test_a_report_that_cannot_be_made_says_why(tmp_path, words, code, complaint):
    quarterly.fresh(tmp_path)
    answer = tracker(tmp_path, "report", *words)
    assert answer.returncode == code
    assert complaint in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not list(tmp_path.glob("x.*"))
