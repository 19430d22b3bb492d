from __future__ import annotations

import asyncio
import stat
from typing import TYPE_CHECKING

import pytest

from event_server.domain.facts import AttendeeAdded
from event_server.storage.backup import BackupImpossible, backup
from event_server.storage.database import Database
from event_server.storage.errors import StorageFailed
from event_server.storage.folder import DataFolder
from event_server.storage.journal import Draft
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from pathlib import Path


def added(number: int) -> list[Draft]:
    fact = AttendeeAdded(attendee=f"p{number}")
    return [Draft(actor="staff:rosa", command_id=f"c{number}", fact=fact)]


def files_of(path: Path) -> list[str]:
    return sorted(file.name for file in path.iterdir())


async def entries_in(path: Path) -> int:
    copy = await Database.open(f"sqlite+aiosqlite:///{path}", read_only=True)
    try:
        return len(await SqlJournal(copy).read("e"))
    finally:
        await copy.close()


async def test_backup_holds_what_was_acknowledged_before_it_began_while_others_write(
    database: Database, folder: DataFolder, tmp_path: Path
) -> None:
    journal = SqlJournal(database)
    for number in range(20):
        await journal.append("e", number, added(number), at=1.0)
    copying = asyncio.ensure_future(backup(folder.database_url(), tmp_path / "copy.db"))
    written = 20
    while not copying.done():
        await journal.append("e", written, added(written), at=1.0)
        written += 1
    await copying
    assert 20 <= await entries_in(tmp_path / "copy.db") <= written
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert files_of(tmp_path) == ["copy.db", "data"]


async def test_backup_overwrites_nothing(database: Database, folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(BackupImpossible, match="exists"):
        await backup(folder.database_url(), tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


async def test_backup_of_nothing_or_to_nowhere_fails_and_leaves_nothing(
    database: Database, folder: DataFolder, tmp_path: Path
) -> None:
    with pytest.raises(StorageFailed):
        await backup(folder.database_url(), tmp_path / "missing" / "copy.db")
    with pytest.raises(StorageFailed):
        await backup(DataFolder(tmp_path / "empty").database_url(), tmp_path / "copy.db")
    assert files_of(tmp_path) == ["data", "empty"]


async def test_only_the_embedded_database_is_copied(tmp_path: Path) -> None:
    with pytest.raises(BackupImpossible, match="PostgreSQL"):
        await backup("postgresql+psycopg://localhost/girotondo", tmp_path / "copy.db")
