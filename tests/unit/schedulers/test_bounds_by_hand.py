"""Prices prove what can be reckoned by hand, and say why when they prove nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from properties.schedulers.plain_bound import plain_total
from unit.schedulers.two_triangles import PAIRS, seats, symmetric, two_triangles

from schedulers.plan_kind import FalseProof
from schedulers.problem import MustMeet, Problem, Table
from schedulers.proof import LARGEST, LARGEST_SCALE, price_bound, prove
from schedulers.schedule import Prices
from schedulers.tidiness import tidied, untidy


def test_without_odd_sets_the_bound_of_two_triangles_is_too_high() -> None:
    plan = seats("001122", "012021")

    assert price_bound(two_triangles(), plan, Prices(scale=1, prices=(5,) * 6)) == 60


def test_odd_sets_prove_that_three_people_meet_once_a_round() -> None:
    odd_sets = (((0, 1, 2), 10), ((5, 4, 3), 10))

    bound = price_bound(
        two_triangles(), seats("001122", "012021"), Prices(scale=1, prices=(0,) * 6, odd_sets=odd_sets)
    )

    assert bound == 2 * 2 * 10


def test_a_trio_adds_two_meetings_to_an_odd_set_and_costs_its_three_dearest() -> None:
    problem = Problem(symmetric(5, m01=9, m02=9, m12=9), PAIRS, 1, odd="trio")
    prices = Prices(scale=1, prices=(4, 3, 2, 1, 0), odd_sets=(((0, 1, 2), 1),))

    # 10 a round, 9 - 7 - 1, 9 - 6 - 1 and 9 - 5 - 1 for the pairs, 3 for the set, 9 for the trio.
    assert price_bound(problem, seats("00011"), prices) == 10 + (1 + 2 + 3) + 3 + 9


def test_a_bonus_is_taken_back_for_every_meeting_of_the_plan() -> None:
    """A path whose heaviest matching is not its largest: among two meetings, the outer two are best."""
    problem = Problem(
        symmetric(4, m01=1, m12=9, m23=1),
        PAIRS,
        1,
        allowed=symmetric(4, m01=1, m12=1, m23=1).astype(bool),
    )
    prices = Prices(scale=1, prices=(0, 9, 9, 0), bonus=8)

    assert price_bound(problem, seats("0011"), prices) == 2
    assert price_bound(problem, seats("-00-"), Prices(scale=1, prices=(0, 1, 1, 0))) == 9


def test_who_may_sit_out_and_how_often_counts() -> None:
    """Three people, three rounds: everybody sits out once, so that all three meetings happen."""
    problem = Problem(symmetric(3, m01=7, m02=5, m12=1), PAIRS, 3)
    prices = Prices(scale=1, prices=(0, 0, 0), sit_out=6, often=2)

    # 13 for the meetings; three times 6 - 2 pays a sit-out, three times 6 and 2 are taken and given back.
    assert price_bound(problem, seats("00-", "0-0", "-00"), prices) == 13 + 3 * 4 - 3 * 6 + 3 * 2


def test_held_rounds_are_worth_what_they_brought_whatever_rule_they_broke() -> None:
    problem = Problem(
        symmetric(4, m01=7, m02=5, m12=1, m23=4),
        PAIRS,
        2,
        allowed=~symmetric(4, m01=1).astype(bool),
        present=np.array([[0, 1], [1, 1], [1, 1], [1, 1]], dtype=bool),
    )
    prices = Prices(scale=3, prices=(0, 0, 0, 0), held=1)

    # Three at one table, one of whom was absent: 7, 5 and 1; nobody of them meets again, 2 and 3 do.
    assert price_bound(problem, seats("000-", "0011"), prices) == 13 + 4


def test_a_whole_evening_held_is_worth_its_value() -> None:
    prices = Prices(scale=7, prices=(9,) * 6, bonus=3, sit_out=5, often=4, held=2)

    assert price_bound(two_triangles(), seats("001122", "012021"), prices) == 20


def test_first_rounds_of_an_evening_have_a_bound_of_their_own() -> None:
    assert price_bound(two_triangles(), seats("001122"), Prices(scale=1, prices=(5,) * 6)) == 30


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_anybody_there_is_no_trouble(n: int) -> None:
    problem = Problem(np.zeros((n, n), dtype=int), PAIRS, 2, present=np.zeros((n, 2), dtype=bool), odd="trio")
    nobody = np.full((2, n), -1)
    prices = Prices(scale=1, prices=(8,) * n, sit_out=3, often=2)

    assert price_bound(problem, nobody, prices) == 0
    assert tidied(problem, nobody, prices).prices == (0,) * n


@pytest.mark.parametrize("figure", [LARGEST, LARGEST - 1])
def test_the_largest_figures_do_not_overflow(figure: int) -> None:
    n = 60
    problem = Problem(np.full((n, n), 1000) - 1000 * np.eye(n, dtype=int), [Table(2)] * 30, 3)
    plan = np.full((3, n), -1)
    plan[0, :4] = 0, 0, 1, 1
    for prices in (
        Prices(scale=LARGEST_SCALE, prices=(0,) * n, bonus=figure, sit_out=figure, often=figure),
        Prices(scale=1, prices=(figure,) * n, odd_sets=tuple(((0, 1, k), figure) for k in range(2, n))),
    ):
        assert prove(problem, plan, prices).total == plain_total(problem, plan, prices)


def test_tidying_takes_from_the_prices_what_proves_nothing() -> None:
    high = Prices(scale=1, prices=(9,) * 6, odd_sets=(((0, 1, 2), 10), ((3, 4, 5), 10)))

    tidy = tidied(two_triangles(), seats("001122", "012021"), high)

    assert tidy.prices == (0,) * 6
    assert [price for _, price in tidy.odd_sets] == [10, 10]


def test_a_price_with_room_below_is_called_untidy() -> None:
    plan, problem = seats("001122", "012021"), two_triangles()
    odd_sets = (((0, 1, 2), 10), ((3, 4, 5), 11))

    assert untidy(prove(problem, plan, Prices(scale=1, prices=(0,) * 6))) is None
    assert untidy(prove(problem, plan, Prices(scale=1, prices=(0, 0, 3, 0, 0, 0)))) == "prices[2]"
    assert (
        untidy(prove(problem, plan, Prices(scale=1, prices=(0,) * 6, odd_sets=odd_sets)))
        == "the price of odd_sets[1]"
    )


NO_PROOF: list[tuple[dict[str, Any], str]] = [
    ({"scale": 0}, "scale is 0"),
    ({"scale": LARGEST_SCALE + 1}, "scale is 1000000001"),
    ({"prices": (5,) * 5}, "5 prices for 6 people"),
    ({"prices": (5, 5, 5, -1, 5, 5)}, r"prices\[3\] is -1"),
    ({"prices": (5, 5, 5, 2**80, 5, 5)}, r"prices\[3\] is 1208925819614629174706176"),
    ({"bonus": -1}, "bonus is -1"),
    ({"sit_out": LARGEST + 1}, "sit_out is 1000000000001"),
    ({"often": -7}, "often is -7"),
    ({"held": -1}, "held is -1, of 2 rounds"),
    ({"held": 3}, "held is 3, of 2 rounds"),
    ({"musts": ((0, 3),)}, r"musts\[0\] is no must-meet"),
    ({"musts": ((1, 0), (0, 1))}, "musts names a pair twice"),
    ({"musts": ((0, 1), (2, 4))}, r"musts\[1\] is not kept in time"),
    ({"musts": ((1, 4),)}, r"musts\[0\] is not kept in time"),
    ({"musts": ((0, 1),), "held": 1}, r"musts\[0\] is not kept in time, in round 1 or later"),
    ({"odd_sets": (((0, 1), 1),)}, r"odd_sets\[0\] has 2 people"),
    ({"odd_sets": (((), 1),)}, r"odd_sets\[0\] has 0 people"),
    ({"odd_sets": (((0, 1, 2), 1), ((3, 4, 3, 5), 1))}, r"odd_sets\[1\] names somebody twice"),
    ({"odd_sets": (((0, 1, 6), 1),)}, r"odd_sets\[0\] names somebody who does not exist"),
    ({"odd_sets": (((0, 1, -1), 1),)}, r"odd_sets\[0\] names somebody who does not exist"),
    ({"odd_sets": (((0, 1, 2), 1), ((2, 0, 1), 1))}, r"odd_sets\[1\] is the same set"),
    ({"odd_sets": (((0, 1, 2), -1),)}, r"the price of odd_sets\[0\] is -1"),
    ({"odd_sets": (((0, 1, 2), 1),) * 10_001}, "10001 odd sets"),
]


@pytest.mark.parametrize(("change", "reason"), NO_PROOF, ids=[reason for _, reason in NO_PROOF])
def test_prices_that_are_no_proof_are_refused_with_the_reason(change: dict[str, Any], reason: str) -> None:
    musts = [MustMeet(0, 1), MustMeet(2, 4, 0), MustMeet(1, 4, 0), MustMeet(3, 5)]
    problem = replace(two_triangles(), must_meet=musts)
    prices = replace(Prices(scale=1, prices=(5,) * 6), **change)

    with pytest.raises(FalseProof, match=reason):
        price_bound(problem, seats("001122", "012012"), prices)


@pytest.mark.parametrize(
    "change",
    [{"bonus": 1}, {"sit_out": 1}, {"often": 1}, {"odd_sets": (((0, 1, 2), 1),)}, {"musts": ((0, 1),)}],
    ids=str,
)
def test_only_prices_of_people_prove_anything_at_larger_tables(change: dict[str, Any]) -> None:
    problem = Problem(np.zeros((3, 3), dtype=int), [Table(3)], 1, must_meet=[(0, 1)])
    prices = replace(Prices(scale=1, prices=(0,) * 3), **change)

    with pytest.raises(FalseProof, match="more than two"):
        price_bound(problem, seats("000"), prices)


def test_a_must_meet_with_two_deadlines_is_kept_if_one_of_them_is() -> None:
    problem = replace(two_triangles(), must_meet=[MustMeet(0, 3, 0), MustMeet(3, 0, 1)])
    prices = Prices(scale=1, prices=(5,) * 6, musts=((3, 0),))

    assert price_bound(problem, seats("001122", "012021"), prices) == 50
