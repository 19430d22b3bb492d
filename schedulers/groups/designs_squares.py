"""Ten tables of ten for four rounds: two Latin squares of order ten that are orthogonal.

A hundred people meet by rows of a square, by columns, by the symbols of one Latin square and by those of the
other: where both are orthogonal, any two of these four have at most one of any two tables' people in common.
Ten is the smallest number of tables that is no power of a prime and has such squares.

The squares are made of seven symbols that turn in a circle and three that stay, after R. C. Bose, S. S.
Shrikhande and E. T. Parker, "Further results on the construction of mutually orthogonal Latin squares and the
falsity of Euler's conjecture" (1960). The three columns below were found by asking for all differences of any
two rows once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schedulers.problem import IntArray

ROUNDS, SIDE = 4, 10
# Symbols that turn; three more stay. Where a person sits with one of those in some round, the column of that
# symbol tells the other rounds, the next one first.
TURNING = 7
COLUMNS = ((2, 6, 5), (3, 6, 1), (5, 6, 4))


def square_seats(tables: int, size: int) -> IntArray | None:
    """Return who sits where, shape ``(4, 100)``, or ``None`` for other tables than ten of ten."""
    if (tables, size) != (SIDE, SIDE):
        return None
    people = [[turn] * ROUNDS for turn in range(TURNING)]
    staying = range(SIDE - TURNING)
    for turn in range(TURNING):
        for symbol, column in zip(staying, COLUMNS, strict=True):
            seats = [TURNING + symbol, *((value + turn) % TURNING for value in column)]
            people += [list(np.roll(seats, r)) for r in range(ROUNDS)]
    # Those who always sit with symbols that stay: the same again, of order three.
    people += [
        [TURNING + symbol for symbol in (row, column, (row + column) % 3, (row + 2 * column) % 3)]
        for row in staying
        for column in staying
    ]
    return np.array(people, dtype=np.int64).T
