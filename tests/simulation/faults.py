"""What goes wrong: a disk that loses what was not synced, a network that delays, stalls and cuts."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from event_server.storage.journal import MemoryJournal

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from starlette.types import ASGIApp

    from event_server.domain.facts import Entry
    from event_server.domain.private import Private
    from event_server.storage.journal import Draft


@dataclass
class Faults:
    """How often each fault was really injected."""

    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)

    def strikes(self, name: str, probability: float) -> bool:
        if self.chance.random() >= probability:
            return False
        self.counts[name] += 1
        return True


class CrashJournal(MemoryJournal):
    """A journal on a disk: a commit takes time, and a crash in that time keeps or loses it by chance."""

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.is_writing = asyncio.Event()
        self._faults = faults
        self._pending: list[dict[str, Any]] = []

    async def crash(self) -> None:
        """End the process's life: the disk decides about commits under way, nobody hears of them."""
        pending, self._pending = self._pending, []
        for commit in pending:
            if not self._faults.strikes("unsynced_lost", 0.5):
                self._faults.counts["stored_but_never_acknowledged"] += 1
                await super().append(**commit)

    async def append(
        self, event: str, after: int, drafts: Sequence[Draft], *, at: float, private: Sequence[Private] = ()
    ) -> list[Entry]:
        commit = {"event": event, "after": after, "drafts": drafts, "at": at, "private": private}
        self._pending.append(commit)
        self.is_writing.set()
        await asyncio.sleep(self._faults.chance.uniform(0.001, 0.05))
        self.is_writing.clear()
        if commit not in self._pending:
            raise asyncio.CancelledError
        self._pending.remove(commit)
        return await super().append(event, after, drafts, at=at, private=private)


class Line:
    """One WebSocket between a simulated phone and the ASGI application, in memory."""

    def __init__(self, app: ASGIApp, path: str, token: str, faults: Faults) -> None:
        self._app = app
        self._faults = faults
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.to_phone: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._scope = {
            "type": "websocket",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "scheme": "ws",
            "headers": [(b"host", b"localhost"), (b"authorization", f"Bearer {token}".encode())],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
            "subprotocols": [],
            "state": {},
        }
        self._task: asyncio.Task[None] | None = None
        self.is_cut = False
        self.code: int | None = None

    def open(self) -> None:
        if self.is_cut:
            return  # nobody is there to answer
        self._to_server.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._serve())

    async def _serve(self) -> None:
        try:
            await self._app(self._scope, self._receive, self._send)
        except OSError:
            assert self.is_cut
        finally:
            self.to_phone.put_nowait(None)

    async def _receive(self) -> dict[str, Any]:
        message = await self._to_server.get()
        await asyncio.sleep(self._delay())
        return message

    async def _send(self, message: dict[str, Any]) -> None:
        if self.is_cut:
            raise OSError("the line is cut")
        if message["type"] == "websocket.close":
            self.code = message.get("code", 1000)
        if message["type"] != "websocket.send":
            return
        if self._faults.strikes("stalled", 0.01):
            await asyncio.sleep(self._faults.chance.uniform(0.5, 3))
        await asyncio.sleep(self._delay())
        if not self.is_cut:
            self.to_phone.put_nowait(json.loads(message["text"]))

    def _delay(self) -> float:
        if self._faults.strikes("delayed", 0.05):
            return self._faults.chance.uniform(0.2, 2.0)
        return self._faults.chance.uniform(0.001, 0.02)

    def say(self, message: dict[str, Any]) -> None:
        if not self.is_cut:
            self._to_server.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    def cut(self) -> None:
        """Lose the connection: what was under way in either direction is gone."""
        self.is_cut = True
        kept = [message for message in self._drained() if message["type"] == "websocket.connect"]
        for message in kept:
            self._to_server.put_nowait(message)
        self._to_server.put_nowait({"type": "websocket.disconnect", "code": 1006})
        self.to_phone.put_nowait(None)

    def _drained(self) -> list[dict[str, Any]]:
        return [self._to_server.get_nowait() for _ in range(self._to_server.qsize())]

    async def ended(self) -> None:
        """Wait until the server has let go."""
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=30)
