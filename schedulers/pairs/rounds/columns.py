"""A column for every meeting that a round may hold: pairs, and trios where one table may hold three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.pairs.rounds.task import Group, RoundTask
    from schedulers.problem import BoolArray, IntArray

# Beyond this many pairs only the best partners of each person are looked at: about n = 170.
MOST_PAIRS = 15_000


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Groups that may meet: ``members`` has shape ``(m, 3)``, -1 in the third place of a pair."""

    members: IntArray
    weights: IntArray

    def __len__(self) -> int:
        return len(self.members)

    def group(self, column: int) -> Group:
        """Return the people of one column."""
        return tuple(person for person in self.members[column].tolist() if person >= 0)

    def weightless(self) -> Columns:
        """Return these columns with weight 0."""
        return Columns(self.members, np.zeros_like(self.weights))

    def pairs(self) -> Columns:
        """Return the pairs among these columns."""
        is_pair = self.members[:, 2] < 0
        return Columns(self.members[is_pair], self.weights[is_pair])

    def joined(self, other: Columns) -> Columns:
        """Return these columns followed by those of ``other`` that are not among them."""
        fresh = ~np.isin(_keys(other.members), _keys(self.members))
        return Columns(
            np.concatenate([self.members, other.members[fresh]]),
            np.concatenate([self.weights, other.weights[fresh]]),
        )


def _keys(members: IntArray) -> IntArray:
    """Return one number for each row of people, whose order in a row is always ascending."""
    place = 1 << 20
    keys: IntArray = (members[:, 0] * place + members[:, 1]) * place + members[:, 2] + 1
    return keys


def pair_columns(task: RoundTask, needed: Sequence[Group]) -> Columns:
    """Return the possible pairs, or in a big room the best ones of everybody and those ``needed``."""
    possible = np.triu(task.possible, 1)
    if np.count_nonzero(possible) > MOST_PAIRS:
        possible = _best_partners(task, max(10, MOST_PAIRS // task.p))
        for group in needed:
            possible[group[:2]] = True
    first, second = np.nonzero(possible)
    members = np.stack([first, second, np.full(len(first), -1)], axis=1)
    return Columns(members, task.weights[first, second])


def _best_partners(task: RoundTask, count: int) -> BoolArray:
    worth = np.where(task.possible, task.weights, -1)
    limit = -np.partition(-worth, count, axis=1)[:, count]
    best = task.possible & (worth > limit[:, None])
    kept: BoolArray = np.triu(best | best.T, 1)
    return kept
