"""uvicorn's HTTP protocol with what it lacks: a deadline and a size for headers, a deadline for bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

log = structlog.get_logger(__name__)

HEADER_SECONDS = 10.0
"""From the opening of a connection, or the first byte of a further request, to the end of its headers."""

BODY_SECONDS = 120.0
"""From the end of the headers to the end of the body: 5 MB over the worst of venue networks."""

HEADER_BYTES = 16 * 1024


class GuardedHttpProtocol(HttpToolsProtocol):
    """Ends connections that keep the server waiting or send headers without end."""

    _deadline: asyncio.TimerHandle | None = None
    _in_headers = True
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect(HEADER_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._expect(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse, then count what belongs to headers that are still open."""
        super().data_received(data)
        if not self._in_headers:
            return
        self._header_bytes += len(data)
        if self._header_bytes > HEADER_BYTES and not self.transport.is_closing():
            log.info("headers_too_large")
            self.send_400_response("Request headers are too large.")

    def on_message_begin(self) -> None:
        """Begin to wait for the headers of a request."""
        super().on_message_begin()
        self._in_headers = True
        self._header_bytes = 0
        self._expect(HEADER_SECONDS)

    def on_headers_complete(self) -> None:
        """Begin to wait for the body."""
        self._in_headers = False
        self._expect(BODY_SECONDS)
        if sum(len(name) + len(value) for name, value in self.headers) > HEADER_BYTES:
            # httptools cannot be stopped from here but by an error, which is answered with 400.
            raise ValueError("request headers are too large")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop waiting: the request is whole."""
        self._expect(None)
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Stop waiting: the connection belongs to the socket from here on."""
        self._expect(None)
        super().handle_websocket_upgrade()

    def _expect(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self._give_up) if seconds else None

    def _give_up(self) -> None:
        log.info("request_too_slow")
        self.transport.abort()
