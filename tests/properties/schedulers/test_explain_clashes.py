"""Clashes and relaxations against plain enumeration of small evenings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from properties.schedulers.brute import Groups, all_rounds
from properties.schedulers.changed_problems import changed
from properties.schedulers.small_problems import small_problems

from schedulers.explain import explain
from schedulers.problem import MustMeet, Problem
from schedulers.schedule import MaxIterations, MaxRuntime
from schedulers.solve import plan
from schedulers.wishes.agendas import parts_of
from schedulers.wishes.rulebook import rulebook
from schedulers.wishes.rules import (
    Absent,
    AddRound,
    FixedTable,
    Forbidden,
    MetBefore,
    OneMeeting,
    Postpone,
    Rounds,
    RoundsHeld,
    Rule,
    SameSide,
    TablesInRound,
)

PLENTY = MaxIterations(10_000)
SMALL = small_problems(most_people=6, most_rounds=2, musts=5) | small_problems(
    most_people=5, most_rounds=3, musts=6
)


def most_by_enumeration(evening: list[Problem], met: frozenset[frozenset[int]], r: int = 0) -> int:
    """Return how many wishes can hold; ``evening[r]`` is the problem as it is in round ``r``."""
    if r == len(evening):
        return 0
    best = 0
    for groups in all_rounds(evening[r], r, set(met)):
        now = meetings(groups)
        due = sum(wish.by is None or r <= wish.by for wish in evening[r].musts if frozenset(wish[:2]) in now)
        best = max(best, due + most_by_enumeration(evening, met | now, r + 1))
    return best


def meetings(groups: Groups) -> frozenset[frozenset[int]]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def most_wishes(evening: list[Problem]) -> int:
    return most_by_enumeration(evening, frozenset(frozenset(pair) for pair in evening[0].met))


@settings(max_examples=150, deadline=None)
@given(SMALL)
def test_as_many_wishes_can_hold_as_enumeration_finds(problem: Problem) -> None:
    explanation = explain(problem, stop=PLENTY)

    assert explanation.is_complete
    assert explanation.most == most_wishes([problem] * problem.rounds)
    # One clash for each wish that must be given up, and no more.
    assert len(explanation.clashes) == len(problem.musts) - explanation.most


@settings(max_examples=60, deadline=None)
@given(SMALL)
def test_a_relaxation_gives_what_it_says(problem: Problem) -> None:
    for clash in explain(problem, stop=PLENTY).clashes:
        for option in clash.relaxations:
            evening = changed(problem, option.change)
            assume(not isinstance(option.change, AddRound) or problem.n < 6)
            assert option.met == most_wishes(evening)
            assert option.wishes == len(evening[0].musts)


@settings(max_examples=60, deadline=None)
@given(SMALL)
def test_a_deadline_is_moved_no_further_than_it_helps(problem: Problem) -> None:
    for clash in explain(problem, stop=PLENTY).clashes:
        for option in clash.relaxations:
            if isinstance(option.change, Postpone):
                wish, by = option.change.wish, option.change.by
                assert wish.by is not None
                for earlier in range(wish.by + 1, by):
                    assert most_wishes(changed(problem, Postpone(wish, earlier))) < option.met


def can_hold(rules: tuple[Rule, ...], first: int, rounds: int) -> bool:
    """Return whether meetings for all wishes among ``rules`` exist that break none of the others."""
    wishes = [rule for rule in rules if isinstance(rule, MustMeet)]
    others = [rule for rule in rules if not isinstance(rule, MustMeet)]
    chances = [list(chances_of(wish, others, first, rounds)) for wish in wishes]
    return any(
        not any(is_broken(rule, others, wishes, times) for rule in others) for times in product(*chances)
    )


def chances_of(wish: MustMeet, rules: Sequence[Rule], first: int, rounds: int) -> list[int]:
    """Return the rounds in which ``wish`` may hold; -1 stands for one that is over, or comes later."""
    until = rounds if wish.by is None else wish.by + 1
    is_over = any(isinstance(rule, RoundsHeld) for rule in rules) or not first
    is_last = any(isinstance(rule, Rounds) for rule in rules) or wish.by is not None
    return [*range(first, until), *([] if is_over and is_last else [-1])]


def is_broken(rule: Rule, rules: Sequence[Rule], wishes: list[MustMeet], times: tuple[int, ...]) -> bool:
    """Return whether meetings, a round for each wish, break ``rule``."""
    whenever = {(frozenset(wish[:2]), r) for wish, r in zip(wishes, times, strict=True)}
    held = {(pair, r) for pair, r in whenever if r >= 0}
    match rule:
        case Absent(person, rounds):
            return any(person in pair and r in rounds for pair, r in held)
        case Forbidden(i, j) | SameSide(i, j) | MetBefore(i, j, None):
            return any(pair == {i, j} for pair, _ in whenever)
        case MetBefore(i, j, _):
            return any(pair == {i, j} for pair, _ in held)
        case OneMeeting(person):
            busy = [r for pair, r in held if person in pair]
            return len(busy) > len(set(busy))
        case TablesInRound(number, tables):
            return sum(r == number for _, r in held) > tables
        case FixedTable():
            hosts = {other.person: other.table for other in rules if isinstance(other, FixedTable)}
            own = [(pair, r) for pair, r in whenever if rule.person in pair]
            return any(
                hosts.get(other, rule.table) != rule.table for pair, _ in own for other in pair
            ) or any(
                r == when and not pair & rival and hosts.get(other) == rule.table
                for pair, r in own
                for rival, when in held
                for other in rival
            )
        case _:
            return False


@settings(max_examples=120, deadline=None)
@given(SMALL, st.booleans())
def test_a_clash_needs_every_one_of_its_rules(problem: Problem, has_held: bool) -> None:
    problem = replace(problem, odd="sit_out")
    held = plan(replace(problem, must_meet=()), stop=MaxRuntime(0)).seats[: int(has_held)]

    for clash in explain(problem, held, stop=PLENTY).clashes:
        assert not can_hold(clash.rules, len(held), problem.rounds)
        for rule in clash.rules:
            rest = tuple(other for other in clash.rules if other != rule)
            assert can_hold(rest, len(held), problem.rounds)


@settings(max_examples=40, deadline=None)
@given(small_problems(most_people=5, most_rounds=2, musts=4))
def test_no_fewer_rules_clash_than_the_smallest(problem: Problem) -> None:
    problem = replace(problem, odd="sit_out")
    clashes = explain(problem, stop=PLENTY).clashes
    assume(clashes and isinstance(clashes[0].rules[0], MustMeet))
    parts = parts_of(rulebook(problem, np.zeros((0, problem.n), dtype=np.int64)))
    (book,) = [part for part in parts if clashes[0].rules[0] in part.rules]

    assert clashes[0].proven == "smallest"
    for size in range(1, min(4, len(clashes[0].rules))):
        for rules in combinations(book.rules, size):
            assert can_hold(rules, 0, problem.rounds)


@settings(max_examples=40, deadline=None)
@given(small_problems(musts=8))
def test_no_plan_keeps_more_wishes_than_can_hold(problem: Problem) -> None:
    explanation = explain(problem, stop=PLENTY)

    assert explanation.most is not None
    assert len(problem.musts) - len(plan(problem, stop=MaxIterations(50)).unmet) <= explanation.most


@settings(max_examples=20, deadline=None)
@given(SMALL)
def test_the_same_question_has_the_same_answer(problem: Problem) -> None:
    assert explain(problem, stop=PLENTY) == explain(problem, stop=PLENTY)
