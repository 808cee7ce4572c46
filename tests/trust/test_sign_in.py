"""Signing in as people do it: with an identity provider, through a proxy, or not at all (T54, T57-T60)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import free_port
from tests.everyone.themes import in_both, unknown
from tracker import store as stores
from tracker.records import Partner
from tracker.store import Line, Store, Visitor

ROOT = Path(__file__).parents[2]
ROLES = "tracker-invoeren=coordinator,tracker-lezen=management,tracker-beheer=administrator"
SECRET = "een-geheim-dat-alleen-de-proxy-kent-0123"
ANNA = {"sub": "1", "email": "anna@stad.example", "roles": ["tracker-invoeren"]}
BERT = {"sub": "2", "email": "bert@stad.example", "roles": ["tracker-lezen", "iedereen"]}
NOBODY = {"sub": "3", "email": "noor@stad.example", "roles": ["iedereen"]}


@dataclass
class Town:
    """A dashboard where people sign in with an identity provider; `next` is who does so."""

    server: Any
    next: Path

    def will_sign_in(self, who: dict[str, Any]) -> None:
        self.next.write_text(json.dumps(who))

    @property
    def store(self) -> Store:
        """The database as the command line sees it."""
        opened = stores.open(self.server.database, now=lambda: datetime.now(UTC))
        return opened.on_behalf_of(Visitor(command=True, origin="command"))

    def lines(self, action: str) -> list[Line]:
        return self.store.register.log(action=action, limit=50)

    def set_roles(self, name: str, *roles: str) -> None:
        """What an administrator does, from elsewhere."""
        boss = self.store.on_behalf_of(
            Visitor(account="baas@stad.example", since=datetime.now(UTC), roles=frozenset({"administrator"}))
        )
        boss.sign_in()
        boss.register.set_roles(name, roles, by="baas@stad.example")


@pytest.fixture(scope="module")
def town(dashboard: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("town")
    provider, port = free_port(), free_port()
    who = home / "next.json"
    who.write_text(json.dumps(ANNA))
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests/trust/identity_provider.py"), str(provider), str(who)]
    )
    try:
        _wait_for(f"http://127.0.0.1:{provider}/.well-known/openid-configuration")
        (home / ".streamlit").mkdir()
        (home / ".streamlit/secrets.toml").write_text(
            f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "een-lang-geheim-voor-de-koekjes-van-de-test"
client_id = "tracker"
client_secret = "geheim"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
"""
        )
        server = dashboard(home=home, port=port, TRACKER_SIGN_IN="oidc", TRACKER_ROLES=ROLES)
        yield Town(server, who)
    finally:
        process.terminate()
        process.wait(20)


def enters(town: Town, meet: Callable[..., Any], who: dict[str, Any], path: str = "/") -> Any:
    """Somebody with a browser of their own who has signed in."""
    town.will_sign_in(who)
    visitor = meet(town.server)
    # The way to the identity provider and back leaves the dashboard; all else may not.
    visitor.go(path)
    visitor.page.get_by_role("button", name="Aanmelden").click()
    visitor.page.wait_for_url(town.server.url + "/**")
    visitor.page.get_by_role("button", name="Afmelden").wait_for(timeout=30_000)
    visitor.settle()
    visitor.complaints[:] = [one for one in visitor.complaints if "/authorize?" not in one]
    return visitor


def test_nothing_is_shown_to_who_has_not_signed_in(town: Town, meet):
    for path in ("/", "/log", "/trend", "/files", "/history", "/evaluation"):
        visitor = meet(town.server)
        visitor.go(path)
        expect(visitor.page.get_by_role("heading", name="Aanmelden")).to_be_visible()
        said = visitor.page.locator("body").inner_text()
        assert "samenwerking" not in said.lower(), said
        visitor.complaints.clear()  # the page at an address that this visitor does not have


def test_a_coordinator_signs_in_and_logs_something_under_that_name(town: Town, meet):
    anna = enters(town, meet, ANNA)
    expect(anna.page.get_by_text("U werkt als anna@stad.example.")).to_be_visible()
    expect(anna.page.get_by_role("link", name="Vastleggen", exact=True).first).to_be_visible()
    (line, *_) = town.lines("sign_in")
    assert (line.actor, line.role, line.result) == ("anna@stad.example", "", "ok")
    assert line.origin == "page"  # on this machine there is no address to tell
    assert line.detail == {"roles": "coordinator"}


def test_a_reader_has_no_page_to_log_or_export_and_no_button_that_changes_anything(town: Town, meet):
    bert = enters(town, meet, BERT)
    for hidden in ("Vastleggen", "Bestanden"):
        expect(bert.page.get_by_role("link", name=hidden, exact=True)).to_have_count(0)
    expect(bert.page.get_by_role("button", name="Bijeenkomst vastleggen")).to_have_count(0)
    bert.page.goto(town.server.url + "/log")
    bert.settle()
    assert "Wat wilt u vastleggen" not in bert.page.locator("body").inner_text()
    bert.complaints.clear()  # Streamlit says in the console that there is no such page


def test_who_has_no_role_sees_why_and_what_to_do(town: Town, meet):
    noor = enters(town, meet, NOBODY)
    expect(noor.page.get_by_role("heading", name="Nog geen toegang")).to_be_visible()
    assert town.lines("sign_in")[0].result == "denied"


def test_neither_signing_in_nor_waiting_for_a_role_keeps_anybody_out(town: Town, meet):
    stranger = meet(town.server)
    stranger.go("/")
    expect(stranger.page.get_by_role("heading", name="Aanmelden")).to_be_visible()
    assert unknown(in_both(stranger, "sign in")) == ""
    noor = enters(town, meet, NOBODY)
    expect(noor.page.get_by_role("heading", name="Nog geen toegang")).to_be_visible()
    assert unknown(in_both(noor, "no role yet")) == ""


def test_a_role_taken_away_counts_at_the_next_click(town: Town, meet):
    anna = enters(town, meet, ANNA)
    anna.page.get_by_role("button", name="Bijeenkomst vastleggen").wait_for()
    town.set_roles("anna@stad.example", "management")
    try:
        anna.page.get_by_role("link", name="Trend", exact=True).first.click()
        anna.settle()
        anna.page.get_by_role("link", name="Vandaag", exact=True).first.click()
        anna.settle()
        expect(anna.page.get_by_role("button", name="Bijeenkomst vastleggen")).to_have_count(0)
    finally:
        town.set_roles("anna@stad.example", "coordinator")


def test_signing_out_in_one_tab_ends_the_others(town: Town, meet):
    anna = enters(town, meet, ANNA)
    tab = anna.page.context.new_page()
    tab.goto(town.server.url)
    tab.get_by_role("button", name="Afmelden").wait_for()
    time.sleep(1.1)  # a sign-in is known to the second
    anna.page.get_by_role("button", name="Afmelden").click()
    anna.page.get_by_role("button", name="Aanmelden").wait_for()
    tab.get_by_role("link", name="Trend", exact=True).first.click()
    expect(tab.get_by_role("heading", name="Aanmelden")).to_be_visible()
    anna.complaints[:] = [one for one in anna.complaints if "/logout?" not in one]


def test_a_download_is_not_handed_to_who_only_knows_its_address(town: Town, meet):
    anna = enters(town, meet, ANNA)
    anna.page.get_by_role("link", name="Bestanden", exact=True).first.click()
    anna.settle()
    before = len(town.lines("export_rows"))
    with anna.page.expect_download() as made:
        anna.page.get_by_role("button", name="Agenda van wat gepland is (ICS)").click()
    address = made.value.url
    assert "/media/" in address
    cookies = anna.page.context.cookies()
    known = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
    assert _status(address, Cookie=known) == 200
    assert _status(address) == 403
    assert _status(address, Cookie=known.replace("_streamlit_user=", "_streamlit_user=x")) == 403
    lines = town.lines("export_rows")
    assert len(lines) == before + 1
    assert (lines[0].actor, lines[0].object, lines[0].result) == ("anna@stad.example", "ics", "ok")


@pytest.fixture(scope="module")
def behind_proxy(dashboard: Callable[..., Any]) -> Town:
    server = dashboard(TRACKER_SIGN_IN="proxy", TRACKER_ROLES=ROLES, TRACKER_PROXY_SECRET=SECRET)
    return Town(server, Path())


def through_proxy(name: str, roles: str, secret: str = SECRET) -> dict[str, str]:
    """What a proxy sends along for somebody it signed in."""
    return {"X-Tracker-Secret": secret, "X-Tracker-User": name, "X-Tracker-Roles": roles}


@pytest.mark.parametrize("path", ["/", "/log", "/media/x.csv", "/_stcore/host-config", "/static/x.js"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        through_proxy("eva", "tracker-beheer", secret=""),
        through_proxy("eva", "tracker-beheer", "geraden"),
    ],
)
def test_nobody_gets_past_the_proxy(behind_proxy: Town, path: str, headers: dict[str, str]):
    assert _status(behind_proxy.server.url + path, **headers) == 403
    assert _status(behind_proxy.server.url + "/", **through_proxy("anna", "tracker-invoeren")) == 200
    assert _status(behind_proxy.server.url + "/_stcore/health") == 200


def test_the_name_and_role_are_those_that_the_proxy_tells(behind_proxy: Town, meet):
    anna = meet(behind_proxy.server, headers=through_proxy("anna@stad.example", "tracker-invoeren,iedereen"))
    anna.go()
    expect(anna.page.get_by_text("U werkt als anna@stad.example.")).to_be_visible()
    expect(anna.page.get_by_role("button", name="Bijeenkomst vastleggen")).to_be_visible()
    bert = meet(behind_proxy.server, headers=through_proxy("bert@stad.example", "tracker-lezen"))
    bert.go()
    expect(bert.page.get_by_role("button", name="Bijeenkomst vastleggen")).to_have_count(0)
    actors = {line.actor for line in behind_proxy.lines("sign_in")}
    assert {"anna@stad.example", "bert@stad.example"} <= actors


def test_a_machine_of_ones_own_needs_no_sign_in_and_says_so(dashboard, meet):
    server = dashboard()
    visitor = meet(server)
    visitor.go()
    expect(visitor.page.get_by_text("Zonder aanmelden: op deze computer werkt u als")).to_be_visible()
    stores.open(server.database, now=lambda: datetime.now(UTC)).add(
        Partner(name="GGD", domain="care"), by="anna"
    )
    assert _status(server.url + "/", X_Forwarded_For="10.0.0.7") == 403, "passed on by somebody"


@pytest.mark.parametrize(
    ("environment", "settings", "said"),
    [
        ({}, ["--server.address", "0.0.0.0"], "answers on this computer only"),
        ({}, ["--server.address", ""], "answers on this computer only"),
        ({"TRACKER_SIGN_IN": "proxy"}, [], "at least 32 signs"),
        ({"TRACKER_SIGN_IN": "proxy", "TRACKER_PROXY_SECRET": "kort"}, [], "at least 32 signs"),
        ({"TRACKER_SIGN_IN": "ldap"}, [], "it is empty, oidc or proxy"),
        ({"TRACKER_SIGN_IN": "oidc", "TRACKER_ROLES": "x=koning"}, [], "a role is one of"),
    ],
)
def test_it_refuses_to_start_when_it_would_stand_open(tmp_path, environment, settings, said):
    import os

    ended = subprocess.run(
        [
            *(sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true"),
            *("--server.port", str(free_port()), *settings),
        ],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "TRACKER_DB": str(tmp_path / "t.db"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 1
    assert said in ended.stdout + ended.stderr


def _status(url: str, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=sent), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def _wait_for(url: str) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer")
