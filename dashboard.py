"""What `streamlit run` starts: the pages behind one front door that sets headers and the page's language, and
refuses pages of other sites and who comes without the sign-in that was agreed.

It decides nothing about incidents or meetings; `tracker/pages/main.py` draws the pages. Whatever is slow to
load stays out of it, so that a browser gets its files while `warm` loads the rest.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from hashlib import sha256
from hmac import compare_digest
from http.cookies import SimpleCookie
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from tracker.language import LANGUAGES, best_language
from tracker.pages.around import log_lines, warm
from tracker.pages.around.signing_in import NOT_AT_ALL, PROXY, USER_HEADER, allow_list, how

TEMPLATE = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
PAGES = {code: TEMPLATE.replace('<html lang="en"', f'<html lang="{code}"').encode() for code in LANGUAGES}
SECRET, SECRET_HEADER = "TRACKER_PROXY_SECRET", "X-Tracker-Secret"
_SHORTEST_SECRET = 32
NOT_ALLOWED = "Hier is geen toegang. Ga via de aanmelding van de gemeente.\nNo access here. Sign in first.\n"
# The one picture there is the icon of the page, which is shown before anybody signed in.
DOWNLOAD = re.compile(r"(?<!/static)/media/(?![^/]*\.png$)")
NOT_A_PAGE = re.compile("/(static|media|component|_stcore)/")


def content_security_policy(template: str) -> str:
    """The policy of a page: nothing from elsewhere, and of inline scripts only those that `template` has.

    Streamlit ships one; its hash is taken from the installed file, so that an upgrade cannot break it.
    Inline styles are allowed because Streamlit makes its styles in the browser.
    """
    inline = re.findall(r"<script>(.*?)</script>", template, re.DOTALL)
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in inline]
    scripts = " ".join(["'self'", *(f"'sha256-{one}'" for one in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "frame-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )


HEADERS = {
    "Content-Security-Policy": content_security_policy(TEMPLATE),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def visitor_language(scope: Scope) -> str:
    """`nl` or `en`: what `?lang=` asks, else what the browser prefers; no session exists yet."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else best_language(Headers(scope=scope).get("accept-language", ""))


def check_settings() -> None:
    """Stops the start when the dashboard would stand open: other computers could reach it without signing in,
    or the proxy has no secret to prove itself with. Raises `SystemExit` with what to do."""
    chosen = how()
    allow_list()
    if chosen == NOT_AT_ALL and not _is_near(str(st.get_option("server.address") or "")):
        raise SystemExit(
            "Nobody has to sign in, so the dashboard answers on this computer only. Leave server.address at "
            "127.0.0.1, or set TRACKER_SIGN_IN (docs/operations.md)."
        )
    if chosen == PROXY and len(_secret()) < _SHORTEST_SECRET:
        raise SystemExit(
            f"TRACKER_SIGN_IN is proxy: set {SECRET} to at least {_SHORTEST_SECRET} signs that only the "
            "proxy knows (docs/operations.md)."
        )
    if chosen == PROXY:
        # Streamlit itself then knows who is at a session, and gives it to nobody else who knows its id.
        config.set_option("server.trustedUserHeaders", {USER_HEADER: "account"}, "dashboard.py")


def may_enter(scope: Scope) -> bool:
    """Whether a request passes the door. Health may be asked by everybody; with a proxy only what bears its
    secret passes; with OIDC a download needs the cookie of a sign-in, for its address alone is no proof.
    Without any sign-in nothing passes that somebody else passed on."""
    headers = Headers(scope=scope)
    if scope["path"].endswith("/_stcore/health"):
        return True
    chosen = how()
    if chosen == NOT_AT_ALL:
        passed_on = any(name in headers for name in ("forwarded", "x-forwarded-for"))
        return _is_near((scope.get("client") or ("",))[0]) and not passed_on
    if chosen == PROXY:
        return compare_digest(headers.get(SECRET_HEADER, "").encode(), _secret().encode())
    return not DOWNLOAD.search(scope["path"]) or _is_signed_in(headers)


def _is_near(address: str) -> bool:
    try:
        return address == "localhost" or ip_address(address).is_loopback
    except ValueError:
        return False


def _secret() -> str:
    return os.environ.get(SECRET, "")


def _is_signed_in(headers: Headers) -> bool:
    """Whether the request bears a sign-in that this server signed."""
    cookies = SimpleCookie(headers.get("cookie", ""))
    values = {name: one.value for name, one in cookies.items()}
    return bool(_get_signed_cookie_with_chunks(values, USER_COOKIE_NAME))


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """403 with two plain sentences, or a websocket that does not open."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(NOT_ALLOWED, 403, headers={**HEADERS, "Cache-Control": "no-store"})(
        scope, receive, send
    )


def is_from_elsewhere(scope: Scope) -> bool:
    """True for a request that a page of another site makes, or a websocket that does not say which page does.

    Streamlit refuses these too, but to be sure it first asks a server on the internet for its own address.
    """
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return bool(scope["type"] == "websocket")
    return urlsplit(origin).netloc != headers.get("host")


class FrontDoor:
    """Lets in who may enter and no page of another site, puts the headers on every answer, and hands out
    Streamlit's one page in the visitor's language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = scope["type"] in ("http", "websocket") and (
            is_from_elsewhere(scope) or not may_enter(scope)
        )
        if refused:
            await refuse(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        page = b""

        async def answer(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if _is_page(scope, message["status"], headers):
                    page = PAGES[visitor_language(scope)]
                    _describe_page(headers, len(page))
                _secure(headers, scope["path"])
            elif page and message["type"] == "http.response.body":
                last = not message.get("more_body", False)
                message = {**message, "body": page if last else b""}
            await send(message)

        await self.app(scope, receive, answer)


def _is_page(scope: Scope, status: int, headers: Headers) -> bool:
    """A download of ours may be HTML too: it stays as it was made."""
    html = headers.get("content-type", "").startswith("text/html")
    return html and status == 200 and not NOT_A_PAGE.search(scope["path"])


def _describe_page(headers: MutableHeaders, length: int) -> None:
    """What Streamlit said of its file (compressed, dated) is not true of our page."""
    for name in ("content-encoding", "etag", "last-modified", "accept-ranges"):
        del headers[name]
    headers["content-length"] = str(length)
    headers["vary"] = "Accept-Language"


def _secure(headers: MutableHeaders, path: str) -> None:
    """A cache may keep the files that Streamlit names after their content, never figures and downloads."""
    headers.update(HEADERS)
    if "/static/" not in path:
        headers["Cache-Control"] = "no-store"


def tell_of_a_mishap(error: Exception) -> bool:
    """`mishap.show`, whose modules the server need not wait for."""
    from tracker.pages.around import mishap

    return mishap.show(error)


check_settings()
log_lines.keep_values_out_of_the_log()
app = st.App(
    "tracker/pages/main.py",
    middleware=[Middleware(FrontDoor)],
    on_script_error=tell_of_a_mishap,
    lifespan=warm.from_the_start,
)
