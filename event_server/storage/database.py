"""The database: one connection that writes, a few that read, errors in the words of the server.

How it works, on SQLite: two connections that write or checkpoint at the same time can corrupt a write-ahead
log (SQLite 3.7.0 to 3.51.2), so there is a single writing connection and it alone checkpoints; readers are
opened read-only. Power losses lose acknowledged rows with ``synchronous=NORMAL``, none with ``FULL``. Every
write takes its lock at once (``BEGIN IMMEDIATE``): a transaction that begins by reading may find, when it
comes to write, that what it read no longer holds.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import URL, event, exc, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from event_server.storage.errors import FailureReason, StorageFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

BUSY_MS = 5000
"""How long a write waits for another process: a command of ours, or somebody looking with a tool."""

READERS = 2

WRITER_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",  # macOS only: a plain fsync there leaves the rows in the disk's own cache
    "checkpoint_fullfsync=ON",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased must not linger in free pages
    f"busy_timeout={BUSY_MS}",
)
READER_PRAGMAS = ("wal_autocheckpoint=0", f"busy_timeout={BUSY_MS}")

_REASONS: dict[int, FailureReason] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_IOERR: "io",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CANTOPEN: "unavailable",
    sqlite3.SQLITE_PROTOCOL: "unavailable",
}
_PRIMARY_CODE = 0xFF


MOST_VALUES = 500
"""Values of one ``IN``: SQLite takes 32,766 in a statement, older ones 999."""


def in_batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield ``values`` in pieces that a query may name."""
    return (values[start : start + MOST_VALUES] for start in range(0, len(values), MOST_VALUES))


class Database:
    """Connections to one database. Stores share it; nobody writes inside another write."""

    def __init__(self, writer: AsyncEngine | None, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader

    @staticmethod
    async def open(url: str, *, read_only: bool = False) -> Database:
        """Return the database at ``url``; an embedded one is made when it is missing, unless ``read_only``.

        Raises:
            StorageFailed: If it cannot be opened.
            ValueError: If it is in memory: every connection would see another one.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            path = _path(parsed)
            with _failures():
                await asyncio.to_thread(_probe, path, read_only=read_only)
            database = _open_sqlite(parsed, path, read_only=read_only)
        else:
            engine = create_async_engine(parsed, pool_pre_ping=True, hide_parameters=True)
            database = Database(None if read_only else engine, engine)
        try:
            async with database._connection(read_only=read_only):
                return database
        except BaseException:
            await database.close()
            raise

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded database."""
        return self._reader.dialect.name == "sqlite"

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction that is committed at the end, or undone by any error.

        Raises:
            StorageFailed: If it cannot be written; nothing was.
        """
        async with self._connection(read_only=False) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees the database as it stands now, and cannot change it.

        Raises:
            StorageFailed: If it cannot be read.
        """
        async with self._connection(read_only=True) as connection:
            yield connection

    @asynccontextmanager
    async def _connection(self, *, read_only: bool) -> AsyncIterator[AsyncConnection]:
        engine = self._reader if read_only else self._writer
        if engine is None:
            raise StorageFailed("read_only")
        with _failures():
            async with engine.connect() as connection:
                yield connection

    async def migrate(self) -> None:
        """Bring the tables to the shape this server knows; call it under the lock of the data folder.

        Raises:
            DatabaseTooNew: If a newer server has been here.
        """
        from event_server.storage.migrations import upgrade  # noqa: PLC0415 - alembic costs 0.2 s at every start

        async with self.writing() as connection:
            await connection.run_sync(upgrade)

    async def vacuum(self) -> None:
        """Rewrite the database without what was deleted, and empty the write-ahead log of it."""
        if not self.is_sqlite:
            return  # PostgreSQL vacuums by itself
        async with self._connection(read_only=False) as connection:
            # Neither may stand in a transaction, and SQLAlchemy begins one for any statement.
            driver: Any = (await connection.get_raw_connection()).driver_connection
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                await (await driver.execute(statement)).close()

    async def close(self) -> None:
        """Close all connections; what is written is safe before."""
        await self._reader.dispose()
        if self._writer is not None and self._writer is not self._reader:
            # Last, so that it finds nobody else and folds the write-ahead log into the database.
            await self._writer.dispose()


def _path(url: URL) -> str:
    if not url.database or url.database == ":memory:":
        raise ValueError("the database must be a file")
    return quote(str(Path(url.database).absolute()))


def _probe(path: str, *, read_only: bool) -> None:
    """Open the file once by hand: the asynchronous driver leaves a thread behind when it cannot."""
    sqlite3.connect(f"file:{path}?mode={'ro' if read_only else 'rwc'}", uri=True).close()


def _open_sqlite(url: URL, path: str, *, read_only: bool) -> Database:
    read_url = url.set(database=f"file:{path}", query={"mode": "ro", "uri": "true"})
    reader = create_async_engine(read_url, pool_size=READERS, max_overflow=0, hide_parameters=True)
    _prepare(reader, READER_PRAGMAS, begin="BEGIN")
    if read_only:
        return Database(None, reader)
    write_url = url.set(database=f"file:{path}", query={"mode": "rwc", "uri": "true"})
    writer = create_async_engine(write_url, pool_size=1, max_overflow=0, hide_parameters=True)
    _prepare(writer, WRITER_PRAGMAS, begin="BEGIN IMMEDIATE")
    return Database(writer, reader)


def _prepare(engine: AsyncEngine, pragmas: tuple[str, ...], *, begin: str) -> None:
    """Set up every connection of ``engine``, and begin transactions ourselves: the driver begins too late."""

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        try:
            connection.isolation_level = None
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except BaseException:
            # Nobody else knows of this connection yet, and its thread would outlive it.
            connection.close()
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def _began(connection: Any) -> None:
        connection.exec_driver_sql(begin)


@contextmanager
def _failures() -> Iterator[None]:
    """Turn errors of the driver into `StorageFailed`; faults in our own statements stay what they are."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        reason = _failure(error)
        if reason is None:
            raise
        raise StorageFailed(reason) from error


def _failure(error: exc.SQLAlchemyError | sqlite3.Error) -> FailureReason | None:
    if isinstance(error, exc.TimeoutError):
        return "busy"
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        return _REASONS.get(getattr(original, "sqlite_errorcode", 0) & _PRIMARY_CODE)
    lost = isinstance(error, exc.DBAPIError) and error.connection_invalidated
    return "unavailable" if lost or isinstance(error, exc.OperationalError) else None
