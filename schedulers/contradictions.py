"""Input that contradicts itself: no plan can follow it, so it is said before planning."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.schedule import Infeasible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import IntArray, Problem


class Crowding(NamedTuple):
    """More ``people`` are fixed at ``table`` and there in ``round`` than the table seats."""

    table: int
    round: int
    people: tuple[int, ...]


def refuse_contradictions(problem: Problem, ids: Sequence[str] | None = None) -> None:
    """Raise if ``problem`` contradicts itself; people are named by ``ids``, or by their index.

    Raises:
        Infeasible: If more people are fixed at a table than it seats in some round, or a must-meet is
            of two people who may not meet.
    """
    names = ids or [str(person) for person in range(problem.n)]
    crowding = first_crowding(problem, problem.fixed)
    if crowding:
        seats = problem.tables[crowding.table].seats
        raise Infeasible(
            f"{len(crowding.people)} people are fixed at table {crowding.table} in round {crowding.round}, "
            f"which seats {seats}: give some of them another table"
        )
    may_meet = problem.may_meet()
    for must in problem.musts:
        if not may_meet[must.first, must.second]:
            raise Infeasible(
                f"{names[must.first]} and {names[must.second]} must meet, but may not: "
                "forbidden, kept apart, of the same side or fixed at different tables"
            )


def first_crowding(problem: Problem, fixed: IntArray) -> Crowding | None:
    """Return the first table at which too many people are fixed, in its worst round.

    Args:
        problem: The evening.
        fixed: Shape ``(n,)``: the table of each person, -1 for any.
    """
    for table, seats in enumerate(table.seats for table in problem.tables):
        hosts = np.flatnonzero(fixed == table)
        there = problem.present[hosts]
        crowd = there.sum(axis=0)
        if crowd.size and crowd.max() > seats:
            r = int(np.argmax(crowd))
            return Crowding(table, r, tuple(hosts[there[:, r]].tolist()))
    return None
