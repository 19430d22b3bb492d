"""How good a plan of groups is, in the order of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schedulers.balance import imbalance
from schedulers.pairs.merit import shared_breaks
from schedulers.schedule import sit_outs

if TYPE_CHECKING:
    from typing import TypeAlias

    from schedulers.problem import Problem
    from schedulers.schedule import Plan

    Merit: TypeAlias = tuple[float, ...]


def merit(problem: Problem, plan: Plan, *, enough: float | None = None) -> Merit:
    """Return how good ``plan`` is in the order of rules: the greater tuple is better.

    Args:
        problem: The evening.
        plan: A plan for it.
        enough: With fairness: of plans worth at least this, the one with the highest floor is best.
    """
    worth = worth_of(problem, plan)
    fair = plan.floor if enough is not None and worth >= enough else -1
    return (*before_value(problem, plan), fair, worth)


def before_value(problem: Problem, plan: Plan) -> Merit:
    """Return what comes before value: must-meets, people seated, repeats, and how sit-outs are shared."""
    shared = shared_breaks(problem, sit_outs(problem, plan.seats))
    return (-len(plan.unmet), int((plan.seats >= 0).sum()), -plan.repeats, *shared)


def worth_of(problem: Problem, plan: Plan) -> float:
    """Return the value of ``plan`` less what its tables lack in balance, in points."""
    return plan.value - imbalance(problem, plan.seats)
