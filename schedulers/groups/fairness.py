"""More weight for whoever gains least, so that the next look at the rounds favours them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.schedule import meeting_counts

if TYPE_CHECKING:
    from schedulers.problem import IntArray, Problem


def lifted_weights(problem: Problem, seats: IntArray, boost: float) -> IntArray:
    """Return weights of which those of people with little are higher.

    Args:
        problem: The evening.
        seats: Shape ``(rounds, n)``: the plan by which people have little or much.
        boost: By which share the weights of whoever gains least rise; those of people who gain as much as
            half of all do or more stay as they are, between the two it falls evenly.

    Returns:
        Symmetric, shape ``(n, n)``.
    """
    totals = np.where(meeting_counts(seats) > 0, problem.weights, 0).sum(axis=1)
    there = problem.present.any(axis=1)
    least, middle = totals[there].min(initial=0), np.median(totals[there]) if there.any() else 0
    need = np.where(there, np.clip((middle - totals) / max(1, middle - least), 0, 1), 0)
    lifted = problem.weights * (1 + boost * (need[:, None] + need[None, :]))
    return np.rint(lifted).astype(np.int64)
