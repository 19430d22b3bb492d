"""Tidy prices: none could be lower by itself and prove as much.

The bound is convex in every single price. A tidy price that is changed therefore shows: a lower one raises
the bound, and of a higher one that does not, a unit can be taken away again. In one price ``p``, others
left alone, the total is ``slope * p`` plus ``max(0, hinge - p)`` for every hinge, plus what trios cost: a
hinge is the price up to which a meeting, or a sit-out, pays. Without trios it is lowest from the
``slope + 1``-th largest hinge on; and lowering one price moves the hinges of others up, never down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.plan_kind import TRIO, PlanKind
from schedulers.proof import Proof, pair_gains, proof_of, prove, trio_costs

if TYPE_CHECKING:
    from collections.abc import Callable

    from schedulers.problem import IntArray, Problem
    from schedulers.schedule import Prices


def tidied(problem: Problem, seats: IntArray, prices: Prices) -> Prices:
    """Return ``prices`` lowered, one after the other, until they are tidy; the bound never rises.

    Args:
        problem: The evening.
        seats: Shape ``(rounds, n)``: the plan that ``prices`` speak of.
        prices: A certificate.

    Raises:
        FalseProof: If ``prices`` are no proof of anything.
    """
    proof = prove(problem, seats, prices)
    while loose := _loose(proof, 0) or _loose(proof, proof.spare):
        # What is left of a point is spent last, so that as little of it as possible is left.
        draft = _Draft(proof, proof.spare if loose[0].rise > 0 else 0)
        for price in loose:
            draft.lower(price)
        proof = proof_of(proof.kind, draft.prices)
    return proof.prices


def untidy(proof: Proof) -> str | None:
    """Return the name of a price that could be lower by itself and prove as much, if there is one."""
    loose = _loose(proof, proof.spare)
    if not loose:
        return None
    return f"the price of odd_sets[{loose[0].place}]" if loose[0].of_set else f"prices[{loose[0].place}]"


class _Loose(NamedTuple):
    """A price that can be lower, of a person or of an odd set: a unit less raises the total by ``rise``."""

    rise: int
    of_set: bool
    place: int


def _loose(proof: Proof, spare: int) -> list[_Loose]:
    """Return the prices of which a unit less raises the total by at most ``spare``, people first.

    A unit less of a price pays once for every hinge that is no lower than the price.
    """
    kind, prices = proof.kind, proof.prices
    costs = np.array(prices.prices, dtype=np.int64)
    rise = np.bincount(np.concatenate([proof.first, proof.second]), minlength=len(costs)) - kind.free
    rise += kind.early * (prices.sit_out >= costs) + kind.last * (prices.sit_out - prices.often >= costs)
    rise -= _trio_slopes(kind, costs)
    people = np.flatnonzero((costs > 0) & (rise <= spare))
    loose = [_Loose(int(rise[person]), False, person) for person in people.tolist()]
    for place, ((members, price), limit) in enumerate(zip(prices.odd_sets, proof.limits, strict=True)):
        inside = np.isin(proof.first, members) & np.isin(proof.second, members)
        if price > 0 and int(inside.sum()) - limit <= spare:
            loose.append(_Loose(int(inside.sum()) - limit, True, place))
    return loose


def _trio_slopes(kind: PlanKind, costs: IntArray) -> IntArray:
    """Return by how much trios cost less if one person's price is a unit less, for everybody."""
    slopes = np.zeros_like(costs)
    if not kind.trios:
        return slopes
    full = trio_costs(kind, costs)
    # Only the three dearest of a round count, and of these it does not matter which of equals are named.
    dearest = np.argsort(np.where(kind.trio_rounds, costs, -1), axis=1)[:, -TRIO:]
    for person in np.unique(dearest).tolist():
        lower = costs.copy()
        lower[person] -= 1
        slopes[person] = full - trio_costs(kind, lower)
    return slopes


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Line:
    """What the total is in one price, but for a constant."""

    slope: int
    hinges: IntArray
    trios: Callable[[int], int] | None = None

    def total(self, price: int) -> int:
        pays = self.hinges[self.hinges > price]
        trios = self.trios(price) if self.trios else 0
        return self.slope * price + int(pays.sum()) - price * len(pays) + trios

    def lowest_price(self, price: int) -> int:
        """Return the lowest price up to ``price`` from which the total does not rise, trios left aside."""
        count = len(self.hinges)
        if self.slope >= count:
            return 0
        if self.slope < 0:
            return price
        hinge = int(np.partition(self.hinges, count - 1 - self.slope)[count - 1 - self.slope])
        return max(0, min(price, hinge))

    def lowest_within(self, price: int, spare: int) -> int:
        """Return the lowest price up to ``price`` at which the total is at most ``spare`` higher.

        The total is convex, so that the prices which fulfil this have no gap between them.
        """
        most = self.total(price) + spare
        if self.total(max(price - 1, 0)) > most:
            return price
        low, high = 0, price
        while low < high:
            middle = (low + high) // 2
            if self.total(middle) <= most:
                high = middle
            else:
                low = middle + 1
        return low


class _Draft:
    """Prices that are being lowered, at most ``spare`` units of the total dearer in all."""

    def __init__(self, proof: Proof, spare: int) -> None:
        self._proof = proof
        self._spare = spare
        self._costs = np.array(proof.prices.prices, dtype=np.int64)
        self._odd_sets = [
            (np.array(people, dtype=np.int64), price) for people, price in proof.prices.odd_sets
        ]

    @property
    def prices(self) -> Prices:
        old = self._proof.prices
        odd_sets = [
            (people, price) for (people, _), (_, price) in zip(old.odd_sets, self._odd_sets, strict=True)
        ]
        return replace(old, prices=tuple(self._costs.tolist()), odd_sets=tuple(odd_sets))

    def lower(self, loose: _Loose) -> None:
        """Lower a price as far as may be; prices lowered before can only have made its rise steeper."""
        if loose.rise <= self._spare:
            (self._lower_odd_set if loose.of_set else self._lower_person)(loose.place)

    def _lower_person(self, person: int) -> None:
        kind, prices = self._proof.kind, self._proof.prices
        own = self._costs[[person]]
        (gains,) = pair_gains(prices, kind.weights[[person]], rows=own, columns=self._costs)
        for people, price in self._odd_sets:
            if person in people:
                gains[people] -= price
        sit_outs = np.repeat(
            [prices.sit_out, prices.sit_out - prices.often], [kind.early[person], kind.last[person]]
        )
        hinges = np.concatenate([gains[kind.may_meet[person]] + own, sit_outs])

        def trios(price: int) -> int:
            costs = self._costs.copy()
            costs[person] = price
            return trio_costs(kind, costs)

        line = _Line(slope=int(kind.free[person]), hinges=hinges, trios=trios if kind.trios else None)
        self._costs[person] = self._lowered(line, int(self._costs[person]))

    def _lower_odd_set(self, place: int) -> None:
        kind, prices = self._proof.kind, self._proof.prices
        people, price = self._odd_sets[place]
        inside, costs = np.ix_(people, people), self._costs[people]
        gains = pair_gains(prices, kind.weights[inside], rows=costs, columns=costs)
        for others, other_price in self._odd_sets:
            both = np.isin(people, others)
            gains[np.ix_(both, both)] -= other_price
        hinges = gains[np.triu(kind.may_meet[inside], 1)] + price
        line = _Line(slope=self._proof.limits[place], hinges=hinges)
        self._odd_sets[place] = people, self._lowered(line, price)

    def _lowered(self, line: _Line, price: int) -> int:
        lowered = line.lowest_price(price)
        if lowered == price:
            lowered = line.lowest_within(price, self._spare)
            self._spare -= max(0, line.total(lowered) - line.total(price))
        return lowered
