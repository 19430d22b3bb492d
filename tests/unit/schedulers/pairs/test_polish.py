"""Sixth stage: the best choice of pairs, proven."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from properties.schedulers.small_demands import best_worth, is_choice, worth
from unit.schedulers.pairs.small_rooms import (
    NO_CLOCK,
    NO_TIME,
    chosen_pairs,
    demand,
    only,
    outlook,
    random_weights,
    room,
)

from benchmarks.instances import evening
from schedulers.pairs.demand import Demand
from schedulers.pairs.polish import best_choice
from schedulers.pairs.price import BONUS, price
from schedulers.pairs.proving import priced
from schedulers.pairs.rounding import rounded

# The heaviest matching of this path is its middle; its largest are its ends.
PATH = {(0, 1): 1, (1, 2): 1000, (2, 3): 1}


def test_a_path_whose_heaviest_matching_is_not_its_largest_is_matched_wholly() -> None:
    path = demand(PATH, [1, 1, 1, 1])

    best = best_choice(path, price(path), only(4, [(1, 2)]), NO_CLOCK)

    assert best is not None
    assert chosen_pairs(best) == {(0, 1), (2, 3)}


def test_without_a_bonus_it_is_matched_where_it_is_heaviest() -> None:
    path = demand(PATH, [1, 1, 1, 1])

    best = best_choice(path, price(path, bonus=0), only(4, [(0, 1), (2, 3)]), NO_CLOCK)

    assert best is not None
    assert chosen_pairs(best) == {(1, 2)}


def test_what_is_known_to_be_best_is_returned_as_it_is() -> None:
    ring = demand(dict.fromkeys([(0, 1), (1, 2), (2, 3), (0, 3)], 7), [1, 1, 1, 1])
    known = only(4, [(1, 2), (0, 3)])

    assert best_choice(ring, price(ring), known, NO_TIME) is known


def test_without_time_nothing_is_claimed() -> None:
    path = demand(PATH, [1, 1, 1, 1])

    assert best_choice(path, price(path), only(4, [(1, 2)]), NO_TIME) is None


def test_below_a_hopeful_bound_the_best_is_still_found() -> None:
    """Two triangles: the relaxation chooses all by halves, and three pairs are left of it at most."""
    halves = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    pairs = {pair: 900 - 7 * k for k, pair in enumerate(halves)} | {(2, 3): 5, (0, 5): 11}
    six = demand(pairs, [1] * 6)
    relaxation = price(six)

    best = best_choice(six, relaxation, rounded(six, relaxation), NO_CLOCK)

    assert best is not None
    assert worth(six, best, BONUS) == best_worth(six, BONUS) < relaxation.bound / 2


@pytest.mark.parametrize("seed", range(6))
def test_a_room_of_twenty_is_chosen_as_well_as_highs_can(seed: int) -> None:
    random = np.random.default_rng(seed)
    possible = np.triu(random.random((20, 20)) < 0.5, 1)
    weights = random_weights(20, seed, top=int(random.choice([5, 1001])))
    twenty = Demand(weights.astype(np.int32), possible | possible.T, random.integers(1, 6, 20), 20)
    relaxation = price(twenty)

    best = best_choice(twenty, relaxation, rounded(twenty, relaxation), NO_CLOCK)

    assert best is not None
    assert is_choice(twenty, best)
    assert worth(twenty, best, BONUS) == best_worth(twenty, BONUS)


@pytest.mark.parametrize("kind", ["tags", "live"])
def test_a_poor_choice_to_start_from_makes_it_no_worse(kind: str) -> None:
    problem = replace(evening(kind, 41, 5, seed=6), must_meet=())
    known = priced(outlook(problem), ())
    good = rounded(known.demand, known.relaxation)

    from_good = best_choice(known.demand, known.relaxation, good, NO_CLOCK)
    from_nothing = best_choice(known.demand, known.relaxation, good & False, NO_CLOCK)

    assert from_good is not None
    assert from_nothing is not None
    bonus = known.relaxation.bonus
    assert worth(known.demand, from_nothing, bonus) == worth(known.demand, from_good, bonus)
    assert worth(known.demand, from_good, bonus) == best_worth(known.demand, bonus)


def test_with_few_rounds_nobody_is_chosen_more_often_than_they_are_there() -> None:
    present = np.random.default_rng(1).random((20, 4)) < 0.6
    known = priced(outlook(room(20, 4, present=present)), ())

    best = best_choice(known.demand, known.relaxation, rounded(known.demand, known.relaxation), NO_CLOCK)

    assert best is not None
    assert (best[:20].sum(axis=1) <= present.sum(axis=1)).all()
