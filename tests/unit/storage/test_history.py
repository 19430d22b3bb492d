from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from event_server.domain.facts import AttendeeAdded, AttendeeErased
from event_server.domain.private import ErasureRow, ProfileRow
from event_server.domain.profile import Profile
from event_server.storage.accounts import AccountStore
from event_server.storage.claims import ClaimStore
from event_server.storage.events import EventRow, EventStore
from event_server.storage.history import HistoryStore
from event_server.storage.journal import Draft
from event_server.storage.people import PeopleStore
from event_server.storage.retention import Forgotten, forget_old
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from event_server.storage.database import Database

DAY = 86400.0
SECRET = b"s" * 32


async def people_come(database: Database, event: str, emails: dict[str, str], source: str = "list") -> None:
    """Put people on the list of ``event``: attendee -> e-mail."""
    drafts = [
        Draft(actor="staff:rosa", command_id="add", fact=AttendeeAdded(attendee=attendee))
        for attendee in emails
    ]
    private = [
        ProfileRow(attendee=attendee, profile=Profile(name=attendee, email=email), source_key=source)
        for attendee, email in emails.items()
    ]
    await SqlJournal(database).append(event, 0, drafts, at=1.0, private=private)


@pytest.fixture
def history(database: Database) -> HistoryStore:
    return HistoryStore(database)


@pytest.fixture
async def first_evening(database: Database, history: HistoryStore) -> None:
    await people_come(
        database, "e1", {"a1": "ada@example.org", "b1": "bo@example.org", "c1": "cleo@example.org"}
    )
    meetings = [(("a1", "b1"), 1), (("b1", "c1"), 2)]
    await history.write_results("e1", meetings, {("a1", "b1")}, at=9.0)


@pytest.mark.usefixtures("first_evening")
async def test_who_met_at_an_earlier_event_is_found_by_the_address_on_the_list(
    database: Database, history: HistoryStore
) -> None:
    people = {"z2": "ADA@example.org", "b2": "bo@example.org", "c2": "cleo@example.org", "n2": ""}
    await people_come(database, "e2", people)
    assert await history.met_before("e2") == {("b2", "z2"), ("b2", "c2")}


@pytest.mark.usefixtures("first_evening")
async def test_meetings_of_the_event_itself_are_no_history_of_it(history: HistoryStore) -> None:
    assert await history.met_before("e1") == frozenset()


@pytest.mark.usefixtures("first_evening")
async def test_an_address_typed_at_the_door_proves_nothing(database: Database, history: HistoryStore) -> None:
    await people_come(database, "e2", {"a2": "ada@example.org", "b2": "bo@example.org"}, source="")
    assert await history.met_before("e2") == frozenset()


@pytest.mark.usefixtures("first_evening")
async def test_history_reaches_over_several_events(database: Database, history: HistoryStore) -> None:
    await people_come(database, "e2", {"a2": "ada@example.org", "c2": "cleo@example.org"})
    await history.write_results("e2", [(("a2", "c2"), 1)], set(), at=19.0)
    await people_come(
        database, "e3", {"a3": "ada@example.org", "b3": "bo@example.org", "c3": "cleo@example.org"}
    )
    assert await history.met_before("e3") == {("a3", "b3"), ("b3", "c3"), ("a3", "c3")}


@pytest.mark.usefixtures("first_evening")
async def test_results_written_again_replace_themselves(database: Database, history: HistoryStore) -> None:
    await history.write_results("e1", [(("b1", "a1"), 1), (("a1", "gone"), 2)], {("a1", "b1")}, at=9.0)
    async with database.reading() as connection:
        rows = (await connection.execute(text("SELECT event, round, met_at, mutual FROM results"))).all()
    assert rows == [("e1", 1, 9.0, 1)]


@pytest.mark.usefixtures("first_evening")
async def test_history_goes_with_who_is_erased(database: Database, history: HistoryStore) -> None:
    fact = Draft(actor="staff:rosa", command_id="c9", fact=AttendeeErased(attendee="a1"))
    await SqlJournal(database).append("e1", 3, [fact], at=2.0, private=[ErasureRow(attendee="a1")])
    people = {"a2": "ada@example.org", "b2": "bo@example.org", "c2": "cleo@example.org"}
    await people_come(database, "e2", people)
    assert await history.met_before("e2") == {("b2", "c2")}


async def test_badge_code_is_found_in_its_event_however_it_is_typed(database: Database) -> None:
    store = PeopleStore(database)
    await people_come(database, "e1", {"a1": ""})
    await people_come(database, "e2", {"a2": ""})
    row = (await store.people("e1"))["a1"]
    assert await store.by_code("e1", f" {row.code.lower()} ") == row
    other = (await store.people("e2"))["a2"]
    assert (await store.by_code("e1", other.code) is None) == (other.code != row.code)


async def closed_evening(database: Database, event: str, closed_at: float) -> None:
    account = await AccountStore(database).by_email("rosa@example.org")
    account = account or await AccountStore(database).create("Rosa Prova", "rosa@example.org")
    await EventStore(database).create(EventRow(id=event, title="Prova"), organizer=account.id)
    await people_come(database, event, {f"a-{event}": "ada@example.org"})
    await ClaimStore(database).badge_tokens(event, [f"a-{event}"], SECRET)
    if closed_at:
        await EventStore(database).close(event, closed_at)


async def test_closed_events_are_forgotten_in_two_steps_and_others_stay(database: Database) -> None:
    now = 1000 * DAY
    for event, days in (("new", 29), ("old", 31), ("older", 91)):
        await closed_evening(database, event, now - days * DAY)
    await closed_evening(database, "open", 0.0)
    assert await forget_old(database, now=now) == Forgotten(journals=2, profiles=1)
    journals = [event for event in ("new", "old", "older", "open") if await SqlJournal(database).read(event)]
    people = [event for event in ("new", "old", "older", "open") if await PeopleStore(database).people(event)]
    assert journals == ["new", "open"]
    assert people == ["new", "old", "open"]
    async with database.reading() as connection:
        claimed = (await connection.execute(text("SELECT event FROM claims ORDER BY event"))).scalars().all()
    assert claimed == ["new", "old", "open"]
    assert await EventStore(database).get("older") is not None
    assert await forget_old(database, now=now) == Forgotten(journals=0, profiles=0)
