"""What is said of a plan: figures that the checker confirms, and the least that screens need."""

from __future__ import annotations

import numpy as np
import pytest
from unit.planning.made_plans import brief, held, pairs_of, people, published

from event_server.domain.plan_figures import UnmetWish
from event_server.planning.problems import task_of
from event_server.planning.publishing import most_possible
from event_server.planning.stating import prices_of, proof_of
from schedulers.schedule import Prices


def test_a_plan_is_published_with_its_bound_and_the_prices_that_prove_it() -> None:
    command = published(brief(people(8)))
    assert command.bound is not None
    assert command.value <= command.bound
    assert command.figures is not None
    assert command.figures.proof is not None
    assert set(command.figures.proof.prices) == set("abcdefgh")
    assert command.floor is not None
    assert command.floor <= (command.figures.floor_bound or 0)


def test_who_gains_least_is_somebody_here_and_told_what_would_be_possible() -> None:
    gone = {"h": {"here": False}}
    job = brief(people(8, **gone), held=held(("ab", "cd", "ef", "gh")))
    command = published(job)
    task = task_of(job)
    figures = command.figures
    assert figures is not None
    totals = dict.fromkeys("abcdefg", 0)
    met = pairs_of(command) | {frozenset(pair) for pair in ("ab", "cd", "ef", "gh")}
    for one, other in (sorted(pair) for pair in met):
        for person in {one, other} & set(totals):
            totals[person] += int(task.stated.weights[task.ids.index(one), task.ids.index(other)])
    assert figures.worst_total == min(totals.values()) == totals[figures.worst]
    assert figures.worst_bound == most_possible(task, task.ids.index(figures.worst))
    assert all(totals[p] <= most_possible(task, task.ids.index(p)) for p in totals)


def test_who_says_nothing_gains_a_half_from_whomever_they_meet() -> None:
    silent = {"interests": (), "offers": (), "needs": ()}
    figures = published(brief(tuple(people(2, a=silent, b=silent)))).figures
    assert figures is not None
    assert (figures.worst, figures.worst_total, figures.worst_bound) == ("a", 500, 500)


def test_the_most_somebody_could_have_counts_held_rounds_and_the_best_of_those_left() -> None:
    job = brief(people(6), never=(("a", "f"),), held=held(("ab", "cd", "ef")))
    task = task_of(job)
    weights = task.stated.weights[0]
    left = sorted((int(weights[task.ids.index(p)]) for p in "cde"), reverse=True)
    assert most_possible(task, 0) == int(weights[1]) + sum(left[:2])


@pytest.mark.parametrize(
    ("changes", "rest", "why"),
    [
        ({"a": {"organisation": "Officina"}, "b": {"organisation": " officina "}}, {}, "apart"),
        ({"a": {"languages": ("italiano",)}, "b": {"languages": ("english",)}}, {}, "languages"),
        ({"a": {"side": "x"}, "b": {"side": "x"}}, {}, "same_side"),
        ({"a": {"table": 1}, "b": {"table": 2}}, {}, "fixed_apart"),
        ({}, {"met": (("a", "b"),)}, "met_before"),
        ({}, {"held": held(("ac", "bd", "ef"))}, "too_late"),
        ({}, {"private": (("a", "b"),)}, "no_place"),
    ],
)
def test_a_wish_that_finds_no_place_is_named_with_the_reason(changes: dict, rest: dict, why: str) -> None:
    command = published(brief(people(6, **changes), must=(("a", "b", 1),), **rest))
    assert command.unmet == 1
    assert command.figures is not None
    assert command.figures.wishes == (UnmetWish(one="a", other="b", by=1, why=why),)
    assert all(len(planned.tables) == 3 for planned in command.rounds), "the others are planned all the same"


def test_two_wishes_of_one_person_for_one_round_leave_one_without_a_place() -> None:
    command = published(brief(people(6), must=(("a", "b", 1), ("a", "c", 1))))
    assert command.figures is not None
    assert [wish.why for wish in command.figures.wishes] == ["no_place"]


def test_the_private_are_kept_apart_and_nothing_that_is_said_tells_them_from_others() -> None:
    job = brief(people(8), private=(("a", "b"), ("c", "d")))
    command, task = published(job), task_of(job)
    assert not pairs_of(command) & {frozenset("ab"), frozenset("cd")}
    assert not task.problem.allowed[0, 1]
    assert task.stated.allowed.sum() == 8 * 7, "everybody may meet everybody, for all that is said"
    assert np.array_equal(task.stated.weights, task_of(brief(people(8))).stated.weights)
    assert command.bound is not None
    assert command.bound >= published(brief(people(8))).value
    assert command.figures is not None
    assert command.figures.search_bound is None, "a search among fewer plans proves nothing about all"


def test_a_wish_for_a_private_pair_looks_like_any_other_without_a_place() -> None:
    job = brief(people(6), must=(("a", "b", 0),), private=(("a", "b"),))
    assert [must[:2] for must in task_of(job).stated.musts] == [(0, 1)]
    assert task_of(job).problem.musts == ()


def test_rules_made_after_a_round_do_not_speak_of_it() -> None:
    changes = {"a": {"table": 3, "side": "x"}, "b": {"side": "x"}} | {p: {"side": "y"} for p in "cdef"}
    job = brief(people(6, **changes), held=held(("ab", "cd", "ef")), never=(("c", "d"),))
    task, command = task_of(job), published(job)
    assert task.problem.fixed[0] == 2, "to come, the table is kept"
    assert task.stated.fixed[0] == -1
    assert task.stated.allowed[0, 1]
    assert task.stated.allowed[2, 3]
    assert not task.stated.allowed[2, 4], "people of one side, as far as they have not met"
    assert command.bound is not None, "and the checker confirms it"


def test_prices_come_back_as_they_were_recorded() -> None:
    prices = Prices(
        scale=2,
        prices=(1, 2, 3),
        bonus=4,
        sit_out=5,
        often=6,
        held=1,
        musts=((0, 2),),
        odd_sets=(((0, 1, 2), 7),),
    )
    assert prices_of(proof_of(prices, ("x", "y", "z")), ("x", "y", "z")) == prices
    assert prices_of(proof_of(prices, ("x", "y", "z")), ("z", "x", "y")).prices == (3, 1, 2)
