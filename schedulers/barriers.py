"""Who must be left over when people pair up, with the set of people that proves it.

Take ``partners`` out of the room: what is left falls into parts that have nothing to do with each other. A
part of odd size leaves somebody over, unless one of ``partners`` takes them. So at least as many are left
over as there are odd parts more than partners (Tutte, Berge). Whoever has the proof can count it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_bipartite_matching

if TYPE_CHECKING:
    from schedulers.problem import BoolArray, IntArray


class Shortage(NamedTuple):
    """Rows that have only ``columns`` to be matched with, which are fewer (or as many: none)."""

    rows: IntArray
    columns: IntArray

    @property
    def least(self) -> int:
        """Return how many rows are left over at least."""
        return len(self.rows) - len(self.columns)


class Barrier(NamedTuple):
    """Parts of odd size whose people may only meet inside their part, or one of ``partners``."""

    parts: tuple[tuple[int, ...], ...]
    partners: tuple[int, ...]

    @property
    def least(self) -> int:
        """Return how many people are left over at least when they pair up."""
        return len(self.parts) - len(self.partners)


def shortage(possible: BoolArray) -> Shortage:
    """Return the fewest rows that leave most rows over, and all columns they may be matched with.

    By König's theorem no more rows are left over than this: who cannot be matched, and whoever could
    step in for them.

    Args:
        possible: Shape ``(rows, columns)``: what may be matched.
    """
    rows, columns = (np.zeros(size, dtype=np.bool_) for size in possible.shape)
    if not possible.size:
        return Shortage(np.arange(len(rows)), np.zeros(0, dtype=np.int64))
    column_of = maximum_bipartite_matching(csr_array(possible), perm_type="column")
    row_of = np.full(len(columns), -1, dtype=np.int64)
    matched = np.flatnonzero(column_of >= 0)
    row_of[column_of[matched]] = matched
    frontier = np.flatnonzero(column_of < 0)
    while frontier.size:
        rows[frontier] = True
        near = possible[frontier].any(axis=0) & ~columns
        columns |= near
        # Each of these columns is matched: otherwise one more row could have been.
        frontier = row_of[near]
    return Shortage(np.flatnonzero(rows), np.flatnonzero(columns))


def barrier(possible: BoolArray) -> Barrier:
    """Return parts and partners that leave many people over; none if nobody need be.

    The best partners are those of the crowd that has too few, found on two copies of everybody. That
    misses rooms in which parts of three or more hang together by single people: then more may be left
    over than is said, never fewer.

    Args:
        possible: Shape ``(n, n)``, symmetric, with a false diagonal: who may meet.
    """
    n = len(possible)
    if n == 0:
        return Barrier((), ())
    if n > 1 and 2 * int(possible.sum(axis=1).min()) >= n:
        # Whoever can meet half of the room can be seated in a ring with such (Dirac), and rings pair up.
        return Barrier((tuple(range(n)),) if n % 2 else (), ())
    found = shortage(possible)
    crowd = np.setdiff1d(found.rows, found.columns)
    taken = _worth_taking(possible, possible[crowd].sum(axis=0) > 0)
    return Barrier(_odd_parts(possible, taken), tuple(np.flatnonzero(taken).tolist()))


def _worth_taking(possible: BoolArray, taken: BoolArray) -> BoolArray:
    """Return whom of ``taken`` to take out: only where that proves more than leaving the room as it is.

    Places that have nothing to do with each other are judged apart.
    """
    place, part = _components(possible), _components(possible & ~taken & ~taken[:, None])
    _, anybody, sizes = np.unique(part, return_index=True, return_counts=True)
    odd_parts = anybody[(sizes % 2 == 1) & ~taken[anybody]]
    proven = _counts(place[odd_parts], len(place)) - _counts(place[taken], len(place))
    is_worth: BoolArray = proven > _counts(place, len(place)) % 2
    return np.asarray(taken & is_worth[place], dtype=np.bool_)


def _counts(labels: IntArray, size: int) -> IntArray:
    counts: IntArray = np.bincount(labels, minlength=size)
    return counts


def _components(possible: BoolArray) -> IntArray:
    labels: IntArray = connected_components(csr_array(possible), directed=False)[1].astype(np.int64)
    return labels


def _odd_parts(possible: BoolArray, taken: BoolArray) -> tuple[tuple[int, ...], ...]:
    """Return the parts of odd size into which the room falls without ``taken``."""
    left = np.flatnonzero(~taken)
    labels = _components(possible[np.ix_(left, left)])
    order = np.argsort(labels, kind="stable")
    parts = np.split(left[order], np.flatnonzero(np.diff(labels[order])) + 1) if left.size else []
    return tuple(tuple(part.tolist()) for part in parts if len(part) % 2)
