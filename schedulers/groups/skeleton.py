"""A skeleton for given tables and rounds: an evening of roles in which nobody meets anybody twice.

What arithmetic or memory knows comes first, because it is there at once: jumps that are the same in every
round, stored ones, a ring, each of them with rounds in which those of one seat play among themselves, a
maximal arc, a stored starter, orthogonal squares. Then jumps that differ from round to round are searched,
and at last any seats; if that leaves repeats, they are few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.groups.constructions import Skeleton, from_rotation, thinned
from schedulers.groups.designs import stored_seats
from schedulers.groups.designs_arcs import arc_seats
from schedulers.groups.designs_jumps import stored_jumps
from schedulers.groups.designs_squares import square_seats
from schedulers.groups.jumps import even_jumps, jump_tables, searched_jumps
from schedulers.groups.ring import ring_rounds
from schedulers.groups.tabu import tabu_seats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.budget import Budget, Limits
    from schedulers.problem import IntArray

# Of the time left, how much each search may take.
SHARE, TABU_SHARE = 0.15, 0.4
# How many steps a search makes where no clock counts: at most, and for each person.
JUMP_STEPS, TABU_STEPS, STEPS_EACH = 10_000, 5_000, 100
# Rounds times people squared beyond which the search for any seats would not get far.
LARGEST_TABU = 500_000
UNLIMITED = 1 << 30


def skeleton(
    sizes: Sequence[int], rounds: int, *, budget: Budget, random: np.random.Generator
) -> Skeleton | None:
    """Return a skeleton, or ``None`` if none was found in so large a room.

    Where none without repeats is found in a smaller one, it is one with few.

    Args:
        sizes: How many people sit at each table, the largest first, none without anybody.
        rounds: The number of rounds.
        budget: Of the time left, at most three fifths are used.
        random: Source of what the searches do by chance.

    Raises:
        ValueError: If the largest tables are not first.
    """
    if list(sizes) != sorted(sizes, reverse=True) or min(sizes, default=1) < 1:
        raise ValueError(f"sizes must fall from table to table and be at least 1, not {list(sizes)}")
    if rounds <= most_rounds(sizes):
        known = constructed(sizes, rounds)
        if known is not None:
            return known
        for extra in _extras(sizes, rounds):
            found = _rotating(sizes, rounds, extra=extra, budget=budget, random=random)
            if found is not None:
                return found
    if rounds * sum(sizes) ** 2 > LARGEST_TABU:
        return None
    limits = budget.share(TABU_SHARE)
    steps = _steps(TABU_STEPS, sum(sizes), limits)
    seats = tabu_seats(sizes, rounds, steps=steps, limits=limits, random=random)
    return Skeleton(seats, "search")


def most_rounds(sizes: Sequence[int]) -> int:
    """Return a number of rounds that no skeleton exceeds.

    After the first round, those at a table come from different ones. Pairs run out, and so do the people whom
    somebody could meet who always sits at the smallest table.
    """
    people, smallest = sum(sizes), min(sizes, default=1)
    pairs = sum(size * (size - 1) for size in sizes)
    if not pairs:
        return UNLIMITED
    if max(sizes) > len(sizes):
        return 1
    by_pairs = people * (people - 1) // pairs
    return by_pairs if smallest == 1 else min(by_pairs, (people - 1) // (smallest - 1))


def constructed(sizes: Sequence[int], rounds: int) -> Skeleton | None:
    """Return a skeleton that needs no search, or ``None`` if there is none of those known here.

    Arguments are those of :func:`skeleton`.
    """
    if not sizes or not rounds:
        return Skeleton(np.zeros((rounds, sum(sizes)), dtype=np.int64), "nothing to do")
    for extra in _extras(sizes, rounds, every=True):
        for rotation in _rotations(len(sizes), sizes[0], rounds - extra):
            found = _with_columns(rotation, sizes, extra)
            if found is not None:
                return found
    for name, known in (("arc", arc_seats), ("starter", stored_seats), ("squares", square_seats)):
        whole = known(len(sizes), sizes[0])
        if whole is not None and (made := thinned(whole, sizes, rounds)) is not None:
            return Skeleton(made, name)
    return None


class _Rotation(NamedTuple):
    """Seats that move from table to table: ``turning`` has shape ``(rounds, seats, tables)``."""

    name: str
    turning: IntArray


def _rotations(tables: int, seats: int, rounds: int) -> Iterator[_Rotation]:
    """Yield the rotations that are there at once."""
    for name, known in (("even jumps", even_jumps), ("stored jumps", stored_jumps)):
        jumps = known(tables, seats, rounds)
        if jumps is not None:
            yield _Rotation(name, jump_tables(jumps, tables))
    turning = ring_rounds(tables, seats, rounds)
    if turning is not None:
        yield _Rotation("ring", turning)


def _rotating(
    sizes: Sequence[int], rounds: int, *, extra: int, budget: Budget, random: np.random.Generator
) -> Skeleton | None:
    """Return a skeleton of searched jumps and ``extra`` rounds within columns, if one is found in time."""
    if sizes[-1] < sizes[0] - 1:
        return None
    tables, limits = len(sizes), budget.share(SHARE)
    steps = _steps(JUMP_STEPS, sum(sizes), limits)
    jumps = searched_jumps(tables, sizes[0], rounds - extra, steps=steps, limits=limits, random=random)
    if jumps is None:
        return None
    return _with_columns(_Rotation("jumps", jump_tables(jumps, tables)), sizes, extra)


def _steps(most: int, people: int, limits: Limits) -> int:
    return min(most, STEPS_EACH * people) if limits.deadline is None else UNLIMITED


def _extras(sizes: Sequence[int], rounds: int, *, every: bool = False) -> Iterator[int]:
    """Yield how many rounds may be played within columns: none, or the most, or ``every`` number between.

    A column are all people of one seat; they never meet by moving from table to table. Where they fill
    tables by themselves, they can also play among themselves.
    """
    yield 0
    tables, seats = len(sizes), sizes[0]
    if tables % seats:
        return
    most = 0
    for extra in range(1, min(rounds, (tables - 1) // max(1, seats - 1)) + 1):
        if _column(sizes, extra) is None:
            break
        most = extra
        if every:
            yield extra
    if most and not every:
        yield most


def _column(sizes: Sequence[int], rounds: int) -> Skeleton | None:
    """Return how the people of seat 0 play among themselves; all of them, if ``sizes`` are equal."""
    seats, count = sizes[0], len(sizes) // sizes[0]
    missing = sum(seats - size for size in sizes)
    if missing > count:
        return None
    return constructed([seats] * (count - missing) + [seats - 1] * missing, rounds)


def _with_columns(rotation: _Rotation, sizes: Sequence[int], extra: int) -> Skeleton | None:
    """Return the roles of a rotation, followed by ``extra`` rounds of columns among themselves."""
    seats, tables = sizes[0], len(sizes)
    among = np.zeros((extra, seats, tables), dtype=np.int64)
    if extra:
        hosts, others = _column(sizes, extra), _column([seats] * tables, extra)
        if hosts is None or others is None:
            return None
        # The hosts take the last tables, because theirs are the smaller ones.
        first = np.arange(seats - 1) * (tables // seats)
        among[:, 1:] = others.seats[:, None, :] + first[:, None]
        among[:, 0, : hosts.seats.shape[1]] = hosts.seats + tables - tables // seats
    roles = from_rotation(np.concatenate([rotation.turning, among]), sizes)
    if roles is None:
        return None
    name = f"{rotation.name} and columns" if extra else rotation.name
    return Skeleton(roles, name)
