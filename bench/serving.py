"""A script as a running server of its own, what its process holds in memory, and a browser to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.conftest import _chromium, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
HELLO, TWIN, OURS = "bench/floor/hello.py", "bench/floor/twin.py", "dashboard.py"
OLD = "[data-stale=true], [data-testid=stSkeleton], [data-testid=stAppSkeleton]"
_SECONDS_TO_START = 60
# A page that stands behind another one must not be slowed down by the browser: all take turns in one.
_ALL_ALIKE = (
    "--no-sandbox",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def megabytes(self) -> float:
        """What the process holds in memory now."""
        return megabytes(self.process.pid)

    def wait(self) -> None:
        """Until it takes a connection."""
        port, limit = urlsplit(self.url).port, time.monotonic() + _SECONDS_TO_START
        while True:
            try:
                socket.create_connection(("127.0.0.1", port or 0), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < limit, f"{self.url} does not start"
                time.sleep(0.01)


@contextmanager
def starting(folder: Path, script: str, **environment: str) -> Iterator[Server]:
    """`streamlit run` of a script, which may not answer yet; a home of its own keeps other settings out."""
    port = free_port()
    words = ("-m", "streamlit", "run", script, "--server.headless", "true", "--server.port", str(port))
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "HOME": str(folder), "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def running(folder: Path, script: str, **environment: str) -> Iterator[Server]:
    """The same once it answers."""
    with starting(folder, script, **environment) as server:
        server.wait()
        yield server


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium without a window, found as the tests find it."""
    from playwright.sync_api import sync_playwright

    executable = _chromium()
    assert executable, "no Chromium found: install the package chromium or set CHROMIUM to its path"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(_ALL_ALIKE))
        yield chromium
        chromium.close()


def opened(browser: Browser, url: str = "") -> Page:
    """A page of a visitor who was never here before; drawn when an address is given."""
    context = browser.new_context(
        locale="nl-NL",
        viewport={"width": 1280, "height": 1400},
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if url:
        page.goto(url)
        drawn(page)
    return page


def drawn(page: Page) -> None:
    """Waits until the script has run and nothing old or empty is on the screen."""
    page.wait_for_selector(
        "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]",
        timeout=120_000,
    )
    page.wait_for_selector("[data-testid=stMain] [data-testid=stElementContainer]", state="attached")
    page.wait_for_function("old => !document.querySelector(old)", arg=OLD, timeout=120_000)
    assert not page.get_by_test_id("stException").count(), f"an error stands on {page.url}"


def megabytes(pid: int) -> float:
    """The resident memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
