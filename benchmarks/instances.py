"""Made-up evenings of pairs, of five kinds; the same seed gives the same evening.

``tags``   weights from interests, offers and needs, values and sectors; colleagues do not meet.
``rand``   weights drawn evenly from 0 to 1000; everybody may meet everybody.
``live``   ``tags``, and what happens: people come late, leave early, miss a round, must meet, have met
           before, or keep their table.
``btags``  ``tags`` with two sides of equal size.
``brand``  ``rand`` with two sides of equal size.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from schedulers.problem import MustMeet, Problem, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from schedulers.problem import BoolArray, IntArray, WeightArray

    FloatArray = NDArray[np.float32]

COMPANY_SIZES = (0.35, 0.25, 0.16, 0.12, 0.07, 0.05)
"""How common companies of 1 to 6 people are."""
SECTORS = (0.22, 0.17, 0.14, 0.11, 0.09, 0.08, 0.07, 0.05, 0.04, 0.03)
"""The share of companies in each sector."""
INTERESTS, NEEDS, VALUES = 40, 30, 5
LATE, LEAVING, MISSING = 0.08, 0.06, 0.03
"""Shares of people who come late or leave early, and of single rounds missed."""
MUSTS, FORMER, FIXED = 0.03, 0.01, 0.03
"""Must-meets a person, the share of pairs that met before, and of people who keep their table."""
MOST_MUSTS = 2
"""The most must-meets that one person has."""
OPEN_END = 0.6
"""The share of must-meets without a deadline."""


def evening(kind: str, n: int, rounds: int, *, seed: int = 0) -> Problem:
    """Return an evening of ``n`` people with ``n // 2`` tables of two.

    Args:
        kind: One of :data:`KINDS`.
        n: The number of people.
        rounds: The number of rounds.
        seed: What to draw the evening from.
    """
    return KINDS[kind](n, rounds, np.random.default_rng((n, rounds, seed)))


def _tags(n: int, rounds: int, rng: np.random.Generator) -> Problem:
    company = _companies(n, rng)
    sector = rng.choice(len(SECTORS), company.max() + 1, p=SECTORS)[company]
    allowed = company[:, None] != company[None, :]
    # A few people asked not to meet one another.
    first, second = rng.integers(0, n, (2, max(1, n // 50)))
    allowed[first, second] = allowed[second, first] = False
    return Problem(_tag_weights(sector, rng), _tables(n), rounds, allowed=allowed)


def _rand(n: int, rounds: int, rng: np.random.Generator) -> Problem:
    upper = np.triu(rng.integers(0, 1001, (n, n), dtype=np.int32), 1)
    return Problem(upper + upper.T, _tables(n), rounds)


def _live(n: int, rounds: int, rng: np.random.Generator) -> Problem:
    room = _tags(n, rounds, rng)
    fixed = np.full(n, -1)
    keepers = rng.choice(n, int(FIXED * n), replace=False)
    fixed[keepers] = np.arange(len(keepers))
    former = rng.integers(0, n, (int(FORMER * n * (n - 1) / 2), 2))
    met = [(first, second) for first, second in former.tolist() if first != second]
    calm = replace(room, present=_presence(n, rounds, rng), fixed=fixed, met=met)
    return replace(calm, must_meet=_musts(calm, rng))


def _two_sided(kind: Callable[[int, int, np.random.Generator], Problem]) -> Callable[..., Problem]:
    """Return ``kind`` with two sides, the lower half of the people and the upper."""

    def make(n: int, rounds: int, rng: np.random.Generator) -> Problem:
        return replace(kind(n, rounds, rng), sides=(np.arange(n) >= n // 2).astype(np.int64))

    return make


KINDS: dict[str, Callable[[int, int, np.random.Generator], Problem]] = {
    "tags": _tags,
    "rand": _rand,
    "live": _live,
    "btags": _two_sided(_tags),
    "brand": _two_sided(_rand),
}


def _tables(n: int) -> list[Table]:
    """Return the tables of a room, ten in a row."""
    return [Table(2, x=float(table % 10), y=float(table // 10)) for table in range(n // 2)]


def _companies(n: int, rng: np.random.Generator) -> IntArray:
    """Return the company of each person."""
    sizes = rng.choice(np.arange(1, len(COMPANY_SIZES) + 1), n, p=COMPANY_SIZES)
    return rng.permutation(np.repeat(np.arange(n), sizes)[:n])


def _tag_weights(sector: IntArray, rng: np.random.Generator) -> WeightArray:
    """Return how well people fit: what they share, what one seeks and the other offers, how they think."""
    n = len(sector)
    interests = _picks(sector, tags=INTERESTS, least=3, most=8, rng=rng)
    offers = _picks(sector, tags=NEEDS, least=1, most=4, rng=rng)
    needs = _picks(sector, tags=NEEDS, least=1, most=4, rng=rng)
    shared = interests @ interests.T
    sizes = interests.sum(axis=1)
    overlap = shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1)
    helps = np.minimum(offers @ needs.T, 2) / 2
    distance = np.zeros((n, n), dtype=np.float32)
    for opinion in rng.random((VALUES, n), dtype=np.float32):
        distance += np.abs(opinion[:, None] - opinion[None, :]) / VALUES
    liking = rng.random((len(SECTORS), len(SECTORS)))
    liking = ((liking + liking.T) / 2)[np.ix_(sector, sector)]
    weights = np.rint(350 * overlap + 225 * (helps + helps.T) + 120 * (1 - distance) + 80 * liking)
    np.fill_diagonal(weights, 0)
    whole: WeightArray = weights.astype(np.int32)
    return whole


def _picks(sector: IntArray, *, tags: int, least: int, most: int, rng: np.random.Generator) -> FloatArray:
    """Return who picked which tags, shape ``(n, tags)`` of 0 and 1: ``least`` to ``most`` each.

    Some tags are common everywhere, and every sector has its own favourites. Adding Gumbel noise to the
    logarithms of the shares and taking the largest draws without replacement.
    """
    common = (1 + np.arange(tags)) ** -0.7
    share = common * rng.gamma(0.8, 1, (len(SECTORS), tags)) + 0.02
    share /= share.sum(axis=1, keepdims=True)
    keys = np.log(share)[sector] + rng.gumbel(size=(len(sector), tags))
    rank = np.argsort(np.argsort(-keys, axis=1), axis=1)
    how_many = rng.integers(least, most + 1, len(sector))
    return (rank < how_many[:, None]).astype(np.float32)


def _presence(n: int, rounds: int, rng: np.random.Generator) -> BoolArray:
    """Return who is there in which round: some come late, some leave early, some miss a round."""
    number = np.arange(rounds)[None, :]
    longest = max(2, rounds // 2)
    late = np.where(rng.random(n) < LATE, rng.integers(1, longest, n), 0)
    leaving = np.where(rng.random(n) < LEAVING, rng.integers(1, longest, n), 0)
    there = (number >= late[:, None]) & (number < rounds - leaving[:, None])
    present: BoolArray = there & (rng.random((n, rounds)) >= MISSING)
    return present


def _musts(problem: Problem, rng: np.random.Generator) -> list[MustMeet]:
    """Return must-meets that can all be kept: a round of its own is put aside for each."""
    possible = problem.may_meet() & ~problem.met_before()
    free = problem.present.copy()
    times = np.zeros(problem.n, dtype=np.int64)
    musts: list[MustMeet] = []
    wanted = int(MUSTS * problem.n)
    for first, second in rng.integers(0, problem.n, (50 * wanted, 2)).tolist():
        common = np.flatnonzero(problem.present[first] & problem.present[second])
        if len(musts) == wanted:
            break
        if not possible[first, second] or max(times[first], times[second]) >= MOST_MUSTS or not len(common):
            continue
        by = None if rng.random() < OPEN_END else int(common[len(common) // 2])
        last = problem.rounds - 1 if by is None else by
        both_free = np.flatnonzero((free[first] & free[second])[: last + 1])
        if len(both_free):
            free[[first, second], both_free[0]] = False
            possible[first, second] = possible[second, first] = False
            times[[first, second]] += 1
            musts.append(MustMeet(first, second, by))
    return musts
