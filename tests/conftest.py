"""What tests share: clean caches, a running dashboard with its own database, visitors with a browser."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent
SECONDS_TO_START = 60
IDLE = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
STILL_DRAWING = "[data-stale=true], [data-testid=stSkeleton]"
OWN_MAIN = sys.modules["__main__"]  # before any test has drawn a page

# A test that fails on a busy machine says nothing of the product: speed is measured in bench/.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@dataclass(frozen=True)
class Server:
    """A running dashboard: where it answers, its database (made by the first page), its log so far."""

    url: str
    database: Path
    log: Path


@dataclass
class Visitor:
    """Somebody with a browser at the dashboard; `complaints` collects what must never happen there."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str = "/") -> None:
        """Opens a page of the dashboard and waits until it is drawn."""
        self.page.goto(self.url + path)
        self.settle()

    def settle(self) -> None:
        """Waits until the script has run and nothing old is on the screen; after every click."""
        self.page.wait_for_timeout(150)  # a click takes a moment to reach the server
        self.page.wait_for_selector(IDLE, timeout=30_000)
        self.page.wait_for_function("old => !document.querySelector(old)", arg=STILL_DRAWING)
        if self.page.get_by_test_id("stException").count():
            self.complaints.append(f"an error stands on {self.page.url}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Before any fixture: Streamlit leaves each page it runs in the place of `__main__`, and a process that
    starts afterwards would run that page, fail, and be started again for ever."""
    sys.modules["__main__"] = OWN_MAIN


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """Streamlit's caches belong to the process: without this one test would read another's figures."""
    yield
    if "streamlit" in sys.modules:
        import streamlit as st

        st.cache_data.clear()
        st.cache_resource.clear()


@pytest.fixture(scope="module")
def server(dashboard: Callable[..., Server]) -> Server:
    """The dashboard as a newcomer starts it."""
    return dashboard()


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts `streamlit run dashboard.py` with these settings in its environment, until the module ends;
    `dashboard(home=..., port=...)` chooses its home, with the database in it, and its port.

    Fails at the end when a log holds a traceback.
    """
    with ExitStack() as all_of_them:

        def start(home: Path | None = None, port: int = 0, **environment: str) -> Server:
            folder = home or tmp_path_factory.mktemp("server")
            return all_of_them.enter_context(_running(folder, port or free_port(), environment))

        yield start


@contextmanager
def _running(folder: Path, port: int, environment: dict[str, str]) -> Iterator[Server]:
    with (folder / "server.log").open("w") as log:
        running = Server(f"http://127.0.0.1:{port}", folder / "tracker.db", folder / "server.log")
        process = _start(running, log, environment)
        try:
            _wait_until_healthy(process, running)
            yield running
        finally:
            process.terminate()
            process.wait(20)
    said = running.log.read_text()
    assert "Traceback" not in said, said[-5000:]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, closed when the module ends. Without one the test skips, or fails where it is required."""
    executable = _chromium()
    if executable is None:
        _no_browser("no Chromium found: install the package chromium or set CHROMIUM to its path")
    if importlib.util.find_spec("playwright") is None:
        _no_browser("no playwright found: install requirements-dev.txt")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(server: Server, meet: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Makes visitors of `server`: `visit(locale="nl-NL", scheme="light", width=1280, height=1400)`."""
    return partial(meet, server)


@pytest.fixture
def meet(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors of any dashboard: `meet(server, ...) -> Visitor`, with `headers` those they send along.

    The test fails at its end when a visitor's browser met a script error, a line on the console,
    a dialog or a request to anywhere but the dashboard.
    """
    with meeting(browser) as visitor:
        yield visitor


@contextmanager
def meeting(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """The same for more than one test: the visitors leave, and are asked for complaints, at the end of it."""
    visitors: list[Visitor] = []
    contexts: list[BrowserContext] = []

    def visitor(
        of: Server,
        locale: str = "nl-NL",
        scheme: str = "light",
        width: int = 1280,
        height: int = 1400,
        headers: dict[str, str] | None = None,
    ) -> Visitor:
        context = browser.new_context(
            locale=locale,
            color_scheme=scheme,  # type: ignore[arg-type]  # playwright lists the literals
            viewport={"width": width, "height": height},
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            extra_http_headers=headers,
        )
        contexts.append(context)
        visitors.append(Visitor(context.new_page(), of.url))
        _listen(visitors[-1])
        return visitors[-1]

    yield visitor
    for context in contexts:
        context.close()
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    assert not complaints, complaints


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who needs a browser is seen from the fixtures, so that no test can forget the marker."""
    for item in items:
        if {"visit", "meet", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def _listen(visitor: Visitor) -> None:
    page, complain = visitor.page, visitor.complaints.append
    page.on("pageerror", lambda error: complain(f"script error: {error}"))
    page.on("dialog", lambda dialog: (complain(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: _is_ours(visitor, request.url) or complain(f"outside: {request.url}"))
    page.on("websocket", lambda socket: _is_ours(visitor, socket.url) or complain(f"outside: {socket.url}"))
    page.on(
        "console",
        lambda line: (
            line.type not in ("error", "warning")
            or _is_deep_link_noise(line.text, line.location.get("url", ""), visitor.url)
            or complain(f"console: {line.text} ({line.location.get('url')})")
        ),
    )


def _is_ours(visitor: Visitor, url: str) -> bool:
    return url.startswith((visitor.url + "/", visitor.url.replace("http", "ws", 1) + "/", "data:", "blob:"))


def _is_deep_link_noise(text: str, url: str, root: str) -> bool:
    """Streamlit first asks below the page's own address for two files that only the root has."""
    asked = url.endswith(("/_stcore/health", "/_stcore/host-config"))
    return asked and not url.startswith(root + "/_stcore") and "404" in text


def _chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def _no_browser(reason: str) -> None:
    if os.environ.get("CI") == "true" or os.environ.get("TRACKER_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(server: Server, log: TextIO, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A home of its own keeps the developer's own Streamlit settings out of the test."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "dashboard.py",
            "--server.port",
            server.url.rsplit(":", 1)[1],
            "--server.headless",
            "true",
        ],
        cwd=ROOT,
        stdout=log,
        stderr=subprocess.STDOUT,
        env={
            **inherited,
            "TRACKER_DB": str(server.database),
            "HOME": str(server.database.parent),
            **environment,
        },
    )


def _wait_until_healthy(process: subprocess.Popen[bytes], server: Server) -> None:
    limit = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < limit:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(server.url + "/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the dashboard did not start:\n{server.log.read_text()}")
