"""One round to match: who is there, who may meet, and what counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import BoolArray, IntArray

Group: TypeAlias = tuple[int, ...]
TRIO = 3
PAIR = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class RoundTask:
    """A round over the ``p`` people present, who are counted anew from 0.

    Attributes:
        people: Shape ``(p,)``: the person of the problem behind each index.
        weights: Shape ``(p, p)``: what a meeting is worth.
        possible: Shape ``(p, p)``: who may meet in this round.
        waited: Shape ``(p,)``: sit-outs so far.
        sides: Shape ``(p,)``: all 0 without sides.
        fixed: Shape ``(p,)``: a table, or -1.
        tables: How many tables there are.
        trio: Whether one table may hold three.
        musts: Pairs that meet in this round; they can all be seated together.
    """

    people: IntArray
    weights: IntArray
    possible: BoolArray
    waited: IntArray
    sides: IntArray
    fixed: IntArray
    tables: int
    trio: bool
    musts: tuple[tuple[int, int], ...]

    @property
    def p(self) -> int:
        """Return the head-count."""
        return len(self.people)

    def fixed_table(self, group: Sequence[int]) -> int:
        """Return the table at which ``group`` must sit, or -1."""
        return max((int(self.fixed[person]) for person in group), default=-1)


def most_seated(task: RoundTask) -> int:
    """Return how many people could be seated if everybody of another side might meet."""
    if task.sides.any() and (task.sides == 0).any():
        ones = int(task.sides.sum())
        return 2 * min(task.tables, ones, task.p - ones)
    if task.p < PAIR:
        return 0
    pairs = min(task.tables, task.p // 2)
    return 2 * pairs + int(task.trio and pairs > 0)


def rank(task: RoundTask, groups: Sequence[Group]) -> tuple[int, ...]:
    """Return how good ``groups`` are in the order of rules: the greater tuple is better.

    First how many are seated, then for each side the sit-outs from the most to the least, then value.
    """
    seated = [person for group in groups for person in group]
    waited = task.waited + 1
    waited[seated] -= 1
    by_side = [-np.sort(-waited[task.sides == side]) for side in (0, 1)]
    return (len(seated), *(-np.concatenate(by_side)).tolist(), value(task, groups))


def value(task: RoundTask, groups: Sequence[Group]) -> int:
    """Return the sum of the weights of all meetings in ``groups``."""
    return sum(int(task.weights[i, j]) for group in groups for i in group for j in group if i < j)
