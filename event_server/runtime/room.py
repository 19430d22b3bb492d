"""A room: one live event in memory, with its actor, its people, its connections and its planner."""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

import structlog

from event_server.domain import facts as f
from event_server.domain.commands import PatchRound, Request
from event_server.domain.phases import Phase
from event_server.domain.private import MessageRow, NoteRow, Private
from event_server.planning.repairs import fixes, patch
from event_server.runtime.actor import Actor
from event_server.runtime.hub import NO_LOGIN, Hub, Viewer
from event_server.runtime.library import background_of
from event_server.runtime.planning import Planning
from event_server.storage.errors import StorageFailed
from event_server.tags.book import DEFAULT_LANGUAGE
from event_server.views.attendee import attendee_view
from event_server.views.attention import Fix
from event_server.views.control import control_view
from event_server.views.message import MESSAGE_SECONDS
from event_server.views.projector import projector_view
from event_server.views.room import room_view
from event_server.views.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from event_server.domain.card import EventCard
    from event_server.domain.lessons import Lesson
    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import LiveEvent
    from event_server.planning.briefing import Background
    from event_server.runtime.clock import Clock
    from event_server.runtime.library import Library, Shelf
    from event_server.runtime.solver import Solver
    from event_server.storage.journal import Journal
    from event_server.views.scene import Person, View

log = structlog.get_logger(__name__)

UNPLANNED = frozenset({Phase.WRAP_UP, Phase.CLOSED})
Duty: TypeAlias = Literal["erasure", "people", "closing"]

OWED_AFTER: Mapping[Duty, tuple[type[f.Fact], ...]] = MappingProxyType(
    {
        "erasure": (f.AttendeeErased,),
        "people": (f.AttendeeAdded, f.ProfileChanged, f.TagsMerged, f.AttendeeErased),
        "closing": (f.EventClosed,),
    }
)
"""What facts owe outside the journal, in the order in which it is done."""

VIEWS_AT_ONCE = 64
"""Views built in one pass of the loop, some 10 ms in a room of a thousand people."""

LATER_SECONDS = 0.5
"""How long after something is over the screens look again."""

CALLABLE = frozenset({Phase.LOBBY, Phase.FEEDBACK, Phase.BREAK})
"""Phases from which a round is called."""


class Room:
    """One live event in memory."""

    def __init__(
        self, state: LiveEvent, shelf: Shelf, *, journal: Journal, clock: Clock, library: Library
    ) -> None:
        self.hub = Hub(clock.now)
        self._shelf = shelf
        self._clock = clock
        self._library = library
        self.turns = asyncio.Semaphore(VIEWS_AT_ONCE)
        self._storage_failed = False
        self._owed: set[Duty] = set()
        self._shelving = asyncio.Lock()
        self._asked_until: dict[AttendeeId, float] = {}
        self._actor = Actor(state, journal, clock, self)
        self.planning = Planning(self)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def card(self) -> EventCard:
        """Return what is known of the event besides its journal."""
        return self._shelf.card

    @property
    def state(self) -> LiveEvent:
        """Return the evening as recorded."""
        return self._actor.state

    @property
    def is_planning(self) -> bool:
        """Tell whether the solver looks for a plan that this evening needs."""
        return self.planning.doing == "planning"

    @property
    def people(self) -> Mapping[AttendeeId, Person]:
        """Return the personal side of everybody on the list."""
        return self._shelf.people

    def lesson(self, attendee: AttendeeId) -> Lesson | None:
        """Return what other evenings taught about somebody who agrees, or none."""
        return self._shelf.lessons.get(attendee)

    def start(self, solver: Solver) -> None:
        """Begin to serve requests, watch deadlines and plan."""
        self._tasks = [
            asyncio.create_task(self._actor.run(), name=f"actor-{self.state.id}"),
            asyncio.create_task(self.planning.run(solver), name=f"planner-{self.state.id}"),
        ]

    async def stop(self) -> None:
        """End all tasks of this room."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        self._actor.close()

    async def submit(self, request: Request, private: Sequence[Private] = ()) -> None:
        """Return once ``request`` has had its effect durably.

        Raises:
            Refused: If the domain says no.
            StorageFailed: If it could not be recorded; it had no effect.
        """
        await self._actor.submit(request, private)

    def scene(self, language: str = DEFAULT_LANGUAGE) -> Scene:
        """Return this moment, for views in ``language``."""
        return Scene(
            card=self.card,
            state=self.state,
            people=self._shelf.people,
            now=self._clock.now(),
            presence=self.hub.presence(),
            notes=self._shelf.notes,
            messages=self._shelf.messages,
            accounts=self._shelf.accounts,
            asked_until=self._asked_until,
            storage_failed=self._storage_failed,
            is_polishing=self.planning.doing == "polishing",
            has_proof=self.planning.has_proof,
            tags=self._shelf.tags,
            language=language,
            kept=self._shelf.commons,
        )

    def views(self, viewer: Viewer) -> Mapping[str, View]:
        """Return the sections ``viewer`` may see now."""
        scene = self.scene(viewer.language)
        match viewer.kind:
            case "attendee":
                return {"view": attendee_view(scene, viewer.attendee)}
            case "projector":
                return {"view": projector_view(scene)}
            case "organizer":
                return {"control": control_view(scene), "room": room_view(scene, self._proposals())}

    def _proposals(self) -> dict[int, Fix]:
        scene_name = self.scene().short_name
        return {
            table: Fix(
                tables=fix.tables,
                moves=len(fix.moved),
                with_name=scene_name(fix.moved[0]) if fix.moved else "",
                joins=fix.joins,
            )
            for table, fix in fixes(self.state, self._background()).items()
        }

    def ask_device(self, attendee: AttendeeId, seconds: float) -> None:
        """Tell somebody's phone that another device waits for their yes; ``seconds`` 0 takes it back."""
        self._asked_until[attendee] = self._clock.now() + seconds
        self.hub.wake(attendee)
        asyncio.get_running_loop().call_later(seconds + LATER_SECONDS, self.hub.wake, attendee)

    async def refresh(self) -> None:
        """Take in what was changed in the tables outside the journal, as an event's title."""
        async with self._shelving:
            self._shelf = await self._library.shelf(self.state.id)
        self.hub.wake_all()

    # What the actor needs

    def patch(self, state: LiveEvent) -> PatchRound | None:
        """Return what makes the next round fit for who is present, or none."""
        if state.phase not in CALLABLE:
            return None
        plan = patch(state, self._background())
        return None if plan is None else PatchRound(round=state.next_number, plan=plan)

    async def recorded(
        self, state: LiveEvent, entries: Sequence[f.Entry], private: Sequence[Private]
    ) -> None:
        """Bring personal data up to date, do what the facts owe, and wake the screens."""
        facts = [entry.fact for entry in entries]
        self._owed |= {d for d, after in OWED_AFTER.items() if any(isinstance(fact, after) for fact in facts)}
        # Nobody may put back a shelf that was read before these facts.
        async with self._shelving:
            self._shelve(private)
            for duty in (duty for duty in OWED_AFTER if duty in self._owed):
                await self._fulfil(duty, state)
        self.planning.look()
        self.hub.publish(state, facts)
        for fact in facts:
            if isinstance(fact, f.AttendeeErased):
                await self.hub.close_attendee(fact.attendee, NO_LOGIN, "erased")
            elif isinstance(fact, f.MessagePosted):
                # Nothing happens when a message has been up long enough: the screens must be told to look.
                rest = MESSAGE_SECONDS + LATER_SECONDS
                asyncio.get_running_loop().call_later(rest, self.hub.wake_all)

    async def _fulfil(self, duty: Duty, state: LiveEvent) -> None:
        try:
            match duty:
                case "erasure":
                    await self._library.erased(state.id)
                case "people":
                    self._shelf = await self._library.shelf(state.id)
                case "closing":
                    await self._library.closed(state)
        except StorageFailed as failed:
            # The facts are recorded all the same, and screens must hear of them; the next fact tries again.
            log.warning("duty_failed", event_id=state.id, duty=duty, reason=failed.reason)
        else:
            self._owed.discard(duty)

    def storage_failed(self, *, failed: bool) -> None:
        """Raise or lower the banner that nothing can be recorded."""
        if failed != self._storage_failed:
            self._storage_failed = failed
            self.hub.wake_staff()

    def _shelve(self, private: Sequence[Private]) -> None:
        for row in private:
            if isinstance(row, NoteRow):
                self._shelf.notes[row.author, row.about, row.round] = row.text
            elif isinstance(row, MessageRow):
                self._shelf.messages[row.message] = row.text

    # What planning needs

    def background(self) -> Background | None:
        """Return what is known of the people; none while it is out of date, or nobody is to be planned.

        A plan made before newcomers' profiles are read would count as current and seat colleagues together.
        """
        unread = self.state.phase in UNPLANNED or "people" in self._owed
        return None if unread else self._background()

    def wake_staff(self) -> None:
        """Let the team's screens look again."""
        self.hub.wake_staff()

    def _background(self) -> Background:
        return background_of(self._shelf)
