"""Measuring one way to plan an evening of pairs: CPU seconds, figures, and whether they are true."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.instances import evening
from schedulers.certificate import certify
from schedulers.schedule import MaxRuntime, Plan, plan_of, sit_outs
from schedulers.solve import next_round, plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.pair_peers import Peer
    from schedulers.problem import Problem

GOOD_GAP = 1e-4
"""The gap at which the clock of a plan is read: .01 %."""


class FalsePlanError(Exception):
    """A plan that breaks a rule or states what is not true: the figures beside it are worth nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one way to plan brought for one evening.

    Attributes:
        seconds: CPU seconds of this process until the plan was there.
        plan: The plan.
        gap: Its gap, a fraction; ``None`` where no bound is known.
        proof_seconds: CPU seconds until it was proven best; ``None`` without a proof.
    """

    seconds: float
    plan: Plan
    gap: float | None
    proof_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A search by the planner: each better plan of ``problem``, and the CPU seconds at which it was there."""

    problem: Problem
    plans: list[tuple[float, Plan]]

    @property
    def last(self) -> Plan:
        """Return the plan at the end."""
        return self.plans[-1][1]

    @property
    def bound(self) -> int | None:
        """Return the best bound stated at the end, by prices or by a completed search."""
        stated = [bound for bound in (self.last.bound, self.last.search_bound) if bound is not None]
        return min(stated, default=None)

    def seconds_to(self, gap: float) -> float | None:
        """Return when a plan stated that it is within ``gap``, or ``None`` if none ever did.

        A plan with fewer meetings has a bound of its own: only those as whole as the last one count.
        """
        return next((at for at, it in self.plans if self._is_whole(it) and _is_within(it.gap, gap)), None)

    def proof_seconds(self) -> float | None:
        """Return when a plan was proven best, or ``None`` if none was."""
        return next((at for at, it in self.plans if self._is_whole(it) and is_proven(it)), None)

    def run(self, gap: float) -> Run:
        """Return the first plan within ``gap`` of the best bound, or else the first as good as the last."""
        best = rank(self.problem, self.last)
        at, it = next(
            (at, it)
            for at, it in self.plans
            if rank(self.problem, it) == best
            or (self._is_whole(it) and _is_within(gap_to(self.bound, it), gap))
        )
        return Run(at, it, gap_to(self.bound, it), self.proof_seconds())

    def _is_whole(self, it: Plan) -> bool:
        return _wishes_and_seats(it) == _wishes_and_seats(self.last)


def gap_to(bound: int | None, it: Plan) -> float | None:
    """Return how far the value of ``it`` lies below ``bound``, a fraction; ``None`` without a bound."""
    return (bound - it.value) / bound if bound else None


def is_proven(it: Plan) -> bool:
    """Return whether ``it`` states that none is worth more: by its prices, or by a completed search."""
    return it.value in (it.bound, it.search_bound)


def _is_within(gap: float | None, limit: float) -> bool:
    return gap is not None and gap <= limit


def _wishes_and_seats(it: Plan) -> tuple[int, int]:
    """Return must-meets missed, negative, and seats taken: the greater, the better the plan."""
    return -len(it.unmet), int((it.seats >= 0).sum())


def rank(problem: Problem, it: Plan) -> tuple[int, ...]:
    """Return ``it`` in figures that compare by the order of rules: the greater, the better the plan."""
    waits = sit_outs(problem, it.seats)
    sides = problem.sides if problem.sides.size else np.zeros(problem.n, dtype=np.int64)
    of_side = [waits[sides == side] for side in np.unique(sides)]
    most = [int(waited.max()) for waited in of_side]
    often = [int((waited == limit).sum()) for waited, limit in zip(of_side, most, strict=True)]
    return *_wishes_and_seats(it), -sum(most), -sum(often), it.value


def search(problem: Problem, *, seconds: float, seed: int) -> Search:
    """Plan ``problem`` and check every plan on the way.

    Raises:
        FalsePlanError: Naming the first false statement.
    """
    plans: list[tuple[float, Plan]] = []
    began = time.process_time()

    def note(better: Plan) -> None:
        plans.append((time.process_time() - began, better))

    last = plan(problem, stop=MaxRuntime(seconds), seed=seed, on_improve=note)
    note(last)
    for _, it in plans:
        _refuse_false(problem, it, "girotondo")
    return Search(problem, plans)


def search_next_round(problem: Problem, *, seconds: float, seed: int) -> Run:
    """Plan the only round of ``problem`` by the exact next round, and check it.

    Raises:
        FalsePlanError: Naming the first false statement.
    """
    began = time.process_time()
    it = next_round(problem, (), stop=MaxRuntime(seconds), seed=seed)
    took = time.process_time() - began
    _refuse_false(problem, it, "girotondo, next round")
    return Run(took, it, it.gap, took if is_proven(it) else None)


def measure_peer(peer: Peer, problem: Problem, *, seed: int, bound: int | None) -> Run:
    """Let ``peer`` plan ``problem`` and check what it did; its gap is that to ``bound``.

    Raises:
        FalsePlanError: If it broke a rule.
    """
    began = time.process_time()
    seats = peer.seats(problem, seed)
    took = time.process_time() - began
    it = plan_of(problem, seats, seed=seed)
    _refuse_false(problem, it, peer.name)
    return Run(took, it, gap_to(bound, it))


def warm_up(peers: Iterable[Peer]) -> None:
    """Let everybody plan something small, so that what is imported late is there."""
    problem = evening("live", 12, 2)
    search(problem, seconds=0.2, seed=0)
    for peer in peers:
        measure_peer(peer, problem, seed=0, bound=None)


def _refuse_false(problem: Problem, it: Plan, who: str) -> None:
    falsehoods = certify(problem, it).falsehoods
    if falsehoods:
        raise FalsePlanError(f"{who}: {falsehoods[0]}")
