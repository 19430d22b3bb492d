"""Evenings of pairs played over with other pairings: who is seated with whom, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.columbia import Crowd
    from schedulers.lessons import FloatArray
    from schedulers.problem import BoolArray, IntArray

ScoreArray: TypeAlias = NDArray[np.floating[Any]]

SEATED_FIRST = 1e3
"""What one round less than others outweighs: fair breaks come before the score."""
FORBIDDEN = -1e6
SPARE = 4
"""Partners of the other side whom everybody still has at the end, so that there is a choice to the last."""


@dataclass(frozen=True, slots=True)
class Held:
    """The rounds of an evening so far: pairs of people, shape ``(pairs, 2)``, left side first.

    ``earlier`` are those of a former evening of the same people, numbered up to 0; ``tonight`` count from 1.
    """

    earlier: list[IntArray] = field(default_factory=list)
    tonight: list[IntArray] = field(default_factory=list)

    def numbered(self) -> list[tuple[int, IntArray]]:
        """Return all rounds with their numbers."""
        return list(enumerate([*self.earlier, *self.tonight], start=1 - len(self.earlier)))

    def contacts(self, crowd: Crowd) -> IntArray:
        """Return how many mutual contacts each person has tonight."""
        return sum(
            (np.bincount(pairs[_matched(crowd, pairs)].ravel(), minlength=crowd.n) for pairs in self.tonight),
            start=np.zeros(crowd.n, dtype=np.int64),
        )


class Policy(Protocol):
    """A way to say how much it is worth that two people meet next."""

    def __call__(self, crowd: Crowd, held: Held, random: np.random.Generator) -> ScoreArray:
        """Return scores, shape ``(n, n)``; only those of left (rows) and right (columns) are read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy brought one crowd, the mean over runs; shape ``(n,)`` each.

    Attributes:
        meetings: How many people each person met.
        matches: With how many of them both said yes.
        with_match: The share of runs in which that was one at least.
    """

    meetings: FloatArray
    matches: FloatArray
    with_match: FloatArray


def at_random(crowd: Crowd, held: Held, random: np.random.Generator) -> ScoreArray:
    """Score all meetings alike: chance decides."""
    return random.random((crowd.n, crowd.n))


def large_enough(crowds: Iterable[Crowd], rounds: int) -> list[Crowd]:
    """Return the crowds in which everybody has a choice for ``rounds`` rounds."""
    return [crowd for crowd in crowds if crowd.shortest >= rounds + SPARE]


def replay(
    crowd: Crowd, policy: Policy, random: np.random.Generator, *, rounds: int, earlier: int = 0
) -> Held:
    """Return ``rounds`` rounds of ``policy`` after ``earlier`` random ones; nobody meets anybody twice."""
    held = Held()
    may = crowd.met.copy()
    for total, scores, into in ((earlier, at_random, held.earlier), (rounds, policy, held.tonight)):
        seated = np.zeros(crowd.n)
        for _ in range(total):
            pairs = pair_up(scores(crowd, held, random), may, crowd.n_left, seated)
            seated[pairs.ravel()] += 1
            may[pairs[:, 0], pairs[:, 1]] = False
            into.append(pairs)
    return held


def pair_up(scores: ScoreArray, may: BoolArray, n_left: int, seated: FloatArray) -> IntArray:
    """Return the best pairs of one round, shape ``(pairs, 2)``; who sat out most often goes first.

    Args:
        scores: Shape ``(n, n)``.
        may: Shape ``(n, n)``: who may meet.
        n_left: The first so many people are one side.
        seated: Shape ``(n,)``: rounds in which each person was seated.
    """
    block = np.s_[:n_left, n_left:]
    possible, score = may[block], np.asarray(scores[block], dtype=np.float64)
    if not possible.any():
        return np.zeros((0, 2), dtype=np.int64)
    low, high = score[possible].min(), score[possible].max()
    score = (score - low) / (high - low + 1e-12)
    left, right = seated[:n_left], seated[n_left:]
    if len(left) > len(right):
        score += SEATED_FIRST * (left.max() - left)[:, None]
    elif len(right) > len(left):
        score += SEATED_FIRST * (right.max() - right)[None, :]
    rows, columns = linear_sum_assignment(np.where(possible, score, FORBIDDEN), maximize=True)
    kept = possible[rows, columns]
    return np.stack([rows[kept], n_left + columns[kept]], axis=1)


def outcome(crowd: Crowd, evenings: Sequence[Held]) -> Outcome:
    """Return what ``evenings`` brought to ``crowd`` on average."""
    meetings, matches, with_match = np.zeros((3, crowd.n))
    for held in evenings:
        seats = np.concatenate(held.tonight).ravel()
        meetings += np.bincount(seats, minlength=crowd.n)
        contacts = held.contacts(crowd)
        matches += contacts
        with_match += contacts > 0
    return Outcome(meetings / len(evenings), matches / len(evenings), with_match / len(evenings))


def _matched(crowd: Crowd, pairs: IntArray) -> BoolArray:
    matched: BoolArray = crowd.matches[pairs[:, 0], pairs[:, 1]] > 0
    return matched
