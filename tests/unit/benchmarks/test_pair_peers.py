"""Peers keep the rules and are what they are called; nobody's false plan gets a figure."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.schedulers.brute import broken_rules

from benchmarks import pairs
from benchmarks.instances import KINDS, evening
from benchmarks.pair_bars import Bar
from benchmarks.pair_peers import (
    CIRCLE,
    CP_SAT,
    EDGE_GREEDY,
    EDGE_GREEDY_IN_BULK,
    NETWORKX,
    RANDOM,
    Draft,
    Peer,
)
from benchmarks.pair_runs import FalsePlanError, Search, gap_to, measure_peer, rank
from schedulers.problem import MustMeet, Problem, Table
from schedulers.schedule import meeting_counts, plan_of
from schedulers.solve import next_round

if TYPE_CHECKING:
    from schedulers.problem import IntArray

WITHOUT_A_PLANNER = (EDGE_GREEDY, EDGE_GREEDY_IN_BULK, NETWORKX, CIRCLE, RANDOM)

evenings = st.builds(
    evening,
    st.sampled_from(list(KINDS)),
    st.integers(2, 45),
    st.integers(1, 6),
    seed=st.integers(0, 1000),
)


def weights_of(*heavy: tuple[int, int, int], n: int) -> IntArray:
    weights = np.zeros((n, n), dtype=np.int64)
    for i, j, weight in heavy:
        weights[i, j] = weights[j, i] = weight
    return weights


@settings(max_examples=60, deadline=None)
@given(problem=evenings, peer=st.sampled_from(WITHOUT_A_PLANNER), seed=st.integers(0, 100))
def test_peers_keep_the_rules(problem: Problem, peer: Peer, seed: int) -> None:
    assert broken_rules(problem, peer.seats(problem, seed)) == []


@settings(max_examples=40, deadline=None)
@given(problem=evenings, peer=st.sampled_from([EDGE_GREEDY, NETWORKX, RANDOM]))
def test_no_two_are_left_who_could_have_met(problem: Problem, peer: Peer) -> None:
    draft = Draft(problem)
    for r, row in enumerate(peer.seats(problem, 0)):
        left = row < 0
        assert not (draft.possible(r) & left[:, None] & left).any()
        draft.meet(r, np.argwhere((row[:, None] == row) & ~left).tolist())


@settings(max_examples=40, deadline=None)
@given(problem=evenings)
def test_edge_greedy_in_bulk_plans_what_edge_greedy_plans(problem: Problem) -> None:
    assert (EDGE_GREEDY_IN_BULK.seats(problem, 0) == EDGE_GREEDY.seats(problem, 0)).all()


def test_edge_greedy_takes_the_heaviest_pair_and_networkx_the_heaviest_matching() -> None:
    path = Problem(weights_of((0, 1, 400), (1, 2, 500), (2, 3, 400), n=4), [Table(2)] * 2, 1)
    assert plan_of(path, EDGE_GREEDY.seats(path, 0)).value == 500
    assert plan_of(path, NETWORKX.seats(path, 0)).value == 800


@pytest.mark.parametrize("n", [4, 7, 10])
def test_circle_brings_everybody_together_once(n: int) -> None:
    everybody = Problem(np.zeros((n, n), dtype=np.int64), [Table(2)] * (n // 2), n - 1 + n % 2)
    assert (meeting_counts(CIRCLE.seats(everybody, 1)) == 1 - np.eye(n)).all()


@pytest.mark.parametrize(("staying", "moving"), [(4, 4), (3, 5), (5, 2)])
def test_circle_brings_two_sides_together_once(staying: int, moving: int) -> None:
    n, sides = staying + moving, np.repeat([0, 1], [staying, moving])
    room = Problem(np.zeros((n, n), dtype=np.int64), [Table(2)] * (n // 2), max(staying, moving), sides=sides)
    assert (meeting_counts(CIRCLE.seats(room, 1)) == (sides[:, None] != sides)).all()


@pytest.mark.parametrize("kind", ["tags", "rand"])
def test_exact_round_is_worth_what_networkx_finds(kind: str) -> None:
    problem = evening(kind, 24, 1, seed=5)
    ours, theirs = next_round(problem, ()).value, plan_of(problem, NETWORKX.seats(problem, 0)).value
    assert ours == theirs > 0


def test_cp_sat_finds_the_best_evening() -> None:
    """Two rounds of four people are two of three ways to pair them."""
    problem = evening("rand", 4, 2, seed=1)
    w = problem.weights
    ways = [w[0, a] + w[b, c] for a, b, c in permutations((1, 2, 3)) if b < c]
    assert plan_of(problem, CP_SAT.seats(problem, 0)).value == sum(sorted(ways)[1:])


def test_cp_sat_keeps_must_meets_in_time_before_all_else() -> None:
    weights = weights_of((0, 1, 900), (2, 3, 900), n=4)
    problem = Problem(weights, [Table(2)] * 2, 1, must_meet=[MustMeet(0, 2, 0)])
    found = plan_of(problem, CP_SAT.seats(problem, 0))
    assert (found.value, found.unmet) == (0, ())


def test_false_seats_get_no_figure() -> None:
    problem = evening("rand", 6, 2)
    cheat = Peer("cheat", lambda problem, seed: np.array([[0, 0, 1, 1, 2, 2]] * 2), 10)
    with pytest.raises(FalsePlanError, match=r"cheat: round 1: .* have met before"):
        measure_peer(cheat, problem, seed=0, bound=None)


def test_rank_follows_the_order_of_rules() -> None:
    weights = weights_of((0, 1, 900), (1, 2, 10), n=4)
    problem = Problem(weights, [Table(2)] * 2, 1, must_meet=[MustMeet(0, 3)])
    must, full, rich = (
        plan_of(problem, np.array([seats])) for seats in ([0, -1, -1, 0], [0, 0, 1, 1], [0, 0, -1, -1])
    )
    assert rank(problem, must) > rank(problem, full) > rank(problem, rich)


def test_clock_of_a_search_stands_at_the_first_whole_plan_near_the_best_bound() -> None:
    """The last plan proves 1800: the first one misses people, the second misses half."""
    problem = Problem(weights_of((0, 1, 900), (2, 3, 900), (0, 2, 900), n=4), [Table(2)] * 2, 1)
    seats = ([0, 0, -1, -1], [0, 1, 0, 1], [0, 0, 1, 1])
    small, half, best = (plan_of(problem, np.array([row])) for row in seats)
    proven = replace(best, bound=1900, search_bound=1800)
    found = Search(problem, [(0.1, small), (0.2, half), (0.3, best), (0.9, proven)])
    run = found.run(1e-4)
    assert (run.seconds, run.gap, run.proof_seconds) == (0.3, 0.0, 0.9)
    assert gap_to(found.bound, half) == 0.5


def test_bar_says_whether_it_is_held() -> None:
    assert str(Bar("gap", 0.01, 0.01)) == "gap 0.01 <=0.01 ok"
    assert str(Bar("proof", math.inf, 15)) == "proof inf <=15 MISSED"
    assert str(Bar("faster", 499.0, 500, is_least=True)) == "faster 499 >=500 MISSED"


def test_benchmark_prints_a_row_an_evening(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "--quick",
        "--sizes",
        "8",
        "11",
        "--kinds",
        "live",
        "brand",
        "--seconds",
        "0.3",
        "--markdown",
    ]
    assert pairs.main(arguments) == 0
    printed = capsys.readouterr().out.splitlines()
    table = [line for line in printed if line.startswith("|")]
    assert "| exact greedy | edge greedy |" in table[0]
    assert [row.split(" | ")[0] for row in table[2:]] == [
        "| live n=8 R=2",
        "| live n=11 R=2",
        "| brand n=8 R=2",
        "| brand n=11 R=2",
    ]
