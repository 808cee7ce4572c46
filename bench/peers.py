"""Other tools at the same work, where this machine has them: python -m bench.peers --cache DIR.

The same file into a database: ours with its rules, guard and history beside the sqlite-utils command and the
sqlite3 shell, which check nothing. A page of entries in an open session beside Datasette's page of the same
table, which comes over plain HTTP. What is absent is said.
"""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench import gen, import_speed, serving, turns
from bench.goals import Asked, Figure, alone, drawn
from tests.conftest import free_port
from tests.trust.wire import call

_ROUNDS_OF_IMPORT = 3
_FEWEST_ROWS = 1_000


def measure(asked: Asked) -> list[Figure]:
    """The import ratio and the page of entries, at the large log."""
    return [_import(asked), *_entries(asked)]


def _import(asked: Asked) -> Figure:
    place, size = asked.folder("peers"), asked.large
    path = place / "activities.csv"
    import_speed.write(path, import_speed.rows(size))
    contest: dict[str, Callable[[], float]] = {
        "ours": lambda: size / import_speed.apart("csv", path).per_second,
        "sqlite-utils": lambda: size / import_speed.apart("sqlite-utils", path).per_second,
    }
    shell = shutil.which("sqlite3")
    if shell:
        contest["sqlite3"] = turns.timed(partial(_shell, shell, path, place / "shell.db"))
    rounds = turns.in_turns(contest, _ROUNDS_OF_IMPORT, warm_up=0)
    times = ", ".join(f"{name} {rounds.median(name):.1f}" for name in contest)
    beside = f"{times} s{'' if shell else '; sqlite3 is not on this machine'}"
    return drawn("P7", rounds, turns.ratio_of("sqlite-utils", "ours"), size=size, beside=beside)


def _shell(shell: str, path: Path, database: Path) -> None:
    database.unlink(missing_ok=True)
    words = [shell, str(database), ".mode csv", f".import {path} activity"]
    subprocess.run(words, check=True, capture_output=True)


def _entries(asked: Asked) -> Iterator[Figure]:
    size = asked.large
    place = asked.folder("peers")
    database = gen.copied(asked.cache, size, place)
    with ExitStack() as stack:
        server = stack.enter_context(serving.running(place, serving.OURS, TRACKER_DB=str(database)))
        line = stack.enter_context(call(server.url)).run()
        page = line.pages()["log"]
        line.run(page=page)
        form = next(one for kind, one in line.elements() if kind == "button_group")
        show = partial(line.run, page=page, change=_third(form))
        assert any("dataframe" in kind for kind, _ in show().elements()), "no list of entries"
        contest = {"ours": turns.timed(show)}
        program = asked.datasette or shutil.which("datasette") or ""
        if program:
            url = stack.enter_context(_datasette(program, database))
            contest["datasette"] = turns.timed(partial(_read, f"{url}/tracker/activity?_size=25"))
        rounds = turns.in_turns(contest, asked.rounds)
    beside = "Datasette is not on this machine"
    if program:
        beside = f"Datasette {1000 * rounds.median('datasette'):.0f} ms"
    yield drawn("P11", rounds, turns.quantile_of("ours"), times=1000, size=size, beside=beside)


def _third(form: Any) -> Callable[[Any], None]:
    """Chooses the third of the choices: what was logged before."""

    def change(script: Any) -> None:
        state = script.widget_states.widgets.add()
        state.id = form.id
        state.string_array_value.data.append(form.options[2].content)

    return change


@contextmanager
def _datasette(program: str, database: Path) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [program, "serve", str(database), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        serving.Server(url, process).wait()
        time.sleep(0.5)  # it answers a moment before it has read the tables
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _read(url: str) -> None:
    with urllib.request.urlopen(url, timeout=60) as answer:
        assert len(answer.read()) > _FEWEST_ROWS


if __name__ == "__main__":
    alone(measure, sizes=(100_000,), rounds=20)
