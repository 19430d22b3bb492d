"""Odd sets: why people who mostly suit each other cannot all meet each other, and what that is worth.

Of an odd number of people at least one meets somebody outside in every round, or nobody: no more than half
of them, rounded down, can meet inside. The relaxation does not see it, and is too hopeful about a small
circle of friends. The sets that it breaks are found, given a price of their own, and the bound comes down
(Edmonds).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from ortools.linear_solver.python import model_builder_helper as linear
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from schedulers.pairs.price import FEW, SCALE, best_of_everybody, slack_of
from schedulers.pairs.proving import Duals, Priced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from schedulers.budget import Limits
    from schedulers.pairs.demand import Outlook
    from schedulers.problem import IntArray

FINE_SCALE = 1000
# Searches for broken sets, and sets added by each.
TURNS, SETS_A_TURN = 12, 40
# People around whom sets are sought; more than this would take longer than it is worth.
MOST_SEEDS = 200
# Of a pair's worth: less than this more than its price is rounding.
WORTH_A_LOOK = 0.01
ROUNDING = 1e-6
OddSet = tuple[int, ...]


def with_odd_sets(outlook: Outlook, known: Priced, gap: int, limits: Limits) -> Priced:
    """Return ``known`` with prices for odd sets, if they bring its bound down.

    Args:
        outlook: The rounds to come.
        known: What was priced.
        gap: How far the best choice known is from the bound, in units of the prices.
        limits: Time for the search.
    """
    program = _Program(outlook, known, gap)
    best = known
    for _ in range(TURNS):
        solved = program.solve(limits)
        if solved is None:
            break
        if solved.value < best.value:
            best = known._replace(duals=solved.duals, value=solved.value)
        broken = program.broken_sets(solved.used)
        if not broken:
            break
        program.sets += broken
    return best


class _Solved(NamedTuple):
    """An optimum: how much of each pair is used, its prices, and the bound they prove."""

    used: NDArray[np.float64]
    duals: Duals
    value: int


class _Program:
    """The relaxation over the pairs that matter, with a row for every odd set found."""

    def __init__(self, outlook: Outlook, known: Priced, gap: int) -> None:
        demand = known.demand
        self.sets: list[OddSet] = []
        self._outlook = outlook
        self._known = known
        slack = slack_of(demand, known.relaxation.prices, known.relaxation.bonus)
        self._open = np.triu(demand.possible & ((slack >= -gap) | best_of_everybody(slack, FEW)), 1)
        self._first, self._second = np.nonzero(self._open)

    def solve(self, limits: Limits) -> _Solved | None:
        """Return the optimum over all pairs, or ``None`` if there is none in time."""
        while not limits.are_spent():
            found = self._optimum(limits)
            if found is None:
                return None
            used, duals = found
            gains = self._gains(duals)
            missing = np.triu(gains > duals.scale * WORTH_A_LOOK, 1) & ~self._open
            if not missing.any():
                return _Solved(used, duals, self._bound(duals, gains))
            self._open |= missing
            self._first, self._second = np.nonzero(self._open)
        return None

    def _optimum(self, limits: Limits) -> tuple[NDArray[np.float64], Duals] | None:
        """Return how much of each open pair is used at best, and the prices."""
        demand = self._known.demand
        width, nodes = len(self._first), len(demand.degree)
        column = np.arange(width)
        ends = np.concatenate([self._first, self._second]), np.concatenate([column, column])
        people = sparse.csr_matrix((np.ones(2 * width), ends), shape=(nodes, width))
        inside = [sparse.csr_matrix(self._inside(people_)[None, :]) for people_ in self.sets]
        most = np.concatenate([demand.degree, [self._limit(people_) for people_ in self.sets]])
        worth = demand.weights[self._first, self._second].astype(np.float64) + self._known.relaxation.bonus
        # The stubs of this ortools ask for a shape that numpy gives to no array.
        model: Any = linear.ModelBuilderHelper()
        model.fill_model_from_sparse_data(
            np.zeros(width),
            np.ones(width),
            worth,
            np.zeros(len(most)),
            most.astype(np.float64),
            sparse.vstack([people, *inside], format="csr"),
        )
        model.set_maximize(True)
        solver = linear.ModelSolverHelper("glop")
        if (left := limits.seconds_left()) is not None:
            solver.set_time_limit_in_seconds(max(left, 0.001))
        solver.solve(model)
        if solver.status() != linear.SolveStatus.OPTIMAL:
            return None
        prices = np.maximum(np.rint(np.asarray(solver.dual_values()) * FINE_SCALE), 0).astype(np.int64)
        sets = tuple((one, int(cost)) for one, cost in zip(self.sets, prices[nodes:], strict=True) if cost)
        return np.asarray(solver.variable_values()), Duals(FINE_SCALE, prices[:nodes], sets)

    def _gains(self, duals: Duals) -> IntArray:
        """Return by how much each possible pair is worth more than its price, 0 for the others."""
        demand = self._known.demand
        gains = duals.scale * (demand.weights.astype(np.int64) + self._known.relaxation.bonus)
        gains -= duals.prices[:, None] + duals.prices[None, :]
        for people, cost in duals.odd_sets:
            gains[np.ix_(people, people)] -= cost
        return np.where(demand.possible, np.maximum(gains, 0), 0)

    def _bound(self, duals: Duals, gains: IntArray) -> int:
        """Return the bound that ``duals`` prove, as ``Priced.value`` has it."""
        known, bonus = self._known, self._known.relaxation.bonus
        pairs = int(known.demand.degree.sum()) // 2
        total = int((known.demand.degree * duals.prices).sum()) + int(gains.sum()) // 2
        total += sum(cost * self._limit(people) for people, cost in duals.odd_sets)
        settled = known.value - (known.relaxation.bound - SCALE * bonus * pairs) // SCALE
        return (total - duals.scale * bonus * pairs) // duals.scale + settled

    def _inside(self, people: OddSet) -> NDArray[np.float64]:
        return (np.isin(self._first, people) & np.isin(self._second, people)).astype(np.float64)

    def _limit(self, people: OddSet) -> int:
        """Return how many pairs of ``people`` can meet, must-meets already counted."""
        there = self._outlook.present[list(people)].sum(axis=0)
        kept = sum(one in people and other in people for one, other in self._known.musts)
        return int((there // 2).sum()) - kept

    def broken_sets(self, used: NDArray[np.float64]) -> list[OddSet]:
        """Return sets of people of whom ``used`` lets too many meet inside, the worst first."""
        n = self._known.demand.people
        share = np.zeros((len(self._known.demand.degree),) * 2)
        share[self._first, self._second] = used
        share = (share + share.T)[:n, :n]
        found: dict[OddSet, float] = {}
        for people in (*self._fractional_parts(share), *self._circles(share)):
            over = share[np.ix_(people, people)].sum() / 2 - self._limit(people)
            if over > ROUNDING and people not in self.sets:
                found[people] = float(over)
        return sorted(found, key=lambda people: (-found[people], people))[:SETS_A_TURN]

    @staticmethod
    def _fractional_parts(share: NDArray[np.float64]) -> list[OddSet]:
        """Return the parts of the room that hang together by pairs used in part."""
        partly = sparse.csr_matrix((share > ROUNDING) & (share < 1 - ROUNDING))
        number, label = connected_components(partly, directed=False)
        parts = (np.flatnonzero(label == part) for part in range(number))
        return [tuple(part.tolist()) for part in parts if len(part) > 2]  # noqa: PLR2004

    def _circles(self, share: NDArray[np.float64]) -> list[OddSet]:
        """Return for each person the circle around them of whom most meet inside."""
        largest = min(len(share), 2 * self._outlook.rounds + 3)
        circles = []
        for seed in range(min(len(share), MOST_SEEDS)):
            circle, bond, inside = [seed], share[seed].copy(), 0.0
            best: tuple[float, OddSet] = (ROUNDING, ())
            bond[seed] = -1.0
            while len(circle) < largest:
                nearest = int(np.argmax(bond))
                if bond[nearest] <= 0:
                    break
                inside += float(bond[nearest])
                circle.append(nearest)
                bond += share[nearest]
                bond[circle] = -1.0
                people = tuple(sorted(circle))
                best = max(best, (inside - self._limit(people), people)) if len(people) > 2 else best  # noqa: PLR2004
            if best[1]:
                circles.append(best[1])
        return circles
