"""Every plan of a kind, one by one: what the formula of a bound is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
from properties.schedulers.brute import Groups, all_rounds, waits

from schedulers.problem import IntArray, Problem

Pair = tuple[int, int]


class Round(NamedTuple):
    """A way to hold a round: its groups, and who meets whom."""

    groups: Groups
    pairs: frozenset[Pair]

    def seats(self, n: int) -> IntArray:
        row = np.full(n, -1, dtype=np.int64)
        for table, group in enumerate(self.groups):
            row[list(group)] = table
        return row


def pairs_of(row: Sequence[int]) -> set[Pair]:
    return {(i, j) for i, j in combinations(range(len(row)), 2) if row[i] == row[j] >= 0}


class Evening:
    """Held rounds, which may have broken any rule, and every legal way to go on."""

    def __init__(self, problem: Problem, held: Sequence[IntArray]) -> None:
        self.problem = problem
        self.held = list(held)
        self.met = {pair for row in held for pair in pairs_of(row.tolist())}

    @cached_property
    def ways(self) -> list[list[Round]]:
        """Every legal round for each round after the held ones, whatever the others are."""
        barred = {frozenset(pair) for pair in [*self.met, *self.problem.met]}
        return [
            [
                Round(groups, frozenset(pair for group in groups for pair in combinations(sorted(group), 2)))
                for groups in all_rounds(self.problem, r, barred)
            ]
            for r in range(len(self.held), self.problem.rounds)
        ]

    def plans(self, most_waits: int) -> Iterator[list[Round]]:
        """Every plan in which at most ``most_waits`` sit-outs are left over for the rounds after."""
        yield from self._plans(0, frozenset(), most_waits)

    def _plans(self, depth: int, met: frozenset[Pair], left: int) -> Iterator[list[Round]]:
        if depth == len(self.ways):
            yield []
            return
        heads = int(self.problem.present[:, len(self.held) + depth].sum())
        for way in self.ways[depth]:
            waiting = heads - sum(map(len, way.groups))
            if waiting <= left and not way.pairs & met:
                for plan in self._plans(depth + 1, met | way.pairs, left - waiting):
                    yield [way, *plan]

    def seats(self, plan: Sequence[Round]) -> IntArray:
        rows = [*self.held, *(way.seats(self.problem.n) for way in plan)]
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.problem.n)

    def value(self, plan: Sequence[Round]) -> int:
        pairs = self.met.union(*(way.pairs for way in plan))
        return sum(int(self.problem.weights[pair]) for pair in pairs)


def most_often(problem: Problem, counts: Sequence[int]) -> list[tuple[int, int]]:
    """For each side, how often somebody sits out at most, and how many people do."""
    sides = problem.sides.tolist() or [0] * problem.n
    found = []
    for side in (0, 1):
        among = Counter(counts[i] for i in range(problem.n) if sides[i] == side and problem.present[i].any())
        found.append(max(among.items(), default=(0, 0)))
    return found


def best_of_kind(evening: Evening, plan: Sequence[Round], musts: Sequence[Pair]) -> int:
    """Return the highest value of all plans of the kind of ``plan``."""
    problem = evening.problem
    counts = waits(problem, evening.seats(plan))
    after = sum(counts) - sum(waits(problem, evening.seats([])))
    kind = most_often(problem, counts)
    meetings = sum(len(way.pairs) for way in plan)
    best = -1
    for other in evening.plans(after):
        met = frozenset().union(*(way.pairs for way in other))
        counts = waits(problem, evening.seats(other))
        if (
            sum(len(way.pairs) for way in other) == meetings
            and sum(counts) - sum(waits(problem, evening.seats([]))) == after
            and met.issuperset(musts)
            and all(one <= most for one, most in zip(most_often(problem, counts), kind, strict=True))
        ):
            best = max(best, evening.value(other))
    return best
