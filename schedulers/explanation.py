"""What an explanation says, as values: clashes, what loosening gives, and what cannot be avoided.

People, tables and rounds are indices and no sentence is among them, so that every language can say it in
its own way. Nothing here loads a solver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from schedulers.wishes.rules import Change, Rule

Proven: TypeAlias = Literal["smallest", "irreducible", "clash"]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change, and how many of the ``wishes`` that are asked then can hold together: ``met``."""

    change: Change
    met: int
    wishes: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that cannot all hold.

    Attributes:
        rules: The rules, wishes first.
        proven: ``"smallest"``: no set of fewer rules clashes (among those about people who have to do with
            each other, left when earlier clashes are mended); ``"irreducible"``: without any one of them
            the others can hold; ``"clash"``: they cannot all hold, but some may not be needed.
        relaxations: What loosening each rule would give, the most helpful first.
    """

    rules: tuple[Rule, ...]
    proven: Proven
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What clashes, and what cannot be avoided.

    Attributes:
        clashes: Enough of them that all other wishes can hold once each is mended.
        limits: What no plan can avoid, however good the planner.
        wishes: The number of must-meets.
        most: How many of them can hold together; ``None`` if that was not found out in time.
        is_complete: Whether time and room were enough for all of it.
        next_round: Whether there is one without second meetings; ``None`` at tables of two, where limits
            tell, when all rounds are held, and when that was not asked.
    """

    clashes: tuple[Clash, ...]
    limits: tuple[Limit, ...]
    wishes: int
    most: int | None
    is_complete: bool
    next_round: NextRound | None = None


@dataclass(frozen=True, slots=True)
class LetSitOut:
    """Let ``people`` sit out; ``is_fewest`` if it is proven that fewer are not enough."""

    people: int
    is_fewest: bool


@dataclass(frozen=True, slots=True)
class LetMeetAgain:
    """Let ``pairs`` meet who have met before; ``is_fewest`` if it is proven that fewer are not enough."""

    pairs: int
    is_fewest: bool


@dataclass(frozen=True, slots=True)
class NextRound:
    """Whether ``round`` can be held with everybody seated and nobody meeting anybody again.

    Attributes:
        round: The first round that is not held.
        is_possible: ``None`` if that was not found out in time.
        relaxations: What would do, each by itself, if it is not possible.
    """

    round: int
    is_possible: bool | None
    relaxations: tuple[LetSitOut | LetMeetAgain, ...] = ()


@dataclass(frozen=True, slots=True)
class OddCount:
    """Tables of two do not seat an odd number of people."""

    people: int


@dataclass(frozen=True, slots=True)
class FewTables:
    """There are fewer than half as many ``tables`` as people."""

    people: int
    tables: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """None of ``people`` may meet another of them, only ``partners``, who are fewer.

    Attributes:
        people: The crowd.
        partners: Everybody whom one of them may meet.
        room: How many people are there.
        side: The side of all of them, if there are sides and the crowd is the whole of one.
        group: The group of all of them, if they have one in common.
    """

    people: tuple[int, ...]
    partners: tuple[int, ...]
    room: int
    side: int | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class OddParts:
    """Parts of odd size; people in one may only meet each other, or one of ``partners``."""

    parts: tuple[tuple[int, ...], ...]
    partners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FewSeats:
    """However ``people`` are shared among the tables, no more than ``seated`` can sit."""

    people: int
    seated: int


@dataclass(frozen=True, slots=True)
class OnePerTable:
    """No two of ``people`` may share a table, and at no more than ``tables`` one of them can sit.

    Attributes:
        people: Those who may not share a table.
        tables: How many tables there are for them, or for how many ``partners`` are company enough.
        room: How many people are there.
        partners: How many of these may sit with one of ``people``.
        group: The group of all of them, if they have one in common.
    """

    people: tuple[int, ...]
    tables: int
    room: int
    partners: int
    group: str | None = None


Reason: TypeAlias = OddCount | FewTables | Crowd | OddParts | FewSeats | OnePerTable


@dataclass(frozen=True, slots=True)
class RoundLimit:
    """At least ``least`` people sit out in each of ``rounds``; or meet a colleague, if that is said."""

    rounds: tuple[int, ...]
    least: int
    reason: Reason
    or_colleague: bool = False


@dataclass(frozen=True, slots=True)
class PeopleLimit:
    """Each of ``people`` sits out at least ``least`` times: in ``rounds`` they have only ``partners``.

    ``partners`` is a number: how many people each of them could meet in any of these rounds. At larger
    tables it is how many they could meet at once, fewer than the ``needed`` that a table holds besides.
    """

    people: tuple[int, ...]
    least: int
    rounds: tuple[int, ...]
    partners: int
    needed: int = 1


@dataclass(frozen=True, slots=True)
class RepeatsLimit:
    """In ``rounds``, all that are left, people meet again at least ``least`` times, or more sit out.

    Attributes:
        rounds: The rounds.
        least: How many meetings are not the first one of two people, whoever they are.
        enough_rounds: A number of rounds, held ones included, for which a plan without was found, the
            largest one looked for; ``None`` if none was found.
        enough_seats: A size of tables for which such a plan was found, the largest one looked for.
    """

    rounds: tuple[int, ...]
    least: int
    enough_rounds: int | None = None
    enough_seats: int | None = None


Limit: TypeAlias = RoundLimit | PeopleLimit | RepeatsLimit
