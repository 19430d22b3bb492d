"""A plan for an evening and its figures: who sits where in which round, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from schedulers.problem import BoolArray, IntArray, InvalidProblem, MustMeet, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

SITS_OUT = -1
MATRIX = 2


class Infeasible(ValueError):  # noqa: N818 -- the words of the field
    """The input contradicts itself, so that no plan can follow it; the message names the contradiction."""


class Unsupported(ValueError):  # noqa: N818 -- the words of the field
    """The input is right, but this version has no planner for it."""


@dataclass(frozen=True, slots=True)
class MaxRuntime:
    """Stop after ``seconds`` of wall clock."""

    seconds: float

    def __post_init__(self) -> None:
        if not self.seconds >= 0:
            raise ValueError(f"seconds must not be negative, got {self.seconds}")


@dataclass(frozen=True, slots=True)
class MaxIterations:
    """Stop after ``iterations`` searches, one a round; the same seed gives the same plan to the bit."""

    iterations: int

    def __post_init__(self) -> None:
        if self.iterations < 0:
            raise ValueError(f"iterations must not be negative, got {self.iterations}")


class Stage(NamedTuple):
    """What a planner had reached: CPU ``seconds`` since its start, and the gap to the bound if known."""

    name: str
    seconds: float
    gap: float | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Plan:
    """A legal schedule with everything that is stated about it.

    Attributes:
        seats: Shape ``(rounds, n)``, held rounds first: a table, or -1 for whoever has none.
        value: Sum of the weights of the distinct pairs that met.
        bound: At least the value of every plan with as many meetings; ``None`` if not computed.
        gap: ``(bound - value) / bound``; ``None`` without a bound.
        search_bound: What a completed search proved; ``None`` without one.
        floor: The least total over people present in at least one round.
        floor_bound: At least the floor of every plan; ``None`` if not computed.
        repeats: Meetings beyond the first of every pair, and every meeting of a pair in ``met``.
        repeats_bound: At most the repeats of every plan; ``None`` if not computed.
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
    certificate: dict[str, Any] | None = None


def plan_of(problem: Problem, seats: IntArray, *, seed: int = 0, stages: Sequence[Stage] = ()) -> Plan:
    """Return ``seats`` as a plan with all figures that need no search."""
    counts = meeting_counts(seats)
    return Plan(
        seats=seats,
        value=total_value(problem, counts),
        floor=floor_of(problem, counts),
        repeats=repeats_of(problem, counts),
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


def meeting_counts(seats: IntArray) -> IntArray:
    """Return how often each two people share a table: shape ``(n, n)``, symmetric, zero diagonal."""
    n = seats.shape[1]
    counts = np.zeros((n, n), dtype=np.int64)
    for row in seats:
        counts += (row[:, None] == row[None, :]) & (row >= 0)[:, None]
    np.fill_diagonal(counts, 0)
    return counts


def total_value(problem: Problem, counts: IntArray) -> int:
    """Return the sum of the weights of the distinct pairs that met."""
    return int(problem.weights[counts > 0].sum(dtype=np.int64)) // 2


def floor_of(problem: Problem, counts: IntArray) -> int:
    """Return the least total over people present in at least one round, 0 if there is nobody."""
    totals = np.where(counts > 0, problem.weights, 0).sum(axis=1, dtype=np.int64)
    there = totals[problem.present.any(axis=1)]
    return int(there.min()) if there.size else 0


def repeats_of(problem: Problem, counts: IntArray) -> int:
    """Return meetings beyond the first of every pair, plus every meeting of a pair in ``met``."""
    again = np.where(problem.met_before(), counts, np.maximum(counts - 1, 0))
    return int(again.sum()) // 2


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
