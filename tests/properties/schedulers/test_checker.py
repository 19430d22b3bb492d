"""The checker refuses what is false, whatever the falsehood, and nothing that is true."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import combinations
from random import Random
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.schedulers.brute import broken_rules
from properties.schedulers.small_problems import small_problems

from schedulers.certificate import certify, check
from schedulers.files import NamedProblem, plan_content
from schedulers.formats import PlanFile
from schedulers.problem import MustMeet, Problem, Table
from schedulers.schedule import MaxIterations, plan_of
from schedulers.solve import plan

Content = dict[str, Any]
IDS = tuple(f"g{number:02}" for number in range(14))


@pytest.fixture(scope="module")
def evening() -> NamedProblem:
    random = np.random.default_rng(7)
    weights = np.triu(random.integers(1, 1001, (14, 14)), 1)
    allowed = np.ones((14, 14), dtype=np.bool_)
    for i, j in [(0, 1), (2, 3), (4, 5), (0, 13)]:
        allowed[i, j] = allowed[j, i] = False
    present = np.ones((14, 5), dtype=np.bool_)
    present[6, :2] = present[7, 4] = present[8, 2] = False
    fixed = np.full(14, -1)
    fixed[[9, 10]] = 2, 5
    problem = Problem(
        weights + weights.T,
        [Table(2, x=float(t)) for t in range(6)],
        5,
        allowed=allowed,
        present=present,
        fixed=fixed,
        must_meet=[MustMeet(0, 2, 1), MustMeet(3, 4), MustMeet(6, 7, 1)],
        met=[(11, 12)],
    )
    return NamedProblem(IDS, problem)


@pytest.fixture(scope="module")
def truth(evening: NamedProblem) -> Content:
    planned = plan(evening.problem, stop=MaxIterations(100))
    content: Content = msgspec.to_builtins(plan_content(planned, ids=IDS, problem=evening.problem))
    assert check(evening, msgspec.convert(content, PlanFile)) == []
    assert content["unmet"]
    return content


def used(content: Content, r: int) -> list[int]:
    return [t for t, people in enumerate(content["rounds"][r]) if people]


def forget_a_guest(content: Content, random: Random) -> None:
    r = random.randrange(5)
    content["rounds"][r][random.choice(used(content, r))].pop()


def seat_a_guest_twice(content: Content, random: Random) -> None:
    r = random.randrange(5)
    one, other = random.sample(used(content, r), 2)
    content["rounds"][r][one][0] = content["rounds"][r][other][0]


def seat_the_absent(content: Content, random: Random) -> None:
    who, r = random.choice([("g06", 0), ("g06", 1), ("g07", 4), ("g08", 2)])
    content["rounds"][r][random.choice(used(content, r))][random.randrange(2)] = who


def seat_a_stranger(content: Content, random: Random) -> None:
    r = random.randrange(5)
    content["rounds"][r][random.choice(used(content, r))][0] = "nobody"


def let_the_seated_wait(content: Content, random: Random) -> None:
    r = random.randrange(5)
    content["sitting_out"][r].append(content["rounds"][r][random.choice(used(content, r))][0])


def hide_who_waits(content: Content, random: Random) -> None:
    r = random.choice([r for r in range(5) if content["sitting_out"][r]])
    content["sitting_out"][r].pop()


def crowd_a_table(content: Content, random: Random) -> None:
    r = random.randrange(5)
    one, other = random.sample(used(content, r), 2)
    content["rounds"][r][one].append(content["rounds"][r][other].pop())


def move_a_host(content: Content, random: Random) -> None:
    tables = content["rounds"][random.randrange(5)]
    place = next(t for t, people in enumerate(tables) if "g09" in people or "g10" in people)
    other = random.choice([t for t in range(6) if t != place])
    tables[place], tables[other] = tables[other], tables[place]


def repeat_a_round(content: Content, random: Random) -> None:
    one, other = random.sample(range(5), 2)
    content["rounds"][one] = content["rounds"][other]
    content["sitting_out"][one] = content["sitting_out"][other]


def lose_a_round(content: Content, random: Random) -> None:
    r = random.randrange(5)
    del content["rounds"][r], content["sitting_out"][r]


def add_a_table(content: Content, random: Random) -> None:
    content["rounds"][random.randrange(5)].append([])


def state_another_figure(content: Content, random: Random) -> None:
    content[random.choice(["value", "floor", "repeats"])] += random.choice([-7, -1, 1, 40])


def state_an_unproven_bound(content: Content, random: Random) -> None:
    content["certificate"] = None
    content["bound"] = content["value"] + random.randrange(-3, 3)
    content["gap"] = (content["bound"] - content["value"]) / content["bound"]


def state_a_gap_without_a_bound(content: Content, random: Random) -> None:
    content["bound"] = content["certificate"] = None
    content["gap"] = random.random()


def state_a_false_gap(content: Content, random: Random) -> None:
    content["bound"] = 10**6
    content["gap"] = 1 - content["value"] / 10**6 + random.choice([-1, 1]) * random.uniform(1e-5, 0.1)


def state_too_low_a_search_bound(content: Content, random: Random) -> None:
    content["search_bound"] = content["value"] - random.randrange(1, 100)


def state_too_low_a_floor_bound(content: Content, random: Random) -> None:
    content["floor_bound"] = content["floor"] - random.randrange(1, 100)


def state_repeats_as_needed(content: Content, random: Random) -> None:
    content["repeats_bound"] = random.choice([-1, 1, 2])


def show_prices_that_prove_less(content: Content, random: Random) -> None:
    content["bound"], content["gap"] = content["value"], 0.0
    content["certificate"] = {"kind": "prices", "scale": 1, "bonus": 0, "prices": [0] * 14}


def hide_an_unmet_wish(content: Content, random: Random) -> None:
    content["unmet"].clear()


def invent_an_unmet_wish(content: Content, random: Random) -> None:
    who = random.choice([["g03", "g04"], ["g05", "g08"], ["g06", "g07"]])
    content["unmet"].append({"rule": "must_meet", "who": who, "by": random.choice([None, 1])})


MUTATIONS: list[Callable[[Content, Random], None]] = [
    forget_a_guest,
    seat_a_guest_twice,
    seat_the_absent,
    seat_a_stranger,
    let_the_seated_wait,
    hide_who_waits,
    crowd_a_table,
    move_a_host,
    repeat_a_round,
    lose_a_round,
    add_a_table,
    state_another_figure,
    state_an_unproven_bound,
    state_a_gap_without_a_bound,
    state_a_false_gap,
    state_too_low_a_search_bound,
    state_too_low_a_floor_bound,
    state_repeats_as_needed,
    show_prices_that_prove_less,
    hide_an_unmet_wish,
    invent_an_unmet_wish,
]


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_a_false_statement_is_refused(
    evening: NamedProblem, truth: Content, mutate: Callable[[Content, Random], None]
) -> None:
    for seed in range(20):
        content = copy.deepcopy(truth)
        mutate(content, Random(seed))

        assert check(evening, msgspec.convert(content, PlanFile)), seed


@settings(max_examples=250, deadline=None)
@given(small_problems(most_people=7, most_rounds=3), st.data())
def test_a_changed_plan_with_true_figures_is_refused_exactly_if_a_rule_breaks(
    problem: Problem, data: st.DataObject
) -> None:
    seats = plan(problem, stop=MaxIterations(0)).seats.copy()
    for _ in range(data.draw(st.integers(0, 3)) if problem.n > 1 else 0):
        r = data.draw(st.integers(0, problem.rounds - 1))
        i, j = data.draw(st.sampled_from(list(combinations(range(problem.n), 2))))
        seats[r, [i, j]] = seats[r, [j, i]]

    found = certify(problem, plan_of(problem, seats))

    assert found.holds == (not broken_rules(problem, seats))
