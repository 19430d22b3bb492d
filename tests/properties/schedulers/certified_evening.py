"""An evening whose certificate has every kind of figure, made without a planner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import Any, Literal

import msgspec
import numpy as np

from schedulers.certificate import check
from schedulers.files import NamedProblem, plan_content
from schedulers.formats import PlanFile
from schedulers.problem import IntArray, MustMeet, Problem, Table
from schedulers.proof import prove
from schedulers.schedule import Plan, Prices, plan_of
from schedulers.tidiness import tidied

Content = dict[str, Any]
N, ROUNDS = 13, 5
IDS = tuple(f"g{number:02}" for number in range(N))


@dataclass
class Evening:
    """A plan and its certificate, as they are and as a file says them."""

    problem: Problem
    plan: Plan
    content: Content

    def falsehoods(self, content: Content) -> list[str]:
        return check(NamedProblem(IDS, self.problem), msgspec.convert(content, PlanFile))


def certified_evening(odd: Literal["sit_out", "trio"]) -> Evening:
    """Return a plan of 13 people and five rounds, the first one held, that has every kind of figure."""
    random = np.random.default_rng(11)
    weights = np.triu(random.integers(1, 201, (N, N)), 1)
    # Seven people who would love to meet one another only, which an odd number cannot.
    weights[:7, :7] += 700 * np.triu(np.ones((7, 7), dtype=int), 1)
    present = np.ones((N, ROUNDS), dtype=np.bool_)
    present[6, :2] = present[7, 4] = present[8, 2] = False
    problem = Problem(weights + weights.T, [Table(2)] * 6, ROUNDS, present=present, odd=odd, met=[(11, 12)])
    seats = sociable_seats(problem, Random(3))
    third = meetings(seats[2])
    wishes = [MustMeet(*third[0], 2), MustMeet(*third[1]), MustMeet(*meetings(seats[4])[0])]
    problem = replace(problem, must_meet=wishes)
    prices = good_prices(problem, seats, wishes)
    plan = plan_of(problem, seats)
    bound = prove(problem, seats, prices).bound
    plan = replace(plan, certificate=prices, bound=bound, gap=(bound - plan.value) / bound)
    content: Content = msgspec.to_builtins(plan_content(plan, ids=IDS, problem=problem))
    return Evening(problem, plan, content)


def meetings(row: IntArray) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(N), 2) if row[i] == row[j] >= 0]


def sociable_seats(problem: Problem, random: Random) -> IntArray:
    """Seat everybody with somebody new, a trio where one may be."""
    seats = np.full((ROUNDS, N), -1)
    met = {frozenset(pair) for pair in problem.met}
    for r in range(ROUNDS):
        there = np.flatnonzero(problem.present[:, r]).tolist()
        groups = next(way for _ in range(5_000) if (way := shuffled(problem, there, met, random)))
        for table, group in enumerate(groups):
            seats[r, group] = table
            met |= {frozenset(pair) for pair in combinations(group, 2)}
    return seats


def shuffled(
    problem: Problem, there: list[int], met: set[frozenset[int]], random: Random
) -> list[list[int]] | None:
    order = random.sample(there, len(there))
    groups = [order[k : k + 2] for k in range(0, len(order) - 1, 2)]
    if len(order) % 2 and problem.odd == "trio":
        groups[-1].append(order[-1])
    strangers = all(frozenset(pair) not in met for group in groups for pair in combinations(group, 2))
    return groups if strangers else None


def good_prices(problem: Problem, seats: IntArray, wishes: list[MustMeet]) -> Prices:
    """Lower the bound step by step from a first guess."""
    random = np.random.default_rng(2)
    prices = Prices(
        scale=4,
        prices=(500,) * N,
        bonus=400,
        sit_out=400,
        often=30,
        held=1,
        musts=tuple((wish.first, wish.second) for wish in wishes),
        odd_sets=((tuple(range(7)), 2800), ((8, 9, 10, 11, 12), 100)),
    )
    for _ in range(1_000):
        figures = list(prices.prices)
        figures[random.integers(N)] += int(random.integers(-100, 100))
        other = replace(prices, prices=tuple(max(0, figure) for figure in figures))
        if prove(problem, seats, other).total <= prove(problem, seats, prices).total:
            prices = other
    return tidied(problem, seats, prices)
