"""Sixth stage: the best choice of pairs there is, proven by a search that has little left to search.

A pair whose price falls short of its worth by more than the gap is in every better choice; one whose
price exceeds its worth by more is in none (*reduced cost fixing*). The optimum lies so close under the
relaxation that the search begins with a narrow gap, and widens it only if nothing lies within.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from schedulers.pairs.price import SCALE, slack_of
from schedulers.pairs.rounds.packing import new_solver

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.pairs.demand import Demand
    from schedulers.pairs.price import Relaxation
    from schedulers.problem import BoolArray, IntArray

# In units of the prices; wider ones follow.
NARROW, WIDER = 6, 4


def best_choice(demand: Demand, relaxation: Relaxation, known: BoolArray, limits: Limits) -> BoolArray | None:
    """Return the choice worth most, bonus included, proven; ``None`` if time ran out first.

    Args:
        demand: What to choose from.
        relaxation: Its prices.
        known: A choice that is known, shape ``(k, k)``.
        limits: Time for the search.
    """
    gap = _gap(demand, relaxation, known)
    if gap <= 0:
        return known
    search = _Search(demand, relaxation, known, gap)
    within = min(NARROW, gap)
    while not limits.are_spent():
        found = search.best_within(within, limits)
        if found is not None:
            gap = _gap(demand, relaxation, found)
        if gap <= within:
            # Whatever was left out of the search costs more than this gap.
            return found
        within = min(within * WIDER, gap)
    return None


def _gap(demand: Demand, relaxation: Relaxation, chosen: BoolArray) -> int:
    """Return how far ``chosen`` is from the bound, in units of the prices."""
    value = int(demand.weights[chosen].sum(dtype=np.int64)) // 2
    return relaxation.bound - SCALE * (relaxation.bonus * (int(chosen.sum()) // 2) + value)


class _Search:
    """The pairs that a choice within ``gap`` of the bound can hold."""

    def __init__(self, demand: Demand, relaxation: Relaxation, known: BoolArray, gap: int) -> None:
        self._demand = demand
        self._prices = relaxation.prices.tolist()
        slack = slack_of(demand, relaxation.prices, relaxation.bonus)
        first, second = np.nonzero(slack >= -gap)
        once = first < second
        self._first, self._second = first[once], second[once]
        self._slack = slack[self._first, self._second].astype(np.int64)
        self._known = known[self._first, self._second]

    def best_within(self, within: int, limits: Limits) -> BoolArray | None:
        """Return the best choice among pairs whose slack is at most ``within``; ``None`` if there is none."""
        certain = self._slack > within
        free = np.flatnonzero(np.abs(self._slack) <= within)
        left = self._demand.degree.copy()
        for ends in (self._first, self._second):
            left -= np.bincount(ends[certain], minlength=len(left))
        model = cp_model.CpModel()
        taken = [model.new_bool_var("") for _ in free]
        at_node: list[list[cp_model.IntVar]] = [[] for _ in self._prices]
        for var, i, j in zip(taken, self._first[free].tolist(), self._second[free].tolist(), strict=True):
            at_node[i].append(var)
            at_node[j].append(var)
        for var, hint in zip(taken, self._known[free].tolist(), strict=True):
            model.add_hint(var, hint)
        worth = cp_model.LinearExpr.weighted_sum(taken, self._slack[free].tolist())
        for pairs, degree, price in zip(at_node, left.tolist(), self._prices, strict=True):
            idle = max(degree, 0) if price <= within else 0
            if not 0 <= degree - idle <= len(pairs):
                return None
            if idle:
                # To leave a place empty costs its price.
                empty = model.new_int_var(0, idle, "")
                model.add(cp_model.LinearExpr.sum(pairs) + empty == degree)
                worth -= price * empty
            elif pairs:
                model.add(cp_model.LinearExpr.sum(pairs) == degree)
        model.maximize(worth)
        solver = new_solver(limits)
        if solver.solve(model) != cp_model.OPTIMAL:
            return None
        picked = free[[solver.boolean_value(var) for var in taken]] if taken else free
        return self._chosen(np.concatenate([np.flatnonzero(certain), picked]))

    def _chosen(self, pairs: IntArray) -> BoolArray:
        chosen = np.zeros_like(self._demand.possible)
        chosen[self._first[pairs], self._second[pairs]] = True
        return np.asarray(chosen | chosen.T, dtype=np.bool_)
