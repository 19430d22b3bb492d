"""Builders of evenings for tests: people, plans, an evening driven by commands, scenarios."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.card import EventCard
from event_server.domain.live_event import decide, evolve
from event_server.domain.messages import CLOCK, PLANNER, Refused, RoundPlan, Rules, guest, staff
from event_server.domain.phases import TIMED, Phase
from event_server.domain.profile import Profile
from event_server.domain.seating import PAIR, blocked
from event_server.domain.state import LiveEvent, pair, pairs_of
from event_server.views.scene import Person, Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from event_server.domain.messages import Seating
    from event_server.domain.state import Pair

MIDNIGHT = 1_799_971_200.0
"""The day of all evenings in tests, POSIX seconds."""

NOW = MIDNIGHT + 19 * 3600
"""Seven in the evening."""

ADA = staff("ada")
GUS = staff("gus")

CURRENT = -1
"""Stands for the control version of the state, where a request carries ``expect``."""


def attendee_ids(n: int) -> tuple[str, ...]:
    """Return ``n`` ids that sort in order of joining."""
    return tuple(f"p{number:03}" for number in range(1, n + 1))


def rules(**changes: object) -> Rules:
    """Return rules of a short evening, at tables of two unless ``changes`` say otherwise."""
    return Rules(**{"rounds": 3, "tables": 4, **changes})  # type: ignore[arg-type]  # Rules checks the names


def profile(number: int) -> Profile:
    """Return a typical profile of an obviously made-up person."""
    fields = ("energia", "scuola", "cucina di stagione", "software libero", "musica", "orti urbani", "design")
    tags = [fields[(number + step) % len(fields)] for step in range(4)]
    return Profile(
        name=f"Persona{number} Prova",
        email=f"persona{number}@example.org",
        phone=f"+39 06 555 {number:04}",
        headline="Coordina progetti di quartiere",
        organisation=f"Cooperativa Finta {number % 9}",
        interests=tuple(tags),
        offers=(tags[0], "contabilità di base"),
        needs=(tags[3], "una sede in centro"),
        link=f"https://example.org/{number}",
        share_email=True,
        share_phone=number % 2 == 0,
    )


def scene(state: LiveEvent, now: float = NOW, **parts: object) -> Scene:
    """Return the scene of ``state`` with a profile for everybody on the list."""
    people = {a.id: Person(profile(a.number), code=f"K{a.number:04}") for a in state.roster.values()}
    card = EventCard(id=state.id, title="Serata di prova", place="Sala grande", epoch="e1", join_code="PROVA")
    return Scene(**{"card": card, "state": state, "people": people, "now": now, **parts})  # type: ignore[arg-type]


def planned_rounds(state: LiveEvent, people: Sequence[str] = ()) -> tuple[RoundPlan, ...]:
    """Return a legal and fair plan for the rounds to come: who sat out most often is seated first."""
    running = state.running
    met: set[Pair] = {p for seats in running.tables for p in pairs_of(seats)} if running else set()
    sat_out = state.sit_outs()
    planned = []
    for _ in range(state.next_number, state.rules.rounds + 1):
        present = sorted(people or state.present(), key=lambda person: -sat_out[person])
        if state.rules.seats > PAIR:
            tables = _grouped(state, present, met)
        else:
            tables = _placed(state, _pairing(state, present, met))
        if state.rules.seats == PAIR and state.rules.odd == "trio" and len(present) % 2:
            tables = _with_third(state, tables, present, met)
        met.update(p for seats in tables for p in pairs_of(seats))
        seated = {person for two in tables for person in two}
        out = tuple(person for person in present if person not in seated)
        for person in out:
            sat_out[person] += 1
        planned.append(RoundPlan(tables=tables, sitting_out=out))
    return tuple(planned)


def _grouped(state: LiveEvent, present: Sequence[str], met: set[Pair]) -> Seating:
    """Return as many tables as are needed, filled evenly; each person joins those they have met least."""
    known = met | {pair(one, other) for one, others in state.met.items() for other in others}
    tables: list[list[str]] = [[] for _ in range(state.rules.tables)]
    needed = -(-len(present) // state.rules.seats)
    for person in sorted(present, key=lambda person: state.roster[person].table is None):
        own = state.roster[person].table
        open_tables = [
            seats
            for number, seats in enumerate(tables, 1)
            if (number == own if own else seats or number <= needed)
            and len(seats) < state.rules.seats
            and all(blocked(state, pair(person, other)) is None for other in seats)
        ]
        if open_tables:
            again = [sum(pair(person, other) in known for other in seats) for seats in open_tables]
            _, _, best = min(zip(again, map(len, open_tables), range(len(open_tables)), strict=True))
            open_tables[best].append(person)
    return tuple(tuple(seats) if len(seats) > 1 else () for seats in tables)


def _placed(state: LiveEvent, pairs: Iterable[tuple[str, str]]) -> Seating:
    """Return the tables with their pairs; whose fixed table is taken sits out."""
    tables: list[tuple[str, ...]] = [()] * state.rules.tables
    fixed = {two: state.roster[two[0]].table or state.roster[two[1]].table for two in pairs}
    for two in sorted(fixed, key=lambda two: fixed[two] is None):
        number = fixed[two] or next((n for n, seats in enumerate(tables, 1) if not seats), 0)
        if number and not tables[number - 1]:
            tables[number - 1] = two
    return tuple(tables)


def _with_third(state: LiveEvent, tables: Seating, present: Sequence[str], met: set[Pair]) -> Seating:
    """Return the tables with one of those left over as third at the first where that is legal."""
    left = [p for p in present if not any(p in seats for seats in tables) and not state.roster[p].table]
    for number, seats in enumerate(tables):
        for third in left if seats else []:
            new = [pair(third, person) for person in seats]
            if not met.intersection(new) and all(blocked(state, p) is None for p in new):
                return (*tables[:number], (*seats, third), *tables[number + 1 :])
    return tables


def _pairing(state: LiveEvent, present: Sequence[str], met: set[Pair]) -> list[tuple[str, str]]:
    most = min(len(present) // 2, state.rules.tables)
    for spare in range(len(present) - 2 * most, len(present) + 1):
        found = _matching(present, spare, lambda p: p not in met and blocked(state, p) is None)
        if found is not None:
            return found
    return []


def _matching(
    people: Sequence[str], spare: int, may_meet: Callable[[Pair], bool]
) -> list[tuple[str, str]] | None:
    """Return pairs of all ``people`` but ``spare``, the last ones sitting out if possible, or none."""
    if not people:
        return []
    first, *rest = people
    for other in rest if len(people) > spare else []:
        if may_meet(pair(first, other)):
            found = _matching([p for p in rest if p != other], spare, may_meet)
            if found is not None:
                return [(first, other), *found]
    return _matching(rest, spare - 1, may_meet) if spare else None


@dataclass
class Evening:
    """A live event driven by requests, with its journal and a clock that stands until it is moved."""

    state: LiveEvent = field(default_factory=lambda: LiveEvent(id="prova"))
    now: float = NOW
    journal: list[f.Entry] = field(default_factory=list)
    requests: int = 0

    def request(
        self, command: c.Command, *, by: str = ADA, request_id: str = "", expect: int | None = CURRENT
    ) -> c.Request:
        """Return ``command`` as a request; ``expect`` is by default what the state says."""
        self.requests += 1
        seen = self.state.control_version if expect == CURRENT else expect
        return c.Request(actor=by, id=request_id or f"r{self.requests}", command=command, expect=seen)

    def send(
        self, command: c.Command, *, by: str = ADA, request_id: str = "", expect: int | None = CURRENT
    ) -> list[f.Fact]:
        """Decide and record ``command``; return its facts."""
        request = self.request(command, by=by, request_id=request_id, expect=expect)
        facts = decide(self.state, request, self.now)
        self.record(*facts, by=by, request_id=request.id)
        return facts

    def record(self, *facts: f.Fact, by: str = ADA, request_id: str = "given") -> None:
        """Record facts without deciding."""
        for fact in facts:
            entry = f.Entry(
                version=self.state.version + 1, at=self.now, actor=by, command_id=request_id, fact=fact
            )
            self.journal.append(entry)
            self.state = evolve(self.state, entry)

    def wait(self, seconds: float) -> Evening:
        """Let time pass; nothing happens by itself."""
        self.now += seconds
        return self

    def tick(self, late: float = 0.0) -> list[f.Fact]:
        """Go to the deadline, ``late`` seconds past, and let the clock act."""
        self.now = max(self.now, (self.state.wake_at or self.now) + late)
        return self.send(c.Tick(), by=CLOCK)

    def check_in(self, *people: str) -> Evening:
        """Let people arrive."""
        for person in people:
            self.send(c.CheckIn(attendee=person))
        return self

    def plan(self, rounds: Iterable[RoundPlan] | None = None, **said: object) -> list[f.Fact]:
        """Publish a plan for who is present, or the given one, with what is ``said`` of it."""
        planned = planned_rounds(self.state) if rounds is None else tuple(rounds)
        publish = c.PublishPlan(
            basis=self.state.plan_basis,
            first_round=self.state.next_number,
            rounds=planned,
            **said,  # type: ignore[arg-type]  # PublishPlan checks the names
        )
        return self.send(publish, by=PLANNER)

    def answer(
        self, author: str, about: str, again: c.Again | None, number: int = 0, *, rating: int | None = None
    ) -> list[f.Fact]:
        """Let ``author`` answer about somebody met in round ``number``, by default the last."""
        answer = c.GiveAnswer(
            round=number or len(self.state.rounds), about=about, again=again, rating=rating, attendee=author
        )
        return self.send(answer, by=guest(author))

    def go_to(self, phase: Phase, number: int = 1) -> Evening:
        """Drive on to ``phase`` of round ``number``: every round is held to its end, with a fresh plan."""
        while (len(self.state.rounds), self.state.phase) != (number, phase):
            self._step(phase, number)
        return self

    def _step(self, goal: Phase, number: int) -> None:
        here, enough = self.state.phase, len(self.state.rounds) >= number
        if here is Phase.DRAFT:
            self.send(c.OpenLobby())
        elif here is Phase.CALL:
            self.send(c.StartRound())
        elif here is Phase.TALK:
            self.tick()
        elif here is Phase.WRAP_UP:
            self.send(c.CloseEvent())
        elif here in TIMED and enough:
            self.send(c.StartBreak(ends_at=self.now + 600) if goal is Phase.BREAK else c.FinishEvent())
        else:
            if self.state.next_number <= self.state.rules.rounds:
                self.plan()
            self.send(c.CallToTables())


def evening(people: int = 6, phase: Phase = Phase.LOBBY, number: int = 1, **changes: object) -> Evening:
    """Return an evening with ``people`` present (on the list only, in DRAFT), driven to ``phase``."""
    made, ids = Evening(), attendee_ids(people)
    made.send(c.CreateEvent(rules=rules(**changes)))
    made.send(c.AddAttendees(attendees=ids))
    if phase is Phase.DRAFT:
        return made
    made.send(c.OpenLobby())
    made.check_in(*ids)
    return made if phase is Phase.LOBBY else made.go_to(phase, number)


class Scenario:
    """``given(what happened).when(command).then(facts or a refusal)``."""

    def __init__(self, before: Evening) -> None:
        self._evening = before
        self._outcome: list[f.Fact] | Refused = []

    def when(self, command: c.Command, *, by: str = ADA, expect: int | None = CURRENT) -> Scenario:
        """Decide ``command``; a refusal must leave the state as it was."""
        before = self._evening.state
        try:
            self._outcome = self._evening.send(command, by=by, expect=expect)
        except Refused as refused:
            assert self._evening.state is before
            self._outcome = refused
        return self

    def then(self, *expected: f.Fact | Refused) -> Evening:
        """Compare with exactly these facts, in order, or with this refusal and its detail."""
        refusals = [(r.code, r.detail) for r in expected if isinstance(r, Refused)]
        if isinstance(self._outcome, Refused):
            assert [(self._outcome.code, self._outcome.detail)] == refusals
        else:
            assert self._outcome == list(expected)
        return self._evening


def given(*past: Evening | f.Fact | c.Command) -> Scenario:
    """Return a scenario after ``past``: an evening to begin with, facts as recorded, commands as decided."""
    before = Evening()
    for step in past:
        if isinstance(step, Evening):
            before = step
        elif isinstance(step, get_args(f.Fact)):
            before.record(step)  # type: ignore[arg-type]
        else:
            before.send(step)
    return Scenario(before)
