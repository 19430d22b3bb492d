"""Second stage: from halves to wholes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from unit.schedulers.pairs.small_rooms import chosen_pairs, demand, only

from schedulers.pairs.price import price
from schedulers.pairs.rounding import refill, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schedulers.pairs.demand import Demand
    from schedulers.pairs.price import Relaxation


def by_halves(
    wanted: Demand, pairs: Iterable[tuple[int, int]], full: Iterable[tuple[int, int]] = ()
) -> Relaxation:
    k = len(wanted.degree)
    return price(wanted)._replace(full=only(k, full), half=only(k, pairs))


def test_along_an_even_trail_every_second_pair_is_taken() -> None:
    ring = [(0, 1), (1, 2), (2, 3), (0, 3)]
    four = demand(dict.fromkeys(ring, 7), [1, 1, 1, 1])

    chosen = rounded(four, by_halves(four, ring))

    assert chosen_pairs(chosen) in ({(0, 1), (2, 3)}, {(1, 2), (0, 3)})


def test_of_a_triangle_one_pair_is_left() -> None:
    triangle = [(0, 1), (1, 2), (0, 2)]
    three = demand(dict.fromkeys(triangle, 7), [1, 1, 1])

    chosen = rounded(three, by_halves(three, triangle))

    assert len(chosen_pairs(chosen)) == 1


def test_two_triangles_at_one_person_are_one_even_trail() -> None:
    bow = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4)]
    five = demand(dict.fromkeys(bow, 7), [1, 1, 2, 1, 1])

    chosen = rounded(five, by_halves(five, bow))

    assert chosen.sum(axis=1).tolist() == [1, 1, 2, 1, 1]


def test_whole_pairs_stay_whole() -> None:
    triangle = [(1, 2), (2, 3), (1, 3)]
    four = demand(dict.fromkeys([(0, 1), *triangle], 7), [1, 2, 1, 1])

    chosen = rounded(four, by_halves(four, triangle, full=[(0, 1)]))

    assert chosen[0, 1]
    assert (chosen.sum(axis=1) <= four.degree).all()


def test_two_triangles_with_a_bridge_lose_nothing() -> None:
    """Each triangle is odd by itself; the two left over meet across the bridge."""
    halves = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    pairs = dict.fromkeys(halves, 900) | {(i, j): 5 for i in (0, 1, 2) for j in (3, 4, 5)}
    six = demand(pairs, [1] * 6)

    chosen = rounded(six, price(six))

    assert chosen.sum(axis=1).tolist() == [1] * 6


def test_two_who_are_short_meet() -> None:
    chosen = np.zeros((3, 3), dtype=np.bool_)

    refill(demand({(0, 1): 3, (1, 2): 4}, [1, 1, 1]), chosen)

    assert chosen_pairs(chosen) == {(1, 2)}


def test_two_who_may_not_meet_take_a_pair_apart() -> None:
    """0 and 3 are short and may not meet; 1 and 2 part for them."""
    path = demand({(0, 1): 1, (1, 2): 900, (2, 3): 1}, [1, 1, 1, 1])
    chosen = only(4, [(1, 2)])

    refill(path, chosen)

    assert chosen_pairs(chosen) == {(0, 1), (2, 3)}


def test_the_exchange_that_gains_most_is_made() -> None:
    pairs = {(0, 2): 5, (1, 3): 5, (2, 3): 9, (0, 4): 50, (1, 5): 50, (4, 5): 9}
    chosen = only(6, [(2, 3), (4, 5)])

    refill(demand(pairs, [1] * 6), chosen)

    assert chosen_pairs(chosen) == {(2, 3), (0, 4), (1, 5)}


def test_somebody_alone_who_lacks_two_takes_both_of_a_pair() -> None:
    triangle = {(0, 1): 5, (0, 2): 5, (1, 2): 9}
    chosen = only(3, [(1, 2)])

    refill(demand(triangle, [2, 1, 1]), chosen)

    assert chosen_pairs(chosen) == {(0, 1), (0, 2)}


def test_somebody_alone_who_lacks_one_waits() -> None:
    chosen = only(3, [(1, 2)])

    refill(demand({(0, 1): 5, (0, 2): 5, (1, 2): 9}, [1, 1, 1]), chosen)

    assert chosen_pairs(chosen) == {(1, 2)}
