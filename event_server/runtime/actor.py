"""One actor for each live event: drains its inbox, decides a batch, records it, then speaks.

How it works: requests wait in an inbox. The actor takes all that are there, decides them one after another on
a provisional state, appends every fact in one transaction (group commit), and only then adopts the state,
answers the senders and tells the hub what changed. A deadline of the state wakes it with a ``Tick``. It holds
no other timers: whatever is owed is read off the state, so a restart needs no code of its own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import structlog

from event_server.domain.commands import CallToTables, Request, Tick
from event_server.domain.facts import Entry
from event_server.domain.live_event import decide, evolve, is_known
from event_server.domain.messages import CLOCK, PLANNER, Refused
from event_server.storage.errors import Conflict, Repeated, StorageFailed
from event_server.storage.journal import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.commands import PatchRound
    from event_server.domain.private import Private
    from event_server.domain.state import LiveEvent
    from event_server.runtime.clock import Clock
    from event_server.storage.journal import Journal

log = structlog.get_logger(__name__)

LARGEST_BATCH = 256
MOST_AT_A_TIME = 100
"""Facts of one command folded before others get their turn."""

LONGEST_NAP = 1.0
"""Seconds until the clock is read again: the loop's own time stands still while a laptop sleeps."""

MOST_CONFLICTS = 20
"""Times a batch is decided again because somebody else wrote."""


class Shell(Protocol):
    """What an actor needs of the room around it."""

    def patch(self, state: LiveEvent) -> PatchRound | None:
        """Return what makes the next round fit for who is present, or none."""
        ...

    async def recorded(self, state: LiveEvent, entries: Sequence[Entry], private: Sequence[Private]) -> None:
        """Take note of what was recorded; called before anybody is answered."""
        ...

    def storage_failed(self, *, failed: bool) -> None:
        """Take note of whether the journal can be written."""
        ...


@dataclass(slots=True)
class _Waiting:
    request: Request
    private: Sequence[Private]
    answer: asyncio.Future[None]


@dataclass(slots=True)
class _Batch:
    """What a batch came to on a provisional state."""

    state: LiveEvent
    drafts: list[Draft] = field(default_factory=list)
    private: list[Private] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)

    async def decide(self, request: Request, now: float, private: Sequence[Private] = ()) -> None:
        facts = decide(self.state, request, now)
        for count, fact in enumerate(facts, 1):
            draft = Draft(actor=request.actor, command_id=request.id, fact=fact)
            self.drafts.append(draft)
            self.state = evolve(self.state, _entry(self.state, draft, now))
            if count % MOST_AT_A_TIME == 0:
                # A list of thousands is one command: phones must not wait until all of it is folded.
                await asyncio.sleep(0)
        if facts:
            self.private.extend(private)


def _entry(state: LiveEvent, draft: Draft, now: float) -> Entry:
    return Entry(
        version=state.version + 1, at=now, actor=draft.actor, command_id=draft.command_id, fact=draft.fact
    )


class Actor:
    """Owns the state of one live event."""

    def __init__(self, state: LiveEvent, journal: Journal, clock: Clock, shell: Shell) -> None:
        self.state = state
        self._journal = journal
        self._clock = clock
        self._shell = shell
        self._inbox: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._retry_at = 0.0
        self._is_closed = False

    async def submit(self, request: Request, private: Sequence[Private] = ()) -> None:
        """Return once ``request`` has had its effect durably.

        Raises:
            Refused: If the domain says no.
            StorageFailed: If it could not be recorded; it had no effect.
        """
        if self._is_closed:
            raise StorageFailed("unavailable")
        answer = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait(_Waiting(request, private, answer))
        await answer

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            batch = await self._next_batch()
            try:
                await self._handle(batch)
            except BaseException as error:
                for waiting in batch:
                    if not waiting.answer.done():
                        waiting.answer.set_exception(
                            error if isinstance(error, Exception) else StorageFailed("unavailable")
                        )
                if not isinstance(error, Exception):
                    raise
                log.exception("batch_failed", event_id=self.state.id)
                self._retry_at = self._clock.now() + LONGEST_NAP

    def close(self) -> None:
        """Answer who still waits, after `run` has ended: nobody else would, and they would wait for ever."""
        self._is_closed = True
        for waiting in self._drained(self._inbox.qsize()):
            if not waiting.answer.done():
                waiting.answer.set_exception(StorageFailed("unavailable"))

    async def _next_batch(self) -> list[_Waiting]:
        """Return the requests that wait, or none when a deadline has come."""
        while self._inbox.empty():
            due = self._due_in()
            if due is not None and due <= 0:
                return []
            try:
                async with asyncio.timeout(LONGEST_NAP if due is None else min(due, LONGEST_NAP)):
                    first = await self._inbox.get()
            except TimeoutError:
                continue
            return [first, *self._drained(LARGEST_BATCH - 1)]
        return self._drained(LARGEST_BATCH)

    def _drained(self, most: int) -> list[_Waiting]:
        return [self._inbox.get_nowait() for _ in range(min(most, self._inbox.qsize()))]

    def _due_in(self) -> float | None:
        wake_at = self.state.wake_at
        return None if wake_at is None else max(wake_at, self._retry_at) - self._clock.now()

    async def _handle(self, batch: list[_Waiting]) -> None:
        for _ in range(MOST_CONFLICTS):
            now = self._clock.now()
            decided = await self._decide(batch, now)
            if decided.refused and await self._read_on():
                # Never refuse on what another process has already changed.
                continue
            try:
                entries = await self._append(decided, now)
            except Conflict as conflict:
                await self._read_on()
                batch = self._without_repeated(batch, conflict)
                continue
            except StorageFailed as failed:
                self._storage_failed(batch, failed)
                return
            await self._adopt(decided, entries)
            self._answer(batch, decided)
            return
        raise StorageFailed("busy")

    async def _decide(self, batch: list[_Waiting], now: float) -> _Batch:
        decided = _Batch(self.state)
        wake_at = self.state.wake_at
        if wake_at is not None and now >= max(wake_at, self._retry_at):
            tick = Request(actor=CLOCK, id=f"tick-{self.state.version}", command=Tick())
            await self._prepare(decided, tick, now)
            await decided.decide(tick, now)
        for place, waiting in enumerate(batch):
            before, drafted = decided.state, len(decided.drafts)
            try:
                await self._prepare(decided, waiting.request, now)
                await decided.decide(waiting.request, now, waiting.private)
            except Refused as refused:
                decided.refused[place] = refused
                # A call that is refused leaves the plan as it was.
                decided.state = before
                del decided.drafts[drafted:]
        return decided

    async def _prepare(self, decided: _Batch, request: Request, now: float) -> None:
        """Make the next round fit for who is present before its call: a call never waits for the solver."""
        if not isinstance(request.command, CallToTables | Tick) or is_known(decided.state, request):
            return
        patch = self._shell.patch(decided.state)
        if patch is None:
            return
        try:
            await decided.decide(Request(actor=PLANNER, id=f"patch-{request.id}", command=patch), now)
        except Refused:
            log.warning("patch_refused", event_id=self.state.id)

    async def _append(self, decided: _Batch, now: float) -> list[Entry]:
        if not decided.drafts:
            return []
        return await self._journal.append(
            self.state.id, self.state.version, decided.drafts, at=now, private=decided.private
        )

    async def _adopt(self, decided: _Batch, entries: list[Entry]) -> None:
        self.state = decided.state
        if entries:
            self._retry_at = 0.0
            self._shell.storage_failed(failed=False)
            await self._told_shell(entries, decided.private)

    async def _told_shell(self, entries: Sequence[Entry], private: Sequence[Private]) -> None:
        try:
            await self._shell.recorded(self.state, entries, private)
        except Exception:
            # It is recorded: nobody may hear that it failed because of what comes after.
            log.exception("shell_failed", event_id=self.state.id)

    @staticmethod
    def _without_repeated(batch: list[_Waiting], conflict: Conflict) -> list[_Waiting]:
        """Accept what the journal already holds from long ago, and return the rest."""
        if not isinstance(conflict, Repeated):
            return batch
        rest = []
        for waiting in batch:
            if (waiting.request.actor, waiting.request.id) not in conflict.requests:
                rest.append(waiting)
            elif not waiting.answer.done():
                waiting.answer.set_result(None)
        return rest

    def _answer(self, batch: list[_Waiting], decided: _Batch) -> None:
        for place, waiting in enumerate(batch):
            if waiting.answer.done():
                continue
            refused = decided.refused.get(place)
            if refused is None:
                waiting.answer.set_result(None)
            else:
                waiting.answer.set_exception(refused)

    def _storage_failed(self, batch: list[_Waiting], failed: StorageFailed) -> None:
        """Answer nobody with yes: what the batch decided never happened."""
        log.error("storage_failed", event_id=self.state.id)
        self._retry_at = self._clock.now() + LONGEST_NAP
        self._shell.storage_failed(failed=True)
        for waiting in batch:
            if not waiting.answer.done():
                waiting.answer.set_exception(failed)

    async def _read_on(self) -> bool:
        """Fold what others have recorded; tell whether there was anything."""
        entries = await self._journal.read(self.state.id, self.state.version)
        for entry in entries:
            self.state = evolve(self.state, entry)
        if entries:
            await self._told_shell(entries, ())
        return bool(entries)
