"""What is to be planned: people, tables, rounds, wishes and rules.

Everything is an index: person ``i``, table ``t`` and round ``r`` count from 0. A :class:`Problem` is
checked when it is made, so whoever holds one need not check again. Its arrays are read-only copies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

BoolArray: TypeAlias = NDArray[np.bool_]
IntArray: TypeAlias = NDArray[np.int64]
WeightArray: TypeAlias = NDArray[np.int32]

MAX_WEIGHT = 1000
PAIR = 2


class InvalidProblem(ValueError):  # noqa: N818 -- the words of the field
    """The input contradicts the format; the message names what is wrong."""


class MustMeet(NamedTuple):
    """Two people who must meet, in round ``by`` at the latest (``None``: in any round)."""

    first: int
    second: int
    by: int | None = None


class Balance(NamedTuple):
    """An attribute to mix at every table: ``values[i]`` is that of person ``i``, ``None`` if unknown.

    ``weight`` multiplies the squared deviation from the room's share.
    """

    attribute: str
    weight: float
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``least`` to ``seats`` people when used; ``x`` and ``y`` give its place, in any unit."""

    seats: int
    least: int = PAIR
    x: float = 0.0
    y: float = 0.0

    def __post_init__(self) -> None:
        if self.seats < PAIR:
            raise InvalidProblem(f"a table needs at least 2 seats, not {self.seats}")
        if not PAIR <= self.least <= self.seats:
            raise InvalidProblem(f"least must lie between 2 and the {self.seats} seats, not {self.least}")
        if not (np.isfinite(self.x) and np.isfinite(self.y)):
            raise InvalidProblem("x and y of a table must be finite numbers")


def _unset() -> Any:
    """Return the empty array that stands for an argument not given."""
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Problem:
    """An evening to plan.

    Args:
        weights: Shape ``(n, n)``, symmetric, 0 to 1000, zero diagonal: how well two people fit.
        tables: The tables, in the order of their indices.
        rounds: The number of rounds, those already held included.
        allowed: Shape ``(n, n)``, symmetric: who may meet whom at all; everyone by default.
        present: Shape ``(n, rounds)``: who is there in which round; always by default.
        sides: Shape ``(n,)`` of 0 and 1: only different sides meet; empty by default (no sides).
        must_meet: Pairs that must meet, with an optional last round.
        met: Pairs who met at a former event.
        fixed: Shape ``(n,)``: the table at which one sits whenever seated, -1 for any.
        balance: Attributes to mix at tables of more than two.
        odd: At an odd head-count someone sits out, or one table of two holds a trio.
        fairness: Share of the value that may be spent on whoever gains least, 0 to 1.
        rotation: At tables of more than two, people move in step where they can, by jumps that can be printed
            on cards, and keep to them once a round is held; however much more other seats would be worth.

    Raises:
        InvalidProblem: Naming the first thing that is wrong.
    """

    weights: WeightArray
    tables: Sequence[Table]
    rounds: int
    allowed: BoolArray = field(default_factory=_unset, kw_only=True)
    present: BoolArray = field(default_factory=_unset, kw_only=True)
    sides: IntArray = field(default_factory=_unset, kw_only=True)
    must_meet: Sequence[MustMeet | tuple[int, int] | tuple[int, int, int | None]] = field(
        default=(), kw_only=True
    )
    met: Sequence[tuple[int, int]] = field(default=(), kw_only=True)
    fixed: IntArray = field(default_factory=_unset, kw_only=True)
    balance: Sequence[Balance] = field(default=(), kw_only=True)
    odd: Literal["sit_out", "trio"] = field(default="sit_out", kw_only=True)
    fairness: float = field(default=0.0, kw_only=True)
    rotation: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        for name, value in _normalised(self).items():
            object.__setattr__(self, name, value)
        _check_wishes(self)

    @property
    def n(self) -> int:
        """Return the number of people."""
        return len(self.weights)

    @property
    def musts(self) -> tuple[MustMeet, ...]:
        """Return the must-meets as named tuples, each once."""
        return tuple(dict.fromkeys(MustMeet(*must) for must in self.must_meet))

    @property
    def is_pairs(self) -> bool:
        """Return whether every table seats two: then nobody meets anybody twice."""
        return all(table.seats == PAIR for table in self.tables)

    def met_before(self) -> BoolArray:
        """Return a symmetric matrix of the pairs in ``met``."""
        return pair_matrix(self.n, self.met)

    def may_meet(self) -> BoolArray:
        """Return a symmetric matrix of who may meet by every rule that holds all evening but ``met``."""
        may = self.allowed.copy()
        if self.sides.size:
            may &= self.sides[:, None] != self.sides[None, :]
        hosts = np.flatnonzero(self.fixed >= 0)
        may[np.ix_(hosts, hosts)] &= self.fixed[hosts][:, None] == self.fixed[hosts]
        return may


def pair_matrix(n: int, pairs: Sequence[tuple[int, int]]) -> BoolArray:
    """Return a symmetric matrix, shape ``(n, n)``, that is true at ``pairs``."""
    matrix = np.zeros((n, n), dtype=np.bool_)
    if pairs:
        first, second = np.array(pairs, dtype=np.int64).T
        matrix[first, second] = matrix[second, first] = True
    return matrix


def ever_together(present: BoolArray) -> BoolArray:
    """Return who is there together in some round, shape ``(n, n)``; ``present`` has ``(n, rounds)``."""
    n = len(present)
    if present.size and present.all():
        return np.ones((n, n), dtype=np.bool_)
    together = np.zeros((n, n), dtype=np.uint8)
    for eight_rounds in np.packbits(present, axis=1).T:
        together |= eight_rounds[:, None] & eight_rounds[None, :]
    return together > 0


def _normalised(problem: Problem) -> dict[str, Any]:
    """Return the checked fields of ``problem`` with defaults filled in and arrays frozen."""
    if problem.rounds < 0:
        raise InvalidProblem(f"rounds must not be negative, got {problem.rounds}")
    if problem.odd not in ("sit_out", "trio"):
        raise InvalidProblem(f'odd must be "sit_out" or "trio", not {problem.odd!r}')
    if not 0.0 <= problem.fairness <= 1.0:
        raise InvalidProblem(f"fairness must lie between 0 and 1, not {problem.fairness}")
    weights = _checked_weights(np.asarray(problem.weights))
    n = len(weights)
    allowed = _given(problem.allowed, np.ones((n, n), dtype=np.bool_), name="allowed").copy()
    if not np.array_equal(allowed, allowed.T):
        raise InvalidProblem("allowed must be symmetric")
    np.fill_diagonal(allowed, val=False)
    present = _given(problem.present, np.ones((n, problem.rounds), dtype=np.bool_), name="present")
    fixed = _given(problem.fixed, np.full(n, -1, dtype=np.int64), name="fixed")
    tables = tuple(problem.tables)
    if n and (fixed.min() < -1 or fixed.max() >= len(tables)):
        raise InvalidProblem(f"fixed names a table that is not among the {len(tables)} tables")
    return {
        "weights": _frozen(weights, np.int32),
        "tables": tables,
        "allowed": _frozen(allowed, np.bool_),
        "present": _frozen(present, np.bool_),
        "fixed": _frozen(fixed, np.int64),
        "sides": _frozen(_checked_sides(problem.sides, n=n, tables=tables), np.int64),
        "balance": _checked_balance(problem.balance, n),
    }


def _given(array: NDArray[Any], default: NDArray[Any], *, name: str) -> NDArray[Any]:
    """Return ``array`` if it has the shape of ``default``, and ``default`` if it was not given."""
    array = np.asarray(array)
    if array.size == 0 and (array.ndim == 1 or default.size == 0):
        return default
    if array.shape != default.shape:
        raise InvalidProblem(f"{name} must have shape {default.shape}, not {array.shape}")
    wanted = "b" if default.dtype == np.bool_ else "iu"
    if array.dtype.kind not in wanted:
        raise InvalidProblem(f"{name} has the wrong type of values: {array.dtype}")
    return array


def _frozen(array: NDArray[Any], dtype: type) -> NDArray[Any]:
    """Return a read-only copy of ``array``, so that a problem cannot change under a planner."""
    copy: NDArray[Any] = np.array(array, dtype=dtype)
    copy.setflags(write=False)
    return copy


def _checked_weights(weights: NDArray[Any]) -> NDArray[Any]:
    if weights.size == 0:
        return np.zeros((0, 0), dtype=np.int32)
    if weights.ndim != PAIR or weights.shape[0] != weights.shape[1]:
        raise InvalidProblem(f"weights must be a square matrix, not of shape {weights.shape}")
    if weights.dtype.kind not in "iu":
        raise InvalidProblem(f"weights must be integers, not {weights.dtype}")
    outside = np.argwhere((weights < 0) | (weights > MAX_WEIGHT))
    if len(outside):
        i, j = outside[0]
        raise InvalidProblem(f"weights[{i}][{j}] is {weights[i, j]}; it must lie between 0 and {MAX_WEIGHT}")
    uneven = np.argwhere(weights != weights.T)
    if len(uneven):
        i, j = uneven[0]
        raise InvalidProblem(
            f"weights must be symmetric: weights[{i}][{j}] is {weights[i, j]}, "
            f"weights[{j}][{i}] is {weights[j, i]}"
        )
    filled = np.flatnonzero(np.diagonal(weights))
    if len(filled):
        i = filled[0]
        raise InvalidProblem(f"the diagonal must be zero: weights[{i}][{i}] is {weights[i, i]}")
    return weights


def _checked_sides(sides: NDArray[Any], *, n: int, tables: Sequence[Table]) -> NDArray[Any]:
    sides = np.asarray(sides)
    if sides.size == 0:
        return np.zeros(0, dtype=np.int64)
    if sides.shape != (n,) or not np.isin(sides, (0, 1)).all():
        raise InvalidProblem("sides must hold 0 or 1 for every person")
    if any(table.seats > PAIR for table in tables):
        raise InvalidProblem("sides need tables of two")
    return sides


def _checked_balance(balance: Sequence[Balance], n: int) -> tuple[Balance, ...]:
    for rule in balance:
        if len(rule.values) != n:
            raise InvalidProblem(f"balance of {rule.attribute!r} needs a value or None for every person")
        if not (np.isfinite(rule.weight) and rule.weight >= 0):
            raise InvalidProblem(f"the weight of {rule.attribute!r} in balance must not be negative")
    return tuple(balance)


def _check_wishes(problem: Problem) -> None:
    """Raise if a must-meet or a former meeting names a person or a round that does not exist."""
    for name, pairs in (("must_meet", [must[:2] for must in problem.musts]), ("met", list(problem.met))):
        for first, second in pairs:
            if not (0 <= first < problem.n and 0 <= second < problem.n):
                raise InvalidProblem(f"{name} names a person who does not exist: {first}, {second}")
            if first == second:
                raise InvalidProblem(f"{name} pairs person {first} with themselves")
    for must in problem.musts:
        if must.by is not None and not 0 <= must.by < problem.rounds:
            raise InvalidProblem(f"must_meet of {must.first} and {must.second}: there is no round {must.by}")
