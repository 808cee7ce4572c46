"""What `streamlit run` starts: the pages behind one front door that sets headers and the page's language.

It decides nothing about incidents or meetings; `tracker/pages/main.py` draws the pages.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.words import LANGUAGES, best_language

TEMPLATE = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
PAGES = {code: TEMPLATE.replace('<html lang="en"', f'<html lang="{code}"').encode() for code in LANGUAGES}
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


class FrontDoor:
    """Puts the headers on every answer and hands out Streamlit's one page in the visitor's language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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


app = st.App("tracker/pages/main.py", middleware=[Middleware(FrontDoor)])
