"""Where rounds are many for so few people: seats from a design without repeats, if there is one.

A design says which roles share a table in which round; who plays which role is decided afterwards. Roles
that nobody plays are empty chairs.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from schedulers.schedule import meeting_counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from schedulers.budget import Budget
    from schedulers.groups.sizes import Sizes
    from schedulers.problem import IntArray, Problem

SKELETON, RELABEL = "schedulers.groups.skeleton", "schedulers.groups.relabel"


def drafted_seats(
    problem: Problem,
    held: IntArray,
    sizes: Mapping[int, Sizes],
    *,
    budget: Budget,
    random: np.random.Generator,
) -> IntArray | None:
    """Return seats of the rounds in ``sizes`` from a design, shape ``(rounds, n)``; ``None`` without one.

    Args:
        problem: The evening.
        held: Seats of the rounds before, shape ``(held rounds, n)``.
        sizes: The tables of each round after them; the design is one for the round with most chairs.
        budget: How long to look for a design and for who plays which role.
        random: Where chance comes from.
    """
    if not any(each.seated for each in sizes.values()):
        return None
    if find_spec(SKELETON) is None or find_spec(RELABEL) is None:
        return None
    largest = max(sizes.values(), key=lambda each: int(each.high.sum()))
    chairs = sorted(largest.high.tolist(), reverse=True)
    found = import_module(SKELETON).skeleton(chairs, len(sizes), budget=budget, random=random)
    if found is None:
        return None
    seats: IntArray = import_module(RELABEL).relabel(
        problem, found, first=len(held), former=meeting_counts(held) > 0, budget=budget, random=random
    )
    return seats
