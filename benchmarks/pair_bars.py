"""The bars of the planner of pairs: what is promised, and what this machine measures.

Times are medians over the seeds; gaps, wishes and floors are the worst of them.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.instances import evening
from benchmarks.pair_peers import EDGE_GREEDY, EXACT_GREEDY, NETWORKX
from benchmarks.pair_runs import (
    GOOD_GAP,
    FalsePlanError,
    Run,
    Search,
    measure_peer,
    search,
    search_next_round,
)
from schedulers.certificate import certify
from schedulers.schedule import MaxRuntime
from schedulers.solve import plan, repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.pair_peers import Peer

ROUNDS = 10
NEVER = math.inf


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and what was promised of it: not above ``limit``, or not below where ``is_least``."""

    name: str
    value: float
    limit: float
    is_least: bool = False

    @property
    def is_held(self) -> bool:
        """Return whether the promise is kept."""
        return self.value >= self.limit if self.is_least else self.value <= self.limit

    def __str__(self) -> str:
        sign = ">=" if self.is_least else "<="
        return f"{self.name} {self.value:.6g} {sign}{self.limit:g} {'ok' if self.is_held else 'MISSED'}"


def bars(seeds: Sequence[int]) -> Iterator[Bar]:
    """Measure and return all bars, row by row."""
    yield from _against_greedy(seeds)
    yield from _against_networkx(seeds)
    yield from _proofs(seeds)
    yield from _live(seeds)
    yield from _two_sided(seeds)
    yield from _next_round(seeds)
    yield from _fairness(seeds)
    yield from _repair(seeds)


def _searches(kind: str, n: int, seeds: Sequence[int], *, seconds: float) -> list[Search]:
    return [search(evening(kind, n, ROUNDS, seed=seed), seconds=seconds, seed=seed) for seed in seeds]


def _against_greedy(seeds: Sequence[int]) -> Iterator[Bar]:
    cases = _searches("tags", 1000, seeds, seconds=2.0)
    ours = _middle(case.seconds_to(GOOD_GAP) for case in cases)
    yield Bar("tags_n1000_gap_percent", _worst_gap(cases), 100 * GOOD_GAP)
    edge = _middle(run.seconds for run in _peer_runs(EDGE_GREEDY, cases))
    yield Bar("tags_n1000_time_to_edge_greedy", ours / edge, 1 / 2)
    exact = _middle(run.seconds for run in _peer_runs(EXACT_GREEDY, cases))
    yield Bar("tags_n1000_time_to_exact_greedy", ours / exact, 1 / 4)


def _against_networkx(seeds: Sequence[int]) -> Iterator[Bar]:
    # Half a minute a seed: one is enough to see a factor of hundreds.
    cases = _searches("tags", 200, seeds[:1], seconds=2.0)
    peer = _peer_runs(NETWORKX, cases)[0]
    run = cases[0].run(GOOD_GAP)
    yield Bar("tags_n200_times_faster_than_networkx", peer.seconds / run.seconds, 500, is_least=True)
    yield Bar("tags_n200_gap_to_networkx_gap", _ratio(run.gap, peer.gap), 1)


def _proofs(seeds: Sequence[int]) -> Iterator[Bar]:
    for n, limit in ((500, 1.0), (1000, 15.0)):
        # A proof that comes late shall still be told with its time.
        cases = _searches("tags", n, seeds, seconds=2 * limit)
        yield Bar(f"tags_n{n}_proof_seconds", _middle(case.proof_seconds() for case in cases), limit)


def _live(seeds: Sequence[int]) -> Iterator[Bar]:
    for seconds, limit in ((0.5, 0.1), (3.0, 0.05)):
        cases = _searches("live", 1000, seeds, seconds=seconds)
        name = f"live_n1000_in_{seconds:g}s"
        yield Bar(f"{name}_gap_percent", _worst_gap(cases), limit)
        yield Bar(f"{name}_unmet", max(len(case.last.unmet) for case in cases), 0)
        # A deadline is kept within 10 % or 50 ms.
        yield Bar(f"{name}_cpu_seconds", _middle(case.plans[-1][0] for case in cases), seconds + 0.05)


def _two_sided(seeds: Sequence[int]) -> Iterator[Bar]:
    for kind in ("btags", "brand"):
        cases = _searches(kind, 1000, seeds, seconds=2.0)
        yield Bar(f"{kind}_n1000_gap_percent", _worst_gap(cases), 0)
        yield Bar(f"{kind}_n1000_seconds_to_gap_0", _middle(case.seconds_to(0.0) for case in cases), 0.3)


def _next_round(seeds: Sequence[int]) -> Iterator[Bar]:
    for n in (1000, 2000):
        problems = [evening("tags", n, 1, seed=seed) for seed in seeds]
        runs = [search_next_round(problem, seconds=10.0, seed=0) for problem in problems]
        proven = _middle(run.proof_seconds for run in runs)
        if n == 1000:
            edge = [measure_peer(EDGE_GREEDY, problem, seed=0, bound=None) for problem in problems]
            times = proven / _middle(run.seconds for run in edge)
            yield Bar("next_round_n1000_time_to_edge_greedy_round", times, 4)
        else:
            yield Bar("next_round_n2000_seconds", proven, 1.0)


def _fairness(seeds: Sequence[int]) -> Iterator[Bar]:
    for n in (100, 200):
        short, lost = 0, 0.0
        for plain in _searches("tags", n, seeds, seconds=2.0):
            fair = search(replace(plain.problem, fairness=0.005), seconds=2.0, seed=0).last
            short += fair.floor_bound is None or fair.floor < fair.floor_bound
            lost = max(lost, 100 * (plain.last.value - fair.value) / plain.last.value)
        yield Bar(f"fair_n{n}_floors_below_bound", short, 0)
        yield Bar(f"fair_n{n}_value_lost_percent", lost, 0.5)


def _repair(seeds: Sequence[int]) -> Iterator[Bar]:
    """Measure the repair of an announced round that one in twenty does not come to.

    At most one in twenty is left alone, then; where two of these meet, one has to move.
    """
    runs = [_repaired(1000, seed) for seed in seeds]
    yield Bar("repair_n1000_cpu_ms", _middle(1000 * run.seconds for run in runs), 100)
    yield Bar("repair_n1000_moved_percent", max(100 * run.moved / 1000 for run in runs), 2.5)
    yield Bar("repair_n1000_moved_of_left_alone", max(run.moved / run.alone for run in runs), 0.5)


class _Repaired(NamedTuple):
    """What a repair took, how many people it moves, and how many had lost their partner."""

    seconds: float
    moved: int
    alone: int


def _repaired(n: int, seed: int) -> _Repaired:
    whole = evening("tags", n, ROUNDS, seed=seed)
    seats = plan(whole, stop=MaxRuntime(0.5), seed=seed).seats
    present = whole.present.copy()
    present[np.random.default_rng(seed).choice(n, n // 20, replace=False), -1] = False
    problem = replace(whole, present=present)
    began = time.process_time()
    repaired = repair(problem, seats[:-1], seats[-1:])
    took = time.process_time() - began
    falsehoods = certify(problem, repaired).falsehoods
    if falsehoods:
        raise FalsePlanError(f"girotondo, repair: {falsehoods[0]}")
    company = np.bincount(seats[-1][present[:, -1] & (seats[-1] >= 0)])
    return _Repaired(took, len(repaired.moves), int((company == 1).sum()))


def _peer_runs(peer: Peer, cases: list[Search]) -> list[Run]:
    return [measure_peer(peer, case.problem, seed=0, bound=case.bound) for case in cases]


def _middle(seconds: Iterable[float | None]) -> float:
    """Return the median, where what never happened took forever."""
    return median(NEVER if it is None else it for it in seconds)


def _worst_gap(cases: list[Search]) -> float:
    """Return the largest gap of the plans at the end, in percent; without a bound there is none."""
    return max(NEVER if case.last.gap is None else 100 * case.last.gap for case in cases)


def _ratio(ours: float | None, theirs: float | None) -> float:
    """Return how much of their gap ours is; without bounds there is nothing to compare."""
    if ours is None or theirs is None:
        return NEVER
    return ours / theirs if theirs else NEVER
