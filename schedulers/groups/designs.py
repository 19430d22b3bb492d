"""Skeletons that are stored: one round each, from which the others follow by turning a circle.

Put people around in circles, and let the few who are left stay where they are: if, in one round, no two
people of a table are as far apart as two others on the same circles, then turning all circles by one place
makes the next round, and nobody meets anybody twice. Such a round is called a *starter*. Of ``n`` people at
tables of ``k``, nobody can have more than ``(n - 1) // (k - 1)`` rounds with new people only; ``k - 1``
circles of so many people reach that. With one person who stays, the design is a 1-rotational resolvable one
(C. J. Colbourn, J. H. Dinitz, "Handbook of Combinatorial Designs", VI.51 and II.7). Two starters need twice
as many circles of half as many people.

The starters here were found by an exact cover of all people and all distances, those of 8 tables of four,
of ten and more, and of five among the rounds that stay the same when circles change places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schedulers.problem import IntArray

# (tables, size): how many places ``m`` a circle has, and the tables of one round, or of two. Person
# ``i * m + x`` is at place ``x`` of circle ``i``.
STARTERS: dict[tuple[int, int], str] = {
    (5, 3): "7: 0 2 13, 1 4 11, 3 8 14, 5 6 7, 9 10 12",
    (8, 3): "11: 0 4 18, 1 6 21, 2 12 19, 3 15 16, 5 13 22, 7 8 10, 9 14 23, 11 17 20",
    (10, 3): "14: 0 5 25, 1 17 29, 2 13 21, 3 26 28, 4 6 10, 7 19 20, 8 9 23, 11 14 18, 12 16 22, 15 24 27",
    (12, 3): (
        "17: 0 19 28, 1 11 12, 2 15 27, 3 17 24, 4 21 26, 5 8 13, 6 29 33, 7 20 31, 9 18 34, 10 30 35, "
        "14 16 32, 22 23 25"
    ),
    (13, 3): (
        "19: 0 31 35, 1 3 26, 2 18 20, 4 12 19, 5 10 29, 6 15 23, 7 8 14, 9 13 22, 11 25 33, 16 36 38, "
        "17 27 28, 21 24 34, 30 32 37"
    ),
    (14, 3): (
        "20: 0 14 37, 1 34 39, 2 22 40, 3 4 32, 5 7 18, 6 30 33, 8 13 16, 9 24 31, 10 21 35, 11 23 27, "
        "12 26 41, 15 19 25, 17 36 38, 20 28 29"
    ),
    (16, 3): (
        "23: 0 3 37, 1 22 40, 2 10 11, 4 17 29, 5 9 36, 6 12 42, 7 18 27, 8 25 31, 13 20 39, 14 38 46, "
        "15 44 47, 16 21 26, 19 34 41, 23 32 45, 24 35 43, 28 30 33"
    ),
    (6, 4): "7: 0 4 6 13, 1 11 18 21, 2 10 16 23, 3 14 15 19, 5 9 20 22, 7 8 12 17",
    (8, 4): (
        "5: 5 24 26 30, 0 11 19 31, 7 17 22 23, 8 13 27 28, 1 16 18 25, 4 12 14 20, 6 9 10 15, 2 3 21 29; "
        "0 14 16 30, 5 23 27 31, 2 15 22 24, 3 10 26 28, 1 4 7 8, 6 18 19 29, 9 11 12 21, 13 17 20 25"
    ),
    (9, 4): (
        "11: 0 8 10 24, 1 6 12 14, 2 18 25 33, 3 23 29 31, 4 13 22 35, 5 17 27 34, 7 11 21 26, "
        "9 16 19 30, 15 20 28 32"
    ),
    (10, 4): (
        "13: 0 5 28 29, 1 4 21 23, 2 3 13 18, 6 12 33 37, 7 11 19 25, 8 10 27 30, 9 22 35 39, "
        "14 17 34 36, 15 16 26 31, 20 24 32 38"
    ),
    (11, 4): (
        "14: 0 10 24 29, 1 4 35 41, 2 3 11 38, 5 7 22 23, 6 15 18 27, 8 16 32 43, 9 14 20 34, "
        "12 25 28 40, 13 19 31 42, 17 21 30 39, 26 33 36 37"
    ),
    (12, 4): (
        "15: 0 10 11 22, 1 8 14 36, 2 20 34 46, 3 24 27 43, 4 17 35 47, 5 19 32 45, 6 16 23 29, "
        "7 30 40 41, 9 12 28 33, 13 18 39 42, 15 25 26 37, 21 31 38 44"
    ),
    (14, 4): (
        "18: 0 40 50 53, 1 11 13 22, 2 5 16 18, 3 20 33 49, 4 23 30 45, 6 24 42 54, 7 21 44 51, "
        "8 32 38 55, 9 34 47 48, 10 37 41 43, 12 17 27 46, 14 15 19 39, 25 31 35 52, 26 28 29 36"
    ),
    (15, 4): (
        "19: 0 12 36 42, 1 5 7 21, 2 39 43 45, 3 13 47 48, 4 19 31 55, 6 34 52 58, 8 11 16 37, "
        "9 10 22 32, 14 25 53 59, 15 33 44 57, 17 23 38 50, 18 46 49 54, 20 24 26 40, 27 30 35 56, "
        "28 29 41 51"
    ),
    (6, 5): "6: 0 5 7 9 20, 6 11 13 15 26, 2 12 17 19 21, 8 18 23 25 27, 1 3 14 24 29, 4 10 16 22 28",
}


def stored_seats(tables: int, size: int) -> IntArray | None:
    """Return who sits where, shape ``(rounds, tables * size)``, or ``None`` if nothing is stored."""
    stored = STARTERS.get((tables, size))
    if stored is None:
        return None
    places, rounds = stored.split(": ")
    starters = [[group.split() for group in starter.split(", ")] for starter in rounds.split("; ")]
    return turned(np.array(starters, dtype=np.int64), int(places))


def turned(starters: IntArray, places: int) -> IntArray:
    """Return all rounds of some starters.

    Args:
        starters: Shape ``(starters, tables, size)``: who sits at each table in the first rounds.
        places: How many people make a circle; those who are left when all circles are full never move.

    Returns:
        Shape ``(starters * places, tables * size)``: the table of each person.
    """
    _, tables, size = starters.shape
    circle, place = np.divmod(np.arange(tables * size // places * places), places)
    rounds = []
    for starter in starters:
        first = np.empty(tables * size, dtype=np.int64)
        first[starter] = np.arange(tables)[:, None]
        for turn in range(places):
            row = first.copy()
            row[circle * places + (place + turn) % places] = first[: len(circle)]
            rounds.append(row)
    return np.stack(rounds)
