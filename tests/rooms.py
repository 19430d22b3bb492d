"""Rooms for tests: the real actor, hub and planner over a journal in memory, with a clock that tests turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from event_server.domain import commands as c
from event_server.domain.card import EventCard
from event_server.domain.live_event import replay
from event_server.domain.messages import Rules, staff
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.runtime.jobs import ExplainJob, Job, PlanJob, PolishJob, ProofJob, Told
from event_server.runtime.library import Shelf
from event_server.runtime.room import Room
from event_server.runtime.solver import NoSolver
from event_server.storage.journal import MemoryJournal
from event_server.tags.book import TagBook
from event_server.views.scene import Person

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from event_server.domain.private import Private
    from event_server.domain.state import LiveEvent
    from event_server.planning.briefing import Briefing
    from event_server.planning.insight import Insight
    from event_server.storage.journal import Journal

EVENT = "evening"
ORGANIZER = staff("fay")


@dataclass
class ManualClock:
    """A clock that stands until a test turns it."""

    at: float = 1_000_000.0

    def now(self) -> float:
        return self.at


class InlineSolver(NoSolver):
    """The worker's own desk in the same process: all that the worker does, without the process."""

    def __init__(self, seconds: float = 1.0) -> None:
        from event_server.runtime.worker import Desk

        self.seconds = seconds
        self.jobs: list[Briefing] = []
        self.polished: list[float] = []
        self._told: list[Told] = []
        self._desk = Desk(self._told.append)

    async def solve(self, briefing: Briefing, publish: Callable[[c.PublishPlan], Awaitable[object]]) -> bool:
        self.jobs.append(briefing)
        for told in self._ask(PlanJob(number=1, briefing=briefing, seconds=self.seconds)):
            if told.plan is not None:
                await publish(told.plan)
        return True

    async def polish(self, briefing: Briefing, seconds: float) -> c.PublishPlan | None:
        self.polished.append(seconds)
        return self._ask(PolishJob(number=1, briefing=briefing, seconds=self.seconds))[-1].plan

    async def explain(self, briefing: Briefing) -> Insight | None:
        return self._ask(ExplainJob(number=1, briefing=briefing, seconds=self.seconds))[-1].insight

    async def prove(self, briefing: Briefing, command: c.PublishPlan, readme: str) -> bytes:
        job = ProofJob(number=1, briefing=briefing, command=command, readme=readme, seconds=self.seconds)
        return self._ask(job)[-1].file

    def _ask(self, job: Job) -> list[Told]:
        self._told.clear()
        self._desk.work(job)
        return list(self._told)


IdleSolver = NoSolver


@dataclass
class MemoryLibrary:
    """The personal side of events over a journal in memory."""

    journal: MemoryJournal
    cards: dict[str, EventCard] = field(default_factory=dict)
    closed_events: list[str] = field(default_factory=list)

    async def shelf(self, event: str) -> Shelf:
        return Shelf(
            card=self.cards.get(event, EventCard(id=event, title="Aperitivo degli incontri", epoch="e1")),
            people=await self._people(event),
            notes=dict(await self.journal.notes(event)),
            messages=dict(await self.journal.messages(event)),
            accounts={"fay": "Fay", "otto": "Otto"},
            tags=TagBook(await self.journal.merges()),
        )

    async def _people(self, event: str) -> dict[str, Person]:
        rows = await self.journal.people(event)
        return {person: Person(profile=row.profile, code=row.code) for person, row in rows.items()}

    async def erased(self, event: str) -> None:
        self.cards[event] = EventCard(id=event, title="Aperitivo degli incontri", epoch="e2")

    async def closed(self, state: LiveEvent) -> None:
        self.closed_events.append(state.id)


class Evening:
    """A running room and the little that tests do with it."""

    def __init__(self, room: Room, clock: ManualClock, journal: Journal) -> None:
        self.room = room
        self.clock = clock
        self.journal = journal
        self._ids = 0

    async def do(
        self,
        command: c.Command,
        *,
        actor: str = ORGANIZER,
        private: Sequence[Private] = (),
        request_id: str = "",
    ) -> None:
        self._ids += 1
        request = c.Request(
            actor=actor,
            id=request_id or f"r{self._ids}",
            command=command,
            expect=self.room.state.control_version,
        )
        await self.room.submit(request, private)

    async def people(self, *names: str) -> None:
        rows = [ProfileRow(attendee=name.lower(), profile=Profile(name=name)) for name in names]
        await self.do(c.AddAttendees(attendees=tuple(row.attendee for row in rows)), private=rows)


async def opened_room(journal: Journal, library: MemoryLibrary, clock: ManualClock, solver: object) -> Room:
    shelf = await library.shelf(EVENT)
    state = replay(EVENT, await journal.read(EVENT))
    room = Room(state, shelf, journal=journal, clock=clock, library=library)
    room.start(solver)
    return room


async def evening(
    *names: str, solver: object | None = None, rules: Rules | None = None, journal: Journal | None = None
) -> Evening:
    """Return a room in the lobby where everybody named is checked in."""
    memory = MemoryJournal() if journal is None else journal
    clock = ManualClock()
    room = await opened_room(memory, MemoryLibrary(memory), clock, solver or IdleSolver())
    running = Evening(room, clock, memory)
    await running.do(c.CreateEvent(rules=rules or Rules(rounds=4, tables=10)))
    await running.people(*names)
    await running.do(c.OpenLobby())
    for name in names:
        await running.do(c.CheckIn(attendee=name.lower()))
    return running
