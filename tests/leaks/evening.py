"""An evening on the real server in which every byte that anybody gets is kept."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from builders import NOW

from event_server.domain import commands as c
from event_server.domain.messages import Rules, staff
from event_server.domain.private import ProfileRow
from event_server.domain.profile import checked
from event_server.storage import attendees, events, folder, tokens
from event_server.storage.events import EventRow
from event_server.web import templating
from event_server.web.pages import plan
from event_server.web.permissions import Role, allowed
from event_server.web.routes import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest
    from live_server import LiveServer
    from sockets import Client

    from event_server.domain.profile import Profile
    from event_server.runtime.room import Room
    from event_server.web.endpoint import Row

STEP_SECONDS = 20.0
LONG = 1800.0
EVENT, OTHER_EVENT = "evening-under-test", "another-evening"
PAGES = tuple(
    row for row in ROWS if row.method == "GET" and "{event}" in row.path and "{draft}" not in row.path
)
ALWAYS_NEW = frozenset({"date"})
"""Headers that tell the time of the machine and nothing of the evening."""


class SeededSecrets:
    """The same secrets and ids in every run, in the place of the module ``secrets``."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def token_bytes(self, size: int = 32) -> bytes:
        return self._random.randbytes(size)

    def token_hex(self, size: int = 32) -> str:
        return self.token_bytes(size).hex()

    def token_urlsafe(self, size: int = 32) -> str:
        return self.token_bytes(size).hex()

    def choice(self, among: str) -> str:
        return self._random.choice(among)

    def randbelow(self, bound: int) -> int:
        return self._random.randrange(bound)


def make_repeatable(monkeypatch: pytest.MonkeyPatch, seed: int = 7) -> None:
    """Let every id and secret of the server follow from ``seed``."""
    source = SeededSecrets(seed)
    for module in (attendees, events, folder, tokens, templating, plan):
        monkeypatch.setattr(module, "secrets", source)


@dataclass
class Actor:
    """Somebody with a browser and perhaps a socket, and all the bytes they got."""

    name: str
    browser: httpx.AsyncClient
    socket: Client | None = None
    answers: list[bytes] = field(default_factory=list)
    etags: dict[str, str] = field(default_factory=dict)

    @property
    def frames(self) -> list[bytes]:
        return self.socket.raw if self.socket is not None else []

    @property
    def everything(self) -> bytes:
        """Return all bytes; folded lines of vCards are put together again."""
        return b"\n".join([*self.answers, *self.frames]).replace(b"\r\n ", b"")

    async def keep(self, response: httpx.Response) -> None:
        """Keep a whole answer: status, headers, body."""
        body = await response.aread()
        heads = [f"{name}: {value}" for name, value in response.headers.items() if name not in ALWAYS_NEW]
        request = response.request
        head = f"{request.method} {request.url.path} {response.status_code}\n" + "\n".join(heads)
        self.answers.append(head.encode() + b"\n\n" + body)

    async def get(self, path: str) -> httpx.Response:
        return await self.browser.get(path)

    async def post(self, path: str, **data: Any) -> httpx.Response:
        return await self.browser.post(path, data=data)

    async def poll(self, path: str) -> httpx.Response:
        """Ask for the newest view as a phone does whose network lets no socket through."""
        known = {"if-none-match": self.etags[path]} if path in self.etags else {}
        response = await self.browser.get(path, headers=known)
        self.etags[path] = response.headers.get("etag", "")
        return response


def browser(live: LiveServer, login: str = "", **headers: str) -> httpx.AsyncClient:
    """Return a browser of its own, signed in if there is a login."""
    origin = live.services.settings.public_urls[0] if live.services.settings.public_urls else live.base
    sent = {"accept": "text/html", "accept-language": "it", "origin": origin, **headers}
    transport = httpx.AsyncHTTPTransport(verify=False)  # loopback needs no certificates, and they load slowly
    opened = httpx.AsyncClient(base_url=live.base, headers=sent, timeout=10.0, transport=transport)
    if login:
        opened.cookies.set("girotondo", login, domain="127.0.0.1")
    return opened


class Evening:
    """One event with its guests, its team and its wall, each with a browser and a socket."""

    def __init__(self, live: LiveServer, profiles: Mapping[str, Profile]) -> None:
        self.live = live
        self.profiles = {attendee: checked(profile) for attendee, profile in profiles.items()}
        self.actors: dict[str, Actor] = {}
        self.logins: dict[str, str] = {}
        self.room: Room

    @property
    def guests(self) -> dict[str, Actor]:
        return {attendee: self.actors[attendee] for attendee in self.profiles}

    @property
    def path(self) -> str:
        return f"/e/{EVENT}"

    async def open(self, **rules: Any) -> None:
        """Make the event and let everybody connect; the doors are open, nobody is in."""
        services = self.live.services
        owner = await services.accounts.create("Fay Bozza", "fay@example.org", "")
        row = EventRow(id=EVENT, title="Serata di prova", place="Sala B", starts_at=NOW)
        await services.events.create(row, organizer=owner.id)
        self.room = await services.rooms.open(EVENT)
        long = {f"{phase}_seconds": LONG for phase in ("call", "talk", "feedback")}
        await self.do(owner.id, c.CreateEvent(rules=Rules(**{"rounds": 3, "tables": 4, **long, **rules})))
        people = [ProfileRow(attendee=a, profile=p) for a, p in self.profiles.items()]
        await self.do(owner.id, c.AddAttendees(attendees=tuple(self.profiles)), people)
        await self.settle()
        await self.do(owner.id, c.OpenLobby())
        await self.settle()
        await self._add_team(owner.id)
        for attendee in self.profiles:
            login = await services.logins.make("guest", attendee, EVENT)
            await self.add(attendee, login, f"{self.path}/ws")

    async def _add_team(self, owner: str) -> None:
        services = self.live.services
        await self.add("organizer", await services.logins.make("staff", owner), f"{self.path}/control/ws")
        for role in ("helper", "door"):
            account = await services.accounts.create(f"{role} Bozza", f"{role}@example.org", "")
            await services.accounts.grant(account.id, EVENT, role)  # type: ignore[arg-type]  # both are roles
            login = await services.logins.make("staff", account.id)
            await self.add(role, login, f"{self.path}/control/ws" if role == "helper" else "")
        wall = await services.logins.make("projector", EVENT, EVENT)
        await self.add("projector", wall, f"{self.path}/projector/ws")
        await self.add("stranger", "", "")

    async def add(self, name: str, login: str, socket_path: str) -> Actor:
        """Let somebody come with a browser, and with a socket where there is one for them."""
        actor = Actor(name, browser(self.live, login))
        actor.browser.event_hooks = {"response": [actor.keep]}
        self.actors[name] = actor
        self.logins[name] = login
        if socket_path:
            actor.socket = self.live.client(socket_path, login)
            await actor.socket.start()
            await actor.socket.until(lambda: bool(actor.socket and actor.socket.views))
            await self.settle()
        return actor

    async def do(self, account: str, command: c.Command, private: list[ProfileRow] | None = None) -> None:
        expect = self.room.state.control_version
        request = c.Request(
            actor=staff(account), id=f"given-{self.room.state.version}", command=command, expect=expect
        )
        await self.room.submit(request, private or ())

    async def settle(self) -> None:
        await self.live.settle(EVENT)

    async def say(self, who: str, command: str, /, *, text: str = "", **values: Any) -> None:
        """Have somebody send a command over their socket, accepted, and wait until all is still."""
        socket = self.actors[who].socket
        assert socket is not None
        await socket.do({"type": command, **values}, text=text)
        await self.settle()

    async def step(self, seconds: float = STEP_SECONDS) -> None:
        """Let time pass, and every phone say that it is awake, as phones do."""
        for actor in self.guests.values():
            assert actor.socket is not None
            self.room.hub.heard(_viewer(self, actor.name))
        await self.live.turn(seconds)
        await self.settle()

    async def poll_all(self) -> None:
        """Let everybody who has a view ask for it without a socket, too."""
        polls = dict.fromkeys(self.profiles, f"{self.path}/view")
        polls |= {"organizer": f"{self.path}/control/view", "projector": f"{self.path}/projector/view"}
        for name, path in polls.items():
            await self.actors[name].poll(path)

    async def visit_everything(self) -> None:
        """Let everybody ask for every page there is, whether they may see it or not."""
        for actor in self.actors.values():
            for row in PAGES:
                await self._visit(actor, row)

    async def visit_own(self, *names: str) -> None:
        """Let these ask for every page they may see."""
        for name in names:
            role = Role.GUEST if name in self.profiles else Role(name)
            for row in PAGES:
                if role in allowed(row.name):
                    await self._visit(self.actors[name], row)

    async def _visit(self, actor: Actor, row: Row) -> None:
        for path in self._addresses(row.path):
            await actor.get(path)

    def _addresses(self, path: str) -> list[str]:
        path = path.replace("{event}", EVENT)
        holes = [hole for hole in ("{attendee}", "{id}") if hole in path]
        return [path.replace(holes[0], person) for person in self.profiles] if holes else [path]

    def partners(self, attendee: str) -> tuple[str, ...]:
        return self.room.state.rounds[-1].partners_of(attendee)

    async def close(self) -> None:
        for actor in self.actors.values():
            await actor.browser.aclose()


def _viewer(evening: Evening, attendee: str) -> Any:
    return next(x.viewer for x in evening.room.hub.connections if x.viewer.attendee == attendee)
