"""Commands: what somebody wants. Imperative; each may be refused, and is harmless to repeat."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec

from event_server.domain.messages import AttendeeId, Message, NewId, RoundPlan, Rules
from event_server.domain.plan_figures import PlanFigures

Again: TypeAlias = Literal["yes", "maybe", "no"]
PairRule: TypeAlias = Literal["must", "never", "none"]
HelpKind: TypeAlias = Literal["lost", "alone", "noise", "uncomfortable", "other"]
Seed: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
Side: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class Tagged(Message, frozen=True, tag=True, tag_field="type"):
    """Carries its own name as ``type`` on the wire and in the journal."""


# The evening


class CreateEvent(Tagged, frozen=True):
    """Begin the journal of an event."""

    rules: Rules


class ChangeRules(Tagged, frozen=True):
    """Replace the rules. Durations of a running phase stay; later phases follow."""

    rules: Rules


class SetAutomatic(Tagged, frozen=True):
    """Let phases follow each other by themselves, or stop doing so."""

    on: bool


class OpenLobby(Tagged, frozen=True):
    """Open the doors."""


class CallToTables(Tagged, frozen=True):
    """Freeze the next round of the plan in force and send everybody to the tables."""


class CancelCall(Tagged, frozen=True):
    """Take a call back before the round has started."""


class StartRound(Tagged, frozen=True):
    """Start the round that was called."""


class ExtendRound(Tagged, frozen=True):
    """Move the end of the running phase to ``ends_at`` (POSIX seconds), later or earlier."""

    ends_at: float


class Pause(Tagged, frozen=True):
    """Stop the clock; the time left is kept."""


class Resume(Tagged, frozen=True):
    """Let the clock go on."""


class EndRound(Tagged, frozen=True):
    """End the talk now."""


class StartBreak(Tagged, frozen=True):
    """Begin a break; it ends at ``ends_at`` (POSIX seconds)."""

    ends_at: float


class FinishEvent(Tagged, frozen=True):
    """End the rounds; contacts are revealed after the time the rules give."""


class RevealContacts(Tagged, frozen=True):
    """Show everybody their mutual contacts now."""


class CloseEvent(Tagged, frozen=True):
    """Close the event for good."""


class Tick(Tagged, frozen=True):
    """A deadline may have passed."""


# The roster


class AddAttendees(Tagged, frozen=True):
    """Add people by ids that the sender made."""

    attendees: tuple[NewId, ...]


class ChangeProfile(Tagged, frozen=True):
    """Say that somebody's profile has changed; the profile itself is no part of the journal."""

    attendee: AttendeeId = ""


class MergeTags(Tagged, frozen=True):
    """Say that words mean another tag than they did; the words themselves are no part of the journal."""


class ArrangeAttendee(Tagged, frozen=True):
    """Give somebody a side and a fixed table (1-based), or none."""

    attendee: AttendeeId
    side: Side | None = None
    table: int | None = None


class SetPairRule(Tagged, frozen=True):
    """Two people must meet (``by`` a round, 1-based, 0 for any), must never meet, or neither."""

    attendee: AttendeeId
    other: AttendeeId
    rule: PairRule
    by: int = 0


class CheckIn(Tagged, frozen=True):
    """Somebody is here."""

    attendee: AttendeeId = ""


class UndoCheckIn(Tagged, frozen=True):
    """Somebody was checked in by mistake."""

    attendee: AttendeeId


class Rest(Tagged, frozen=True):
    """Somebody skips rounds until they return."""

    attendee: AttendeeId = ""


class Return(Tagged, frozen=True):
    """Somebody who rested or left takes part again."""

    attendee: AttendeeId = ""


class Leave(Tagged, frozen=True):
    """Somebody goes home."""

    attendee: AttendeeId = ""


class SetStandby(Tagged, frozen=True):
    """Somebody who sits out may, or may not, be called when a place becomes free."""

    on: bool
    attendee: AttendeeId = ""


class EraseAttendee(Tagged, frozen=True):
    """Forget a person: profile, answers by and about them."""

    attendee: AttendeeId


# The plan


class Replan(Tagged, frozen=True):
    """Ask for another plan, from another seed."""

    seed: Seed


class PublishPlan(Tagged, frozen=True):
    """A solver's answer for the rounds from ``first_round`` on.

    Attributes:
        basis: The ``plan_basis`` of the state it was made for.
        value: Sum of the weights of all planned meetings (0..1000 each).
        bound: Proven ceiling of ``value``, or null.
        floor: The least total of anybody, or null.
        unmet: How many wishes could not be met.
        stage: ``first``, ``better`` or ``final``.
        figures: What else is known of it, or null.
        merit: What it is worth by the weights it was planned by, where answers taught them; shown to nobody.
        repeats: Meetings of people who have met before, held rounds and former evenings included.
        imbalance: What its tables lack where they are to mix sectors or seniority, in points; it comes off
            its worth where plans are compared.
    """

    basis: int
    first_round: int
    rounds: tuple[RoundPlan, ...]
    value: int = 0
    bound: int | None = None
    floor: int | None = None
    unmet: int = 0
    seed: int = 0
    stage: Literal["first", "better", "final"] = "final"
    figures: PlanFigures | None = None
    merit: int | None = None
    repeats: int = 0
    imbalance: int = 0


class PatchRound(Tagged, frozen=True):
    """Replace one round of the plan in force, made fit for who is present."""

    round: int
    plan: RoundPlan


class ChangeTable(Tagged, frozen=True):
    """Seat the people of some tables of the called or running round anew.

    Attributes:
        tables: ``(table, people in order of seats)`` for every table that changes; tables are 1-based.
            Whoever is taken from a table and not seated at another sits out.
    """

    round: int
    tables: tuple[tuple[int, tuple[AttendeeId, ...]], ...]


# At the tables


class ArriveAtTable(Tagged, frozen=True):
    """Somebody sits at the table of the called or running round."""

    round: int
    attendee: AttendeeId = ""


class ReportMissing(Tagged, frozen=True):
    """Somebody's partner is not, or was not, there; ``missing`` false takes it back."""

    round: int
    about: AttendeeId
    missing: bool = True
    attendee: AttendeeId = ""


class AskForHelp(Tagged, frozen=True):
    """Somebody needs the organizers, quietly."""

    kind: HelpKind
    attendee: AttendeeId = ""


class AnswerHelp(Tagged, frozen=True):
    """An organizer takes care of a call for help."""

    attendee: AttendeeId


class GiveAnswer(Tagged, frozen=True):
    """What somebody says after meeting ``about`` in ``round``; replaced whole, all null withdraws.

    Attributes:
        again: Meet again?
        rating: Quality of the conversation, 1-5.
        heard: Did you feel heard, 1-5.
        attendee: The author; filled in from the login.
    """

    round: int
    about: AttendeeId
    again: Again | None = None
    rating: int | None = None
    heard: int | None = None
    attendee: AttendeeId = ""


class SaveNote(Tagged, frozen=True):
    """A private note about somebody met; its text is no part of the journal."""

    round: int
    about: AttendeeId
    attendee: AttendeeId = ""


class HideContacts(Tagged, frozen=True):
    """After the reveal: take back one's own contact details, on both sides, for good."""

    attendee: AttendeeId = ""


class PostMessage(Tagged, frozen=True):
    """A message to the room; its text is no part of the journal.

    Attributes:
        message: Id made by the sender; keys the text.
        to: ``all`` or an attendee's id.
    """

    message: NewId
    to: str = "all"


EveningCommand: TypeAlias = (
    CreateEvent
    | ChangeRules
    | SetAutomatic
    | OpenLobby
    | CallToTables
    | CancelCall
    | StartRound
    | ExtendRound
    | Pause
    | Resume
    | EndRound
    | StartBreak
    | FinishEvent
    | RevealContacts
    | CloseEvent
    | Tick
)
RosterCommand: TypeAlias = (
    AddAttendees
    | ChangeProfile
    | MergeTags
    | ArrangeAttendee
    | SetPairRule
    | CheckIn
    | UndoCheckIn
    | Rest
    | Return
    | Leave
    | SetStandby
    | EraseAttendee
)
PlanCommand: TypeAlias = Replan | PublishPlan | PatchRound | ChangeTable
TableCommand: TypeAlias = (
    ArriveAtTable
    | ReportMissing
    | AskForHelp
    | AnswerHelp
    | GiveAnswer
    | SaveNote
    | HideContacts
    | PostMessage
)
Command: TypeAlias = EveningCommand | RosterCommand | PlanCommand | TableCommand

STEERING: frozenset[type[Command]] = frozenset(
    {
        ChangeRules,
        SetAutomatic,
        OpenLobby,
        CallToTables,
        CancelCall,
        StartRound,
        ExtendRound,
        Pause,
        Resume,
        EndRound,
        StartBreak,
        FinishEvent,
        RevealContacts,
        CloseEvent,
        ChangeTable,
    }
)
"""Commands by which staff steer: two organizers must not both have their way, so they carry ``expect``."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A command with its sender.

    Attributes:
        actor: ``guest:<attendee>``, ``staff:<account>``, ``clock`` or ``planner``.
        id: Made by the sender; the same id has one effect.
        expect: The control version the sender saw; required of staff for commands that steer the evening.
    """

    actor: str
    id: str
    command: Command
    expect: int | None = None
