"""What commands and facts are made of, who sends them, and the one way to say no."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

AttendeeId = str
"""Random public id of a person at one event."""

NewId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
"""An id that a sender made: bounded where commands are read, and never empty, which means nobody."""

Seating = tuple[tuple[AttendeeId, ...], ...]
"""Who sits where in one round: a tuple per table; inside, in order of seats (A, B, …)."""

CLOCK = "clock"
"""The actor of commands that a deadline sends."""

PLANNER = "planner"
"""The actor of commands that carry a solver's answer."""


class Refused(Exception):  # noqa: N818 - reads as the domain's answer, not as a fault
    """The domain says no; nothing has changed.

    Attributes:
        code: Stable snake_case code; every code is listed in ``docs/protocol.md``.
        detail: The values that explain it, for the screens to put into a sentence.
    """

    def __init__(self, code: str, **detail: str | float) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Part of a command or a fact."""


class Turn(Message, frozen=True):
    """From ``at`` (POSIX seconds) on ``who`` speaks, or everybody where it is nobody's turn."""

    at: float
    who: AttendeeId | None = None


Turns: TypeAlias = tuple[Turn, ...]
"""The turns of one table, in order."""


class Weights(Message, frozen=True):
    """How much each part of a match counts, 0 to 100; only their proportions matter.

    Attributes:
        exchange: Giving and taking: offers that meet needs, both ways.
        interests: What both care about.
        values: Values both hold.
        goals: Goals that answer each other, or are the same.
        novelty: Another organisation, another sector.
        sector: The same sector.
    """

    exchange: int = 40
    interests: int = 20
    values: int = 15
    goals: int = 15
    novelty: int = 10
    sector: int = 0


class Rules(Message, frozen=True):
    """How an evening is run. Durations are seconds.

    Attributes:
        rounds: How many rounds are planned.
        tables: How many tables the room has.
        seats: Table size: how many people sit at a table, at most. At tables of two nobody meets twice; at
            larger ones somebody may, where the room has run out of strangers.
        break_after: The round after which an automatic evening takes its break; 0 for none.
        lead_seconds: From the announcement of a start to the start, so that every phone hears of it in time.
        reveal_seconds: From the end of the evening until mutual contacts are shown.
        automatic: Calls, rounds and breaks follow each other without an organizer.
        self_check_in: Guests say "I am here" on their own phone.
        open_door: A name found in the list is claimed without the door confirming it.
        colleagues_apart: People of one organisation never meet.
        rotation: At tables of more than two people move in step where they can, so that cards can be printed;
            once a round is called they keep to it.
        odd: What happens at an odd number at tables of two: ``sit_out`` or ``trio`` (one table of three).
        weights: What counts when two people are matched.
        learn_tonight: Answers move tonight's pairings too, of those who agreed; screens say so.
        spread: Where answers move pairings, more people with a contact go before more contacts in total.
        mix_sectors: Tables of more than two bring together people of as many sectors as they can.
        mix_seniority: The same with how experienced people are.
    """

    rounds: int = 8
    tables: int = 20
    seats: int = 2
    call_seconds: float = 60.0
    talk_seconds: float = 360.0
    feedback_seconds: float = 60.0
    break_seconds: float = 600.0
    break_after: int = 0
    lead_seconds: float = 2.0
    reveal_seconds: float = 600.0
    automatic: bool = False
    self_check_in: bool = True
    open_door: bool = False
    colleagues_apart: bool = True
    rotation: bool = False
    odd: str = "sit_out"
    weights: Weights = Weights()
    learn_tonight: bool = False
    spread: bool = True
    mix_sectors: bool = False
    mix_seniority: bool = False


class RoundPlan(Message, frozen=True):
    """One planned round: who sits where, who sits out."""

    tables: Seating
    sitting_out: tuple[AttendeeId, ...] = ()


def guest(attendee: AttendeeId) -> str:
    """Return the actor name of an attendee."""
    return f"guest:{attendee}"


def staff(account: str) -> str:
    """Return the actor name of an account."""
    return f"staff:{account}"


def is_staff(actor: str) -> bool:
    """Tell whether ``actor`` is an account of the organizing team."""
    return actor.startswith("staff:")
