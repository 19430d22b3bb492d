"""A plan for an evening and its figures: who sits where in which round, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.problem import BoolArray, IntArray, InvalidProblem, MustMeet, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

SITS_OUT = -1
MATRIX = 2


class Infeasible(ValueError):  # noqa: N818 -- the words of the field
    """The input contradicts itself, so that no plan can follow it; the message names the contradiction."""


@dataclass(frozen=True, slots=True)
class MaxRuntime:
    """Stop after ``seconds`` of wall clock."""

    seconds: float

    def __post_init__(self) -> None:
        if not self.seconds >= 0:
            raise ValueError(f"seconds must not be negative, got {self.seconds}")


@dataclass(frozen=True, slots=True)
class MaxIterations:
    """Stop ``iterations`` searches after the first whole plan; one seed then gives one plan, to the bit."""

    iterations: int

    def __post_init__(self) -> None:
        if self.iterations < 0:
            raise ValueError(f"iterations must not be negative, got {self.iterations}")


class Stage(NamedTuple):
    """What a planner had reached: CPU ``seconds`` since its start, and the gap to the bound if known."""

    name: str
    seconds: float
    gap: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The proof of a bound: what people, breaks and odd sets cost, in ``scale``-ths of a weight.

    Linear programming duality: whatever the prices, no plan of the same kind is worth more than they add
    up to (:func:`schedulers.certificate.price_bound`). Good prices make the bound tight.

    Attributes:
        scale: How many units make one point of weight; all figures below are whole units.
        prices: What a round of each person costs, shape ``(n,)``, none negative.
        bonus: What every meeting is worth on top of its weight.
        sit_out: What sitting out is worth.
        often: What sitting out as often as nobody sits out more often costs.
        held: How many rounds are taken as they were; the proof speaks of the rounds after them.
        musts: Must-meets that the plan keeps in the rounds after the held ones; the proof speaks of plans
            that keep them, too.
        odd_sets: People and a price: in each round half of those there, rounded down, can meet inside.
    """

    scale: int
    prices: tuple[int, ...]
    bonus: int = 0
    sit_out: int = 0
    often: int = 0
    held: int = 0
    musts: tuple[tuple[int, int], ...] = ()
    odd_sets: tuple[tuple[tuple[int, ...], int], ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Plan:
    """A legal schedule with everything that is stated about it.

    Attributes:
        seats: Shape ``(rounds, n)``, held rounds first: a table, or -1 for whoever has none.
        value: Sum of the weights of the distinct pairs that met.
        bound: At least the value of every plan that keeps the same must-meets, holds as many meetings and
            lets nobody sit out more often, and at tables of more than two of every plan; ``None`` if not
            computed.
        gap: ``(bound - value) / bound``; ``None`` without a bound.
        search_bound: What a completed search proved; ``None`` without one.
        floor: The least total over people present in at least one round.
        floor_bound: At least the floor of every plan; ``None`` if not computed.
        repeats: Meetings beyond the first of every pair, and every meeting of a pair in ``met``.
        repeats_bound: At most the repeats of every plan that seats as many people in every round; ``None``
            if not computed.
        unmet: The must-meets that do not happen in time.
        seed: The seed it was searched with.
        stages: How the search went.
        certificate: Prices that prove ``bound``; ``None`` without.
    """

    seats: IntArray
    value: int
    floor: int
    repeats: int
    unmet: tuple[MustMeet, ...]
    seed: int = 0
    stages: tuple[Stage, ...] = ()
    bound: int | None = None
    gap: float | None = None
    search_bound: int | None = None
    floor_bound: int | None = None
    repeats_bound: int | None = None
    certificate: Prices | None = None


def plan_of(problem: Problem, seats: IntArray, *, seed: int = 0, stages: Sequence[Stage] = ()) -> Plan:
    """Return ``seats`` as a plan with all figures that need no search."""
    met = meetings_of(seats)
    worth = problem.weights[met.first, met.second].astype(np.int64)
    return Plan(
        seats=seats,
        value=int(worth.sum()),
        floor=_floor(problem, met, worth),
        repeats=_repeats(problem, met),
        repeats_bound=0,
        unmet=unmet_musts(problem, seats),
        seed=seed,
        stages=tuple(stages),
    )


def held_rounds(problem: Problem, held: IntArray | Sequence[Sequence[int]]) -> IntArray:
    """Return ``held`` as an array of shape ``(held rounds, n)``.

    Raises:
        InvalidProblem: If its shape or a table does not fit ``problem``.
    """
    seats = np.array(held, dtype=np.int64)
    if seats.size == 0:
        seats = seats.reshape(len(seats), problem.n)
    if seats.ndim != MATRIX or seats.shape[1] != problem.n or len(seats) > problem.rounds:
        raise InvalidProblem(
            f"held must have at most {problem.rounds} rounds of {problem.n} seats, not shape {seats.shape}"
        )
    if seats.size and (seats.min() < SITS_OUT or seats.max() >= len(problem.tables)):
        raise InvalidProblem(f"held names a table that is not among the {len(problem.tables)} tables")
    return seats


class Meetings(NamedTuple):
    """The distinct pairs that share a table: ``first[k] < second[k]`` meet ``times[k]`` times."""

    first: IntArray
    second: IntArray
    times: IntArray


def meetings_of(seats: IntArray) -> Meetings:
    """Return who meets whom in ``seats``, shape ``(rounds, n)``, in ascending order."""
    n = max(1, seats.shape[1])
    codes = [np.zeros(0, dtype=np.int64), *(_codes(row, n) for row in seats)]
    pairs, times = np.unique(np.concatenate(codes), return_counts=True)
    return Meetings(pairs // n, pairs % n, times.astype(np.int64))


def _codes(row: IntArray, n: int) -> IntArray:
    """Return ``n * i + j`` for every two people ``i < j`` who share a table in one round."""
    order = np.argsort(row, kind="stable")
    order = order[row[order] >= 0]
    codes = [np.zeros(0, dtype=np.int64)]
    for apart in range(1, len(order)):
        same = row[order[apart:]] == row[order[:-apart]]
        if not same.any():
            break
        codes.append(order[:-apart][same] * n + order[apart:][same])
    return np.concatenate(codes)


def meeting_counts(seats: IntArray) -> IntArray:
    """Return how often each two people share a table: shape ``(n, n)``, symmetric, zero diagonal."""
    n = seats.shape[1]
    counts = np.zeros((n, n), dtype=np.int64)
    met = meetings_of(seats)
    counts[met.first, met.second] = counts[met.second, met.first] = met.times
    return counts


def _floor(problem: Problem, met: Meetings, worth: IntArray) -> int:
    """Return the least total over people present in at least one round, 0 if there is nobody."""
    totals = np.bincount(met.first, worth, problem.n) + np.bincount(met.second, worth, problem.n)
    there = totals[problem.present.any(axis=1)]
    return int(there.min()) if there.size else 0


def _repeats(problem: Problem, met: Meetings) -> int:
    """Return meetings beyond the first of every pair, plus every meeting of a pair in ``met``."""
    again = met.times - 1
    if problem.met:
        again += problem.met_before()[met.first, met.second]
    return int(again.sum())


def unmet_musts(problem: Problem, seats: IntArray) -> tuple[MustMeet, ...]:
    """Return the must-meets that did not happen in time.

    A plan of fewer rounds than the evening leaves those out that a later round may still bring.
    """
    planned = len(seats)
    return tuple(
        must
        for must in problem.musts
        if (must.by if must.by is not None else problem.rounds - 1) < planned
        and not _meet_by(seats, must, last=must.by)
    )


def _meet_by(seats: IntArray, must: MustMeet, *, last: int | None) -> bool:
    until = len(seats) if last is None else last + 1
    first, second = seats[:until, must.first], seats[:until, must.second]
    return bool(((first == second) & (first >= 0)).any())


def sit_outs(problem: Problem, seats: IntArray) -> IntArray:
    """Return how often each person sits out while present; absence is no sit-out."""
    there: BoolArray = problem.present.T[: len(seats)]
    counts: IntArray = (there & (seats < 0)).sum(axis=0)
    return counts
