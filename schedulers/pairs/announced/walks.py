"""Whether more people can be seated: alternating walks through the pairs of a round.

Two who have no seat get one if there is a path between them on which every second step is a meeting of the
round: each meeting on it is given up, each other step becomes one (Berge). A walk may pass a person twice,
which a path may not; so where there is no walk, there is no path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.rounds.task import PAIR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.pairs.announced.standing import Placed, Standing
    from schedulers.problem import IntArray


def most_can_be_seated(standing: Standing, placed: Sequence[Placed]) -> bool:
    """Return whether it is certain that no round seats more people than ``placed``."""
    unseated = standing.unseated(placed)
    problem = standing.problem
    is_full = len(placed) == len(problem.tables)
    if standing.may_trio:
        # A trio may join several pairs on its way, so only counting is certain.
        has_trio = any(len(group) > PAIR for group, _ in placed)
        return len(unseated) == 0 or (is_full and has_trio)
    return len(unseated) < PAIR or is_full or alternating_walk(standing, placed) is None


def alternating_walk(standing: Standing, placed: Sequence[Placed]) -> list[int] | None:
    """Return the people on an alternating walk between two without a seat; ``None`` if there is none.

    The first and the last have no seat; the others are partners, two by two.
    """
    mate = np.full(standing.problem.n, -1, dtype=np.int64)
    for group, _ in placed:
        if len(group) == PAIR:
            mate[list(group)] = group[::-1]
    unseated = standing.unseated(placed)
    if _walk(standing, mate, unseated, unseated) is None:
        return None
    walks = (_walk(standing, mate, np.array([root]), unseated[unseated != root]) for root in unseated)
    return next((walk for walk in walks if walk), None)


def _walk(standing: Standing, mate: IntArray, roots: IntArray, goals: IntArray) -> list[int] | None:
    """Return a shortest alternating walk from one of ``roots`` to one of ``goals``, maybe the same."""
    came_from: dict[int, int] = {}
    layer = roots
    reached = np.zeros(len(mate), dtype=np.bool_)
    reached[roots] = True
    while len(layer):
        ends = np.argwhere(standing.possible[np.ix_(layer, goals)])
        if len(ends):
            return _back(came_from, mate, int(layer[ends[0, 0]]), int(goals[ends[0, 1]]))
        steps = standing.possible[layer]
        partners = np.flatnonzero(steps.any(axis=0) & (mate >= 0))
        partners = partners[~reached[mate[partners]]]
        origins = layer[steps[:, partners].argmax(axis=0)]
        layer = mate[partners]
        came_from.update(zip(layer.tolist(), origins.tolist(), strict=True))
        reached[layer] = True
    return None


def _back(came_from: dict[int, int], mate: IntArray, last: int, goal: int) -> list[int]:
    walk = [goal, last]
    while last in came_from:
        before = came_from[last]
        walk += [int(mate[last]), before]
        last = before
    return walk[::-1]
