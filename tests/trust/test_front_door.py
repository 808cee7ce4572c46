"""T56 and the server's half of T65: who may talk to the dashboard, and that it asks nobody about them.

The browser's half of T65 is the tour of `test_hostile_pages`.
"""

from __future__ import annotations

import socket
import urllib.error
from collections.abc import Iterator

import pytest

from tests.conftest import Server
from tests.test_server import fetch
from tests.trust.serving import PATHS, WATCH_THE_NETWORK, serving, went_out

ELSEWHERE = "http://elsewhere.example"
OPEN_DOOR = WATCH_THE_NETWORK + "import dashboard\ndashboard.is_from_elsewhere = lambda scope: False\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("watched"), planted=WATCH_THE_NETWORK) as running:
        yield running


def handshake(server: Server, **headers: str) -> int:
    """The status that a websocket with these headers gets; a header that is empty is not sent."""
    name, port = server.url.removeprefix("http://").split(":")
    sent = {
        "Host": f"{name}:{port}",
        "Origin": server.url,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **headers,
    }
    lines = [f"{name}: {value}" for name, value in sent.items() if value]
    with socket.create_connection((name, int(port)), timeout=20) as connection:
        connection.sendall("\r\n".join(["GET /_stcore/stream HTTP/1.1", *lines, "", ""]).encode())
        return int(connection.recv(64).split()[1])


def status(url: str, **headers: str) -> int:
    try:
        fetch(url, **headers)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code
    return 200


def test_the_dashboards_own_page_may_connect(server):
    assert handshake(server) == 101


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ELSEWHERE},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1"},
        {"Origin": "http://127.0.0.1.elsewhere.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "file://"},
        {"Origin": ""},
        {"Host": "elsewhere.example"},
        {"Host": "elsewhere.example", "Origin": ELSEWHERE},
        {"Host": "127.0.0.1.elsewhere.example", "Origin": "http://127.0.0.1.elsewhere.example"},
    ],
)
def test_a_websocket_from_elsewhere_from_nowhere_or_to_another_name_is_refused(server, headers):
    assert handshake(server, **headers) == 403


@pytest.mark.parametrize("path", [*PATHS, "/_stcore/health", "/_stcore/host-config", "/media/nothing.csv"])
def test_a_request_by_a_page_of_another_site_is_refused(server, path):
    assert status(server.url + path, Origin=ELSEWHERE) == 403
    assert status(server.url + path, Origin=server.url) == (404 if "media" in path else 200)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_lets_itself_be_framed(server, path):
    headers, _ = fetch(server.url + path)
    assert headers.get_all("X-Frame-Options") == ["DENY"]
    (policy,) = headers.get_all("Content-Security-Policy")
    assert "frame-ancestors 'none'" in policy


def test_a_refusal_lets_itself_not_be_framed_either(server):
    with pytest.raises(urllib.error.HTTPError, match="403") as refused:
        fetch(server.url, Origin=ELSEWHERE)
    assert refused.value.headers["X-Frame-Options"] == "DENY"
    refused.value.close()


def test_of_whom_it_refuses_the_server_asks_nobody_anything(server):
    """Runs by itself too: it makes the calls that made Streamlit look up its own address on the internet."""
    handshake(server, Origin=ELSEWHERE)
    status(server.url + "/_stcore/health", Origin=ELSEWHERE)
    assert went_out(server) == []


def test_positive_control_without_the_front_door_the_server_asks_the_internet_for_its_address(tmp_path):
    with serving(tmp_path, planted=OPEN_DOOR) as running:
        assert handshake(running, Origin=ELSEWHERE) == 403
        assert any("checkip" in line for line in went_out(running))
