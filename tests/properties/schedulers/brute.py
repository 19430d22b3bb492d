"""The rules once more, in the plainest words: every round, every table, every person, one by one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.problem import IntArray, Problem

Groups = list[tuple[int, ...]]


def broken_rules(problem: Problem, seats: IntArray, first_round: int = 0) -> list[str]:
    """Return what is wrong from ``first_round`` on; earlier rounds only count as meetings."""
    broken = []
    met = {frozenset(pair) for pair in problem.met}
    for r, row in enumerate(seats.tolist()):
        tables: dict[int, list[int]] = {}
        for person, table in enumerate(row):
            if table >= 0:
                tables.setdefault(table, []).append(person)
                if r >= first_round and not problem.present[person, r]:
                    broken.append(f"{r}: {person} is not there")
                if r >= first_round and problem.fixed[person] not in (-1, table):
                    broken.append(f"{r}: {person} left table {problem.fixed[person]}")
        sizes = sorted(map(len, tables.values()))
        trios = int(problem.odd == "trio" and int(problem.present[:, r].sum()) % 2 == 1)
        pairs = len(sizes) - trios if 3 in sizes else len(sizes)
        if r >= first_round and sizes != [2] * pairs + [3] * (len(sizes) - pairs):
            broken.append(f"{r}: tables of {sizes}")
        for pair in (frozenset(pair) for people in tables.values() for pair in combinations(people, 2)):
            i, j = sorted(pair)
            if r >= first_round and pair in met:
                broken.append(f"{r}: {i} and {j} again")
            if r >= first_round and not problem.allowed[i, j]:
                broken.append(f"{r}: {i} and {j} are forbidden")
            if r >= first_round and problem.sides.size and problem.sides[i] == problem.sides[j]:
                broken.append(f"{r}: {i} and {j} share a side")
            met.add(pair)
    return broken


def waits(problem: Problem, seats: IntArray) -> list[int]:
    """Return how often each person was there and had no seat."""
    rounds = range(len(seats))
    return [sum(bool(problem.present[i, r]) and seats[r][i] < 0 for r in rounds) for i in range(problem.n)]


def all_rounds(problem: Problem, r: int, met: set[frozenset[int]]) -> Iterator[Groups]:
    """Yield every legal set of groups for round ``r``."""
    there = [person for person in range(problem.n) if problem.present[person, r]]
    trio = problem.odd == "trio" and len(there) % 2 == 1
    for groups in _groupings(problem, there, met, trio):
        hosts = [{int(problem.fixed[i]) for i in group if problem.fixed[i] >= 0} for group in groups]
        taken = [table for tables in hosts for table in tables]
        if len(groups) <= len(problem.tables) and len(taken) == len(set(taken)):
            yield groups


def _groupings(problem: Problem, left: list[int], met: set[frozenset[int]], trio: bool) -> Iterator[Groups]:
    if not left:
        yield []
        return
    first, *rest = left
    yield from _groupings(problem, rest, met, trio)
    for size in (1, 2) if trio else (1,):
        for others in combinations(rest, size):
            group = (first, *others)
            if all(_may_meet(problem, i, j, met) for i, j in combinations(group, 2)):
                later = [person for person in rest if person not in others]
                for groups in _groupings(problem, later, met, trio and size == 1):
                    yield [group, *groups]


def _may_meet(problem: Problem, i: int, j: int, met: set[frozenset[int]]) -> bool:
    if problem.sides.size and problem.sides[i] == problem.sides[j]:
        return False
    if problem.fixed[i] >= 0 and problem.fixed[j] >= 0 and problem.fixed[i] != problem.fixed[j]:
        return False
    return bool(problem.allowed[i, j]) and frozenset((i, j)) not in met


def goodness(problem: Problem, groups: Groups, before: Sequence[int], r: int) -> tuple[object, ...]:
    """Return what the order of rules compares: must-meets, people seated, sit-outs by side, value."""
    pairs = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    seated = {person for group in groups for person in group}
    musts = sum(frozenset(must[:2]) in pairs for must in problem.musts)
    after = [waited + (bool(problem.present[i, r]) and i not in seated) for i, waited in enumerate(before)]
    sides = problem.sides.tolist() or [0] * problem.n
    fair = [sorted((-w for w, s in zip(after, sides, strict=True) if s == side)) for side in (0, 1)]
    value = sum(int(problem.weights[tuple(pair)]) for pair in pairs)
    return musts, len(seated), fair, value
