"""The rules of an evening that could stand in the way of its must-meets."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.problem import MustMeet
from schedulers.schedule import meeting_counts
from schedulers.wishes.rules import (
    Absent,
    FixedTable,
    Forbidden,
    MetBefore,
    OneMeeting,
    OneTrio,
    Rounds,
    RoundsHeld,
    Rulebook,
    SameSide,
    TablesInRound,
    TableSizes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.problem import IntArray, Problem
    from schedulers.wishes.rules import Rule

Pair = tuple[int, int]
Group = tuple[int, ...]


def rulebook(problem: Problem, held: IntArray) -> Rulebook:
    """Return the wishes that ``held`` has not fulfilled and the rules that could stand in their way.

    Args:
        problem: The evening.
        held: Seats of the rounds already held, shape ``(held rounds, n)``.
    """
    wishes = open_wishes(problem, held)
    if not problem.is_pairs:
        return _group_rulebook(problem, wishes, first=len(held))
    odd = problem.present.sum(axis=0) % 2 == 1
    has_trios = problem.odd == "trio"
    later = [int(r) for r in np.flatnonzero(odd) if r >= len(held)] if has_trios else []
    rules: list[Rule] = [*wishes]
    if wishes:
        rules += _personal_rules(problem, wishes, first=len(held))
        rules += _pair_rules(problem, held, wishes)
        rules += _room_rules(problem, wishes, first=len(held))
        rules += _round_rules(problem, wishes, first=len(held))
    return Rulebook(tuple(rules), len(held), problem.rounds, frozenset(later), has_trios)


def open_wishes(problem: Problem, held: IntArray) -> list[MustMeet]:
    """Return the must-meets that ``held`` has not fulfilled, those that came too late included."""
    return [must for must in problem.musts if not _is_fulfilled(must, held)]


def _is_fulfilled(must: MustMeet, held: IntArray) -> bool:
    until = held if must.by is None else held[: must.by + 1]
    together = (until[:, must.first] == until[:, must.second]) & (until[:, must.first] >= 0)
    return bool(together.any())


def pairs_of(wishes: Sequence[MustMeet]) -> list[Pair]:
    """Return the pairs that wishes are about, each once, in order."""
    return sorted({pair_of(wish) for wish in wishes})


def pair_of(wish: MustMeet) -> Pair:
    """Return the two people of a wish, the lower index first."""
    return min(wish[:2]), max(wish[:2])


def trios_of(pairs: Sequence[Pair]) -> list[Group]:
    """Return every three people at least two pairs of whom are among ``pairs``, in order.

    A table of three with fewer is never needed: the pair alone would do as well.
    """
    partners: dict[int, set[int]] = {}
    for i, j in pairs:
        partners.setdefault(i, set()).add(j)
        partners.setdefault(j, set()).add(i)
    return sorted(
        {tuple(sorted((i, *two))) for i, others in partners.items() for two in combinations(others, 2)}
    )


def _personal_rules(problem: Problem, wishes: Sequence[MustMeet], *, first: int) -> Iterator[Rule]:
    often = Counter(person for pair in pairs_of(wishes) for person in pair)
    for person in sorted(often):
        away = np.flatnonzero(~problem.present[person, first:]) + first
        if away.size:
            yield Absent(person, tuple(away.tolist()))
        if problem.fixed[person] >= 0:
            yield FixedTable(person, int(problem.fixed[person]))
        if often[person] > 1 and problem.is_pairs:
            yield OneMeeting(person)


def _pair_rules(problem: Problem, held: IntArray, wishes: Sequence[MustMeet]) -> Iterator[Rule]:
    """Yield what keeps two people apart; at a table of three the third pair counts, too."""
    pairs = set(pairs_of(wishes))
    if problem.odd == "trio":
        pairs |= {pair for trio in trios_of(sorted(pairs)) for pair in combinations(trio, 2)}
    former, counts = problem.met_before(), meeting_counts(held)
    for i, j in sorted(pairs):
        if not problem.allowed[i, j]:
            yield Forbidden(i, j)
        if problem.sides.size and problem.sides[i] == problem.sides[j]:
            yield SameSide(i, j)
        if former[i, j]:
            yield MetBefore(i, j)
        elif counts[i, j]:
            together = (held[:, i] == held[:, j]) & (held[:, i] >= 0)
            yield MetBefore(i, j, int(np.argmax(together)))


def _room_rules(problem: Problem, wishes: Sequence[MustMeet], *, first: int) -> Iterator[Rule]:
    pairs, tables = pairs_of(wishes), len(problem.tables)
    if len(pairs) > tables:
        yield from (TablesInRound(r, tables) for r in range(first, problem.rounds))
    if problem.odd == "trio" and len(trios_of(pairs)) > 1:
        yield from (OneTrio(r) for r in range(first, problem.rounds))


def _round_rules(problem: Problem, wishes: Sequence[MustMeet], *, first: int) -> Iterator[Rule]:
    if first:
        yield RoundsHeld(first)
    if any(wish.by is None for wish in wishes):
        yield Rounds(problem.rounds)


def _group_rulebook(problem: Problem, wishes: list[MustMeet], *, first: int) -> Rulebook:
    """Return the rules at tables of more than two: people may meet again there, and several at once."""
    rules: list[Rule] = [*wishes]
    seats = tuple(table.seats for table in problem.tables)
    people = sorted({person for wish in wishes for person in wish[:2]})
    is_crowded = False
    if wishes:
        rules += _personal_rules(problem, wishes, first=first)
        is_crowded = len(pairs_of(wishes)) > _roomy_tables(seats, rules)
        rules += _apart_rules(problem, people, {} if is_crowded else part_of_each(rules))
        if is_crowded:
            rules += [TablesInRound(r, len(seats)) for r in range(first, problem.rounds)]
        if len(people) > min(seats):
            rules.append(TableSizes(min(seats), max(seats)))
        rules += _round_rules(problem, wishes, first=first)
    least = max(table.least for table in problem.tables)
    others = np.delete(np.arange(problem.n), people)
    easy = others[(problem.fixed[others] < 0) & (problem.allowed[others].sum(axis=1) == problem.n - 1)]
    return Rulebook(
        tuple(rules),
        first,
        problem.rounds,
        tables=seats,
        least=least,
        is_crowded=is_crowded,
        company=tuple(problem.present[easy].sum(axis=0).tolist()),
    )


def _roomy_tables(seats: Sequence[int], rules: Sequence[Rule]) -> int:
    """Return how many of the largest tables belong to none of the hosts among ``rules``."""
    hosted = {rule.table for rule in rules if isinstance(rule, FixedTable)}
    return sum(own == max(seats) for table, own in enumerate(seats) if table not in hosted)


def _apart_rules(problem: Problem, people: Sequence[int], part_of: dict[int, int]) -> Iterator[Rule]:
    """Yield who may not share a table: of two in one part, or of any two without parts."""
    for i, j in combinations(people, 2):
        if not problem.allowed[i, j] and part_of.get(i) == part_of.get(j):
            yield Forbidden(i, j)


def part_of_each(rules: Sequence[Rule]) -> dict[int, int]:
    """Return a part for everybody who has a wish: people who wish, or host a table, together share it."""
    links = [rule[:2] for rule in rules if isinstance(rule, MustMeet)]
    part = {person: person for link in links for person in link}
    hosts: dict[int, int] = {}
    links += [
        (hosts.setdefault(rule.table, rule.person), rule.person)
        for rule in rules
        if isinstance(rule, FixedTable) and rule.person in part
    ]

    def root(person: int) -> int:
        while part[person] != person:
            part[person] = part[part[person]]
            person = part[person]
        return person

    for one, other in links:
        part[root(one)] = root(other)
    return {person: root(person) for person in part}
