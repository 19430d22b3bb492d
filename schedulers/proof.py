"""The bound that prices prove, added up in whole numbers.

Whatever the prices, no plan of the same kind (:mod:`schedulers.plan_kind`) is worth more than they add up
to. Only the rounds after the held ones can differ between two plans of a kind. There, ``x[i, j]`` is 1 if
a pair meets that is no must-meet of the kind; ``y[i]`` counts sit-outs of ``i``, ``z[i]`` is 1 if those
make the most of the side, and ``o[i]`` counts tables of three with ``i``. Whoever is there sits out, meets
one person, or meets two in a trio; nobody meets twice. Hence every plan of the kind obeys, line by line:

* ``sum over j of x[i, j] = free[i] - y[i] + o[i]`` for every person, priced ``prices[i]``;
* ``sum of x = meetings``, at ``bonus``;  ``sum of y = waits``, at ``sit_out``;
* ``sum of z <= reached``, at ``often``, because no more people may sit out most often;
* ``sum of x inside an odd set <= its limit``, at its price: in a round, half of those there, rounded down,
  can meet inside; a trio adds at most two meetings, and kept must-meets inside take their share.

As many people seated and as many meetings mean as many trios: with ``p`` pairs and ``q`` trios, ``2p + 3q``
are seated and ``p + 3q`` meet. Multiply each line by its price, add them to the value, and sort by variable:
the value is at most ``earned`` plus a constant plus one sum each over ``x``, ``y`` and ``z``, and ``o``. The
most that each of these can be by itself is easily said: ``x[i, j]`` is 0 or 1 and pays if
``weight + bonus - prices[i] - prices[j] - prices of odd sets around both`` is positive; a sit-out pays
``sit_out - prices[i]``, at most ``early[i]`` times, and ``often`` less the ``last[i]`` time; a trio pays
its three prices, once in a round, where the head-count is odd. Their sum is the bound. (This is weak
duality of linear programming; the dual optimum makes the bound tight, but any prices make it true.)

At tables of more than two, only the first line holds, as ``sum over j of x[i, j] <= free[i]``: nobody meets
more people than their tables hold. With prices that are not negative, that is enough for the same sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schedulers.plan_kind import TRIO, FalseProof, PlanKind, kind_of

if TYPE_CHECKING:
    from schedulers.problem import BoolArray, IntArray, Problem, WeightArray
    from schedulers.schedule import Prices

# With these, neither an entry nor a sum over a chunk of them reaches 2**63; the rest is added up in Python.
LARGEST = 10**12
LARGEST_SCALE = 10**9
MOST_ODD_SETS = 10_000
CHUNK = 2**20
# Rows priced at once: few enough to stay in the processor's cache.
BLOCK = 64


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Proof:
    """A bound and what it was added up from.

    Attributes:
        kind: The plans it speaks of.
        prices: Its prices.
        first: With ``second``: the pairs worth at least their price, in ascending order.
        second: See ``first``.
        limits: For every odd set, how many pairs can meet inside.
        total: The bound in ``scale``-ths.
    """

    kind: PlanKind
    prices: Prices
    first: IntArray
    second: IntArray
    limits: tuple[int, ...]
    total: int

    @property
    def bound(self) -> int:
        """Return the bound: values are whole, so that what is left of a point counts for nothing."""
        return self.total // self.prices.scale

    @property
    def spare(self) -> int:
        """Return by how much the total may rise before the bound does."""
        return self.prices.scale - 1 - self.total % self.prices.scale


def price_bound(problem: Problem, seats: IntArray, prices: Prices) -> int:
    """Return what no plan of the kind of ``seats`` can be worth more than.

    The kind are the plans that begin with the same ``prices.held`` rounds; after them they meet the pairs
    in ``prices.musts``, seat as many people and hold as many distinct meetings; over all rounds of
    ``seats``, nobody sits out more often than the most of their side in this plan, nor do more people of
    a side sit out so often. At tables of more than two they only begin with the same rounds.

    Args:
        problem: The evening.
        seats: Shape ``(rounds, n)``: a plan that keeps the rules in the rounds after the held ones.
        prices: The certificate.

    Raises:
        FalseProof: If ``prices`` are no proof of anything.
    """
    return prove(problem, seats, prices).bound


def prove(problem: Problem, seats: IntArray, prices: Prices) -> Proof:
    """Return the proof behind :func:`price_bound`, which see."""
    _check_figures(prices, problem.n)
    if not problem.is_pairs:
        _check_plain(prices)
    return proof_of(kind_of(problem, seats, held=prices.held, musts=prices.musts), prices)


def proof_of(kind: PlanKind, prices: Prices) -> Proof:
    """Return what ``prices`` add up to for ``kind``; both have been checked."""
    costs = np.array(prices.prices, dtype=np.int64)
    first, second, gains = _worthwhile(kind, prices, costs)
    limits = tuple(_limit(kind, people) for people, _ in prices.odd_sets)
    total = (
        prices.scale * kind.earned
        + sum((kind.free * costs).tolist())
        + sum(int(part.sum()) for part in np.array_split(gains, 1 + len(gains) // CHUNK))
        + sum(price * limit for (_, price), limit in zip(prices.odd_sets, limits, strict=True))
        - prices.bonus * kind.meetings
        + _sit_outs(kind, prices, costs)
        + trio_costs(kind, costs)
    )
    return Proof(kind=kind, prices=prices, first=first, second=second, limits=limits, total=total)


def pair_gains(prices: Prices, weights: WeightArray, *, rows: IntArray, columns: IntArray) -> IntArray:
    """Return what meetings are worth beyond the prices of both people, odd sets left aside.

    Args:
        prices: Where scale and bonus come from.
        weights: Shape ``(r, c)``: what the meetings are worth.
        rows: Shape ``(r,)``: the prices of the people of the rows.
        columns: Shape ``(c,)``: those of the columns.
    """
    gains: IntArray = weights.astype(np.int64)
    gains *= prices.scale
    gains -= columns - prices.bonus
    gains -= rows[:, None]
    return gains


def trio_costs(kind: PlanKind, costs: IntArray) -> int:
    """Return the most that the people of all trios can cost: one a round, the three dearest there."""
    if not kind.trios:
        return 0
    rounds = np.where(kind.trio_rounds, costs, 0)
    dearest = np.partition(rounds, len(costs) - TRIO, axis=1)[:, -TRIO:].sum(axis=1)
    return sum(sorted(dearest.tolist(), reverse=True)[: kind.trios])


def _worthwhile(kind: PlanKind, prices: Prices, costs: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return the pairs that may meet and are worth at least their price, and how much more."""
    found = [np.zeros((3, 0), dtype=np.int64)]
    for start in range(0, len(costs), BLOCK):
        stop = min(start + BLOCK, len(costs))
        block = kind.weights[start:stop, start:]
        gains = pair_gains(prices, block, rows=costs[start:stop], columns=costs[start:])
        pays = np.triu(kind.may_meet[start:stop, start:] & (gains >= 0), 1)
        row, column = np.nonzero(pays)
        found.append(np.stack([row + start, column + start, gains[row, column]]))
    first, second, gains = np.concatenate(found, axis=1)
    for people, price in prices.odd_sets:
        inside = _mask(people, len(costs))
        gains[inside[first] & inside[second]] -= price
    pays = gains >= 0
    return first[pays], second[pays], gains[pays]


def _limit(kind: PlanKind, people: tuple[int, ...]) -> int:
    """Return how many pairs can meet inside an odd set, kept must-meets left out."""
    heads = kind.there[:, list(people)].sum(axis=1)
    musts = sum(set(pair) <= set(people) for pair in kind.musts)
    return int((heads // 2).sum()) - musts + 2 * kind.trios


def _sit_outs(kind: PlanKind, prices: Prices, costs: IntArray) -> int:
    early = kind.early * np.maximum(prices.sit_out - costs, 0)
    last = kind.last * np.maximum(prices.sit_out - prices.often - costs, 0)
    paid: int = sum((early + last).tolist())
    return paid - prices.sit_out * kind.waits + prices.often * kind.reached


def _mask(people: tuple[int, ...], n: int) -> BoolArray:
    mask = np.zeros(n, dtype=np.bool_)
    mask[list(people)] = True
    return mask


def _check_figures(prices: Prices, n: int) -> None:
    """Raise if a figure is out of range, or there are not as many prices as people."""
    if not 1 <= prices.scale <= LARGEST_SCALE:
        raise FalseProof(f"scale is {prices.scale}, it must lie between 1 and {LARGEST_SCALE}")
    if len(prices.prices) != n:
        raise FalseProof(f"there are {len(prices.prices)} prices for {n} people")
    figures = {"bonus": prices.bonus, "sit_out": prices.sit_out, "often": prices.often}
    figures |= {f"prices[{person}]": price for person, price in enumerate(prices.prices)}
    figures |= {f"the price of odd_sets[{place}]": price for place, (_, price) in enumerate(prices.odd_sets)}
    for name, figure in figures.items():
        if not 0 <= figure <= LARGEST:
            raise FalseProof(f"{name} is {figure}, it must lie between 0 and {LARGEST}")
    _check_odd_sets(prices, n)


def _check_plain(prices: Prices) -> None:
    """Raise if there is a figure other than prices: at tables of more than two it would prove nothing."""
    figures = {"bonus": prices.bonus, "sit_out": prices.sit_out, "often": prices.often}
    for name, figure in {**figures, "odd_sets": len(prices.odd_sets)}.items():
        if figure:
            raise FalseProof(f"{name} proves nothing at tables of more than two")


def _check_odd_sets(prices: Prices, n: int) -> None:
    if len(prices.odd_sets) > MOST_ODD_SETS:
        raise FalseProof(f"there are {len(prices.odd_sets)} odd sets, more than {MOST_ODD_SETS}")
    seen: set[frozenset[int]] = set()
    for place, (people, _) in enumerate(prices.odd_sets):
        members = frozenset(people)
        if len(members) < len(people):
            raise FalseProof(f"odd_sets[{place}] names somebody twice")
        if len(members) < TRIO:
            raise FalseProof(f"odd_sets[{place}] has {len(members)} people, at least {TRIO} are needed")
        if not 0 <= min(members) <= max(members) < n:
            raise FalseProof(f"odd_sets[{place}] names somebody who does not exist")
        if members in seen:
            raise FalseProof(f"odd_sets[{place}] is the same set as one before")
        seen.add(members)
