"""How long explaining may take, and solvers that keep to it."""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from schedulers.schedule import MaxIterations, MaxRuntime

# CP-SAT's own deterministic seconds for one question, where questions are counted and no clock decides.
WORK_OF_A_QUESTION = 2.0


class TimeIsUp(Exception):  # noqa: N818 -- not an error: what is known by then is the answer
    """The time for explaining ended before a question was answered."""


class Clock:
    """The time or the number of questions that are left for CP-SAT."""

    def __init__(self, stop: MaxRuntime | MaxIterations) -> None:
        self._questions_left: float = float("inf")
        self._deadline: float | None = None
        if isinstance(stop, MaxIterations):
            self._questions_left = stop.iterations
        else:
            self._deadline = time.perf_counter() + stop.seconds

    def share(self, part: float) -> Clock:
        """Return a clock with ``part`` of the time left; questions, where those count, are shared."""
        if self._deadline is None:
            return self
        return Clock(MaxRuntime(part * max(0.0, self._deadline - time.perf_counter())))

    def solve(self, model: cp_model.CpModel) -> cp_model.CpSolver | None:
        """Return a solver with a best solution of ``model``, ``None`` if there is no solution at all.

        Raises:
            TimeIsUp: If that could not be found out in time.
        """
        # Where tables are few, only the linear relaxation shows that no more wishes can hold.
        solver, status = self._solve(model, linearization=2)
        if status == cp_model.INFEASIBLE:
            return None
        if status != cp_model.OPTIMAL:
            raise TimeIsUp
        return solver

    def core(self, model: cp_model.CpModel) -> list[int] | None:
        """Return assumptions of ``model`` that cannot hold together; ``None`` if all can.

        Raises:
            TimeIsUp: If that could not be found out in time.
        """
        solver, status = self._solve(model, linearization=1)
        if status == cp_model.INFEASIBLE:
            return list(solver.sufficient_assumptions_for_infeasibility())
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise TimeIsUp
        return None

    def _solve(
        self, model: cp_model.CpModel, *, linearization: int
    ) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        solver.parameters.linearization_level = linearization
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        # Looking for symmetries has been seen to overrun the time limit.
        solver.parameters.symmetry_level = 0
        self._limit(solver)
        return solver, solver.solve(model)

    def _limit(self, solver: cp_model.CpSolver) -> None:
        if self._deadline is None:
            if self._questions_left < 1:
                raise TimeIsUp
            self._questions_left -= 1
            solver.parameters.max_deterministic_time = WORK_OF_A_QUESTION
            return
        left = self._deadline - time.perf_counter()
        if left <= 0:
            raise TimeIsUp
        solver.parameters.max_time_in_seconds = left
