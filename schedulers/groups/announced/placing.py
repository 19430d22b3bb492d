"""People put at tables one move at a time, everybody else left where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from schedulers.groups.gains import company
from schedulers.groups.legal import company_for

if TYPE_CHECKING:
    from schedulers.groups.announced.standing import Pair, Standing
    from schedulers.problem import BoolArray, IntArray

# Below any sum of gains at a table, and what a person more at a table counts where gains are alike.
NEVER, CROWDED = -1e12, 1e-3


class Placing:
    """The seats of a round while they are being mended.

    Attributes:
        row: Shape ``(n,)``: the seats, -1 for whoever has none.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._problem = standing.problem
        self._barred = ~standing.problem.allowed
        self._seats = np.array([table.seats for table in standing.problem.tables], dtype=np.int64)
        self._least = np.array([table.least for table in standing.problem.tables], dtype=np.int64)
        self.row: IntArray = standing.kept.copy()

    def run(self) -> IntArray:
        """Return the mended seats."""
        for host in self._waiting()[self._problem.fixed[self._waiting()] >= 0].tolist():
            self._make_room(host, int(self._problem.fixed[host]))
        for pair in sorted(self._standing.due):
            self._bring_together(pair)
        self._seat_waiting()
        self._fill_short_tables()
        self._open_tables()
        for person in self._waiting().tolist():
            self._seat_by_exchange(person)
        return self.row

    def _waiting(self) -> IntArray:
        return np.flatnonzero(self._problem.present[:, self._standing.round] & (self.row < 0))

    def _sizes(self) -> IntArray:
        return np.bincount(self.row[self.row >= 0], minlength=len(self._seats))

    def _is_guest(self) -> BoolArray:
        """Return who may be moved: no host, nobody with a must-meet that cannot wait."""
        bound = [person for pair in self._standing.due for person in pair]
        guests = (self._problem.fixed < 0) & (self.row >= 0)
        guests[bound] = False
        return guests

    def _worth(self, people: IntArray) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """Return what each of ``people`` would gain at each table, :data:`NEVER` where they may not sit.

        Shape ``(people, tables)``. Chairs are not looked at.
        """
        at = np.zeros((self._problem.n, len(self._seats)), dtype=np.float64)
        seated = np.flatnonzero(self.row >= 0)
        at[seated, self.row[seated]] = 1.0
        worth = self._standing.gains[people].astype(np.float64) @ at - CROWDED * self._sizes()
        worth[self._barred[people] @ at > 0] = NEVER
        own = self._problem.fixed[people]
        elsewhere = (own[:, None] >= 0) & (own[:, None] != np.arange(len(self._seats)))
        worth[elsewhere] = NEVER
        return worth

    def _make_room(self, person: int, table: int) -> bool:
        """Seat ``person`` at ``table``, if need be instead of guests; tell whether that could be."""
        people = np.flatnonzero(self.row == table)
        in_the_way = people[self._barred[person, people]]
        guests = self._is_guest()
        if not guests[in_the_way].all():
            return False
        self.row[in_the_way] = -1
        left = np.flatnonzero((self.row == table) & guests)
        if (self.row == table).sum() >= self._seats[table]:
            if not len(left):
                return False
            self.row[left[self._standing.gains[np.ix_(left, people)].sum(axis=1).argmin()]] = -1
        self.row[person] = table
        return True

    def _bring_together(self, pair: Pair) -> None:
        """Seat the two of a must-meet at one table, that of one of them if it can be."""
        if self.row[pair[0]] == self.row[pair[1]] >= 0:
            return
        before = self.row.copy()
        found = []
        for mover, other in (pair, pair[::-1]):
            table = int(self.row[other])
            if table >= 0 and self._problem.fixed[mover] in (-1, table):
                self.row[mover] = -1
                if self._make_room(mover, table):
                    found.append((int((self.row != before).sum()), self.row))
                self.row = before.copy()
        if found:
            self.row = min(found, key=lambda each: each[0])[1]

    def _seat_waiting(self) -> None:
        """Seat those who wait on free chairs of tables in use, one at each table at a time."""
        while True:
            waiting, sizes = self._waiting(), self._sizes()
            tables = np.flatnonzero((sizes > 0) & (sizes < self._seats))
            worth = self._worth(waiting)[:, tables]
            if not worth.size or worth.max() <= NEVER:
                return
            # A table with too few comes first; whoever can sit nowhere is left out.
            short = sizes[tables] < self._least[tables]
            cost = np.where(worth > NEVER, worth + abs(worth[worth > NEVER]).max() * 2 * short, NEVER)
            people, places = linear_sum_assignment(cost, maximize=True)
            fits = worth[people, places] > NEVER
            self.row[waiting[people[fits]]] = tables[places[fits]]

    def _fill_short_tables(self) -> None:
        """Bring people to tables left with too few, or give such a table up, whatever moves fewer."""
        sizes = self._sizes()
        for table in np.flatnonzero((sizes > 0) & (sizes < self._least)).tolist():
            before = self.row.copy()
            size = int(sizes[table])
            lacking = int(self._least[table]) - size
            pulled = all(self._pull(table) for _ in range(lacking))
            filled, self.row = self.row, before.copy()
            self.row[self.row == table] = -1
            self._seat_waiting()
            is_seated = len(self._waiting()) <= int((before[self._waiting()] < 0).sum())
            if pulled and (lacking < size or not is_seated):
                self.row = filled

    def _pull(self, table: int) -> bool:
        """Bring a guest of a table that can spare one to ``table``; tell whether there is one."""
        sizes = self._sizes()
        spared = self._is_guest() & (self.row != table)
        spared[spared] = (sizes > self._least)[self.row[spared]]
        hosts = np.flatnonzero(self.row == table)
        spared &= ~self._barred[hosts].any(axis=0)
        people = np.flatnonzero(spared)
        if not len(people):
            return False
        first, second = company(self.row)
        lost = np.bincount(first, self._standing.gains[first, second], minlength=self._problem.n)
        gained = self._standing.gains[np.ix_(people, hosts)].sum(axis=1)
        self.row[people[int((gained - lost[people]).argmax())]] = table
        return True

    def _open_tables(self) -> None:
        """Open tables for people who wait, with guests of other tables where they are too few."""
        for table in np.flatnonzero(self._sizes() == 0).tolist():
            waiting = self._waiting().tolist()
            if not waiting:
                return
            before = self.row.copy()
            group = company_for(self._problem, table, waiting, least=1)
            self.row[list(group)] = table
            lacking = int(self._least[table]) - len(group)
            if not group or not all(self._pull(table) for _ in range(lacking)):
                self.row = before

    def _seat_by_exchange(self, person: int) -> None:
        """Seat ``person`` where one guest has to go, who can sit elsewhere."""
        sizes, guests = self._sizes(), self._is_guest()
        own = int(self._problem.fixed[person])
        for table in np.flatnonzero(sizes > 0).tolist() if own < 0 else [own]:
            people = np.flatnonzero(self.row == table)
            in_the_way = people[self._barred[person, people]]
            leavers = in_the_way if len(in_the_way) else people[guests[people]]
            if len(in_the_way) > 1 or (sizes[table] < self._seats[table] and not len(in_the_way)):
                continue
            leavers = leavers[guests[leavers]]
            worth = self._worth(leavers)
            worth[:, (sizes == 0) | (sizes >= self._seats)] = NEVER
            worth[:, table] = NEVER
            if worth.size and worth.max() > NEVER:
                leaver, other = np.unravel_index(int(worth.argmax()), worth.shape)
                self.row[leavers[leaver]] = other
                self.row[person] = table
                return
