"""The kind of plan a proof speaks of: what a plan shares with every plan it is compared with.

At tables of two these are the plans that are as good in the order of rules before value. At larger tables
it is every plan with the same held rounds, because tables alone limit whom one can meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schedulers.problem import ever_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import BoolArray, IntArray, Problem, WeightArray

TRIO = 3


class FalseProof(ValueError):  # noqa: N818 -- the words of the field
    """Prices that prove nothing, whatever they add up to; the message gives the reason."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class PlanKind:
    """What plans of a kind have in common; "after" means in the rounds after the held ones.

    From ``meetings`` on, all figures are 0 at tables of more than two.

    Attributes:
        weights: Shape ``(n, n)``: what a meeting is worth.
        earned: Weights of all pairs that met in held rounds, and of the must-meets kept after them.
        musts: Must-meets kept after, as pairs in ascending order.
        free: Shape ``(n,)``: rounds after in which one is there, less one's ``musts``; at larger tables how
            many people one can meet in them.
        there: Shape ``(rounds after, n)``: who is there.
        may_meet: Shape ``(n, n)``: who may meet after, by all rules that hold all evening, ``musts``
            left out.
        meetings: How many distinct pairs meet after, ``musts`` left out.
        trios: How many tables of three there are after.
        trio_rounds: Shape ``(odd rounds, n)``: who is there in the rounds after that may have a trio,
            those of an odd head-count.
        waits: How many sit-outs there are after.
        early: Shape ``(n,)``: how often one may sit out after and stay below the most of one's side.
        last: Shape ``(n,)``, 0 or 1: whether one may sit out once more, which makes it the most.
        reached: How many people reach the most of their side by sitting out after.
    """

    weights: WeightArray
    earned: int
    musts: tuple[tuple[int, int], ...]
    free: IntArray
    there: BoolArray
    may_meet: BoolArray
    meetings: int
    trios: int
    trio_rounds: BoolArray
    waits: int
    early: IntArray
    last: IntArray
    reached: int


def kind_of(problem: Problem, seats: IntArray, *, held: int, musts: Sequence[tuple[int, int]]) -> PlanKind:
    """Return the kind of the plan ``seats``.

    Args:
        problem: The evening.
        seats: Shape ``(rounds, n)``; the rounds after ``held`` keep the rules, earlier ones need not.
        held: How many rounds are taken as they were.
        musts: Must-meets of ``problem`` that the plan keeps after the held rounds.

    Raises:
        FalseProof: If there is no such kind.
    """
    if not 0 <= held <= len(seats):
        raise FalseProof(f"held is {held}, of {len(seats)} rounds")
    if not problem.is_pairs:
        return _kind_of_groups(problem, seats, held, musts)
    rounds = [_meetings(row) for row in seats]
    kept = _kept(problem, rounds[held:], held=held, musts=musts)
    before, after = _joined(rounds[:held], problem.n), _joined(rounds[held:], problem.n)
    there = problem.present.T[held : len(seats)]
    free = there.sum(axis=0) - np.bincount(np.array(kept, dtype=np.int64).ravel(), minlength=problem.n)
    trios = sum(int((np.bincount(row[row >= 0]) == TRIO).sum()) for row in seats[held:])
    # In a round with a must-meet nobody sits out; two of them can share a round only in a trio.
    spare = np.minimum(there.sum(axis=0), np.maximum(free, 0) + trios)
    early, last, reached = _fairness(problem, seats, held, spare)
    return PlanKind(
        weights=problem.weights,
        earned=sum(int(problem.weights[group[:, 0], group[:, 1]].sum()) for group in (before, _array(kept))),
        musts=kept,
        free=free.astype(np.int64),
        there=there,
        may_meet=_may_meet(problem, there, np.concatenate([before, _array(kept), _array(problem.met)])),
        meetings=len(after) - len(kept),
        trios=trios,
        trio_rounds=there[there.sum(axis=1) % 2 == 1],
        waits=int((there & (seats[held:] < 0)).sum()),
        early=early,
        last=last,
        reached=reached,
    )


def _kind_of_groups(
    problem: Problem, seats: IntArray, held: int, musts: Sequence[tuple[int, int]]
) -> PlanKind:
    """Return the kind of all plans with the same ``held`` rounds: at larger tables they share no more.

    ``free`` says how many people one can meet after: at one's fixed table, or else at the largest.
    """
    if musts:
        raise FalseProof("musts prove nothing at tables of more than two")
    before = _joined([_meetings(row) for row in seats[:held]], problem.n)
    there = problem.present.T[held : len(seats)]
    largest = max((table.seats for table in problem.tables), default=1)
    own = np.array([table.seats for table in problem.tables] + [largest], dtype=np.int64)[problem.fixed]
    if problem.odd == "trio":
        own = np.maximum(own, TRIO)
    company = np.maximum(0, np.minimum(own, there.sum(axis=1)[:, None]) - 1)
    nobody = np.zeros(problem.n, dtype=np.int64)
    return PlanKind(
        weights=problem.weights,
        earned=int(problem.weights[before[:, 0], before[:, 1]].sum()),
        musts=(),
        free=(there * company).sum(axis=0).astype(np.int64),
        there=there,
        may_meet=_may_meet(problem, there, before),
        meetings=0,
        trios=0,
        trio_rounds=there[:0],
        waits=0,
        early=nobody,
        last=nobody,
        reached=0,
    )


def _meetings(row: IntArray) -> IntArray:
    """Return the pairs that share a table in one round, shape ``(pairs, 2)``, each in ascending order."""
    order = np.argsort(row, kind="stable")
    order = order[row[order] >= 0]
    found = [np.zeros((0, 2), dtype=np.int64)]
    for apart in range(1, len(order)):
        same = row[order[apart:]] == row[order[:-apart]]
        if not same.any():
            break
        found.append(np.stack([order[:-apart][same], order[apart:][same]], axis=1))
    return np.concatenate(found)


def _array(pairs: Sequence[tuple[int, int]]) -> IntArray:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _joined(rounds: Sequence[IntArray], n: int) -> IntArray:
    """Return the distinct pairs of all ``rounds``, shape ``(pairs, 2)``."""
    if not rounds:
        return _array(())
    pairs = np.concatenate(rounds)
    codes = np.unique(pairs[:, 0] * n + pairs[:, 1])
    return np.stack(np.divmod(codes, max(n, 1)), axis=1)


def _kept(
    problem: Problem, after: Sequence[IntArray], *, held: int, musts: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Return ``musts`` in ascending order, each checked to be kept in time after the held rounds."""
    deadlines: dict[tuple[int, int], int] = {}
    for first, second, by in problem.musts:
        pair = (min(first, second), max(first, second))
        deadlines[pair] = max(deadlines.get(pair, 0), problem.rounds if by is None else by)
    pairs = [(min(pair), max(pair)) for pair in musts]
    wanted = set(pairs)
    if len(wanted) < len(pairs):
        raise FalseProof("musts names a pair twice")
    met_in = {
        pair: held + r
        for r, meetings in enumerate(after)
        for pair in map(tuple, meetings.tolist() if wanted else ())
        if pair in wanted
    }
    for place, pair in enumerate(pairs):
        if pair not in deadlines:
            raise FalseProof(f"musts[{place}] is no must-meet of the problem")
        if met_in.get(pair, problem.rounds + 1) > deadlines[pair]:
            raise FalseProof(f"musts[{place}] is not kept in time, in round {held} or later")
    return tuple(pairs)


def _may_meet(problem: Problem, there: BoolArray, gone: IntArray) -> BoolArray:
    """Return who may meet in the rounds ``there``; ``gone`` are pairs that may not, shape ``(pairs, 2)``."""
    may = problem.allowed.copy()
    may[gone[:, 0], gone[:, 1]] = may[gone[:, 1], gone[:, 0]] = False
    for side in (0, 1) if problem.sides.size else ():
        among = np.flatnonzero(problem.sides == side)
        may[np.ix_(among, among)] = False
    hosts = np.flatnonzero(problem.fixed >= 0)
    may[np.ix_(hosts, hosts)] &= problem.fixed[hosts][:, None] == problem.fixed[hosts][None, :]
    return np.asarray(may & ever_together(there.T), dtype=np.bool_)


def _fairness(
    problem: Problem, seats: IntArray, held: int, spare: IntArray
) -> tuple[IntArray, IntArray, int]:
    """Return ``early``, ``last`` and ``reached`` of the kind; ``spare`` limits the sit-outs after."""
    there = problem.present.T[: len(seats)]
    waiting = there & (seats < 0)
    before, total = waiting[:held].sum(axis=0), waiting.sum(axis=0)
    sides = problem.sides if problem.sides.size else np.zeros(problem.n, dtype=np.int64)
    most = np.zeros(problem.n, dtype=np.int64)
    for side in (0, 1):
        most[sides == side] = total[sides == side].max(initial=0)
    cap = np.minimum(spare, most - before)
    last = ((cap > 0) & (before + cap == most)).astype(np.int64)
    return cap - last, last, int(((total == most) & (before < most)).sum())
