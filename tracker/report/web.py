"""A document -> one web page that asks nothing of any other place: faces and pictures are inside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from tracker.report import fonts, rendering
from tracker.report.document import Document, Picture, Section, Table

_ALL = 1000
_NUMBER = ' class="number"'
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
_STYLE = """
:root{--ink:#1D2A33;--ink2:#47555E;--muted:#5F6C74;--line:#D9D5CA;--paper:#FFFFFF;--surface:#EBE8E0}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 17px/1.6 'Source Sans',sans-serif}
main{max-width:1040px;margin:0 auto;padding:24px 16px 48px}
h1,h2{font-family:'Source Serif',serif;font-weight:600;text-wrap:balance}
h1{font-size:40px;line-height:1.22;margin:.5em 0;max-width:24em}
h2{font-size:23px;line-height:1.3;margin:1.8em 0 .4em}
p{margin:.4em 0;max-width:44em;overflow-wrap:anywhere}
.top{display:flex;justify-content:space-between;align-items:center;gap:16px;max-width:none;color:var(--ink2)}
.tag{background:var(--surface);padding:1px 8px;border-radius:3px;font-size:14px;white-space:nowrap}
figure{margin:16px 0}
figure svg{display:block;width:100%;height:auto}
figure.half svg{max-width:560px}
figure svg.phone{display:none;max-width:420px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:12px 0;font-size:16px}
caption{text-align:left;color:var(--ink2);font-size:15px;padding-bottom:4px}
th,td{text-align:left;vertical-align:top;hyphens:auto;padding:6px 16px 6px 0;border-top:1px solid var(--line)}
thead th{border-top:0}
th.number,td.number{text-align:right}td.number{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}
dt{font-weight:600}dd{margin:0}
@media(max-width:640px){
h1{font-size:28px}body{font-size:16px}
figure.twice svg{display:none}figure.twice svg.phone{display:block}
table{font-size:15px}th,td{padding-right:10px}
dl{grid-template-columns:1fr}dd{margin-bottom:6px}
}
@media print{body{font-size:11pt}h1{font-size:21pt}figure,tr{break-inside:avoid}}
"""


def web_page(document: Document) -> bytes:
    """The bytes of the page. The policy in its head forbids scripts and every request."""
    return "".join(_page(document)).encode("utf-8")


def _page(document: Document) -> Iterator[str]:
    say, title = document.say, f"{document.title} · {document.owner}".removesuffix(" · ")
    yield f'<!doctype html><html lang="{say.language}"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title><style>{fonts.web_style()}{_STYLE}</style></head><body><main>"
    top = " · ".join(filter(None, (document.owner, document.title)))
    tag = f'<span class="tag">{escape(document.tag)}</span>' if document.tag else ""
    yield f'<p class="top"><span>{escape(top)}</span>{tag}</p>'
    yield f"<h1>{escape(document.sentence)}</h1><p>{escape(document.certainty)}</p>"
    if document.next_step:
        yield _paragraph(say("Next step: {step}", step=document.next_step))
    if document.picture:
        yield _figure(document.picture)
    for section in document.sections:
        yield from _section(document, section)
    yield f"<h2>{escape(say('What this does not say'))}</h2>"
    yield from map(_paragraph, document.limits)
    yield f"<h2>{escape(say('About this report'))}</h2><dl>"
    yield from (f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>" for label, words in document.about)
    yield "</dl></main></body></html>\n"


def _section(document: Document, one: Section) -> Iterator[str]:
    yield f"<section><h2>{escape(one.heading)}</h2>"
    yield from map(_paragraph, one.lines)
    if one.picture:
        yield _figure(one.picture)
    if one.table and one.table.rows:
        yield _table(document, one.table)
    yield "</section>"


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _figure(one: Picture) -> str:
    """Drawn in the page itself, and once more for a phone; of the two only one is shown, or heard."""
    spec = one.spec(_ALL)
    size = "half" if spec["width"] < 600 else "wide"
    wide = _drawing(one, spec, one.name, "screen")
    if one.narrow is None:
        return f'<figure class="{size}">{wide}</figure>'
    phone = _drawing(one, one.narrow(_ALL), f"{one.name}-phone", "phone")
    return f'<figure class="{size} twice">{wide}{phone}</figure>'


def _drawing(one: Picture, spec: dict[str, Any], name: str, kind: str) -> str:
    """Who cannot see it hears its text and none of its letters."""
    label = f'<svg role="img" class="{kind}" aria-label="{escape(one.alt)}" '
    return rendering.svg(spec, name).replace("<svg ", label, 1)


def _table(document: Document, one: Table) -> str:
    head = "".join(
        f'<th scope="col"{_NUMBER if one.is_number(place) else ""}>{escape(cell)}</th>'
        for place, cell in enumerate(one.head)
    )
    cells = (
        [_cell(document.words(cell), one.is_number(place)) for place, cell in enumerate(row)]
        for row in one.rows
    )
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    caption = f"<caption>{escape(one.caption)}</caption>"
    inside = f"{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    around = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(one.caption)}">'
    return f"{around}<table>{inside}</table></div>"


def _cell(words: str, number: bool) -> str:
    return f"<td{_NUMBER if number else ''}>{escape(words)}</td>"
