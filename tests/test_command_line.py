"""The command line does the same work, says one clear line per problem, and leaves with a code."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tracker import store
from tracker.__main__ import main
from tracker.analysis import assess
from tracker.analysis.question import Question
from tracker.commands import filling
from tracker.exchange.sheet import TABLES
from tracker.records import Activity
from tracker.words import speak
from tracker.words.codes import CODES
from tracker.words.import_problems import PROBLEMS
from tracker.words.imports import NOTES

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it left."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command in an empty folder, in English unless said otherwise."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRACKER_DB", raising=False)
    monkeypatch.setenv("LC_ALL", "C")

    def command(*words: str | Path) -> Answer:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(int(left.value.code or 0), said.out, said.err)

    return command


@pytest.fixture
def meetings(tmp_path: Path) -> Path:
    """Two meetings in a file."""
    path = tmp_path / "activities.csv"
    path.write_text("date,kind\n2024-01-08,training\n2024-01-15,training\n")
    return path


def activities(path: Path) -> int:
    return len(store.open(path, now=lambda: datetime.now(UTC)).records(Activity))


def test_a_first_day_from_nothing_to_a_verdict(run: Run, meetings: Path) -> None:
    assert run("init", "--municipality", "Vliethoven").code == 0
    assert run("import", meetings).code == 0
    answer = run("verdict", "--until", "2024-06-30")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Too early to say whether cooperation persists.")
    assert run("verify").code == 0
    assert activities(Path("data/tracker.db")) == 2


def test_the_verdict_is_the_same_string_as_everywhere(run: Run) -> None:
    run("example")
    example = store.open("data/example.db", now=lambda: datetime.now(UTC))
    last = max(held.record.happened_on for held in example.records(Activity))
    question = Question(until=last)
    finding = assess(example.log(question), question, example.meetings(last)).finding
    for language in ("nl", "en"):
        say = speak(language)
        answer = run("--lang", language, "--db", "data/example.db", "verdict", "--until", last.isoformat())
        lines = answer.out.splitlines()
        assert lines[0] == say.sentence(finding)
        assert lines[1] == say.certainty(finding)
        assert lines[2] == say.both_verdicts(finding)
        assert lines[3].endswith(say.next_step(finding))
        assert lines[4] == say.what_counts(finding)


def test_json_is_one_object_and_nothing_else(run: Run) -> None:
    run("example")
    answer = run(
        "--db", "data/example.db", "verdict", "--json", "--min-severity", "3", "--calendar", "every-day"
    )
    held = json.loads(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.count("\n") == 1
    assert held["verdict"] in CODES
    assert {one["status"] for one in held["estimates"].values()} <= set(CODES)
    assert {one["severity"] for one in held["incidents"]} <= {3, 4, 5}


@pytest.fixture
def agreed(run: Run, tmp_path: Path) -> None:
    """A weekly meeting that goes on until June 2024, and a monthly one that stopped in January."""
    arrangements, held = tmp_path / "arrangements.csv", tmp_path / "activities.csv"
    arrangements.write_text(
        "name,kind,cadence,start\nWeegploeg,unrest_core_team,FREQ=WEEKLY,2023-07-03\n"
        "Scholenoverleg,schools_safety_consultation,FREQ=WEEKLY;INTERVAL=4,2023-07-03\n"
    )
    first = date(2023, 7, 3)
    weekly = [f"{first + timedelta(weeks=n)},regular_meeting,Weegploeg" for n in range(52)]
    monthly = [f"{first + timedelta(weeks=4 * n)},regular_meeting,Scholenoverleg" for n in range(8)]
    held.write_text("\n".join(["date,kind,arrangement", *weekly, *monthly]) + "\n")
    assert run("import", arrangements, held).code == 0


@pytest.mark.usefixtures("agreed")
def test_every_arrangement_has_a_line_and_together_they_have_one(run: Run) -> None:
    answer = run("rhythm", "--until", "2024-06-30")
    assert (answer.code, answer.err) == (0, "")
    silent, going, together = answer.out.splitlines()
    assert silent.startswith("Scholenoverleg: every 4 weeks · last 12 months: ")
    assert " · gone quiet, last in January 2024 · Last met on 15 January 2024, 167 days ago. " in silent
    assert going.startswith("Weegploeg: every week · ")
    assert going.endswith(" · on rhythm · Last met on 24 June 2024, 6 days ago.")
    assert "agreed meetings took place." in together


@pytest.mark.usefixtures("agreed")
def test_the_rhythm_is_told_as_it_looked_on_the_day_asked_for(run: Run) -> None:
    for until, state in (("2024-01-20", "on_rhythm"), ("2024-06-30", "dormant")):
        answer = run("rhythm", "--json", "--arrangement", "Scholenoverleg", "--until", until)
        held = json.loads(answer.out)
        assert (held["until"], answer.out.count("\n")) == (until, 1)
        assert [one["state"] for one in held["arrangements"]] == [state]


@pytest.mark.usefixtures("agreed")
def test_one_arrangement_is_asked_for_by_name(run: Run) -> None:
    one = run("rhythm", "--arrangement", " weegploeg", "--until", "2024-06-30")
    assert (one.code, len(one.out.splitlines())) == (0, 1)
    assert one.out.startswith("Weegploeg: ")
    for words in (["--json"], []):
        none = run("rhythm", "--arrangement", "Weeg", *words)
        assert (none.code, none.out) == (1, "")
        assert none.err == "--arrangement: There is no “Weeg”. Without --arrangement you see all names.\n"


@pytest.mark.usefixtures("agreed")
def test_what_goes_quiet_is_a_block_an_arrangement(run: Run) -> None:
    answer = run("quiet", "--until", "2024-06-30")
    assert (answer.code, answer.err) == (0, "")
    name, state, silence = answer.out.splitlines()
    assert (name, state) == ("Scholenoverleg", "gone quiet, last in January 2024")
    assert silence.startswith("Last met on 15 January 2024, 167 days ago.")
    blocks = run("--lang", "nl", "quiet", "--until", "2024-12-31").out.split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == ["Scholenoverleg", "Weegploeg"]
    assert "stilgevallen" in blocks[0]


@pytest.mark.usefixtures("agreed")
def test_nothing_at_all_is_said_when_all_is_well(run: Run) -> None:
    assert run("quiet", "--until", "2024-01-20") == Answer(0, "", "")
    run("--db", "empty.db", "init")
    assert run("--db", "empty.db", "quiet") == Answer(0, "", "")
    assert run("--db", "empty.db", "rhythm").out == "No arrangement has a rhythm yet.\n"
    assert run("quiet", "--until", "2024-06-30").out != ""


@pytest.mark.usefixtures("agreed")
def test_the_verdict_shows_both_pillars_without_any_incident(run: Run) -> None:
    held = json.loads(run("verdict", "--json", "--until", "2024-06-30").out)
    assert held["activity_verdict"] == "too_early"
    assert held["structure_verdict"] in {"holds", "slips", "undecided"}
    assert held["verdict"] != "too_early"
    assert (held["structure"]["arrangements"], held["structure"]["dormant"]) == (2, 1)
    lines = run("verdict", "--until", "2024-06-30").out.splitlines()
    assert lines[2].startswith("What partners do together: too early. The agreed rhythm: ")
    early = json.loads(run("verdict", "--json", "--until", "2023-07-10").out)
    assert (early["verdict"], early["structure_verdict"]) == ("too_early", "too_early")


def test_only_the_kinds_asked_for_count_by_code_or_label(run: Run) -> None:
    run("example")
    counts = [
        json.loads(run("--db", "data/example.db", "verdict", "--json", *kinds).out)["counts"]["activities"]
        for kinds in ([], ["--kind", "training"], ["--kind", "training of bijscholing", "--kind", "Dialogue"])
    ]
    assert counts[0] > counts[2] > counts[1] > 0
    answer = run("--db", "data/example.db", "verdict", "--kind", "borrel")
    assert (answer.code, answer.out) == (1, "")
    assert "borrel" in answer.err


def test_an_import_says_what_it_did_and_what_it_skipped(run: Run, meetings: Path) -> None:
    assert run("import", meetings).out == "2 new activities\n"
    assert run("import", meetings).out == "Nothing new.\n2 rows are here already: skipped.\n"
    assert activities(Path("data/tracker.db")) == 2


def test_a_trial_import_writes_nothing(run: Run, meetings: Path) -> None:
    trial = run("import", "--dry-run", meetings)
    assert (trial.code, trial.out.splitlines()) == (
        0,
        ["This was a trial: nothing was imported. The import would do this:", "2 new activities"],
    )
    assert not Path("data/tracker.db").exists()
    run("init")
    run("import", "--dry-run", meetings)
    assert activities(Path("data/tracker.db")) == 0
    run("import", meetings)
    assert activities(Path("data/tracker.db")) == 2


def test_an_import_with_a_wrong_row_writes_nothing_and_names_it(run: Run, meetings: Path) -> None:
    with meetings.open("a") as file:
        file.write("2024-02-30,training\n31-12-24,training\n")
    answer = run("import", meetings)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines() == [
        "activities.csv, line 4, column date: “2024-02-30” This day does not exist. Check it.",
        "activities.csv, line 5, column date: “31-12-24” The year has two digits. Write it with four.",
        "Nothing was imported.",
    ]
    assert activities(Path("data/tracker.db")) == 0


def test_a_refused_import_says_no_word_of_success(run: Run, meetings: Path) -> None:
    missing = run("import", "nowhere.csv")
    assert (missing.code, missing.out) == (1, "")
    assert missing.err.splitlines()[-1] == "Nothing was imported."
    meetings.write_text("date,kind,wie\n2024-01-08,training,x\n2024-02-30,training,x\n")
    for trial in ([], ["--dry-run"]):
        answer = run("import", *trial, meetings)
        assert answer.out == "activities.csv, column wie: This column is not known and was ignored.\n"
        assert answer.err.splitlines()[-1] == "Nothing was imported."


def test_the_preview_names_new_organisations_kinds_and_arrangements(run: Run, meetings: Path) -> None:
    meetings.write_text("date,kind,arrangement\n2024-01-08,Borrel,Weegploeg\n")
    partners = meetings.with_name("partners.csv")
    partners.write_text("name,domain\nPolitie,safety\nGGD,care\n")
    dutch = run("--lang", "nl", "import", "--dry-run", meetings, partners).out.splitlines()
    assert "Nieuwe organisaties: Politie, GGD." in dutch
    assert "Nieuwe soorten activiteit, geteld als gezamenlijk: Borrel." in dutch
    assert "Nieuwe samenwerkingsvormen zonder ritme: Weegploeg." in dutch


def test_the_preview_says_how_days_with_slashes_were_read(run: Run, meetings: Path) -> None:
    meetings.write_text("date,kind\n03/04/2024,training\n25/03/2024,training\n")
    line = "activities.csv: Days such as 03/04/2024 were read day first, because line 3 says 25/03/2024."
    assert line in run("import", "--dry-run", meetings).out.splitlines()
    meetings.write_text("date,kind\n03/04/2024,training\n03/25/2024,training\n")
    assert "month first" in run("import", "--dry-run", meetings).out
    meetings.write_text("date,kind\n25/03/2024,training\n2024-03-26,training\n")
    assert "first" not in run("import", "--dry-run", meetings).out


def test_data_of_a_person_is_refused_and_the_command_line_overrides_nothing(run: Run, meetings: Path) -> None:
    meetings.write_text(
        "date,kind,title,note\n2024-01-08,training,bel 06-12345678,jan@voorbeeld.nl\n2024-01-09,training,,\n"
    )
    answer = run("import", meetings)
    assert answer.code == 1
    assert "title" in answer.err.splitlines()[0]
    assert "This looks like a telephone number." in answer.err
    assert "06-12345678" not in answer.err
    meetings.write_text("date,kind,title\n2024-01-08,training,met mevr. Jansen\n")
    answer = run("import", meetings)
    assert (answer.code, answer.err.splitlines()[-1]) == (1, "Nothing was imported.")
    assert "title (name with a title)" in answer.err
    assert "on the screen" in answer.err
    assert activities(Path("data/tracker.db")) == 0


def test_a_report_holds_the_preview_and_every_problem(run: Run, meetings: Path) -> None:
    with meetings.open("a") as file:
        file.write("2024-02-30,training\n2024-03-01,=jan@voorbeeld.nl\n")
    assert run("--lang", "nl", "import", "--report", "fouten.csv", meetings).code == 1
    lines = Path("fouten.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Bestand;Regel;Kolom;Code van de melding;Melding"
    assert lines[1] == ";;;refused;Er is niets geïmporteerd."
    assert lines[2].startswith("activities.csv;4;date;no_such_day;“2024-02-30” ")
    assert "activities.csv;5;kind;looks_like_email;" in "\n".join(lines)
    assert "jan@voorbeeld.nl" not in "\n".join(lines)
    meetings.write_text("date,kind\n2024-01-08,training\n")
    assert run("import", "--report", "fouten.csv", meetings).code == 0
    lines = Path("fouten.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "File,Line,Column,Code of the message,Message",
        ",,,imported,The import was done.",
        ",,,new,1 new activity",
    ]


def test_a_report_never_goes_over_a_file_of_somebody(run: Run, meetings: Path) -> None:
    before = meetings.read_bytes()
    for taken in (meetings, "data/tracker.db", "nowhere/report.csv"):
        answer = run("import", "--report", taken, meetings)
        assert (answer.code, answer.out, len(answer.err.splitlines())) == (1, "", 1)
    assert (meetings.read_bytes(), activities(Path("data/tracker.db"))) == (before, 0)
    assert run("import", "--report", "free.csv", meetings).code == 0


def test_a_column_is_mapped_by_name(run: Run, meetings: Path) -> None:
    answer = run("import", "--map", "kind=arrangement", meetings)
    assert answer.code == 0
    assert "New arrangements without a rhythm: training." in answer.out
    assert run("import", "--map", "kind", meetings).code == 2
    assert run("import", "--map", "kind=nonsense", meetings).code == 2


def test_the_example_never_goes_into_your_own_database(
    run: Run, meetings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DB", "own.db")
    run("import", meetings)
    assert run("example").code == 0
    assert activities(Path("own.db")) == 2
    assert activities(Path("data/example.db")) > 300
    answer = run("--db", "own.db", "example")
    assert (answer.code, activities(Path("own.db"))) == (1, 2)
    assert run("--db", "other.db", "example").code == 0
    assert activities(Path("other.db")) > 300


def test_a_missing_database_is_refused_by_commands_that_only_read(run: Run) -> None:
    for command in ("verdict", "rhythm", "quiet", "verify"):
        answer = run("--db", "nowhere.db", command)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith("nowhere.db: ")
        assert len(answer.err.splitlines()) == 1
    assert not Path("nowhere.db").exists()


@pytest.mark.parametrize("command", ["init", "example", "verdict", "rhythm", "quiet", "verify", "import"])
def test_a_file_that_is_not_ours_is_left_untouched(run: Run, meetings: Path, command: str) -> None:
    own = Path("thesis.db")
    own.write_text("my thesis")
    answer = run("--db", own, command, *([meetings] if command == "import" else []))
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (3, "", 1)
    assert own.read_text() == "my thesis"


def test_a_damaged_database_leaves_with_three(run: Run, meetings: Path) -> None:
    run("import", meetings)
    path = Path("data/tracker.db")
    sound = path.read_bytes()
    path.write_bytes(sound[: len(sound) // 2])
    for command in ("verify", "verdict", "rhythm", "quiet"):
        answer = run(command)
        assert (answer.code, answer.out) == (3, "")
        assert answer.err
    path.write_bytes(sound)
    assert run("verify").code == 0


def test_a_record_changed_behind_our_back_is_named(run: Run, meetings: Path) -> None:
    run("import", meetings)
    assert run("verify").code == 0
    with closing(sqlite3.connect("data/tracker.db")) as database, database:
        database.execute("UPDATE activity SET partner_total = 9 WHERE id = 2")
    answer = run("verify")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.splitlines() == [
        "activity 2: the number of partners was not kept correctly",
        "Log nothing more here. Keep a copy of this file and put back the last backup.",
    ]


def test_a_file_of_another_name_is_told_what_it_holds(run: Run, meetings: Path) -> None:
    own = meetings.rename(meetings.with_name("agenda.csv"))
    assert run("import", own).code == 1
    assert run("import", "--as-table", "activities", own).code == 0
    assert activities(Path("data/tracker.db")) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["verdict", "--until", "2024-02-30"],
        ["rhythm", "--until", "2024-02-30"],
        ["quiet", "--until", "2024-02-30"],
        ["quiet", "--json"],
        ["verdict", "--min-severity", "6"],
        ["verdict", "--calendar", "lunar"],
        ["import"],
        ["--lang", "fr", "codes"],
    ],
)
def test_wrong_usage_leaves_with_two(run: Run, words: list[str]) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


@pytest.mark.parametrize(
    ("words", "dutch", "english"),
    [
        ([], "Zeg wat er moet gebeuren: kies init,", "Say what to do: choose init,"),
        (["nonsense"], "De opdracht nonsense bestaat niet.", "There is no command nonsense."),
        (["--nonsense"], "De optie --nonsense bestaat niet.", "There is no option --nonsense."),
        (["verdict", "--nonsense"], "De optie --nonsense bestaat niet.", "There is no option --nonsense."),
        (["verdict", "--until", "2024-13-01"], "--until: “2024-13-01” is geen dag", "--until: “2024-13-01”"),
        (["verdict", "--until"], "Bij --until ontbreekt een waarde", "--until lacks its value"),
        (["verdict", "--json=1"], "Bij --json ontbreekt een waarde", "--json lacks its value"),
        (
            ["verdict", "--min-severity", "6"],
            "--min-severity: Geef een geheel",
            "--min-severity: Give a whole",
        ),
        (
            ["verdict", "--calendar", "x"],
            "--calendar: Kies working-days of",
            "--calendar: Choose working-days",
        ),
        (["import"], "Er ontbreekt iets: schrijf PATHS...", "Something is missing: write PATHS..."),
        (["import", "--map", "foo", "a.csv"], "--map: “foo” zegt niet", "--map: “foo” does not say"),
        (["import", "--map", "a=foo", "a.csv"], "--map: “a=foo” zegt niet", "--map: “a=foo” does not say"),
        (["verify", "now"], "Er staat een woord te veel.", "There is a word too many."),
    ],
)
def test_wrong_usage_is_told_in_the_language_asked_for(
    run: Run, words: list[str], dutch: str, english: str
) -> None:
    for language, start in (("nl", dutch), ("en", english)):
        answer = run("--lang", language, *words)
        assert (answer.code, answer.out) == (2, "")
        told, where = answer.err.splitlines()
        assert told.startswith(start)
        assert "--help" in where


def test_an_unknown_language_is_told_in_the_language_of_the_system(run: Run) -> None:
    assert run("--lang", "fr", "codes").err.startswith("--lang: Choose nl or en.")


@pytest.mark.parametrize("option", ["--from", "--until"])
def test_a_day_that_no_log_can_hold_is_wrong_usage(run: Run, option: str) -> None:
    run("init")
    for day in ("1900-01-01", "1999-12-31", "9999-01-01", "01/02/2024", "31-12-24"):
        answer = run("verdict", option, day)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"{option}: “{day}” is no day from 2000-01-01 to ")
    assert run("verdict", option, "2000-01-01").code in (0, 1)
    assert run("verdict", "--until", "31-12-2024").code == 0


def test_a_device_is_not_called_a_folder(run: Run, tmp_path: Path) -> None:
    assert "folder" not in run("--db", "/dev/null", "verify").err
    assert run("--db", "/dev/null", "verify").code == 3
    assert "folder" in run("--db", tmp_path, "verify").err


def test_a_period_that_ends_before_it_starts_is_refused(run: Run) -> None:
    run("init")
    answer = run("verdict", "--from", "2024-06-30", "--until", "01-06-2024")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("--from: ")


def test_every_code_is_listed_with_its_meaning(run: Run) -> None:
    lines = run("codes").out.splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines] == list(CODES | NOTES | PROBLEMS)
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)


def test_help_is_spoken_in_the_language_asked_for(run: Run) -> None:
    english, dutch = run("--help"), run("--lang", "nl", "--help")
    assert (english.code, dutch.code) == (0, 0)
    for command in ("init", "example", "import", "verdict", "rhythm", "quiet", "verify", "codes"):
        assert f"\n  {command}" in english.out
        assert f"\n  {command}" in dutch.out
        assert run(command, "--help").code == 0
    assert "Show this text." in english.out
    assert "Show this text." not in dutch.out


def test_the_language_of_the_system_is_followed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init")
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    assert run("verdict").out.startswith(speak("nl")("Too early to say whether cooperation persists."))
    assert run("--lang", "en", "verdict").out.startswith("Too early")


def test_it_runs_as_a_module_with_warnings_as_errors(tmp_path: Path) -> None:
    words = [sys.executable, "-W", "error", "-m", "tracker", "--db", str(tmp_path / "t.db"), "init"]
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "t.db").exists()


def test_an_import_says_how_to_take_it_back_and_undo_does(run: Run, meetings: Path) -> None:
    done = run("import", meetings)
    assert done.out == "2 new activities\n"
    told, _, command = done.err.strip().partition(": python -m tracker ")
    assert told == "To take this import back"
    assert run(*command.split()).out == "2 entries were taken back.\n"
    assert run("import", meetings).out == "2 new activities\n"
    assert run("verify").code == 0


def test_an_import_can_be_told_of_every_table_what_a_file_holds() -> None:
    assert set(filling.TABLES) == set(TABLES)


def test_who_was_there_comes_in_with_a_reason_and_goes_out_again(
    run: Run, tmp_path: Path, meetings: Path
) -> None:
    partners = tmp_path / "partners.csv"
    partners.write_text("name,domain\nPolitie,safety\n")
    assert run("import", meetings, partners).code == 0
    (tmp_path / "wie").mkdir()
    present = tmp_path / "wie" / "participants.csv"
    present.write_text("date,kind,participant\n2024-01-08,training,Politie\n")
    told = "1 new row about who was there\n"
    trial = run("import", tmp_path / "wie", "--dry-run")
    assert told in trial.out
    done = run("import", tmp_path / "wie")
    assert done.out.startswith(told)
    log = store.open(tmp_path / "data" / "tracker.db", now=lambda: datetime.now(UTC))
    assert [held.record.partner_ids for held in log.records(Activity)] == [(1,), ()]
    assert log.history(Activity, 1)[-1].reason == "Who was there, from a list that came in"
    assert run("import", present).out.splitlines() == ["Nothing new.", "1 row is here already: skipped."]
    undone = run("undo", done.err.split()[-1])
    assert undone.out == "1 entry is again as it was before the import.\n"
    assert [held.record.partner_ids for held in log.records(Activity)] == [(), ()]
    other = tmp_path / "wie.csv"
    other.write_text("date,kind,participant\n2024-01-08,training,P001\n")
    refused = run("import", other, "--as-table", "participants")
    assert (refused.code, "wie.csv, line 2, column participant: “P001”" in refused.err) == (1, True)


def test_undo_names_what_it_left_and_refuses_an_unknown_import(
    run: Run, tmp_path: Path, meetings: Path
) -> None:
    batch = run("import", meetings).err.split()[-1]
    log = store.open(tmp_path / "data" / "tracker.db", now=lambda: datetime.now(UTC))
    (first, *_) = log.records(Activity)
    log.correct(first.id, replace(first.record, title="Rel"), seen_version=1, reason="naam", by="collega")
    day = first.record.happened_on.isoformat()
    assert run("undo", batch, "--reason", "verkeerd bestand").out.splitlines() == [
        "1 entry was taken back.",
        f"Left: Activity {day} Rel. It was changed since.",
    ]
    assert run("undo", "b2").code == 1
    assert "“b2”" in run("--lang", "nl", "undo", "b2").err
    assert run("undo").code == 2


def test_an_export_comes_back_into_an_empty_database_with_the_same_verdict(run: Run, tmp_path: Path) -> None:
    run("example")
    for words in (["--lang", "nl"], ["--lang", "en"]):
        out = tmp_path / words[1]
        assert run(*words, "--db", "data/example.db", "export", out).code == 0
        other = tmp_path / f"{words[1]}.db"
        assert run("--db", other, "import", out).code == 0
        assert run("--db", other, "import", out).out.startswith("Nothing new.")
        told = [run("--db", path, "verdict", "--json").out for path in ("data/example.db", other)]
        assert told[0] == told[1]
        told = [run("--db", path, "rhythm", "--json").out for path in ("data/example.db", other)]
        assert told[0] == told[1]


def test_an_export_may_be_a_workbook_or_a_calendar(run: Run, tmp_path: Path, meetings: Path) -> None:
    run("import", meetings)
    assert run("export", "all.xlsx").out == "The export is ready: all.xlsx\n"
    assert run("--db", "other.db", "import", "all.xlsx").out == "2 new activities\n"
    assert run("export", "planned.ics").code == 0
    assert (tmp_path / "planned.ics").read_text().startswith("BEGIN:VCALENDAR")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "incidents.csv").write_text("mijn,lijst\n")
    assert run("export", "own").code == 1
    assert run("--db", "nowhere.db", "export", "out").code == 1


def test_what_a_file_does_not_say_can_be_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "activities.csv"
    path.write_bytes("date,kind,title\n03/04/2024,training,café\n".encode("cp850"))
    assert run("import", path).code == 1
    assert run("import", "--encoding", "cp850", path).code == 1
    assert run("import", "--encoding", "cp850", "--date-order", "month", path).code == 0
    (held,) = store.open(tmp_path / "data" / "tracker.db", now=lambda: datetime.now(UTC)).records(Activity)
    assert (held.record.happened_on, held.record.title) == (date(2024, 3, 4), "café")
