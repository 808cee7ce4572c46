"""The facts of a closed evaluation: kept under the hash of what they are, so that a change shows.

The record of the evaluation bears the hash, and the history bears the record: facts that were changed, or put
in the place of others, no longer fit. Facts stay when an evaluation is opened again, for it can be put back.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Collection, Iterator
from typing import Any

from sqlite_utils import Database

from tracker.store.errors import Damaged


def keep(db: Database, facts: bytes) -> str:
    """Stores `facts` and returns their hash; the same facts stand there once."""
    digest = _hash(facts)
    db.conn.execute(
        "INSERT INTO frozen_facts (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, facts)
    )
    return digest


def facts(db: Database, digest: str) -> bytes:
    """What was kept under this hash; raises `Damaged` when it is gone or is something else now."""
    row = db.conn.execute("SELECT content FROM frozen_facts WHERE digest = ?", (digest,)).fetchone()
    if row is None or _hash(row[0]) != digest:
        raise Damaged(code="frozen_facts")
    return bytes(row[0])


def broken(db: Database) -> list[tuple[str, int | None]]:
    """(table, id) of every evaluation without its facts as they were, then of kept facts that changed."""
    kept = {digest: _hash(content) for digest, content in db.conn.execute("SELECT * FROM frozen_facts")}
    named = db.conn.execute("SELECT id, digest FROM quarter_review WHERE digest <> '' ORDER BY id").fetchall()
    found: list[tuple[str, int | None]] = [
        ("quarter_review", number) for number, digest in named if kept.get(digest) != digest
    ]
    strays = set(kept) - {digest for _, digest in named}
    return found + [("frozen_facts", None) for digest in sorted(strays) if kept[digest] != digest]


def quoted(db: Database, texts: Collection[str]) -> set[str]:
    """Which of `texts` stand somewhere in kept facts, whole, within a sentence, or cut off with "…"."""
    said = {
        one for (content,) in db.conn.execute("SELECT content FROM frozen_facts") for one in _said(content)
    }
    whole, cut = "\n".join(said), "\n".join(one for one in said if "…" in one)
    return {
        text
        for text in texts
        if (text in whole if len(text) >= _SPECIFIC else text in said) or _cut_off(text, cut)
    }


def without(db: Database, texts: Collection[str], gone: str) -> dict[str, str]:
    """Puts `gone` in the place of these texts in all kept facts; returns old hash -> new hash.

    All facts are JSON that `freeze` packed: a text stands there as a value, within a sentence, cut off, or as
    a list of lines.
    """
    moved = {}
    for digest, content in db.conn.execute("SELECT digest, content FROM frozen_facts").fetchall():
        held = _unpacked(content)
        clean = _clean(held, sorted(texts, key=len, reverse=True), gone)
        if clean != held:
            text = json.dumps(clean, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            db.conn.execute("DELETE FROM frozen_facts WHERE digest = ?", (digest,))
            moved[digest] = keep(db, lzma.compress(text.encode()))
    return moved


_SPECIFIC = 4  # a shorter text stands within other words by chance, so it is looked for as a whole value
_LEFT_OF_IT = 8  # so many signs before "…" are no coincidence


def _unpacked(content: bytes) -> Any:
    return json.loads(lzma.decompress(content)) if content.startswith(b"\xfd7zXZ") else json.loads(content)


def _said(content: bytes) -> Iterator[str]:
    to_come = [_unpacked(content)]
    while to_come:
        match to_come.pop():
            case str() as text:
                yield text
            case list() as several:
                to_come += several
                if _are_lines(several):
                    yield " ".join(several)
            case dict() as named:
                to_come += named.values()


def _are_lines(several: list[Any]) -> bool:
    """A title over several lines is a list of them."""
    return len(several) > 1 and all(isinstance(one, str) for one in several)


def _clean(value: Any, texts: Collection[str], gone: str) -> Any:
    match value:
        case str():
            for text in texts:
                if value == text:
                    return gone
                if len(text) >= _SPECIFIC:
                    value = value.replace(text, gone)
                    for part in _cut_off(text, value):
                        value = value.replace(part, gone)
            return value
        case list():
            anew = [_clean(one, texts, gone) for one in value]
            whole = " ".join(anew) if _are_lines(anew) else ""
            # A table's row is a list of texts too, so it stays as long as it was.
            spread = any(len(text) >= _SPECIFIC and text in whole for text in texts)
            return [gone, *[""] * (len(anew) - 1)] if spread else anew
        case dict():
            return {name: _clean(one, texts, gone) for name, one in value.items()}
    return value


def _cut_off(text: str, said: str) -> set[str]:
    """The beginnings of `text` with "…" behind them, as they stand in `said`."""
    start, place = text[:_LEFT_OF_IT], 0
    found: set[str] = set()
    if len(start) < _LEFT_OF_IT or "…" not in said:
        return found
    while (place := said.find(start, place)) >= 0:
        end = said.find("…", place, place + len(text))
        if end >= 0 and text.startswith(said[place:end]):
            found.add(said[place : end + 1])
        place += 1
    return found


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
