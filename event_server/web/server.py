"""The running server: services over a data folder, and uvicorn with safe limits."""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import uvicorn

from event_server.demo.crowd import Crowd
from event_server.runtime.clock import SystemClock
from event_server.runtime.registry import Registry
from event_server.runtime.stored_library import StoredLibrary
from event_server.storage.accounts import AccountStore
from event_server.storage.claims import ClaimStore
from event_server.storage.database import Database
from event_server.storage.decks import DeckStore
from event_server.storage.events import EventStore
from event_server.storage.links import LinkStore
from event_server.storage.logins import LoginStore
from event_server.storage.pending_claims import PendingClaimStore
from event_server.storage.people import PeopleStore
from event_server.storage.sql_journal import SqlJournal
from event_server.web.app import package_files
from event_server.web.cookies import Flashes
from event_server.web.http_protocol import GuardedHttpProtocol
from event_server.web.services import Services
from event_server.web.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.applications import Starlette

    from event_server.runtime.clock import Clock
    from event_server.runtime.solver import Solver
    from event_server.settings import Settings
    from event_server.storage.folder import DataFolder

SOCKET_MESSAGE_BYTES = 16 * 1024
PING_SECONDS = 25.0
PONG_SECONDS = 35.0
"""A phone that was silent for a minute is gone."""

BACKLOG = 4096
KEEP_ALIVE_SECONDS = 15


@asynccontextmanager
async def open_services(
    settings: Settings, folder: DataFolder, *, clock: Clock | None = None, solver: Solver | None = None
) -> AsyncIterator[Services]:
    """Give everything the server needs, its database up to date; whoever asks holds the folder's lock.

    Args:
        settings: How this server runs.
        folder: Where it keeps what it keeps.
        clock: The only clock; the system's by default.
        solver: The worker process by default.
    """
    clock = clock or SystemClock()
    database = await Database.open(settings.database_url or folder.database_url())
    try:
        await database.migrate()
        secret = folder.secret()
        library = StoredLibrary(database, clock, vacuum=settings.vacuum)
        rooms = Registry(SqlJournal(database), library, clock, solver=solver)
        crowd = Crowd()
        catalogs, assets, templates = package_files()
        try:
            yield Services(
                settings=settings,
                secret=secret,
                clock=clock,
                rooms=rooms,
                database=database,
                events=EventStore(database),
                people=PeopleStore(database),
                accounts=AccountStore(database, clock.now),
                claims=ClaimStore(database, clock.now),
                decks=DeckStore(database),
                pending=PendingClaimStore(database, clock.now),
                logins=LoginStore(database, clock.now),
                links=LinkStore(database, clock.now),
                catalogs=catalogs,
                assets=assets,
                templates=templates,
                flashes=Flashes(secret),
                throttle=Throttle(),
                crowd=crowd,
            )
        finally:
            await crowd.close()
            await rooms.close()
    finally:
        await database.close()


def uvicorn_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    """Return uvicorn's configuration: its defaults are unsafe on an open port."""
    return uvicorn.Config(
        app,
        http=GuardedHttpProtocol,
        ws="websockets-sansio",
        ws_max_size=SOCKET_MESSAGE_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_SECONDS,
        lifespan="on",
        log_config=None,
        log_level=settings.log_level,
        access_log=False,
        server_header=False,
        # Forwarded headers are the application's to judge, by `trusted_proxies`.
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.stop_seconds,
    )


class StoppingServer(uvicorn.Server):
    """Stops on SIGINT and SIGTERM and then returns, so that whoever started it can close what it opened."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals while serving, without raising them again afterwards as uvicorn does."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)
