"""Where tables stand, as far as nobody says: in rows as in a room, so that neighbours are near."""

from __future__ import annotations

from math import hypot


def place(number: int, tables: int) -> tuple[float, float]:
    """Return where table ``number`` (1-based) of ``tables`` stands, in steps from table to table."""
    columns = max(1, round(tables**0.5))
    return float((number - 1) % columns), float((number - 1) // columns)


def distance(one: int, other: int, tables: int) -> float:
    """Return how far apart two tables stand, in the same steps."""
    (x, y), (to_x, to_y) = place(one, tables), place(other, tables)
    return hypot(x - to_x, y - to_y)
