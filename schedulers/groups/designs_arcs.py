"""Skeletons from maximal arcs: 7 tables of 4 for 9 rounds, 13 of 4 for 17, 15 of 8 for 17.

In the plane over the field of ``q`` elements, ``q`` a power of two, take an irreducible quadratic form and
the points where its value lies in an additive subgroup of order ``d``. Every line meets them in ``d`` points
or in none (R. H. F. Denniston, "Some maximal arcs in finite projective planes", 1969). So these points are
the people, lines are tables, and parallel lines make a round: everybody meets everybody else exactly once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.groups.ring import ring_of

if TYPE_CHECKING:
    from schedulers.groups.ring import Ring
    from schedulers.problem import IntArray


def arc_seats(tables: int, size: int) -> IntArray | None:
    """Return who sits where, shape ``(rounds, tables * size)``, or ``None`` if no arc has so many lines.

    Over a field of ``q`` elements there are ``q - q / size + 1`` tables and ``q + 1`` rounds.
    """
    if not _is_power_of_two(size):
        return None
    order, rest = divmod((tables - 1) * size, size - 1)
    if rest or order <= size or not _is_power_of_two(order):
        return None
    field = ring_of(order)
    x, y = _points(field, size)
    slopes = field.add[field.multiply[:, x], y]
    rounds = [np.unique(line, return_inverse=True)[1] for line in (*slopes, x)]
    return np.stack(rounds)


def _points(field: Ring, size: int) -> tuple[IntArray, IntArray]:
    """Return the points ``(x, y)`` at which ``x x + x y + c y y`` is below ``size``.

    In a field of characteristic 2 sums are those of digits, so that the numbers below a power of two are a
    subgroup. The form is irreducible if no ``z`` solves ``z z + z = c``.
    """
    everything = np.arange(field.order)
    squares = field.multiply[everything, everything]
    constant = int(np.setdiff1d(everything, field.add[squares, everything])[0])
    x, y = (part.ravel() for part in np.meshgrid(everything, everything, indexing="ij"))
    values = field.add[field.add[squares[x], field.multiply[x, y]], field.multiply[constant, squares[y]]]
    inside = values < size
    return x[inside], y[inside]


def _is_power_of_two(number: int) -> bool:
    return number > 1 and number & (number - 1) == 0
