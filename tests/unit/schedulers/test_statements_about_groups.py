"""What a plan of groups states is checked like any other; bounds on repeats are counted."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from event_server.cli.plan_files import plan_command, verify_command
from schedulers.certificate import certify
from schedulers.counting import repeats_bound
from schedulers.problem import IntArray, Problem, Table
from schedulers.proof import price_bound
from schedulers.schedule import MaxIterations, Plan, Prices, plan_of
from schedulers.solve import plan


def flat(n: int) -> IntArray:
    return np.ones((n, n), dtype=np.int64) - np.eye(n, dtype=np.int64)


@pytest.fixture(scope="module")
def evening() -> Problem:
    weights = np.triu(np.random.default_rng(5).integers(0, 1001, (12, 12)), 1)
    return Problem(weights + weights.T, [Table(4, 3)] * 3, 3, met=[(0, 1)])


@pytest.fixture(scope="module")
def truth(evening: Problem) -> Plan:
    found = plan(evening, stop=MaxIterations(20))
    assert certify(evening, found).falsehoods == ()
    return found


@pytest.mark.parametrize(
    ("figure", "change", "words"),
    [
        ("value", 1, "value is"),
        ("repeats", -1, "repeats is"),
        ("floor", 1, "floor is"),
        ("bound", -1, "bound is"),
        ("bound", 1, "bound is"),
        ("repeats_bound", 1, "counting gives"),
        ("floor_bound", -9999, "floor_bound"),
        ("search_bound", 0, "search_bound"),
    ],
)
def test_a_false_figure_is_refused(
    evening: Problem, truth: Plan, figure: str, change: int, words: str
) -> None:
    stated = (getattr(truth, figure) or 0) + change

    (falsehood, *_) = certify(evening, replace(truth, **{figure: stated})).falsehoods

    assert words in falsehood


def test_a_table_with_too_many_or_too_few_is_refused(evening: Problem, truth: Plan) -> None:
    seats = truth.seats.copy()
    seats[0, np.flatnonzero(seats[0] == 0)[0]] = 1

    falsehoods = certify(evening, plan_of(evening, seats)).falsehoods

    assert falsehoods == ("round 0, table 1: 5 people at 4 seats",)


def test_a_bound_without_a_certificate_is_believed_as_far_as_counting_goes(
    evening: Problem, truth: Plan
) -> None:
    """Nobody meets more than three a round: the fifteen best are worth most, everybody's halved."""
    most = int(evening.weights.sum(dtype=np.int64)) // 2
    gap = (most - truth.value) / most

    assert certify(evening, replace(truth, certificate=None, bound=most, gap=gap)).holds
    assert not certify(evening, replace(truth, certificate=None, bound=truth.value, gap=0.0)).holds


def test_prices_of_people_prove_what_tables_of_three_cannot_exceed() -> None:
    """Each of six meets two others at most; a star of five heavy pairs allows two of them."""
    weights = np.zeros((6, 6), dtype=np.int64)
    weights[0, 1:] = weights[1:, 0] = 100
    problem = Problem(weights, [Table(3)] * 2, 1)
    seats = np.array([[0, 0, 0, 1, 1, 1]])

    assert price_bound(problem, seats, Prices(scale=1, prices=(0,) * 6)) == 500
    assert price_bound(problem, seats, Prices(scale=1, prices=(100, *[0] * 5))) == 200
    found = plan(problem, stop=MaxIterations(5))
    assert (found.value, found.bound, found.gap) == (200, 200, 0.0)


def test_held_rounds_count_as_they_were() -> None:
    problem = Problem(10 * flat(6), [Table(3)] * 2, 2)
    seats = np.array([[0, 0, 0, 1, 1, 1], [0, 0, 1, 0, 1, 1]])

    assert price_bound(problem, seats, Prices(scale=1, prices=(0,) * 6)) == 150
    assert price_bound(problem, seats, Prices(scale=1, prices=(10,) * 6, held=1)) == 60 + 120


@pytest.mark.parametrize(
    ("n", "tables", "rounds", "fewest"),
    [
        (9, [Table(3)] * 3, 4, 0),
        (9, [Table(3)] * 3, 5, 9),
        (8, [Table(4)] * 2, 2, 2 * 12 - 28 + 4),
        (8, [Table(4)] * 2, 3, 8),
        (12, [Table(4)] * 4, 1, 0),
        (5, [Table(5)], 2, 10),
        (5, [Table(5, 5)] * 3, 2, 10),
    ],
)
def test_repeats_are_bounded_by_counting(n: int, tables: list[Table], rounds: int, fewest: int) -> None:
    assert repeats_bound(Problem(flat(n), tables, rounds), [n] * rounds) == fewest


def test_people_met_at_a_former_event_and_empty_rounds_are_counted() -> None:
    problem = Problem(flat(4), [Table(4)], 2, met=[(0, 1)])

    assert repeats_bound(problem, [4, 0]) == 1
    assert repeats_bound(problem, [0, 0]) == 0
    assert repeats_bound(problem, [4, 4]) == 7


def test_groups_are_planned_and_verified_from_files(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command("plan")(plan_command)
    app.command("verify")(verify_command)
    people = [{"id": name, "attributes": {"sector": name}} for name in "abcdefghi"]
    people[0]["table"] = 2
    problem = {
        "format": "girotondo-problem/1",
        "rounds": 3,
        "tables": [{"seats": 3}] * 3,
        "attendees": people,
        "weights": flat(9).tolist(),
        "forbidden": [["a", "b"]],
        "must_meet": [["a", "c", 0]],
        "balance": {"sector": 1.0},
    }
    path, planned = tmp_path / "problem.json", tmp_path / "plan.json"
    path.write_text(json.dumps(problem), encoding="utf-8")

    assert CliRunner().invoke(app, ["plan", str(path), "-o", str(planned), "--seconds", "0.2"]).exit_code == 0
    assert CliRunner().invoke(app, ["verify", str(path), str(planned)]).exit_code == 0
    content = json.loads(planned.read_text("utf-8"))
    assert all({"a"} <= set(tables[2]) for tables in content["rounds"])
    assert "c" in content["rounds"][0][2]


def test_a_stage_that_gains_again_and_again_is_stated_once() -> None:
    random = np.random.default_rng(3)
    weights = np.triu(random.integers(0, 1000, (30, 30)), 1)
    problem = Problem(weights + weights.T, [Table(5)] * 6, 5)
    names = [stage.name for stage in plan(problem, stop=MaxIterations(300)).stages]
    assert "reseat" in names
    assert all(one != other for one, other in pairwise(names))
