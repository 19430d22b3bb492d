"""The chairs of one round: who sits on which, who waits, and which chairs people can be asked to leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schedulers.groups.sizes import Sizes
    from schedulers.problem import IntArray, Problem


@dataclass(frozen=True, eq=False, slots=True)
class Chairs:
    """A round as chairs; the number of people stands for nobody, on an empty chair or none at all.

    Attributes:
        sizes: The tables.
        seated: Shape ``(used tables, most chairs)``: whoever sits there. Hosts sit on the last chairs of
            their table, so that the first ``movable`` ones are those of others.
        movable: Shape ``(used tables,)``: how many chairs are not a host's.
        bench: Shape ``(places,)``: who sits out; a few places stay free, for whoever finds no company.
    """

    sizes: Sizes
    seated: IntArray
    movable: IntArray
    bench: IntArray

    def row(self, n: int) -> IntArray:
        """Return the seats of the round, shape ``(n,)``, -1 for whoever has none."""
        row = np.full(n + 1, -1, dtype=np.int64)
        row[self.seated] = self.sizes.tables[:, None]
        return row[:n]

    def are_as(self, other: Chairs) -> bool:
        """Return whether the same people sit on the chairs ``other``."""
        return (
            self.sizes is other.sizes
            and np.array_equal(self.seated, other.seated)
            and np.array_equal(self.bench, other.bench)
        )

    def copy(self) -> Chairs:
        """Return chairs of the same round on which people can move by themselves."""
        return Chairs(self.sizes, self.seated.copy(), self.movable, self.bench.copy())


def chairs_of(
    problem: Problem, r: int, sizes: Sizes, *, random: np.random.Generator, start: IntArray | None = None
) -> Chairs:
    """Return the chairs of round ``r``: people fixed at a table on theirs, everybody else on any.

    Args:
        problem: The evening.
        r: The round.
        sizes: How many sit at which table.
        random: Where chance comes from.
        start: Shape ``(n,)``: seats to keep where that is possible.
    """
    n = problem.n
    is_guest = problem.present[:, r].copy()
    is_guest[[host for people in sizes.hosts for host in people]] = False
    hosts = np.array([len(people) for people in sizes.hosts], dtype=np.int64)
    movable = sizes.high - hosts
    seated = np.full((len(hosts), int(sizes.high.max(initial=0))), n, dtype=np.int64)
    for t in np.flatnonzero(hosts).tolist():
        seated[t, movable[t] : sizes.high[t]] = sizes.hosts[t]
    guests = random.permutation(np.flatnonzero(is_guest))
    # Whoever may sit elsewhere takes the chairs that are left; others wait.
    guests = guests[np.argsort(problem.fixed[guests] >= 0, kind="stable")]
    guests, chairs = _kept(seated, sizes, movable, guests, problem.fixed if start is None else start)
    placed = min(len(guests), sizes.seated - int((seated < n).sum()))
    # Empty chairs are the last ones of the tables that have a chair to spare.
    order = np.lexsort((random.random(len(chairs)), _is_spare(seated, sizes, chairs, n)))
    chairs = chairs[order[:placed]]
    seated[chairs[:, 0], chairs[:, 1]] = guests[:placed]
    waiting = np.append(guests[placed:], np.full(1 + len(guests) // 200, n))
    return Chairs(sizes, seated, movable, waiting)


def _is_spare(seated: IntArray, sizes: Sizes, chairs: IntArray, n: int) -> IntArray:
    """Return for each of ``chairs`` by how much its table is above ``low`` once it is taken, at least 0."""
    tables = chairs[:, 0]
    taken = (seated < n).sum(axis=1)[tables]
    starts = np.searchsorted(tables, tables, side="left")
    rank = np.arange(len(tables)) - starts
    above: IntArray = np.maximum(0, taken + rank + 1 - sizes.low[tables])
    return above


def _kept(
    seated: IntArray, sizes: Sizes, movable: IntArray, guests: IntArray, start: IntArray
) -> tuple[IntArray, IntArray]:
    """Seat ``guests`` where they sit in ``start``, as far as there are chairs; return who and what is left.

    The chairs left are in ascending order.
    """
    room = dict(zip(sizes.tables.tolist(), movable.tolist(), strict=True))
    place = {table: t for t, table in enumerate(sizes.tables.tolist())}
    filled = dict.fromkeys(place, 0)
    left = []
    for person in guests.tolist():
        table = int(start[person])
        if room.get(table, 0) > filled.get(table, 0):
            seated[place[table], filled[table]] = person
            filled[table] += 1
        else:
            left.append(person)
    free = [(place[table], c) for table in sorted(place) for c in range(filled[table], room[table])]
    return np.array(left, dtype=np.int64), np.array(free, dtype=np.int64).reshape(-1, 2)
