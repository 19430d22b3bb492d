"""Clashes and limits at larger tables against every legal evening of small rooms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from properties.schedulers.changed_problems import changed
from properties.schedulers.small_groups import Row, pairs_at, small_groups

from schedulers.contradictions import first_crowding
from schedulers.crowds import same_group
from schedulers.explain import explain
from schedulers.explanation import Explanation, OnePerTable, PeopleLimit, RepeatsLimit, RoundLimit
from schedulers.groups.limits import sit_out_limits
from schedulers.groups.repeats import can_sit
from schedulers.problem import MustMeet, Problem, Table
from schedulers.schedule import MaxIterations, plan_of
from schedulers.wishes.rules import Absent, FixedTable, Forbidden, Rounds, Rule, TablesInRound, TableSizes

PLENTY = MaxIterations(10_000)


def explained(problem: Problem, held: tuple[Row, ...] = ()) -> Explanation:
    return explain(problem, held, stop=PLENTY, asks_next_round=False)


@st.composite
def wishful(draw: st.DrawFn, *, most_people: int = 6, least: int | None = None) -> Problem:
    """Draw a small room with more wishes than it may hold, forbidden ones among them."""
    problem = draw(small_groups(most_people=most_people, most_rounds=2))
    people = st.integers(0, max(0, problem.n - 1))
    deadlines = st.none() | st.integers(0, problem.rounds - 1)
    wishes = [
        MustMeet(i, j, by)
        for i, j, by in draw(st.lists(st.tuples(people, people, deadlines), max_size=7))
        if i != j
    ]
    tables = problem.tables if least is None else [replace(table, least=least) for table in problem.tables]
    return replace(problem, must_meet=wishes, tables=tables, odd="sit_out")


def most_wishes(evening: list[Problem]) -> int:
    """Return how many wishes can hold; ``evening[r]`` is the problem as it is in round ``r``."""
    wishes = evening[0].musts if evening else ()
    found = {frozenset[int]()}
    for r, problem in enumerate(evening):
        chances = {fulfilled(problem, row, r) for row in rows_of_round(problem, r)}
        found = {before | now for before in found for now in maximal(chances)}
    return max((len(kept) for kept in maximal(found)), default=len(wishes))


def rows_of_round(problem: Problem, r: int, seated: Row = ()) -> Iterator[Row]:
    """Yield every legal round ``r`` that begins with ``seated``."""
    person = len(seated)
    if person == problem.n:
        if all(not 0 < seated.count(t) < table.least for t, table in enumerate(problem.tables)):
            yield seated
        return
    yield from rows_of_round(problem, r, (*seated, -1))
    own = int(problem.fixed[person])
    for t in range(len(problem.tables)) if problem.present[person, r] else ():
        company = [other for other in range(person) if seated[other] == t]
        is_free = own in (-1, t) and len(company) < problem.tables[t].seats
        if is_free and problem.allowed[person, company].all():
            yield from rows_of_round(problem, r, (*seated, t))


def fulfilled(problem: Problem, row: Row, r: int) -> frozenset[int]:
    met = pairs_at(row)
    return frozenset(
        k
        for k, wish in enumerate(problem.musts)
        if (min(wish[:2]), max(wish[:2])) in met and (wish.by is None or r <= wish.by)
    )


def maximal(sets: set[frozenset[int]]) -> set[frozenset[int]]:
    return {one for one in sets if not any(one < other for other in sets)}


@settings(max_examples=60, deadline=None)
@given(wishful(least=2))
def test_as_many_wishes_can_hold_as_every_legal_evening_shows(problem: Problem) -> None:
    found = explained(problem)

    assert found.is_complete
    assert found.most == most_wishes([problem] * problem.rounds)
    assert len(found.clashes) == len(problem.musts) - found.most


@settings(max_examples=40, deadline=None)
@given(wishful())
def test_where_tables_must_be_filled_nothing_is_said_that_is_not_so(problem: Problem) -> None:
    found = explained(problem)
    most = most_wishes([problem] * problem.rounds)

    assert found.most in (None, most)
    assert len(found.clashes) <= len(problem.musts) - most


@settings(max_examples=60, deadline=None)
@given(wishful(most_people=5))
def test_loosening_a_rule_gives_at_least_what_is_said(problem: Problem) -> None:
    for clash in explained(problem).clashes:
        for option in clash.relaxations:
            evening = changed(problem, option.change)
            assert option.wishes == len(evening[0].musts)
            assert option.met <= most_wishes(evening)
            if all(table.least == 2 for table in problem.tables):
                assert option.met == most_wishes(evening)


@settings(max_examples=40, deadline=None)
@given(wishful(most_people=5, least=2))
def test_a_clash_at_larger_tables_needs_every_one_of_its_rules(problem: Problem) -> None:
    for clash in explained(problem).clashes:
        assert not can_hold(problem, clash.rules)
        for rule in clash.rules:
            rest = tuple(other for other in clash.rules if other != rule)
            assert can_hold(problem, rest)


def can_hold(problem: Problem, rules: tuple[Rule, ...]) -> bool:
    """Return whether all wishes among ``rules`` hold in an evening that keeps the others, and only these."""
    allowed, present = np.ones_like(problem.allowed), np.ones_like(problem.present)
    fixed = np.full(problem.n, -1)
    for rule in rules:
        match rule:
            case Absent(person, rounds):
                present[person, list(rounds)] = False
            case Forbidden(i, j):
                allowed[i, j] = allowed[j, i] = False
            case FixedTable(person, table):
                fixed[person] = table
    loose = replace(problem, allowed=allowed, present=present, fixed=fixed, must_meet=())
    may_meet, last = loose.may_meet(), problem.rounds - 1
    has_end = any(isinstance(rule, Rounds) for rule in rules)
    wishes = [
        rule._replace(by=last if rule.by is None else rule.by)
        for rule in rules
        if isinstance(rule, MustMeet) and (rule.by is not None or has_end or not may_meet[rule[:2]])
    ]
    loose = replace(loose, must_meet=wishes)
    evening = [replace(loose, tables=tables_of(problem, rules, r)) for r in range(problem.rounds)]
    return most_wishes(evening) == len(loose.musts)


def tables_of(problem: Problem, rules: tuple[Rule, ...], r: int) -> list[Table]:
    """Return the tables of round ``r``: where no rule limits their number, two more are always enough."""
    tables = list(problem.tables)
    if not any(isinstance(rule, TablesInRound) and rule.round == r for rule in rules):
        tables += [Table(max(table.seats for table in tables))] * 2
    if not any(isinstance(rule, TableSizes) for rule in rules):
        tables = [Table(max(2, problem.n))] * len(tables)
    return tables


@st.composite
def crowded(draw: st.DrawFn) -> tuple[Problem, list[str | None]]:
    """Draw a small room in which people of one group may not share a table, and the group of each."""
    problem = draw(small_groups(most_people=6, most_rounds=2))
    some = st.sampled_from([None, "a", "b"])
    names = draw(st.lists(some, min_size=problem.n, max_size=problem.n))
    allowed = problem.allowed
    if draw(st.booleans()):
        allowed = allowed & ~same_group(names, problem.n)
    return replace(problem, allowed=allowed, must_meet=(), odd="sit_out"), names


@settings(max_examples=80, deadline=None)
@given(crowded())
def test_no_legal_round_of_groups_does_better_than_its_limits(room: tuple[Problem, list[str | None]]) -> None:
    problem, names = room
    assume(first_crowding(problem, problem.fixed) is None)

    for limit in explain(problem, stop=PLENTY, groups=names, asks_next_round=False).limits:
        if isinstance(limit, RoundLimit):
            free = names if limit.or_colleague else [None] * problem.n
            for r in limit.rounds:
                rows = rows_of_round(problem, r)
                assert limit.least <= min(discontent(problem, row, free, r) for row in rows)
        elif isinstance(limit, PeopleLimit):
            assert limit.least == len(limit.rounds)
            for r in limit.rounds:
                rows = np.array(list(rows_of_round(problem, r)))
                assert (rows[:, list(limit.people)] < 0).all()


def discontent(problem: Problem, row: Row, names: Sequence[str | None], r: int) -> int:
    """Return how many who are there sit out or share a table with somebody of their group."""
    colleagues = {
        person
        for one, other in pairs_at(row)
        if names[one] is not None and names[one] == names[other]
        for person in (one, other)
    }
    return sum(bool(problem.present[i, r]) and (row[i] < 0 or i in colleagues) for i in range(problem.n))


@settings(max_examples=80, deadline=None)
@given(crowded())
def test_crowds_at_larger_tables_can_be_counted(room: tuple[Problem, list[str | None]]) -> None:
    problem, _ = room
    may_meet = problem.may_meet()

    for limit in sit_out_limits(problem, 0):
        if isinstance(limit, RoundLimit) and isinstance(limit.reason, OnePerTable):
            people, there = list(limit.reason.people), problem.present[:, limit.rounds[0]]
            assert there[people].all()
            assert not may_meet[np.ix_(people, people)].any()
            assert limit.least == len(people) - limit.reason.tables
            assert limit.reason.partners == (may_meet[people].any(axis=0) & there).sum()


@settings(max_examples=40, deadline=None)
@given(small_groups(most_people=5, most_rounds=3), st.integers(0, 1), st.data())
def test_nobody_does_with_fewer_repeats_than_said(problem: Problem, first: int, data: st.DataObject) -> None:
    assume(first_crowding(problem, problem.fixed) is None)
    problem = replace(problem, must_meet=(), odd="sit_out")
    choices = [list(rows_of_round(problem, r)) for r in range(problem.rounds)]
    held = tuple(data.draw(st.sampled_from(rows)) for rows in choices[:first])
    limits = explained(problem, held).limits

    for limit in limits:
        if isinstance(limit, RepeatsLimit):
            assert limit.rounds == tuple(range(first, problem.rounds))
            full = [
                [row for row in choices[r] if sum(t >= 0 for t in row) >= can_sit(problem, r, limits)]
                for r in limit.rounds
            ]
            for rest in product(*full):
                assert repeats(problem, (*held, *rest)) - repeats(problem, held) >= limit.least


def repeats(problem: Problem, rows: tuple[Row, ...]) -> int:
    return plan_of(problem, np.array(rows, dtype=np.int64).reshape(len(rows), problem.n)).repeats
