"""Those whose announced meeting cannot be are matched among themselves; all other meetings stay.

In nearly every room that is the best mend there is, and :class:`Leftover` tells: nobody who can be seated is
left, no wish is open, and as many as can be keep their tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.pairs.announced.tables import placed_at
from schedulers.pairs.announced.walks import most_can_be_seated
from schedulers.pairs.rounds.columns import MOST_PAIRS
from schedulers.pairs.rounds.greedy import match_greedily
from schedulers.pairs.rounds.matching import match_exactly
from schedulers.pairs.rounds.task import PAIR, TRIO, RoundTask
from schedulers.problem import MAX_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.budget import Limits
    from schedulers.pairs.announced.standing import Placed, Standing
    from schedulers.problem import IntArray


class Leftover(NamedTuple):
    """A mended round.

    Attributes:
        placed: All groups of the round.
        is_best: Whether no round is better, by the order of what comes first.
    """

    placed: list[Placed]
    is_best: bool


def match_leftover(standing: Standing, limits: Limits) -> Leftover:
    """Return the round with every meeting that can stay, and the others matched anew.

    Args:
        standing: The round.
        limits: Time for the search; without any, the match is quick and legal.
    """
    task = _task(standing)
    place = {person: k for k, person in enumerate(task.people.tolist())}
    start = [tuple(place[i] for i in group) for group, _ in standing.intact if set(group) <= place.keys()]
    is_late = limits.are_spent()
    local = match_greedily(task, start) if is_late else match_exactly(task, limits, start)
    groups = [tuple(sorted(task.people[list(group)].tolist())) for group in local]
    taken = {table for _, table in standing.settled}
    free = set(range(len(standing.problem.tables))) - taken
    placed = [*standing.settled, *placed_at(standing, groups, free)]
    return Leftover(placed, not limits.are_spent() and _is_best(standing, task, placed))


def _task(standing: Standing) -> RoundTask:
    """Return the round of those who have no meeting that stays, and no fixed table that is taken."""
    problem, settled = standing.problem, standing.settled
    left = standing.unseated(settled)
    taken = np.array([table for _, table in settled], dtype=np.int64)
    people = left[~np.isin(problem.fixed[left], taken)]
    sides = problem.sides if problem.sides.size else np.zeros(problem.n, dtype=np.int64)
    has_trio = any(len(group) == TRIO for group, _ in settled)
    trio = standing.may_trio and not has_trio and len(people) % 2 == 1
    return RoundTask(
        people=people,
        weights=_weights(standing, people, trio=trio),
        possible=standing.possible[np.ix_(people, people)],
        waited=standing.waited[people],
        sides=sides[people],
        fixed=problem.fixed[people],
        tables=len(problem.tables) - len(settled),
        trio=trio,
        musts=_musts(standing, people),
    )


def _weights(standing: Standing, people: IntArray, *, trio: bool) -> IntArray:
    """Return weights in which a move outweighs all regrouping, and that all value.

    In a round with a trio they are only near it, because a trio has three pairs: see :func:`_is_best`.
    """
    costs = move_costs(standing, people)
    worth = standing.problem.weights[np.ix_(people, people)].astype(np.int64)
    # All values of a round stay below one cost, and all regrouping below one move.
    unit = MAX_WEIGHT * (len(people) + TRIO) + 1
    if not trio:
        costs = costs * PAIR * (len(people) + 1) + _regrouping(standing, people)
    # A meeting costs no less than nothing, and what all of them cost alike needs no weight.
    saved = costs.max(initial=0) - costs
    weights: IntArray = saved * unit + worth
    return weights


def move_costs(standing: Standing, people: IntArray) -> IntArray:
    """Return for every two of ``people`` how many more of them move if they meet than if they sit out.

    Shape ``(p, p)``; with the best table for each pair by itself.
    """
    before, fixed = standing.before[people], standing.problem.fixed[people]
    had = (before >= 0).astype(np.int64)
    table = np.maximum(fixed[:, None], fixed[None, :])
    exists = (before >= 0) & (before < len(standing.problem.tables))
    stays = (exists[:, None] & ((table < 0) | (table == before[:, None]))).astype(np.int64)
    kept = np.where(before[:, None] == before[None, :], stays + stays.T, np.maximum(stays, stays.T))
    later = standing.reserved[np.ix_(people, people)]
    costs: IntArray = PAIR - kept + PAIR * later - had[:, None] - had[None, :]
    return costs


def _regrouping(standing: Standing, people: IntArray) -> IntArray:
    """Return for every two of ``people`` how many of them were to meet others."""
    had = (standing.before[people] >= 0).astype(np.int64)
    costs: IntArray = had[:, None] + had[None, :]
    place = {person: k for k, person in enumerate(people.tolist())}
    for group, _ in standing.intact:
        if len(group) == PAIR and set(group) <= place.keys():
            one, other = (place[person] for person in group)
            costs[one, other] = costs[other, one] = 0
    return costs


def _musts(standing: Standing, people: IntArray) -> tuple[tuple[int, int], ...]:
    """Return wishes among ``people`` that can all be held, those that cannot wait first."""
    place = {person: k for k, person in enumerate(people.tolist())}
    room = len(standing.problem.tables) - len(standing.settled)
    chosen: list[tuple[int, int]] = []
    taken: set[tuple[str, int]] = set()
    for one, other in (*sorted(standing.wishes.due), *sorted(standing.wishes.promised)):
        table = standing.fixed_table((one, other))
        needs = {("person", one), ("person", other)} | ({("table", table)} if table >= 0 else set())
        if one in place and other in place and not needs & taken and len(chosen) < room:
            chosen.append((place[one], place[other]))
            taken |= needs
    return tuple(chosen)


def _is_best(standing: Standing, task: RoundTask, placed: Sequence[Placed]) -> bool:
    """Return whether nothing better than ``placed`` can be, though only ``task`` was searched."""
    due, promised = standing.wishes
    sides, unseated = standing.problem.sides, standing.unseated(placed)
    return (
        task.p == len(standing.unseated(standing.settled))
        and len(standing.settled) == len(standing.intact)
        # Beyond it only the best partners of everybody were looked at.
        and task.p * task.p <= PAIR * MOST_PAIRS
        and standing.wishes_met(placed) == (len(due), len(promised))
        # Breaks of two sides are ranked one side after the other, where the search takes turns.
        and (not sides.size or len(np.unique(sides[unseated])) < PAIR)
        and most_can_be_seated(standing, placed)
        and _moves_fewest(standing, task, placed)
    )


def _moves_fewest(standing: Standing, task: RoundTask, placed: Sequence[Placed]) -> bool:
    """Return whether as few people move as the weights of ``task`` promised."""
    settled = set(standing.settled)
    fresh = [each for each in placed if each not in settled]
    moved = sum(standing.moved(*each) for each in fresh)
    costs = move_costs(standing, task.people)
    if any(len(group) == TRIO for group, _ in fresh):
        # Costs alike for all pairs are exact for a trio, too; and no group keeps more than one person.
        is_alike = len(np.unique(costs[~np.eye(task.p, dtype=np.bool_)])) == 1
        return is_alike and moved == sum(len(group) - 1 for group, _ in fresh)
    place = {person: k for k, person in enumerate(task.people.tolist())}
    had = standing.before >= 0
    promised = sum(costs[place[i], place[j]] + had[i] + had[j] for (i, j), _ in fresh)
    return bool(moved == promised)
