"""The sockets of phones, dashboards and projectors: one reader and one writer each, over the same room."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from event_server.domain.messages import Refused
from event_server.runtime.hub import NO_LOGIN, Connection, Viewer
from event_server.runtime.writer import write_views
from event_server.web.auth import authorise, read_logins
from event_server.web.commands import carry_out
from event_server.web.origins import is_own_request
from event_server.web.speech import spoken_language
from event_server.web.wire import (
    Accepted,
    Denied,
    Hello,
    Ping,
    Pong,
    SentCommand,
    decode,
    encode,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.runtime.hub import ViewerKind
    from event_server.runtime.room import Room
    from event_server.web.auth import Grant, Logins
    from event_server.web.services import Services

log = structlog.get_logger(__name__)

GONE = 4003
"""Close code: there is no such event."""

ABUSE = 1008

MESSAGES_A_SECOND = 5.0
BURST = 20.0
PATIENCE_SECONDS = 60.0
"""How long a socket may send too much before it is closed; until then it is simply read more slowly."""


class Throttle:
    """A bucket of tokens: how long to wait before the next message is read."""

    def __init__(self, now: float) -> None:
        self._tokens = BURST
        self._at = now
        self._slow_since: float | None = None

    def wait(self, now: float) -> float:
        """Return the seconds to rest before reading on, after a message at ``now``.

        Raises:
            Refused: ``too_many_messages`` when patience is over.
        """
        self._tokens = min(BURST, self._tokens + (now - self._at) * MESSAGES_A_SECOND) - 1.0
        self._at = now
        if self._tokens >= 0:
            self._slow_since = None
            return 0.0
        if self._slow_since is None:
            self._slow_since = now
        if now - self._slow_since > PATIENCE_SECONDS:
            raise Refused("too_many_messages")
        return -self._tokens / MESSAGES_A_SECOND


class SocketLine:
    """One WebSocket as the hub sees it."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._sending = asyncio.Lock()

    @property
    def is_closed(self) -> bool:
        """Tell whether this end has closed the connection."""
        return self._websocket.application_state is WebSocketState.DISCONNECTED

    async def send(self, payload: bytes) -> None:
        """Send one text message; views and answers do not interleave."""
        async with self._sending:
            await self._websocket.send_text(payload.decode())

    async def close(self, code: int, reason: str = "") -> None:
        """Close the connection, once; the other end may have been faster."""
        if not self.is_closed:
            with contextlib.suppress(WebSocketDisconnect):
                await self._websocket.close(code, reason)


async def attendee_socket(websocket: WebSocket) -> None:
    """Serve a phone."""
    await _serve(websocket, "attendee", "phone_socket")


async def control_socket(websocket: WebSocket) -> None:
    """Serve a dashboard."""
    await _serve(websocket, "organizer", "control_socket")


async def projector_socket(websocket: WebSocket) -> None:
    """Serve a projector."""
    await _serve(websocket, "projector", "projector_socket")


async def _serve(websocket: WebSocket, kind: ViewerKind, action: str) -> None:
    services: Services = websocket.app.state.services
    if not is_own_request(services.settings, websocket.scope):
        # Refused before the handshake: a page of another site gets no socket at all.
        await websocket.close(ABUSE)
        return
    await websocket.accept()
    event = str(websocket.path_params["event"])
    try:
        logins = await read_logins(services, websocket)
        grant = await authorise(services, logins, event, action, kind=_grant_kind(kind))
        room = await services.rooms.open(event)
    except Refused as refused:
        # A refused handshake would make browsers try for ever; a close code tells them not to.
        await websocket.close(NO_LOGIN, refused.code)
        return
    except KeyError:
        await websocket.close(GONE, "no_such_event")
        return
    viewer = Viewer(
        kind=kind,
        login=grant.login,
        attendee=grant.subject if kind == "attendee" else "",
        account=grant.subject if grant.kind == "staff" else "",
        language=spoken_language(
            services.catalogs, websocket, room, grant.subject if kind == "attendee" else ""
        ),
    )
    if kind == "attendee" and viewer.attendee not in room.state.roster:
        await websocket.close(NO_LOGIN, "unknown_attendee")
        return
    await _Session(services, websocket, room, viewer, logins, grant).run()


def _grant_kind(kind: ViewerKind) -> str | None:
    return {"attendee": "guest", "organizer": "staff"}.get(kind)


class _Session:
    """A socket at work."""

    def __init__(
        self,
        services: Services,
        websocket: WebSocket,
        room: Room,
        viewer: Viewer,
        logins: Logins,
        grant: Grant,
    ) -> None:
        self._services = services
        self._websocket = websocket
        self._room = room
        self._viewer = viewer
        self._logins = logins
        self._grant = grant
        self._line = SocketLine(websocket)

    async def run(self) -> None:
        connection = Connection(self._viewer, self._line)
        reader = asyncio.create_task(self._read())
        writer = asyncio.create_task(write_views(connection, self._room))
        try:
            await self._room.hub.attach(connection)
            await asyncio.wait({reader, writer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._room.hub.detach(connection)
            reader.cancel()
            writer.cancel()
            ended = await asyncio.gather(reader, writer, return_exceptions=True)
            await self._end(ended)

    async def _end(self, ended: Sequence[BaseException | None]) -> None:
        code = 1000
        for error in ended:
            if isinstance(error, Refused):
                code = ABUSE
            elif isinstance(error, Exception) and not isinstance(
                error, WebSocketDisconnect | RuntimeError | OSError | TimeoutError
            ):
                log.error(
                    "socket_failed", event_id=self._room.state.id, error=type(error).__name__, exc_info=error
                )
                code = 1011
        try:
            async with asyncio.timeout(1.0):
                await self._line.close(code)
        except (RuntimeError, OSError, TimeoutError):
            log.debug("already_closed")

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        throttle = Throttle(loop.time())
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect" or self._line.is_closed:
                # What still comes after we closed is not heard: the login may have ended.
                return
            self._room.hub.heard(self._viewer)
            await self._handle(message.get("text") or message.get("bytes") or "")
            rest = throttle.wait(loop.time())
            if rest > 0:
                await asyncio.sleep(rest)

    async def _handle(self, message: str | bytes) -> None:
        try:
            said = decode(message)
        except Refused as refused:
            await self._send(Denied(id="", code=refused.code, detail=refused.detail))
            return
        match said:
            case Ping(client=client):
                await self._send(Pong(client=client, server=round(self._services.clock.now() * 1000)))
            case Hello():
                return
            case SentCommand():
                await self._send(await self._command(said))

    async def _command(self, sent: SentCommand) -> Accepted | Denied:
        if self._grant.kind == "staff":
            # A laptop is signed out, a password changed: that must hold for a dashboard that is open.
            self._logins = await read_logins(self._services, self._websocket)
        return await carry_out(self._services, self._logins, self._room, sent, kind=self._grant.kind)

    async def _send(self, message: Accepted | Denied | Pong) -> None:
        await self._line.send(encode(message))
