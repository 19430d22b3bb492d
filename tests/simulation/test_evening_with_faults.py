"""A whole evening, seeded: phones that come and go, a network that fails, a server that crashes.

Everything above the ASGI call is real; only the transport, the loop's time and the journal's disk are not.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
from collections import Counter
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from rooms import EVENT, MemoryLibrary
from simulation.faults import CrashJournal, Faults, Line
from simulation.phones import Phone, Promise
from simulation.virtual_time import LoopClock, run
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain import results
from event_server.domain.live_event import replay
from event_server.domain.messages import Refused, Rules, guest, staff
from event_server.domain.phases import Phase
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.domain.state import pair
from event_server.runtime.registry import Registry
from event_server.runtime.solver import NoSolver
from event_server.settings import Settings
from event_server.storage.logins import LoginRow
from event_server.views.attendee import attendee_view
from event_server.web.app import LOCALE
from event_server.web.i18n import Catalogs
from event_server.web.sockets import attendee_socket

pytestmark = pytest.mark.slow

PEOPLE = 13
ROUNDS = 5
SEATS = (2, 5)
"""Sizes of tables; seeds take turns."""

CRASHES = 12


class RoundSolver(NoSolver):
    """The real solver with a count of searches instead of a time: the same seed gives the same plan."""

    async def solve(self, briefing: Any, publish: Any) -> bool:
        from event_server.planning.problems import task_of
        from event_server.planning.publishing import publication
        from schedulers.schedule import MaxIterations
        from schedulers.solve import plan

        task = task_of(briefing)
        found = plan(task.problem, held=task.held, stop=MaxIterations(20), seed=briefing.seed)
        await asyncio.sleep(0.5)
        await publish(publication(task, found))
        return True


class MemoryLogins:
    """Logins by the attendee's name: ``login-ada`` is Ada."""

    async def login(self, secret: str) -> LoginRow | None:
        attendee = secret.removeprefix("login-")
        return LoginRow(
            id=secret, kind="guest", subject=attendee, event=EVENT, made_at=0.0, expires_at=float("inf")
        )


class Server:
    """The server's process: it can crash, and comes back from the journal."""

    def __init__(self, seed: int) -> None:
        self.faults = Faults(random.Random(seed))
        self.clock = LoopClock()
        self.journal = CrashJournal(self.faults)
        self.lines: list[Line] = []
        self.rooms: Registry
        self.app: Starlette
        self.is_up = False

    async def start(self) -> None:
        library = MemoryLibrary(self.journal)
        self.rooms = Registry(self.journal, library, self.clock, solver=RoundSolver())
        self.app = Starlette(routes=[WebSocketRoute("/e/{event}/ws", attendee_socket)])
        self.app.state.services = SimpleNamespace(
            settings=Settings(),
            logins=MemoryLogins(),
            rooms=self.rooms,
            clock=self.clock,
            catalogs=Catalogs(LOCALE),
        )
        await self.rooms.open(EVENT)
        self.is_up = True

    async def crash(self) -> None:
        """Die in the middle of a commit: that is when something could be lost."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(30):
                await self.journal.is_writing.wait()
        await asyncio.sleep(self.faults.chance.uniform(0, 0.02))
        self.faults.counts["crash"] += 1
        self.is_up = False
        await self.journal.crash()
        for line in self.lines:
            if not line.is_cut:
                line.cut()
        room = await self.rooms.open(EVENT)
        await room.stop()
        await asyncio.sleep(self.faults.chance.uniform(0.5, 5))
        await self.start()

    def dial(self, attendee: str) -> Line:
        line = Line(self.app, f"/e/{EVENT}/ws", f"login-{attendee}", self.faults)
        if not self.is_up:
            line.cut()
        self.lines.append(line)
        return line

    async def do(self, command: c.Command, private: Any = ()) -> None:
        """Do what an organizer does, however often the server dies meanwhile."""
        self.faults.counts["organizer_commands"] += 1
        request_id = f"o{self.faults.counts['organizer_commands']}"
        while True:
            room = await self.rooms.open(EVENT)
            expect = room.state.control_version
            request = c.Request(actor=staff("fay"), id=request_id, command=command, expect=expect)
            try:
                async with asyncio.timeout(10):
                    await room.submit(request, private)
            except (TimeoutError, asyncio.CancelledError):
                await asyncio.sleep(1)
            except Refused as refused:
                # After a crash the command may have been recorded without an answer.
                if refused.code not in {"stale", "wrong_phase", "event_exists"}:
                    raise
                return
            except Exception:
                await asyncio.sleep(1)
            else:
                return


async def whole_evening(seed: int) -> tuple[str, Server, list[Promise], list[Phone]]:
    server = Server(seed)
    await server.start()
    names = [f"p{i:02}" for i in range(PEOPLE)]
    rules = Rules(
        rounds=ROUNDS,
        tables=8,
        seats=SEATS[seed % len(SEATS)],
        automatic=True,
        call_seconds=20,
        talk_seconds=120,
        feedback_seconds=30,
        reveal_seconds=60,
        break_after=3,
        break_seconds=30,
    )
    await server.do(c.CreateEvent(rules=rules))
    await server.do(
        c.AddAttendees(attendees=tuple(names)),
        [ProfileRow(attendee=name, profile=Profile(name=name, interests=(name[-1],))) for name in names],
    )
    await server.do(c.OpenLobby())
    promises: list[Promise] = []
    phones = [Phone(name, server.dial, server.faults, promises) for name in names]
    tasks = [asyncio.create_task(phone.run()) for phone in phones]
    await asyncio.sleep(30)
    await server.do(c.CallToTables())
    crash_at = sorted(server.faults.chance.uniform(10, 700) for _ in range(CRASHES))
    loop = asyncio.get_running_loop()
    began = loop.time()
    while (await server.rooms.open(EVENT)).state.revealed_at is None:
        assert loop.time() - began < 6000, "the evening never ends"
        if crash_at and loop.time() - began >= crash_at[0]:
            crash_at.pop(0)
            await server.crash()
        state = (await server.rooms.open(EVENT)).state
        if state.pausing is not None:
            await server.do(c.Resume())
        await asyncio.sleep(1)
    await asyncio.sleep(30)
    for phone in phones:
        phone.is_closing = True
        if phone.line is not None:
            phone.line.cut()
    await asyncio.wait(tasks, timeout=60)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.gather(*(line.ended() for line in server.lines))
    await server.rooms.close()
    entries = await server.journal.read(EVENT)
    trace = hashlib.sha256(b"".join(msgspec.json.encode(entry) for entry in entries)).hexdigest()
    return trace, server, promises, phones


def check_promises(entries: list[f.Entry], promises: list[Promise]) -> None:
    """Every acknowledged answer is in the journal exactly once (each one says something new)."""
    recorded = Counter((entry.actor, entry.command_id) for entry in entries)
    facts = {(entry.actor, entry.command_id): entry.fact for entry in entries}
    answers = [promise for promise in promises if promise.command["type"] == "GiveAnswer"]
    assert len(answers) > PEOPLE
    for promise in answers:
        key = (guest(promise.attendee), promise.id)
        assert recorded[key] == 1, f"{promise} was acknowledged"
        assert facts[key].again == promise.command["again"]


def check_evening(entries: list[f.Entry]) -> None:
    """The invariants that every evening keeps, whatever went wrong."""
    state = replay(EVENT, entries)
    assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
    assert state.phase is Phase.WRAP_UP
    assert state.revealed_at is not None
    ended = Counter(entry.fact.round for entry in entries if isinstance(entry.fact, f.RoundEnded))
    assert all(times == 1 for times in ended.values())
    met: Counter[tuple[str, str]] = Counter(p for p, _ in results.meetings(state))
    assert max(met.values()) == 1 or state.rules.seats > min(SEATS)
    assert max(len(seats) for held in state.rounds for seats in held.tables) <= state.rules.seats
    for held in state.rounds:
        seated = [person for seats in held.tables for person in seats]
        assert len(seated) == len(set(seated))
        assert not set(seated) & held.sitting_out
    for one, other in results.mutual_pairs(state):
        assert pair(one, other) == (one, other)
        assert other in results.said_yes(state, one)
        assert one in results.said_yes(state, other)


def check_deadlines(entries: list[f.Entry]) -> None:
    """No round ended before its stored deadline, crash or not."""
    ends_at: dict[int, float] = {}
    for entry in entries:
        match entry.fact:
            case f.RoundStarted(round=number, ends_at=at):
                ends_at[number] = at
            case f.Resumed(ends_at=at) | f.DeadlineMoved(ends_at=at):
                ends_at[max(ends_at, default=0)] = at
            case f.RoundEnded(round=number, at=at):
                assert at >= ends_at[number]


@pytest.mark.parametrize("seed", range(6))
def test_nothing_acknowledged_is_lost_whatever_fails(seed: int) -> None:
    _, server, promises, phones = run(whole_evening(seed))
    print(f"seed {seed}: faults {dict(server.faults.counts)}")
    for fault in ("crash", "cut", "delayed", "doubled", "stalled", "unsynced_lost"):
        assert server.faults.counts[fault] > 0, f"no {fault} was injected: the test would prove nothing"
    entries = run(read(server.journal))
    check_promises(entries, promises)
    check_evening(entries)
    check_deadlines(entries)
    assert any(phone.view.get("revealed") for phone in phones)


async def read(journal: CrashJournal) -> list[f.Entry]:
    return await journal.read(EVENT)


def test_after_the_storm_every_phone_shows_what_is() -> None:
    async def storm() -> list[tuple[dict[str, Any], dict[str, Any]]]:
        _, server, _, phones = await whole_evening(3)
        room = await server.rooms.open(EVENT)
        shown = []
        for phone in phones:
            expected = msgspec.json.decode(msgspec.json.encode(attendee_view(room.scene(), phone.attendee)))
            expected.pop("now")
            shown.append(({k: v for k, v in phone.view.items() if k != "now"}, expected))
        return shown

    for view, expected in run(storm()):
        if view.get("revealed"):
            assert view == expected


def test_the_same_seed_gives_the_same_evening() -> None:
    first, *_ = run(whole_evening(11))
    second, *_ = run(whole_evening(11))
    other, *_ = run(whole_evening(12))
    assert first == second
    assert first != other
