"""A backup and its return from the command line: one line each, the same verdict after as before."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.test_command_line import Run, run  # noqa: F401
from tracker import store
from tracker.records import Activity

DATABASE = Path("data/tracker.db")


def activities() -> int:
    return len(store.open(DATABASE, now=lambda: datetime.now(UTC)).records(Activity))


@pytest.fixture
def logged(run: Run, tmp_path: Path) -> str:  # noqa: F811
    """Forty weekly meetings around one incident; what the verdict says of them."""
    (tmp_path / "incidents.csv").write_text("date,title,severity\n2024-03-04,Onrust,4\n")
    days = [f"2024-{month:02}-{day:02},training" for month in range(1, 11) for day in (1, 8, 15, 22)]
    (tmp_path / "activities.csv").write_text("\n".join(["date,kind", *days]) + "\n")
    assert run("import", tmp_path / "incidents.csv", tmp_path / "activities.csv").code == 0
    return run("verdict", "--until", "2024-12-31", "--json").out


def test_a_drill_backup_mistake_restore_and_the_verdict_is_the_same(run: Run, logged: str, tmp_path: Path):  # noqa: F811
    made = run("backup", "copy.db")
    assert (made.code, made.out, made.err) == (0, "The backup is ready and verified: copy.db\n", "")
    assert stat.S_IMODE(Path("copy.db").stat().st_mode) == 0o600
    mistake = "date,kind\n2024-11-05,training\n2024-11-12,training\n2024-11-19,training\n"
    (tmp_path / "activities.csv").write_text(mistake)
    assert run("import", tmp_path / "activities.csv").code == 0
    changed = run("verdict", "--until", "2024-12-31", "--json").out
    assert (changed != logged, activities()) == (True, 43)
    back = run("restore", "copy.db")
    kept = next(Path("data").glob("tracker.before-restore-*.db"))
    assert (back.code, back.err) == (0, "")
    assert back.out.splitlines() == [
        f"What stood there is kept: {kept}",
        "The backup is put back: data/tracker.db",
        "Is the dashboard running? Then restart it now.",
    ]
    assert run("verify").code == 0
    with closing(sqlite3.connect("data/tracker.db")) as conn:
        told = conn.execute("SELECT action, object, result FROM access_log ORDER BY seq").fetchall()
    assert ("restore_backup", "copy.db", "ok") in told
    assert run("verdict", "--until", "2024-12-31", "--json").out == logged
    assert run("--db", kept, "verdict", "--until", "2024-12-31", "--json").out == changed


@pytest.mark.usefixtures("logged")
def test_an_earlier_backup_is_replaced_only_when_asked(run: Run):  # noqa: F811
    run("backup", "copy.db")
    first = Path("copy.db").read_bytes()
    again = run("backup", "copy.db")
    assert (again.code, again.out) == (1, "")
    assert again.err == (
        "copy.db: There is a backup with this name already. Choose another name, or add --replace.\n"
    )
    run("init")
    assert Path("copy.db").read_bytes() == first
    assert run("backup", "copy.db", "--replace").code == 0


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("words", [("backup",), ("backup", "--replace")])
def test_what_is_no_backup_of_ours_is_never_written_over(run: Run, words: tuple[str, ...]):  # noqa: F811
    Path("begroting.txt").write_text("belangrijk")
    answer = run(*words, "begroting.txt")
    assert (answer.code, answer.err[:15], answer.err.count("\n")) == (1, "begroting.txt: ", 1)
    assert Path("begroting.txt").read_text() == "belangrijk"


@pytest.mark.usefixtures("logged")
def test_a_damaged_backup_is_refused_with_3_and_nothing_changes(run: Run):  # noqa: F811
    run("backup", "copy.db")
    with closing(sqlite3.connect("copy.db", isolation_level=None)) as conn:
        conn.execute("UPDATE activity SET title = 'Anders' WHERE id = 3")
    before = DATABASE.read_bytes(), sorted(Path("data").iterdir())
    answer = run("restore", "copy.db")
    assert (answer.code, answer.out) == (3, "")
    said = "copy.db: This backup is damaged. Nothing was changed. Put back an earlier one.\n"
    assert answer.err == said
    assert run("--lang", "nl", "restore", "copy.db").err.startswith("copy.db: Deze back-up is beschadigd.")
    assert (DATABASE.read_bytes(), sorted(Path("data").iterdir())) == before


@pytest.mark.usefixtures("logged")
def test_a_damaged_database_gives_no_backup_and_leaves_with_3(run: Run):  # noqa: F811
    with closing(sqlite3.connect(DATABASE, isolation_level=None)) as conn:
        conn.execute("UPDATE activity SET title = 'Anders' WHERE id = 3")
    answer = run("backup", "copy.db")
    assert (answer.code, answer.err[:17], Path("copy.db").exists()) == (3, "data/tracker.db: ", False)


def test_without_a_database_or_a_backup_both_say_so(run: Run):  # noqa: F811
    assert run("backup", "copy.db").code == 1
    answer = run("restore", "copy.db")
    assert (answer.code, answer.err[:9], DATABASE.exists()) == (1, "copy.db: ", False)
    assert run("restore").code == run("backup").code == 2


@pytest.mark.parametrize(("language", "said"), [("nl", "Zet een back-up terug"), ("en", "Put a backup back")])
def test_the_help_is_in_both_languages(run: Run, language: str, said: str):  # noqa: F811
    assert said in run("--lang", language, "restore", "--help").out
