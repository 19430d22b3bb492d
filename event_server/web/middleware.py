"""What every request passes: access log, security headers, origin check, body limit. Pure ASGI."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog
from starlette.datastructures import MutableHeaders

from event_server.domain.messages import Refused
from event_server.web.origins import SAFE_METHODS, headers_of, is_own_request, is_secure

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from event_server.settings import Settings

log = structlog.get_logger("access")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
}
HTTPS_ONLY = "max-age=31536000"


class AccessLog:
    """Writes one line a request: the route and ids, never the address, which may hold what is secret."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            log.info(
                "request",
                method=scope["method"],
                route=scope.get("state", {}).get("route", "none"),
                event_id=scope.get("path_params", {}).get("event", ""),
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )


class SecurityHeaders:
    """Puts the same strict headers on every response; what a response says itself stays."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if is_secure(self._settings, scope):
                    headers["Strict-Transport-Security"] = HTTPS_ONLY
            await send(message)

        await self._app(scope, receive, sending)


class OriginCheck:
    """Refuses unsafe requests that no page of ours made, and handshakes of sockets from elsewhere (403)."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it comes from where it may."""
        unsafe = scope["type"] == "websocket" or scope.get("method") not in SAFE_METHODS
        if scope["type"] == "lifespan" or not unsafe or is_own_request(self._settings, scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            raise Refused("wrong_origin")
        else:
            # Closing before accepting is a 403 on the handshake.
            await send({"type": "websocket.close", "code": 1008, "reason": "wrong origin"})


class BodyLimit:
    """Lets at most ``most`` bytes of a body through; refuses ``body_too_large``."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a body that is counted while it is read."""
        declared = headers_of(scope).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > self._most:
            raise Refused("body_too_large", most=self._most)
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise Refused("body_too_large", most=self._most)
            return message

        await self._app(scope, counted, send)
