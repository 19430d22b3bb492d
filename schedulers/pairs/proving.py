"""From prices to the proof that travels with a plan.

The prices by which pairs were chosen prove the plan that keeps every promise made to them. A plan that
has other breaks, trios, or a must-meet less is one of another kind: the linear relaxation of its kind is
solved anew, as a flow with breaks and trios as nodes of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.pairs.breaks import counted_breaks, crowded_breaks, fewest_breaks
from schedulers.pairs.demand import with_breaks, without
from schedulers.pairs.merit import shared_breaks
from schedulers.pairs.network import Network
from schedulers.pairs.price import FEW, SCALE, best_of_everybody, price
from schedulers.plan_kind import TRIO, kind_of
from schedulers.problem import MAX_WEIGHT
from schedulers.schedule import Prices, meetings_of, sit_outs, unmet_musts
from schedulers.tidiness import tidied

if TYPE_CHECKING:
    from schedulers.pairs.breaks import Breaks
    from schedulers.pairs.demand import Demand, Outlook
    from schedulers.pairs.price import Relaxation
    from schedulers.plan_kind import PlanKind
    from schedulers.problem import BoolArray, IntArray

Pairs = tuple[tuple[int, int], ...]
# Flows until prices fit all pairs; whatever they are then, they are a proof.
KIND_FLOWS = 6
NO_WAY = 1_000_000


class Duals(NamedTuple):
    """Prices of nodes, shape ``(k,)``, and of odd sets, in ``scale``-ths of a weight."""

    scale: int
    prices: IntArray
    odd_sets: tuple[tuple[tuple[int, ...], int], ...] = ()


class Priced(NamedTuple):
    """A priced demand, and the must-meets that were settled before.

    Attributes:
        demand: What was priced.
        breaks: The breaks it was priced with.
        relaxation: The relaxed choice.
        duals: The best prices known.
        musts: The must-meets it leaves out.
        value: What no plan that keeps all this can exceed, held rounds and must-meets included.
    """

    demand: Demand
    breaks: Breaks
    relaxation: Relaxation
    duals: Duals
    musts: Pairs
    value: int


def priced(outlook: Outlook, musts: Pairs) -> Priced:
    """Return the prices of the rounds to come, in which ``musts`` are settled."""
    left = without(outlook, musts)
    breaks = counted_breaks(outlook, left, fewest_breaks(outlook))
    demand = with_breaks(outlook, left, breaks)
    relaxation = price(demand)
    if relaxation.idle:
        # Counting was too hopeful, or the usual bonus too small for a long chain of exchanges.
        breaks = crowded_breaks(outlook, left)
        demand = with_breaks(outlook, left, breaks)
        relaxation = price(demand, bonus=1 + MAX_WEIGHT * (int(demand.degree.sum()) // 2))
    pairs = int(demand.degree.sum()) // 2
    value = (relaxation.bound - SCALE * relaxation.bonus * pairs) // SCALE
    value += sum(int(outlook.problem.weights[pair]) for pair in musts) + worth_of_held(outlook)
    return Priced(demand, breaks, relaxation, Duals(SCALE, relaxation.prices), musts, value)


def worth_of_held(outlook: Outlook) -> int:
    """Return what the pairs that met in held rounds are worth."""
    met = meetings_of(outlook.held)
    return int(outlook.problem.weights[met.first, met.second].sum(dtype=np.int64))


def proof_of(outlook: Outlook, seats: IntArray, known: Priced) -> Prices:
    """Return the proof of a bound for the plan ``seats``."""
    if covers_kind(outlook, seats, known) and not known.breaks.certain.any():
        proof = _first_proof(outlook, known)
    else:
        proof = _proof_of_kind(outlook, _kind_of(outlook, seats, known))
    return tidied(outlook.problem, seats, proof)


def covers_kind(outlook: Outlook, seats: IntArray, known: Priced) -> bool:
    """Return whether all plans of the kind of ``seats`` are as priced, so that ``known.value`` bounds them.

    Where breaks cannot be even, the kind is wider: it limits only who sits out most often.
    """
    if not is_as_priced(outlook, seats, known):
        return False
    return known.breaks.are_all_of(outlook, _kind_of(outlook, seats, known))


def _kind_of(outlook: Outlook, seats: IntArray, known: Priced) -> PlanKind:
    kept = _kept(outlook, seats, known.musts)
    return kind_of(outlook.problem, seats, held=len(outlook.held), musts=kept)


def is_as_priced(outlook: Outlook, seats: IntArray, known: Priced) -> bool:
    """Return whether the plan ``seats`` keeps what the prices assume.

    That is must-meets, the fairest breaks, and no trio in the rounds to come: three at a table have three
    meetings, and may keep two must-meets of one of them in one round.
    """
    if _has_trio(seats[len(outlook.held) :]) or _kept(outlook, seats, known.musts) != known.musts:
        return False
    problem = outlook.problem
    waits = sit_outs(problem, seats)
    if shared_breaks(problem, waits) != shared_breaks(problem, known.breaks.waits(outlook)):
        return False
    return known.breaks.include(waits - outlook.waited)


def _has_trio(rounds: IntArray) -> bool:
    """Return whether three share a table in any of ``rounds``, shape ``(any, n)``."""
    return any(np.bincount(row[row >= 0]).max(initial=0) >= TRIO for row in rounds)


def _kept(outlook: Outlook, seats: IntArray, musts: Pairs) -> Pairs:
    """Return those of ``musts`` that the plan keeps in time in the rounds to come."""
    after = seats[len(outlook.held) :]
    unmet = {(min(must[:2]), max(must[:2])) for must in unmet_musts(outlook.problem, seats)}
    together = {
        pair for pair in musts if ((after[:, pair[0]] == after[:, pair[1]]) & (after[:, pair[0]] >= 0)).any()
    }
    return tuple(pair for pair in musts if pair in together and pair not in unmet)


def _first_proof(outlook: Outlook, known: Priced) -> Prices:
    """Return the prices by which the pairs were chosen, in the terms of a proof."""
    n = outlook.problem.n
    bonus = known.duals.scale * known.relaxation.bonus
    prices = known.duals.prices[:n].copy()
    worth = [0, 0]
    for bench, side in enumerate(side for side in (0, 1) if known.breaks.open[side]):
        worth[side] = bonus - int(known.duals.prices[n + bench])
    # Both sides have one price for a break: the prices of one side rise with its own, and so does the bonus.
    # Where a side has no breaks, they rise until none pays.
    sit_out = max(worth)
    for side in (0, 1):
        mine = outlook.sides == side
        least = worth[side] if known.breaks.open[side] else int(prices[mine].min(initial=sit_out))
        rise = sit_out - least
        prices[mine] += rise
        bonus += rise
    return Prices(
        scale=known.duals.scale,
        prices=tuple(prices.tolist()),
        bonus=bonus,
        sit_out=max(0, sit_out),
        held=len(outlook.held),
        musts=known.musts,
        odd_sets=known.duals.odd_sets,
    )


def _proof_of_kind(outlook: Outlook, kind: PlanKind) -> Prices:
    """Return prices from the relaxation of all plans of ``kind``."""
    weights = np.where(kind.may_meet, kind.weights, np.int32(-1))
    arcs = kind.may_meet & best_of_everybody(weights, 2 * int(kind.free.max(initial=0)) + FEW)
    for _ in range(KIND_FLOWS):
        prices, sit_out, often = _kind_prices(kind, arcs)
        missing = kind.may_meet & ~arcs & (SCALE * weights > prices[:, None] + prices[None, :])
        if not missing.any():
            break
        arcs |= missing
    # A price for everybody and twice as much for a meeting cancel out, so that no price need be negative.
    rise = max(0, -int(prices.min(initial=0)), -sit_out)
    return Prices(
        scale=SCALE,
        prices=tuple((prices + rise).tolist()),
        bonus=2 * rise,
        sit_out=sit_out + rise,
        often=often,
        held=len(outlook.held),
        musts=kind.musts,
    )


def _kind_prices(kind: PlanKind, arcs: BoolArray) -> tuple[IntArray, int, int]:
    """Return twice the prices of people, of a break, and of the break that makes the most.

    Everybody stands on both sides of a network; breaks, the break that makes the most, and trios have a
    node on each side.
    """
    n = len(kind.free)
    people, right = np.arange(n), n + np.arange(n)
    breaks, last, trios = 2 * n, 2 * n + 2, 2 * n + 4
    places = kind.trio_rounds.sum(axis=0)
    supplies = np.zeros(2 * n + 6, dtype=np.int64)
    for mirror, sign in ((0, 1), (1, -1)):
        supplies[mirror * n : mirror * n + n] = sign * kind.free
        supplies[breaks + mirror] = -sign * kind.waits
        supplies[trios + mirror] = sign * TRIO * kind.trios
    network = Network(supplies)
    first, second = np.nonzero(arcs)
    network.add(first, n + second, capacity=1, cost=-kind.weights[first, second].astype(np.int64))
    # With few arcs there may be no way for somebody; it costs more than anything else. Who keeps two
    # must-meets in one trio has fewer rounds to spare than none.
    network.add(people, right, capacity=np.maximum(kind.free, 0), cost=NO_WAY)
    network.add(people, breaks, capacity=kind.early, cost=0)
    network.add(people, last, capacity=kind.last, cost=0)
    network.add(last, breaks, capacity=kind.reached, cost=0)
    network.add(breaks + 1, right, capacity=kind.early, cost=0)
    network.add(breaks + 1, last + 1, capacity=kind.reached, cost=0)
    network.add(last + 1, right, capacity=kind.last, cost=0)
    network.add(breaks + 1, breaks, capacity=kind.waits, cost=NO_WAY)
    network.add(trios, people, capacity=places, cost=0)
    network.add(right, trios + 1, capacity=places, cost=0)
    network.add(trios, trios + 1, capacity=TRIO * kind.trios, cost=NO_WAY)
    far = network.solve().distances
    sit_out = int(far[breaks] - far[breaks + 1])
    return far[:n] - far[n : 2 * n], sit_out, max(0, sit_out - int(far[last] - far[last + 1]))
