"""Bringing files in loads no more than it needs: what a program holds is memory the rows cannot have."""

from __future__ import annotations

import subprocess
import sys

# SciPy is there for the fits alone; pandas comes with sqlite-utils, which takes it wherever it is installed.
FITS = {"scipy", "tracker.analysis.decay"}


def loaded(*statements: str) -> set[str]:
    """The modules that a program of these statements has loaded at its end."""
    program = "\n".join([*statements, "import sys", "print(*sys.modules)"])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_to_read_and_to_store_files_the_fits_are_not_loaded() -> None:
    modules = loaded("from tracker import exchange, store")
    assert {"tracker.exchange.reading", "tracker.store.writing"} <= modules
    assert not FITS & modules


def test_the_first_question_to_the_analysis_loads_them() -> None:
    assert loaded("from tracker import exchange, store", "from tracker.analysis import assess") >= FITS
