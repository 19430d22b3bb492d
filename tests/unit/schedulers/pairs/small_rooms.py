"""Small rooms for the tests of single stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.budget import Limits
from schedulers.pairs.demand import Demand, Outlook, outlook_of
from schedulers.problem import Problem, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schedulers.problem import BoolArray, IntArray

NO_CLOCK = Limits(None, 0)
NO_TIME = Limits(0.0, 0)


def weights_of(n: int, pairs: dict[tuple[int, int], int]) -> IntArray:
    """Return symmetric weights, 0 for whatever ``pairs`` does not name."""
    matrix = np.zeros((n, n), dtype=np.int64)
    for (i, j), weight in pairs.items():
        matrix[i, j] = matrix[j, i] = weight
    return matrix


def random_weights(n: int, seed: int = 0, top: int = 1001) -> IntArray:
    upper = np.triu(np.random.default_rng(seed).integers(0, top, (n, n)), 1)
    weights: IntArray = upper + upper.T
    return weights


def only(n: int, pairs: Iterable[tuple[int, int]]) -> BoolArray:
    """Return a symmetric matrix that is true at ``pairs``."""
    return np.asarray(weights_of(n, dict.fromkeys(pairs, 1)) > 0)


def everybody_but(n: int, pairs: Iterable[tuple[int, int]]) -> BoolArray:
    return ~only(n, pairs)


def demand(pairs: dict[tuple[int, int], int], degree: Sequence[int]) -> Demand:
    """Return a demand in which only the pairs of ``pairs`` may be chosen."""
    k = len(degree)
    weights = weights_of(k, pairs).astype(np.int32)
    return Demand(weights, only(k, pairs), np.array(degree, dtype=np.int64), k)


def room(n: int, rounds: int, *, tables: int | None = None, seed: int = 0, **rules: object) -> Problem:
    """Return a room with random weights and a table for every pair."""
    places = [Table(2, x=float(table)) for table in range(n // 2 if tables is None else tables)]
    return Problem(random_weights(n, seed), places, rounds, **rules)  # type: ignore[arg-type]


def outlook(problem: Problem, held: Sequence[Sequence[int]] = ()) -> Outlook:
    return outlook_of(problem, np.array(held, dtype=np.int64).reshape(len(held), problem.n))


def seats(*rounds: str) -> IntArray:
    """Return seats: ``"001-"`` seats the first two at table 0, the third at 1, and the last nowhere."""
    return np.array([[-1 if place == "-" else int(place) for place in row] for row in rounds])


def chosen_pairs(chosen: BoolArray) -> set[tuple[int, int]]:
    return {(i, j) for i, j in np.argwhere(np.triu(chosen)).tolist()}
