"""Rounds in which everybody meets somebody new: the circle method, and rotation for two sides.

When nearly everybody is to meet everybody, matching one round at a time can paint itself into a corner:
six people, three rounds played well, and two triangles are left in which nobody can be paired off. A
schedule that is known to use every pair once is the way out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schedulers.problem import IntArray, Problem


def circle_seats(problem: Problem, first_round: int) -> IntArray:
    """Return groups for all rounds from ``first_round`` on, shape ``(rounds, n)``; -1 for nobody.

    The numbers are no tables, only marks of who sits together, and forbidden pairs are among them.
    """
    seats = np.full((problem.rounds, problem.n), -1, dtype=np.int64)
    people = np.flatnonzero(problem.present[:, first_round:].any(axis=1))
    for r in range(first_round, problem.rounds):
        turn = r - first_round
        if problem.sides.size:
            left, right = (people[problem.sides[people] == side] for side in (0, 1))
            _rotate(seats[r], *sorted((left, right), key=len), turn=turn)
        else:
            _turn(seats[r], people, turn=turn)
    return seats


def _turn(row: IntArray, people: IntArray, *, turn: int) -> None:
    """Fold a circle of people around one who stays; an odd one waits opposite the empty place."""
    m = len(people) + len(people) % 2
    if m == 0:
        return
    ring = np.arange(m - 1)
    order = np.concatenate([[m - 1], np.roll(ring, turn)])
    for k in range(m // 2):
        one, other = order[k], order[m - 1 - k]
        if max(one, other) < len(people):
            row[people[[one, other]]] = k


def _rotate(row: IntArray, few: IntArray, many: IntArray, *, turn: int) -> None:
    """Move the longer side on by one place each round."""
    for k, person in enumerate(few.tolist()):
        row[[person, int(many[(k + turn) % len(many)])]] = k
