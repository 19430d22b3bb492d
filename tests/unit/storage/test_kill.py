"""kill -9 while rows are appended: whatever was acknowledged is there, whole, without gaps."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 12

SCRIPT = """
import asyncio, pathlib, sys

from event_server.domain.facts import AttendeeAdded, ProfileChanged
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.journal import Draft
from event_server.storage.sql_journal import SqlJournal


async def main():
    folder = DataFolder(pathlib.Path(sys.argv[1]))
    with folder.lock():
        database = await Database.open(folder.database_url())
        await database.migrate()
        journal = SqlJournal(database)
        version = len(await journal.read("e"))
        while True:
            person = f"p{version}"
            facts = [AttendeeAdded(attendee=person), ProfileChanged(attendee=person)]
            drafts = [Draft(actor="a", command_id=person, fact=fact) for fact in facts]
            row = ProfileRow(attendee=person, profile=Profile(name=person))
            version += len(await journal.append("e", version, drafts, at=1.0, private=[row]))
            print(version, flush=True)


asyncio.run(main())
"""


def killed_while_appending(folder: Path, seconds: float) -> int:
    """Return the last version that a child acknowledged before it was killed."""
    child = subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder)], stdout=subprocess.PIPE, text=True)
    with child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(seconds)  # the moment of the kill is what is varied
        child.kill()
        rest = child.stdout.read().splitlines(keepends=True)
        child.wait(timeout=10)
    whole = [int(line) for line in (first, *rest) if line.endswith("\n")]
    return whole[-1]


@pytest.mark.slow
async def test_no_acknowledged_row_is_lost_to_a_kill(tmp_path: Path) -> None:
    seed = 20_260_901
    moments = random.Random(seed)
    acknowledged = 0
    for _ in range(KILLS):
        before = acknowledged
        acknowledged = killed_while_appending(tmp_path, moments.uniform(0.0, 0.3))
        assert acknowledged > before
        reader = await Database.open(DataFolder(tmp_path).database_url(), read_only=True)
        try:
            entries = await SqlJournal(reader).read("e")
        finally:
            await reader.close()
        assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
        # The transaction under way may be there too, whole: nobody was told that it is not.
        assert len(entries) - acknowledged in {0, 2}
    print(f"seed {seed}: {KILLS} kills, {acknowledged} acknowledged rows")
