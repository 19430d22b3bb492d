"""The linear relaxation of a round: an upper bound, and a price for every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from ortools.linear_solver.python import model_builder_helper as linear

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.pairs.rounds.rows import FloatArray, Rows


class Relaxation(NamedTuple):
    """The optimum of a relaxation: at least the value of every round; ``duals`` has one price a row."""

    value: float
    duals: FloatArray


def relax(rows: Rows, weights: FloatArray, limits: Limits) -> Relaxation | None:
    """Return the optimum of ``weights @ x`` under ``rows``; ``None`` if there is none in time."""
    left = limits.seconds_left()
    if left == 0.0:
        return None
    # The stubs of this ortools ask for a shape that numpy gives to no array.
    model: Any = linear.ModelBuilderHelper()
    width = len(weights)
    model.fill_model_from_sparse_data(
        np.zeros(width), np.full(width, np.inf), weights, rows.least, rows.most, rows.matrix
    )
    model.set_maximize(True)
    solver = linear.ModelSolverHelper("glop")
    if left is not None:
        solver.set_time_limit_in_seconds(left)
    solver.solve(model)
    if solver.status() != linear.SolveStatus.OPTIMAL:
        return None
    return Relaxation(solver.objective_value(), np.asarray(solver.dual_values(), dtype=np.float64))
