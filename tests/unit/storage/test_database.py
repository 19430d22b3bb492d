from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from event_server.domain.facts import AttendeeAdded
from event_server.domain.private import ErasureRow, ProfileRow
from event_server.domain.profile import Profile
from event_server.storage.database import Database
from event_server.storage.errors import DatabaseTooNew, StorageFailed
from event_server.storage.folder import DataFolder
from event_server.storage.journal import Draft
from event_server.storage.sql_journal import SqlJournal
from event_server.storage.tables import metadata

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection


def files_of(path: Path) -> list[str]:
    return sorted(file.name for file in path.iterdir())


async def pragma(connection: AsyncConnection, name: str) -> object:
    result = await connection.execute(text(f"PRAGMA {name}"))
    return result.scalar() if result.returns_rows else None


async def run(database: Database, statement: str) -> None:
    async with database.reading() as connection:
        await connection.execute(text(statement))


def added(attendee: str) -> list[Draft]:
    return [Draft(actor="staff:rosa", command_id=attendee, fact=AttendeeAdded(attendee=attendee))]


async def on_writer(database: Database, statement: str) -> None:
    """Run ``statement`` on the connection that writes, outside of any transaction."""
    async with database._connection(read_only=False) as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute(statement)


async def write_and_fail(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("INSERT INTO mappings VALUES ('s', 'm')"))
        raise RuntimeError


async def test_writer_is_durable_and_strict(database: Database) -> None:
    async with database.writing() as connection:
        found = [await pragma(connection, name) for name in ("journal_mode", "synchronous", "foreign_keys")]
        assert found == ["wal", 2, 1]  # 2 is FULL
        assert await pragma(connection, "secure_delete") == 1


async def test_reader_can_neither_write_nor_checkpoint(database: Database) -> None:
    with pytest.raises(StorageFailed, match="read_only"):
        await run(database, "DELETE FROM journal")
    async with database.reading() as connection:
        assert await pragma(connection, "wal_autocheckpoint") == 0


async def test_write_takes_its_lock_before_it_reads(database: Database, folder: DataFolder) -> None:
    other = sqlite3.connect(folder.path / "girotondo.db", timeout=0, isolation_level=None)
    async with database.writing():
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()


async def test_an_error_inside_a_write_undoes_it(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await write_and_fail(database)
    async with database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM mappings")) == 0


async def test_a_fault_in_a_statement_is_no_failure_of_the_disk(database: Database) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        await run(database, "SELECT * FROM missing")


async def test_migrations_make_the_tables_the_code_knows(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.writing() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(database: Database, folder: DataFolder) -> None:
    await SqlJournal(database).append("e", 0, added("ada0"), at=1.0)
    await database.migrate()
    assert len(await SqlJournal(database).read("e")) == 1


async def test_a_database_of_a_newer_server_is_left_alone(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    with pytest.raises(DatabaseTooNew, match="r9999"):
        await database.migrate()


async def test_full_disk_writes_nothing_and_the_journal_goes_on_with_space(database: Database) -> None:
    journal = SqlJournal(database)
    await journal.append("e", 0, added("ada0"), at=1.0)
    async with database.writing() as connection:
        pages = await pragma(connection, "page_count")
        await pragma(connection, f"max_page_count={pages}")
    profiles = [ProfileRow(attendee=f"p{n}", profile=Profile(name="x" * 80)) for n in range(200)]
    with pytest.raises(StorageFailed) as caught:
        await journal.append("e", 1, added("bo00"), at=2.0, private=profiles)
    assert caught.value.reason == "full"
    assert len(await journal.read("e")) == 1
    async with database.writing() as connection:
        await pragma(connection, "max_page_count=1000000")
    await journal.append("e", 1, added("bo00"), at=3.0, private=profiles)
    assert [entry.at for entry in await journal.read("e")] == [1.0, 3.0]


async def test_read_only_disk_writes_nothing_and_the_journal_goes_on(database: Database) -> None:
    journal = SqlJournal(database)
    await on_writer(database, "PRAGMA query_only=ON")
    with pytest.raises(StorageFailed) as caught:
        await journal.append("e", 0, added("ada0"), at=1.0)
    assert caught.value.reason == "read_only"
    await on_writer(database, "PRAGMA query_only=OFF")
    assert [entry.version for entry in await journal.append("e", 0, added("ada0"), at=1.0)] == [1]


async def test_a_cancelled_append_is_whole_or_nothing(database: Database) -> None:
    journal = SqlJournal(database)
    version = cancelled = 0
    for steps in range(1, 40):
        drafts = [*added(f"a{steps}"), *added(f"b{steps}")]
        task = asyncio.ensure_future(journal.append("e", version, drafts, at=1.0))
        for _ in range(steps):
            await asyncio.sleep(0)
        cancelled += task.cancel()
        await asyncio.wait([task], timeout=10)
        entries = await journal.read("e")
        assert len(entries) in {version, version + 2}
        version = len(entries)
    assert cancelled > 0
    await journal.append("e", version, added("last"), at=1.0)


async def test_opening_what_is_no_database_says_so(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    (tmp_path / "girotondo.db").write_bytes(b"a letter to the editor" * 100)
    with pytest.raises(StorageFailed) as caught:
        await Database.open(folder.database_url())
    assert caught.value.reason == "damaged"


async def test_opening_read_only_makes_no_database(folder: DataFolder) -> None:
    with pytest.raises(StorageFailed):
        await Database.open(folder.database_url(), read_only=True)
    assert files_of(folder.path) == []


async def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        await Database.open("sqlite+aiosqlite://")


async def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "dati? 100% #1 è")
    database = await Database.open(folder.database_url())
    try:
        await database.migrate()
        assert await SqlJournal(database).read("e") == []
    finally:
        await database.close()
    assert (folder.path / "girotondo.db").exists()


async def test_closing_folds_the_log_into_the_database(database: Database, folder: DataFolder) -> None:
    await SqlJournal(database).append("e", 0, added("ada0"), at=1.0)
    await SqlJournal(database).read("e")
    await database.close()
    assert files_of(folder.path) == ["girotondo.db"]


async def test_a_read_only_command_reads_the_log_of_a_dead_server_and_leaves_it(
    database: Database, folder: DataFolder, tmp_path: Path
) -> None:
    await SqlJournal(database).append("e", 0, added("ada0"), at=1.0)
    # What a killed server leaves behind: the files as they are now, and nobody who has them open.
    left = DataFolder(tmp_path / "left")
    for name in ("girotondo.db", "girotondo.db-wal"):
        (left.path / name).write_bytes((folder.path / name).read_bytes())
    before = {path.name: path.read_bytes() for path in left.path.iterdir()}
    reader = await Database.open(left.database_url(), read_only=True)
    assert len(await SqlJournal(reader).read("e")) == 1
    with pytest.raises(StorageFailed, match="read_only"):
        await SqlJournal(reader).append("e", 1, added("bo00"), at=1.0)
    await reader.close()
    assert {name: (left.path / name).read_bytes() for name in before} == before


async def test_after_a_vacuum_no_file_holds_what_was_erased(database: Database, folder: DataFolder) -> None:
    journal = SqlJournal(database)
    secret_name = "Nome Riconoscibile"
    row = ProfileRow(attendee="ada0", profile=Profile(name=secret_name, email="ada@example.org"))
    await journal.append("e", 0, added("ada0"), at=1.0, private=[row])
    assert any(secret_name.encode() in path.read_bytes() for path in folder.path.iterdir())
    await journal.append("e", 1, added("bo00"), at=1.0, private=[ErasureRow(attendee="ada0")])
    await journal.read("e")
    await database.vacuum()
    for path in folder.path.iterdir():
        assert secret_name.encode() not in path.read_bytes()
        assert b"ada@example.org" not in path.read_bytes()
    assert len(await journal.read("e")) == 2
