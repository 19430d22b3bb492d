"""Third stage: fairness. Whoever gains least exchanges partners with others who can spare them.

Totals do not depend on the rounds, so this happens before them. A *switch* turns the pairs a-b and c-d
into a-c and b-d. Nobody may fall below the one who is lifted, and all switches together may cost no
more than the share of the value that the evening allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from schedulers.pairs.demand import Demand
    from schedulers.problem import BoolArray, IntArray


# More than anybody can gain.
NEVER_WORST = 1 << 40


class _Switch(NamedTuple):
    """The pairs a-b and c-d become a-c and b-d; ``loss`` is what that costs."""

    a: int
    b: int
    c: int
    d: int
    loss: int


def lift(
    demand: Demand, chosen: BoolArray, base: IntArray, concerned: BoolArray, *, target: int, budget: int
) -> BoolArray:
    """Return ``chosen`` with the worst-off lifted towards ``target``.

    Args:
        demand: What may be chosen.
        chosen: Shape ``(k, k)``: the pairs chosen.
        base: Shape ``(people,)``: what everybody has gained besides: held rounds and must-meets.
        concerned: Shape ``(people,)``: whose gain counts.
        target: No floor above this is possible.
        budget: How much of the value may be spent.
    """
    chosen = chosen.copy()
    totals = np.where(chosen, demand.weights, 0).sum(axis=1, dtype=np.int64)
    totals[: demand.people] += base
    # What a bench gains does not count, nor does what people gain who are never there.
    totals[: demand.people][~concerned] = NEVER_WORST
    totals[demand.people :] = NEVER_WORST
    while len(totals):
        worst = int(np.argmin(totals))
        if totals[worst] >= target:
            break
        switch = _best_switch(demand, chosen, totals, worst, target=target)
        if switch is None or switch.loss > budget:
            break
        budget -= switch.loss
        _apply(demand, chosen, totals, switch)
    return chosen


def _best_switch(
    demand: Demand, chosen: BoolArray, totals: IntArray, worst: int, *, target: int
) -> _Switch | None:
    """Return the switch that lifts the floor under ``worst`` at the least cost for each point gained."""
    weights = demand.weights.astype(np.int64)
    first, second = np.nonzero(chosen)
    free = demand.possible & ~chosen
    best: tuple[float, _Switch] | None = None
    for b in np.flatnonzero(chosen[worst]).tolist():
        fits = free[worst, first] & free[b, second] & (weights[worst, first] > weights[worst, b])
        c, d = first[fits], second[fits]
        if not len(c):
            continue
        lost, gained_c, gained_d = weights[c, d], weights[worst, c], weights[b, d]
        loss = weights[worst, b] + lost - gained_c - gained_d
        floor = np.minimum(totals[worst] + gained_c - weights[worst, b], target)
        for others, change in ((b, gained_d - weights[worst, b]), (c, gained_c - lost), (d, gained_d - lost)):
            # Whoever loses nothing stands in nobody's way.
            floor = np.minimum(floor, np.where(change >= 0, NEVER_WORST, totals[others] + change))
        gain = floor - totals[worst]
        price = np.where(gain > 0, np.maximum(loss, 0) / np.maximum(gain, 1), np.inf)
        k = int(np.argmin(price))
        if price[k] < np.inf and (best is None or price[k] < best[0]):
            best = float(price[k]), _Switch(worst, b, int(c[k]), int(d[k]), int(loss[k]))
    return None if best is None else best[1]


def _apply(demand: Demand, chosen: BoolArray, totals: IntArray, switch: _Switch) -> None:
    a, b, c, d, _ = switch
    for i, j, now in ((a, b, False), (c, d, False), (a, c, True), (b, d, True)):
        chosen[i, j] = chosen[j, i] = now
        change = int(demand.weights[i, j]) * (1 if now else -1)
        totals[i] += change
        totals[j] += change
