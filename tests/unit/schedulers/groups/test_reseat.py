"""One step: one person out of every table, and all of them back in the best way."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from schedulers.balance import imbalance
from schedulers.budget import Limits
from schedulers.groups.balance import Mix
from schedulers.groups.chairs import Chairs, chairs_of
from schedulers.groups.gains import DUE, FORBIDDEN, MUST, REPEAT, Gains
from schedulers.groups.reseat import Reseat
from schedulers.groups.sizes import sizes_of
from schedulers.problem import Balance, IntArray, MustMeet, Problem, Table, pair_matrix
from schedulers.schedule import plan_of

FREELY = Limits(deadline=None, seed=0)


def weights_of(n: int, seed: int = 1) -> IntArray:
    weights = np.triu(np.random.default_rng(seed).integers(0, 1001, (n, n)), 1)
    return weights + weights.T


def reseat_of(problem: Problem, chairs: Chairs, held: IntArray | None = None, seed: int = 0) -> Reseat:
    earlier = np.zeros((0, problem.n), dtype=np.int64) if held is None else held
    gains = Gains(problem, earlier, len(earlier) + 1)
    gains.enter(len(earlier))
    waits = np.zeros(problem.n, dtype=np.int64)
    return Reseat(problem, 0, chairs, gains, waits=waits, random=np.random.default_rng(seed))


def fresh(problem: Problem, seed: int = 0) -> Chairs:
    return chairs_of(problem, 0, sizes_of(problem, 0), random=np.random.default_rng(seed))


def value(problem: Problem, chairs: Chairs) -> float:
    seats = chairs.row(problem.n)[None, :]
    return plan_of(problem, seats).value - imbalance(problem, seats)


@pytest.mark.parametrize("seed", range(5))
def test_no_step_makes_a_round_worse(seed: int) -> None:
    colours = tuple(np.random.default_rng(seed).choice(["red", "blue", "green"], 23).tolist())
    problem = Problem(weights_of(23, seed), [Table(5)] * 5, 1, balance=[Balance("colour", 90.0, colours)])
    chairs = fresh(problem, seed)
    reseat = reseat_of(problem, chairs, seed=seed)
    values = [value(problem, chairs)]

    for _ in range(60):
        reseat.improve(1, FREELY)
        values.append(value(problem, chairs))

    assert np.all(np.diff(values) >= -1e-2)
    assert values[-1] > values[0]
    assert sorted(chairs.seated[chairs.seated < 23].tolist()) == list(range(23))


def test_a_step_is_the_best_of_all_ways_to_seat_whom_it_takes_out() -> None:
    """With one guest at every table, beside hosts, each step takes out all guests."""
    problem = Problem(
        weights_of(9), [Table(2)] * 3 + [Table(3)], 1, fixed=np.array([0, 1, 2, 3, 3, *[-1] * 4])
    )
    chairs = fresh(problem)

    reseat_of(problem, chairs).improve(1, FREELY)

    best = max(
        plan_of(problem, np.array([[0, 1, 2, 3, 3, *guests]])).value for guests in permutations(range(4))
    )
    assert value(problem, chairs) == best


def test_hosts_stay_at_their_tables() -> None:
    fixed = np.array([2, 0, *[-1] * 10])
    problem = Problem(weights_of(12), [Table(4)] * 3, 1, fixed=fixed)
    chairs = fresh(problem)

    reseat_of(problem, chairs).improve(50, FREELY)

    assert chairs.row(12)[:2].tolist() == [2, 0]


def test_no_table_is_left_with_fewer_than_it_needs() -> None:
    """Ten fit three tables of four as 4, 3 and 3, however much two of them would gain by themselves."""
    problem = Problem(weights_of(10), [Table(4, 3)] * 3, 1)
    chairs = fresh(problem)

    reseat_of(problem, chairs).improve(80, FREELY)

    assert sorted(np.bincount(chairs.row(10)).tolist()) == [3, 3, 4]


def test_noise_can_leave_the_best_round_and_time_can_stop_it() -> None:
    problem = Problem(weights_of(16), [Table(4)] * 4, 1)
    chairs = fresh(problem)
    reseat = reseat_of(problem, chairs)
    reseat.improve(300, FREELY)

    assert reseat.improve(50, Limits(deadline=0.0, seed=0), noise=1e6) == 0
    assert reseat.improve(5, FREELY, noise=1e6) > 0


def test_of_a_crowded_bench_everybody_has_a_chance() -> None:
    problem = Problem(weights_of(200), [Table(3)] * 2, 1)
    chairs = fresh(problem)
    before = value(problem, chairs)

    reseat_of(problem, chairs).improve(200, FREELY)

    assert value(problem, chairs) > before
    people = np.concatenate([chairs.seated.ravel(), chairs.bench])
    assert sorted(people[people < 200].tolist()) == list(range(200))


def test_gains_say_what_a_pair_is_worth_in_the_order_of_rules() -> None:
    problem = Problem(
        np.where(np.eye(6, dtype=bool), 0, 10),
        [Table(3)] * 2,
        3,
        allowed=~pair_matrix(6, [(0, 5)]),
        must_meet=[MustMeet(0, 1, 0), MustMeet(1, 2)],
        met=[(2, 3)],
    )
    gains = Gains(problem, np.array([[0, 1, 0, 1, 0, 1]]), 3)
    gains.enter(1)

    assert gains.matrix[0, 5] == 10 - FORBIDDEN * 10
    assert gains.matrix[0, 2] == -REPEAT * 10
    assert gains.matrix[2, 3] == 10 - REPEAT * 10
    assert gains.matrix[0, 1] == 10
    assert gains.matrix[1, 2] == 10 + (MUST + DUE / 2) * 10

    gains.leave(1, np.array([0, 0, 0, 0, 1, 1]))
    gains.enter(2)
    assert gains.matrix[2, 3] == -REPEAT * 10
    assert gains.matrix[1, 2] == -REPEAT * 10
    assert gains.matrix[4, 5] == -REPEAT * 10
    gains.leave(2, np.full(6, -1))
    gains.enter(1)
    assert gains.matrix[1, 2] == 10 + (MUST + DUE / 2) * 10
    assert (gains.matrix == gains.matrix.T).all()
    assert not gains.matrix[6].any()


@pytest.mark.parametrize("seed", range(4))
def test_the_cost_of_balance_is_exact_for_whoever_comes(seed: int) -> None:
    random = np.random.default_rng(seed)
    colours = tuple(colour or None for colour in random.choice(["red", "blue", ""], 11).tolist())
    rules = [Balance("colour", 3.0, colours), Balance("same", 0.5, ("x",) * 11)]
    problem = Problem(weights_of(11), [Table(4)] * 3, 1, balance=rules)
    chairs = fresh(problem, seed)
    leaving = chairs.seated[:, 0]

    costs = Mix(problem, 0, chairs.seated).costs(np.arange(3), leaving, np.array([*range(11), 11]))

    for table in range(3):
        others = chairs.seated[table, 1:]
        for person in set(range(12)) - set(others.tolist()) | {11}:
            row = np.full(12, -1)
            row[others] = table
            row[person] = table
            alone = np.where(row[:11] == table, table, -1)[None, :]
            assert costs[table, person] == pytest.approx(imbalance(problem, alone))
