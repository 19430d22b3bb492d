"""How good a plan is, in the order of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from schedulers.schedule import sit_outs

if TYPE_CHECKING:
    from schedulers.problem import IntArray, Problem
    from schedulers.schedule import Plan

Merit: TypeAlias = tuple[int, ...]


def merit(problem: Problem, plan: Plan, *, enough: int | None = None) -> Merit:
    """Return how good ``plan`` is in the order of rules: the greater tuple is better.

    Args:
        problem: The evening.
        plan: A plan for it.
        enough: With fairness: of plans worth at least this, the one with the highest floor is best.
    """
    shared = shared_breaks(problem, sit_outs(problem, plan.seats))
    fair = plan.floor if enough is not None and plan.value >= enough else -1
    return (-len(plan.unmet), int((plan.seats >= 0).sum()), *shared, fair, plan.value)


def shared_breaks(problem: Problem, waits: IntArray) -> Merit:
    """Return how evenly the sit-outs ``waits``, shape ``(n,)``, are shared: the greater tuple is better.

    From whoever sits out most downwards, each side for itself: so nobody waits twice before all did once.
    """
    sides = (0, 1) if problem.sides.size else (None,)
    among = [waits if side is None else waits[problem.sides == side] for side in sides]
    return tuple((-np.concatenate([-np.sort(-counts) for counts in among])).tolist())
