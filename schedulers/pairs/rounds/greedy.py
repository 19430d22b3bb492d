"""A legal round at once: what stands when there is no time for an exact one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.rounds.task import TRIO, Group, RoundTask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schedulers.problem import IntArray

FIRST_PIECE = 1000


def match_greedily(task: RoundTask, start: Sequence[Group] = ()) -> list[Group]:
    """Return legal groups: the due must-meets, what is legal of ``start``, then the best pair each time.

    Whoever sat out most comes first. A pair that would leave two others without partners is split
    where that seats all four.
    """
    draft = _Draft(task)
    draft.add_all(task.musts)
    draft.add_all(start)
    draft.add_pairs(_pairs_in_order(task))
    draft.split_pairs()
    if task.trio:
        draft.make_trio()
    return draft.groups


def _pairs_in_order(task: RoundTask) -> IntArray:
    """Return the possible pairs, shape ``(m, 2)``: who waited longest first, then the best."""
    first, second = np.nonzero(np.triu(task.possible, 1))
    waited = np.sort(np.stack([task.waited[first], task.waited[second]]), axis=0)
    order = np.lexsort((-task.weights[first, second], -waited[0], -waited[1]))
    return np.stack([first[order], second[order]], axis=1)


class _Draft:
    """Groups under construction, never more than the tables hold."""

    def __init__(self, task: RoundTask) -> None:
        self.task = task
        self.groups: list[Group] = []
        self._seated = np.zeros(task.p, dtype=np.bool_)
        self._taken: set[int] = set()
        self._has_trio = False

    def add_all(self, groups: Iterable[Group]) -> None:
        """Add each of ``groups`` that is still legal."""
        for group in groups:
            if len(self.groups) >= self.task.tables:
                return
            if self._fits(group):
                self._add(group)

    def add_pairs(self, pairs: IntArray) -> None:
        """Add each of ``pairs``, shape ``(m, 2)``, that is still legal."""
        start, step = 0, FIRST_PIECE
        while start < len(pairs) and len(self.groups) < self.task.tables:
            piece = pairs[start : start + step]
            open_pairs = piece[~self._seated[piece].any(axis=1)]
            self.add_all([(i, j) for i, j in open_pairs.tolist()])
            # Most of the later pairs have lost somebody already: they can be passed over in bulk.
            start, step = start + step, 2 * step

    def _fits(self, group: Group) -> bool:
        if len(group) > TRIO or (len(group) == TRIO and (self._has_trio or not self.task.trio)):
            return False
        if any(self._seated[person] for person in group):
            return False
        if self.task.fixed_table(group) in self._taken:
            return False
        return len(group) > 1 and all(self.task.possible[i, j] for i, j in combinations(group, 2))

    def _add(self, group: Group) -> None:
        self.groups.append(group)
        self._seated[list(group)] = True
        table = self.task.fixed_table(group)
        if table >= 0:
            self._taken.add(table)
        self._has_trio |= len(group) == TRIO

    def _remove(self, group: Group) -> None:
        self.groups.remove(group)
        self._seated[list(group)] = False
        self._taken.discard(self.task.fixed_table(group))

    def split_pairs(self) -> None:
        """Seat two who are left over by giving each a partner out of one pair."""
        fixed = set(self.task.musts)
        for one, other in combinations(np.flatnonzero(~self._seated).tolist(), 2):
            if len(self.groups) >= self.task.tables:
                return
            if self._seated[one] or self._seated[other]:
                continue
            for pair in [group for group in self.groups if len(group) != TRIO and group not in fixed]:
                if self._split(pair, one, other):
                    break

    def _split(self, pair: Group, one: int, other: int) -> bool:
        possible = self.task.possible
        for i, j in (pair, pair[::-1]):
            if not (possible[one, i] and possible[other, j]):
                continue
            self._remove(pair)
            if self._fits((one, i)):
                self._add((one, i))
                if self._fits((other, j)):
                    self._add((other, j))
                    return True
                self._remove((one, i))
            self._add(pair)
        return False

    def make_trio(self) -> None:
        """Let one who is left over join the pair that suits best."""
        if self._has_trio:
            return
        left = np.flatnonzero(~self._seated).tolist()
        joins = [
            (int(self.task.waited[who]), sum(int(self.task.weights[who, i]) for i in pair), (*pair, who))
            for who in left
            for pair in self.groups
            if self._can_join(who, pair)
        ]
        if joins:
            trio = max(joins)[-1]
            self._remove(trio[:2])
            self._add(trio)

    def _can_join(self, who: int, pair: Group) -> bool:
        if not all(self.task.possible[who, i] for i in pair):
            return False
        table = int(self.task.fixed[who])
        return table < 0 or table == self.task.fixed_table(pair) or table not in self._taken
