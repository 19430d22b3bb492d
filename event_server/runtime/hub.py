"""The hub: who is connected, who must hear of a fact, and one writer for each connection.

Screens are level-triggered: a connection has no queue, only a flag that its newest view may differ from the
last one sent. Its writer builds that view when it gets to it: a slow phone costs one view and delays nobody.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import structlog

from event_server.domain import facts as f
from event_server.domain.phases import Phase
from event_server.tags.book import DEFAULT_LANGUAGE
from event_server.views.scene import Presence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import LiveEvent

log = structlog.get_logger(__name__)

SEND_SECONDS = 10.0
"""How long a connection may take to accept one view before it is given up."""

MOST_SOCKETS = 4
"""Sockets of one login; the oldest gives way."""

NO_LOGIN = 4001
"""Close code: no login; do not try again."""

REPLACED = 4002
"""Close code: a newer socket took the place."""

ROOM_SECONDS = 5.0
"""The dashboard's room is looked at again after this long, for phones that fell asleep without a word."""

ViewerKind = Literal["attendee", "organizer", "projector"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: an attendee, or staff of an account, or the projector's link.

    Attributes:
        language: In which tags are called by their names.
    """

    kind: ViewerKind
    login: str
    attendee: AttendeeId = ""
    account: str = ""
    language: str = DEFAULT_LANGUAGE

    @property
    def is_staff(self) -> bool:
        """Tell whether facts for staff are of interest."""
        return self.kind == "organizer"


class Socket(Protocol):
    """What the hub needs of a connection."""

    async def send(self, payload: bytes) -> None:
        """Send one text message."""
        ...

    async def close(self, code: int, reason: str = "") -> None:
        """Close the connection."""
        ...


@dataclass(slots=True, eq=False)
class Connection:
    """One screen and its newest-view slot."""

    viewer: Viewer
    socket: Socket
    dirty: asyncio.Event = field(default_factory=asyncio.Event)
    last_sent: dict[str, bytes] = field(default_factory=dict)
    sent_at: dict[str, float] = field(default_factory=dict)


def audience(fact: f.Fact, state: LiveEvent) -> frozenset[AttendeeId] | Literal["staff", "all"]:
    """Return who must hear of ``fact`` besides staff: some attendees, none (``staff``), or ``all``.

    An answer wakes its author only: a screen that stirs when somebody else answers would betray them.
    """
    match fact:
        case f.AnswerGiven() | f.NoteSaved() | f.MissingReported() | f.HelpAsked() | f.HelpAnswered():
            return frozenset({fact.attendee})
        case f.StandbySet():
            return frozenset({fact.attendee})
        case f.ArrivedAtTable(attendee=attendee):
            partners = state.running.partners_of(attendee) if state.running else ()
            return frozenset({attendee, *partners})
        case f.AttendeeCheckedIn() | f.CheckInUndone() | f.AttendeeAdded():
            return "all" if state.phase in {Phase.DRAFT, Phase.LOBBY} else frozenset({fact.attendee})
        case f.AttendeeArranged() | f.PairRuleSet():
            return "staff"
        case f.ReplanRequested() | f.PlanPublished() | f.RoundPatched():
            return state.running.sitting_out if state.running else "staff"
        case _:
            return "all"


class Hub:
    """All connections of one live event."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._connections: dict[Connection, None] = {}  # in order of coming
        self._presence: dict[AttendeeId, Presence] = {}

    @property
    def connections(self) -> frozenset[Connection]:
        """Return the open connections."""
        return frozenset(self._connections)

    def presence(self) -> dict[AttendeeId, Presence]:
        """Return what the sockets say about each phone that was ever here."""
        return dict(self._presence)

    async def attach(self, connection: Connection) -> None:
        """Take in a connection; the oldest of a login with too many is closed."""
        same = [c for c in self._connections if c.viewer.login == connection.viewer.login]
        self._connections[connection] = None
        self._count(connection.viewer, +1)
        connection.dirty.set()
        if len(same) >= MOST_SOCKETS:
            self.detach(same[0])
            await _closed(same[0], REPLACED, "replaced")

    def detach(self, connection: Connection) -> None:
        """Let a connection go; harmless to repeat."""
        if connection in self._connections:
            del self._connections[connection]
            self._count(connection.viewer, -1)

    def heard(self, viewer: Viewer) -> None:
        """Take note that a phone is awake."""
        known = self._presence.get(viewer.attendee)
        if viewer.attendee and known is not None:
            self._presence[viewer.attendee] = Presence(sockets=known.sockets, seen_at=self._now())

    def _count(self, viewer: Viewer, change: int) -> None:
        if not viewer.attendee:
            return
        known = self._presence.get(viewer.attendee)
        sockets = max(0, (known.sockets if known else 0) + change)
        self._presence[viewer.attendee] = Presence(sockets=sockets, seen_at=self._now())
        self.wake_staff()

    def publish(self, state: LiveEvent, facts: Iterable[f.Fact]) -> None:
        """Wake everybody whom ``facts`` concern."""
        concerned: set[AttendeeId] = set()
        for fact in facts:
            who = audience(fact, state)
            if who == "all":
                self.wake_all()
                return
            if not isinstance(who, str):
                concerned |= who
        self.wake_staff()
        for connection in self._connections:
            if connection.viewer.attendee in concerned or connection.viewer.kind == "projector":
                connection.dirty.set()

    def wake_all(self) -> None:
        """Let every screen look again."""
        for connection in self._connections:
            connection.dirty.set()

    def wake(self, attendee: AttendeeId) -> None:
        """Let somebody's phones look again."""
        for connection in self._connections:
            if connection.viewer.attendee == attendee:
                connection.dirty.set()

    def wake_staff(self) -> None:
        """Let the dashboards look again."""
        for connection in self._connections:
            if connection.viewer.is_staff:
                connection.dirty.set()

    async def close_all(self, code: int, reason: str, *, farewell: bytes = b"") -> None:
        """Close every connection, as on a restart, after a last message."""
        connections = tuple(self._connections)
        for connection in connections:
            self.detach(connection)
        await asyncio.gather(*(_closed(c, code, reason, farewell=farewell) for c in connections))

    async def close_attendee(self, attendee: AttendeeId, code: int, reason: str) -> None:
        """Close the phones of somebody whose logins no longer hold."""
        await self._close([c for c in self._connections if c.viewer.attendee == attendee], code, reason)

    async def close_account(self, account: str, code: int, reason: str, *, login: str = "") -> None:
        """Close the dashboards of somebody who lost their role, or only those of one ``login`` of theirs."""
        theirs = [c for c in self._connections if c.viewer.account == account]
        await self._close([c for c in theirs if login in {"", c.viewer.login}], code, reason)

    async def _close(self, connections: Iterable[Connection], code: int, reason: str) -> None:
        for connection in connections:
            self.detach(connection)
            await _closed(connection, code, reason)


async def _closed(connection: Connection, code: int, reason: str, *, farewell: bytes = b"") -> None:
    try:
        async with asyncio.timeout(1.0):
            if farewell:
                await connection.socket.send(farewell)
            await connection.socket.close(code, reason)
    except (OSError, RuntimeError, TimeoutError):
        log.info("close_failed", login=connection.viewer.login)
