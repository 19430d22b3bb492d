"""No plan of a kind is worth more than any prices say: every plan is tried."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from properties.schedulers.every_plan import Evening, Pair, Round, best_of_kind, pairs_of
from properties.schedulers.plain_bound import can_be_lower, plain_total
from properties.schedulers.small_problems import small_problems

from schedulers.plan_kind import FalseProof
from schedulers.problem import IntArray, MustMeet, Problem, Table
from schedulers.proof import price_bound, prove
from schedulers.schedule import Prices
from schedulers.tidiness import tidied, untidy

MANY = 40_000
EVERY_FIGURE = ("bonus", "sit_out", "often")


@dataclass
class Case:
    """A plan, the must-meets it keeps, and a source of prices."""

    evening: Evening
    plan: list[Round]
    musts: tuple[Pair, ...]
    random: np.random.Generator

    @property
    def problem(self) -> Problem:
        return self.evening.problem

    @property
    def seats(self) -> IntArray:
        return self.evening.seats(self.plan)

    def prices(self) -> Prices:
        random, n = self.random, self.problem.n
        scale = int(random.choice(np.array([1, 1, 2, 7])))
        top = scale * (1 + int(self.problem.weights.max(initial=0)))
        sets = [people for size in (3, 4, 5) for people in combinations(range(n), size)]
        picked = random.permutation(len(sets))[: random.integers(0, 3)]
        bonus, sit_out, often = (random.integers(0, top, 3) * random.integers(0, 2, 3)).tolist()
        return Prices(
            scale=scale,
            prices=tuple(random.integers(0, top + 1, n).tolist()),
            bonus=2 * bonus,
            sit_out=sit_out,
            often=often,
            held=len(self.evening.held),
            musts=self.musts,
            odd_sets=tuple((sets[k], int(random.integers(0, top))) for k in picked),
        )

    def better_prices(self) -> Prices:
        """Return prices that prove less and less: a true formula must stop at the truth."""
        best = self.prices()
        total = prove(self.problem, self.seats, best).total
        for _ in range(100):
            other = self.changed(best)
            found = prove(self.problem, self.seats, other).total
            if found <= total:
                best, total = other, found
        return best

    def changed(self, prices: Prices) -> Prices:
        top = 1 + prices.scale * int(self.problem.weights.max(initial=1))
        step = int(self.random.choice(np.array([-1, 1, self.random.integers(-top, top)])))
        place = int(self.random.integers(0, len(prices.prices) + len(EVERY_FIGURE) + len(prices.odd_sets)))
        if place < len(prices.prices):
            figures = list(prices.prices)
            figures[place] = max(0, figures[place] + step)
            return replace(prices, prices=tuple(figures))
        place -= len(prices.prices)
        if place < len(EVERY_FIGURE):
            name = EVERY_FIGURE[place]
            return replace(prices, **{name: max(0, getattr(prices, name) + step)})
        sets = list(prices.odd_sets)
        people, price = sets[place - len(EVERY_FIGURE)]
        sets[place - len(EVERY_FIGURE)] = people, max(0, price + step)
        return replace(prices, odd_sets=tuple(sets))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw held rounds in which people sat where they liked, and a legal plan after them."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    if draw(st.sampled_from([False, False, False, True])):
        problem = draw(small_problems(most_people=6, most_rounds=3).filter(lambda drawn: drawn.n > 2))
    else:
        problem = lively_problem(random)
    held = int(random.choice([0, 0, 0, 0, 0, 1, 1, 1, problem.rounds]))
    tables = len(problem.tables)
    evening = Evening(problem, [random.integers(-1, max(tables, 0), problem.n) for _ in range(held)])
    plan: list[Round] = []
    for ways in evening.ways:
        met = set().union(*(way.pairs for way in plan))
        legal = [way for way in ways if not way.pairs & met]
        fullest = max(sum(map(len, way.groups)) for way in legal)
        if random.random() < 0.7:
            legal = [way for way in legal if sum(map(len, way.groups)) == fullest]
        plan.append(legal[random.integers(len(legal))])
    musts = wishes_come_true(evening, plan, random)
    return Case(evening, plan, musts, random)


def lively_problem(random: np.random.Generator) -> Problem:
    """Return a problem in which much happens: odd numbers, absences, waiting, a side or none."""
    n, rounds = int(random.choice([0, 2, 3, 4, 5, 5, 5, 6, 7, 7])), int(random.integers(1, 4))
    weights = np.triu(random.integers(0, random.choice([2, 6, 1001]), (n, n)), 1)
    allowed = random.random((n, n)) >= random.choice([0.0, 0.0, 0.1, 0.3])
    fixed = np.full(n, -1)
    tables = max(0, n // 2 - int(random.random() < 0.2))
    if tables and random.random() < 0.2:
        fixed[random.integers(n)] = random.integers(tables)
    return Problem(
        weights + weights.T,
        [Table(2)] * tables,
        rounds,
        allowed=allowed & allowed.T,
        present=random.random((n, rounds)) >= random.choice([0.0, 0.0, 0.2]),
        sides=random.integers(0, 2, n) if random.random() < 0.2 else np.zeros(0, dtype=int),
        fixed=fixed,
        odd="trio" if random.random() < 0.8 else "sit_out",
    )


def wishes_come_true(evening: Evening, plan: list[Round], random: np.random.Generator) -> tuple[Pair, ...]:
    """Make must-meets of some meetings of ``plan``; return those that its certificate names."""
    wishes = [
        MustMeet(first, second, by=r if random.random() < 0.5 else None)
        for r, way in enumerate(plan, start=len(evening.held))
        for first, second in sorted(way.pairs)
        if random.random() < 0.15
    ]
    evening.problem = replace(evening.problem, must_meet=[*evening.problem.musts, *wishes])
    return tuple((wish.first, wish.second) for wish in wishes if random.random() < 0.8)


def few_enough(evening: Evening) -> bool:
    return int(np.prod([len(ways) for ways in evening.ways])) <= MANY


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_no_plan_of_the_kind_is_worth_more_than_the_bound(case: Case) -> None:
    assume(case.problem.n > 0)
    assume(few_enough(case.evening))
    best = best_of_kind(case.evening, case.plan, case.musts)
    assert best >= case.evening.value(case.plan)

    for prices in (case.prices(), case.prices(), case.better_prices()):
        assert price_bound(case.problem, case.seats, prices) >= best, prices


@settings(max_examples=200, deadline=None)
@given(cases())
def test_the_bound_is_exactly_what_the_plainest_words_say(case: Case) -> None:
    for prices in (case.prices(), case.prices(), case.prices()):
        assert prove(case.problem, case.seats, prices).total == plain_total(case.problem, case.seats, prices)


@settings(max_examples=80, deadline=None)
@given(cases())
def test_a_price_is_called_untidy_exactly_if_it_could_be_lower(case: Case) -> None:
    prices = case.better_prices()
    tidy = tidied(case.problem, case.seats, prices)

    for found in (prices, tidy, case.changed(tidy)):
        could = can_be_lower(case.problem, case.seats, found)
        assert (untidy(prove(case.problem, case.seats, found)) is not None) == could


@settings(max_examples=80, deadline=None)
@given(cases())
def test_tidying_lowers_prices_and_never_raises_the_bound(case: Case) -> None:
    for prices in (case.prices(), case.better_prices()):
        tidy = tidied(case.problem, case.seats, prices)

        assert price_bound(case.problem, case.seats, tidy) <= price_bound(case.problem, case.seats, prices)
        assert all(one <= other for one, other in zip(tidy.prices, prices.prices, strict=True))
        assert replace(tidy, prices=prices.prices, odd_sets=prices.odd_sets) == prices
        assert untidy(prove(case.problem, case.seats, tidy)) is None
        assert tidied(case.problem, case.seats, tidy) == tidy


@settings(max_examples=80, deadline=None)
@given(cases())
def test_every_single_change_of_a_tidy_price_shows(case: Case) -> None:
    tidy = tidied(case.problem, case.seats, case.better_prices())
    bound = price_bound(case.problem, case.seats, tidy)

    for place, price in enumerate(tidy.prices):
        for other in {price - 1, price + 1, price + 2, price // 2, 2 * price, 10**12 + 1} - {price}:
            changed = replace(tidy, prices=(*tidy.prices[:place], other, *tidy.prices[place + 1 :]))
            assert shows(case, changed, bound), (place, other)
    for place, (people, price) in enumerate(tidy.odd_sets):
        for other in {price - 1, price + 1, price // 2, price + 40} - {price}:
            sets = (*tidy.odd_sets[:place], (people, other), *tidy.odd_sets[place + 1 :])
            assert shows(case, replace(tidy, odd_sets=sets), bound), (people, other)


def shows(case: Case, prices: Prices, bound: int) -> bool:
    try:
        proof = prove(case.problem, case.seats, prices)
    except FalseProof:
        return True
    return proof.bound != bound or untidy(proof) is not None


@settings(max_examples=50, deadline=None)
@given(cases())
def test_pairs_that_share_a_table_are_found_at_tables_of_any_size(case: Case) -> None:
    """Held rounds may have had tables of more than two; what was earned there counts once."""
    met = {pair for row in case.evening.held for pair in pairs_of(row.tolist())}
    assume(case.evening.held)
    held = replace_rounds(case)

    proof = prove(held, np.array(case.evening.held), Prices(scale=1, prices=(0,) * held.n, held=held.rounds))

    assert proof.bound == sum(int(held.weights[pair]) for pair in met)


def replace_rounds(case: Case) -> Problem:
    """Return the problem with the held rounds only."""
    rounds = len(case.evening.held)
    return replace(case.problem, rounds=rounds, present=case.problem.present[:, :rounds], must_meet=())
