"""The bound of a certificate once more, in the plainest words: every person and every pair, one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from properties.schedulers.every_plan import pairs_of

from schedulers.problem import IntArray, Problem
from schedulers.schedule import Prices


def plain_bound(problem: Problem, seats: IntArray, prices: Prices) -> int:
    """Return the bound for prices that are a proof."""
    return plain_total(problem, seats, prices) // prices.scale


def plain_total(problem: Problem, seats: IntArray, prices: Prices) -> int:
    total: int
    people, rows = range(problem.n), seats.tolist()
    after = range(prices.held, len(rows))
    before = {pair for row in rows[: prices.held] for pair in pairs_of(row)}
    met_after = {pair for r in after for pair in pairs_of(rows[r])}
    musts = {(min(pair), max(pair)) for pair in prices.musts}
    trios = [r for r in after if any(rows[r].count(table) == 3 for table in set(rows[r]) - {-1})]
    cost, weight = prices.prices, problem.weights.tolist()
    total = prices.scale * sum(weight[i][j] for i, j in before | musts)
    for i in people:
        there = sum(bool(problem.present[i, r]) for r in after)
        total += cost[i] * (there - sum(i in pair for pair in musts))
    for i, j in combinations(people, 2):
        if (i, j) not in before | musts and may_meet(problem, i, j, after):
            around = sum(price for members, price in prices.odd_sets if {i, j} <= set(members))
            total += max(0, prices.scale * weight[i][j] + prices.bonus - cost[i] - cost[j] - around)
    for members, price in prices.odd_sets:
        inside = sum(sum(bool(problem.present[i, r]) for i in members) // 2 for r in after)
        total += price * (inside - sum(set(pair) <= set(members) for pair in musts) + 2 * len(trios))
    total -= prices.bonus * len(met_after - musts)
    total += waiting(problem, rows, prices)
    odd = [r for r in after if sum(bool(problem.present[i, r]) for i in people) % 2]
    dearest = [sum(sorted(cost[i] for i in people if problem.present[i, r])[-3:]) for r in odd]
    total += sum(sorted(dearest)[len(dearest) - len(trios) :])
    return total


def may_meet(problem: Problem, i: int, j: int, rounds: range) -> bool:
    """Return whether two people may meet in ``rounds``, must-meets and held rounds left aside."""
    met = {frozenset(pair) for pair in problem.met}
    same_side = bool(problem.sides.size) and problem.sides[i] == problem.sides[j]
    tables = {int(problem.fixed[i]), int(problem.fixed[j])} - {-1}
    together = any(problem.present[i, r] and problem.present[j, r] for r in rounds)
    return (
        bool(problem.allowed[i, j])
        and not same_side
        and len(tables) < 2
        and together
        and frozenset((i, j)) not in met
    )


def waiting(problem: Problem, rows: list[list[int]], prices: Prices) -> int:
    """Return what sit-outs add: each person for themselves, as many as pay best."""
    sides = problem.sides.tolist() or [0] * problem.n

    def waits(i: int, rounds: range) -> int:
        return sum(bool(problem.present[i, r]) and rows[r][i] < 0 for r in rounds)

    total = 0
    for side in (0, 1):
        people = [i for i in range(problem.n) if sides[i] == side and problem.present[i, : len(rows)].any()]
        most = max((waits(i, range(len(rows))) for i in people), default=0)
        for i in people:
            held = waits(i, range(prices.held))
            rounds = sum(bool(problem.present[i, r]) for r in range(prices.held, len(rows)))
            due = sum(i in pair for pair in prices.musts)
            trios = sum(row.count(table) == 3 for row in rows[prices.held :] for table in set(row) - {-1})
            rounds = min(rounds, max(0, rounds - due) + trios)
            total += max(
                (prices.sit_out - prices.prices[i]) * times - prices.often * (held + times == most)
                for times in range(min(rounds, most - held) + 1)
            )
            total += prices.often * (waits(i, range(len(rows))) == most)
            total -= prices.sit_out * waits(i, range(prices.held, len(rows)))
    return total


def can_be_lower(problem: Problem, seats: IntArray, prices: Prices) -> bool:
    """Return whether a single price could be a unit lower and prove as much."""
    bound = plain_bound(problem, seats, prices)
    lower = [
        replace(prices, prices=(*prices.prices[:i], price - 1, *prices.prices[i + 1 :]))
        for i, price in enumerate(prices.prices)
        if price
    ]
    lower += [
        replace(prices, odd_sets=(*prices.odd_sets[:k], (members, price - 1), *prices.odd_sets[k + 1 :]))
        for k, (members, price) in enumerate(prices.odd_sets)
        if price
    ]
    return any(plain_bound(problem, seats, other) <= bound for other in lower)
