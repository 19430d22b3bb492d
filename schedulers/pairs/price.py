"""First stage: what the evening can be worth at most, and a price for every person that proves it.

The linear relaxation of a b-matching is a minimum cost flow on its *bipartite double cover*: everybody
stands on the left and on the right, and an edge used on both sides is a meeting. Flow in hand, shortest
distances in the residual graph are prices: by linear programming duality, for any prices ``u >= 0``

    sum(degree * u) + sum(max(0, w[i, j] + bonus - u[i] - u[j]))

is at least the value of every b-matching. Only the best partners of everybody enter the flow; the
prices then tell which arcs matter, in the flow or outside it, and a second one is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.pairs.network import Network
from schedulers.problem import MAX_WEIGHT

if TYPE_CHECKING:
    from typing import TypeAlias

    from numpy.typing import NDArray

    from schedulers.pairs.demand import Demand
    from schedulers.problem import BoolArray, IntArray

    # Half as wide as other numbers here: at a thousand people, time goes into reading memory.
    SlackArray: TypeAlias = NDArray[np.int32]

# So much is a meeting worth by itself that two poor ones outweigh a good one: seats come before value.
BONUS = 4 * MAX_WEIGHT
# The best partners of everybody that enter the flow at first: almost all that it will use.
PARTNERS_A_ROUND, MORE_PARTNERS = 4, 12
# Twice the price is a whole number wherever weights are.
SCALE = 2
# Arcs that cost at most so much more than they bring enter the next flow: it is half as large.
NEAR = SCALE * 30
# ... and these many of everybody in any case.
FEW = 8
FLOWS = 8
# Below any slack that is worth a look.
NEVER = -(1 << 30)


class Relaxation(NamedTuple):
    """The optimum of the linear relaxation.

    Attributes:
        full: Shape ``(k, k)``: pairs that are chosen wholly.
        half: Shape ``(k, k)``: pairs that are chosen by halves.
        prices: Shape ``(k,)``: twice the price of each node, none negative.
        bonus: What every pair was worth on top of its weight.
        idle: How many places of nodes stay empty.
        bound: Twice the bound on weight and bonus.
    """

    full: BoolArray
    half: BoolArray
    prices: IntArray
    bonus: int
    idle: int
    bound: int


def price(demand: Demand, bonus: int = BONUS) -> Relaxation:
    """Return the linear relaxation of ``demand`` and prices that prove its value.

    Args:
        demand: The b-matching.
        bonus: What every pair is worth on top of its weight.
    """
    worth = np.where(demand.possible, demand.weights + np.int32(bonus), np.int32(-1))
    arcs = demand.possible & _first_arcs(demand, worth)
    for turn in range(FLOWS):
        used, prices = _flow(demand, arcs, worth)
        slack = slack_of(demand, prices, bonus)
        missing = ~arcs & (slack > 0)
        if not missing.any():
            break
        # Few arcs are quick, but with too few a price could be anything between two far ones.
        arcs = arcs | missing if turn else (slack > -NEAR) | best_of_everybody(slack, FEW)
        arcs &= demand.possible
    return Relaxation(
        full=used & used.T,
        half=used ^ used.T,
        prices=prices,
        bonus=bonus,
        idle=int(demand.degree.sum()) - int(used.sum()),
        bound=int((demand.degree * prices).sum()) + int(np.maximum(slack, 0).sum(dtype=np.int64)) // 2,
    )


def slack_of(demand: Demand, prices: IntArray, bonus: int) -> SlackArray:
    """Return by how much each possible pair is worth more than its price, shape ``(k, k)``."""
    narrow = prices.astype(np.int32)
    slack = SCALE * (demand.weights + np.int32(bonus))
    slack -= narrow[:, None]
    slack -= narrow[None, :]
    slack[~demand.possible] = NEVER
    return slack


def _first_arcs(demand: Demand, worth: SlackArray) -> BoolArray:
    arcs = best_of_everybody(
        worth, PARTNERS_A_ROUND * int(demand.degree[: demand.people].max(initial=0)) + MORE_PARTNERS
    )
    arcs[demand.people :] = arcs[:, demand.people :] = True
    return arcs


def best_of_everybody(worth: SlackArray, count: int) -> BoolArray:
    """Return a symmetric matrix that is true at the ``count`` greatest entries of every row."""
    if count >= len(worth):
        return np.ones(worth.shape, dtype=np.bool_)
    best = np.argpartition(-worth, count, axis=1)[:, :count]
    arcs = np.zeros(worth.shape, dtype=np.bool_)
    np.put_along_axis(arcs, best, values=True, axis=1)
    return np.asarray(arcs | arcs.T, dtype=np.bool_)


def _flow(demand: Demand, arcs: BoolArray, worth: SlackArray) -> tuple[BoolArray, IntArray]:
    """Return which of ``arcs`` a best flow uses, shape ``(k, k)``, and twice the price of every node.

    Whatever a node cannot place flows to itself, for nothing.
    """
    k = len(arcs)
    nodes = np.arange(k)
    left, right = np.nonzero(arcs)
    network = Network(np.concatenate([demand.degree, -demand.degree]))
    meetings = network.add(left, right + k, capacity=1, cost=-worth[left, right].astype(np.int64))
    network.add(nodes, nodes + k, capacity=demand.degree, cost=0)
    flow = network.solve()
    used = np.zeros((k, k), dtype=np.bool_)
    carries = flow.used[meetings] > 0
    used[left[carries], right[carries]] = True
    return used, np.maximum(flow.distances[:k] - flow.distances[k:], 0)
