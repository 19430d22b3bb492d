"""Every command of every role through sockets and posts; roles that end; people and roles of two events."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from builders import profile
from leaks.evening import EVENT, OTHER_EVENT, Evening, browser
from live_server import hurry, live_server
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from event_server.domain.commands import AddAttendees, CreateEvent, EraseAttendee, Request, SetAutomatic
from event_server.domain.messages import Rules, staff
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.storage.events import EventRow
from event_server.web import sockets
from event_server.web.permissions import COMMANDS, Role
from event_server.web.sockets import NO_LOGIN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live_server import LiveServer

SOON = 5.0
DENIED = {"login_needed", "not_allowed"}
ROUND = {"round": 1, "about": "p2"}
SAMPLES: dict[str, dict[str, Any]] = {
    "CreateEvent": {"rules": {}},
    "ChangeRules": {"rules": {}},
    "SetAutomatic": {"on": False},
    "ExtendRound": {"ends_at": 1},
    "StartBreak": {"ends_at": 1},
    "Replan": {"seed": 1},
    "ArrangeAttendee": {"attendee": "p2"},
    "SetPairRule": {"attendee": "p2", "other": "p3", "rule": "none"},
    "PostMessage": {"message": "m1"},
    "ChangeTable": {"round": 1, "tables": []},
    "AnswerHelp": {"attendee": "p2"},
    "AddAttendees": {"attendees": []},
    "UndoCheckIn": {"attendee": "p2"},
    "SetStandby": {"on": True, "attendee": "p2"},
    "ArriveAtTable": {"round": 1, "attendee": "p2"},
    "ReportMissing": {**ROUND, "attendee": "p1"},
    "EraseAttendee": {"attendee": "nobody"},
    "AskForHelp": {"kind": "lost", "attendee": "p2"},
    "GiveAnswer": {**ROUND, "again": "yes", "attendee": "p3"},
    "SaveNote": {**ROUND, "attendee": "p3"},
    "HideContacts": {"attendee": "p2"},
    "PublishPlan": {"basis": 0, "first_round": 1, "rounds": []},
    "PatchRound": {"round": 1, "plan": {"tables": []}},
}
"""What commands carry besides their name; guests name somebody else wherever they can."""

FOR_ONE = {"CheckIn", "ChangeProfile", "Rest", "Return", "Leave"}


def sample(name: str) -> dict[str, Any]:
    return {"type": name, **({"attendee": "p2"} if name in FOR_ONE else SAMPLES.get(name, {}))}


@pytest.fixture(autouse=True)
def unhurried_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one socket send every command there is in a row."""
    hurry(monkeypatch)
    monkeypatch.setattr(sockets, "BURST", 1000.0)


@asynccontextmanager
async def evening_of(folder: Path) -> AsyncIterator[Evening]:
    async with live_server(folder) as live:
        evening = Evening(live, {person: profile(int(person[1:])) for person in ("p1", "p2", "p3")})
        await evening.open()
        try:
            yield evening
        finally:
            await evening.close()


async def code_of(evening: Evening, who: str, name: str) -> str:
    """Return the code with which a command is refused, or an empty text."""
    socket = evening.actors[who].socket
    assert socket is not None
    said = await socket.say(sample(name), expect=0, text="Ciao")
    await socket.until(lambda: said not in socket.waiting)
    return next((refused["code"] for refused in socket.refused if refused["id"] == said), "")


@pytest.mark.parametrize(
    ("role", "who"),
    [
        (Role.GUEST, "p1"),
        (Role.ORGANIZER, "organizer"),
        (Role.HELPER, "helper"),
        (Role.PROJECTOR, "projector"),
    ],
)
async def test_sockets_take_exactly_the_commands_of_their_role(tmp_path: Path, role: Role, who: str) -> None:
    async with evening_of(tmp_path) as evening:
        denied = [command.__name__ for command, roles in COMMANDS.items() if role not in roles]
        before = evening.room.state
        codes = {name: await code_of(evening, who, name) for name in denied}
        assert {name for name, code in codes.items() if code not in DENIED} == set()
        assert evening.room.state == before
        for command, roles in COMMANDS.items():
            # Being forgotten ends the socket that asks for it: the form's tests show it.
            if role in roles and command is not EraseAttendee:
                code = await code_of(evening, who, command.__name__)
                assert code not in DENIED | {"bad_message"}, command


POSTED = {"p1": "commands", "organizer": "control/commands", "helper": "control/commands"}
"""Where phones and dashboards send commands whose network lets no socket through."""


async def posted(evening: Evening, who: str, page: str, name: str) -> str:
    """Return the code with which a command is refused that comes without a socket, or an empty text."""
    said = {"t": "command", "id": f"{who}-{name}", "command": sample(name), "expect": 0, "text": "Ciao"}
    headers = {"accept": "application/json", "content-type": "application/json"}
    path = f"{evening.path}/{page}"
    answer = await evening.actors[who].browser.post(path, content=msgspec.json.encode(said), headers=headers)
    code: str = answer.json().get("code", "")
    return code


@pytest.mark.parametrize(
    ("role", "who"), [(Role.GUEST, "p1"), (Role.ORGANIZER, "organizer"), (Role.HELPER, "helper")]
)
async def test_posted_commands_are_taken_exactly_of_their_role(tmp_path: Path, role: Role, who: str) -> None:
    async with evening_of(tmp_path) as evening:
        before = evening.room.state
        # Being forgotten ends the login that asks for it, so it comes last.
        by_effect = sorted(
            COMMANDS, key=lambda command: (role in COMMANDS[command], command is EraseAttendee)
        )
        for command in by_effect:
            allowed = role in COMMANDS[command]
            code = await posted(evening, who, POSTED[who], command.__name__)
            assert (code in DENIED) is not allowed, (command, code)
            assert code != "bad_message"
            assert allowed or evening.room.state == before


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("stranger", "commands"),
        ("stranger", "control/commands"),
        ("p1", "control/commands"),
        ("organizer", "commands"),
        ("door", "control/commands"),
        ("projector", "commands"),
        ("projector", "control/commands"),
    ],
)
async def test_command_posted_from_another_side_is_refused(tmp_path: Path, who: str, page: str) -> None:
    async with evening_of(tmp_path) as evening:
        before = evening.room.state
        assert await posted(evening, who, page, "CheckIn") in DENIED
        assert evening.room.state == before


async def closing_code(live: LiveServer, path: str, login: str) -> tuple[int, list[bytes]]:
    """Return how the server closes a socket that says a command, and all it said before."""
    said = msgspec.json.encode({"t": "command", "id": "x", "command": sample("CheckIn")}).decode()
    heard = []
    headers = {"Authorization": f"Bearer {login}"}
    url = f"ws://127.0.0.1:{live.port}{path}"
    async with connect(url, additional_headers=headers, open_timeout=SOON, compression=None) as socket:
        with suppress(ConnectionClosed):
            await socket.send(said)
            async with asyncio.timeout(SOON):
                while True:
                    heard.append(await socket.recv(decode=False))
    return int(socket.close_code or 0), heard


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("stranger", "ws"),
        ("stranger", "control/ws"),
        ("stranger", "projector/ws"),
        ("p1", "control/ws"),
        ("p1", "projector/ws"),
        ("door", "control/ws"),
        ("door", "projector/ws"),
        ("organizer", "ws"),
        ("projector", "ws"),
        ("projector", "control/ws"),
    ],
)
async def test_socket_of_another_role_is_closed_unheard(tmp_path: Path, who: str, path: str) -> None:
    async with evening_of(tmp_path) as evening:
        before = evening.room.state
        login = evening.logins[who] or "NOBODY"
        assert await closing_code(evening.live, f"{evening.path}/{path}", login) == (NO_LOGIN, [])
        assert evening.room.state == before


async def test_role_that_is_taken_away_ends_on_an_open_socket(tmp_path: Path) -> None:
    async with evening_of(tmp_path) as evening:
        assert await code_of(evening, "organizer", "PostMessage") == ""
        login = await evening.live.services.logins.login(evening.logins["organizer"])
        assert login is not None
        await evening.live.services.accounts.revoke(login.subject, EVENT)
        before = evening.room.state
        assert await code_of(evening, "organizer", "FinishEvent") in DENIED
        assert await code_of(evening, "organizer", "Replan") in DENIED
        assert evening.room.state == before


async def test_lesser_role_counts_at_once_on_an_open_socket(tmp_path: Path) -> None:
    async with evening_of(tmp_path) as evening:
        services = evening.live.services
        login = await services.logins.login(evening.logins["organizer"])
        assert login is not None
        await services.accounts.grant(login.subject, EVENT, "door")
        assert await code_of(evening, "organizer", "AnswerHelp") == "not_allowed"
        assert await code_of(evening, "organizer", "CheckIn") == ""


async def test_phone_of_a_reset_badge_goes_dark_at_once(tmp_path: Path) -> None:
    async with evening_of(tmp_path) as evening:
        await evening.actors["helper"].post(f"{evening.path}/people/p1/badge")
        socket = evening.actors["p1"].socket
        assert socket is not None
        frames = len(socket.raw)
        await evening.do("fay", SetAutomatic(on=True))
        await evening.settle()
        assert len(socket.raw) == frames
        assert not any(x.viewer.attendee == "p1" for x in evening.room.hub.connections)
        assert await closing_code(evening.live, f"{evening.path}/ws", evening.logins["p1"]) == (NO_LOGIN, [])


async def test_people_and_roles_of_two_events_are_kept_apart(tmp_path: Path) -> None:
    async with evening_of(tmp_path) as evening:
        other = await another_event(evening)
        for who, path in (
            ("p1", "ws"),
            ("organizer", "control/ws"),
            ("helper", "control/ws"),
            ("projector", "projector/ws"),
        ):
            address = f"/e/{OTHER_EVENT}/{path}"
            assert await closing_code(evening.live, address, evening.logins[who]) == (NO_LOGIN, []), who
            assert await closing_code(evening.live, f"{evening.path}/{path}", other[who]) == (NO_LOGIN, []), (
                who
            )
        for name, actor in evening.actors.items():
            answers = [
                await actor.get(f"/e/{OTHER_EVENT}{page}")
                for page in ("", "/view", "/people", "/results/people.csv", "/contacts.vcf")
            ]
            assert not any(b"Persona" in answer.content or answer.status_code == 200 for answer in answers), (
                name
            )
        # Whoever is somebody at the other event is only that there: people are looked for where the page is.
        team = browser(evening.live, other["organizer"])
        assert (await team.get(f"/e/{OTHER_EVENT}/people/q1")).status_code == 200
        assert (await team.get(f"/e/{OTHER_EVENT}/people/p1")).status_code == 404
        assert (await team.get(f"{evening.path}/people/p1")).status_code in {303, 401, 403}
        await team.aclose()


async def another_event(evening: Evening) -> dict[str, str]:
    """Make an event with a team and a guest of its own; return logins by what they are."""
    services = evening.live.services
    account = await services.accounts.create("Gus Bozza", "gus@example.org", "")
    await services.events.create(EventRow(id=OTHER_EVENT, title="Altra serata"), organizer=account.id)
    room = await services.rooms.open(OTHER_EVENT)
    row = ProfileRow(attendee="q1", profile=Profile(name="Altra Persona"))
    for number, (command, private) in enumerate(
        ((CreateEvent(rules=Rules()), []), (AddAttendees(attendees=("q1",)), [row])), 1
    ):
        await room.submit(
            Request(actor=staff(account.id), id=str(number), command=command, expect=number - 1), private
        )
    helper = await services.accounts.create("Ivo Bozza", "ivo@example.org", "")
    await services.accounts.grant(helper.id, OTHER_EVENT, "helper")
    logins = services.logins
    return {
        "p1": await logins.make("guest", "q1", OTHER_EVENT),
        "organizer": await logins.make("staff", account.id),
        "helper": await logins.make("staff", helper.id),
        "projector": await logins.make("projector", OTHER_EVENT, OTHER_EVENT),
    }
