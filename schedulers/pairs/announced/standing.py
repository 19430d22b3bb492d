"""What has become of an announced round: which meetings can stay, and how good a mended round is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.pairs.merit import shared_breaks
from schedulers.pairs.rounds.task import PAIR, TRIO, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schedulers.problem import BoolArray, IntArray, Problem

Pair = tuple[int, int]


class Placed(NamedTuple):
    """People who sit together, and their table."""

    people: Group
    table: int


class Wishes(NamedTuple):
    """Must-meets that count in an announced round, as ascending pairs.

    Attributes:
        due: This round is their last chance.
        promised: They were announced for this round, though others might do.
    """

    due: frozenset[Pair]
    promised: frozenset[Pair]


@dataclass(frozen=True, eq=False, kw_only=True)
class Standing:
    """An announced round in the light of who and what is really there.

    Attributes:
        problem: The evening as it is by now.
        before: Shape ``(n,)``: the tables announced, -1 for none; some may not exist any more.
        there: Shape ``(n,)``: who is there.
        possible: Shape ``(n, n)``: who may meet in this round.
        waited: Shape ``(n,)``: sit-outs in the rounds before.
        origin: Shape ``(n,)``: the table from which people would walk, -1 for nowhere.
        wishes: The must-meets that count.
        reserved: Shape ``(n, n)``: pairs whose meeting is announced for a later round.
    """

    problem: Problem
    before: IntArray
    there: BoolArray
    possible: BoolArray
    waited: IntArray
    origin: IntArray
    wishes: Wishes
    reserved: BoolArray

    @cached_property
    def may_trio(self) -> bool:
        """Return whether one table may hold three."""
        odd = int(self.there.sum()) % 2 == 1
        return self.problem.odd == "trio" and odd and not self.problem.sides.size

    @cached_property
    def company(self) -> dict[int, Group]:
        """Return for each announced table those of its people who are there, ascending."""
        people = np.flatnonzero(self.there & (self.before >= 0))
        tables: dict[int, list[int]] = {}
        for person, table in zip(people.tolist(), self.before[people].tolist(), strict=True):
            tables.setdefault(table, []).append(person)
        return {table: tuple(group) for table, group in tables.items()}

    @cached_property
    def intact(self) -> tuple[Placed, ...]:
        """Return the announced meetings that are still legal, wherever they take place."""
        found: list[Placed] = []
        has_trio = False
        for table, group in self.company.items():
            if self.may_sit(group) and not (has_trio and len(group) == TRIO):
                found.append(Placed(group, table))
                has_trio |= len(group) == TRIO
        return tuple(found)

    @cached_property
    def settled(self) -> tuple[Placed, ...]:
        """Return the meetings of :attr:`intact` that can stay at their tables."""
        return tuple(placed for placed in self.intact if self.may_use(*placed))

    def may_sit(self, group: Sequence[int]) -> bool:
        """Return whether ``group`` may meet in this round."""
        if len(group) == PAIR:
            return bool(self.possible[group[0], group[1]])
        fits = len(group) == TRIO and self.may_trio
        return fits and all(self.possible[pair] for pair in combinations(group, 2))

    def may_use(self, group: Sequence[int], table: int) -> bool:
        """Return whether ``table`` exists and is right for all of ``group``."""
        return 0 <= table < len(self.problem.tables) and self.fixed_table(group) in (-1, table)

    def fixed_table(self, group: Sequence[int]) -> int:
        """Return the table at which ``group`` must sit, or -1."""
        return max(int(self.problem.fixed[person]) for person in group)

    def moved(self, group: Sequence[int], table: int) -> int:
        """Return what it costs in people moved that ``group`` sits at ``table``.

        A pair that was to meet in a later round counts as two: their table there becomes free.
        """
        movers = sum(int(self.before[person] != table) for person in group)
        return movers + PAIR * sum(int(self.reserved[pair]) for pair in combinations(group, 2))

    def regrouped(self, group: Sequence[int]) -> int:
        """Return how many of ``group`` were to sit somewhere with others than these."""
        return sum(
            table >= 0 and self.company[table] != tuple(group) for table in self.before[list(group)].tolist()
        )

    def value(self, group: Sequence[int]) -> int:
        """Return what the meetings of ``group`` are worth."""
        return sum(int(self.problem.weights[pair]) for pair in combinations(group, 2))

    def unseated(self, placed: Iterable[Placed]) -> IntArray:
        """Return those who are there and not in ``placed``, ascending."""
        left = self.there.copy()
        left[[person for group, _ in placed for person in group]] = False
        return np.flatnonzero(left)

    def kept(self, placed: Iterable[Placed]) -> int:
        """Return how many of :attr:`intact` still meet, in whatever company."""
        group_of = {person: group for group, _ in placed for person in group}
        return sum(set(group) <= set(group_of.get(group[0], ())) for group, _ in self.intact)

    def wishes_met(self, placed: Iterable[Placed]) -> tuple[int, int]:
        """Return how many of the due and of the promised must-meets are held in ``placed``."""
        pairs = {pair for group, _ in placed for pair in combinations(sorted(group), 2)}
        return len(self.wishes.due & pairs), len(self.wishes.promised & pairs)

    def merit(self, placed: Sequence[Placed]) -> tuple[int, ...]:
        """Return how good ``placed`` is, by what comes first: the greater tuple is better."""
        unseated = self.unseated(placed)
        waits = self.waited.copy()
        waits[unseated] += 1
        moved = sum(self.moved(*each) for each in placed) + int((self.before[unseated] >= 0).sum())
        return (
            *self.wishes_met(placed),
            -len(unseated),
            self.kept(placed),
            *shared_breaks(self.problem, waits),
            -moved,
            -sum(self.regrouped(group) for group, _ in placed),
            sum(self.value(group) for group, _ in placed),
        )
