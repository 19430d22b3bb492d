"""The repair of announced rounds of groups, one after the other.

Everybody stays whose seat is still legal; whoever is left over takes a free chair, tables left with too few
are filled or given up. In a small room an integer model then looks for something better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.groups.announced.placing import Placing
from schedulers.groups.announced.reasons import changes
from schedulers.groups.announced.standing import Standing
from schedulers.groups.existence import RoundModel
from schedulers.groups.legal import legal_row

if TYPE_CHECKING:
    from schedulers.budget import Budget, Limits
    from schedulers.disturbance import Move
    from schedulers.problem import IntArray, Problem

# The largest room, in people times tables, in which all is looked at anew.
MOST_SEATS = 400


class GroupMending:
    """Announced rounds being repaired.

    Attributes:
        moves: Who moves, so far.
        regrouped: Who keeps a table with others, so far.
    """

    def __init__(self, problem: Problem, held: IntArray, announced: IntArray) -> None:
        self._problem = problem
        self._rows = list(held)
        self._announced = announced
        self.moves: list[Move] = []
        self.regrouped: list[Move] = []

    def run(self, budget: Budget) -> IntArray:
        """Return the held rounds and the repaired ones, shape ``(rounds, n)``."""
        for left, before in zip(range(len(self._announced), 0, -1), self._announced, strict=True):
            limits = budget.next_search(left)
            standing = Standing(self._problem, self._seats(), before)
            row = mended(standing, limits)
            moves, regrouped = changes(standing, row)
            self.moves += moves
            self.regrouped += regrouped
            self._rows.append(row)
        return self._seats()

    def _seats(self) -> IntArray:
        return np.array(self._rows, dtype=np.int64).reshape(len(self._rows), self._problem.n)


def mended(standing: Standing, limits: Limits | None) -> IntArray:
    """Return the seats of a round with the least disturbance found, shape ``(n,)``."""
    problem, r = standing.problem, standing.round
    row = legal_row(problem, r, Placing(standing).run())
    there = int(problem.present[:, r].sum())
    if limits is None or there * len(problem.tables) > MOST_SEATS:
        return row
    found = _exact(standing, row, limits)
    return row if found is None else max(row, found, key=standing.merit)


def _exact(standing: Standing, row: IntArray, limits: Limits) -> IntArray | None:
    """Return the best seats by must-meets, people seated, moves, repeats and sit-outs, found in time."""
    problem = standing.problem
    model = RoundModel(problem, standing.round, ~problem.allowed, alike=False)
    # Each cost outweighs all that can be paid for what comes after it.
    waits = {person: 2 * count + 1 for person, count in enumerate(standing.waited.tolist())}
    repeat = max(waits.values(), default=0) * problem.n + 1
    move = repeat * (len(standing.repeats) + 1)
    seat = move * (problem.n + 1)
    must = seat * (problem.n + 1)
    model.pay_for_moving(standing.before, move)
    model.pay_for_waiting({person: seat + cost for person, cost in waits.items()})
    model.pay_for_meeting(dict.fromkeys(standing.repeats, repeat))
    model.pay_for_meeting(dict.fromkeys(standing.promised, -must))
    model.pay_for_meeting(dict.fromkeys(standing.due, -must * (len(standing.promised) + 1)))
    return model.solve(limits, hint=row).row
