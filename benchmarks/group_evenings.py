"""The bars of evenings of groups: what is promised, and what this machine measures.

``plain`` evenings have weights from offers that meet needs, and chance, and no other wishes. ``live`` ones
are those of pairs with late arrivals, leavers, missed rounds, must-meets with deadlines, former meetings and
fixed tables, at larger tables that mix sectors.
"""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.instances import evening
from benchmarks.pair_bars import Bar
from benchmarks.pair_runs import FalsePlanError
from schedulers.certificate import certify
from schedulers.problem import Balance, Problem, Table
from schedulers.schedule import MaxRuntime, Plan, sit_outs
from schedulers.solve import plan, repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.problem import IntArray

ROUNDS = 6
SHARES = ((1000, 10, 0.5, 0.80), (1000, 10, 2.0, 0.82), (200, 8, 0.5, 0.88), (200, 8, 2.0, 0.887))
TOPICS, A_PERSON = 24, 4
LIVE = ((1000, 10), (500, 8), (200, 8), (96, 6))


def evening_bars(seeds: Sequence[int]) -> Iterator[Bar]:
    """Measure and return the bars of whole evenings and of repairs."""
    plan(groups("plain", 12, 4, seed=0), stop=MaxRuntime(0.1))
    for n, size, seconds, share in SHARES:
        plans = [planned(groups("plain", n, size, seed=seed), seconds) for seed in seeds]
        name = f"plain_n{n}_k{size}_{seconds:g}s"
        yield Bar(f"{name}_repeats", max(each.repeats for each in plans), 0)
        worst = min(each.value / each.bound if each.bound else 0.0 for each in plans)
        yield Bar(f"{name}_share_of_bound", worst, share, is_least=True)
    for n, size in LIVE:
        yield from _live(n, size, seeds)
    yield from _repair(seeds)


def groups(kind: str, n: int, size: int, *, seed: int) -> Problem:
    """Return an evening of ``n`` people at tables of ``size``; ``kind`` is ``plain`` or ``live``."""
    tables = [Table(size)] * -(-n // size)
    if kind == "plain":
        return Problem(_weights(n, np.random.default_rng(seed)), tables, ROUNDS)
    pairs = evening("live", n, ROUNDS, seed=seed)
    sectors = np.random.default_rng(seed).choice(["north", "south", "west"], n).tolist()
    # Of people with a fixed table each has another one, so that they need not meet.
    hosts = np.flatnonzero(pairs.fixed >= 0)[: len(tables)]
    fixed = np.full(n, -1)
    fixed[hosts] = np.arange(len(hosts))
    must_meet = [must for must in pairs.musts if min(fixed[list(must[:2])]) < 0]
    return replace(
        pairs,
        tables=tables,
        fixed=fixed,
        must_meet=must_meet,
        balance=[Balance("sector", 10.0, tuple(sectors))],
    )


def _weights(n: int, random: np.random.Generator) -> IntArray:
    """Return weights by which everybody offers and needs a few topics, some of them more popular ones."""
    popularity = np.log(random.dirichlet(np.full(TOPICS, 1.5)))
    offers, needs = np.zeros((2, n, TOPICS))
    for each in (offers, needs):
        # The largest of a popularity's logarithm and Gumbel noise: a draw without replacement.
        chosen = np.argsort(popularity + random.gumbel(size=(n, TOPICS)), axis=1)[:, -A_PERSON:]
        np.put_along_axis(each, chosen, 1.0, axis=1)
    matches = needs @ offers.T
    noise = np.triu(random.normal(0, 60, (n, n)), 1)
    weights = np.clip(np.rint(200 + 62.5 * (matches + matches.T) + noise + noise.T), 0, 1000).astype(np.int64)
    np.fill_diagonal(weights, 0)
    return weights


def planned(problem: Problem, seconds: float) -> Plan:
    """Return a plan made in ``seconds``, checked."""
    found = plan(problem, stop=MaxRuntime(seconds))
    falsehoods = certify(problem, found).falsehoods
    if falsehoods:
        raise FalsePlanError(falsehoods[0])
    return found


def _live(n: int, size: int, seeds: Sequence[int]) -> Iterator[Bar]:
    problems = [groups("live", n, size, seed=seed) for seed in seeds]
    plans = [planned(problem, 2.0) for problem in problems]
    name = f"live_n{n}_k{size}_2s"
    yield Bar(f"{name}_repeats", max(each.repeats for each in plans), 0)
    met = [1 - len(each.unmet) / max(1, len(p.musts)) for p, each in zip(problems, plans, strict=True)]
    yield Bar(f"{name}_must_meets", min(met), 0.95, is_least=True)
    waits = [int(sit_outs(p, each.seats).sum()) for p, each in zip(problems, plans, strict=True)]
    yield Bar(f"{name}_sit_outs", max(waits), 0)


def _repair(seeds: Sequence[int]) -> Iterator[Bar]:
    seconds, moved = [], []
    for seed in seeds:
        problem = replace(groups("plain", 1000, 10, seed=seed), tables=[Table(10, 9)] * 100)
        announced = plan(problem, stop=MaxRuntime(1.0)).seats[:1]
        present = problem.present.copy()
        present[np.random.default_rng(seed).choice(1000, 50, replace=False)] = False
        missing = replace(problem, present=present)
        for _ in range(3):
            started = time.process_time()
            found = repair(missing, [], announced)
            seconds.append(time.process_time() - started)
        moved.append(len(found.moves) / present[:, 0].sum())
    yield Bar("repair_n1000_k10_seconds", median(seconds), 0.1)
    yield Bar("repair_n1000_k10_moved", max(moved), 0.02)
