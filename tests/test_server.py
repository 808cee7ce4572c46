"""The running dashboard from outside: its headers, its language, whom it refuses."""

from __future__ import annotations

import re
import socket
import tomllib
import urllib.error
import urllib.request
from base64 import b64encode
from hashlib import sha256
from http.client import HTTPMessage
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ELSEWHERE = "http://127.0.0.2:9/picture.png"


def fetch(url: str, **headers: str) -> tuple[HTTPMessage, str]:
    """Headers and text of what `url` answers; header names with `_` for `-`."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(url, headers=sent), timeout=20) as answer:
        return answer.headers, answer.read().decode(errors="replace")


def language_of(url: str, **headers: str) -> str:
    """What the page says of its language."""
    return re.findall(r'<html lang="(\w+)"', fetch(url, **headers)[1])[0]


def websocket_status(url: str, *, origin: str, host: str = "") -> int:
    """The status with which the server answers a browser on a page of `origin` that wants to connect."""
    address = url.removeprefix("http://")
    name, port = address.split(":")
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host or address}",
        f"Origin: {origin}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    with socket.create_connection((name, int(port)), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return int(connection.recv(64).split()[1])


def test_the_dashboard_says_that_it_is_well(server):
    assert fetch(server.url + "/_stcore/health")[1] == "ok"


@pytest.mark.parametrize("path", ["/", "/trend", "/_stcore/health", "/favicon.png"])
def test_every_answer_carries_the_safe_headers(server, path):
    headers, _ = fetch(server.url + path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_refusal_carries_the_safe_headers_too(server):
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        fetch(server.url + "/media/nothing.csv")
    assert refused.value.headers["X-Content-Type-Options"] == "nosniff"
    assert refused.value.headers["Cache-Control"] == "no-store"
    refused.value.close()


def test_only_scripts_of_the_dashboard_itself_may_run(server):
    policy = fetch(server.url)[0]["Content-Security-Policy"]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    scripts = rules["script-src"]
    assert scripts[0] == "'self'"
    assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in scripts[1:])
    assert rules["default-src"] == rules["connect-src"] == ["'self'"]
    assert rules["object-src"] == rules["base-uri"] == ["'none'"]


def test_the_one_inline_script_of_the_page_is_the_one_that_may_run(server):
    headers, page = fetch(server.url)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    assert len(scripts) == 1
    assert re.findall(r"'sha256-[^']+'", headers["Content-Security-Policy"]) == hashes


@pytest.mark.parametrize(
    ("query", "browser_prefers", "language"),
    [
        ("", "nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "fr-FR,en;q=0.5", "en"),
        ("", "", "nl"),
        ("?lang=en", "nl-NL", "en"),
        ("?lang=nl", "en-GB", "nl"),
        ("?lang=xx", "en-GB", "en"),
        ("?lang=%3Cscript%3E", "nl-NL", "nl"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/trend"])
def test_the_page_says_its_language_to_screen_readers(server, path, query, browser_prefers, language):
    assert language_of(server.url + path + query, Accept_Language=browser_prefers) == language


def test_the_page_is_whole_also_when_the_browser_asks_for_it_compressed(server):
    headers, page = fetch(server.url + "/trend", Accept_Encoding="gzip", Accept_Language="nl")
    assert headers["Content-Encoding"] is None
    assert int(headers["Content-Length"]) == len(page.encode())
    assert page.rstrip().endswith("</html>")


def test_a_page_is_never_kept_by_a_cache_but_the_files_that_never_change_are(server):
    headers, page = fetch(server.url)
    script = re.findall(r'src="\./(static/[^"]+\.js)"', page)[0]
    assert (headers["Cache-Control"], headers["ETag"]) == ("no-store", None)
    assert "immutable" in fetch(f"{server.url}/{script}")[0]["Cache-Control"]


def test_a_page_elsewhere_on_the_network_cannot_talk_to_the_dashboard(server):
    assert websocket_status(server.url, origin=server.url) == 101, "the dashboard's own page may connect"
    assert websocket_status(server.url, origin="http://elsewhere.example") == 403


def test_the_dashboard_answers_only_to_its_own_name(server):
    stranger = "tracker.example:80"
    assert websocket_status(server.url, origin=f"http://{stranger}", host=stranger) == 403


def test_the_dashboard_is_reached_from_this_computer_only(server):
    port = int(server.url.rsplit(":", 1)[1])
    socket.create_connection(("127.0.0.1", port), timeout=5).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_the_dashboard_gives_nothing_away_and_calls_nobody():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["server"]["enableAgentApi"] is settings["server"]["enableStaticServing"] is False
    assert settings["server"]["enableCORS"] is settings["server"]["enableXsrfProtection"] is True


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
@pytest.mark.parametrize("path", ["/", "/trend"])
def test_a_visitor_sees_a_page_without_a_complaint_of_the_browser(visit, path, locale):
    visitor = visit(locale=locale)
    visitor.go(path)
    assert visitor.page.locator("html").get_attribute("lang") == locale[:2]
    assert visitor.page.get_by_role("heading").first.is_visible()


def test_a_script_that_somebody_smuggles_into_the_page_does_not_run(visit):
    visitor = visit()
    visitor.go("/")
    visitor.page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.smuggled = true';"
        " document.head.append(s) }"
    )
    assert visitor.page.evaluate("() => window.smuggled") is None
    assert any("Content Security Policy" in complaint for complaint in visitor.complaints)
    visitor.complaints.clear()


def test_a_picture_from_elsewhere_is_not_fetched(visit):
    visitor = visit()
    visitor.go("/")
    visitor.page.evaluate(
        f"() => new Promise(done => {{ const picture = new Image();"
        f" picture.onerror = done; picture.src = '{ELSEWHERE}' }})"
    )
    assert any("img-src" in complaint for complaint in visitor.complaints)
    visitor.complaints.clear()


def test_the_visitor_notices_what_must_never_happen(visit):
    """The control of all browser tests: each kind of mishap is made once, and each is told."""
    playwright = pytest.importorskip("playwright.sync_api")
    visitor = visit()
    visitor.go("/")
    visitor.page.evaluate("() => { setTimeout(() => { throw new Error('mishap') }); console.error('noise') }")
    visitor.page.evaluate("() => confirm('sure?')")
    with pytest.raises(playwright.Error, match="ERR_"):
        visitor.page.goto(ELSEWHERE)
    for kind in ("script error: mishap", "console: noise", "dialog: sure?", f"outside: {ELSEWHERE}"):
        assert any(complaint.startswith(kind) for complaint in visitor.complaints), kind
    visitor.complaints.clear()
