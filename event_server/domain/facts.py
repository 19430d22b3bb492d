"""Facts: what has happened. Past tense, never refused; fields are only ever added, with defaults."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from event_server.domain.commands import Again, HelpKind, PairRule, Tagged
from event_server.domain.messages import AttendeeId, RoundPlan, Rules, Seating, Turns
from event_server.domain.plan_figures import PlanFigures

TurnsAt: TypeAlias = dict[int, tuple[float, ...]]
"""For each number of people at a table: when each of them begins to speak (POSIX seconds)."""

TableTurns: TypeAlias = dict[int, Turns]
"""For each table (1-based) that changed during a talk: its own turns."""


# The evening


class EventCreated(Tagged, frozen=True):
    """The journal begins."""

    rules: Rules


class RulesChanged(Tagged, frozen=True):
    """New rules hold."""

    rules: Rules


class AutomaticSet(Tagged, frozen=True):
    """Phases follow each other by themselves, or no longer."""

    on: bool


class LobbyOpened(Tagged, frozen=True):
    """The doors are open."""


class RoundCalled(Tagged, frozen=True):
    """The seating of a round is frozen; everybody walks.

    Attributes:
        ends_at: When the round is due to start.
        patched: The plan was made fit in haste for who is present.
    """

    round: int
    tables: Seating
    ends_at: float
    sitting_out: tuple[AttendeeId, ...] = ()
    patched: bool = False


class CallCancelled(Tagged, frozen=True):
    """The call of a round was taken back."""

    round: int


class RoundStarted(Tagged, frozen=True):
    """The talk begins at ``starts_at``, with the seating as it then was."""

    round: int
    starts_at: float
    ends_at: float
    turns_at: TurnsAt
    tables: Seating


class DeadlineMoved(Tagged, frozen=True):
    """The running phase ends at another time; speaking turns that were still to come moved with it.

    Attributes:
        starts_at: When a talk begins whose start was still to come while the clock stood; else null.
    """

    at: float
    ends_at: float
    turns_at: TurnsAt = msgspec.field(default_factory=dict)
    starts_at: float | None = None
    table_turns: TableTurns = msgspec.field(default_factory=dict)


class Paused(Tagged, frozen=True):
    """The clock stands; ``remaining`` seconds are kept."""

    at: float
    remaining: float


class Interrupted(Tagged, frozen=True):
    """The server was away past a deadline: the evening stands still until an organizer decides."""

    at: float


class Resumed(Tagged, frozen=True):
    """The clock goes on."""

    ends_at: float
    starts_at: float | None = None
    turns_at: TurnsAt = msgspec.field(default_factory=dict)
    table_turns: TableTurns = msgspec.field(default_factory=dict)


class RoundEnded(Tagged, frozen=True):
    """The talk is over; who met whom in this round is history."""

    round: int
    at: float
    ends_at: float


class BreakStarted(Tagged, frozen=True):
    """A break."""

    ends_at: float


class EventFinished(Tagged, frozen=True):
    """The rounds are over; contacts are revealed at ``reveal_at``."""

    at: float
    reveal_at: float


class ContactsRevealed(Tagged, frozen=True):
    """Everybody sees their mutual contacts; answers are closed."""

    at: float


class EventClosed(Tagged, frozen=True):
    """The end."""

    at: float


# The roster


class AttendeeAdded(Tagged, frozen=True):
    """Somebody is expected."""

    attendee: AttendeeId


class ProfileChanged(Tagged, frozen=True):
    """Somebody's profile changed."""

    attendee: AttendeeId


class TagsMerged(Tagged, frozen=True):
    """Words mean another tag than they did."""


class AttendeeArranged(Tagged, frozen=True):
    """Somebody got a side or a fixed table, or lost it."""

    attendee: AttendeeId
    side: str | None = None
    table: int | None = None


class PairRuleSet(Tagged, frozen=True):
    """A rule for two people."""

    attendee: AttendeeId
    other: AttendeeId
    rule: PairRule
    by: int = 0


class AttendeeCheckedIn(Tagged, frozen=True):
    """Somebody is here."""

    attendee: AttendeeId
    at: float


class CheckInUndone(Tagged, frozen=True):
    """Somebody was not here after all."""

    attendee: AttendeeId


class AttendeeRested(Tagged, frozen=True):
    """Somebody skips rounds."""

    attendee: AttendeeId


class AttendeeReturned(Tagged, frozen=True):
    """Somebody takes part again."""

    attendee: AttendeeId


class AttendeeLeft(Tagged, frozen=True):
    """Somebody went home."""

    attendee: AttendeeId


class StandbySet(Tagged, frozen=True):
    """Somebody who sits out may be called, or not."""

    attendee: AttendeeId
    on: bool


class AttendeeErased(Tagged, frozen=True):
    """Somebody is forgotten: answers by and about them are gone."""

    attendee: AttendeeId


# The plan


class ReplanRequested(Tagged, frozen=True):
    """Another plan was asked for."""

    seed: int


class PlanPublished(Tagged, frozen=True):
    """A plan is in force for the rounds from ``first_round`` on."""

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


class RoundPatched(Tagged, frozen=True):
    """One planned round was made fit for who is present."""

    round: int
    plan: RoundPlan


class TableChanged(Tagged, frozen=True):
    """A table of the called or running round seats other people (``table`` is 1-based).

    Attributes:
        turns: In a talk, the turns taken there so far and those to come; none before it.
    """

    round: int
    table: int
    seated: tuple[AttendeeId, ...]
    at: float
    turns: Turns = ()


# At the tables


class ArrivedAtTable(Tagged, frozen=True):
    """Somebody sits at the table."""

    round: int
    attendee: AttendeeId


class MissingReported(Tagged, frozen=True):
    """Somebody says that a partner is not there, or takes it back."""

    round: int
    attendee: AttendeeId
    about: AttendeeId
    missing: bool = True


class HelpAsked(Tagged, frozen=True):
    """Somebody needs the organizers."""

    attendee: AttendeeId
    kind: HelpKind
    at: float


class HelpAnswered(Tagged, frozen=True):
    """An organizer took care."""

    attendee: AttendeeId


class AnswerGiven(Tagged, frozen=True):
    """What ``attendee`` says about ``about``; null everywhere is a withdrawal."""

    attendee: AttendeeId
    about: AttendeeId
    round: int
    again: Again | None = None
    rating: int | None = None
    heard: int | None = None


class NoteSaved(Tagged, frozen=True):
    """A private note changed."""

    attendee: AttendeeId
    about: AttendeeId
    round: int


class ContactsHidden(Tagged, frozen=True):
    """Somebody took back their contact details."""

    attendee: AttendeeId


class MessagePosted(Tagged, frozen=True):
    """A message went to the room."""

    message: str
    to: str
    at: float


EveningFact: TypeAlias = (
    EventCreated
    | RulesChanged
    | AutomaticSet
    | LobbyOpened
    | RoundCalled
    | CallCancelled
    | RoundStarted
    | DeadlineMoved
    | Paused
    | Interrupted
    | Resumed
    | RoundEnded
    | BreakStarted
    | EventFinished
    | ContactsRevealed
    | EventClosed
)
RosterFact: TypeAlias = (
    AttendeeAdded
    | ProfileChanged
    | TagsMerged
    | AttendeeArranged
    | PairRuleSet
    | AttendeeCheckedIn
    | CheckInUndone
    | AttendeeRested
    | AttendeeReturned
    | AttendeeLeft
    | StandbySet
    | AttendeeErased
)
PlanFact: TypeAlias = ReplanRequested | PlanPublished | RoundPatched | TableChanged
TableFact: TypeAlias = (
    ArrivedAtTable
    | MissingReported
    | HelpAsked
    | HelpAnswered
    | AnswerGiven
    | NoteSaved
    | ContactsHidden
    | MessagePosted
)
Fact: TypeAlias = EveningFact | RosterFact | PlanFact | TableFact

STEERED: frozenset[type[Fact]] = frozenset(
    {
        RulesChanged,
        AutomaticSet,
        LobbyOpened,
        RoundCalled,
        CallCancelled,
        RoundStarted,
        DeadlineMoved,
        Paused,
        Interrupted,
        Resumed,
        RoundEnded,
        BreakStarted,
        EventFinished,
        ContactsRevealed,
        EventClosed,
        TableChanged,
    }
)
"""Facts that move the control version when staff or a deadline caused them: what an organizer must have seen
before steering on. A guest who leaves changes a table too, and must not get in the way of an organizer."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it stands in the journal.

    Attributes:
        version: 1, 2, 3 … within the event, without gaps.
        at: When it was recorded, POSIX seconds.
        actor: Who caused it.
        command_id: The id of the request that caused it.
    """

    version: int
    at: float
    actor: str
    command_id: str
    fact: Fact
