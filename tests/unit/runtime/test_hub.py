"""The hub: who is woken by what, newest view wins, slow readers harm nobody."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import msgspec
import pytest
from rooms import Evening, evening

from event_server.domain import commands as c
from event_server.domain.messages import guest
from event_server.domain.private import MessageRow
from event_server.runtime.hub import MOST_SOCKETS, REPLACED, Connection, Viewer
from event_server.runtime.writer import write_views

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NAMES = ("Ada", "Bo", "Cleo", "Dario")


class Screen:
    """The other end of a connection, in memory."""

    def __init__(self) -> None:
        self.messages: list[dict[str, object]] = []
        self.payloads: list[bytes] = []
        self.closed: int | None = None
        self.reads = asyncio.Event()
        self.reads.set()

    async def send(self, payload: bytes) -> None:
        await self.reads.wait()
        self.payloads.append(payload)
        self.messages.append(msgspec.json.decode(payload))

    async def close(self, code: int, reason: str = "") -> None:
        self.closed = code


@asynccontextmanager
async def watching(running: Evening, *viewers: Viewer) -> AsyncIterator[list[Screen]]:
    screens, tasks = [], []
    for viewer in viewers:
        screen = Screen()
        connection = Connection(viewer, screen)
        await running.room.hub.attach(connection)
        tasks.append(asyncio.create_task(write_views(connection, running.room)))
        screens.append(screen)
    await asyncio.sleep(0.02)
    try:
        yield screens
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await running.room.stop()


def phone(name: str) -> Viewer:
    return Viewer(kind="attendee", login=f"login-{name}", attendee=name)


DASHBOARD = Viewer(kind="organizer", login="fay", account="fay")
PROJECTOR = Viewer(kind="projector", login="wall")


async def talking() -> Evening:
    running = await evening(*NAMES)
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    return running


async def test_everybody_gets_a_whole_view_at_once() -> None:
    running = await evening(*NAMES)
    async with watching(running, phone("ada"), DASHBOARD, PROJECTOR) as (ada, desk, wall):
        assert [message["phase"] for message in ada.messages] == ["lobby"]
        assert {message["t"] for message in desk.messages} == {"control", "room"}
        assert wall.messages[0]["present"] == 4


async def test_a_round_start_sends_one_view_to_each_phone() -> None:
    running = await evening(*NAMES)
    await running.do(c.CallToTables())
    async with watching(running, *(phone(name.lower()) for name in NAMES)) as screens:
        for screen in screens:
            screen.messages.clear()
        await running.do(c.StartRound())
        await asyncio.sleep(0.02)
        assert [[message["phase"] for message in screen.messages] for screen in screens] == [["talk"]] * 4


async def test_an_answer_wakes_its_author_and_staff_and_nobody_else() -> None:
    running = await talking()
    partner = running.room.state.round.partners_of("ada")[0]
    phones = [phone(name.lower()) for name in NAMES]
    async with watching(running, *phones, DASHBOARD) as (*screens, _desk):
        before = [len(screen.payloads) for screen in screens]
        await running.do(
            c.GiveAnswer(attendee="ada", about=partner, round=1, again="yes"), actor=guest("ada")
        )
        await asyncio.sleep(0.05)
        after = [len(screen.payloads) for screen in screens]
        assert [late - early for late, early in zip(after, before, strict=True)] == [1, 0, 0, 0]


async def test_a_view_that_says_nothing_new_is_not_sent() -> None:
    running = await talking()
    async with watching(running, phone("ada")) as (ada,):
        before = len(ada.payloads)
        running.clock.at += 30
        running.room.hub.wake_all()
        await asyncio.sleep(0.02)
        assert len(ada.payloads) == before


async def test_a_phone_that_does_not_read_delays_nobody_and_gets_the_newest_view() -> None:
    running = await evening(*NAMES)
    async with watching(running, phone("ada"), phone("bo")) as (ada, bo):
        ada.reads.clear()
        await running.do(c.CallToTables())
        await asyncio.sleep(0.01)
        await running.do(c.StartRound())
        await asyncio.sleep(0.02)
        assert bo.messages[-1]["phase"] == "talk"
        seen = len(ada.messages)
        ada.reads.set()
        await asyncio.sleep(0.02)
        assert [message["phase"] for message in ada.messages[seen:]][-1] == "talk"
        assert len(ada.messages) - seen <= 2


async def test_the_oldest_socket_of_a_login_gives_way() -> None:
    running = await evening(*NAMES)
    async with watching(running, *[phone("ada")] * (MOST_SOCKETS + 1)) as screens:
        assert [screen.closed for screen in screens] == [REPLACED, None, None, None, None]


async def test_sockets_never_change_who_is_present() -> None:
    running = await evening(*NAMES)
    async with watching(running, phone("ada")) as (_ada,):
        version = running.room.state.version
        await running.room.hub.close_all(1012, "restarting")
        assert running.room.state.version == version
        assert running.room.state.roster["ada"].is_present
        assert running.room.hub.presence()["ada"].sockets == 0


@pytest.mark.parametrize("kind", ["control", "room"])
async def test_dashboard_sections_rest_between_two_views(kind: str) -> None:
    running = await talking()
    async with watching(running, DASHBOARD) as (desk,):
        before = sum(message["t"] == kind for message in desk.messages)
        for name in ("ada", "bo", "cleo", "dario"):
            await running.do(c.ArriveAtTable(attendee=name, round=1), actor=guest(name))
            await asyncio.sleep(0.01)
        sent = sum(message["t"] == kind for message in desk.messages) - before
        assert sent == 0
        await asyncio.sleep(1.2)
        assert sum(message["t"] == kind for message in desk.messages) - before == 1


async def test_a_login_that_signs_out_loses_its_dashboards_and_no_other() -> None:
    running = await evening(*NAMES)
    laptop = Viewer(kind="organizer", login="laptop", account="fay")
    tablet = Viewer(kind="organizer", login="tablet", account="fay")
    async with watching(running, laptop, tablet, phone("ada")) as screens:
        await running.room.hub.close_account("fay", 4001, "signed_out", login="laptop")
        assert [screen.closed for screen in screens] == [4001, None, None]
        await running.room.hub.close_account("fay", 4001, "role_taken")
        assert [screen.closed for screen in screens] == [4001, 4001, None]


async def test_whoever_is_erased_is_sent_away_and_gets_no_view_any_more() -> None:
    running = await evening(*NAMES)
    async with watching(running, phone("ada"), phone("bo")) as (ada, bo):
        await running.do(c.EraseAttendee(attendee="ada"))
        await asyncio.sleep(0.02)
        assert (ada.closed, bo.closed) == (4001, None)
        assert running.room.card.epoch == "e2"


async def test_screens_look_again_when_a_waiting_device_or_a_message_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("event_server.runtime.room.LATER_SECONDS", 0.01)
    monkeypatch.setattr("event_server.runtime.room.MESSAGE_SECONDS", 0.05)
    running = await evening(*NAMES)
    async with watching(running, phone("ada"), PROJECTOR) as (ada, wall):
        running.room.ask_device("ada", 0.05)
        await running.do(
            c.PostMessage(message="m1"), private=[MessageRow(message="m1", text="Si mangia fra poco")]
        )
        await asyncio.sleep(0.02)
        assert ada.messages[-1]["asked"]
        assert "message" in wall.messages[-1]
        running.clock.at += 301
        await asyncio.sleep(0.1)
        assert "asked" not in ada.messages[-1]
        assert "message" not in wall.messages[-1]
