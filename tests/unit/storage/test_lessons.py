"""Lessons of closed evenings: of who agrees only, faded, and gone when somebody changes their mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from event_server.domain.facts import AttendeeAdded, AttendeeErased, ProfileChanged
from event_server.domain.lessons import FORGOTTEN_DAYS, HALF_LIFE_DAYS, Lesson
from event_server.domain.private import ErasureRow, ProfileRow
from event_server.domain.profile import Profile
from event_server.storage.journal import Draft
from event_server.storage.lessons import LessonStore
from event_server.storage.retention import forget_old
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from event_server.storage.database import Database

DAY = 86400.0
NOW = 1_790_000_000.0
TAUGHT = Lesson(given_sum=-0.5, given_count=4, received_sum=1.25, received_count=5)


def guest(name: str, *, learning: bool = True, email: str = "") -> Profile:
    return Profile(name=name, email=email or f"{name}@example.org", learning=learning)


async def come(database: Database, event: str, *profiles: Profile, source: str = "list") -> None:
    """Put people on the list of ``event``; their ids are their names with the event's behind."""
    ids = [f"{profile.name}-{event}" for profile in profiles]
    drafts = [Draft(actor="staff:rosa", command_id="add", fact=AttendeeAdded(attendee=one)) for one in ids]
    rows = [
        ProfileRow(attendee=one, profile=profile, source_key=source)
        for one, profile in zip(ids, profiles, strict=True)
    ]
    await SqlJournal(database).append(event, 0, drafts, at=1.0, private=rows)


async def kept(database: Database) -> int:
    async with database.reading() as connection:
        return await connection.scalar(text("SELECT count(*) FROM lessons")) or 0


@pytest.fixture
def lessons(database: Database) -> LessonStore:
    return LessonStore(database)


@pytest.fixture
async def first_evening(database: Database, lessons: LessonStore) -> None:
    await come(database, "e1", guest("ada"), guest("bo"), guest("cleo", learning=False))
    taught = {f"{name}-e1": TAUGHT for name in ("ada", "bo", "cleo")}
    await lessons.write("e1", taught, at=NOW)


@pytest.mark.usefixtures("first_evening")
async def test_a_lesson_is_found_again_by_the_address_on_the_list_if_its_owner_still_agrees(
    database: Database, lessons: LessonStore
) -> None:
    await come(
        database, "e2", guest("ada", email="ADA@example.org"), guest("bo", learning=False), guest("dina")
    )
    assert await lessons.read("e2", NOW) == {"ada-e2": TAUGHT}


@pytest.mark.usefixtures("first_evening")
async def test_whoever_did_not_agree_left_no_lesson(database: Database, lessons: LessonStore) -> None:
    assert await kept(database) == 2
    await come(database, "e2", guest("cleo"))
    assert await lessons.read("e2", NOW) == {}


@pytest.mark.usefixtures("first_evening")
async def test_lessons_of_an_event_are_none_of_its_own(lessons: LessonStore) -> None:
    assert await lessons.read("e1", NOW) == {}


@pytest.mark.usefixtures("first_evening")
async def test_lessons_fade_by_half_in_half_a_year_and_add_up(
    database: Database, lessons: LessonStore
) -> None:
    await come(database, "e2", guest("ada"))
    await lessons.write("e2", {"ada-e2": TAUGHT}, at=NOW + HALF_LIFE_DAYS * DAY)
    await come(database, "e3", guest("ada"))
    (both,) = (await lessons.read("e3", NOW + HALF_LIFE_DAYS * DAY)).values()
    assert both == Lesson(given_sum=-0.75, given_count=6, received_sum=1.875, received_count=7.5)


@pytest.mark.usefixtures("first_evening")
async def test_an_address_typed_at_the_door_finds_no_lesson(database: Database, lessons: LessonStore) -> None:
    await come(database, "e2", guest("ada"), source="")
    assert await lessons.read("e2", NOW) == {}


@pytest.mark.usefixtures("first_evening")
async def test_two_of_one_address_are_nobody(database: Database, lessons: LessonStore) -> None:
    await come(database, "e2", guest("ada"), guest("dina", email="ada@example.org"))
    assert await lessons.read("e2", NOW) == {}


@pytest.mark.usefixtures("first_evening")
async def test_written_again_there_is_still_one_lesson_each(database: Database, lessons: LessonStore) -> None:
    await lessons.write("e1", {"ada-e1": TAUGHT, "bo-e1": TAUGHT}, at=NOW)
    assert await kept(database) == 2


@pytest.mark.usefixtures("first_evening")
async def test_who_changes_their_mind_is_forgotten_and_who_never_agreed_here_is_not(
    database: Database, lessons: LessonStore
) -> None:
    await come(database, "e2", guest("ada"), guest("bo", learning=False))
    changed = [
        Draft(actor="guest:x", command_id="c", fact=ProfileChanged(attendee=f"{name}-e2"))
        for name in ("ada", "bo")
    ]
    rows = [ProfileRow(attendee=f"{name}-e2", profile=guest(name, learning=False)) for name in ("ada", "bo")]
    await SqlJournal(database).append("e2", 2, changed, at=2.0, private=rows)
    await come(database, "e3", guest("ada"), guest("bo"))
    assert await lessons.read("e3", NOW) == {"bo-e3": TAUGHT}


@pytest.mark.usefixtures("first_evening")
async def test_an_erased_person_leaves_no_lesson_of_any_evening(database: Database) -> None:
    await come(database, "e2", guest("ada"), guest("bo"))
    gone = Draft(actor="staff:rosa", command_id="e", fact=AttendeeErased(attendee="ada-e2"))
    await SqlJournal(database).append("e2", 2, [gone], at=2.0, private=[ErasureRow(attendee="ada-e2")])
    assert await kept(database) == 1


@pytest.mark.usefixtures("first_evening")
async def test_a_lesson_that_has_faded_is_deleted(database: Database) -> None:
    await forget_old(database, now=NOW + (FORGOTTEN_DAYS - 1) * DAY)
    assert await kept(database) == 2
    await forget_old(database, now=NOW + (FORGOTTEN_DAYS + 1) * DAY)
    assert await kept(database) == 0


@pytest.mark.usefixtures("first_evening")
async def test_no_name_and_no_address_stands_beside_a_lesson(database: Database) -> None:
    async with database.reading() as connection:
        rows = (await connection.execute(text("SELECT * FROM lessons"))).all()
    assert rows
    assert not any(word in str(row) for row in rows for word in ("ada", "bo", "example"))
