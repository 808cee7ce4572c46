"""Texts that must stay texts (T43), and a log in which they stand in every field where people type.

Each runs a script (`window.__x`), fetches from BEACON, opens a dialog, makes an element with `hostile` in its
name, or becomes a formula, a statement, a template or another reading order, where it is not kept as text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.store import logbook
from tracker import store as stores
from tracker.records import REVIEW_TOPICS, SEVERAL_LINES, InvalidRecord, Record, longest
from tracker.store import KINDS, VOCABULARIES, Store, Term

BEACON = "http://beacon.invalid"
RUNS = "window.__x=1"
NEVER_TYPED = ("digest",)  # a hash that only the store makes; no form and no file brings one

AT_THE_START = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "'=1+1",
    "=cmd|' /C calc'!A0",
    f'=HYPERLINK("{BEACON}/h";"hostile")',
    f'=WEBSERVICE("{BEACON}/w")',
    f'=IMPORTXML("{BEACON}/i","//a")',
    '=DDE("cmd";"/C calc";"hostile")',
    "# hostile",
    "## *hostile*",
    "- hostile",
    "1. hostile",
    "> hostile",
    "| hostile | b |",
    "```hostile```",
    "~~~ hostile",
    "---",
    "***",
    ":::hostile",
    "% hostile \\section{hostile}",
    '#eval("1")',
    '#image("hostile.png")',
    '#read("/etc/passwd")',
    "#set page(width: 1pt)",
    "/* hostile",
    "// hostile",
    "-- hostile",
    "BEGIN:VALARM",
    "DTSTART:20240101",
    "\N{FULLWIDTH EQUALS SIGN}cmd|hostile",
)
SCRIPTS = (
    f"<script>{RUNS}</script>",
    f"<ScRiPt>{RUNS}</sCrIpT>",
    f"<scr<script>ipt>{RUNS}</script>",
    f"</script><script>{RUNS}</script>",
    f'"><script>{RUNS}</script>',
    f"'><script>{RUNS}</script>",
    f'<script src="{BEACON}/s.js"></script>',
    f"<img src=x onerror={RUNS}>",
    '<img src=x onerror="alert(1)">',
    f"<img/src=x/onerror={RUNS}>",
    f'" onmouseover="{RUNS}" x="',
    f"' onfocus='{RUNS}' autofocus='",
    f"<svg onload={RUNS}>",
    f"<svg><script>{RUNS}</script></svg>",
    f'<svg><animate onbegin="{RUNS}" attributeName=x></svg>',
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUNS}>",
    f"<body onload={RUNS}>",
    f"<details open ontoggle={RUNS}>",
    f"<video><source onerror={RUNS}></video>",
    f"<audio src=x onerror={RUNS}>",
    f"<input autofocus onfocus={RUNS}>",
    f"<marquee onstart={RUNS}>hostile</marquee>",
    f"<iframe srcdoc='<script>parent.{RUNS}</script>'></iframe>",
    f'<iframe src="javascript:parent.{RUNS}"></iframe>',
    f'<object data="javascript:{RUNS}"></object>',
    f'<a href="javascript:{RUNS}" id=hostile>hostile</a>',
    f'<form action="javascript:{RUNS}"><button id=hostile>hostile</button></form>',
    "<script>alert(1)</script>",
    "<script>confirm(1);prompt(1)</script>",
    f"javascript:{RUNS}",
    f"data:text/html,<script>{RUNS}</script>",
    f"&lt;script&gt;{RUNS}&lt;/script&gt;",
    f"&#60;script&#62;{RUNS}&#60;/script&#62;",
    f"\\u003cscript\\u003e{RUNS}\\u003c/script\\u003e",
    f"%3Cscript%3E{RUNS}%3C/script%3E",
    f"]]><script>{RUNS}</script>",
    f"<!--<script>{RUNS}</script>-->",
    f'<noscript><p title="</noscript><img src=x onerror={RUNS}>">',
    f"</title><script>{RUNS}</script>",
    f"</textarea><script>{RUNS}</script>",
    f"</style><script>{RUNS}</script>",
)
MARKS = (
    f"![hostile]({BEACON}/a.png)",
    f"![hostile][1] [1]: {BEACON}/b.png",
    f"[hostile]({BEACON}/c)",
    f"[hostile](javascript:{RUNS})",
    f"[hostile](data:text/html,<script>{RUNS}</script>)",
    f"<{BEACON}/auto>",
    f"{BEACON}/plain",
    "www.beacon.invalid/plain",
    "//beacon.invalid/relative",
    f'<img src="{BEACON}/d.png">',
    f'<img srcset="{BEACON}/e.png 1x">',
    f'<link rel=stylesheet href="{BEACON}/f.css">',
    f'<style>@import "{BEACON}/g.css";</style>',
    f"<style>body{{background:url({BEACON}/h.png)}}</style>",
    f'<p style="background:url({BEACON}/i.png)" class=hostile>hostile</p>',
    f'<meta http-equiv=refresh content="0;url={BEACON}/j">',
    f'<base href="{BEACON}/">',
    f'<embed src="{BEACON}/k">',
    f'<object data="{BEACON}/l"></object>',
    f'<iframe src="{BEACON}/m"></iframe>',
    f'<video poster="{BEACON}/n.png"></video>',
    f'<svg><image href="{BEACON}/o.png"/></svg>',
    f'<svg><use href="{BEACON}/p.svg#x"/></svg>',
    f'<a ping="{BEACON}/q" href="/">hostile</a>',
    "<h1 id=hostile class=hostile>hostile</h1>",
    "<b class=hostile>hostile</b>",
    "**hostile** __hostile__ ~~hostile~~",
    "*hostile* _hostile_ `hostile`",
    ":red[hostile] :red-background[hostile]",
    ":material/home: :smile:",
    ":streamlit:",
    "$\\href{javascript:1}{hostile}$ $$x^2$$",
    f"$\\includegraphics{{{BEACON}/r.png}}$",
    "#strong[hostile] *hostile* _hostile_ $x$ @hostile <hostile>",
    f'#link("{BEACON}")[hostile]',
    "\\[hostile\\](x) &amp; &nbsp; &copy;",
)
TEMPLATES = (
    "{{7*7}}",
    "${7*7}",
    "{7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{constructor.constructor('window.__x=1')()}}",
    "{name} {0} {} {n!r:>9}",
    "%s %d %(name)s %n",
    "{say.__globals__}",
    "datum.x",
    "datum['x'] + datum.y",
    f"'+{RUNS}+'",
    f'"+({RUNS})+"',
    "');warn('hostile",
    "signal('x') ; event.view.__x=1",
    "a.b[0]['c']:Q",
    "hostile:T|count()",
    "x\\.y\\[z\\]",
    "utcFormat(datum.value,'%Y')",
    "toString constructor __proto__ hasOwnProperty",
)
STATEMENTS = (
    "' OR '1'='1",
    "'; DROP TABLE incident; --",
    '" OR ""="',
    "1) UNION SELECT 1,2,3 --",
    "x' AND (SELECT count(*) FROM history) > 0 --",
    "id DESC; --",
    "CASE WHEN 1=1 THEN id ELSE title END",
    "%' OR title LIKE '%",
    '" AND NEAR( * col:',
    '"',
    "title:* NOT OR",
    "\\x27 OR 1=1",
    "$(touch hostile) `touch hostile` ; touch hostile",
    "../../../../etc/passwd",
    "..\\..\\hostile C:\\hostile CON NUL",
    "null None NaN undefined true -0 1e999",
)
LETTERS = (
    "a\u200bb\u200cc\u200dd\ufeffe",
    "left\u200emark\u200fright\u061c",
    "soft\u00adhyphen no\u00a0break",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 hostile",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "Z\u0351\u0343\u030b\u036a\u0301a\u0334\u035d\u0321l\u0337g\u0335o\u0338",
    "\U0001d518\U0001d52b\U0001d526 \u212b \ufb01 \u2126",
    "\u4e2d\u6587 \u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4",
    "\u0130\u0131\u1e9e\u00df \u01c5",
    "\u25a1 \ufdd0",
    "n\u0303 n\u0303",
    "<\u017fcript>window.__x=1</\u017fcript>",
    "\uff1cscript\uff1ewindow.__x=1\uff1c/script\uff1e",
)
LONG = ("W" * 200, "w " * 99 + "w", f"{BEACON}/" + "a" * 177, "<b>" * 60)
TEXTS = tuple(
    unicodedata.normalize("NFC", text).strip()
    for text in (*AT_THE_START, *SCRIPTS, *MARKS, *TEMPLATES, *STATEMENTS, *LETTERS, *LONG)
)
REFUSED = (
    "nul\x00byte",
    "bel\x07",
    "escape\x1b[31m",
    "back\x08space",
    "delete\x7f",
    "next\x85line",
    "\x9b31m",
    "half \ud800 a pair",
    "half \udfff a pair",
    *(f"turned {mark} around" for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
)


def packed(limit: int, *, between: str = " ") -> list[str]:
    """All texts that fit in `limit` signs, as few strings as will hold them; what counts only at the start of
    a text starts one each."""
    starts = [text for text in TEXTS[: len(AT_THE_START)] if len(text) <= limit]
    rest = [text for text in TEXTS[len(AT_THE_START) :] if len(text) <= limit]
    packs = []
    while starts or rest:
        pack = starts.pop(0) if starts else rest.pop(0)
        while rest and len(pack) + len(between) + len(rest[0]) <= limit:
            pack += between + rest.pop(0)
        packs.append(pack)
    return packs


def texts_for(field: str) -> list[str]:
    """What to put in a field of this name."""
    return packed(longest(field), between="\n" if field in SEVERAL_LINES else " ")


def texts_of(kind: Any) -> list[str]:
    """The fields of a kind of record that hold text, codes too."""
    return [one.name for one in fields(kind) if str(one.type) == "str"]


@cache
def typed_in() -> dict[type[Record], tuple[str, ...]]:
    """The fields of each kind of record in which the store keeps any text; found by trying, so that a new
    field is among them by itself. A code, or a rule of repetition, is refused."""
    found = {}
    with logbook.fresh_store() as store:
        partners = [logbook.partner("Een"), logbook.partner("Twee")]
        known = [*partners, logbook.arrangement("Een"), logbook.incident()]
        store.add_all(known, by="t", batch="b")
        store.add(logbook.glossary_word("woord"), by="t")
        for table, kind in KINDS.items():
            found[kind] = tuple(
                name for name in texts_of(kind) if name not in NEVER_TYPED and _takes(store, table, name)
            )
    return found


def _takes(store: Store, table: str, name: str) -> bool:
    try:
        made = store.add(
            getattr(logbook, table)(**{**_around(table, 0, logbook.DAY, 2), name: "hostile ?"}), by="t"
        )
    except InvalidRecord as refused:
        if name not in refused.problems:
            raise
        return False
    store.withdraw(type(made.record), made.id, seen_version=made.version, reason="proef", by="t")
    return True


def fill(path: Path, now: Callable[[], datetime], *, most: int = 36) -> Store:
    """A log with every text in every field, the names of its word lists and of its users among them.

    With fewer than 36 records of a kind each field holds only the first of the texts.
    """
    store = stores.create(path, now=now, municipality=texts_for("name")[0])
    for number, term in enumerate(list(_terms())[: most + 4]):
        store.add_term(term, by=TEXTS[number % len(TEXTS)])
    today = now().date()
    for number, (kind, names) in enumerate(typed_in().items()):
        made = list(_records(kind, names, today, most))
        if made:
            store.add_all(made, by=TEXTS[number], batch=f"b{number}")
    _change(store)
    store.remember_columns({text.casefold(): "title" for text in TEXTS})
    return store


def _terms() -> Iterator[Term]:
    """Labels and explanations in the lists that people may add to."""
    lists = [
        name for name in VOCABULARIES if name in ("domain", "incident_kind", "activity_kind", "phenomenon")
    ]
    for number, text in enumerate(texts_for("nl")):
        name = lists[number % len(lists)]
        joint = True if name == "activity_kind" else None
        yield Term(
            vocabulary=name,
            code=f"hostile_{number}",
            nl=text,
            en=text,
            definition_nl=text,
            definition_en=text,
            joint=joint,
        )


def _records(kind: type[Record], names: tuple[str, ...], today: date, most: int) -> Iterator[Record]:
    """Four more than `most`, to which nothing points: one of those is taken back."""
    table = next(name for name, one in KINDS.items() if one is kind)
    given = {name: texts_for(name) for name in names}
    for number in range(min(most + 4, max(map(len, given.values()), default=0))):
        known = _around(table, number, today, most) | {
            name: texts[number % len(texts)] for name, texts in given.items()
        }
        yield getattr(logbook, table)(**known)


def _around(table: str, number: int, today: date, most: int) -> dict[str, Any]:
    """What else a record of this kind says, so that pages and reports have something to show it with."""
    one = number % most + 1
    day = today - timedelta(days=7 * number + 3)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    quarter = (quarter - timedelta(days=45)).replace(day=1)
    quarter = date(quarter.year, (quarter.month - 1) // 3 * 3 + 1, 1)
    topic = REVIEW_TOPICS[number % len(REVIEW_TOPICS)]
    others = (one, one % most + 1)
    return {
        "partner": {"domain": ("safety", "care", f"hostile_{number // 4 * 4}")[number % 3]},
        "incident": {"happened_on": today - timedelta(days=25 * number + 40), "severity": number % 5 + 1},
        "arrangement": {
            "cadence": "FREQ=WEEKLY;INTERVAL=2",
            "started_on": today - timedelta(days=700),
            "owner_id": one,
            "owner_role": "chair",
            "second_owner_id": others[1],
            "partner_ids": others,
            "phase": "primary",
            "incident_id": one,
        },
        "activity": {
            "happened_on": day,
            "arrangement_id": one,
            "partner_ids": others,
            "lead_id": one,
            "incident_id": one if number % 3 == 0 else None,
        },
        "occurrence": {"arrangement_id": one, "due_on": day, "state": "cancelled"},
        "pause": {
            "arrangement_id": one,
            "first_day": today - timedelta(days=90),
            "last_day": today - timedelta(days=80),
        },
        "recess": {
            "first_day": date(2001, 1, 1) + timedelta(days=20 * number),
            "last_day": date(2001, 1, 9) + timedelta(days=20 * number),
        },
        "agreement": {
            "owner_id": one,
            "due_on": today + timedelta(days=number - 10),
            "made_on": today - timedelta(days=60),
            **(
                {"origin": "review", "quarter": quarter, "topic": topic}
                if number % 2
                else {"origin": "incident", "incident_id": one}
            ),
        },
        "framing": {"incident_id": one, "domain": ("care", "safety", "social")[number // most], "urgency": 3},
        "incident_review": {"incident_id": number + 1, "held_on": today - timedelta(days=1)},
        "series_point": {"happened_on": today - timedelta(days=30 + number), "value": float(number)},
        "goal": {"due_on": today + timedelta(days=30), "made_on": today - timedelta(days=200)},
        "glossary_word": {"shown_at": ("", "severity", "phase")[number % 3], "clash": number % 2 == 0},
        "domain_meaning": {"word_id": number + 1},
        "review_note": {"quarter": quarter if number < 9 else date(2001 + number // 9, 1, 1), "topic": topic},
    }.get(table, {})


def _change(store: Store) -> None:
    """Reasons and names in the history: one of each kind is corrected, one is taken back."""
    reasons = texts_for("reason")
    for number, (kind, names) in enumerate(typed_in().items()):
        held = sorted(store.records(kind), key=lambda one: one.id)
        if not held:
            continue
        record: Any = held[0].record
        changed = replace(record, **{names[0]: f"{TEXTS[number]} {TEXTS[number + 1]}"})
        reason, who = reasons[number], TEXTS[number + 40]
        store.correct(held[0].id, changed, seen_version=1, reason=reason, by=who)
        reason, who = reasons[-1 - number], TEXTS[number + 60]
        store.withdraw(kind, held[-1].id, seen_version=1, reason=reason, by=who)
