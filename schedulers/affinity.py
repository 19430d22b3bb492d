"""How well two people fit, from what they say about themselves.

``content`` compares everybody with everybody in the ways of :mod:`schedulers.components`, and takes the
mean of those to which both have said something, in the proportions that an evening chooses. The less two
people have said, the nearer it is to a half: what is not known is neither good nor bad.
``docs/affinity.md`` tells what counts and why; :mod:`schedulers.learning` tells what answers add.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from schedulers import components
from schedulers.matrices import Matrix, filled, places_of, products, row_blocks, tag_table
from schedulers.problem import MAX_WEIGHT, BoolArray, WeightArray, pair_matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from schedulers.components import Comparison

Tags: TypeAlias = frozenset[str]

LEVELS: Final = range(1, 4)
"""How much an interest may matter: 1 a little to 3 very much."""

NEUTRAL: Final = 0.5
"""The content of two people of whom nothing is known."""

ACQUAINTED: Final = 0.3
"""What it costs two people to know each other already."""


@dataclass(frozen=True, slots=True)
class AffinityProfile:
    """What counts of a person. Tags and keys are compared by equality; empty means "not said".

    Attributes:
        interests: Tag -> how much it matters, 1 to 3.
        met_needs: Those of ``needs`` that somebody met has offered already.
    """

    interests: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    offers: Tags = frozenset()
    needs: Tags = frozenset()
    met_needs: Tags = frozenset()
    values: Tags = frozenset()
    goals: Tags = frozenset()
    sector: str = ""
    organisation: str = ""

    def __post_init__(self) -> None:
        if not all(level in LEVELS for level in self.interests.values()):
            raise ValueError(f"an interest matters from 1 to 3, not {dict(self.interests)}")
        if not self.met_needs <= self.needs:
            raise ValueError(f"met needs are among the needs: {sorted(self.met_needs - self.needs)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentWeights:
    """How much each component counts: not negative, and only the proportions matter."""

    exchange: float = 0.40
    interests: float = 0.20
    values: float = 0.15
    goals: float = 0.15
    novelty: float = 0.10
    sector: float = 0.0

    def __post_init__(self) -> None:
        shares = astuple(self)
        if not all(np.isfinite(share) and share >= 0 for share in shares) or not any(shares):
            raise ValueError(f"weights of components are not negative, and not all zero: {self}")


NETWORKING: Final = ComponentWeights()
"""What counts where nothing else is chosen: to give and to take first."""


def content(
    profiles: Sequence[AffinityProfile],
    weights: ComponentWeights = NETWORKING,
    *,
    acquainted: Sequence[tuple[int, int]] = (),
) -> Matrix:
    """Return how well everybody fits everybody.

    Args:
        profiles: The people.
        weights: What counts how much.
        acquainted: Pairs of people, by index, who know each other already.

    Returns:
        Shape ``(n, n)``, symmetric, 0 to 1, zero diagonal.

    Raises:
        ValueError: If a pair names somebody who is not there, or one person twice.
    """
    n = len(profiles)
    known = _acquainted(n, acquainted)
    ways = list(_ways(profiles, weights, known))
    fit = np.empty((n, n), dtype=np.float32)
    for rows in row_blocks(n):
        others = slice(rows.start, n)
        block = _compared(ways, rows, others) - np.float32(ACQUAINTED) * known[rows, others]
        # Products may be rounded by the order of the two; what is promised is the same both ways.
        among = block[:, : len(block)]
        np.maximum(among, among.T, out=among)
        fit[rows, others] = block.clip(0, 1)
        fit[others, rows] = fit[rows, others].T
    np.fill_diagonal(fit, 0)
    return fit


def match_weights(matrix: Matrix) -> WeightArray:
    """Return ``matrix``, shape ``(n, n)`` from 0 to 1, as the planner's weights from 0 to 1000."""
    if matrix.size and not (matrix.min() >= 0 and matrix.max() <= 1):
        raise ValueError("how well two people fit lies between 0 and 1")
    weights = np.empty(matrix.shape, dtype=np.int32)
    for rows in row_blocks(len(matrix)):
        weights[rows] = np.rint(MAX_WEIGHT * matrix[rows])
    np.fill_diagonal(weights, 0)
    return weights


def languages_allow(spoken: Sequence[Tags]) -> BoolArray:
    """Return who has a language in common; whoever names none is taken to understand everybody.

    Returns:
        Shape ``(n, n)``, symmetric, true on the diagonal.
    """
    table = tag_table(spoken, places_of(spoken))
    names_none = ~filled(spoken)
    allowed: BoolArray = (products(table, table) > 0) | names_none[:, None] | names_none[None, :]
    return allowed


def _ways(
    profiles: Sequence[AffinityProfile], weights: ComponentWeights, known: BoolArray
) -> Iterator[tuple[np.float32, Comparison]]:
    """Yield the ways of comparing that count, with their shares."""
    comparisons: dict[str, Callable[[Sequence[AffinityProfile]], Comparison]] = {
        "exchange": components.exchange,
        "interests": components.interests,
        "values": components.values,
        "goals": components.goals,
        "novelty": partial(components.novelty, acquainted=known),
        "sector": components.sector,
    }
    total = sum(astuple(weights))
    for name, comparison in comparisons.items():
        if share := np.float32(getattr(weights, name) / total):
            yield share, comparison(profiles)


def _compared(ways: Sequence[tuple[np.float32, Comparison]], rows: slice, others: slice) -> Matrix:
    """Return the mean of what was said of each two people, nearer to a half the less was said."""
    shape = rows.stop - rows.start, others.stop - others.start
    total, weight, count = np.zeros((3, *shape), dtype=np.float32)
    for share, compare in ways:
        value, said = compare(rows, others)
        total += share * value
        weight += share * said
        count += said
    mean = np.divide(total, np.maximum(weight, components.TINY))
    fit: Matrix = NEUTRAL + (mean - NEUTRAL) * (count / (count + 1))
    return fit


def _acquainted(n: int, pairs: Sequence[tuple[int, int]]) -> BoolArray:
    for one, other in pairs:
        if not (0 <= one < n and 0 <= other < n) or one == other:
            raise ValueError(f"acquainted names no two of {n} people: {one}, {other}")
    return pair_matrix(n, pairs)
