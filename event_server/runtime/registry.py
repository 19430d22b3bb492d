"""The registry: every live event of this process, opened once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from event_server.domain.live_event import evolve
from event_server.domain.phases import Phase
from event_server.domain.state import LiveEvent
from event_server.runtime.hub import NO_LOGIN
from event_server.runtime.room import Room
from event_server.runtime.solver import Solver, WorkerSolver
from event_server.storage.errors import JournalUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from event_server.domain.facts import Entry
    from event_server.runtime.clock import Clock
    from event_server.runtime.library import Library
    from event_server.storage.journal import Journal

log = structlog.get_logger(__name__)

RESTARTING = 1012
"""Close code: the server restarts, come back in a moment."""


REPLAYED_AT_ONCE = 200
"""Facts folded before others have their turn: a long journal takes longer than they can wait."""


async def _replayed(event: str, entries: Sequence[Entry]) -> LiveEvent:
    state = LiveEvent(id=event)
    for begin in range(0, len(entries), REPLAYED_AT_ONCE):
        for entry in entries[begin : begin + REPLAYED_AT_ONCE]:
            state = evolve(state, entry)
        await asyncio.sleep(0)
    return state


class Registry:
    """Opens rooms and keeps them; a room lives as long as the process."""

    def __init__(
        self, journal: Journal, library: Library, clock: Clock, *, solver: Solver | None = None
    ) -> None:
        self._journal = journal
        self._library = library
        self._clock = clock
        self._worker = WorkerSolver() if solver is None else None
        self._solver: Solver = solver if solver is not None else self._worker  # type: ignore[assignment]
        self._rooms: dict[str, Room] = {}
        self._opening = asyncio.Lock()

    async def open(self, event: str) -> Room:
        """Return the room of ``event``, replaying its journal if it is not open yet.

        Raises:
            KeyError: If there is no such event, or its journal is forgotten.
        """
        room = self._rooms.get(event)
        if room is not None:
            return room
        async with self._opening:
            if event not in self._rooms:
                self._rooms[event] = await self._opened(event)
        return self._rooms[event]

    async def _opened(self, event: str) -> Room:
        shelf = await self._library.shelf(event)
        state = await _replayed(event, await self._journal.read(event))
        if shelf.is_closed and not state.version:
            raise KeyError(event)
        if state.phase is Phase.CLOSED:
            # A crash between the last fact and what it owes is made good here.
            await self._library.closed(state)
        room = Room(state, shelf, journal=self._journal, clock=self._clock, library=self._library)
        room.start(self._solver)
        log.info("room_opened", event_id=event, version=state.version)
        return room

    async def open_all(self, events: Iterable[str]) -> None:
        """Open every event whose deadlines must be watched although nobody has asked for it yet.

        One whose journal cannot be read must not keep the others from their evening.
        """
        for event in events:
            try:
                await self.open(event)
            except JournalUnreadable as unreadable:
                log.error("journal_unreadable", event_id=event, version=unreadable.version)  # noqa: TRY400 - names it all

    def opened(self) -> list[Room]:
        """Return the rooms that are open."""
        return list(self._rooms.values())

    async def reload(self, event: str) -> None:
        """Read again what is not in the journal, after it was changed."""
        room = self._rooms.get(event)
        if room is not None:
            await room.refresh()

    async def sign_out(self, account: str, *, login: str = "") -> None:
        """Close the dashboards of an account, or of one login of it, that are still open somewhere."""
        for room in self.opened():
            await room.hub.close_account(account, NO_LOGIN, "signed_out", login=login)

    async def drop_closed(self) -> None:
        """Let go of closed events: what they held may have been forgotten."""
        for event in [event for event, room in self._rooms.items() if room.state.phase is Phase.CLOSED]:
            room = self._rooms.pop(event)
            # Who still reads their contacts comes back to the room as it then is.
            await room.hub.close_all(RESTARTING, "restarting")
            await room.stop()

    async def close(self, *, farewell: bytes = b"") -> None:
        """Stop all rooms and the worker; phones are told to come back, and by ``farewell`` when."""
        while self._rooms:  # somebody may still open another one
            _, room = self._rooms.popitem()
            await room.hub.close_all(RESTARTING, "restarting", farewell=farewell)
            await room.stop()
        if self._worker is not None:
            await self._worker.close()
