"""A stage for demonstrations, tests and benchmarks: a data folder with an evening, and the real server."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.demo.seed import DemoEvening, DemoSeeder
from event_server.runtime.clock import SystemClock
from event_server.runtime.registry import Registry
from event_server.runtime.solver import NoSolver
from event_server.runtime.stored_library import StoredLibrary
from event_server.storage.accounts import AccountStore
from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.links import LinkStore
from event_server.storage.logins import LoginStore
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from pathlib import Path

    from event_server.domain.messages import Rules

READY_SECONDS = 30.0
LINK_SECONDS = 24 * 3600.0
LOOK_SECONDS = 0.02
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Stage:
    """A data folder that is ready.

    Attributes:
        account: Id of the organizer's account.
        organizer: Secret of the organizer's login.
        link: Secret of a link that signs the organizer in, once.
    """

    evening: DemoEvening
    account: str
    organizer: str
    link: str


async def set_stage(folder: Path, title: str, *, people: int, rules: Rules, seed: int = 0) -> Stage:
    """Make a data folder with an organizer and an evening whose doors are open; the server must not run."""
    data = DataFolder(folder)
    with data.lock():
        database = await Database.open(data.database_url())
        try:
            await database.migrate()
            clock = SystemClock()
            library = StoredLibrary(database, clock)
            rooms = Registry(SqlJournal(database), library, clock, solver=NoSolver())
            account = await AccountStore(database).create("Fay Bozza", "fay@esempio.invalid")
            evening = await DemoSeeder(database, rooms, clock).make(
                account.id, title, people=people, rules=rules, seed=seed
            )
            organizer = await LoginStore(database).make("staff", account.id)
            links = LinkStore(database)
            link = await links.make("enter", account.id, event=evening.event, ttl=LINK_SECONDS)
            await rooms.close()
        finally:
            await database.close()
    return Stage(evening=evening, account=account.id, organizer=organizer, link=link)


def free_port() -> int:
    """Return a port that is free on loopback now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """The real server, ``girotondo serve``, in a process of its own."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self.port = port
        self._environment = {
            **os.environ,
            "GIROTONDO_DATA": str(folder),
            "GIROTONDO_PORT": str(port),
            "GIROTONDO_LOG_LEVEL": "warning",
            **{f"GIROTONDO_{name.upper()}": value for name, value in settings.items()},
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """Return the id of the running process.

        Raises:
            RuntimeError: If it does not run.
        """
        if self._process is None:
            raise RuntimeError("the server does not run")
        return self._process.pid

    async def start(self) -> float:
        """Start the server; return how many seconds it took until it answered.

        Raises:
            RuntimeError: If it ends instead.
            TimeoutError: If it does not answer in time.
        """
        began = time.monotonic()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "event_server",
            "serve",
            env=self._environment,
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(READY_SECONDS):
            while not await self._answers():
                if self._process.returncode is not None:
                    raise RuntimeError(f"the server ended with {self._process.returncode}")
                await asyncio.sleep(LOOK_SECONDS)
        return time.monotonic() - began

    async def _answers(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection(LOOPBACK, self.port)
        except OSError:
            return False
        writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        status = await reader.readline()
        writer.close()
        return b" 200 " in status

    async def kill(self) -> None:
        """End the server as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> None:
        """Ask the server to end, and see that it does."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(15):
                await self._process.wait()
        except TimeoutError:
            await self.kill()
