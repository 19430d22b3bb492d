"""From halves to wholes, up for the worst-off, and to the best: every step keeps what it promises."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.schedulers.small_demands import best_worth, every_choice, is_choice, small_demands, worth

from schedulers.budget import Limits
from schedulers.pairs.demand import Demand
from schedulers.pairs.lift import lift
from schedulers.pairs.polish import best_choice
from schedulers.pairs.price import BONUS, price
from schedulers.pairs.rounding import refill, rounded
from schedulers.problem import BoolArray, IntArray

NO_CLOCK = Limits(None, 0)
seeds = st.integers(0, 2**32 - 1)


def odd_trails(half: BoolArray) -> int:
    """How many parts of ``half`` have an odd number of pairs."""
    graph = nx.from_numpy_array(half)
    return sum(graph.subgraph(part).number_of_edges() % 2 for part in nx.connected_components(graph))


@settings(max_examples=150, deadline=None)
@given(small_demands())
def test_rounding_loses_half_a_pair_for_every_odd_trail_and_nothing_else(demand: Demand) -> None:
    relaxation = price(demand)

    chosen = rounded(demand, relaxation)

    assert is_choice(demand, chosen)
    whole, halves = int(relaxation.full.sum()), int(relaxation.half.sum())
    lost = odd_trails(relaxation.half)
    assert int(chosen.sum()) >= whole + halves // 2 - lost
    if not lost:
        assert 2 * worth(demand, chosen, BONUS) == relaxation.bound


@settings(max_examples=100, deadline=None)
@given(small_demands(most_people=12), seeds)
def test_with_two_sides_rounding_loses_nothing(demand: Demand, seed: int) -> None:
    side = np.random.default_rng(seed).integers(0, 2, len(demand.degree))
    possible = demand.possible & (side[:, None] != side[None, :])
    two_sided = Demand(demand.weights, possible, demand.degree, demand.people)

    relaxation = price(two_sided)

    assert 2 * worth(two_sided, rounded(two_sided, relaxation), BONUS) == relaxation.bound


def some_choice(demand: Demand, seed: int) -> BoolArray:
    """Pairs taken at random, as long as there are places."""
    chosen = np.zeros_like(demand.possible)
    pairs = np.argwhere(np.triu(demand.possible))
    for i, j in np.random.default_rng(seed).permutation(pairs).tolist():
        if (chosen[[i, j]].sum(axis=1) < demand.degree[[i, j]]).all():
            chosen[i, j] = chosen[j, i] = True
    return chosen


@settings(max_examples=100, deadline=None)
@given(small_demands(), seeds)
def test_refilling_takes_no_place_from_anybody(demand: Demand, seed: int) -> None:
    before = some_choice(demand, seed)
    forgotten = np.random.default_rng(seed).random(before.shape) < 0.3
    before &= ~(forgotten | forgotten.T)
    chosen = before.copy()

    refill(demand, chosen)

    assert is_choice(demand, chosen)
    assert (chosen.sum(axis=1) >= before.sum(axis=1)).all()
    short = demand.degree - chosen.sum(axis=1)
    left_open = demand.possible & ~chosen & (short > 0)[:, None] & (short > 0)[None, :]
    assert not left_open.any()


def totals(demand: Demand, chosen: BoolArray, base: IntArray) -> IntArray:
    gained: IntArray = np.where(chosen, demand.weights, 0).sum(axis=1, dtype=np.int64)[: demand.people] + base
    return gained


@settings(max_examples=200, deadline=None)
@given(small_demands(), seeds, st.integers(0, 600))
def test_lifting_raises_the_floor_within_the_budget(demand: Demand, seed: int, budget: int) -> None:
    random = np.random.default_rng(seed)
    base = random.integers(0, 500, demand.people)
    concerned = random.random(demand.people) < 0.8
    chosen = some_choice(demand, seed)
    kept = chosen.copy()
    before = sorted(totals(demand, chosen, base)[concerned].tolist())
    target = before[0] + int(random.integers(0, 1000)) if before else 0

    lifted = lift(demand, chosen, base, concerned, target=target, budget=budget)

    assert np.array_equal(chosen, kept)
    assert is_choice(demand, lifted)
    assert np.array_equal(lifted.sum(axis=1), chosen.sum(axis=1))
    assert worth(demand, lifted, 0) >= worth(demand, chosen, 0) - budget
    # The poorest first, nobody is poorer than the one in their place was.
    after = sorted(totals(demand, lifted, base)[concerned].tolist())
    assert np.array_equal(lifted, chosen) or after > before


@settings(max_examples=100, deadline=None)
@given(small_demands(), seeds)
def test_lifting_ends_when_no_exchange_lifts_the_poorest(demand: Demand, seed: int) -> None:
    base = np.zeros(demand.people, dtype=np.int64)
    target = 10**6

    lifted = lift(demand, some_choice(demand, seed), base, base == 0, target=target, budget=10**9)

    gained = totals(demand, lifted, base)
    worst = int(np.argmin(gained)) if len(gained) else 0
    for switch in switches(demand, lifted, worst):
        after = totals(demand, switch, base)
        changed = after != gained
        assert after[worst] <= gained[worst] or after[changed].min() <= gained[worst]


def switches(demand: Demand, chosen: BoolArray, person: int) -> list[BoolArray]:
    """Every way in which ``person`` can swap a partner with somebody."""
    found = []
    for b in np.flatnonzero(chosen[person] if len(chosen) else ()).tolist():
        for c, d in np.argwhere(chosen).tolist():
            other = chosen.copy()
            for i, j in ((person, b), (c, d), (person, c), (b, d)):
                other[i, j] = other[j, i] = not other[i, j]
            is_switch = len({person, b, c, d}) == 4 and not chosen[person, c] and not chosen[b, d]
            if is_switch and is_choice(demand, other):
                found.append(other)
    return found


@settings(max_examples=60, deadline=None)
@given(small_demands(), seeds)
def test_nobody_is_lifted_who_is_at_the_target(demand: Demand, seed: int) -> None:
    chosen = some_choice(demand, seed)
    base = np.zeros(demand.people, dtype=np.int64)
    floor = int(totals(demand, chosen, base).min(initial=0))

    lifted = lift(demand, chosen, base, base == 0, target=floor, budget=10**6)

    assert np.array_equal(lifted, chosen)


@settings(max_examples=150, deadline=None)
@given(small_demands(most_people=12), st.sampled_from([0, 50, BONUS]), seeds)
def test_the_best_choice_is_the_best_that_highs_finds(demand: Demand, bonus: int, seed: int) -> None:
    """From whatever choice the search starts, however poor."""
    relaxation = price(demand, bonus)
    known = rounded(demand, relaxation) if seed % 3 else some_choice(demand, seed)

    best = best_choice(demand, relaxation, known, NO_CLOCK)

    assert best is not None
    assert is_choice(demand, best)
    assert worth(demand, best, bonus) == best_worth(demand, bonus)


@settings(max_examples=60, deadline=None)
@given(small_demands(most_people=5, most_degree=3), st.sampled_from([0, BONUS]))
def test_the_best_choice_is_the_best_of_all(demand: Demand, bonus: int) -> None:
    relaxation = price(demand, bonus)

    best = best_choice(demand, relaxation, rounded(demand, relaxation), NO_CLOCK)

    assert best is not None
    assert worth(demand, best, bonus) == max(worth(demand, any_, bonus) for any_ in every_choice(demand))


@settings(max_examples=60, deadline=None)
@given(small_demands(most_people=12, most_degree=1), st.sampled_from([0, BONUS]))
def test_with_one_partner_each_the_best_choice_is_the_heaviest_matching(demand: Demand, bonus: int) -> None:
    relaxation = price(demand, bonus)
    graph = nx.Graph()
    for i, j in np.argwhere(np.triu(demand.possible)).tolist():
        if demand.degree[i] and demand.degree[j]:
            graph.add_edge(i, j, weight=int(demand.weights[i, j]) + bonus)

    best = best_choice(demand, relaxation, rounded(demand, relaxation), NO_CLOCK)

    heaviest = sum(graph.edges[pair]["weight"] for pair in nx.max_weight_matching(graph))
    assert best is not None
    assert worth(demand, best, bonus) == heaviest
