"""The system itself refuses to write: a limit on the size of files, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import asyncio, pathlib, resource, sys

from event_server.domain.facts import AttendeeAdded
from event_server.storage.database import Database
from event_server.storage.errors import StorageFailed
from event_server.storage.folder import DataFolder
from event_server.storage.journal import Draft
from event_server.storage.sql_journal import SqlJournal


def added(number):
    return [Draft(actor="a", command_id=str(number), fact=AttendeeAdded(attendee=f"p{number}"))]


async def main():
    folder = DataFolder(pathlib.Path(sys.argv[1]))
    database = await Database.open(folder.database_url())
    await database.migrate()
    journal = SqlJournal(database)
    written = len(await journal.append("e", 0, added(0), at=1.0))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = (folder.path / "girotondo.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (log + 20_000, hard))
    reasons = []
    while len(reasons) < 3:
        try:
            written += len(await journal.append("e", written, added(written), at=1.0))
        except StorageFailed as failed:
            reasons.append(failed.reason)
            assert len(await journal.read("e")) == written
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await journal.append("e", written, added(written), at=2.0)
    await database.close()
    database = await Database.open(folder.database_url(), read_only=True)
    entries = await SqlJournal(database).read("e")
    await database.close()
    assert [entry.version for entry in entries] == list(range(1, written + 2))
    print(*reasons)


asyncio.run(main())
"""


def test_a_write_the_system_refuses_loses_nothing_and_the_journal_goes_on(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert child.stderr == ""
    assert set(child.stdout.split()) <= {"io", "full"}
    assert len(child.stdout.split()) == 3
