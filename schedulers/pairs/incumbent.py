"""The best plan found so far, with everything that is stated about it."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from schedulers.counting import floor_bound
from schedulers.pairs.merit import merit
from schedulers.pairs.proving import covers_kind, is_as_priced, proof_of
from schedulers.proof import price_bound
from schedulers.schedule import Plan, Stage, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from schedulers.pairs.demand import Outlook
    from schedulers.pairs.merit import Merit
    from schedulers.pairs.proving import Priced
    from schedulers.problem import IntArray


class Incumbent:
    """Keeps the best plan, in the order of rules, and tells of every better one.

    Attributes:
        priced: The prices by which bounds are proven, once there are some.
    """

    def __init__(self, outlook: Outlook, seed: int, report: Callable[[Plan], None] | None) -> None:
        self.priced: Priced | None = None
        self._outlook = outlook
        self._seed = seed
        self._report = report
        self._started = time.process_time()
        self._stages: list[Stage] = []
        self._plan: Plan | None = None
        self._described: Plan | None = None
        self._merit: Merit = ()
        self._proven: int | None = None

    @property
    def seats(self) -> IntArray:
        """Return the seats of the best plan, shape ``(rounds, n)``."""
        return self._best.seats

    @property
    def unmet(self) -> int:
        """Return how many must-meets the best plan does not keep."""
        return len(self._best.unmet)

    @property
    def _best(self) -> Plan:
        if self._plan is None:
            raise RuntimeError("nothing has been tried yet")
        return self._plan

    def plan(self) -> Plan:
        """Return the best plan with its bounds and their proof."""
        if self._described is None:
            self._described = self._with_proof(self._best)
        stated = self._described
        return replace(stated, search_bound=self._search_bound(stated), stages=tuple(self._stages))

    def gap(self) -> int:
        """Return by how much the best plan falls short of what was priced; 0 if that is not its kind."""
        if self.priced is None or not is_as_priced(self._outlook, self.seats, self.priced):
            return 0
        return max(0, self.priced.value - self._best.value)

    def is_proven_best(self) -> bool:
        """Return whether no plan that is as good in the order of rules before value is worth more."""
        if self.priced is None or not is_as_priced(self._outlook, self.seats, self.priced):
            return False
        if not (self.priced.breaks.counted or covers_kind(self._outlook, self.seats, self.priced)):
            return False
        most = self.priced.value if self._proven is None else min(self.priced.value, self._proven)
        return self._best.value >= most

    def offer(self, stage: str, seats: IntArray) -> bool:
        """Take ``seats``, shape ``(rounds, n)``, if they are better; tell whether they are."""
        plan = plan_of(self._outlook.problem, seats, seed=self._seed)
        found = merit(self._outlook.problem, plan, enough=self._enough())
        is_better = self._plan is None or found > self._merit
        if is_better:
            self._plan, self._merit, self._described = plan, found, None
        self.note(stage)
        if is_better:
            self._tell()
        return is_better

    def seat(self, seats: IntArray) -> None:
        """Let the groups of the best plan sit at other tables."""
        self._plan = replace(self._best, seats=seats)
        if self._described is not None:
            self._described = replace(self._described, seats=seats)
        self.note("seat")
        self._tell()

    def prove(self, value: int) -> None:
        """Take note that a completed search found no plan that keeps what was priced worth more than this."""
        self._proven = value
        if self._plan is not None:
            self._tell()

    def price(self, known: Priced) -> None:
        """Prove bounds by the prices of ``known`` from now on."""
        self.priced, self._described = known, None
        if self._plan is not None:
            # Fairness is judged by what is possible.
            self._merit = merit(self._outlook.problem, self._plan, enough=self._enough())
            self._tell()

    def note(self, stage: str) -> None:
        """Take note that ``stage`` has ended."""
        gap = None if self._described is None else self._described.gap
        self._stages.append(Stage(stage, time.process_time() - self._started, gap))

    def _tell(self) -> None:
        if self._report is not None:
            self._report(self.plan())

    def _enough(self) -> int | None:
        """Return the value below which fairness must not push a plan, ``None`` without fairness."""
        fairness = self._outlook.problem.fairness
        if not fairness or self.priced is None:
            return None
        return int(np.floor(self.priced.value * (1.0 - fairness)))

    def _with_proof(self, plan: Plan) -> Plan:
        plan = replace(plan, floor_bound=self._floor_bound)
        if self.priced is None:
            return plan
        proof = proof_of(self._outlook, plan.seats, self.priced)
        bound = price_bound(self._outlook.problem, plan.seats, proof)
        gap = (bound - plan.value) / bound if bound else 0.0
        return replace(plan, bound=bound, gap=gap, certificate=proof)

    @cached_property
    def _floor_bound(self) -> int:
        return floor_bound(self._outlook.problem)

    def _search_bound(self, plan: Plan) -> int | None:
        if plan.bound is None or plan.value == plan.bound:
            return plan.bound
        if self._proven is None or self.priced is None:
            return None
        if not covers_kind(self._outlook, plan.seats, self.priced):
            return None
        return min(plan.bound, self._proven)
