"""Which meetings of a large room, given up or joined, could seat somebody or hold a must-meet."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.announced.walks import alternating_walk
from schedulers.pairs.rounds.task import PAIR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.pairs.announced.standing import Placed, Standing
    from schedulers.problem import BoolArray, IntArray

# For so many people without a seat, or who must leave theirs, meetings are looked for at a time.
MOST_SEEKERS = 10
MEETINGS_EACH = 3


def helpful(standing: Standing, placed: Sequence[Placed], most: int) -> list[int]:
    """Return the indices in ``placed`` of groups worth taking apart, of ``most`` people in all."""
    group_of = {person: k for k, (group, _) in enumerate(placed) for person in group}
    found: dict[int, None] = {}
    seekers = standing.unseated(placed).tolist()
    people = len(seekers[:MOST_SEEKERS])
    for k in _in_order(standing, placed, group_of):
        if k not in found and people + len(placed[k].people) <= most:
            found[k] = None
            people += len(placed[k].people)
    return list(found)


def _in_order(standing: Standing, placed: Sequence[Placed], group_of: dict[int, int]) -> Iterator[int]:
    """Yield indices of groups, those that stand in the way first; some more than once."""
    in_the_way = list(_in_the_way(standing, placed, group_of))
    yield from in_the_way
    displaced = [person for k in in_the_way for person in placed[k].people]
    seekers = (displaced + standing.unseated(placed).tolist())[:MOST_SEEKERS]
    pairs = [k for k, (group, _) in enumerate(placed) if len(group) == PAIR]
    if pairs:
        people = np.array([placed[k].people for k in pairs], dtype=np.int64)
        for best in (*_exchanges(standing, people, seekers), *_joins(standing, people, seekers)):
            yield from (pairs[k] for k in best.tolist())
    if not standing.may_trio:
        walk = alternating_walk(standing, placed) or []
        yield from (group_of[person] for person in walk[1:-1])
    # To open what is newly matched disturbs nobody.
    stay = set(standing.settled)
    yield from (k for k, each in enumerate(placed) if each not in stay)


def _in_the_way(standing: Standing, placed: Sequence[Placed], group_of: dict[int, int]) -> Iterator[int]:
    """Yield the groups that keep a must-meet from being held, or somebody from their fixed table."""
    met = {pair for group, _ in placed for pair in combinations(sorted(group), PAIR)}
    for pair in sorted((standing.wishes.due | standing.wishes.promised) - met):
        yield from (group_of[person] for person in pair if person in group_of)
    fixed = set(standing.problem.fixed[standing.unseated(placed)].tolist())
    yield from (k for k, (_, table) in enumerate(placed) if table in fixed)


def _exchanges(standing: Standing, pairs: IntArray, seekers: Sequence[int]) -> Iterator[IntArray]:
    """Yield for every two of ``seekers`` the rows of ``pairs`` that best give each of them a partner."""
    weights, possible = standing.problem.weights, standing.possible
    for one, other in combinations(seekers, 2):
        gains = []
        for first, second in (pairs.T, pairs.T[::-1]):
            gain = weights[one, first] + weights[other, second] - weights[first, second]
            gains.append(np.where(possible[one, first] & possible[other, second], gain, -np.inf))
        yield _best(np.maximum(*gains))


def _joins(standing: Standing, pairs: IntArray, seekers: Sequence[int]) -> Iterator[IntArray]:
    """Yield for each of ``seekers`` the rows of ``pairs`` that they could best join."""
    if standing.may_trio:
        for one in seekers:
            legal: BoolArray = standing.possible[one, pairs].all(axis=1)
            yield _best(np.where(legal, standing.problem.weights[one, pairs].sum(axis=1), -np.inf))


def _best(gain: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> IntArray:
    """Return the places of the highest finite values of ``gain``."""
    order = np.argsort(-gain, kind="stable")[:MEETINGS_EACH]
    return order[np.isfinite(gain[order])]
