"""Which code a figure was measured on, and how numpy is kept to one thread."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_ROOT = Path(__file__).parent.parent
_PRODUCT = ("tracker", "dashboard.py")


def commit() -> str:
    """The short hash of the last commit, and whether the product changed since; "unknown" outside git."""
    return _stamp(_git("rev-parse", "--short", "HEAD"))


def product() -> str:
    """The short hash of the last commit that changed the product, and whether it changed since."""
    return _stamp(_git("log", "-1", "--format=%h", "--", *_PRODUCT))


def fingerprint() -> str:
    """The first twelve digits of the sha256 of the analysis' source: the same for the same code."""
    digest = hashlib.sha256()
    for path in sorted((_ROOT / "tracker" / "analysis").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _stamp(last: str) -> str:
    return (last or "unknown") + (" with later changes" if _git("status", "--porcelain", *_PRODUCT) else "")


def _git(*words: str) -> str:
    asked = subprocess.run(["git", *words], cwd=_ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip()
