"""A repaired round breaks no rule, and no legal round disturbs people less: all of them are looked at."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from properties.schedulers.brute import Groups, all_rounds, broken_rules, waits
from properties.schedulers.small_problems import small_problems

from schedulers.disturbance import Move, Repair, Why
from schedulers.pairs.rounds.evening import groups_in
from schedulers.problem import IntArray, Problem
from schedulers.schedule import MaxIterations, MaxRuntime
from schedulers.solve import repair

PLENTY = MaxIterations(100)


def shown(problem: Problem, random: np.random.Generator) -> IntArray:
    """Return a round that was announced when the evening looked different: any pairs, maybe a trio."""
    row = np.full(problem.n, -1)
    people = random.permutation(problem.n)
    tables = random.permutation(len(problem.tables) + 1)
    pairs = min(len(tables), problem.n // 2)
    for k in range(random.integers(0, pairs + 1)):
        row[people[2 * k : 2 * k + 2]] = tables[k]
    if problem.odd == "trio" and row.max(initial=-1) >= 0 and random.random() < 0.5:
        row[people[-1]] = row[people[0]] if row[people[-1]] < 0 else row[people[-1]]
    return row


class Told(NamedTuple):
    """A problem as it is by now, a held round or none, and what people were told of the next rounds."""

    problem: Problem
    held: IntArray
    announced: IntArray


@st.composite
def told(draw: st.DrawFn, *, rounds: int, musts: int) -> Told:
    problem = draw(small_problems(most_people=7, most_rounds=3, musts=musts))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    held = np.array([shown(problem, random) for _ in range(draw(st.integers(0, 1)))], dtype=np.int64)
    held = np.where(held < len(problem.tables), held, -1).reshape(len(held), problem.n)
    count = min(rounds, problem.rounds - len(held))
    assume(count > 0)
    announced = np.array([shown(problem, random) for _ in range(count)], dtype=np.int64)
    return Told(problem, held, announced.reshape(count, problem.n))


class Judge:
    """One announced round, judged in the plainest way."""

    def __init__(self, case: Told) -> None:
        self.problem = case.problem
        self.r = len(case.held)
        self.before = case.announced[0].tolist()
        self.last = case.held[-1].tolist() if self.r else [-1] * self.problem.n
        self.there = [i for i in range(self.problem.n) if self.problem.present[i, self.r]]
        self.waited = waits(self.problem, case.held)
        self.met = {frozenset(pair) for pair in self.problem.met}
        for row in case.held:
            self.met |= {frozenset(pair) for group in groups_in(row) for pair in combinations(group, 2)}
        self.rounds = list(all_rounds(self.problem, self.r, self.met))
        told_tables = set(self.before) - {-1}
        self.company = {t: tuple(i for i in self.there if self.before[i] == t) for t in told_tables}
        self.legal = [group for group in self.company.values() if self.is_legal(group)]

    def is_legal(self, group: tuple[int, ...]) -> bool:
        may = self.problem.may_meet()
        trio = self.problem.odd == "trio" and len(self.there) % 2 == 1
        pairs = list(combinations(group, 2))
        fits = len(group) == 2 or (len(group) == 3 and trio)
        return fits and all(may[pair] and frozenset(pair) not in self.met for pair in pairs)

    def first(self, groups: Groups) -> tuple[object, ...]:
        """Return what counts before disturbance."""
        return *self.wishes(groups), sum(map(len, groups)), self.kept(groups), self.fair(groups)

    def wishes(self, groups: Groups) -> tuple[int, int]:
        """Return how many must-meets are held that have no later round, or that were announced."""
        pairs = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
        due = promised = 0
        for first, second, by in self.problem.musts:
            last = self.problem.rounds - 1 if by is None else by
            if self.r <= last and frozenset((first, second)) in pairs:
                later = self.problem.present[[first, second], self.r + 1 : last + 1].all(axis=0).any()
                due += not later
                promised += bool(later) and self.before[first] == self.before[second] >= 0
        return due, promised

    def kept(self, groups: Groups) -> int:
        """Return how many announced meetings that are still legal take place."""
        return sum(any(set(legal) <= set(group) for group in groups) for legal in self.legal)

    def fair(self, groups: Groups) -> list[list[int]]:
        seated = {i for group in groups for i in group}
        after = [waited + (i in self.there and i not in seated) for i, waited in enumerate(self.waited)]
        sides = self.problem.sides.tolist() or [0] * self.problem.n
        return [sorted(-w for w, s in zip(after, sides, strict=True) if s == side) for side in (0, 1)]

    def then(self, groups: Groups) -> tuple[int, int, int]:
        """Return people moved and regrouped, negative, and value."""
        regrouped = sum(
            self.before[i] >= 0 and self.company[self.before[i]] != tuple(sorted(group))
            for group in groups
            for i in group
        )
        value = sum(int(self.problem.weights[pair]) for group in groups for pair in combinations(group, 2))
        return -self.best_tables(groups)[0], -regrouped, value

    def best_tables(self, groups: Groups) -> tuple[int, float]:
        """Return how many people move and how far all walk, at the best tables for ``groups``."""
        costs = []
        for tables in permutations(range(len(self.problem.tables)), len(groups)):
            at = {i: table for group, table in zip(groups, tables, strict=True) for i in group}
            if all(self.problem.fixed[i] in (-1, table) for i, table in at.items()):
                costs.append((sum(self.before[i] != at.get(i, -1) for i in self.there), self.walk(at)))
        return min(costs)

    def walk(self, at: dict[int, int]) -> float:
        total, tables = 0.0, self.problem.tables
        for person, table in at.items():
            told_table = self.before[person]
            origin = told_table if told_table in range(len(tables)) else self.last[person]
            if origin >= 0:
                total += float(
                    np.hypot(tables[origin].x - tables[table].x, tables[origin].y - tables[table].y)
                )
        return round(total, 6)


@settings(max_examples=300, deadline=None)
@given(told(rounds=1, musts=1))
def test_no_legal_round_disturbs_people_less(case: Told) -> None:
    judge = Judge(case)

    found = repair(*case, stop=PLENTY)

    row = found.seats[judge.r]
    groups = groups_in(row)
    best = max(judge.first(other) for other in judge.rounds)
    equals = [other for other in judge.rounds if judge.first(other) == best]
    assert judge.first(groups) == best
    assert judge.then(groups) == max(judge.then(other) for other in equals)
    at = {i: int(row[i]) for i in judge.there if row[i] >= 0}
    assert (len(found.moves), judge.walk(at)) == judge.best_tables(groups)


@settings(max_examples=250, deadline=None)
@given(told(rounds=2, musts=3), st.sampled_from([PLENTY, MaxIterations(1), MaxRuntime(0)]))
def test_a_repair_breaks_no_rule_and_lists_who_is_disturbed(case: Told, stop: MaxIterations) -> None:
    found = repair(*case, stop=stop)

    until = len(case.held) + len(case.announced)
    assert found.seats.shape == (until, case.problem.n)
    assert np.array_equal(found.seats[: len(case.held)], case.held)
    assert broken_rules(case.problem, found.seats, first_round=len(case.held)) == []
    assert {(move.round, move.person) for move in found.moves} == {
        (r, i)
        for r in range(len(case.held), until)
        for i in range(case.problem.n)
        if case.problem.present[i, r] and found.seats[r, i] != case.announced[r - len(case.held), i]
    }
    for move in (*found.moves, *found.regrouped):
        assert move.before == case.announced[move.round - len(case.held), move.person]
        assert move.after == found.seats[move.round, move.person]
    assert all(move.before == move.after for move in found.regrouped)


@settings(max_examples=250, deadline=None)
@given(told(rounds=1, musts=1))
def test_nobody_is_disturbed_without_a_reason_that_is_true(case: Told) -> None:
    judge = Judge(case)
    found = repair(*case, stop=PLENTY)

    for move in (*found.moves, *found.regrouped):
        assert is_true(judge, move, found)


def is_true(judge: Judge, move: Move, found: Repair) -> bool:
    """Return whether the reason of ``move`` is the case; the facts that leave no choice come first."""
    company = judge.company.get(move.before, ())
    pairs = list(combinations(company, 2))
    may_meet = judge.problem.may_meet()
    has_met = any(frozenset(pair) in judge.met for pair in pairs)
    facts = {
        Why.HAD_NO_SEAT: move.before < 0,
        Why.PARTNER_GONE: len(company) == 1,
        Why.NOT_ALLOWED: not all(may_meet[pair] for pair in pairs),
        Why.ALREADY_MET: has_met,
        Why.NO_TRIO: company not in judge.legal,
        Why.TABLE_GONE: move.before >= len(judge.problem.tables),
        Why.FIXED_ELSEWHERE: any(judge.problem.fixed[i] not in (-1, move.before) for i in company),
    }
    reason = next((why for why, is_so in facts.items() if is_so), None)
    return move.why == reason if reason else is_needed(judge, move, found)


def is_needed(judge: Judge, move: Move, found: Repair) -> bool:
    """Return whether a legal meeting at its own table was touched for somebody's sake."""
    company = judge.company[move.before]
    groups = groups_in(found.seats[judge.r])
    around = next((set(group) for group in groups if move.person in group), set())
    if move.why is Why.TABLE_NEEDED:
        now_there = np.flatnonzero(found.seats[judge.r] == move.before)
        return set(company) == around and bool((judge.problem.fixed[now_there] == move.before).any())
    if set(company) < around:
        (joined,) = around - set(company)
        return len(around) == 3 and move.after in (move.before, judge.problem.fixed[joined])
    serves = [other for other in judge.rounds if judge.kept(other) == len(judge.legal)]
    reached = *judge.wishes(groups), sum(map(len, groups))
    is_more = all((*judge.wishes(other), sum(map(len, other))) < reached for other in serves)
    meets = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    musts = {frozenset(must[:2]) for must in judge.problem.musts} & meets
    is_must = any(must & set(company) and not must <= set(company) for must in musts)
    return is_more and (is_must or move.why is Why.TO_SEAT_OTHERS)
