"""An identity provider on this machine for tests: signs in whoever the test says, and signs its tokens.

Run as `python identity_provider.py PORT FILE`: FILE holds, as JSON, the claims of whoever signs in next.
"""

from __future__ import annotations

import json
import secrets
import sys
import time
import urllib.parse
from pathlib import Path
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "tracker"


def provider(address: str, next_visitor: Path) -> Starlette:
    """The five addresses of OpenID Connect that a sign-in needs."""
    key = RSAKey.generate_key(2048, {"kid": "test", "alg": "RS256", "use": "sig"})
    given: dict[str, str | None] = {}

    async def description(_: Request) -> Response:
        return JSONResponse(
            {
                "issuer": address,
                "authorization_endpoint": f"{address}/authorize",
                "token_endpoint": f"{address}/token",
                "jwks_uri": f"{address}/keys",
                "userinfo_endpoint": f"{address}/userinfo",
                "end_session_endpoint": f"{address}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def authorize(request: Request) -> Response:
        code = secrets.token_hex(8)
        given[code] = request.query_params.get("nonce")
        answer = urllib.parse.urlencode({"code": code, "state": request.query_params["state"]})
        return RedirectResponse(f"{request.query_params['redirect_uri']}?{answer}")

    async def token(request: Request) -> Response:
        nonce = given.pop(str((await request.form())["code"]))
        return JSONResponse(
            {
                "access_token": "opaque",
                "token_type": "Bearer",
                "expires_in": 300,
                "id_token": jwt.encode({"alg": "RS256", "kid": "test"}, _claims(nonce), key),
            }
        )

    def _claims(nonce: str | None) -> dict[str, Any]:
        now = int(time.time())
        who = json.loads(next_visitor.read_text())
        return {"iss": address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce} | who

    async def keys(_: Request) -> Response:
        return JSONResponse({"keys": [key.as_dict(private=False)]})

    async def userinfo(_: Request) -> Response:
        return JSONResponse(json.loads(next_visitor.read_text()))

    async def logout(request: Request) -> Response:
        return RedirectResponse(request.query_params.get("post_logout_redirect_uri", "/"))

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", description),
            Route("/authorize", authorize),
            Route("/token", token, methods=["POST"]),
            Route("/keys", keys),
            Route("/userinfo", userinfo),
            Route("/logout", logout),
        ]
    )


if __name__ == "__main__":
    port, visitor = int(sys.argv[1]), Path(sys.argv[2])
    uvicorn.run(provider(f"http://127.0.0.1:{port}", visitor), port=port, log_level="warning")
