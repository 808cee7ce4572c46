"""What a server holds in memory: python -m bench.memory --cache DIR.

After the first page with one session, and by how much it grows with each further one, beside hello and the
twin. What the libraries take by themselves is told with it: a process that imports them and does nothing.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np

from bench import pages
from bench.goals import Asked, Figure, alone
from bench.pages import HELLO_NAME, ours, twin
from bench.serving import ROOT, Server
from tests.trust.wire import call

SESSIONS = 10
# What a process holds that imports no more than these: each line all of those above it too.
IMPORTS = (
    ("Python", "sys"),
    ("streamlit", "streamlit.web.cli"),
    ("pandas", "pandas"),
    ("altair", "altair"),
    ("ours", "tracker.pages.around.readings, tracker.pages.parts.picture, tracker.store, tracker.words"),
)


def measure(asked: Asked) -> list[Figure]:
    """Both figures at every size that is judged."""
    found = []
    told = "; ".join(f"{name} {held:.0f}" for name, held in imported())
    with pages.everybody(asked, asked.judged) as servers:
        held = {name: list(_held(server)) for name, server in servers.items()}
    for size in asked.judged:
        first = {name: held[one][0] for name, one in _names(size).items()}
        growth = {name: _slope(held[one]) for name, one in _names(size).items()}
        others = f"twin {first['twin']:.0f}, hello {first['hello']:.0f} MB; imports so far: {told}"
        found.append(Figure(key="P9", value=first["ours"], size=size, beside=others))
        others = f"twin {growth['twin']:.1f}, hello {growth['hello']:.1f} MB; of {SESSIONS} more"
        found.append(Figure(key="P9 session", value=growth["ours"], size=size, beside=others))
    return found


def imported() -> Iterator[tuple[str, float]]:
    """Name -> megabytes of a process after it imported this and all before."""
    show = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS')))"
    for number, (name, _) in enumerate(IMPORTS, start=1):
        lines = [f"import {modules}" for _, modules in IMPORTS[:number]]
        done = subprocess.run(
            [sys.executable, "-c", "\n".join([*lines, show])],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        yield name, float(done.stdout) / 1024


def _names(size: int) -> dict[str, str]:
    return {"ours": ours(size), "twin": twin(size), "hello": HELLO_NAME}


def _held(server: Server) -> Iterator[float]:
    """Megabytes with one session, two, and so on; all of them stay."""
    with ExitStack() as stack:
        for _ in range(1 + SESSIONS):
            stack.enter_context(call(server.url)).run()
            yield server.megabytes()


def _slope(held: list[float]) -> float:
    """Megabytes a session, by least squares from the first on."""
    return float(np.polyfit(range(len(held)), held, 1)[0])


if __name__ == "__main__":
    alone(measure, sizes=(100_000,), rounds=1)
