"""Polishing in large neighbourhoods: two rounds taken apart and put together again, all others kept.

One round by itself cannot improve: it holds the best matching of what the others leave. Two can swap and
exchange. Everybody keeps as many meetings in the two as before, so that only value is at stake.
"""

from __future__ import annotations

from collections import deque
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from schedulers.pairs.calendar import Calendar
from schedulers.pairs.rounds.evening import groups_in
from schedulers.pairs.rounds.packing import new_solver
from schedulers.problem import pair_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schedulers.budget import Limits
    from schedulers.pairs.demand import Outlook
    from schedulers.problem import BoolArray, IntArray

MOST_VARIABLES = 6000


class Swapping:
    """Goes round all pairs of rounds, until none of them improves any more."""

    def __init__(self, outlook: Outlook, musts: Iterable[tuple[int, int]], seed: int) -> None:
        self._outlook = outlook
        self._settled = pair_matrix(outlook.problem.n, list(musts))
        pairs = list(combinations(range(outlook.rounds), 2))
        order = np.random.default_rng(seed).permutation(len(pairs)).tolist()
        self._waiting = deque(pairs[k] for k in order)
        self._in_vain = 0

    @property
    def is_exhausted(self) -> bool:
        """Return whether every two rounds have been tried since the last success."""
        return self._in_vain >= len(self._waiting)

    def improved(self, seats: IntArray, limits: Limits) -> Calendar | None:
        """Return a better calendar, with the next two rounds taken apart, or ``None`` if there is none.

        Args:
            seats: All rounds of the best plan, shape ``(rounds, n)``.
            limits: Time for the search.
        """
        rounds = self._waiting.popleft()
        self._waiting.append(rounds)
        partners = _partners(seats[len(self._outlook.held) :])
        better = _TwoRounds(self._outlook, partners, rounds, self._settled).run(limits)
        self._in_vain = self._in_vain + 1 if better is None else 0
        if better is None:
            return None
        calendar = Calendar(self._outlook.present)
        for r, row in enumerate(better):
            for one in np.flatnonzero(row > np.arange(len(row))).tolist():
                calendar.add(one, int(row[one]), r)
        return calendar


def _partners(seats: IntArray) -> IntArray:
    """Return whom everybody meets at tables of two, shape as ``seats``, -1 for nobody."""
    partners = np.full(seats.shape, -1, dtype=np.int64)
    for row, tables in zip(partners, seats, strict=True):
        for one, other in groups_in(tables):
            row[one], row[other] = other, one
    return partners


class _TwoRounds:
    """The model: a variable for each pair and round."""

    def __init__(
        self, outlook: Outlook, partners: IntArray, pair_of_rounds: tuple[int, int], settled: BoolArray
    ) -> None:
        self._outlook = outlook
        self._partners = partners
        self._rounds = pair_of_rounds
        self._settled = settled
        self._worth = outlook.problem.weights
        unused = outlook.possible.copy()
        for r, row in enumerate(partners):
            people = np.flatnonzero(row >= 0)
            if r not in pair_of_rounds:
                unused[people, row[people]] = False
        self._unused = np.triu(unused & ~settled, 1)

    def run(self, limits: Limits) -> IntArray | None:
        """Return better rounds, if there are some."""
        model = cp_model.CpModel()
        pairs, rounds = self._candidates()
        chosen = [model.new_bool_var("") for _ in rounds]
        known = self._partners[rounds, pairs[:, 0]] == pairs[:, 1]
        places: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        meetings: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for (one, other), r, var, hint in zip(
            pairs.tolist(), rounds.tolist(), chosen, known.tolist(), strict=True
        ):
            places.setdefault((one, r), []).append(var)
            places.setdefault((other, r), []).append(var)
            meetings.setdefault((one, other), []).append(var)
            model.add_hint(var, hint)
        for same in meetings.values():
            model.add_at_most_one(same)
        self._keep_people(model, places)
        for r in self._rounds:
            here = [var for var, at in zip(chosen, rounds.tolist(), strict=True) if at == r]
            due = int(((self._partners[r] >= 0) & self._is_settled(r)).sum()) // 2
            model.add(cp_model.LinearExpr.sum(here) <= int(self._outlook.meetings[r]) - due)
        worth = self._worth[pairs[:, 0], pairs[:, 1]].astype(np.int64)
        before = int(worth[known].sum())
        model.maximize(cp_model.LinearExpr.weighted_sum(chosen, worth.tolist()))
        solver = new_solver(limits)
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        taken = np.array([solver.boolean_value(var) for var in chosen], dtype=np.bool_)
        if int(worth[taken].sum()) <= before:
            return None
        return self._rebuilt(pairs[taken], rounds[taken])

    def _candidates(self) -> tuple[IntArray, IntArray]:
        """Return the pairs and their rounds: all that may be, or the best of everybody, and those at hand."""
        found: list[IntArray] = []
        at: list[IntArray] = []
        most = max(1, MOST_VARIABLES // max(1, 2 * len(self._worth)))
        for r in self._rounds:
            free = self._outlook.present[:, r] & ~self._is_settled(r)
            open_now = self._unused & free[:, None] & free[None, :]
            if np.count_nonzero(open_now) * 2 > MOST_VARIABLES:
                open_now &= self._among_best(open_now | open_now.T, most)
            people = np.flatnonzero(free & (self._partners[r] > np.arange(len(free))))
            open_now[people, self._partners[r][people]] = True
            pairs = np.argwhere(open_now)
            found.append(pairs)
            at.append(np.full(len(pairs), r))
        return np.concatenate(found), np.concatenate(at)

    def _among_best(self, open_now: BoolArray, count: int) -> BoolArray:
        """Return the ``count`` best open partners of everybody, judged by what else both could have."""
        worth = np.where(open_now, self._worth, -1)
        fair = worth - (worth.max(axis=1)[:, None] + worth.max(axis=0)[None, :]) / 2
        fair[~open_now] = -np.inf
        count = min(count, len(worth) - 1)
        limit = -np.partition(-fair, count, axis=1)[:, count]
        best = open_now & (fair >= limit[:, None])
        return np.asarray(best | best.T, dtype=np.bool_)

    def _is_settled(self, r: int) -> BoolArray:
        row = self._partners[r]
        settled: BoolArray = (row >= 0) & self._settled[np.arange(len(row)), np.maximum(row, 0)]
        return settled

    def _keep_people(
        self, model: cp_model.CpModel, places: dict[tuple[int, int], list[cp_model.IntVar]]
    ) -> None:
        """Everybody meets one person a round at most, and as many in both as before."""
        for here in places.values():
            model.add_at_most_one(here)
        for person in {person for person, _ in places}:
            free = [r for r in self._rounds if not self._is_settled_at(person, r)]
            before = sum(int(self._partners[r][person] >= 0) for r in free)
            model.add(
                cp_model.LinearExpr.sum([var for r in free for var in places.get((person, r), [])]) == before
            )

    def _is_settled_at(self, person: int, r: int) -> bool:
        other = int(self._partners[r][person])
        return other >= 0 and bool(self._settled[person, other])

    def _rebuilt(self, pairs: IntArray, rounds: IntArray) -> IntArray:
        partners = self._partners.copy()
        for r in self._rounds:
            partners[r][~self._is_settled(r)] = -1
        partners[rounds, pairs[:, 0]] = pairs[:, 1]
        partners[rounds, pairs[:, 1]] = pairs[:, 0]
        return partners
