"""How long a thousand people take: content, learning, worth and the planner's weights."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.pair_bars import Bar
from schedulers.affinity import AffinityProfile, content, match_weights
from schedulers.learning import Ratings, learn
from schedulers.utility import utility

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.problem import IntArray, WeightArray

PEOPLE, TAGS, ROUNDS, TIMES = 1000, 350, 8, 15
GOALS = ("hire", "seek", "mentor", "mentee", "raise", "invest", "partner", "learn", "volunteer", "friends")
COMMON = 5
"""Share of the tag of rank ``k``: ``1 / (k + COMMON)``, so that a few are common and most are rare."""


@dataclass(frozen=True, eq=False, slots=True)
class Room:
    """A made-up evening: people, their answers and the contacts they have."""

    profiles: tuple[AffinityProfile, ...]
    ratings: Ratings
    contacts: IntArray


def room(n: int, *, rounds: int, seed: int = 0) -> Room:
    """Return a room of ``n`` people, an even number, who met in ``rounds`` rounds and answered."""
    random = np.random.default_rng(seed)
    return Room(
        profiles=tuple(_profile(random) for _ in range(n)),
        ratings=_ratings(n, rounds, random),
        contacts=random.integers(0, 4, n),
    )


def bars() -> Iterator[Bar]:
    """Measure a thousand people: CPU milliseconds of this process, the median of several runs."""
    made = room(PEOPLE, rounds=ROUNDS)
    weigh(made)
    yield Bar("learn_and_score_n1000_cpu_ms", median(_cpu_ms(made) for _ in range(TIMES)), 50)


def weigh(made: Room) -> WeightArray:
    """Return the weights of ``made``, all from the beginning."""
    fit = content(made.profiles)
    allowed = np.ones(fit.shape, dtype=np.bool_)
    learned = learn(fit, made.ratings, allowed)
    return match_weights(utility(fit, learned, allowed, contacts=made.contacts))


def _cpu_ms(made: Room) -> float:
    began = time.process_time()
    weigh(made)
    return 1000 * (time.process_time() - began)


def _profile(random: np.random.Generator) -> AffinityProfile:
    needs = _tags(random)
    return AffinityProfile(
        interests={tag: int(random.integers(1, 4)) for tag in _tags(random)},
        offers=_tags(random),
        needs=needs,
        met_needs=frozenset(tag for tag in needs if random.random() < 0.3),
        values=frozenset(f"value {k}" for k in random.choice(20, 4, replace=False)),
        goals=frozenset(random.choice(GOALS, 2, replace=False).tolist()),
        sector=f"sector {random.integers(12)}",
        organisation=f"organisation {random.integers(400)}",
    )


def _tags(random: np.random.Generator) -> frozenset[str]:
    share = 1 / (np.arange(TAGS) + COMMON)
    chosen = random.choice(TAGS, random.integers(3, 7), replace=False, p=share / share.sum())
    return frozenset(f"tag {k}" for k in chosen.tolist())


def _ratings(n: int, rounds: int, random: np.random.Generator) -> Ratings:
    pairs = [random.permutation(n).reshape(-1, 2) for _ in range(rounds)]
    one, other = np.concatenate(pairs).T
    number = np.repeat(np.arange(rounds), n // 2)
    return Ratings(
        author=np.concatenate([one, other]),
        about=np.concatenate([other, one]),
        round=np.concatenate([number, number]),
        value=random.random(n * rounds),
    )
