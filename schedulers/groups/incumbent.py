"""The best plan of groups found so far, with everything that is stated about it."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from schedulers.counting import floor_bound, repeats_bound
from schedulers.groups.bounds import prices_of
from schedulers.groups.merit import before_value, merit, worth_of
from schedulers.proof import price_bound
from schedulers.schedule import Stage, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from schedulers.groups.merit import Merit
    from schedulers.problem import IntArray, Problem
    from schedulers.schedule import Plan, Prices


class Incumbent:
    """Keeps the best plan, in the order of rules, and tells of every better one."""

    def __init__(self, problem: Problem, held: int, seed: int, report: Callable[[Plan], None] | None) -> None:
        """Prepare for plans that begin with the same ``held`` rounds."""
        self._problem = problem
        self._held = held
        self._seed = seed
        self._report = report
        self._started = time.process_time()
        self._stages: list[Stage] = []
        self._plan: Plan | None = None
        self._merit: Merit = ()
        self._prices: Prices | None = None
        self._bound: int | None = None
        self._fewest: dict[tuple[int, ...], int] = {}
        self._most: tuple[Merit, float] = ((), 0.0)

    @property
    def best(self) -> Plan:
        """Return the best plan, with figures that need no bound."""
        if self._plan is None:
            raise RuntimeError("nothing has been tried yet")
        return self._plan

    def plan(self) -> Plan:
        """Return the best plan with its bounds and their proof."""
        plan = replace(self.best, floor_bound=self._floor_bound, repeats_bound=self._fewest_repeats)
        plan = replace(plan, stages=tuple(self._stages))
        if self._bound is None:
            return plan
        gap = (self._bound - plan.value) / self._bound if self._bound else 0.0
        return replace(plan, bound=self._bound, gap=gap, certificate=self._prices)

    def offer(self, stage: str, seats: IntArray) -> bool:
        """Take ``seats``, shape ``(rounds, n)``, if they are better; tell whether they are."""
        plan = plan_of(self._problem, seats, seed=self._seed)
        self._most = max(self._most, (before_value(self._problem, plan), worth_of(self._problem, plan)))
        if self._plan is not None and self._problem.fairness:
            self._merit = merit(self._problem, self._plan, enough=self._enough())
        found = merit(self._problem, plan, enough=self._enough())
        is_better = self._plan is None or found > self._merit
        if is_better:
            self._plan, self._merit = plan, found
        self.note(stage)
        if is_better:
            self._tell()
        return is_better

    def seat(self, seats: IntArray) -> None:
        """Let the groups of the best plan sit at other tables."""
        self._plan = replace(self.best, seats=seats)
        self.note("seat")
        self._tell()

    def prove(self) -> None:
        """Prove what no plan can be worth more than."""
        self._prices = prices_of(self._problem, self.best.seats, self._held)
        self._bound = price_bound(self._problem, self.best.seats, self._prices)
        self.note("price")
        self._tell()

    def is_proven_best(self) -> bool:
        """Return whether nothing in the order of rules can get better, as far as counting tells."""
        best = self.best
        return (
            best.value == self._bound
            and not best.unmet
            and best.repeats == self._fewest_repeats
            and not self._problem.fairness
            and not self._problem.balance
            and bool((best.seats[self._held :] >= 0).all())
        )

    def note(self, stage: str) -> None:
        """Take note that ``stage`` has ended; of one that goes on from gain to gain the last stands."""
        gap = None
        if self._bound and self._plan is not None:
            gap = (self._bound - self._plan.value) / self._bound
        if self._stages and self._stages[-1].name == stage:
            self._stages.pop()
        self._stages.append(Stage(stage, time.process_time() - self._started, gap))

    def _tell(self) -> None:
        if self._report is not None:
            self._report(self.plan())

    def _enough(self) -> float | None:
        """Return the worth below which fairness must not push a plan, ``None`` without fairness.

        What could be is not known, so the best worth found stands for it.
        """
        fairness = self._problem.fairness
        return self._most[1] * (1.0 - fairness) if fairness and self._most[0] else None

    @property
    def _fewest_repeats(self) -> int:
        seated = tuple((self.best.seats >= 0).sum(axis=1).tolist())
        if seated not in self._fewest:
            self._fewest[seated] = repeats_bound(self._problem, seated)
        return self._fewest[seated]

    @cached_property
    def _floor_bound(self) -> int:
        return floor_bound(self._problem)
