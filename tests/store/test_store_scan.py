"""The self-scan in the store: one code one reply, nothing of who and when, nothing of few."""

from __future__ import annotations

import math
import random
import re
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest
from logbook import DAY, NOON, QUARTER, fresh_folder, now, raw
from logbook import scan as a_scan

from tracker import store as stores
from tracker.analysis.self_scan import ASKED, STATEMENTS, least_replies
from tracker.records import InvalidRecord, Scan
from tracker.store import Conflict, UnknownRecord, WrongCode
from tracker.store import scan as room
from tracker.store.connection import reading as view
from tracker.store.connection import writing as transaction

ALL_THREES = dict.fromkeys(ASKED, 3)


def opened(store, codes=8, quarter=QUARTER):
    stored, plain = store.open_scan(quarter, codes, by="anna")
    return stored.id, list(plain)


def close(store, number):
    return store.close_scan(number, reason="Iedereen is gevraagd", by="anna")


def held(store, points, quarter=QUARTER):
    """A closed round with these replies; `points` is a list of statement -> points."""
    number, codes = opened(store, max(5, len(points)), quarter)
    for code, given in zip(codes, points, strict=False):
        store.reply_to_scan(code, given)
    close(store, number)
    return store.scan_rounds()[-1]


def count(path, table):
    with raw(path) as conn:
        return conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def everything(path):
    """All bytes of the database and of what lies beside it."""
    return b"".join(one.read_bytes() for one in sorted(path.parent.iterdir()))


# Codes.


def test_a_code_is_easy_to_type_and_hard_to_guess():
    assert not set("0O1IL2Z5S6G8B") - set("ZSGB") & set(room.SIGNS)
    assert not set("AEIOU") & set(room.SIGNS)
    assert len(set(room.SIGNS)) == len(room.SIGNS)
    guesses_a_quarter, codes = 30 * 60 * 24 * 92, room.MOST_CODES
    assert guesses_a_quarter * codes / len(room.SIGNS) ** room.LENGTH < 2e-5
    assert math.log2(len(room.SIGNS)) * room.LENGTH > 45


def test_every_code_is_another_one_in_two_groups(store):
    _, codes = opened(store, 60)
    assert len(set(codes)) == 60
    assert all(re.fullmatch(rf"[{room.SIGNS}]{{5}}-[{room.SIGNS}]{{5}}", code) for code in codes)


@pytest.mark.parametrize("typed", ["{small}", "{spaced}", " {code}\n"])
def test_small_letters_spaces_and_dashes_do_not_matter(store, typed):
    _, codes = opened(store)
    forms = {"code": codes[0], "small": codes[0].lower(), "spaced": codes[0].replace("-", " ")}
    store.reply_to_scan(typed.format(**forms), ALL_THREES)
    assert count(store.path, "scan_reply") == len(ASKED)


@pytest.mark.parametrize("number", [4, 0, -1, 201])
def test_a_round_has_at_least_as_many_codes_as_there_must_be_replies(store, number):
    with pytest.raises(InvalidRecord) as refused:
        store.open_scan(QUARTER, number, by="anna")
    assert refused.value.problems == {"codes": "out_of_range"}
    assert store.records(Scan) == []


def test_a_quarter_has_one_round_and_the_second_leaves_no_codes(store):
    opened(store)
    with pytest.raises(InvalidRecord) as refused:
        opened(store)
    assert refused.value.problems == {"quarter": "scanned_already"}
    assert count(store.path, "scan_code") == 8


def test_more_codes_can_be_given_while_the_round_is_open(store):
    number, codes = opened(store)
    more = store.give_scan_codes(number, 2)
    assert len({*codes, *more}) == 10
    store.reply_to_scan(more[1], ALL_THREES)
    close(store, number)
    with pytest.raises(Conflict):
        store.give_scan_codes(number, 1)
    with pytest.raises(UnknownRecord):
        store.give_scan_codes(99, 1)


# Refusals: one for everything.


def test_a_wrong_a_used_and_a_closed_code_are_refused_alike_and_store_nothing(store):
    number, codes = opened(store)
    store.reply_to_scan(codes[0], ALL_THREES)
    for code in (codes[0], "BCDFG-HJKMN", "hallo", "", codes[1][:-1], "é" * 10, "0" * 10, "B" * 5000):
        with pytest.raises(WrongCode) as refused:
            store.reply_to_scan(code, ALL_THREES)
        assert (str(refused.value), refused.value.code) == ("wrong_code", "wrong_code")
    assert count(store.path, "scan_reply") == len(ASKED)
    close(store, number)
    with pytest.raises(WrongCode):
        store.reply_to_scan(codes[1], ALL_THREES)


def test_a_code_of_a_withdrawn_round_opens_nothing(store):
    number, codes = opened(store)
    store.withdraw(Scan, number, seen_version=1, reason="verkeerd kwartaal", by="anna")
    with pytest.raises(WrongCode):
        store.reply_to_scan(codes[0], ALL_THREES)
    with pytest.raises(Conflict):
        store.give_scan_codes(number, 1)
    assert store.scan_rounds() == []


@pytest.mark.parametrize(
    ("points", "problem"),
    [
        ({"urgency_peace": 0}, "out_of_range"),
        ({"urgency_peace": 6}, "out_of_range"),
        ({"x": 3}, "unknown_code"),
    ],
)
def test_points_that_do_not_exist_are_refused_and_the_code_still_works(store, points, problem):
    _, codes = opened(store)
    with pytest.raises(InvalidRecord) as refused:
        store.reply_to_scan(codes[0], {**ALL_THREES, **points})
    assert list(refused.value.problems.values()) == [problem]
    store.reply_to_scan(codes[0], ALL_THREES)


def test_who_knows_nothing_of_anything_uses_the_code_and_counts_nowhere(store):
    _, codes = opened(store)
    store.reply_to_scan(codes[0], {})
    assert (count(store.path, "scan_code"), count(store.path, "scan_reply")) == (7, 0)


# Nothing ties a reply to anybody.


def test_after_a_reply_neither_the_code_nor_its_hash_nor_who_nor_when_is_in_the_file():
    moment = [NOON]
    with fresh_folder() as folder:
        store = stores.create(folder / "tracker.db", now=lambda: moment[0])
        _, codes = opened(store)
        with raw(store.path) as conn:
            hashes = {row[0] for row in conn.execute("SELECT hash FROM scan_code")}
        history = count(store.path, "history")
        bare = codes[0].replace("-", "")
        moment[0] = datetime(2026, 7, 9, 3, 14, 15, 926000, tzinfo=NOON.tzinfo)
        store.reply_to_scan(codes[0], ALL_THREES)
        found = everything(store.path)
        with raw(store.path) as conn:
            [gone] = hashes - {row[0] for row in conn.execute("SELECT hash FROM scan_code")}
        assert not [one for one in (codes[0], bare, bare.lower(), gone) if one.encode() in found]
        assert not [one for one in ("2026-07-09", "03:14", "14:15", str(int(moment[0].timestamp()))) if
                    one.encode() in found]  # fmt: skip
        assert count(store.path, "history") == history
        assert store.verify() == []
        # Positive control: what is kept is found in the same bytes.
        assert all(one.encode() in found for one in hashes - {gone})
        assert b"2026-07-01" in found
        assert b"anna" in found


def test_a_reply_asks_no_clock_and_names_nobody():
    def broken_clock():
        raise AssertionError("asked the clock")

    with fresh_folder() as folder:
        _, codes = opened(stores.create(folder / "tracker.db", now=now))
        silent = stores.Store(folder / "tracker.db", now=broken_clock)
        silent.reply_to_scan(codes[0], ALL_THREES)
        with raw(silent.path) as conn:
            columns = [row[1] for row in conn.execute("PRAGMA table_info(scan_reply)")]
        assert columns == ["reply", "scan_id", "statement", "points"]
        with pytest.raises(AssertionError):  # positive control
            opened(silent, quarter=date(2026, 7, 1))


PAGE = 4096


def pages_after(monkeypatch, order):
    """The pages of the file that hold replies, in their order, after forty people replied in this order.

    Everybody has the same random name and gives the same points in every order.
    """
    people = [random.Random(person) for person in range(40)]
    names = [f"{one.getrandbits(128):032x}" for one in people]
    given = [{name: one.randint(1, 5) for name in ASKED if one.random() < 0.9} for one in people]
    with fresh_folder() as folder:
        store = stores.create(folder / "tracker.db", now=now)
        _, codes = opened(store, len(order))
        for code, person in zip(codes, order, strict=True):
            with monkeypatch.context() as patched:
                patched.setattr(room.secrets, "token_hex", lambda size, person=person: names[person])
                store.reply_to_scan(code, given[person])
        data = store.path.read_bytes()
    pages = [data[start : start + PAGE] for start in range(0, len(data), PAGE)]
    return [page for page in pages if any(name.encode() in page for name in names)]


def test_the_file_is_the_same_whoever_replied_first(monkeypatch):
    one_way, other_way = list(range(40)), random.Random(1).sample(range(40), 40)
    pages = pages_after(monkeypatch, one_way)
    assert len(pages) > 2
    assert pages == pages_after(monkeypatch, other_way)


def test_positive_control_rows_that_are_merely_added_lie_in_the_order_in_which_they_came(monkeypatch):
    def added(db, rows):
        db.conn.executemany(
            "INSERT OR IGNORE INTO scan_reply (reply, statement, scan_id, points) VALUES (?, ?, ?, ?)", rows
        )

    monkeypatch.setattr(room, "_write_anew", added)
    one_way, other_way = list(range(40)), random.Random(1).sample(range(40), 40)
    assert sorted(pages_after(monkeypatch, one_way)) != sorted(pages_after(monkeypatch, other_way))


def test_the_hash_of_a_code_differs_in_every_database(store):
    with fresh_folder() as folder:
        other = stores.create(folder / "tracker.db", now=now)
        hashes = set()
        for path in (store.path, other.path):
            with view(path) as db:
                hashes.add(room.hashed(db, "BCDFG-HJKMN"))
    assert len(hashes) == 2


# What may be seen.


def test_an_open_round_says_only_whether_there_are_enough_replies(store):
    _, codes = opened(store, 8)
    seen = []
    for code in codes:
        store.reply_to_scan(code, ALL_THREES)
        [one] = store.scan_rounds()
        estimates = [one.overall, *one.lessons.values(), *one.statements.values()]
        assert {(found.status, found.why, found.value) for found in estimates} == {
            ("hidden", "still_open", None)
        }
        assert one.replies is None
        seen.append(one.enough)
    assert seen == [False] * 4 + [True] * 4


def test_four_replies_show_nothing_and_five_show_everything(store):
    few = held(store, [ALL_THREES] * 4)
    assert (few.enough, few.replies) == (False, None)
    assert {found.status for found in (few.overall, *few.lessons.values(), *few.statements.values())} == {
        "hidden"
    }
    enough = held(store, [ALL_THREES] * 5, quarter=date(2026, 7, 1))
    assert (enough.enough, enough.replies, enough.overall.value) == (True, 5, 3.0)


def test_a_statement_with_too_few_answers_is_hidden_and_so_is_what_holds_it(store):
    one = STATEMENTS["ownership"][1]
    unsure = {name: 3 for name in ASKED if name != one}
    seen = held(store, [ALL_THREES] * 4 + [unsure] * 3)
    assert seen.replies == 7
    hidden = {name for name, found in {**seen.lessons, **seen.statements}.items() if not found.stated}
    assert hidden == {"ownership", one}
    assert not seen.overall.stated


def test_closing_forgets_the_codes_and_what_will_never_be_shown(store):
    one = STATEMENTS["ownership"][1]
    held(store, [ALL_THREES] * 4 + [{name: 3 for name in ASKED if name != one}])
    assert count(store.path, "scan_code") == 0
    with raw(store.path) as conn:
        left = dict(conn.execute("SELECT statement, count(*) FROM scan_reply GROUP BY statement"))
    assert left == {name: 5 for name in ASKED if name != one}
    held(store, [ALL_THREES] * 4, quarter=date(2026, 7, 1))
    assert count(store.path, "scan_reply") == 5 * (len(ASKED) - 1)


def test_there_is_one_constant_for_few_everywhere():
    assert least_replies() == 5


def test_a_closed_round_is_not_opened_again(store):
    number, _ = opened(store)
    closed = close(store, number)
    assert closed.record.closed_on == date(2026, 7, 1)
    with pytest.raises(Conflict):
        close(store, number)
    with pytest.raises(InvalidRecord) as refused:
        store.correct(number, a_scan(opened_on=date(2026, 7, 1)), seen_version=2, reason="toch", by="anna")
    assert refused.value.problems == {"closed_on": "stays_closed"}


def test_an_open_round_can_be_corrected_as_any_record(store):
    number, _ = opened(store)
    store.correct(number, a_scan(opened_on=DAY), seen_version=1, reason="toch", by="anna")
    assert store.get(Scan, number).record.opened_on == DAY


def test_what_is_seen_equals_a_plain_count_of_the_rows(store):
    generator = random.Random(8)
    given = [{name: generator.randint(1, 5) for name in ASKED if generator.random() < 0.9} for _ in range(17)]
    seen = held(store, given)
    for name in ASKED:
        answers = [one[name] for one in given if name in one]
        assert seen.statements[name].value == pytest.approx(sum(answers) / len(answers))
    for lesson, asked in STATEMENTS.items():
        plain = sum(seen.statements[name].value for name in asked) / 2
        assert seen.lessons[lesson].value == pytest.approx(plain)
    assert seen.overall.value == pytest.approx(sum(one.value for one in seen.lessons.values()) / 4)


def test_rounds_stand_in_the_order_of_their_quarters(store):
    for quarter in (QUARTER, date(2025, 10, 1), date(2026, 7, 1)):
        opened(store, 5, quarter)
    assert [one.quarter.code for one in store.scan_rounds()] == ["2025Q4", "2026Q2", "2026Q3"]


def test_a_backup_holds_the_replies_and_the_same_things_are_seen(store):
    held(store, [ALL_THREES] * 6)
    with fresh_folder() as folder:
        store.backup(folder / "copy.db")
        assert stores.open(folder / "copy.db", now=now).scan_rounds() == store.scan_rounds()


def test_two_replies_with_one_code_at_once_store_one(store):
    _, codes = opened(store)
    with view(store.path) as db:
        code_hash = room.hashed(db, codes[0])
    store.reply_to_scan(codes[0], ALL_THREES)
    with pytest.raises(WrongCode), transaction(store.path) as db:
        room.take_reply(db, code_hash, ALL_THREES)  # had looked before the first was stored
    assert count(store.path, "scan_reply") == len(ASKED)


def test_nobody_can_store_a_reply_without_points_by_hand(store):
    opened(store)
    with closing(sqlite3.connect(store.path)) as conn, pytest.raises(sqlite3.IntegrityError):
        conn.execute("INSERT INTO scan_reply VALUES (?, 1, 'urgency_peace', 9)", ("a" * 32,))


def test_a_reply_takes_no_longer_than_a_page(store):
    """Ten years of quarters with thirty replies each are written anew in well under a second."""
    rows = [(f"{n:032x}", one, 1, 3) for n in range(1200) for one in ASKED]
    opened(store)
    with transaction(store.path) as db:
        started = datetime.now()
        room._write_anew(db, rows)
        assert datetime.now() - started < timedelta(seconds=1)
