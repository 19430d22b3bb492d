"""What can clash, as values: the wishes of an evening and the rules that stand in their way.

A wish is a :class:`~schedulers.problem.MustMeet`. People, tables and rounds are indices; sentences are made
elsewhere, in whatever language. Values are data classes and not named tuples, because two rules of
different kinds about the same people must not be equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from schedulers.problem import PAIR, MustMeet


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody is not there in ``rounds``."""

    person: int
    rounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Two people may not meet: forbidden, kept apart or without a common language."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class SameSide:
    """Two people are of one side, and only different sides meet."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class MetBefore:
    """Two people have met: in the held ``round``, or at a former event (``None``)."""

    first: int
    second: int
    round: int | None = None


@dataclass(frozen=True, slots=True)
class FixedTable:
    """Somebody sits at ``table`` and nowhere else."""

    person: int
    table: int


@dataclass(frozen=True, slots=True)
class TableSeats:
    """``table`` has no more than ``seats``; ``round`` is one in which more people are fixed there."""

    table: int
    seats: int
    round: int


@dataclass(frozen=True, slots=True)
class TablesInRound:
    """There are ``tables`` tables in ``round``."""

    round: int
    tables: int


@dataclass(frozen=True, slots=True)
class TableSizes:
    """Tables have ``smallest`` to ``largest`` seats: those who share one are no more."""

    smallest: int
    largest: int


@dataclass(frozen=True, slots=True)
class OneMeeting:
    """Somebody sits at one table a round."""

    person: int


@dataclass(frozen=True, slots=True)
class OneTrio:
    """No more than one table of ``round`` holds three."""

    round: int


@dataclass(frozen=True, slots=True)
class RoundsHeld:
    """The first ``count`` rounds are over."""

    count: int


@dataclass(frozen=True, slots=True)
class Rounds:
    """The evening has ``count`` rounds."""

    count: int


Rule: TypeAlias = (
    MustMeet
    | Absent
    | Forbidden
    | SameSide
    | MetBefore
    | FixedTable
    | TableSeats
    | TablesInRound
    | TableSizes
    | OneMeeting
    | OneTrio
    | RoundsHeld
    | Rounds
)


def people_of(rule: Rule) -> tuple[int, ...]:
    """Return the people whom ``rule`` is about; nobody if it is about the whole room."""
    match rule:
        case MustMeet() | Forbidden() | SameSide() | MetBefore():
            return rule.first, rule.second
        case Absent() | FixedTable() | OneMeeting():
            return (rule.person,)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The wishes that are still open and every rule that could stand in their way.

    Attributes:
        rules: Wishes first. All laws that can be loosened are among them; nothing else is, so that who
            meets nobody by wish takes no part.
        first: The first round that is not held.
        rounds: The number of rounds, held ones included.
        trio_rounds: The rounds in which one table of two may hold three.
        has_trios: Whether an odd head-count, wherever there is one, makes a table of three.
        tables: The seats of every table; empty at tables of two, which are only counted.
        least: How many people any table holds at least when it is used.
        is_crowded: Whether the tables are too few for all wishes to have one of their own.
        company: For every round, how many people who are there without a wish could fill any table.
    """

    rules: tuple[Rule, ...]
    first: int
    rounds: int
    trio_rounds: frozenset[int] = frozenset()
    has_trios: bool = False
    tables: tuple[int, ...] = ()
    least: int = PAIR
    is_crowded: bool = False
    company: tuple[int, ...] = ()

    @property
    def wishes(self) -> tuple[MustMeet, ...]:
        """Return the wishes among the rules."""
        return tuple(rule for rule in self.rules if isinstance(rule, MustMeet))


@dataclass(frozen=True, slots=True)
class Drop:
    """Do without a wish."""

    wish: MustMeet


@dataclass(frozen=True, slots=True)
class Postpone:
    """Let two people who must meet do so in round ``by`` at the latest."""

    wish: MustMeet
    by: int


@dataclass(frozen=True, slots=True)
class Attend:
    """Let somebody be there in ``round``, too."""

    person: int
    round: int


@dataclass(frozen=True, slots=True)
class Permit:
    """Let two people meet who may not."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class MeetAgain:
    """Let two people meet who have met before."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class FreeSeat:
    """Let somebody sit at any table."""

    person: int


@dataclass(frozen=True, slots=True)
class AddTable:
    """Put up one more table in ``round``."""

    round: int


@dataclass(frozen=True, slots=True)
class LargerTables:
    """Let every table have ``seats`` at least."""

    seats: int


@dataclass(frozen=True, slots=True)
class AddRound:
    """Hold one more round, like the last one."""


Change: TypeAlias = (
    Drop | Postpone | Attend | Permit | MeetAgain | FreeSeat | AddTable | LargerTables | AddRound
)
