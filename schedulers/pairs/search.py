"""The search for an evening of pairs: several ways to a plan, of which the best one stands."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from schedulers.budget import Budget
from schedulers.pairs.evening import Evening, play, still_possible
from schedulers.pairs.greedy import match_greedily
from schedulers.pairs.matching import match_exactly
from schedulers.pairs.musts import agenda_of
from schedulers.pairs.task import most_seated
from schedulers.schedule import MaxIterations, MaxRuntime, Plan, Stage, plan_of, sit_outs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from schedulers.pairs.task import Group, RoundTask
    from schedulers.problem import IntArray, Problem

# The share of the time that may go into deciding when must-meets happen.
AGENDA_SHARE = 0.25


class PairSearch:
    """A search that keeps the best plan so far.

    Attributes:
        held: Seats of the rounds already held.
        report: Called with each better plan, if set.
    """

    def __init__(
        self, problem: Problem, held: IntArray, stop: MaxRuntime | MaxIterations, *, seed: int
    ) -> None:
        self.held = held
        self.report: Callable[[Plan], None] | None = None
        self._problem = problem
        self._seed = seed
        self._started = time.process_time()
        self._budget = Budget(stop, seed)
        open_pairs = still_possible(problem, held)
        self._agenda = agenda_of(problem, open_pairs, len(held), self._budget.share(AGENDA_SHARE))
        self._best: Plan | None = None
        self._stages: list[Stage] = []

    @property
    def best(self) -> Plan:
        """Return the best plan so far; there is one once a way has been tried."""
        if self._best is None:
            raise RuntimeError("nothing has been tried yet")
        return replace(self._best, stages=tuple(self._stages))

    def fill(self, stage: str, rounds: int, start: IntArray) -> None:
        """Try ``rounds`` more rounds at once, keeping what is legal of ``start``."""
        self._offer(stage, play(self._evening(), rounds, match_greedily, start=start))

    def match(self, stage: str, rounds: int, start: IntArray) -> None:
        """Try ``rounds`` more rounds, each matched exactly as long as there is time."""
        if self._budget.is_spent():
            return
        left = iter(range(rounds, 0, -1))

        def match_one(task: RoundTask, given: Sequence[Group]) -> list[Group]:
            limits = self._budget.next_search(next(left))
            return match_greedily(task, given) if limits is None else match_exactly(task, limits, given)

        self._offer(stage, play(self._evening(), rounds, match_one, start=start))

    def leaves_people_out(self) -> bool:
        """Return whether somebody waits in the best plan who might not have to, or a wish is unmet."""
        evening = self._evening()
        planned = self.best.seats[len(self.held) :]
        for row in planned:
            if np.count_nonzero(row >= 0) < most_seated(evening.task()):
                return True
            evening.add([])
        return bool(self.best.unmet)

    def _evening(self) -> Evening:
        return Evening(self._problem, self.held, self._agenda)

    def _offer(self, stage: str, seats: IntArray) -> None:
        self._stages.append(Stage(stage, time.process_time() - self._started, None))
        plan = plan_of(self._problem, seats, seed=self._seed, stages=self._stages)
        if self._best is None or merit(self._problem, plan) > merit(self._problem, self._best):
            self._best = plan
            if self.report is not None:
                self.report(plan)


def merit(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """Return how good ``plan`` is in the order of rules: the greater tuple is better."""
    waits = sit_outs(problem, plan.seats)
    fairness: list[int] = []
    for side in (0, 1) if problem.sides.size else (None,):
        among = waits if side is None else waits[problem.sides == side]
        most = int(among.max(initial=0))
        fairness += [-most, -int((among == most).sum())]
    return (-len(plan.unmet), int((plan.seats >= 0).sum()), *fairness, plan.value)
