"""The room: what facts owe outside the journal, and what becomes of whoever waits when it stops."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from rooms import EVENT, IdleSolver, ManualClock, MemoryLibrary, evening

from event_server.domain import commands as c
from event_server.domain.card import EventCard
from event_server.domain.facts import Entry, EventCreated
from event_server.domain.messages import Refused, Rules
from event_server.domain.private import TagMergeRow
from event_server.runtime.hub import Connection, Viewer
from event_server.runtime.registry import RESTARTING, Registry
from event_server.runtime.room import VIEWS_AT_ONCE
from event_server.runtime.writer import write_views
from event_server.storage.errors import JournalUnreadable, StorageFailed
from event_server.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from event_server.runtime.library import Shelf

NAMES = ("Ada", "Bo", "Cleo", "Dario")


@dataclass
class Screen:
    """The other end of a connection, as far as closing goes."""

    closed: int | None = None

    async def send(self, payload: bytes) -> None:
        raise AssertionError("nobody writes to it")

    async def close(self, code: int, reason: str = "") -> None:
        self.closed = code


@dataclass
class FrailLibrary(MemoryLibrary):
    """A library whose tables cannot always be read, or only when the test lets them."""

    fails: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Event = field(default_factory=asyncio.Event)

    async def shelf(self, event: str) -> Shelf:
        if self.fails:
            raise StorageFailed("full")
        read = await super().shelf(event)
        self.reading.set()
        await self.gate.wait()
        return read


async def frail_evening(monkeypatch: pytest.MonkeyPatch) -> tuple[object, FrailLibrary]:
    running = await evening(*NAMES)
    library = FrailLibrary(running.journal)
    library.gate.set()
    monkeypatch.setattr(running.room, "_library", library)
    return running, library


async def test_what_is_recorded_is_accepted_and_shown_although_the_tables_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running, library = await frail_evening(monkeypatch)
    screen = Connection(Viewer(kind="attendee", login="l", attendee="bo"), Screen())
    await running.room.hub.attach(screen)
    screen.dirty.clear()
    library.fails = True
    await running.people("Elio")
    assert "elio" in running.room.state.roster
    assert screen.dirty.is_set()
    assert "elio" not in running.room.people
    library.fails = False
    await running.do(c.Rest(attendee="bo"))
    assert running.room.people["elio"].profile.name == "Elio"
    await running.room.stop()


async def test_a_shelf_read_before_somebody_came_does_not_take_their_name_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running, library = await frail_evening(monkeypatch)
    library.gate.clear()
    refreshing = asyncio.create_task(running.room.refresh())
    await library.reading.wait()
    joining = asyncio.create_task(running.people("Elio"))
    await asyncio.sleep(0.02)
    library.gate.set()
    await asyncio.gather(refreshing, joining)
    assert running.room.people["elio"].profile.name == "Elio"
    await running.room.stop()


async def test_merged_tags_are_understood_at_once_and_wake_every_screen() -> None:
    running = await evening(*NAMES)
    screen = Connection(Viewer(kind="attendee", login="l", attendee="bo"), Screen())
    await running.room.hub.attach(screen)
    screen.dirty.clear()
    merge = TagMergeRow(alias="orticelli", target="urban-gardening")
    basis = running.room.state.plan_basis
    await running.do(c.MergeTags(), private=[merge])
    assert running.room.scene().tags.label("Orticelli", "en") == "urban gardening"
    assert running.room.state.plan_basis == basis + 1
    assert screen.dirty.is_set()
    await running.do(c.MergeTags(), private=[TagMergeRow(alias="orticelli", target="")])
    assert running.room.scene().tags.label("Orticelli", "en") == "Orticelli"
    await running.room.stop()


async def test_plan_waits_until_merged_tags_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    running, library = await frail_evening(monkeypatch)
    library.fails = True
    await running.do(c.MergeTags(), private=[TagMergeRow(alias="orticelli", target="urban-gardening")])
    assert running.room.background() is None
    library.fails = False
    await running.do(c.Rest(attendee="bo"))
    assert running.room.background() is not None
    await running.room.stop()


async def test_a_refused_call_leaves_the_plan_as_it_was() -> None:
    running = await evening(*NAMES)
    before = running.room.state
    stale = c.Request(actor="staff:otto", id="late", command=c.CallToTables(), expect=0)
    with pytest.raises(Refused, match="stale"):
        await running.room.submit(stale)
    assert running.room.state == before
    await running.room.stop()


async def test_whoever_asks_a_room_that_has_stopped_hears_no() -> None:
    running = await evening(*NAMES)
    room = running.room
    waiting = asyncio.create_task(running.do(c.Leave(attendee="ada")))
    await asyncio.sleep(0)
    await room.stop()
    async with asyncio.timeout(1):
        with pytest.raises(StorageFailed):
            await running.do(c.Leave(attendee="bo"))
        await asyncio.gather(waiting, return_exceptions=True)


async def test_screens_of_a_closed_event_come_back_when_its_room_is_dropped() -> None:
    journal = MemoryJournal()
    rooms = Registry(journal, MemoryLibrary(journal), ManualClock(), solver=IdleSolver())
    room = await rooms.open(EVENT)
    for number, command in enumerate((c.CreateEvent(rules=Rules()), c.CloseEvent())):
        request = c.Request(actor="staff:fay", id=str(number), command=command, expect=0)
        await room.submit(request)
    screen = Screen()
    await room.hub.attach(Connection(Viewer(kind="projector", login="l"), screen))
    await rooms.drop_closed()
    assert screen.closed == RESTARTING
    assert await rooms.open(EVENT) is not room
    await rooms.close()


class OneUnreadable(MemoryJournal):
    """A journal in which one event was written by a newer server."""

    async def read(self, event: str, after: int = 0) -> list[Entry]:
        if event == "newer":
            raise JournalUnreadable(event, 7, "unknown fact")
        return await super().read(event, after)


async def test_a_journal_that_cannot_be_read_keeps_no_other_event_from_opening() -> None:
    journal = OneUnreadable()
    rooms = Registry(journal, MemoryLibrary(journal), ManualClock(), solver=IdleSolver())
    await rooms.open_all(["newer", EVENT])
    assert [room.state.id for room in rooms.opened()] == [EVENT]
    await rooms.close()


class LongJournal(MemoryJournal):
    """A journal that is long."""

    async def read(self, event: str, after: int = 0) -> list[Entry]:
        return [
            Entry(version=v, at=1.0, actor="staff:fay", command_id=str(v), fact=EventCreated(rules=Rules()))
            for v in range(1, 2001)
        ]


async def test_others_have_their_turn_while_a_long_journal_is_replayed() -> None:
    journal = LongJournal()
    rooms = Registry(
        journal,
        MemoryLibrary(journal, {EVENT: EventCard(id=EVENT, title="Lunga")}),
        ManualClock(),
        solver=IdleSolver(),
    )
    opening = asyncio.create_task(rooms.open(EVENT))
    turns = 0
    while not opening.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 5
    assert (await opening).state.version == 2000
    await rooms.close()


async def test_a_room_opened_while_the_server_stops_is_stopped_too() -> None:
    journal = MemoryJournal()
    rooms = Registry(journal, MemoryLibrary(journal), ManualClock(), solver=IdleSolver())
    first = await rooms.open(EVENT)

    class Curious(Screen):
        async def close(self, code: int, reason: str = "") -> None:
            await rooms.open("another")

    await first.hub.attach(Connection(Viewer(kind="projector", login="l"), Curious()))
    another = asyncio.create_task(rooms.open("another"))
    await rooms.close()
    with pytest.raises(StorageFailed):
        await (await another).submit(c.Request(actor="staff:fay", id="1", command=c.OpenLobby(), expect=0))
    assert rooms.opened() == []


async def test_a_whole_room_is_not_served_in_one_pass_of_the_loop() -> None:
    running = await evening(*NAMES)
    built: list[int] = []

    class Counting:
        turns = asyncio.Semaphore(VIEWS_AT_ONCE)

        def views(self, viewer: Viewer) -> dict[str, object]:
            built[-1] += 1
            return {}

    screens = [Connection(Viewer(kind="projector", login=str(n)), Screen()) for n in range(200)]
    writers = [asyncio.create_task(write_views(screen, Counting())) for screen in screens]
    await asyncio.sleep(0)
    for screen in screens:
        screen.dirty.set()
    while sum(built) < 200:
        built.append(0)
        await asyncio.sleep(0)
    assert max(built) <= VIEWS_AT_ONCE
    for writer in writers:
        writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)
    await running.room.stop()


async def test_what_all_views_share_is_kept_until_somebody_is_new_or_changed() -> None:
    running = await evening(*NAMES)
    kept = running.room.scene("it").commons
    await running.do(c.Rest(attendee="bo"))
    assert running.room.scene("en").commons is kept
    await running.people("Elio")
    assert "elio" in running.room.scene().commons.words
    assert running.room.scene().commons is not kept
    await running.room.stop()
