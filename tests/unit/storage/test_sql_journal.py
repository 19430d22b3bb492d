from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from event_server.domain.facts import AttendeeAdded
from event_server.storage.journal import Draft, JournalUnreadable
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from event_server.storage.database import Database

ADDED = [Draft(actor="staff:rosa", command_id="c1", fact=AttendeeAdded(attendee="ada0"))]


async def rewrite(database: Database, fact: str) -> None:
    async with database.writing() as connection:
        await connection.execute(text("UPDATE journal SET fact = :fact WHERE version = 1"), {"fact": fact})


@pytest.mark.parametrize(
    "fact",
    [
        '{"type":"AttendeeAdded","attendee":"ada0","from_the_future":"secret"}',
        '{"type":"AttendeeBeamedUp","attendee":"secret"}',
        '{"type":"AttendeeAdded","attendee":',
    ],
)
async def test_a_row_that_means_nothing_to_this_server_is_named_and_not_quoted(
    database: Database, fact: str
) -> None:
    journal = SqlJournal(database)
    await journal.append("e1", 0, ADDED, at=1.0)
    await rewrite(database, fact)
    with pytest.raises(JournalUnreadable, match="event e1, row 1") as caught:
        await journal.read("e1")
    assert (caught.value.event, caught.value.version) == ("e1", 1)
    assert "secret" not in str(caught.value)


async def test_two_rows_of_one_version_cannot_be_stored(database: Database) -> None:
    await SqlJournal(database).append("e1", 0, ADDED, at=1.0)
    copied = "INSERT INTO journal SELECT event_id, {}, at, actor, {}, place, type, fact FROM journal"
    async with database.writing() as connection:
        for version, command in (("version", "'c2'"), ("version + 1", "command_id")):
            with pytest.raises(IntegrityError):
                await connection.execute(text(copied.format(version, command)))
    assert len(await SqlJournal(database).read("e1")) == 1
