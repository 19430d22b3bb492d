"""Who sits out how often: as few people as can be, and as evenly.

Mostly counting is enough: an odd number, too few tables, sides of different sizes. Where a crowd has too few
others to meet (most people of one organisation), counting is too hopeful, and a flow finds the fewest breaks
and how they are shared most evenly among those who cannot be spared them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.pairs.network import Network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.pairs.demand import Demand, Outlook
    from schedulers.plan_kind import PlanKind
    from schedulers.problem import BoolArray, IntArray

# One break less outweighs any way of sharing them.
BREAK = 1_000_000
# So many partners of everybody enter the flow.
PARTNERS = 60


class Breaks(NamedTuple):
    """Who sits out how often in the rounds to come.

    Attributes:
        certain: Shape ``(n,)``: the breaks that everybody has in any fair plan.
        eligible: Shape ``(n,)``: who may have one more.
        open: For each side, how many of its eligible people have one more.
        counted: Whether counting alone tells them: then all plans that share breaks as evenly have theirs
            like this. A crowd may have other ways.
    """

    certain: IntArray
    eligible: BoolArray
    open: tuple[int, int]
    counted: bool = True

    def waits(self, outlook: Outlook) -> IntArray:
        """Return sit-outs of all rounds, shape ``(n,)``; which of the eligible have one more is left open."""
        waits = outlook.waited + self.certain
        for side in (0, 1):
            waits[np.flatnonzero(self.eligible & (outlook.sides == side))[: self.open[side]]] += 1
        return waits

    def include(self, taken: IntArray) -> bool:
        """Return whether the breaks ``taken`` in the rounds to come, shape ``(n,)``, are among these."""
        more = taken - self.certain
        return bool(((more >= 0) & (more <= self.eligible)).all())

    def are_all_of(self, outlook: Outlook, kind: PlanKind) -> bool:
        """Return whether every plan of ``kind``, which has such a one, has its breaks like this.

        If all early breaks, and as many more as may make the most, are just as many as there are, nobody can
        do without an early one. A side without breaks has none in any plan of the kind: both sides have as
        many seats, and always as many.
        """
        waiting = [side for side in (0, 1) if self.open[side] or self.certain[outlook.sides == side].any()]
        among = np.isin(outlook.sides, waiting)
        early, last = kind.early[among], kind.last[among]
        is_full = int(early.sum()) + kind.reached == kind.waits
        is_alike = (early == self.certain[among]) & (last <= self.eligible[among])
        return is_full and bool(is_alike.all())


def counted_breaks(outlook: Outlook, demand: Demand, due: Sequence[int]) -> Breaks:
    """Return breaks shared as evenly as can be: nobody has another before everybody had as many.

    Args:
        outlook: The rounds to come.
        demand: What there is to choose. Rounds for which somebody has no partners are breaks in any case.
        due: For each side, how many breaks there are to share.
    """
    forced = np.maximum(demand.degree - demand.possible.sum(axis=1), 0)
    certain = forced.copy()
    eligible = np.zeros(len(forced), dtype=np.bool_)
    extra = [0, 0]
    for side, breaks in enumerate(due):
        mine = np.flatnonzero(outlook.sides == side)
        waited, least, most = outlook.waited[mine], forced[mine], demand.degree[mine]
        total, level = int(least.sum()), 0
        while total < min(breaks, int(most.sum())):
            level += 1
            total = int(np.clip(level - waited, least, most).sum())
        if level:
            certain[mine] = np.clip(level - 1 - waited, least, most)
            eligible[mine] = np.clip(level - waited, least, most) > certain[mine]
            extra[side] = min(breaks, total) - int(certain[mine].sum())
    return Breaks(certain, eligible, (extra[0], extra[1]))


def fewest_breaks(outlook: Outlook, *, trios: bool = False) -> tuple[int, int]:
    """Return for each side the breaks that remain if every round holds as many pairs as can be.

    Args:
        outlook: The rounds to come.
        trios: Whether a third one may join a pair where the head-count is odd.
    """
    there, pairs = outlook.present.sum(axis=1), int(outlook.meetings.sum())
    if outlook.problem.sides.size:
        ones = int(there[outlook.sides == 1].sum())
        return int(there.sum()) - ones - pairs, ones - pairs
    joining = int(trio_rounds(outlook).sum()) if trios else 0
    return int(there.sum()) - 2 * pairs - joining, 0


def trio_rounds(outlook: Outlook) -> BoolArray:
    """Return which rounds to come may hold a trio, shape ``(rounds to come,)``."""
    problem = outlook.problem
    if problem.odd != "trio" or problem.sides.size:
        return np.zeros(outlook.rounds, dtype=np.bool_)
    odd: BoolArray = (outlook.present.sum(axis=0) % 2 == 1) & (outlook.meetings > 0)
    return odd


def crowded_breaks(outlook: Outlook, demand: Demand) -> Breaks:
    """Return the fewest breaks that anybody can do with, and the most even way to share them.

    Each further break of one person costs more than the one before, so that the least sum of all costs is
    the most even sharing (of integers under such constraints, the least sum of squares is also the one whose
    largest is least, whose second largest is least, and so on: Frank and Murota, 2018).
    """
    once, other = _shares(outlook, demand)
    # Costs being even, the two differ by one at most: then one break more is shared by two people.
    certain, settled = np.minimum(once, other), once == other
    eligible = ~settled
    extra = [0, 0]
    for side in (0, 1):
        mine = outlook.sides == side
        extra[side] = int(np.maximum(once - other, 0)[mine].sum())
        level = outlook.waited + np.maximum(once, other)
        most = int(level[mine & (once + other > 0)].max(initial=0))
        # Among those who have the most, and those who would with one more, value decides.
        top = mine & settled & (once > 0) & (level == most)
        extra[side] += int(top.sum())
        eligible |= mine & settled & (top | ((level == most - 1) & (demand.degree > once)))
        certain = certain - top
    return Breaks(certain, eligible, (extra[0], extra[1]), counted=False)


def _shares(outlook: Outlook, demand: Demand) -> tuple[IntArray, IntArray]:
    """Return how many breaks everybody has on either side of the double cover."""
    n = demand.people
    left, right = np.nonzero(_arcs(demand))
    network = Network(np.concatenate([demand.degree, -demand.degree, [0, 0]]))
    network.add(left, n + right, capacity=1, cost=0)
    network.add(2 * n, 2 * n + 1, capacity=int(demand.degree.sum()), cost=0)
    person = np.repeat(np.arange(n), demand.degree)
    before = np.arange(len(person)) - np.repeat(np.cumsum(demand.degree) - demand.degree, demand.degree)
    cost = BREAK + 2 * (outlook.waited[person] + before) + 1
    ways_out = network.add(person, 2 * n, capacity=1, cost=cost)
    ways_in = network.add(2 * n + 1, n + person, capacity=1, cost=cost)
    used = network.solve().used
    once, other = (np.bincount(person, used[ways], n).astype(np.int64) for ways in (ways_out, ways_in))
    return once, other


def _arcs(demand: Demand) -> BoolArray:
    """Return the pairs that enter the flow: all, or in a large room some of everybody."""
    n = demand.people
    if n <= PARTNERS:
        return demand.possible
    # At random, so that they are spread over the room: who is best is the best of many.
    order = np.random.default_rng(0).random((n, n), dtype=np.float32)
    chosen = np.argpartition(np.where(demand.possible, order, 2), PARTNERS, axis=1)[:, :PARTNERS]
    arcs = np.zeros((n, n), dtype=np.bool_)
    np.put_along_axis(arcs, chosen, values=True, axis=1)
    return np.asarray((arcs | arcs.T) & demand.possible, dtype=np.bool_)
