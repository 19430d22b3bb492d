"""Social golfer cells: tables of one size, nobody meets anybody twice. What is promised, and what it takes.

The peer, good-enough-golfers, runs in a browser and cannot be installed beside this package: its seconds are
those that were stated when the bars were set, and are printed as such. Where a copy of it is at hand,
:mod:`benchmarks.group_peers` measures it.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.instances import evening
from benchmarks.pair_bars import Bar
from benchmarks.pair_runs import FalsePlanError
from schedulers.budget import Budget
from schedulers.certificate import certify
from schedulers.counting import counting_bound
from schedulers.groups.relabel import relabel
from schedulers.groups.ring import ring_of
from schedulers.groups.skeleton import skeleton
from schedulers.problem import Problem, Table
from schedulers.schedule import MaxRuntime, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.problem import IntArray

NEVER = math.inf
# Far more than any cell takes, by the clock.
SEARCH_SECONDS = 60.0
RELABEL_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """So many tables of so many people for so many rounds, and how many CPU seconds that may take."""

    tables: int
    size: int
    rounds: int
    limit: float
    peer: str = ""

    @property
    def name(self) -> str:
        """Return the cell as golfers write it: groups, size, weeks."""
        return f"{self.tables}-{self.size}-{self.rounds}"

    def problem(self) -> Problem:
        """Return the cell as an evening in which all people fit alike."""
        n = self.tables * self.size
        return Problem(np.zeros((n, n), dtype=np.int64), [Table(self.size)] * self.tables, self.rounds)


CELLS = (
    *(Cell(*cell, 0.05) for cell in ((5, 5, 6), (6, 6, 3), (7, 7, 8), (8, 4, 9), (8, 8, 9), (9, 9, 10))),
    Cell(16, 4, 21, 0.05),
    Cell(8, 4, 7, 0.02, peer=".23 to 9.7 s"),
    Cell(10, 4, 9, 0.2, peer="21.6 s"),
    Cell(12, 8, 5, 0.4, peer="four repeats left after 40 s"),
    *(
        Cell(*cell, 0.05)
        for cell in ((6, 4, 7), (6, 5, 6), (7, 4, 9), (8, 4, 10), (10, 4, 13), (15, 8, 17), (10, 10, 4))
    ),
    # Among these are cells that no construction here reaches: they are searched.
    *(Cell(*cell, 10.0) for cell in ((10, 8, 8), (14, 7, 9), (18, 6, 7), (20, 7, 7))),
)


def golfer_bars(seeds: Sequence[int]) -> Iterator[Bar]:
    """Measure and return the bars of all cells, then that of who plays which role.

    Raises:
        FalsePlanError: If a skeleton is not what it is said to be.
    """
    for cell in CELLS:
        yield Bar(
            f"golfer_{cell.name}_cpu_seconds", median(_seconds(cell, seed) for seed in seeds), cell.limit
        )
    shares = [_share_of_bound(seed) for seed in seeds]
    yield Bar("relabel_45-5-8_percent_of_bound", min(shares), 93.5, is_least=True)


def peer_lines() -> Iterator[str]:
    """Return what was stated of the peer."""
    for cell in CELLS:
        if cell.peer:
            yield f"good-enough-golfers on {cell.name}: {cell.peer} (stated, not measured here)"


def _seconds(cell: Cell, seed: int) -> float:
    """Return the CPU seconds until there is a skeleton without repeats; forever if there is none."""
    random, sizes = np.random.default_rng(seed), [cell.size] * cell.tables
    ring_of.cache_clear()
    began = time.process_time()
    found = skeleton(sizes, cell.rounds, budget=Budget(MaxRuntime(SEARCH_SECONDS), seed), random=random)
    took = time.process_time() - began
    if found is None or plan_of(cell.problem(), found.seats).repeats:
        return NEVER
    _refuse_false(cell.problem(), found.seats, cell.name)
    return took


def _share_of_bound(seed: int) -> float:
    """Return the value of 45 people at nine tables, 8 rounds, in percent of what degrees allow."""
    people = evening("tags", 45, 8, seed=seed)
    problem = Problem(people.weights, [Table(5)] * 9, 8)
    budget, random = Budget(MaxRuntime(RELABEL_SECONDS), seed), np.random.default_rng(seed)
    roles = skeleton([5] * 9, 8, budget=budget, random=random)
    if roles is None:
        return 0.0
    seats = relabel(problem, roles, budget=budget, random=random)
    _refuse_false(problem, seats, "45-5-8")
    return 100.0 * plan_of(problem, seats).value / counting_bound(problem, 0)


def _refuse_false(problem: Problem, seats: IntArray, who: str) -> None:
    """Refuse seats that break a rule, or in which somebody meets another twice."""
    stated = plan_of(problem, seats)
    falsehoods = certify(problem, stated).falsehoods
    if falsehoods or stated.repeats:
        raise FalsePlanError(f"{who}: {next(iter(falsehoods), f'{stated.repeats} repeats')}")
