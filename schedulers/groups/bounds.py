"""Prices that prove what no plan can be worth more than.

Nobody meets more people than a table holds besides them, round by round: the *degree* of a person. The
best choice of pairs by degrees alone is a b-matching, and by linear programming duality prices of people
prove how good it can be (:mod:`schedulers.proof`). Tables ask for more than degrees, that all who share
one meet each other, so that the bound is loose: at tables of ten the best plans known reach five sixths of
it, and the proven optimum of a room of twelve nine tenths.

In one price, all others left alone, what is proven is lowest where as many partners are worth their price
as the degree allows: at the best partner that one has no round left for. Starting from half of that, all
people go half the way there a few times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.plan_kind import kind_of
from schedulers.schedule import Prices
from schedulers.tidiness import tidied

if TYPE_CHECKING:
    from typing import TypeAlias

    from numpy.typing import NDArray

    from schedulers.plan_kind import PlanKind
    from schedulers.problem import IntArray, Problem

    PriceArray: TypeAlias = NDArray[np.float32]

# Half points: a meeting is worth its two prices, which are alike as often as not.
SCALE = 2
# So many times people go half of the way, oftener where that takes no time: the square of people decides.
STEPS, MOST_STEPS, SMALL = 2, 24, 4_000_000


def prices_of(problem: Problem, seats: IntArray, held: int) -> Prices:
    """Return prices for all plans that begin with the ``held`` rounds of ``seats``, shape ``(rounds, n)``."""
    kind = kind_of(problem, seats, held=held, musts=())
    worth = np.where(kind.may_meet, SCALE * kind.weights, 0).astype(np.float32)
    prices: PriceArray = _turning_points(worth, kind) / np.float32(2)
    for _ in range(max(STEPS, min(MOST_STEPS, SMALL // max(1, problem.n**2)))):
        # Half of the way: if everybody went all of it at once, prices would swing to and fro.
        prices = np.maximum(0, (prices + _turning_points(worth - prices, kind)) / np.float32(2))
    whole = np.rint(prices).astype(np.int64)
    return tidied(problem, seats, Prices(scale=SCALE, prices=tuple(whole.tolist()), held=held))


def _turning_points(worth: PriceArray, kind: PlanKind) -> PriceArray:
    """Return for each row the first entry, the largest first, for which its degree leaves no room.

    Nobody needs more partners than there are: then the price is nothing.
    """
    n = len(worth)
    points = np.zeros(n, dtype=np.float32)
    short = kind.free < n
    for degree in np.unique(kind.free[short]).tolist():
        rows = np.flatnonzero(short & (kind.free == degree))
        points[rows] = np.partition(worth[rows], n - 1 - degree, axis=1)[:, n - 1 - degree]
    return points
