"""How many sit at which table of a round, before anybody is seated.

As many people as tables allow, at as few tables as that takes, as evenly as they can be spread: with
tables of ten, 97 people are seven tens and three nines, never nine tens and a seven. Hosts come first: a
table with a host who is there is used if it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import IntArray, Problem

NEVER = -(1 << 40)


class _Range(NamedTuple):
    """A table, the hosts who sit there, and how many others may: ``least`` to ``most`` if it is used."""

    table: int
    hosts: tuple[int, ...]
    least: int
    most: int


class _First(NamedTuple):
    """To use the first ``tables``; ``can_grow`` if there are people enough for one more."""

    tables: int
    can_grow: bool


@dataclass(frozen=True, eq=False, slots=True)
class Sizes:
    """The tables of a round that are used, in ascending order.

    Attributes:
        tables: Shape ``(used tables,)``: their indices.
        low: Shape ``(used tables,)``: how many sit there at least, so that all tables are much alike.
        high: Shape ``(used tables,)``: how many chairs are put up; some of them may stay empty.
        hosts: For every used table, who keeps a chair there: people fixed at it. Nobody does where somebody
            has to sit out, since it may be their turn, nor where a must-meet may need one of their chairs.
        seated: How many people are seated at all of them together.
        can_grow: Whether there are more tables than are used, and people enough for them.
    """

    tables: IntArray
    low: IntArray
    high: IntArray
    hosts: tuple[tuple[int, ...], ...]
    seated: int
    can_grow: bool

    @property
    def meetings(self) -> int:
        """Return how many meetings the tables hold; one person more at a table meets all who sit there."""
        spread = int((self.low * (self.low - 1)).sum()) // 2
        raised = np.sort(self.low[self.high > self.low])[: self.seated - int(self.low.sum())]
        return spread + int(raised.sum())


def sizes_of(problem: Problem, r: int, *, spare: int = 0, first: Sequence[int] = ()) -> Sizes:
    """Return how many sit at which table of round ``r``.

    Args:
        problem: The evening.
        r: The round.
        spare: How many tables to use beyond the fewest that seat all, as far as there are people for them:
            smaller tables hold fewer meetings, hence fewer second ones.
        first: Tables to use before others, if tables are free to choose.
    """
    free = int((problem.present[:, r] & (problem.fixed < 0)).sum())
    ranges = _ranges(problem, r, first)
    fewest = _fewest(ranges, free, spare)
    if fewest is None:
        # Of choices that seat as many, each round prefers another one: tables left empty take turns.
        turn = 0 if first else r % len(ranges)
        used = _fullest(ranges[turn:] + ranges[:turn], free)
    else:
        used = ranges[: fewest.tables]
    seated = sum(len(each.hosts) for each in used) + min(free, sum(each.most for each in used))
    used.sort()
    low, high = _even(problem, used, seated)
    is_crowded = seated < int(problem.present[:, r].sum())
    wanted = _wanted(problem)
    return Sizes(
        tables=np.array([each.table for each in used], dtype=np.int64),
        low=low,
        high=high,
        hosts=tuple(() if is_crowded or each.table in wanted else each.hosts for each in used),
        seated=seated,
        can_grow=fewest is not None and fewest.can_grow,
    )


def _wanted(problem: Problem) -> set[int]:
    """Return the tables of several hosts of whom one has a must-meet, which may need another's chair."""
    tables = {int(problem.fixed[person]) for must in problem.musts for person in must[:2]}
    return {table for table in tables if table >= 0 and (problem.fixed == table).sum() > 1}


def most_seated(problem: Problem, r: int) -> int:
    """Return how many people round ``r`` seats at most, whoever may meet whom."""
    return sizes_of(problem, r).seated


def compatible_hosts(problem: Problem, table: int, r: int) -> tuple[int, ...]:
    """Return who sits at ``table`` in round ``r`` and nowhere else, but for hosts who may not meet others."""
    hosts = np.flatnonzero((problem.fixed == table) & problem.present[:, r])
    while len(hosts) > 1:
        barred = ~problem.allowed[np.ix_(hosts, hosts)]
        np.fill_diagonal(barred, val=False)
        if not barred.any():
            break
        hosts = np.delete(hosts, int(barred.sum(axis=0).argmax()))
    return tuple(hosts.tolist())


def _ranges(problem: Problem, r: int, first: Sequence[int]) -> list[_Range]:
    """Return all tables, those to be used first at the beginning: hosts', then ``first``, then large ones."""
    fixed = set(problem.fixed[problem.present[:, r]].tolist())
    found = []
    for t, table in enumerate(problem.tables):
        hosts = compatible_hosts(problem, t, r) if t in fixed else ()
        found.append(_Range(t, hosts, max(0, table.least - len(hosts)), table.seats - len(hosts)))
    preferred = set(first)
    found.sort(key=lambda each: (not each.hosts, each.table not in preferred, -each.most, each.table))
    return found


def _fewest(ranges: Sequence[_Range], free: int, spare: int) -> _First | None:
    """Return how many tables seat all, and ``spare`` more; ``None`` if it is not as easy as that."""
    least = np.cumsum([0, *(each.least for each in ranges)])
    most = np.cumsum([0, *(each.most for each in ranges)])
    needed = max(sum(bool(each.hosts) for each in ranges), int(np.searchsorted(most, free)))
    needed = min(needed, len(ranges))
    if least[needed] > free:
        return None
    while spare and needed < len(ranges) and least[needed + 1] <= free:
        needed, spare = needed + 1, spare - 1
    return _First(needed, needed < len(ranges) and bool(least[needed + 1] <= free))


def _fullest(ranges: Sequence[_Range], free: int) -> list[_Range]:
    """Return tables that seat most people, where some ``least`` stands in the way.

    Dynamic programming over the number of people without a fixed table: table by table, the most hosts
    that any choice of tables seats with exactly so many others.
    """
    best = np.full(free + 1, NEVER, dtype=np.int64)
    best[0] = 0
    steps = []
    for each in ranges:
        taken = np.full(free + 1, -1, dtype=np.int64)
        better = best.copy()
        for count in range(each.least, min(each.most, free) + 1):
            reached = best[: free + 1 - count] + len(each.hosts)
            gains = reached > better[count:]
            better[count:][gains], taken[count:][gains] = reached[gains], count
        best = better
        steps.append(taken)
    left = int((best + np.arange(free + 1)).argmax())
    used = []
    for each, taken in zip(reversed(ranges), reversed(steps), strict=True):
        count = int(taken[left])
        if count >= 0:
            used.append(each._replace(least=count, most=count))
            left -= count
    return used


def _even(problem: Problem, used: Sequence[_Range], seated: int) -> tuple[IntArray, IntArray]:
    """Return ``low`` and ``high`` of tables that seat ``seated``: as even as their own limits allow."""
    hosts = np.array([len(each.hosts) for each in used], dtype=np.int64)
    least = np.array([problem.tables[each.table].least for each in used], dtype=np.int64)
    least = np.maximum(least, hosts)
    most = np.array([problem.tables[each.table].seats for each in used], dtype=np.int64)
    level = 0
    while level < most.max(initial=0) and np.clip(level + 1, least, most).sum() <= seated:
        level += 1
    low, high = np.clip(level, least, most), np.clip(level + 1, least, most)
    return (low, low) if low.sum() == seated else (low, high)
