"""Problem files and plan files are read strictly, and come back as they were written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from properties.schedulers.small_problems import small_problems

from schedulers.certificate import check
from schedulers.counting import counting_bound, floor_bound
from schedulers.files import (
    NamedProblem,
    UnreadableFile,
    read_plan,
    read_problem,
    write_plan,
    write_problem,
)
from schedulers.problem import InvalidProblem, MustMeet, Problem
from schedulers.schedule import MaxIterations, plan_of
from schedulers.solve import plan

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def example() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FIXTURES / "problem-example.json").read_text("utf-8"))
    return content


def reading(content: dict[str, Any], folder: Path) -> NamedProblem:
    path = folder / "problem.json"
    path.write_text(json.dumps(content), "utf-8")
    return read_problem(path)


def test_the_example_says_what_it_should() -> None:
    named = read_problem(FIXTURES / "problem-example.json")
    problem = named.problem

    assert named.ids == ("a", "b", "c", "d")
    assert problem.fixed.tolist() == [1, -1, -1, -1]
    assert problem.present.tolist() == [[True, True], [True, True], [True, False], [True, True]]
    assert np.argwhere(~problem.allowed).tolist() == [[0, 0], [0, 3], [1, 1], [2, 2], [3, 0], [3, 3]]
    assert problem.musts == (MustMeet(0, 1, 1), MustMeet(2, 3, None))
    assert problem.tables[1].x == 1


def test_the_plan_of_the_example_is_true() -> None:
    named = read_problem(FIXTURES / "problem-example.json")

    assert check(named, read_plan(FIXTURES / "plan-example.json")) == []


def test_counting_proves_the_bound_of_the_example_and_not_a_point_less() -> None:
    problem = read_problem(FIXTURES / "problem-example.json").problem

    assert counting_bound(problem, 3) == 1500
    assert counting_bound(problem, 2) == 1100
    assert counting_bound(problem, 9) == (800 + 900 + 600 + 1000) // 2
    assert floor_bound(problem) == 600


def test_members_of_a_group_are_kept_apart_and_others_are_free(
    example: dict[str, Any], tmp_path: Path
) -> None:
    example["attendees"][1]["groups"] = {"organisation": "acme"}
    example["must_meet"] = []

    allowed = reading(example, tmp_path).problem.allowed

    assert not allowed[0, 1]
    assert allowed[2, 3]


def test_weights_may_stand_in_a_file_beside(example: dict[str, Any], tmp_path: Path) -> None:
    np.save(tmp_path / "w.npy", np.array(example.pop("weights"), dtype=np.int16))
    example["weights_file"] = "w.npy"

    assert reading(example, tmp_path).problem.weights[0, 1] == 500


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"colour": "red"}, "colour"),
    ({"format": "girotondo-problem/2"}, "format"),
    ({"rounds": -1}, "rounds"),
    ({"rounds": "2"}, "rounds"),
    ({"tables": [{"seats": 1}]}, "2 seats"),
    ({"tables": [{"seats": 2, "least": 3}] * 2}, "least"),
    ({"tables": [{"seats": 2}]}, "table 1"),
    ({"attendees": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "a"}]}, "'a'"),
    ({"attendees": [{"id": "a", "absent": [2]}, {"id": "b"}, {"id": "c"}, {"id": "d"}]}, "round 2"),
    ({"attendees": [{"id": "a", "side": "x"}, {"id": "b"}, {"id": "c"}, {"id": "d"}]}, "'b' has no side"),
    ({"attendees": [{"id": i, "side": i} for i in "abcd"]}, "exactly two"),
    ({"attendees": [{"id": i, "side": "x"} for i in "abcd"]}, "exactly two"),
    ({"attendees": [{"id": i, "name": i} for i in "abcd"]}, "name"),
    ({"weights": [[0, 1], [1, 0]]}, "4 rows"),
    ({"weights": [[0, 1, 1, 1], [2, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]]}, "symmetric"),
    ({"weights": [[0, 1001, 1, 1], [1001, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]]}, "1001"),
    ({"weights": [[0, -1, 1, 1], [-1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]]}, "-1"),
    ({"weights": [[0, 1, 1, 1], [1, 7, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]]}, "diagonal"),
    ({"weights": [[0, 10**30, 1, 1], [10**30, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]]}, "weights"),
    ({"weights": [[0.5] * 4] * 4}, "weights"),
    ({"weights": None}, "weights_file"),
    ({"weights_file": "w.npy"}, "not both"),
    ({"forbidden": [["a", "x"]]}, "'x'"),
    ({"forbidden": [["a", "a"]]}, "themselves"),
    ({"met": [["y", "a"]]}, "'y'"),
    ({"must_meet": [["a"]]}, "two ids"),
    ({"must_meet": [["a", "b", 2]]}, "round 2"),
    ({"must_meet": [["a", "b", -1]]}, "round -1"),
    ({"must_meet": [["a", "b", "c"]]}, "two ids"),
    ({"balance": {"sector": -1.0}}, "sector"),
    ({"odd": "quartet"}, "odd"),
    ({"fairness": 1.5}, "fairness"),
]


@pytest.mark.parametrize(("change", "named"), WRONG, ids=[str(change)[:60] for change, _ in WRONG])
def test_what_is_wrong_is_named(
    example: dict[str, Any], change: dict[str, Any], named: str, tmp_path: Path
) -> None:
    with pytest.raises((InvalidProblem, UnreadableFile), match=named):
        reading(example | change, tmp_path)


@pytest.mark.parametrize("name", ["../w.npy", "/tmp/w.npy", "a/w.npy", "a\\w.npy", "w.txt", "", ".."])
def test_weights_are_read_from_beside_the_problem_only(
    example: dict[str, Any], name: str, tmp_path: Path
) -> None:
    del example["weights"]

    with pytest.raises(InvalidProblem, match="plain name"):
        reading(example | {"weights_file": name}, tmp_path)


@pytest.mark.parametrize(
    "weights",
    [
        np.zeros((4, 4)),
        np.zeros((3, 3), dtype=np.int64),
        np.array([[None] * 4] * 4, dtype=object),
        np.zeros((4, 4), dtype=np.bool_),
    ],
    ids=["fractions", "too small", "pickled objects", "no numbers"],
)
def test_weights_in_a_file_must_be_integers_of_the_right_shape(
    example: dict[str, Any], weights: np.ndarray[Any, Any], tmp_path: Path
) -> None:
    del example["weights"]
    np.save(tmp_path / "w.npy", weights, allow_pickle=True)

    with pytest.raises((InvalidProblem, UnreadableFile), match=r"w\.npy"):
        reading(example | {"weights_file": "w.npy"}, tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_no_problem_file_is_unreadable(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile, match=r"problem\.json"):
        read_problem(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.json: No such file"):
        read_problem(tmp_path / "nowhere.json")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=small_problems())
def test_a_problem_comes_back_as_it_was_written(problem: Problem, tmp_path: Path) -> None:
    if problem.sides.size and len(set(problem.sides.tolist())) == 1:
        return
    ids = tuple(f"guest {i}" for i in range(problem.n))
    write_problem(tmp_path / "p.json", NamedProblem(ids, problem))

    named = read_problem(tmp_path / "p.json")

    back = named.problem
    assert named.ids == ids
    assert (back.tables, back.rounds, back.musts, back.odd) == (
        problem.tables,
        problem.rounds,
        problem.musts,
        problem.odd,
    )
    for one, other in (
        (back.weights, problem.weights),
        (back.may_meet(), problem.may_meet()),
        (back.present, problem.present),
        (back.fixed, problem.fixed),
        (back.met_before(), problem.met_before()),
    ):
        assert np.array_equal(one, other)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=small_problems())
def test_a_written_plan_says_the_truth(problem: Problem, tmp_path: Path) -> None:
    ids = tuple(f"g{i}" for i in range(problem.n))
    planned = plan(problem, stop=MaxIterations(5), seed=3)
    write_plan(tmp_path / "plan.json", planned, ids=ids, problem=problem)

    content = read_plan(tmp_path / "plan.json")

    assert check(NamedProblem(ids, problem), content) == []
    assert (content.value, content.seed) == (planned.value, 3)
    assert not list(tmp_path.glob(".*"))


def test_a_trio_counts_three_meetings_in_every_figure() -> None:
    weights = np.array([[0, 1, 2], [1, 0, 4], [2, 4, 0]])
    problem = Problem(
        weights, [read_problem(FIXTURES / "problem-example.json").problem.tables[0]], 1, odd="trio"
    )

    found = plan_of(problem, np.array([[0, 0, 0]]))

    assert (found.value, found.floor, found.repeats) == (7, 3, 0)
    assert counting_bound(problem, 3) == 7
    assert floor_bound(problem) == 3
