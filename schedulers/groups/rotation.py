"""Evenings in which a card tells everybody each of their tables: people move by jumps, seat by seat.

The tables in use are a circle, in the order of their numbers. Whoever has one of its seats is, in each round,
as many tables further on as everybody else with that seat, so nobody meets anybody twice
(:mod:`schedulers.groups.jumps`), whoever has which seat. Seat 0 stays, so hosts have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.groups.constructions import meeting_rounds
from schedulers.groups.designs_jumps import stored_jumps
from schedulers.groups.jumps import even_jumps, searched_jumps
from schedulers.groups.legal import legal_row
from schedulers.groups.relabel import deal, played, swap
from schedulers.groups.relabel_search import RelabelSearch
from schedulers.groups.relabel_worth import cast_for
from schedulers.groups.sizes import sizes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.budget import Budget, Limits
    from schedulers.groups.relabel_worth import Cast
    from schedulers.problem import IntArray, Problem

# Of the time left, how much the search for jumps may take, for all numbers of tables, and each search for who
# has which seat.
JUMPS_SHARE, SEARCH_SHARE = 0.3, 0.75
# Steps of the search for jumps for each number of tables.
STEPS = 1_000


def rotating_rows(
    problem: Problem, rounds: range, *, budget: Budget, random: np.random.Generator
) -> Iterator[IntArray]:
    """Yield seats by which people move in step: by chance at first, then those that are worth most.

    Nothing is yielded where there are none without repeats in which every rule holds and everybody has a
    seat. As few tables are used as that takes.

    Args:
        problem: The evening.
        rounds: The rounds to plan.
        budget: Of the time left, a part is used.
        random: Source of what the searches do by chance.

    Yields:
        Shape ``(len(rounds), n)``: tables, -1 for whoever is absent.
    """
    circle = _circle(problem, rounds, limits=budget.share(JUMPS_SHARE), random=random)
    if circle is None or len(rounds) == 1:
        return
    roles = circle.tables_of_roles()
    cast = cast_for(problem, roles=roles.shape[1], rounds=len(rounds), first=rounds.start)
    hosts = _hosts(problem, cast, circle)
    if hosts is None:
        return
    role_of = _dealt(hosts, random)
    search = RelabelSearch(cast, meeting_rounds(roles), role_of, random, is_pinned=hosts >= 0)
    for improve in (deal, swap, None):
        rows = played(problem, cast, roles, search.best)
        if _is_legal(problem, rounds, rows):
            yield rows
        if improve is None or budget.next_search(1) is None:
            return
        improve(search, budget.share(SEARCH_SHARE))


class _Circle(NamedTuple):
    """Tables in ascending order, and jumps, shape ``(rounds, seats)``; the last seat is at some tables only.

    ``roles`` is how many seats there are in all.
    """

    tables: IntArray
    jumps: IntArray
    roles: int

    def tables_of_roles(self) -> IntArray:
        """Return where each role sits, shape ``(rounds, roles)``: seat by seat, in the order of tables."""
        count = len(self.tables)
        places = (self.jumps[:, :, None] + np.arange(count)) % count
        tables: IntArray = self.tables[places.reshape(len(places), -1)[:, : self.roles]]
        return tables


def _circle(
    problem: Problem, rounds: range, *, limits: Limits, random: np.random.Generator
) -> _Circle | None:
    """Return the fewest tables for which there are jumps, or ``None`` if there are none for any number."""
    present = problem.present[:, rounds.start : rounds.stop]
    heads = present.sum(axis=0)
    people = int(present.any(axis=1).sum())
    fullest = rounds[int(heads.argmax())]
    spare, before = 0, 0
    while True:
        sizes = sizes_of(problem, fullest, spare=spare)
        count = len(sizes.tables)
        if sizes.seated < heads.max() or count == before:
            return None
        chairs = min(problem.tables[table].seats for table in sizes.tables.tolist())
        # Where not all are there at a time, some may have to share a seat.
        roles = min(people, chairs * count)
        seats = -(-roles // count)
        jumps = _jumps(count, seats, len(rounds), limits=limits, random=random)
        if jumps is not None and roles >= heads.max():
            return _Circle(sizes.tables, jumps, roles)
        if limits.are_spent():
            return None
        spare, before = spare + 1, count


def _jumps(
    tables: int, seats: int, rounds: int, *, limits: Limits, random: np.random.Generator
) -> IntArray | None:
    """Return jumps for so many tables, those first that are the same after every round."""
    for known in (even_jumps, stored_jumps):
        jumps = known(tables, seats, rounds)
        if jumps is not None:
            return jumps
    return searched_jumps(tables, seats, rounds, steps=STEPS, limits=limits, random=random)


def _hosts(problem: Problem, cast: Cast, circle: _Circle) -> IntArray | None:
    """Return the role of each player who has a table, -1 for others; ``None`` if two would need the same."""
    fixed = np.append(problem.fixed, -1)[cast.people]
    table = fixed.max(axis=0, initial=-1)
    roles = np.searchsorted(circle.tables, table)
    is_host = table >= 0
    places = roles[is_host]
    if len(set(places.tolist())) < len(places) or not np.isin(table[is_host], circle.tables).all():
        return None
    return np.where(is_host, roles, -1)


def _dealt(hosts: IntArray, random: np.random.Generator) -> IntArray:
    """Return a role for each player, shape ``(players,)``: by chance, where it is not given."""
    role_of = hosts.copy()
    role_of[hosts < 0] = random.permutation(np.setdiff1d(np.arange(len(hosts)), hosts))
    return role_of


def _is_legal(problem: Problem, rounds: range, rows: IntArray) -> bool:
    """Return whether everybody who is there has a seat, and no rule is broken."""
    return all(
        np.array_equal(row >= 0, problem.present[:, r]) and np.array_equal(legal_row(problem, r, row), row)
        for r, row in zip(rounds, rows, strict=True)
    )
