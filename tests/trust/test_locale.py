"""Trust T29: what the product says hangs on no setting of the machine: not its language, letters or zone."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SURROUNDINGS = {
    "dutch": {"LC_ALL": "nl_NL.UTF-8", "LANG": "nl_NL.UTF-8", "TZ": "Europe/Amsterdam"},
    "american": {"LC_ALL": "en_US.UTF-8", "TZ": "America/New_York"},
    "ascii": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati"},
    "nothing": {},
}
# Words, an export and the verdict of one made-up log, as bytes.
SAID = """
import sys, tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tracker import store as stores
from tracker.analysis import assess
from tracker.analysis.question import Question
from tracker.exchange import export, tables_out
from tracker.records import Activity, Incident, Partner
from tracker.words import speak

now = lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
day = date(2026, 6, 1)
with tempfile.TemporaryDirectory() as folder:
    store = stores.create(Path(folder) / "tracker.db", now=now, municipality="Súdwest-Fryslân")
    store.add_all(
        [Partner(name="Züid-Één €", domain="safety")]
        + [Incident(happened_on=day - timedelta(days=200), title="Onrust café 漢", severity=4)]
        + [Activity(happened_on=day - timedelta(days=7 * n), kind="training") for n in range(60)],
        by="anna", batch="b",
    )
    question = Question(until=day)
    found = assess(store.log(question), question).finding
    out = sys.stdout.buffer
    for language in ("nl", "en"):
        say = speak(language)
        out.write(f"{say.sentence(found)} {say.date(day)} {say.week(day)}\\n".encode())
    for table in tables_out.tables(store, dutch=True):
        out.write(export.csv_bytes(table, dutch=True))
    out.write(repr([(one.seq, one.at) for one in store.changes(stores.Asked(), limit=9)]).encode())
"""


def said(folder: Path, surroundings: dict[str, str], source: str = SAID) -> str:
    """A hash of what a fresh program says there."""
    program = folder / "said.py"
    program.write_text(source, encoding="utf-8")
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **surroundings}
    answer = subprocess.run([sys.executable, program], env=around, capture_output=True, check=False)
    assert answer.returncode == 0, answer.stderr.decode(errors="replace")
    assert len(answer.stdout) > 10
    return hashlib.sha256(answer.stdout).hexdigest()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> str:
    return said(tmp_path_factory.mktemp("here"), SURROUNDINGS["dutch"])


@pytest.mark.parametrize("name", [name for name in SURROUNDINGS if name != "dutch"])
def test_the_same_log_says_the_same_whatever_the_machine_speaks(name: str, here: str, tmp_path: Path):
    assert said(tmp_path, SURROUNDINGS[name]) == here


def test_a_program_that_follows_the_machine_is_noticed(tmp_path: Path):
    """The control: the local hour is another in every zone."""
    local = "import time; print('at', time.strftime('%H', time.localtime(0)), time.tzname, 'there')"
    assert len({said(tmp_path, one, local) for one in SURROUNDINGS.values()}) > 2
