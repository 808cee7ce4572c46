"""A backup put back on an empty machine, as the README and operations.md say: `python -m bench.cold_restore`.

Clones this repository, makes a new environment, installs, restores, verifies, and compares every line of the
database and the verdict with those of the original. Prints the seconds of each step.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What the machine itself changes: the revision of a restored database begins anew, and both logs its backup.
_OWN = ('INTO "revision"', 'INTO "access_log"', 'INTO "sqlite_sequence"')


def content(path: Path) -> str:
    """A hash of every line of a database but for what a backup and a restore write themselves."""
    digest = sha256()
    with closing(sqlite3.connect(path)) as conn:
        for line in conn.iterdump():
            if not any(one in line for one in _OWN):
                digest.update(line.encode())
    return digest.hexdigest()


def main() -> None:
    """Does it once and says how long each step took; leaves with 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path, help="the database to back up; without it the example is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(_drill(Path(folder), given.db))


def _drill(folder: Path, db: Path | None) -> int:
    here, there = [sys.executable, "-m", "tracker"], folder / "elsewhere"
    if db is None:
        db = folder / "example.db"
        _run("the example", [*here, "--db", str(db), "example"])
    backup = folder / "backup.db"
    _run("backup", [*here, "--db", str(db), "backup", str(backup)])
    said = _run("verdict here", [*here, "--db", str(db), "--lang", "nl", "verdict"])
    began = time.monotonic()
    _run("clone", ["git", "clone", "--quiet", str(ROOT), str(there)], cwd=folder)
    _run("new environment", [sys.executable, "-m", "venv", ".venv"], cwd=there)
    _run("install", [".venv/bin/pip", "install", "--quiet", "-r", "requirements.txt"], cwd=there)
    shutil.move(backup, there / "from-elsewhere.db")
    new = [".venv/bin/python", "-m", "tracker"]
    _run("restore", [*new, "restore", "from-elsewhere.db"], cwd=there)
    _run("verify", [*new, "verify"], cwd=there)
    again = _run("verdict there", [*new, "--lang", "nl", "verdict"], cwd=there)
    print(f"from nothing to a verdict: {time.monotonic() - began:.0f} s")
    same = content(db) == content(there / "data/tracker.db")
    print(f"content equal: {same}; verdict equal: {said == again}")
    return 0 if same and said == again else 1


def _run(what: str, command: list[str], cwd: Path = ROOT) -> str:
    began = time.monotonic()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)
    return done.stdout


if __name__ == "__main__":
    main()
