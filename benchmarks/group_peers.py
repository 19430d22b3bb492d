"""The planner of groups beside what else one could do, on the same evenings in the same run.

In each cell: repeats, on evenings with weights the share of the proven bound, and CPU seconds, all medians
over the seeds; in brackets how many times the planner's seconds that is. Where all people fit alike, the
planner's clock is read at its first plan with the fewest repeats that it finds; with weights it takes half a
second.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.group_evenings import groups
from benchmarks.group_golfers import Cell
from benchmarks.pair_runs import FalsePlanError
from schedulers.certificate import certify
from schedulers.schedule import MaxRuntime, Plan, plan_of
from schedulers.solve import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from schedulers.problem import IntArray, Problem

# Names a folder with ``lib/geneticSolver.js`` of good-enough-golfers and lodash in ``node_modules``.
FOLDER = "GOLFERS"
CELLS = (
    (5, 3, 7),
    (6, 4, 7),
    (8, 4, 7),
    (8, 4, 10),
    (10, 4, 9),
    (9, 5, 8),
    (8, 8, 9),
    (12, 8, 5),
    (20, 5, 8),
)
EVENINGS = ((96, 6), (200, 8), (500, 8), (1000, 10))
CELL_SECONDS, EVENING_SECONDS, PEER_SECONDS = 2.0, 0.5, 60.0
# More than any weight: greedy people avoid whom they have met.
REPEAT = 10_000
RUN = """
const [folder, tables, size, rounds] = process.argv.slice(1)
global._ = require(folder + "/node_modules/lodash")
const source = require("fs").readFileSync(folder + "/lib/geneticSolver.js", "utf8")
const solve = (0, eval)(source + "; geneticSolver")
const before = process.cpuUsage()
solve(+tables, +size, +rounds, [], [], found => {
  const { user, system } = process.cpuUsage(before)
  if (found.done) console.log(JSON.stringify([found.rounds, (user + system) / 1e6]))
})
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan and the CPU seconds until it stood."""

    plan: Plan
    seconds: float


def peer_table(seeds: Sequence[int]) -> Iterator[str]:
    """Measure and yield two tables in Markdown: all people fit alike, and with weights."""
    yield from _head("tables-size-rounds", ["girotondo", "good-enough-golfers", "greedy", "random"])
    for cell in (Cell(*numbers, limit=CELL_SECONDS) for numbers in CELLS):
        problem = cell.problem()
        columns = [
            [_planned(problem, seed, cell.limit) for seed in seeds],
            [found for _ in seeds if (found := _golfers(cell)) is not None],
            *([_timed(way, problem, seed) for seed in seeds] for way in (greedy, at_random)),
        ]
        yield _line(cell.name, columns)
    yield ""
    yield from _head("evening", ["girotondo", "greedy", "random"])
    for n, size in EVENINGS:
        problems = [(groups("plain", n, size, seed=seed), seed) for seed in seeds]
        columns = [[_planned(problem, seed, EVENING_SECONDS) for problem, seed in problems]]
        columns += [[_timed(way, *each) for each in problems] for way in (greedy, at_random)]
        bound = median(each.plan.bound or 0 for each in columns[0])
        yield _line(f"n={n} k={size} R={problems[0][0].rounds}", columns, bound)


def greedy(problem: Problem, random: np.random.Generator) -> IntArray:
    """Return seats that people choose one after the other, at the table where they gain most."""
    chairs = np.array([table.seats for table in problem.tables])
    worth = problem.weights.astype(np.int64)
    seats = np.full((problem.rounds, problem.n), -1, dtype=np.int64)
    for row in seats:
        gains, free = np.zeros((len(chairs), problem.n), dtype=np.int64), chairs.copy()
        for person in random.permutation(problem.n):
            # Among equals the emptiest table.
            best = np.lexsort((-free, -gains[:, person], free == 0))[0]
            row[person] = best
            free[best] -= 1
            gains[best] += worth[person]
        worth[row[:, None] == row] = -REPEAT
    return seats


def at_random(problem: Problem, random: np.random.Generator) -> IntArray:
    """Return seats drawn by lot."""
    chairs = np.repeat(np.arange(len(problem.tables)), [table.seats for table in problem.tables])
    return np.stack([random.permutation(chairs)[: problem.n] for _ in range(problem.rounds)])


def _planned(problem: Problem, seed: int, seconds: float) -> Outcome:
    """Return what the planner finds, and when it had so few repeats first, or with weights at the end."""
    began = time.process_time()
    told: list[Outcome] = []
    found = plan(
        problem,
        stop=MaxRuntime(seconds),
        seed=seed,
        on_improve=lambda better: told.append(Outcome(better, time.process_time() - began)),
    )
    if problem.weights.any():
        return Outcome(_true(problem, found), time.process_time() - began)
    return Outcome(
        _true(problem, found),
        next(each.seconds for each in told if each.plan.repeats == found.repeats),
    )


def _timed(way: Callable[[Problem, np.random.Generator], IntArray], problem: Problem, seed: int) -> Outcome:
    began = time.process_time()
    seats = way(problem, np.random.default_rng(seed))
    took = time.process_time() - began
    return Outcome(_true(problem, plan_of(problem, seats)), took)


def _golfers(cell: Cell) -> Outcome | None:
    """Return what good-enough-golfers finds; nothing if it is not there, or not done in time."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    numbers = [str(number) for number in (cell.tables, cell.size, cell.rounds)]
    command = ["node", "-e", RUN, "--", str(Path(folder).resolve()), *numbers]
    try:
        told = subprocess.run(  # noqa: S603 -- the script above, and numbers
            command, capture_output=True, check=True, timeout=PEER_SECONDS
        ).stdout
    except subprocess.TimeoutExpired:
        return None
    rounds, seconds = json.loads(told)
    seats = np.empty((cell.rounds, cell.tables * cell.size), dtype=np.int64)
    for row, tables in zip(seats, rounds, strict=True):
        row[np.array(tables)] = np.arange(cell.tables)[:, None]
    return Outcome(_true(cell.problem(), plan_of(cell.problem(), seats)), seconds)


def _true(problem: Problem, found: Plan) -> Plan:
    falsehoods = certify(problem, found).falsehoods
    if falsehoods:
        raise FalsePlanError(falsehoods[0])
    return found


def _head(first: str, names: Sequence[str]) -> Iterator[str]:
    yield f"| {first} | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"


def _line(name: str, columns: Sequence[Sequence[Outcome]], bound: float = 0) -> str:
    """Return a row of the table; the planner is the first column, and one without outcomes is a dash."""
    ours = median(each.seconds for each in columns[0])
    cells = [name]
    for outcomes in columns:
        if not outcomes:
            cells.append("-")
            continue
        seconds = median(each.seconds for each in outcomes)
        said = f"{median(each.plan.repeats for each in outcomes):g}"
        if bound:
            said += f", {median(each.plan.value for each in outcomes) / bound:.1%}"
        times = "" if outcomes is columns[0] else f" ({seconds / ours:.2g}x)"
        cells.append(f"{said} / {seconds:.2g} s{times}")
    return f"| {' | '.join(cells)} |"
