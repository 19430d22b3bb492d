"""The state of a live event: immutable, folded from facts, with the indices that decisions need."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from event_server.domain.messages import AttendeeId, RoundPlan, Rules, Seating, Turn, Turns
from event_server.domain.phases import TIMED, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from event_server.domain.commands import Again, HelpKind, PairRule
    from event_server.domain.plan_figures import PlanFigures

Pair = tuple[AttendeeId, AttendeeId]

SHORTEST_MEETING = 60.0
"""Seconds two people must share a table for a meeting, unless they share it until the end of the talk."""


class Status(StrEnum):
    """Whether somebody takes part. Only ``PRESENT`` people are planned."""

    REGISTERED = "registered"
    PRESENT = "present"
    RESTING = "resting"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person at this event, without anything personal.

    Attributes:
        number: 1, 2, 3 … in order of joining; an erased person is "Guest <number>" in history.
        side: One of two sides that only meet each other, or none.
        table: Fixed table (1-based), or none.
        standby: May be called when sitting out and a place becomes free.
        help: What kind of help the person asked for at ``help_at``, until somebody took care.
    """

    id: AttendeeId
    number: int
    status: Status = Status.REGISTERED
    side: str | None = None
    table: int | None = None
    standby: bool = True
    arrived_at: float | None = None
    help: HelpKind | None = None
    help_at: float | None = None
    erased: bool = False

    @property
    def is_present(self) -> bool:
        """Tell whether the person is planned for the next round."""
        return self.status is Status.PRESENT


@dataclass(frozen=True, slots=True)
class Stretch:
    """People who shared a table of the running talk until one of them was moved.

    The time the clock stood counts: they sat together all the same.
    """

    people: tuple[AttendeeId, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Round:
    """A round from its call on. Held once ``starts_at`` is set.

    Attributes:
        tables: Who sits where now, or sat at the end.
        seated_at: For each table changed during the talk: since when its people sit together.
        turns_at: For each number of people at a table, when each of them begins to speak.
        table_turns: For each table (1-based) that changed during the talk, its own turns instead.
        at_table: Who said "I am at the table".
        missing: (reporter, missing person).
        moved: Who was moved after the call -> the table (1-based) they were called to, 0 for none.
        meetings: Who met whom; known when the round has ended.
    """

    number: int
    called_from: Phase
    tables: Seating
    sitting_out: frozenset[AttendeeId]
    patched: bool = False
    starts_at: float | None = None
    ends_at: float | None = None
    ended_at: float | None = None
    turns_at: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    table_turns: Mapping[int, Turns] = field(default_factory=dict)
    seated_at: Mapping[int, float] = field(default_factory=dict)
    stretches: tuple[Stretch, ...] = ()
    at_table: frozenset[AttendeeId] = frozenset()
    missing: frozenset[Pair] = frozenset()
    moved: Mapping[AttendeeId, int] = field(default_factory=dict)
    meetings: frozenset[Pair] = frozenset()

    @property
    def is_held(self) -> bool:
        """Tell whether the talk has begun."""
        return self.starts_at is not None

    def table_of(self, attendee: AttendeeId) -> int | None:
        """Return the table (1-based) of ``attendee``, or none."""
        return next((number for number, seats in enumerate(self.tables, 1) if attendee in seats), None)

    def partners_of(self, attendee: AttendeeId) -> tuple[AttendeeId, ...]:
        """Return who else sits at the table of ``attendee``, in order of seats."""
        seats = next((seats for seats in self.tables if attendee in seats), ())
        return tuple(person for person in seats if person != attendee)

    def turns_of(self, table: int) -> Turns:
        """Return who begins to speak when at ``table`` (1-based), and who did so before they left it."""
        if own := self.table_turns.get(table):
            return own
        seats = self.tables[table - 1]
        times = self.turns_at.get(len(seats), ())
        return tuple(Turn(at=at, who=who) for at, who in zip(times, seats, strict=False))

    def met(self, attendee: AttendeeId) -> frozenset[AttendeeId]:
        """Return whom ``attendee`` met in this round, so far as it is known now."""
        if not self.is_held:
            return frozenset()
        shared: Counter[AttendeeId] = Counter()
        for stretch in self.stretches:
            if attendee in stretch.people:
                shared.update({p: stretch.seconds for p in stretch.people if p != attendee})
        long_enough = (person for person, seconds in shared.items() if seconds >= SHORTEST_MEETING)
        return frozenset(long_enough) | frozenset(self.partners_of(attendee))

    def running_meetings(self) -> frozenset[Pair]:
        """Return the pairs that would have met if the talk ended now."""
        shared: Counter[Pair] = Counter()
        for stretch in self.stretches:
            shared.update(dict.fromkeys(pairs_of(stretch.people), stretch.seconds))
        long_enough = (both for both, seconds in shared.items() if seconds >= SHORTEST_MEETING)
        together = (both for seats in self.tables for both in pairs_of(seats))
        return frozenset(together) | frozenset(long_enough)

    def sat_out(self) -> frozenset[AttendeeId]:
        """Return who was here for this round and met nobody: without a table, or alone at one."""
        seated = {person for seats in self.tables for person in seats}
        meetings = self.meetings if self.ended_at is not None else self.running_meetings()
        return (self.sitting_out | seated) - {person for both in meetings for person in both}


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """What the planner intends for the rounds from ``first_round`` on.

    Attributes:
        basis: The ``plan_basis`` it was made for.
        value: Sum of the weights of all planned meetings.
        bound: Proven ceiling of ``value``, or none.
        figures: What else the solver said of it, or none.
        merit: What it is worth by the weights it was planned by, where answers taught them; shown to nobody.
        repeats: Meetings of people who have met before, held rounds and former evenings included.
        imbalance: What its tables lack where they are to mix sectors or seniority, in points; it comes off
            its worth where plans are compared.
        published: How many plans of this basis were accepted.
        patched: Rounds made fit in haste for who is present; the figures speak of the plan before.
    """

    basis: int
    first_round: int
    rounds: tuple[RoundPlan, ...]
    value: int = 0
    bound: int | None = None
    floor: int | None = None
    unmet: int = 0
    seed: int = 0
    stage: str = "final"
    figures: PlanFigures | None = None
    merit: int | None = None
    repeats: int = 0
    imbalance: int = 0
    published: int = 1
    patched: frozenset[int] = frozenset()

    def round(self, number: int) -> RoundPlan | None:
        """Return the plan of round ``number``, or none."""
        index = number - self.first_round
        return self.rounds[index] if 0 <= index < len(self.rounds) else None


@dataclass(frozen=True, slots=True)
class Pausing:
    """The clock stands.

    Attributes:
        remaining: Seconds left of the phase.
        interrupted: The server was away past the deadline; an organizer must decide.
    """

    at: float
    remaining: float
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said after one meeting."""

    again: Again | None = None
    rating: int | None = None
    heard: int | None = None

    @property
    def is_given(self) -> bool:
        """Tell whether anything was said."""
        return not (self.again is None and self.rating is None and self.heard is None)


@dataclass(frozen=True, slots=True)
class Steering:
    """One line of the organizers' history."""

    at: float
    actor: str
    fact: str
    round: int


@dataclass(frozen=True, slots=True)
class Posted:
    """A message to the room; its text lies elsewhere."""

    id: str
    to: str
    at: float


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """Everything that decisions need, folded from the journal.

    Attributes:
        version: How many facts were folded.
        control_version: How many of them steered the evening.
        deadline: End of the running phase, POSIX seconds; none when it has none or the clock stands.
        rounds: Called and held rounds, in order; the last one is the current.
        met: Who met whom in ended rounds of this evening.
        plan_basis: Raised whenever a plan made before may no longer fit.
        answers: author -> (about, round) -> answer.
        recent: actor -> ids of the last requests that had an effect.
    """

    id: str
    version: int = 0
    control_version: int = 0
    rules: Rules = field(default_factory=Rules)
    phase: Phase = Phase.DRAFT
    deadline: float | None = None
    pausing: Pausing | None = None
    roster: Mapping[AttendeeId, Attendee] = field(default_factory=dict)
    pair_rules: Mapping[Pair, tuple[PairRule, int]] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    met: Mapping[AttendeeId, frozenset[AttendeeId]] = field(default_factory=dict)
    plan: PlanInForce | None = None
    plan_basis: int = 0
    plan_seed: int = 0
    answers: Mapping[AttendeeId, Mapping[tuple[AttendeeId, int], Answer]] = field(default_factory=dict)
    finished_at: float | None = None
    revealed_at: float | None = None
    hidden: frozenset[AttendeeId] = frozenset()
    posted: tuple[Posted, ...] = ()
    history: tuple[Steering, ...] = ()
    recent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def round(self) -> Round | None:
        """Return the round that was called last, or none."""
        return self.rounds[-1] if self.rounds else None

    @property
    def running(self) -> Round | None:
        """Return the round that is called or talking, or none."""
        return self.round if self.phase in {Phase.CALL, Phase.TALK} else None

    @property
    def next_number(self) -> int:
        """Return the number of the round to be called next."""
        return len(self.rounds) + 1

    @property
    def wake_at(self) -> float | None:
        """Return when a ``Tick`` is due, or none when only people can go on."""
        if self.deadline is None or self.pausing is not None:
            return None
        waits_for_people = self.phase in TIMED - {Phase.TALK} and not self.rules.automatic
        return None if waits_for_people else self.deadline

    def present(self) -> tuple[AttendeeId, ...]:
        """Return who is present, in order of joining."""
        return tuple(a.id for a in self.roster.values() if a.is_present)

    def expected(self) -> Iterator[Attendee]:
        """Yield everybody who is on the list and not erased."""
        return (a for a in self.roster.values() if not a.erased)

    def pair_rule(self, one: AttendeeId, other: AttendeeId) -> PairRule:
        """Return the rule for two people: ``must``, ``never`` or ``none``."""
        return self.pair_rules.get(pair(one, other), ("none", 0))[0]

    def sit_outs(self) -> dict[AttendeeId, int]:
        """Return for everybody on the list in how many held rounds they were here and met nobody."""
        counts = dict.fromkeys(self.roster, 0)
        for person in (p for r in self.rounds if r.is_held for p in r.sat_out()):
            counts[person] = counts.get(person, 0) + 1
        return counts


def pair(one: AttendeeId, other: AttendeeId) -> Pair:
    """Return two people as an unordered pair."""
    return (one, other) if one < other else (other, one)


def pairs_of(people: Iterable[AttendeeId]) -> Iterator[Pair]:
    """Yield every unordered pair of ``people``."""
    return (pair(one, other) for one, other in combinations(people, 2))
