"""Skeletons looked at table by table, in the plainest way."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import IntArray


def faults(seats: IntArray, sizes: Sequence[int], rounds: int) -> list[str]:
    """Return what is wrong with a skeleton of these tables: a size, or two who meet twice."""
    found = [] if len(seats) == rounds else [f"{len(seats)} rounds"]
    met: Counter[tuple[int, int]] = Counter()
    for r, row in enumerate(seats.tolist()):
        tables: dict[int, list[int]] = {t: [] for t in range(len(sizes))}
        for role, table in enumerate(row):
            tables[table].append(role)
        found += [f"{r}: {len(tables[t])} at {t}" for t, size in enumerate(sizes) if len(tables[t]) != size]
        met.update(pair for roles in tables.values() for pair in combinations(roles, 2))
    return found + [f"{pair} meet {times} times" for pair, times in met.items() if times > 1]


def uneven(tables: int, size: int, smaller: int) -> list[int]:
    """Return sizes of tables of which the last ``smaller`` are smaller by one."""
    return [size] * (tables - smaller) + [size - 1] * smaller
