"""The self-scan from the command line gives the same words and numbers as the screen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.test_command_line import Run, run  # noqa: F401
from tracker import store
from tracker.analysis.quarter import Quarter
from tracker.analysis.self_scan import ASKED
from tracker.exchange.scan_json import scan_object
from tracker.words import speak

QUARTER = "2026Q2"


def opened():
    return store.open(Path("data/tracker.db"), now=lambda: datetime.now(UTC))


def test_a_round_from_opening_to_its_result(run: Run) -> None:  # noqa: F811
    run("init")
    answer = run("scan", "open", QUARTER, "--codes", "6")
    codes = answer.out.split()
    assert (answer.code, len(codes)) == (0, 6)
    codes += run("scan", "codes", QUARTER, "--codes", "1").out.split()
    for code in codes:
        opened().reply_to_scan(code, dict.fromkeys(ASKED, 2))
    assert "is open" in run("scan", "results").out
    assert run("scan", "close", QUARTER).out == "The self-scan of Q2 2026 is closed.\n"
    said = run("scan", "results").out.splitlines()
    rounds = opened().scan_rounds()
    assert said[0] == speak("en").scan_line(rounds)
    assert said[1].startswith("7 people replied in Q2 2026.")
    assert len(said) == 6
    assert json.loads(run("scan", "results", "--json").out) == json.loads(json.dumps(scan_object(rounds)))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("scan", "codes", QUARTER), "No self-scan of Q2 2026 is open. Open it first."),
        (("scan", "close", QUARTER), "No self-scan of Q2 2026 is open. Open it first."),
        (("scan", "open", QUARTER, "--codes", "4"), "codes: This is too few or too many codes."),
        (("scan", "open", "2099Q1"), "Q1 2099 has not begun yet."),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(run: Run, words: tuple[str, ...], said: str) -> None:  # noqa: F811
    run("init")
    answer = run(*words)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1


def test_a_quarter_has_one_round(run: Run) -> None:  # noqa: F811
    run("init")
    assert run("scan", "open", QUARTER).code == 0
    again = run("scan", "open", QUARTER)
    assert (again.code, again.err[:8]) == (1, "quarter:")
    assert [one.quarter for one in opened().scan_rounds()] == [Quarter(2026, 2)]


@pytest.mark.parametrize(("language", "said"), [("nl", "Vraag mensen"), ("en", "Ask people")])
def test_the_help_of_the_group_is_in_both_languages(run: Run, language: str, said: str) -> None:  # noqa: F811
    assert said in run("--lang", language, "scan", "--help").out
    assert run("scan", "nothing").code == 2
