"""Second stage: from halves to wholes.

What the relaxation chooses by halves forms closed trails. Along one of even length every second edge is
taken, at no loss; an odd one leaves one node a partner short. Nodes that are short are then brought
together by the best exchange: a new edge, or two new ones for an old one between their ends.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schedulers.pairs.demand import Demand
    from schedulers.pairs.price import Relaxation
    from schedulers.problem import BoolArray, IntArray

# Nodes that are brought together at once.
MOST_SHORT = 80
# Below any loss that an exchange can bring.
NEVER = -(1 << 40)


def rounded(demand: Demand, relaxation: Relaxation) -> BoolArray:
    """Return a b-matching near ``relaxation``, shape ``(k, k)``: no node above its degree."""
    chosen = relaxation.full.copy()
    for trail in _closed_trails(relaxation.half):
        for i, j in trail[1::2]:
            chosen[i, j] = chosen[j, i] = True
    refill(demand, chosen)
    return chosen


def _closed_trails(half: BoolArray) -> list[list[tuple[int, int]]]:
    """Return the edges of ``half``, each component as one closed trail (every node has an even number)."""
    open_ends: dict[int, list[int]] = {}
    for i, j in zip(*np.nonzero(half), strict=True):
        open_ends.setdefault(int(i), []).append(int(j))
    trails = []
    for start in sorted(open_ends):
        if open_ends[start]:
            walk = _closed_walk(open_ends, start)
            trails.append(list(pairwise(walk)))
    return trails


def _closed_walk(open_ends: dict[int, list[int]], start: int) -> list[int]:
    """Return the nodes of a closed walk over all edges around ``start``, using them up (Hierholzer)."""
    walk, stack = [], [start]
    while stack:
        node = stack[-1]
        if open_ends[node]:
            other = open_ends[node].pop()
            open_ends[other].remove(node)
            stack.append(other)
        else:
            walk.append(stack.pop())
    return walk


def refill(demand: Demand, chosen: BoolArray) -> None:
    """Bring nodes that are a partner short together in ``chosen``, by the best exchanges there are."""
    while True:
        short = np.flatnonzero(chosen.sum(axis=1) < demand.degree)[:MOST_SHORT]
        best = max(_exchanges(demand, chosen, short), default=(NEVER, ()), key=lambda exchange: exchange[0])
        if best[0] == NEVER:
            return
        for i, j in best[1]:
            chosen[i, j] = chosen[j, i] = ~chosen[i, j]


def _exchanges(
    demand: Demand, chosen: BoolArray, short: IntArray
) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    """Return for every two nodes of ``short`` their best exchange: its gain, and the pairs it flips."""
    ends, others = np.nonzero(chosen)
    lost = demand.weights[ends, others].astype(np.int64)
    open_pairs = demand.possible & ~chosen
    missing = demand.degree[short] - chosen[short].sum(axis=1)
    found: list[tuple[int, tuple[tuple[int, int], ...]]] = []
    for at, a in enumerate(short.tolist()):
        for b in short[at:].tolist():
            if a == b and missing[at] < 2:  # noqa: PLR2004 -- somebody alone needs two new partners
                continue
            if open_pairs[a, b]:
                found.append((int(demand.weights[a, b]), ((a, b),)))
            if len(ends):
                free = open_pairs[a, ends] & open_pairs[b, others]
                gain = np.where(free, demand.weights[a, ends] + demand.weights[b, others] - lost, NEVER)
                k = int(np.argmax(gain))
                c, d = int(ends[k]), int(others[k])
                if gain[k] > NEVER:
                    found.append((int(gain[k]), ((a, c), (b, d), (c, d))))
    return found
