"""`docs/operations/nginx.conf` as it stands, run in front of a dashboard: T56, T59 and T60 at the front door.

Only names, ports and places of files are changed, and the line for the login of a municipality is switched on
where a test is about it.
"""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT, _no_browser, free_port
from tests.trust.serving import serving

CONF = ROOT / "docs/operations/nginx.conf"
NAME = "localhost"  # in place of tracker.example.nl: a browser finds it without being told
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
# What somebody may send to pass for another, or for one whom the proxy let in.
FORGED = {
    "X-Forwarded-For": "10.0.0.1",
    "X-Forwarded-Proto": "http",
    "Forwarded": "for=10.0.0.1",
    "X-Tracker-User": "beheerder",
    "X-Tracker-Roles": "beheerder",
    "X-Tracker-Secret": "beheerder",
}
SECRET = "een-geheim-dat-alleen-de-proxy-kent-0123"
PROTECTED = ("/", "/trend", "/media/abc.csv", "/_stcore/stream", "/_stcore/upload_file/a/b")
Answer = tuple[int, list[tuple[str, str]], str]


@dataclass(frozen=True)
class Door:
    """A running nginx: its port with TLS, the one without, its log of visits."""

    port: int
    plain_port: int
    log: Path

    def ask(self, path: str = "/", *, name: str = NAME, **headers: str) -> Answer:
        """Status, headers and text of an answer; header names with `_` for `-`."""
        sent = {"Host": f"{name}:{self.port}", "Connection": "close"}
        sent |= {key.replace("_", "-"): value for key, value in headers.items()}
        lines = [f"GET {path} HTTP/1.1", *(f"{key}: {value}" for key, value in sent.items() if value)]
        with self.connected(name) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            return _answer(connection)

    @contextmanager
    def connected(self, name: str = NAME) -> Iterator[ssl.SSLSocket]:
        """A connection with TLS that names `name`; the certificate is self-made, so not checked."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        with context.wrap_socket(plain, server_hostname=name) as connection:
            yield connection


def _answer(connection: socket.socket) -> Answer:
    """Reads an answer of a told length, else until the other side ends; of a websocket only its head."""
    data = b""
    while piece := connection.recv(65536):
        data += piece
        head, ended, body = data.partition(b"\r\n\r\n")
        told = re.search(rb"(?i)content-length: (\d+)", head)
        if ended and (b" 101 " in head[:20] or (told and len(body) >= int(told[1]))):
            break
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [(key.lower(), value) for key, _, value in (line.partition(": ") for line in lines)]
    return int(first.split()[1]), headers, body.decode(errors="replace")


@contextmanager
def door(folder: Path, behind: str, *, changed: Callable[[str], str] = lambda text: text) -> Iterator[Door]:
    """nginx with our configuration in front of `behind` (host:port), after `changed`."""
    if shutil.which("nginx") is None and not Path("/usr/sbin/nginx").exists():
        _no_browser("no nginx found: install the package nginx-light")
    folder.mkdir(exist_ok=True)
    made = Door(free_port(), free_port(), folder / "visits.log")
    _make_certificate(folder)
    text = CONF.read_text().replace("tracker.example.nl", NAME)
    for old, new in (
        ("127.0.0.1:8501", behind),
        ("listen 80;", f"listen 127.0.0.1:{made.plain_port};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{made.port} ssl"),
        (f'"https://{NAME}"', f'"https://{NAME}:{made.port}"'),
        ("/etc/ssl/tracker", str(folder)),
        ("/var/log/nginx/tracker.log", str(made.log)),
    ):
        assert old in text, f"the configuration says {old} no more"
        text = text.replace(old, new)
    temporary = "".join(
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_processes 1;\n"
        f"events {{}}\nhttp {{ {temporary}\n{changed(text)}\n}}\n"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        _wait_for(process, made.port)
        yield made
    finally:
        process.terminate()
        process.wait(20)


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "fullchain.pem"), "-days", "2",
         "-subj", f"/CN={NAME}"],
        check=True, capture_output=True,
    )  # fmt: skip


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    limit = time.monotonic() + 20
    while time.monotonic() < limit and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("nginx did not start")


class _Mirror(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent; `/login` lets in who has the right cookie."""

    def do_GET(self) -> None:
        allowed = self.path != "/login" or "session=good" in self.headers.get("Cookie", "")
        said = str(self.headers).encode()
        self.send_response(200 if allowed else 401)
        self.send_header("Content-Length", str(len(said)))
        self.send_header("X-Auth-Request-Email", "anna@stad.example")
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def mirror() -> Iterator[str]:
    """Where a server answers that shows what reaches the dashboard."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Mirror)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def signed_in(text: str) -> str:
    """With the secret of the proxy, and everybody let in as one name: what a sign-in service would tell."""
    for header, value in (("User", "anna@stad.example"), ("Roles", "invoeren"), ("Secret", SECRET)):
        assert f'proxy_set_header X-Tracker-{header} "";' in text
        text = text.replace(f'X-Tracker-{header} "";', f'X-Tracker-{header} "{value}";')
    return text


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The configuration in front of a real dashboard."""
    folder = tmp_path_factory.mktemp("proxy")
    with (
        serving(
            folder,
            STREAMLIT_SERVER_ALLOWED_HOSTS=NAME,
            TRACKER_SIGN_IN="proxy",
            TRACKER_ROLES="invoeren=coordinator",
            TRACKER_PROXY_SECRET=SECRET,
        ) as running,
        door(folder / "nginx", running.url.removeprefix("http://"), changed=signed_in) as made,
    ):
        yield made


def test_the_dashboard_is_reached_over_tls_with_its_headers_once(front: Door) -> None:
    status, headers, body = front.ask("/trend?q=geheim")
    assert status == 200
    assert body.rstrip().endswith("</html>")
    names = [name for name, _ in headers]
    for name in ("content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy",
                 "strict-transport-security", "cache-control"):  # fmt: skip
        assert names.count(name) == 1, name
    assert "server" not in names or dict(headers)["server"] == "nginx", "no version is told"
    limit = time.monotonic() + 10  # nginx writes it after the answer
    while "/trend" not in front.log.read_text() and time.monotonic() < limit:
        time.sleep(0.05)
    assert "/trend" in front.log.read_text()
    assert "geheim" not in front.log.read_text()


def test_plain_http_is_sent_on_to_https(front: Door) -> None:
    with socket.create_connection(("127.0.0.1", front.plain_port), timeout=20) as connection:
        connection.sendall(f"GET /trend HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        status, headers, _ = _answer(connection)
    assert (status, dict(headers)["location"]) == (301, f"https://{NAME}/trend")


def test_another_name_gets_no_answer(front: Door) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        front.ask(name="elsewhere.example")


@pytest.mark.parametrize(
    ("origin", "status"),
    [(f"https://{NAME}:{{port}}", 101), ("https://elsewhere.example", 403), ("null", 403), ("", 403)],
)
def test_the_websocket_goes_through_for_pages_of_our_own_only(front: Door, origin: str, status: int) -> None:
    found, _, _ = front.ask("/_stcore/stream", Origin=origin.format(port=front.port), **UPGRADE)
    assert found == status


def test_a_page_draws_through_it_in_a_browser(front: Door, browser) -> None:
    """TLS, files, the websocket and the redraw after a click, without a complaint of the browser."""
    context = browser.new_context(locale="nl-NL", ignore_https_errors=True)
    page, complaints = context.new_page(), []
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    page.goto(f"https://{NAME}:{front.port}/")
    page.get_by_role("link", name="Uitleg", exact=True).click()
    page.locator("h1", has_text="Hoe dit berekend is").wait_for()
    assert complaints == []
    context.close()


def test_what_is_for_who_runs_the_server_is_not_shown(front: Door) -> None:
    assert front.ask("/_stcore/metrics")[0] == 404
    assert front.ask("/_stcore/health")[2] == "ok"


def test_headers_that_say_who_somebody_is_never_come_from_outside(mirror: str, tmp_path: Path) -> None:
    with door(tmp_path / "nginx", mirror) as made:
        _, _, said = made.ask("/", **{name.replace("-", "_"): value for name, value in FORGED.items()})
    for value in ("beheer", "10.0.0.1"):
        assert value not in said
    assert re.findall(r"(?im)^x-forwarded-for: (.*?)\r?$", said) == ["127.0.0.1"]
    assert re.findall(r"(?im)^x-forwarded-proto: (.*?)\r?$", said) == ["https"]


def test_positive_control_without_those_lines_they_would_come_through(mirror: str, tmp_path: Path) -> None:
    def careless(text: str) -> str:
        return re.sub(r"(?m)^ *proxy_set_header (X-|Forwarded)[^\n]*\n", "", text)

    with door(tmp_path / "nginx", mirror, changed=careless) as made:
        _, _, said = made.ask("/", **{name.replace("-", "_"): value for name, value in FORGED.items()})
    assert "beheerder" in said
    assert "10.0.0.1" in said


def test_with_the_login_on_every_path_asks_for_it(mirror: str, tmp_path: Path) -> None:
    """T59: a download under /media asks for the same as a page; who is let in is named by the login alone."""
    with door(tmp_path / "nginx", mirror, changed=lambda text: with_login(text, mirror)) as made:
        for path in PROTECTED:
            assert made.ask(path)[0] in (302, 401), path
            status, _, said = made.ask(path, Cookie="session=good", X_Tracker_User="beheerder")
            assert status == 200, path
            assert re.findall(r"(?im)^x-tracker-user: (.*?)\r?$", said) == ["anna@stad.example"], path


def test_positive_control_without_the_login_downloads_are_open(mirror: str, tmp_path: Path) -> None:
    with door(tmp_path / "nginx", mirror) as made:
        assert made.ask("/media/abc.csv")[0] == 200


def with_login(text: str, where: str) -> str:
    """The configuration with its lines for a sign-in service taken out of comment, as its comments say."""
    on = re.sub(r"(?m)^( *)# (auth_request(?:_set)? [^\n]*;)", r"\1\2", text)
    assert len(re.findall(r"(?m)^ *auth_request", on)) == 3
    on = on.replace('X-Tracker-User "";', "X-Tracker-User $tracker_user;")
    on = on.replace('X-Tracker-Roles "";', "X-Tracker-Roles $tracker_roles;")
    service = f"location = /sign-in {{ internal; proxy_pass http://{where}/login; }}\n    location / {{"
    return on.replace("location / {", service, 1)
