"""From prices to the proof that travels with a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import only, outlook, room, seats, weights_of

from benchmarks.instances import evening
from schedulers.certificate import certify
from schedulers.pairs.proving import covers_kind, is_as_priced, priced, proof_of, worth_of_held
from schedulers.problem import IntArray, MustMeet, Problem, Table
from schedulers.proof import price_bound
from schedulers.schedule import MaxIterations, Prices, plan_of
from schedulers.solve import plan


def proven(problem: Problem, found: IntArray, held: int = 0) -> tuple[int, Prices]:
    """Return the bound of a plan, and its proof, which the checker believes."""
    ahead = outlook(problem, found[:held].tolist())
    musts = tuple(sorted((min(must[:2]), max(must[:2])) for must in problem.musts))
    proof = proof_of(ahead, found, priced(ahead, musts))
    bound = price_bound(problem, found, proof)
    stated = plan_of(problem, found)
    gap = (bound - stated.value) / bound if bound else 0.0
    assert certify(problem, replace(stated, bound=bound, gap=gap, certificate=proof)).falsehoods == ()
    return bound, proof


ODD = room(7, 3, seed=1)


def test_a_plan_that_shares_its_breaks_is_proven_by_the_first_prices() -> None:
    found = plan(ODD, stop=MaxIterations(20))
    known = priced(outlook(ODD), ())

    bound, proof = proven(ODD, found.seats)

    assert is_as_priced(outlook(ODD), found.seats, known)
    assert bound == known.value
    assert proof.scale == known.duals.scale


def test_a_plan_whose_breaks_are_not_shared_is_of_another_kind() -> None:
    """6 sits out three times; the others are worth a little more for it, and the proof allows for it."""
    unfair = seats("001122-", "010221-", "012012-")

    bound, proof = proven(ODD, unfair)

    assert not is_as_priced(outlook(ODD), unfair, priced(outlook(ODD), ()))
    assert plan_of(ODD, unfair).value <= bound
    assert proof.sit_out > 0


def test_a_plan_with_more_breaks_than_need_be_is_of_another_kind() -> None:
    problem = room(6, 2)
    lazy = seats("0011--", "0101--")

    assert not is_as_priced(outlook(problem), lazy, priced(outlook(problem), ()))
    assert proven(problem, lazy)[0] >= plan_of(problem, lazy).value


@pytest.mark.parametrize(("few", "many", "rounds", "tables"), [(6, 7, 3, 2), (3, 7, 1, 1), (6, 7, 4, 3)])
def test_breaks_on_both_sides_have_one_price_that_costs_nothing(
    few: int, many: int, rounds: int, tables: int
) -> None:
    """Tables are too few for either side, so that each has a bench, and places there differ in price."""
    problem = room(few + many, rounds, tables=tables, sides=np.repeat([0, 1], [few, many]), seed=few)
    ahead = outlook(problem)
    known = priced(ahead, ())
    found = plan(problem, stop=MaxIterations(10)).seats

    one, other = known.relaxation.prices[problem.n :]
    assert one != other
    assert is_as_priced(ahead, found, known)
    assert proven(problem, found)[0] == known.value


def test_a_must_meet_that_is_missed_is_no_promise_of_the_proof() -> None:
    problem = room(6, 2, must_meet=[MustMeet(0, 1, 0), MustMeet(2, 3, 1)])
    late = seats("010212", "001122")
    kept = seats("001122", "010221")

    assert proven(problem, kept)[1].musts == ((0, 1), (2, 3))
    assert proven(problem, late)[1].musts == ((2, 3),)
    assert not is_as_priced(outlook(problem), late, priced(outlook(problem), ((0, 1), (2, 3))))


def test_trios_have_a_price() -> None:
    problem = room(7, 2, odd="trio")
    trios = seats("0001122", "0120120")

    bound, _ = proven(problem, trios)

    assert plan_of(problem, trios).value <= bound
    assert not is_as_priced(outlook(problem), trios, priced(outlook(problem), ()))


def test_trios_with_as_many_sit_outs_as_pairs_are_of_another_kind() -> None:
    """Two trios and a round of nobody seat as many as three pairs, but have twice as many meetings."""
    allowed = only(5, [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (3, 4)])
    problem = room(5, 3, tables=1, odd="trio", allowed=allowed, seed=3)
    trios = seats("000--", "0--00", "-----")
    known = priced(outlook(problem), ())

    assert plan_of(problem, trios).value > known.value
    assert not is_as_priced(outlook(problem), trios, known)
    assert proven(problem, trios)[0] >= plan_of(problem, trios).value


def test_two_must_meets_in_one_trio_are_of_another_kind() -> None:
    """0 meets both others in the only round left, which prices of pairs cannot foresee."""
    problem = room(3, 2, tables=1, odd="trio", must_meet=[MustMeet(0, 1), MustMeet(0, 2)], seed=1)
    found = seats("---", "000")
    ahead = outlook(problem, found[:1].tolist())

    bound, proof = proven(problem, found, held=1)

    assert bound == plan_of(problem, found).value
    assert proof.musts == ((0, 1), (0, 2))
    assert not is_as_priced(ahead, found, priced(ahead, proof.musts))


def test_a_side_without_breaks_to_come_is_paid_for_none() -> None:
    """3 waited in the held round; that 4 might do so, too, must not make the bound one of thousands."""
    present = np.array([[False, True], [False, True], [False, True], [True, True], [False, True]])
    allowed = only(5, [(0, 3), (0, 4), (1, 3), (2, 3)])
    sides = np.array([1, 1, 1, 0, 0])
    problem = Problem(
        weights_of(5, {(0, 3): 1}), [Table(2)] * 2, 2, allowed=allowed, present=present, sides=sides
    )

    bound, proof = proven(problem, seats("-----", "01-10"), held=1)

    assert bound == 0
    assert proof.sit_out > 0


def test_a_kind_that_leaves_more_ways_to_share_breaks_is_not_what_was_priced() -> None:
    """4 has nobody to meet: no plan of this kind need share the breaks of the others evenly."""
    weights = weights_of(5, {(0, 1): 9, (0, 2): 9, (0, 3): 9, (1, 2): 1, (1, 3): 1, (2, 3): 1})
    problem = room(5, 3, tables=1, allowed=weights > 0)
    problem = replace(problem, weights=weights)

    found = plan(problem, stop=MaxIterations(5))

    known = priced(outlook(problem), ())
    assert found.value == known.value == 19
    assert is_as_priced(outlook(problem), found.seats, known)
    assert not covers_kind(outlook(problem), found.seats, known)
    assert proven(problem, seats("00---", "0-0--", "0--0-"))[0] == found.bound == 27
    assert found.search_bound is None


def test_who_waited_most_in_held_rounds_does_not_loosen_the_bound() -> None:
    """2 waited twice, 0 once: by even breaks 0 waits no more, and prices for these leave that unpaid."""
    present = np.array([[True, False, True], [False, False, True], [True, True, True]])
    weights = weights_of(3, {(0, 2): 1, (1, 2): 1})
    problem = Problem(weights, [Table(2)], 3, allowed=weights > 0, present=present)

    assert proven(problem, seats("---", "---", "0-0"), held=2)[0] == 1


@pytest.mark.parametrize("better", [2, 3])
def test_a_crowd_that_could_share_its_breaks_otherwise_is_not_taken_for_proven_best(better: int) -> None:
    """0 waits three times; 2 or 3 waits once, because 1 can meet only one of them."""
    present = np.array([[True] * 3, *[[True, False, False]] * 3])
    weights = weights_of(4, {(1, 2): 5, (1, 3): 5, (1, better): 9})
    problem = Problem(weights, [Table(2)] * 2, 3, allowed=weights > 0, present=present)
    plans = [seats("-00-", "----", "----"), seats("-0-0", "----", "----")]
    known = priced(outlook(problem), ())

    (priced_plan,) = [rows for rows in plans if is_as_priced(outlook(problem), rows, known)]
    assert plan_of(problem, priced_plan).value == known.value
    assert plan(problem, stop=MaxIterations(5)).value == 9
    assert [proven(problem, rows)[0] for rows in plans] == [9, 9]


@pytest.mark.parametrize("held", [1, 2, 3])
def test_held_rounds_count_with_what_they_brought(held: int) -> None:
    problem = room(8, 3)
    found = plan(problem, held=seats("00112233", "01012323", "01231032")[:held], stop=MaxIterations(9))

    bound, proof = proven(problem, found.seats, held)

    assert proof.held == held
    worth = worth_of_held(outlook(problem, found.seats[:held].tolist()))
    assert worth == plan_of(problem, found.seats[:held]).value
    assert bound >= found.value >= worth
    assert held < 3 or bound == worth


def test_nobody_has_a_proof_too() -> None:
    nobody = room(0, 2)

    assert proven(nobody, np.zeros((2, 0), dtype=np.int64))[0] == 0


def test_where_nobody_may_meet_the_bound_is_nothing() -> None:
    problem = room(6, 3, allowed=np.zeros((6, 6), dtype=np.bool_))

    assert proven(problem, np.full((3, 6), -1))[0] == 0


@pytest.mark.parametrize("kind", ["tags", "live", "btags"])
@pytest.mark.parametrize("n", [40, 41, 90])
def test_a_good_plan_is_proven_to_lack_next_to_nothing(kind: str, n: int) -> None:
    problem = evening(kind, n, 6, seed=2)

    found = plan(problem, stop=MaxIterations(3))

    assert found.bound is not None
    assert found.gap is not None
    assert found.gap <= 0.0005
    assert found.search_bound == found.value


@pytest.mark.parametrize("n", [21, 61])
def test_a_plan_with_trios_is_proven_to_lack_little(n: int) -> None:
    problem = evening("tags", n, 5, seed=2)

    found = plan(replace(problem, odd="trio"), stop=MaxIterations(10))

    assert found.gap is not None
    assert found.gap <= 0.03
