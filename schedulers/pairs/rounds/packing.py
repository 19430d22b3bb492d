"""Exact search over chosen columns of a round, with CP-SAT on one thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from ortools.sat.python import cp_model

from schedulers.budget import WORK_OF_A_SEARCH, Limits

if TYPE_CHECKING:
    from schedulers.pairs.rounds.rows import Rows
    from schedulers.problem import IntArray


class Packing(NamedTuple):
    """The columns chosen, and whether no better choice among the given ones exists."""

    columns: IntArray
    value: int
    is_optimal: bool


def new_solver(limits: Limits) -> cp_model.CpSolver:
    """Return a solver on one thread that keeps ``limits``."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = limits.seed % 2**31
    solver.parameters.linearization_level = 2
    # Looking for symmetries among trios of equal weight has been seen to overrun the time limit by minutes.
    solver.parameters.symmetry_level = 0
    left = limits.seconds_left()
    if left is None:
        solver.parameters.max_deterministic_time = WORK_OF_A_SEARCH
    else:
        solver.parameters.max_time_in_seconds = max(left, 0.001)
    return solver


def pack(rows: Rows, weights: IntArray, keep: IntArray, limits: Limits) -> Packing | None:
    """Return the best choice among the columns ``keep``; ``None`` if there is none, or none in time."""
    if limits.are_spent():
        return None
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in keep]
    add_rows(model, rows, chosen, keep)
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, weights[keep].tolist()))
    solver = new_solver(limits)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    picked = keep[[k for k, var in enumerate(chosen) if solver.boolean_value(var)]]
    return Packing(picked, int(weights[picked].sum()), status == cp_model.OPTIMAL)


def add_rows(model: cp_model.CpModel, rows: Rows, chosen: list[cp_model.IntVar], keep: IntArray) -> None:
    """Add ``rows``, whose coefficients are all one, over the variables of the columns ``keep``."""
    matrix = rows.matrix[:, keep]
    for row, (least, most) in enumerate(zip(rows.least.tolist(), rows.most.tolist(), strict=True)):
        inside = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        picked = [chosen[column] for column in inside.tolist()]
        if (least, most) == (1.0, 1.0):
            model.add_exactly_one(picked)
        elif (least, most) == (0.0, 1.0):
            model.add_at_most_one(picked)
        else:
            total = cp_model.LinearExpr.sum(picked)
            model.add_linear_constraint(total, int(least), int(most))


def everything(width: int) -> IntArray:
    """Return all columns."""
    return np.arange(width, dtype=np.int64)
