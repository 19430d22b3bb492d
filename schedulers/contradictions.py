"""Input that contradicts itself: no plan can follow it, so it is said before planning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.schedule import Infeasible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import Problem


def refuse_contradictions(problem: Problem, ids: Sequence[str] | None = None) -> None:
    """Raise if ``problem`` contradicts itself; people are named by ``ids``, or by their index.

    Raises:
        Infeasible: If more people are fixed at a table than it seats in some round, or a must-meet is
            of two people who may not meet.
    """
    names = ids or [str(person) for person in range(problem.n)]
    for table, seats in enumerate(table.seats for table in problem.tables):
        crowd = problem.present[problem.fixed == table].sum(axis=0)
        if crowd.size and crowd.max() > seats:
            r = int(np.argmax(crowd))
            raise Infeasible(
                f"{crowd[r]} people are fixed at table {table} in round {r}, which seats {seats}: "
                "give some of them another table"
            )
    may_meet = problem.may_meet()
    for must in problem.musts:
        if not may_meet[must.first, must.second]:
            raise Infeasible(
                f"{names[must.first]} and {names[must.second]} must meet, but may not: "
                "forbidden, kept apart, of the same side or fixed at different tables"
            )
