"""Last stage: a table for every pair, with little walking; and a trio for whoever would be left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.rounds.evening import groups_in

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.pairs.calendar import Calendar
    from schedulers.pairs.demand import Outlook
    from schedulers.pairs.rounds.task import Group
    from schedulers.problem import BoolArray, IntArray
    from schedulers.seating import Seating


def seats_of(outlook: Outlook, calendar: Calendar, seating: Seating) -> IntArray:
    """Return all seats, shape ``(rounds, n)``, held rounds first; people keep tables as it comes."""
    rows = list(outlook.held)
    for groups in _groups(outlook, calendar):
        rows.append(seating.stay(groups, rows[-1] if rows else _nowhere(outlook)))
    return np.array(rows, dtype=np.int64).reshape(len(rows), outlook.problem.n)


def reseated(outlook: Outlook, seats: IntArray, seating: Seating, limits: Limits) -> IntArray:
    """Return ``seats`` with the same groups at the tables that cost them the least walking.

    Out of time, the rounds left keep their tables.
    """
    rows = seats.copy()
    for r in range(len(outlook.held), len(rows)):
        if limits.are_spent():
            break
        rows[r] = seating.seat(groups_in(rows[r]), rows[r - 1] if r else _nowhere(outlook))
    return rows


def _nowhere(outlook: Outlook) -> IntArray:
    return np.full(outlook.problem.n, -1, dtype=np.int64)


def _groups(outlook: Outlook, calendar: Calendar) -> list[list[Group]]:
    """Return who sits together in each round to come."""
    partners = calendar.partners()
    rounds: list[list[Group]] = []
    for row in partners:
        first = np.flatnonzero(row > np.arange(len(row)))
        rounds.append(list(zip(first.tolist(), row[first].tolist(), strict=True)))
    if outlook.problem.odd == "trio" and not outlook.problem.sides.size:
        _add_trios(outlook, partners, rounds)
    return rounds


def _add_trios(outlook: Outlook, partners: IntArray, rounds: list[list[Group]]) -> None:
    """Let one who is free join the best pair of each round with an odd head-count."""
    unused = outlook.possible.copy()
    for row in partners:
        people = np.flatnonzero(row >= 0)
        unused[people, row[people]] = False
    waited = outlook.waited.copy()
    for r, groups in enumerate(rounds):
        there = outlook.present[:, r]
        free = there & (partners[r] < 0)
        if there.sum() % 2 and groups and free.any():
            # Whoever waited longest comes first.
            longest = np.flatnonzero(free & (waited == waited[free].max()))
            joined = _join(outlook, groups, longest, unused)
            free[joined] = False
        waited += free


def _join(outlook: Outlook, groups: list[Group], free: IntArray, unused: BoolArray) -> list[int]:
    """Let the one of ``free`` join a pair who gains most there; return who did."""
    pairs = np.array(groups, dtype=np.int64)
    weights = outlook.problem.weights
    legal = unused[free[:, None], pairs[:, 0]] & unused[free[:, None], pairs[:, 1]]
    if not legal.any():
        return []
    worth = weights[free[:, None], pairs[:, 0]] + weights[free[:, None], pairs[:, 1]]
    who, k = np.unravel_index(int(np.argmax(np.where(legal, worth, -1))), worth.shape)
    person = int(free[who])
    for other in groups[k]:
        unused[person, other] = unused[other, person] = False
    groups[k] = (*groups[k], person)
    return [person]
