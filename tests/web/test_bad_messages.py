"""Bad messages on sockets: each gets a refusal with a stable code, and nothing is lost or changed."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
from builders import NOW
from live_server import hurry, live_server
from sockets import Client
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from event_server.domain.commands import AddAttendees, CheckIn, CreateEvent, OpenLobby, Request
from event_server.domain.messages import Refused, Rules, staff
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.runtime.hub import MOST_SOCKETS, REPLACED
from event_server.storage.events import EventRow
from event_server.web import sockets
from event_server.web.refusals import SENTENCES
from event_server.web.server import SOCKET_MESSAGE_BYTES
from event_server.web.sockets import ABUSE, NO_LOGIN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live_server import LiveServer

    from event_server.runtime.room import Room
    from event_server.storage.accounts import AccountRow

EVENT = "serata"
SOON = 5.0
TOO_LARGE = 1009


class Evening:
    """A running event of a few people who are here."""

    def __init__(self, live: LiveServer, room: Room, account: AccountRow) -> None:
        self.live, self.room, self.account = live, room, account
        self._sent = 0

    async def do(self, command: Any, rows: list[ProfileRow] | None = None) -> None:
        self._sent += 1
        expect = self.room.state.control_version
        sender = staff(self.account.id)
        request = Request(actor=sender, id=str(self._sent), command=command, expect=expect)
        await self.room.submit(request, rows or ())

    async def phone(self, attendee: str) -> Client:
        return await self._started("ws", await self.login(attendee))

    async def desk(self) -> Client:
        return await self._started(
            "control/ws", await self.live.services.logins.make("staff", self.account.id)
        )

    async def _started(self, path: str, login: str) -> Client:
        client = self.live.client(f"/e/{EVENT}/{path}", login)
        await client.start()
        await client.until(lambda: bool(client.views))
        return client

    async def login(self, attendee: str) -> str:
        return await self.live.services.logins.make("guest", attendee, EVENT)

    def raw(self, login: str, **options: Any) -> Any:
        """Return a socket without any manners."""
        url = f"ws://127.0.0.1:{self.live.port}/e/{EVENT}/ws"
        headers = {"Authorization": f"Bearer {login}"} if login else {}
        return connect(url, additional_headers=headers, open_timeout=SOON, compression=None, **options)


@asynccontextmanager
async def evening(folder: Path, *names: str, **rules: Any) -> AsyncIterator[Evening]:
    async with live_server(folder) as live:
        services = live.services
        account = await services.accounts.create("Fay Bozza", "fay@example.org", "")
        row = EventRow(id=EVENT, title="Serata", starts_at=NOW)
        await services.events.create(row, organizer=account.id)
        running = Evening(live, await services.rooms.open(EVENT), account)
        people = {f"p{number}": Profile(name=name) for number, name in enumerate(names, 1)}
        await running.do(CreateEvent(rules=Rules(**{"rounds": 3, "tables": 4, "call_seconds": 600, **rules})))
        rows = [ProfileRow(attendee=a, profile=p) for a, p in people.items()]
        await running.do(AddAttendees(attendees=tuple(people)), rows)
        await running.do(OpenLobby())
        for attendee in people:
            await running.do(CheckIn(attendee=attendee))
        await live.settle(EVENT)
        yield running


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


async def refusal(client: Client, command: dict[str, Any], **sent: Any) -> dict[str, Any]:
    """Return with what a command is refused."""
    request = await client.say(command, **sent)
    await client.until(lambda: request not in client.waiting)
    return next(said for said in client.refused if said["id"] == request)


ABOUT = {"round": 1, "about": "p2", "again": "yes"}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({"type": "Explode"}, "bad_message"),
        ({"type": "GiveAnswer"}, "bad_message"),
        ({"type": "GiveAnswer", **ABOUT, "again": "perhaps"}, "bad_message"),
        ({"type": "GiveAnswer", **ABOUT, "rating": "5"}, "bad_message"),
        ({"type": "CheckIn", "extra": 1}, "bad_message"),
        ({}, "bad_message"),
        ({"type": "GiveAnswer", **ABOUT}, "wrong_phase"),
        ({"type": "ArriveAtTable", "round": 1}, "wrong_phase"),
        ({"type": "HideContacts"}, "wrong_phase"),
        ({"type": "CallToTables"}, "not_allowed"),
        ({"type": "PublishPlan", "basis": 0, "first_round": 1, "rounds": []}, "not_allowed"),
    ],
)
async def test_phone_that_says_nonsense_hears_a_known_code(
    tmp_path: Path, command: dict[str, Any], code: str
) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio") as running:
        phone = await running.phone("p1")
        before = running.room.state
        said = await refusal(phone, command)
        assert said["code"] == code
        assert code in SENTENCES
        assert running.room.state == before
        await phone.do({"type": "Rest"})


async def test_answer_about_somebody_not_met_changes_nothing(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio", "Cleo Finta", "Dario Prova") as running:
        phone, desk = await running.phone("p1"), await running.desk()
        await desk.do({"type": "CallToTables"})
        await desk.do({"type": "StartRound"})
        await running.live.settle(EVENT)
        (partner,) = running.room.state.rounds[0].partners_of("p1")
        strangers = {"p1", "p2", "p3", "p4", "p9", ""} - {partner}
        before = running.room.state
        for about in sorted(strangers):
            said = await refusal(phone, {"type": "GiveAnswer", **ABOUT, "about": about})
            assert said["code"] == "not_met"
        for number, code in ((2, "no_such_round"), (0, "no_such_round"), (-1, "no_such_round")):
            said = await refusal(phone, {"type": "GiveAnswer", **ABOUT, "about": partner, "round": number})
            assert said["code"] == code
        for rating in (0, 6, -3):
            said = await refusal(phone, {"type": "GiveAnswer", **ABOUT, "about": partner, "rating": rating})
            assert (said["code"], said["detail"]["field"]) == ("rating_out_of_range", "rating")
        assert running.room.state == before
        await phone.do({"type": "GiveAnswer", **ABOUT, "about": partner, "rating": 5})


async def test_second_of_two_organizers_is_told_that_the_first_was_faster(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio") as running:
        desk = await running.desk()
        seen = desk.control["expect"]
        await desk.do({"type": "CallToTables"})
        before = running.room.state
        assert (await refusal(desk, {"type": "CancelCall"}, expect=seen))["code"] == "stale"
        assert (await refusal(desk, {"type": "CancelCall"}))["code"] == "expect_missing"
        assert running.room.state == before


async def closed_with(socket: Any) -> int:
    """Return the code with which the server closes a socket."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(SOON):
            while True:
                await socket.recv()
    return int(socket.close_code)


async def test_oversized_frame_closes_its_socket_and_no_other(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio") as running:
        other, before = await running.phone("p2"), running.room.state
        async with running.raw(await running.login("p1")) as socket:
            await socket.recv()
            await socket.send("x" * (SOCKET_MESSAGE_BYTES + 1))
            assert await closed_with(socket) == TOO_LARGE
        assert running.room.state == before
        await other.do({"type": "Rest"})


@pytest.mark.parametrize(
    "rubbish", [b"\x00\xff\xfe", b"", "", "null", "[]", '{"t":"x"}', "{" * 9000, '{"t":"command"}']
)
async def test_unreadable_message_is_refused_and_the_socket_lives_on(
    tmp_path: Path, rubbish: bytes | str
) -> None:
    async with (
        evening(tmp_path, "Ada Prova", "Bo Esempio") as running,
        running.raw(await running.login("p1")) as socket,
        asyncio.timeout(SOON),
    ):
        await socket.recv()
        await socket.send(rubbish)
        said = json.loads(await socket.recv())
        assert said == {"t": "refused", "id": "", "code": "bad_message", "detail": {}}
        # A frame of bytes is read like one of text.
        await socket.send(b'{"t":"ping","client":1.5}')
        assert json.loads(await socket.recv())["client"] == 1.5


async def test_handshake_from_another_site_is_refused_with_403(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova") as running:
        login = await running.login("p1")
        for origin in ("http://evil.example", "null", f"https://127.0.0.1:{running.live.port}"):
            with pytest.raises(InvalidStatus) as refused:
                async with running.raw(login, origin=origin):
                    pass
            assert refused.value.response.status_code == 403
        assert running.room.hub.connections == frozenset()


@pytest.mark.parametrize("login", ["HALF", ""])
async def test_login_that_is_none_is_closed_for_good(tmp_path: Path, login: str) -> None:
    async with evening(tmp_path, "Ada Prova") as running:
        own = f"http://127.0.0.1:{running.live.port}"
        async with running.raw(login, origin=own) as socket:
            assert await closed_with(socket) == NO_LOGIN


async def test_fifth_socket_of_a_login_closes_the_oldest(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova") as running:
        login = await running.login("p1")
        open_sockets = []
        for _ in range(MOST_SOCKETS + 1):
            socket = await running.raw(login)
            await socket.recv()
            open_sockets.append(socket)
        assert await closed_with(open_sockets[0]) == REPLACED
        for socket in open_sockets[1:]:
            await (await socket.ping())
            await socket.close()


async def test_socket_that_never_stops_is_slowed_and_then_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(sockets, "MESSAGES_A_SECOND", 50.0)
    async with evening(tmp_path, "Ada Prova", "Bo Esempio") as running:
        other = await running.phone("p2")
        async with running.raw(await running.login("p1")) as socket:
            began = asyncio.get_running_loop().time()
            for number in range(200):
                await socket.send(json.dumps({"t": "ping", "client": number}))
            answered = 0
            with suppress(ConnectionClosed):
                async with asyncio.timeout(SOON):
                    while True:
                        answered += "pong" in await socket.recv()
            took = asyncio.get_running_loop().time() - began
        assert socket.close_code == ABUSE
        # The burst goes through at once, the rest at its pace.
        assert sockets.BURST <= answered <= sockets.BURST + 50.0 * took + 2
        await other.do({"type": "Rest"})


def test_message_above_the_burst_waits_its_fifth_of_a_second() -> None:
    throttle = sockets.Throttle(0.0)
    assert [throttle.wait(0.0) for _ in range(20)] == [0.0] * 20
    assert throttle.wait(0.0) == pytest.approx(0.2)
    assert throttle.wait(0.2) == pytest.approx(0.2)
    assert throttle.wait(10.0) == 0.0
    for tenth in range(600):
        throttle.wait(10.0 + tenth / 10)
    with pytest.raises(Refused, match="too_many_messages"):
        throttle.wait(75.0 - 1e-9)


@pytest.mark.parametrize("hours", [-7.5, 9.0, 1e6])
async def test_phone_whose_clock_is_wrong_by_hours_takes_part(tmp_path: Path, hours: float) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio") as running:
        async with running.raw(await running.login("p1")) as socket:
            await socket.recv()
            client = (NOW + hours * 3600) * 1000
            await socket.send(json.dumps({"t": "ping", "client": client}))
            async with asyncio.timeout(SOON):
                pong = json.loads(await socket.recv())
            # Its own time comes back with ours: the phone reckons with the difference.
            assert pong == {"t": "pong", "client": client, "server": round(running.live.clock.at * 1000)}
        desk, phone = await running.desk(), await running.phone("p1")
        await desk.do({"type": "CallToTables"})
        await phone.until(lambda: phone.view["phase"] == "call")
        assert phone.view["ends_at"] == round((running.live.clock.at + 600) * 1000)


async def test_end_of_a_phase_in_the_past_or_without_sense_is_refused(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio") as running:
        desk = await running.desk()
        await desk.do({"type": "CallToTables"})
        before, expect = running.room.state, running.room.state.control_version
        for ends_at, code in ((1.0, "time_is_past"), (-1e300, "time_is_past"), (1e300, "time_too_far")):
            said = await refusal(desk, {"type": "ExtendRound", "ends_at": ends_at}, expect=expect)
            assert said["code"] == code
        assert running.room.state == before


async def test_two_people_of_one_name_both_take_part_and_are_flagged(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova", "Ada  Prova", "Bo Esempio") as running:
        desk = await running.desk()
        flagged = [item for item in desk.views["room"]["attention"] if item["kind"] == "same_name"]
        assert [len(item["names"]) for item in flagged] == [2]
        await desk.do({"type": "CallToTables"})
        placed = running.room.state.rounds[0]
        assert len({p for seats in placed.tables for p in seats} | placed.sitting_out) == 3


async def test_more_rounds_than_partners_are_flagged_and_end_the_evening_in_words(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio", rounds=9) as running:
        desk = await running.desk()
        assert "few_partners" in {item["kind"] for item in desk.views["room"]["attention"]}
        await desk.do({"type": "CallToTables"})
        await desk.do({"type": "StartRound"})
        await desk.do({"type": "EndRound"})
        await running.live.settle(EVENT)
        expect = running.room.state.control_version
        said = await refusal(desk, {"type": "CallToTables"}, expect=expect)
        assert said["code"] == "nobody_left_to_meet"
        await desk.do({"type": "FinishEvent"})


async def test_a_table_too_few_sits_somebody_out_and_is_flagged(tmp_path: Path) -> None:
    names = ("Ada Prova", "Bo Esempio", "Cleo Finta", "Dario Prova")
    async with evening(tmp_path, *names, tables=1) as running:
        desk = await running.desk()
        short = [item for item in desk.views["room"]["attention"] if item["kind"] == "tables_short"]
        assert [item["count"] for item in short] == [1]
        await desk.do({"type": "CallToTables"})
        placed = running.room.state.rounds[0]
        assert (len([seats for seats in placed.tables if seats]), len(placed.sitting_out)) == (1, 2)


async def test_tables_in_use_cannot_be_taken_away(tmp_path: Path) -> None:
    async with evening(tmp_path, "Ada Prova", "Bo Esempio", "Cleo Finta", "Dario Prova") as running:
        desk = await running.desk()
        await desk.do({"type": "CallToTables"})
        before, expect = running.room.state, running.room.state.control_version
        said = await refusal(desk, {"type": "ChangeRules", "rules": {"tables": 1}}, expect=expect)
        assert (said["code"], said["detail"]) == ("tables_too_few", {"tables": 1, "needed": 2})
        assert running.room.state == before
