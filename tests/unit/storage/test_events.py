from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from event_server.storage.accounts import AccountRow, AccountStore
from event_server.storage.events import EventRow, EventStore, new_join_code

if TYPE_CHECKING:
    from event_server.storage.database import Database


@pytest.fixture
async def rosa(database: Database) -> AccountRow:
    return await AccountStore(database).create("Rosa Prova", "rosa@example.org")


@pytest.fixture
def events(database: Database) -> EventStore:
    return EventStore(database)


def evening(event: str = "e1", **changes: object) -> EventRow:
    fields = {"title": "Serata di prova", "place": "Sala Ovest", "starts_at": 1_790_000_000.0, **changes}
    return EventRow(id=event, **fields)


async def test_an_event_comes_back_as_it_was(events: EventStore, rosa: AccountRow) -> None:
    row = evening(languages=("en", "it", "de"), initials_only=True, created_at=5.0)
    await events.create(row, organizer=rosa.id)
    assert await events.get("e1") == row
    assert await events.get("e2") is None


async def test_its_creator_is_its_organizer(events: EventStore, rosa: AccountRow, database: Database) -> None:
    await events.create(evening(), organizer=rosa.id)
    assert await AccountStore(database).role(rosa.id, "e1") == "organizer"


async def test_join_code_is_found_however_it_is_typed(events: EventStore, rosa: AccountRow) -> None:
    row = evening(join_code="A10BCD")
    await events.create(row, organizer=rosa.id)
    assert await events.by_join_code(" aio-bcd ") == row
    assert await events.by_join_code("A10BCE") is None


def test_join_codes_differ() -> None:
    assert len({new_join_code() for _ in range(200)}) == 200


async def test_list_holds_the_events_of_the_account_newest_first(
    events: EventStore, rosa: AccountRow, database: Database
) -> None:
    ugo = await AccountStore(database).create("Ugo Finto", "ugo@example.org")
    for number in (1, 3, 2):
        await events.create(evening(f"e{number}", created_at=float(number)), organizer=rosa.id)
    await events.create(evening("e9", created_at=9.0), organizer=ugo.id)
    assert [row.id for row in await events.list_for(rosa.id)] == ["e3", "e2", "e1"]
    assert [row.id for row in await events.all_events()] == ["e9", "e3", "e2", "e1"]


async def test_update_leaves_epoch_and_closing_to_their_own_functions(
    events: EventStore, rosa: AccountRow
) -> None:
    row = evening(created_at=1.0)
    await events.create(row, organizer=rosa.id)
    await events.create(evening("e2"), organizer=rosa.id)
    epoch = await events.set_epoch("e1")
    await events.close("e1", 99.0)
    await events.update(msgspec.structs.replace(row, title="Altro", epoch="x", created_at=0.0, closed_at=1.0))
    changed = await events.get("e1")
    assert changed == msgspec.structs.replace(row, title="Altro", epoch=epoch, closed_at=99.0)
    assert epoch not in {row.epoch, "x"}
    other = await events.get("e2")
    assert other is not None
    assert (other.title, other.closed_at) == ("Serata di prova", None)


async def test_mapping_is_remembered_by_signature(events: EventStore) -> None:
    assert await events.mapping_for("s") is None
    await events.remember_mapping("s", {0: "name", 3: "email"})
    await events.remember_mapping("s", {0: "email", 2: "name"})
    await events.remember_mapping("t", {})
    assert await events.mapping_for("s") == {0: "email", 2: "name"}
    assert await events.mapping_for("t") == {}
