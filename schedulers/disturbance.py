"""What the repair of an announced round changes for people, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.problem import InvalidProblem
from schedulers.schedule import MATRIX, SITS_OUT, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import IntArray, Problem


class Why(StrEnum):
    """Why somebody sits elsewhere, or with others, than announced.

    The first seven are facts, that the announcement could not hold. The others are choices, which serve
    somebody else: only these befall people whose announced meeting was still legal, at a table still theirs.
    """

    HAD_NO_SEAT = "had_no_seat"
    """Newly come, or announced to sit out."""
    PARTNER_GONE = "partner_gone"
    NOT_ALLOWED = "not_allowed"
    """Forbidden or on one side by now, or fixed at different tables."""
    ALREADY_MET = "already_met"
    TABLE_GONE = "table_gone"
    FIXED_ELSEWHERE = "fixed_elsewhere"
    NO_TRIO = "no_trio"
    """The table of three is not needed any more: the head-count is even."""
    TABLE_NEEDED = "table_needed"
    """The meeting takes place at another table: somebody fixed at this one has come."""
    FOR_A_MUST_MEET = "for_a_must_meet"
    TO_SEAT_OTHERS = "to_seat_others"


class Move(NamedTuple):
    """Somebody who is there in ``round`` and was told the table ``before``, now ``after``; -1 is none."""

    round: int
    person: int
    before: int
    after: int
    why: Why


@dataclass(frozen=True, eq=False, kw_only=True)
class Repair(Plan):
    """A plan whose announced rounds differ from the announcement as little as can be.

    ``seats`` has shape ``(held and announced rounds, n)``. Those who left are in neither list.

    Attributes:
        moves: Everybody who is at another table than announced, at none, or at one instead of none.
        regrouped: Everybody who keeps the table, but not the company: ``before`` and ``after`` are equal.
    """

    moves: tuple[Move, ...]
    regrouped: tuple[Move, ...]


def announced_rounds(
    problem: Problem, held: IntArray, announced: IntArray | Sequence[Sequence[int]]
) -> IntArray:
    """Return ``announced`` as an array of shape ``(announced rounds, n)``.

    Its tables may be gone by now, so any number is taken for one.

    Raises:
        InvalidProblem: If its shape does not fit ``problem`` after the rounds ``held``.
    """
    seats = np.array(announced, dtype=np.int64)
    if seats.size == 0:
        seats = seats.reshape(len(seats), problem.n)
    left = problem.rounds - len(held)
    if seats.ndim != MATRIX or seats.shape[1] != problem.n or len(seats) > left:
        raise InvalidProblem(
            f"announced must have at most {left} rounds of {problem.n} seats, not shape {seats.shape}"
        )
    if seats.size and seats.min() < SITS_OUT:
        raise InvalidProblem(f"announced names table {seats.min()}; -1 stands for no table")
    return seats
