"""The proof of a plan is true of every plan of its kind, and as tight as the relaxation of the kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from properties.schedulers.every_plan import Evening, Round, best_of_kind
from properties.schedulers.small_problems import small_problems
from scipy.optimize import linprog

from schedulers.pairs.demand import outlook_of
from schedulers.pairs.proving import Priced, covers_kind, is_as_priced, priced, proof_of
from schedulers.plan_kind import TRIO, PlanKind, kind_of
from schedulers.proof import price_bound, prove
from schedulers.schedule import MaxIterations
from schedulers.solve import plan
from schedulers.tidiness import untidy

if TYPE_CHECKING:
    from schedulers.problem import IntArray, Problem

MOST_PLANS = 20_000


def some_plan(evening: Evening, random: np.random.Generator) -> list[Round]:
    """Go on with any legal rounds, more often with full ones."""
    rounds: list[Round] = []
    for ways in evening.ways:
        met = set().union(*(way.pairs for way in rounds))
        legal = [way for way in ways if not way.pairs & met]
        fullest = max(sum(map(len, way.groups)) for way in legal)
        if random.random() < 0.7:
            legal = [way for way in legal if sum(map(len, way.groups)) == fullest]
        rounds.append(legal[random.integers(len(legal))])
    return rounds


def some_held(problem: Problem, random: np.random.Generator) -> list[IntArray]:
    """Hold up to all rounds, often none, with no regard for rules."""
    count = random.choice([0, random.integers(problem.rounds + 1)])
    return [random.integers(-1, len(problem.tables), problem.n) for _ in range(count)]


def best_as_priced(evening: Evening, seats: IntArray, known: Priced) -> int:
    """The highest value of all plans that keep what was priced, as ``seats`` do."""
    after = slice(len(evening.held), None)
    waits = int((evening.problem.present.T[after] & (seats[after] < 0)).sum())
    outlook = outlook_of(evening.problem, seats[: len(evening.held)])
    plans = evening.plans(waits)
    return max(evening.value(one) for one in plans if is_as_priced(outlook, evening.seats(one), known))


def best_fraction_of(kind: PlanKind) -> float:
    """What the kind is worth at most if meetings, breaks and trios may be split, by HiGHS."""
    n = len(kind.free)
    first, second = np.nonzero(np.triu(kind.may_meet, 1))
    pairs, people = len(first), np.arange(n)
    places = kind.trio_rounds.sum(axis=0)
    # The columns: pairs, breaks below the most, the break that makes the most, places in trios.
    width = pairs + 3 * n
    early, last, trio = (pairs + part * n + people for part in range(3))
    rows = np.zeros((n + 3, width))
    rows[first, np.arange(pairs)] = rows[second, np.arange(pairs)] = 1
    rows[people, early] = rows[people, last] = 1
    rows[people, trio] = -1
    rows[n, :pairs] = 1
    rows[n + 1, early] = rows[n + 1, last] = 1
    rows[n + 2, trio] = 1
    often = np.zeros((1, width))
    often[0, last] = 1
    gains = np.concatenate([kind.weights[first, second].astype(float), np.zeros(3 * n)])
    most = np.concatenate([np.ones(pairs), kind.early, kind.last, places])
    found = linprog(
        -gains,
        A_eq=rows,
        b_eq=[*kind.free.tolist(), kind.meetings, kind.waits, TRIO * kind.trios],
        A_ub=often,
        b_ub=[kind.reached],
        bounds=np.stack([np.zeros(width), most], axis=1),
        method="highs",
    )
    assert found.status == 0
    return float(-found.fun) + kind.earned


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(small_problems(most_people=6, most_rounds=3), st.integers(0, 2**32 - 1))
def test_any_plan_is_proven_as_tightly_as_its_kind_allows(problem: Problem, seed: int) -> None:
    """Whatever its breaks, trios and must-meets are, and whatever was held before."""
    random = np.random.default_rng(seed)
    held = some_held(problem, random)
    evening = Evening(problem, held)
    rounds = some_plan(evening, random)
    seats = evening.seats(rounds)
    outlook = outlook_of(problem, seats[: len(held)])
    wishes = {(min(must[:2]), max(must[:2])) for must in problem.musts}
    known = priced(outlook, tuple(sorted(pair for pair in wishes if outlook.possible[pair])))

    proof = proof_of(outlook, seats, known)

    bound = price_bound(problem, seats, proof)
    kind = kind_of(problem, seats, held=len(held), musts=proof.musts)
    assert proof.held == len(held)
    assert not covers_kind(outlook, seats, known) or bound == known.value
    if problem.n:
        assert bound <= best_fraction_of(kind) + 1e-6
    if np.prod([len(ways) for ways in evening.ways]) <= MOST_PLANS:
        assert best_of_kind(evening, rounds, proof.musts) <= bound
        assert not is_as_priced(outlook, seats, known) or best_as_priced(evening, seats, known) <= known.value


@settings(max_examples=60, deadline=None)
@given(small_problems(most_people=6, most_rounds=3), st.integers(0, 100))
def test_no_plan_of_its_kind_is_worth_more_than_the_bounds_of_a_plan(problem: Problem, seed: int) -> None:
    held = some_held(problem, np.random.default_rng(seed))
    evening = Evening(problem, held)
    assume(np.prod([len(ways) for ways in evening.ways]) <= MOST_PLANS)

    found = plan(problem, held=held, stop=MaxIterations(seed % 3), seed=seed)

    assert found.bound is not None
    assert found.certificate is not None
    rounds = [
        next(way for way in ways if np.array_equal(marks(way.seats(problem.n)), marks(row)))
        for ways, row in zip(evening.ways, found.seats[len(held) :], strict=True)
    ]
    best = best_of_kind(evening, rounds, found.certificate.musts)
    assert found.value <= best <= found.bound
    assert found.search_bound is None or best <= found.search_bound <= found.bound
    assert untidy(prove(problem, found.seats, found.certificate)) is None


def marks(row: IntArray) -> IntArray:
    """The lowest person at everybody's table, -1 for nobody."""
    return np.array([-1 if table < 0 else np.flatnonzero(row == table)[0] for table in row.tolist()])
