"""First stage: the relaxation and its prices."""

from __future__ import annotations

import numpy as np
import pytest
from properties.schedulers.small_demands import best_fraction, worth
from unit.schedulers.pairs.small_rooms import chosen_pairs, demand, random_weights

from schedulers.pairs.demand import Demand
from schedulers.pairs.network import Network
from schedulers.pairs.price import BONUS, price, slack_of


def test_a_triangle_is_chosen_by_halves() -> None:
    """Three people, each with one partner to come: all love each other alike."""
    triangle = demand({(0, 1): 10, (1, 2): 10, (0, 2): 10}, [1, 1, 1])

    relaxation = price(triangle, bonus=0)

    assert chosen_pairs(relaxation.half) == {(0, 1), (1, 2), (0, 2)}
    assert not relaxation.full.any()
    assert relaxation.bound == 30
    assert relaxation.prices.tolist() == [10, 10, 10]


def test_halves_give_way_to_a_pair_that_is_better_by_itself() -> None:
    triangle = demand({(0, 1): 25, (1, 2): 10, (0, 2): 10}, [1, 1, 1])

    relaxation = price(triangle, bonus=0)

    assert chosen_pairs(relaxation.full) == {(0, 1)}
    assert relaxation.bound == 50


def test_the_bonus_makes_two_poor_meetings_worth_more_than_a_good_one() -> None:
    path = demand({(0, 1): 1, (1, 2): 1000, (2, 3): 1}, [1, 1, 1, 1])

    assert chosen_pairs(price(path, bonus=0).full) == {(1, 2)}
    assert chosen_pairs(price(path).full) == {(0, 1), (2, 3)}
    assert price(path).bound == 2 * (2 * BONUS + 2)


def test_nobody_has_more_partners_than_wanted_and_a_pair_meets_once() -> None:
    star = demand({(0, 1): 5, (0, 2): 7, (0, 3): 9}, [2, 3, 3, 3])

    relaxation = price(star)

    assert chosen_pairs(relaxation.full) == {(0, 2), (0, 3)}


@pytest.mark.parametrize(
    ("pairs", "degree"), [({}, []), ({}, [2, 2]), ({(0, 1): 9}, [0, 1]), ({(0, 1): 9}, [0, 0])]
)
def test_where_nothing_can_be_chosen_the_bound_is_nothing(
    pairs: dict[tuple[int, int], int], degree: list[int]
) -> None:
    relaxation = price(demand(pairs, degree))

    assert relaxation.bound == 0
    assert not relaxation.full.any()
    assert not relaxation.half.any()


def test_a_bench_takes_whoever_gains_least_elsewhere() -> None:
    """The fourth node is a bench with one place: the break is worth nothing to anybody."""
    four = demand({(0, 1): 50, (0, 2): 9, (1, 2): 8, (0, 3): 0, (1, 3): 0, (2, 3): 0}, [1, 1, 1, 1])

    relaxation = price(Demand(four.weights, four.possible, four.degree, people=3))

    assert chosen_pairs(relaxation.full) == {(0, 1), (2, 3)}


def popular_room() -> Demand:
    """Forty people who all prefer the same twenty, who prefer each other; one partner each."""
    weights = random_weights(60, top=100)
    weights[:20] += 800
    weights[:, :20] += 800
    weights[:20, :20] -= 700
    np.fill_diagonal(weights, 0)
    possible = ~np.eye(60, dtype=bool)
    # The popular ones do not meet one another: they are partners for half of the others.
    possible[:20, :20] = False
    return Demand(weights.astype(np.int32), possible, np.ones(60, dtype=np.int64), 60)


def test_where_the_best_partners_of_everybody_do_not_suffice_others_are_asked() -> None:
    """All the best partners of forty people are the same twenty: half of the forty need others."""
    popular = popular_room()
    best = np.argsort(-popular.weights, axis=1)[20:, :14]
    assert (best < 20).all()

    relaxation = price(popular)

    assert (2 * relaxation.full.sum(axis=1) + relaxation.half.sum(axis=1) == 2).all()
    assert relaxation.bound / 2 == pytest.approx(best_fraction(popular, BONUS), abs=1e-6)
    assert (
        2 * worth(popular, relaxation.full, BONUS) + worth(popular, relaxation.half, BONUS)
        == relaxation.bound
    )


@pytest.mark.parametrize(("n", "degree", "share"), [(80, 5, 1.0), (81, 7, 0.6), (120, 3, 0.2), (90, 1, 0.5)])
def test_in_a_larger_room_the_bound_is_the_optimum_of_the_linear_program(
    n: int, degree: int, share: float
) -> None:
    random = np.random.default_rng(n)
    possible = np.triu(random.random((n, n)) < share, 1)
    weights = random_weights(n, seed=degree)
    large = Demand(
        weights.astype(np.int32), possible | possible.T, random.integers(degree - 1, degree + 1, n), n
    )

    relaxation = price(large)

    assert relaxation.bound / 2 == pytest.approx(best_fraction(large, BONUS), abs=1e-4)
    slack = slack_of(large, relaxation.prices, BONUS)
    paid = int((large.degree * relaxation.prices).sum()) + int(np.maximum(np.triu(slack, 1), 0).sum())
    assert paid == relaxation.bound
    assert (slack[relaxation.full] >= 0).all()
    assert (slack[relaxation.half] == 0).all()


def test_of_two_ways_the_cheaper_one_fills_up_first() -> None:
    network = Network(np.array([5, 0, 0, -5]))
    cheap = network.add([0, 1], [1, 3], capacity=[3, 4], cost=1)
    dear = network.add(np.array([0, 2]), np.array([2, 3]), capacity=9, cost=[5, 6])

    flow = network.solve()

    assert flow.used[cheap].tolist() == [3, 3]
    assert flow.used[dear].tolist() == [2, 2]
    # The way with room is the measure of distance.
    assert flow.distances[3] - flow.distances[0] == 11


def test_what_cannot_flow_is_an_error() -> None:
    network = Network(np.array([2, -2]))
    network.add(0, 1, capacity=1, cost=0)

    with pytest.raises(RuntimeError, match="a flow over 1 arcs"):
        network.solve()
