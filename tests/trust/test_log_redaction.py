"""T63: what somebody typed stands in no log, on no console and in no message of an error.

Canaries go in where people type and where programs ask; then everything that was said is searched.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT, Server
from tests.trust.serving import serving
from tracker.pages.around.log_lines import Line, without_values

CANARIES = {"bsn": "999990019", "note": "kanarie in de kelder", "token": "tok_3f9a77c0ffee"}
QUOTING = """
from tracker.store import Store
def add(self, record, **more):
    raise ValueError(f"cannot store {record!r} of {more!r}")
Store.add = add
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard in which storing fails with an error that quotes all that was typed."""
    with serving(tmp_path_factory.mktemp("quoting"), planted=QUOTING) as running:
        yield running


def canaries_in(text: str) -> list[str]:
    return [name for name, canary in CANARIES.items() if canary in text or quote(canary) in text]


def test_what_was_typed_is_in_no_log_when_storing_it_fails(visit, server):
    visitor = visit()
    said: list[str] = []
    visitor.page.on("console", lambda line: said.append(line.text))
    visitor.go(f"/log?q={CANARIES['token']}")
    visitor.page.get_by_text("Meer, als u wilt").click()
    visitor.page.get_by_role("textbox", name="Onderwerp").fill(CANARIES["note"])
    visitor.page.get_by_role("textbox", name="Toelichting").fill(f"{CANARIES['note']}\n{CANARIES['token']}")
    visitor.page.keyboard.press("Tab")
    visitor.settle()
    visitor.page.get_by_role("button", name="Leg vast", exact=True).click()
    visitor.settle()
    expect(visitor.page.locator("h1", has_text="Hier ging iets mis")).to_be_visible()
    page = visitor.page.inner_text("body")
    assert canaries_in(page) == []
    assert canaries_in(" ".join(said)) == []
    log = server.log.read_text()
    assert "builtins.ValueError" in log, "the fault itself is in the log"
    assert canaries_in(log) == []


def test_what_programs_ask_is_in_no_log(server):
    """Addresses, headers and cookies with canaries, to what exists and what does not."""
    token = CANARIES["token"]
    for path in (
        f"/{token}",
        f"/media/{token}.csv",
        f"/_stcore/upload_file/{token}/x",
        f"/log?bsn={CANARIES['bsn']}",
    ):
        for method in ("GET", "POST", "PUT"):
            asked = urllib.request.Request(
                server.url + path,
                data=None if method == "GET" else token.encode(),
                headers={"Cookie": f"session={token}", "Authorization": f"Bearer {token}"},
                method=method,
            )
            try:
                urllib.request.urlopen(asked, timeout=20).close()
            except urllib.error.HTTPError as refused:
                refused.close()
    assert canaries_in(server.log.read_text()) == []


def test_an_import_names_the_row_and_not_what_stands_in_it(tmp_path):
    """On the command line, where a file that is refused is told of line by line."""
    path = tmp_path / "incidents.csv"
    wrong = f"{CANARIES['note']} {CANARIES['bsn']}"
    path.write_text(f"date,title,severity,note\n2024-02-10,Rel,9,{wrong}\n2024-02-10,{wrong},3,{wrong}\n")
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(tmp_path / "own.db"), "import", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "2" in done.stderr, "the line is named"
    assert canaries_in(done.stdout + done.stderr) == []


@pytest.fixture
def log_file(tmp_path) -> Iterator[logging.Handler]:
    """A handler as servers have them, with our lines."""
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(Line)
    handler = logging.FileHandler(tmp_path / "server.log")
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    yield handler
    handler.close()
    logging.setLogRecordFactory(before)


def logged(handler: logging.Handler, **more: object) -> str:
    logger = logging.Logger("server")
    logger.addHandler(handler)
    logger.error("typed: %s", "a\nERROR forged\r\x1b[2K\u2028b", **more)  # type: ignore[arg-type]
    return Path(handler.baseFilename).read_bytes().decode()  # type: ignore[attr-defined]


def test_what_holds_line_ends_stays_one_line(log_file):
    assert logged(log_file) == "ERROR typed: a\\nERROR forged\\r\\x1b[2K\\u2028b\n"


def test_positive_control_a_usual_record_would_be_two_lines(log_file):
    logging.setLogRecordFactory(logging.LogRecord)
    assert "\nERROR forged" in logged(log_file)


def raised() -> Exception:
    """An error from an error, in a group, each with a canary and a note."""
    try:
        try:
            int(CANARIES["bsn"] + "x")
        except ValueError as first:
            first.add_note(CANARIES["token"])
            raise KeyError(CANARIES["note"]) from first
    except KeyError as second:
        try:
            raise ExceptionGroup(CANARIES["note"], [second])
        except ExceptionGroup as group:
            return group
    raise AssertionError


def test_an_error_is_written_with_its_places_and_kinds_and_none_of_its_texts(log_file):
    said = logged(log_file, exc_info=raised())
    assert canaries_in(said) == []
    assert [kind in said for kind in ("builtins.ValueError", "builtins.KeyError", "builtins.ExceptionGroup")]
    assert "in raised\n" in said
    assert said.index("ValueError") < said.index("KeyError\n") < said.index("ExceptionGroup\n")


def test_positive_control_a_usual_record_would_tell_the_texts(log_file):
    logging.setLogRecordFactory(logging.LogRecord)
    assert set(canaries_in(logged(log_file, exc_info=raised()))) == set(CANARIES)


def test_an_error_that_led_to_itself_is_told_once():
    one, other = ValueError(), KeyError()
    one.__context__, other.__context__ = other, one
    assert without_values(one).count("ValueError") == 1


FAILING = """
import sys, threading
from tracker.pages.around import log_lines
if sys.argv[1] == "ours":
    log_lines.keep_values_out_of_the_log()
def fail():
    raise ValueError("kanarie in de kelder")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
"""


@pytest.mark.parametrize(("whose", "found"), [("ours", []), ("Python's", ["note"])])
def test_what_a_thread_fails_with_is_told_without_its_text(whose, found):
    told = subprocess.run(
        [sys.executable, "-c", FAILING, whose], cwd=ROOT, capture_output=True, text=True, check=True
    ).stderr
    assert canaries_in(told) == found
    assert "ValueError" in told
