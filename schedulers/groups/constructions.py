"""What all skeletons have in common: roles with seats, people left out, rounds left out.

A *skeleton* is an evening of roles instead of people: who shall play which role is another question
(:mod:`schedulers.groups.relabel`). In a skeleton nobody meets anybody twice, but for those that a search left
with a few repeats, and that remains so if rounds or roles are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import BoolArray, IntArray

NEVER = -1


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """Seats of roles, with no two roles at one table twice if that was found.

    Attributes:
        seats: Shape ``(rounds, roles)``: the table of each role, the largest tables first.
        construction: How it was made, in a few words.
    """

    seats: IntArray
    construction: str


def meeting_rounds(seats: IntArray) -> IntArray:
    """Return the round in which two roles meet: shape ``(roles, roles)``, -1 for never.

    Args:
        seats: Shape ``(rounds, roles)``, -1 for no seat; of two rounds in which two meet, the last counts.
    """
    roles = seats.shape[1]
    met_in = np.full((roles, roles), NEVER, dtype=np.int64)
    for r, row in enumerate(seats):
        met_in[(row[:, None] == row[None, :]) & (row >= 0)] = r
    np.fill_diagonal(met_in, NEVER)
    return met_in


def from_rotation(tables: IntArray, sizes: Sequence[int]) -> IntArray | None:
    """Return the seats of roles, or ``None`` if ``sizes`` differ by more than one.

    At the smaller tables nobody has seat 0, whose people never move: so each table keeps its size.

    Args:
        tables: Shape ``(rounds, seats, tables)``: where person ``x`` of a seat sits; ``x`` in round 0, and
            always for seat 0.
        sizes: How many people sit at each table, the largest first.

    Returns:
        Shape ``(rounds, sum(sizes))``, table by table as in round 0.
    """
    rounds, seats, count = tables.shape
    smaller = np.array([seats - size for size in sizes], dtype=np.int64)
    if not np.isin(smaller, (0, 1)).all():
        return None
    is_there = np.ones((count, seats), dtype=np.bool_)
    is_there[:, 0] = smaller == 0
    roles: IntArray = tables.swapaxes(1, 2).reshape(rounds, count * seats)[:, is_there.ravel()]
    return roles


def thinned(seats: IntArray, sizes: Sequence[int], rounds: int) -> IntArray | None:
    """Return ``rounds`` rounds of a skeleton without some of its roles, or ``None`` if they cannot be had.

    Whoever is left out must not meet in the rounds that stay, so that no table loses two. One by one, those
    are left out who cost the fewest rounds; people of one table meet in that round only, so they come first
    where that is better.

    Args:
        seats: Shape ``(all rounds, roles)``, tables of equal size.
        sizes: The sizes wanted, the largest first: as many as there are tables, and of that size or one less.
        rounds: How many rounds are to stay.

    Returns:
        Shape ``(rounds, sum(sizes))``, the largest tables first in every round.
    """
    size = seats.shape[1] // len(sizes)
    if rounds > len(seats) or any(size - wanted not in (0, 1) for wanted in sizes):
        return None
    met_in, count = meeting_rounds(seats), sum(size - wanted for wanted in sizes)
    company: list[int] = np.flatnonzero(seats[-1] == 0)[:count].tolist()
    choices = [_leaving(met_in, count, company), _leaving(met_in, count, [])]
    leaving, lost = min(choices, key=lambda choice: int(choice[1].sum()))
    kept = np.flatnonzero(~lost[: len(seats)])[:rounds]
    if len(kept) < rounds:
        return None
    staying = np.delete(seats[kept], leaving, axis=1)
    return np.stack([_largest_first(row, len(sizes)) for row in staying])


def _leaving(met_in: IntArray, count: int, begin: list[int]) -> tuple[list[int], BoolArray]:
    """Return ``count`` roles from ``begin`` on, and in which rounds some of them meet: ``(rounds + 1,)``.

    The last entry is true: it stands for never.
    """
    leaving = list(begin)
    lost = np.zeros(int(met_in.max(initial=0)) + 2, dtype=np.bool_)
    lost[met_in[np.ix_(leaving, leaving)]] = True
    lost[NEVER] = True
    while len(leaving) < count:
        new = np.array([len(set(row[~lost[row]].tolist())) for row in met_in[:, leaving]])
        new[leaving] = len(met_in)
        leaving.append(int(np.argmin(new)))
        lost[met_in[leaving[-1], leaving]] = True
    return leaving, lost


def _largest_first(row: IntArray, tables: int) -> IntArray:
    """Return a round with its tables numbered by falling size, ties as they were."""
    order = np.argsort(-np.bincount(row, minlength=tables), kind="stable")
    return np.argsort(order)[row]
