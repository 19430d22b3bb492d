"""Minimum cost flow in a network, and the distances that price its nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import min_cost_flow

if TYPE_CHECKING:
    from schedulers.problem import IntArray


class Network:
    """Arcs between numbered nodes; each node brings in or takes out what ``supplies`` says."""

    def __init__(self, supplies: IntArray) -> None:
        self._supplies = np.asarray(supplies, dtype=np.int64)
        self._tails: list[IntArray] = []
        self._heads: list[IntArray] = []
        self._capacities: list[IntArray] = []
        self._costs: list[IntArray] = []

    def add(
        self, tails: IntArray | int, heads: IntArray | int, *, capacity: IntArray | int, cost: IntArray | int
    ) -> slice:
        """Add arcs and return their places; single numbers hold for all of them."""
        arcs = np.broadcast_arrays(tails, heads, capacity, cost)
        start = sum(map(len, self._tails))
        for kept, given in zip((self._tails, self._heads, self._capacities, self._costs), arcs, strict=True):
            kept.append(np.atleast_1d(given).astype(np.int64))
        return slice(start, start + len(self._tails[-1]))

    def solve(self) -> Flow:
        """Return a flow of least cost.

        Raises:
            RuntimeError: If the supplies cannot all flow.
        """
        arcs = (self._tails, self._heads, self._capacities, self._costs)
        tails, heads, capacities, costs = (np.concatenate(parts) for parts in arcs)
        solver = min_cost_flow.SimpleMinCostFlow()
        places = solver.add_arcs_with_capacity_and_unit_cost(
            tails.astype(np.int32), heads.astype(np.int32), capacities, costs
        )
        solver.set_nodes_supplies(np.arange(len(self._supplies), dtype=np.int32), self._supplies)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise RuntimeError(f"a flow over {len(tails)} arcs ended with {status}")
        used = np.asarray(solver.flows(places), dtype=np.int64)
        return Flow(used, _distances(len(self._supplies), tails, heads, costs, used, capacities))


class Flow:
    """What flows.

    Attributes:
        used: How much flows through each arc.
        distances: Of each node, from outside through arcs that could carry more, or back through arcs
            that carry something: no arc with room costs less than what lies between its ends.
    """

    def __init__(self, used: IntArray, distances: IntArray) -> None:
        self.used = used
        self.distances = distances


def _distances(
    nodes: int, tails: IntArray, heads: IntArray, costs: IntArray, used: IntArray, capacities: IntArray
) -> IntArray:
    """Return shortest distances in the residual graph, all nodes starting at 0 (Bellman and Ford).

    The flow is optimal, so there is no negative cycle and the distances settle.
    """
    ahead, back = used < capacities, used > 0
    start = np.concatenate([tails[ahead], heads[back]])
    end = np.concatenate([heads[ahead], tails[back]])
    length = np.concatenate([costs[ahead], -costs[back]])
    order = np.argsort(end, kind="stable")
    start, length = start[order], length[order]
    ends, places = np.unique(end[order], return_index=True)
    distances = np.zeros(nodes, dtype=np.int64)
    for _ in range(nodes if len(ends) else 0):
        nearer = np.minimum(distances[ends], np.minimum.reduceat(distances[start] + length, places))
        if np.array_equal(nearer, distances[ends]):
            break
        distances[ends] = nearer
    return distances
