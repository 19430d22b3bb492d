"""The relaxation is the optimum that HiGHS finds, and its prices prove it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.schedulers.small_demands import best_fraction, every_choice, small_demands, worth

from schedulers.pairs.demand import Demand
from schedulers.pairs.network import Network
from schedulers.pairs.price import BONUS, price, slack_of

bonuses = st.sampled_from([0, 100, BONUS])


@settings(max_examples=150, deadline=None)
@given(small_demands(), bonuses)
def test_the_bound_is_the_optimum_of_the_linear_program(demand: Demand, bonus: int) -> None:
    relaxation = price(demand, bonus)

    assert abs(relaxation.bound / 2 - best_fraction(demand, bonus)) < 1e-6


@settings(max_examples=150, deadline=None)
@given(small_demands(), bonuses)
def test_what_is_chosen_wholly_and_by_halves_is_worth_the_bound(demand: Demand, bonus: int) -> None:
    relaxation = price(demand, bonus)

    full, half = relaxation.full, relaxation.half
    assert not (full & half).any()
    assert not ((full | half) & ~demand.possible).any()
    assert np.array_equal(half, half.T)
    assert np.array_equal(full, full.T)
    # Whoever meets somebody by half meets an even number of people so.
    assert not (half.sum(axis=1) % 2).any()
    assert (full.sum(axis=1) + half.sum(axis=1) // 2 <= demand.degree).all()
    assert 2 * worth(demand, full, bonus) + worth(demand, half, bonus) == relaxation.bound


@settings(max_examples=150, deadline=None)
@given(small_demands(), bonuses)
def test_the_prices_prove_the_bound(demand: Demand, bonus: int) -> None:
    relaxation = price(demand, bonus)

    assert (relaxation.prices >= 0).all()
    gains = 2 * (demand.weights.astype(np.int64) + bonus)
    gains -= relaxation.prices[:, None] + relaxation.prices[None, :]
    paid = int(np.triu(np.where(demand.possible, np.maximum(gains, 0), 0), 1).sum())
    assert int((demand.degree * relaxation.prices).sum()) + paid == relaxation.bound
    slack = slack_of(demand, relaxation.prices, bonus)
    assert np.array_equal(slack[demand.possible], gains[demand.possible])
    assert (slack[~demand.possible] < -(10**8)).all()


@settings(max_examples=60, deadline=None)
@given(small_demands(most_people=5, most_degree=3), bonuses)
def test_no_choice_is_worth_more_than_the_bound(demand: Demand, bonus: int) -> None:
    bound = price(demand, bonus).bound

    assert all(2 * worth(demand, chosen, bonus) <= bound for chosen in every_choice(demand))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_flow_and_distances_prove_each_other_the_best(size: int, seed: int) -> None:
    """What flows arrives; no arc with room is a shortcut, and none in use is a detour."""
    random = np.random.default_rng(seed)
    tails, heads = (ends.ravel() for ends in np.meshgrid(np.arange(size), np.arange(size, 2 * size)))
    capacities, costs = random.integers(0, 4, len(tails)), random.integers(-20, 21, len(tails))
    supplies = random.integers(0, 5, size)
    network = Network(np.concatenate([supplies, -random.permutation(supplies)]))
    places = network.add(tails, heads, capacity=capacities, cost=costs)
    # A way for whatever finds no other.
    far = network.add(tails, heads, capacity=30, cost=1000)

    flow = network.solve()

    used, detours = flow.used[places], flow.used[far]
    assert (used <= capacities).all()
    sent = np.bincount(tails, used + detours, size)
    assert np.array_equal(sent, supplies)
    lengths = flow.distances[heads] - flow.distances[tails]
    assert (lengths[used < capacities] <= costs[used < capacities]).all()
    assert (lengths[used > 0] >= costs[used > 0]).all()
    assert (lengths <= 1000).all()
    assert (lengths[detours > 0] == 1000).all()
