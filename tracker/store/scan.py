"""The self-scan in the database: codes that each give one reply, and replies that nothing ties to anybody.

What this keeps, and what it cannot keep, stands in docs/decisions.md. In short: a code is there as a hash and
goes when it is used; a reply has a random name, no time and no entry in the history; the table of replies is
written anew with each, so that not even the places of its rows on the disk say which came first.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlite_utils import Database

from tracker.analysis.quarter import Quarter
from tracker.analysis.self_scan import ASKED, POINTS, Round, least_replies, round_of
from tracker.records import InvalidRecord, Scan
from tracker.store import reading, writing
from tracker.store.errors import Conflict, WrongCode
from tracker.store.rows import Stored
from tracker.store.stamp import Stamp

# No letters and digits that are read as another one (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B), and no vowels, so
# that no code is a word. Ten of them make 6e13 codes.
SIGNS = "3479BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 10
MOST_CODES = 200
# One check takes about a hundredth of a second, also for who has a copy of the file and guesses on.
_SCRYPT = {"n": 2**12, "r": 8, "p": 1, "dklen": 32}

_TAKE = """
    DELETE FROM scan_code WHERE hash = ?
        AND scan_id IN (SELECT id FROM scan WHERE closed_on IS NULL AND withdrawn = 0)
    RETURNING scan_id"""
_ROUNDS = "SELECT id, quarter, closed_on IS NOT NULL FROM scan WHERE withdrawn = 0 ORDER BY quarter"
_FEW = """
    DELETE FROM scan_reply WHERE scan_id = ?1 AND statement IN (
        SELECT statement FROM scan_reply WHERE scan_id = ?1 GROUP BY statement HAVING count(*) < ?2)"""


@dataclass(frozen=True)
class Codes:
    """Codes as people type them, and the hashes that are kept; the codes are shown once and kept nowhere."""

    plain: tuple[str, ...]
    hashes: tuple[str, ...]


def new_codes(db: Database, number: int, *, least: int = 1) -> Codes:
    """So many new codes; raises `InvalidRecord` for a number that is too low or too high."""
    if not least <= number <= MOST_CODES:
        raise InvalidRecord({"codes": "out_of_range"})
    plain = tuple("".join(secrets.choice(SIGNS) for _ in range(LENGTH)) for _ in range(number))
    return Codes(tuple(map(_in_two, plain)), tuple(hashed(db, code) for code in plain))


def hashed(db: Database, code: str) -> str:
    """The hash of a code as somebody typed it: small letters, spaces and dashes do not matter.

    Raises `WrongCode` for what cannot be a code.
    """
    bare = re.sub(r"[\s\-–]", "", code).upper()
    if len(bare) != LENGTH or not set(bare) <= set(SIGNS):
        raise WrongCode()
    salt = db.conn.execute("SELECT identity FROM about").fetchone()[0]
    return hashlib.scrypt(bare.encode(), salt=salt.encode(), **_SCRYPT).hex()


def is_known(db: Database, code_hash: str) -> bool:
    """Whether a reply with this hash may be tried; the reply itself asks again."""
    return db.conn.execute("SELECT 1 FROM scan_code WHERE hash = ?", (code_hash,)).fetchone() is not None


def open_round(db: Database, quarter: date, stamp: Stamp, codes: Codes) -> Stored[Scan]:
    """Opens the round of a quarter, today; raises `InvalidRecord` when the quarter has one."""
    stored = writing.add(db, Scan(quarter=quarter, opened_on=stamp.today), stamp, request="")
    _keep(db, stored.id, codes)
    return stored


def give_codes(db: Database, scan_id: int, codes: Codes) -> None:
    """Adds codes to an open round; raises `Conflict` when it is closed or withdrawn."""
    _open_one(db, scan_id)
    _keep(db, scan_id, codes)


def take_reply(db: Database, code_hash: str, points: Mapping[str, int]) -> None:
    """Stores one reply and forgets its code; raises `WrongCode` when it opens nothing (any more)."""
    problems = {name: _problem(name, given) for name, given in points.items()}
    if any(problems.values()):
        raise InvalidRecord({name: code for name, code in problems.items() if code})
    taken = db.conn.execute(_TAKE, (code_hash,)).fetchall()
    if not taken:
        raise WrongCode()
    name, scan_id = secrets.token_hex(16), taken[0][0]
    standing = db.conn.execute("SELECT reply, statement, scan_id, points FROM scan_reply").fetchall()
    _write_anew(db, [*standing, *((name, one, scan_id, given) for one, given in points.items())])


def close(db: Database, scan_id: int, stamp: Stamp, *, reason: str) -> Stored[Scan]:
    """Closes a round for good, and forgets its codes and the answers that will never be shown."""
    stands = _open_one(db, scan_id)
    closed = writing.correct(
        db,
        scan_id,
        replace(stands.record, closed_on=stamp.today),
        stamp,
        seen_version=stands.version,
        reason=reason,
    )
    db.conn.execute("DELETE FROM scan_code WHERE scan_id = ?", (scan_id,))
    db.conn.execute(_FEW, (scan_id, least_replies()))
    return closed


def rounds(db: Database) -> list[Round]:
    """What may be seen of every round that stands, ascending by quarter."""
    replies: dict[int, dict[str, dict[str, int]]] = {}
    for scan_id, reply, statement, points in db.conn.execute(
        "SELECT scan_id, reply, statement, points FROM scan_reply ORDER BY reply"
    ):
        replies.setdefault(scan_id, {}).setdefault(reply, {})[statement] = points
    return [
        round_of(
            number,
            Quarter.of(date.fromisoformat(quarter)),
            list(replies.get(number, {}).values()),
            closed=bool(closed),
        )
        for number, quarter, closed in db.conn.execute(_ROUNDS).fetchall()
    ]


def _open_one(db: Database, scan_id: int) -> Stored[Scan]:
    stands = reading.get(db, Scan, scan_id)
    if stands.withdrawn or stands.record.closed_on is not None:
        raise Conflict(stands, None, reading.history(db, Scan, scan_id)[-1])
    return stands


def _keep(db: Database, scan_id: int, codes: Codes) -> None:
    """In order of their hashes: the order of the list that is printed is not kept."""
    db.conn.executemany(
        "INSERT INTO scan_code (hash, scan_id) VALUES (?, ?)",
        [(one, scan_id) for one in sorted(codes.hashes)],
    )


def _write_anew(db: Database, rows: Iterable[tuple[str, str, int, int]]) -> None:
    """The whole table in the order of the random names.

    Adding the new rows alone would put them below the earlier ones in the page of the file, whatever their
    names, and so keep the order in which people replied. What is deleted is overwritten (secure_delete).
    """
    db.conn.execute("DELETE FROM scan_reply")
    db.conn.executemany(
        "INSERT INTO scan_reply (reply, statement, scan_id, points) VALUES (?, ?, ?, ?)", sorted(rows)
    )


def _problem(statement: str, points: int) -> str:
    if statement not in ASKED:
        return "unknown_code"
    return "" if points in POINTS else "out_of_range"


def _in_two(code: str) -> str:
    """Two groups are easier to type."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
