"""What no plan can avoid at tables of more than two, counted before anything is planned.

Every number is a least one. Rounds are counted one by one, as if every table could seat whom it likes, but
for one thing: of people who may not share a table, every table seats one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.crowds import round_limits, same_group
from schedulers.explanation import FewSeats, OnePerTable, PeopleLimit, RoundLimit
from schedulers.groups.sizes import most_seated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.problem import BoolArray, IntArray, Problem


class _Room(NamedTuple):
    """Who may share a table, by all rules that hold all evening, and the group of each person."""

    problem: Problem
    may_meet: BoolArray
    groups: Sequence[str | None]


def sit_out_limits(
    problem: Problem, first: int, groups: Sequence[str | None] = ()
) -> tuple[RoundLimit | PeopleLimit, ...]:
    """Return who sits out in the rounds from ``first`` on, whatever the plan.

    Args:
        problem: The evening; no table has more hosts than seats.
        first: The first round that is not held.
        groups: The group of each person, ``None`` for nobody's; empty without. With groups, sharing a
            table with one's own group counts, too.

    Raises:
        InvalidProblem: If ``groups`` are not as many as people.
    """
    may_meet = problem.may_meet()
    room = _Room(_with_friendly_hosts(problem), may_meet, groups)
    strangers = room._replace(may_meet=may_meet & ~same_group(groups, problem.n)) if groups else None

    def limits(r: int) -> Iterator[RoundLimit]:
        people, seated = int(problem.present[:, r].sum()), most_seated(room.problem, r)
        if seated < people:
            yield RoundLimit((), people - seated, FewSeats(people, seated))
        firm = list(_apart(room, r))
        yield from (RoundLimit((), len(each.people) - each.tables, each) for each in firm)
        for each in _apart(strangers, r) if strangers is not None else ():
            if each not in firm:
                yield RoundLimit((), len(each.people) - each.tables, each, or_colleague=True)

    return (*round_limits(problem, first, limits), *_lonely(problem, may_meet, first))


def _with_friendly_hosts(problem: Problem) -> Problem:
    """Return ``problem`` with all who share a fixed table let sit together: no fewer find seats so."""
    hosts = (problem.fixed[:, None] == problem.fixed[None, :]) & (problem.fixed >= 0)[:, None]
    if not (hosts & ~problem.allowed & ~np.eye(problem.n, dtype=np.bool_)).any():
        return problem
    return replace(problem, allowed=(problem.allowed | hosts))


def _apart(room: _Room, r: int) -> Iterator[OnePerTable]:
    """Yield people of round ``r`` of whom no two may share a table, and who are too many for the tables.

    Nobody is counted twice, so that what is said of several crowds adds up.
    """
    there = np.flatnonzero(room.problem.present[:, r])
    left = there
    for clique in (*_rival_hosts(room, there), *_cliques(room.may_meet, there)):
        people = np.intersect1d(clique, left)
        found = _one_per_table(room, there, people)
        # Who may sit with nobody at all is told apart, one by one.
        if len(people) > max(1, found.tables) and found.partners:
            left = np.setdiff1d(left, people)
            yield found


def _rival_hosts(room: _Room, there: IntArray) -> Iterator[IntArray]:
    """Yield hosts of one table of whom no two may share it."""
    fixed = room.problem.fixed[there]
    for table in np.unique(fixed[fixed >= 0]):
        yield from _cliques(room.may_meet, there[fixed == table])


def _cliques(may_meet: BoolArray, people: IntArray) -> Iterator[IntArray]:
    """Yield people of whom no two may share a table, as many as are found easily, nobody twice."""
    barred: BoolArray = ~may_meet[np.ix_(people, people)]
    np.fill_diagonal(barred, val=False)
    rivals = barred.sum(axis=1)
    order = np.argsort(-rivals, kind="stable")
    is_left = np.ones(len(people), dtype=np.bool_)
    for start in order[: int((rivals > 0).sum())]:
        clique, near = [start], barred[start] & is_left
        while is_left[start] and near.any():
            clique.append(order[near[order].argmax()])
            near &= barred[clique[-1]]
        is_left[clique] = False
        if len(clique) > 1:
            yield people[np.sort(clique)]


def _one_per_table(room: _Room, there: IntArray, people: IntArray) -> OnePerTable:
    """Return at how many tables ``people`` can sit, one at each with company enough."""
    problem = room.problem
    fixed = problem.fixed[people]
    own = np.unique(fixed[fixed >= 0])
    usable = range(len(problem.tables)) if (fixed < 0).any() else own.tolist()
    most = min(len(usable), len(own) + int((fixed < 0).sum()))
    partners = int(room.may_meet[np.ix_(people, there)].any(axis=0).sum())
    company = np.cumsum(sorted(problem.tables[table].least - 1 for table in usable))
    names = {room.groups[i] for i in people} if room.groups else {None}
    return OnePerTable(
        tuple(people.tolist()),
        tables=min(most, int(np.searchsorted(company, partners, side="right"))),
        room=len(there),
        partners=partners,
        group=names.pop() if len(names) == 1 else None,
    )


def _lonely(problem: Problem, may_meet: BoolArray, first: int) -> list[PeopleLimit]:
    """Return who cannot sit anywhere in some round for want of company, alike people together."""
    least = np.array([table.least for table in problem.tables], dtype=np.int64)
    needed = np.where(problem.fixed < 0, least.min(), least[problem.fixed]) - 1
    there = problem.present[:, first:]
    company = np.rint(may_meet.astype(np.float32) @ there.astype(np.float32)).astype(np.int64)
    alone = there & (company < needed[:, None])
    alike: dict[tuple[tuple[int, ...], int, int], list[int]] = {}
    for person in np.flatnonzero(alone.any(axis=1)).tolist():
        rounds = np.flatnonzero(alone[person])
        most = int(company[person, rounds].max())
        key = tuple((rounds + first).tolist()), most, int(needed[person])
        alike.setdefault(key, []).append(person)
    return [
        PeopleLimit(tuple(people), len(rounds), rounds, most, needed=needed)
        for (rounds, most, needed), people in alike.items()
    ]
