"""An evening of pairs, round by round: what earlier rounds leave possible shapes the next one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.rounds.task import Group, RoundTask
from schedulers.problem import MAX_WEIGHT
from schedulers.schedule import meeting_counts, sit_outs
from schedulers.seating import Seating

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from schedulers.pairs.musts import Agenda
    from schedulers.problem import IntArray, Problem


class Evening:
    """The rounds so far, and what they leave open. Held rounds are taken as they were.

    ``agenda`` names the must-meets due in each round.
    """

    def __init__(self, problem: Problem, held: IntArray, agenda: Agenda) -> None:
        self.problem = problem
        self._agenda = agenda
        self._rows = list(held)
        self._seating = Seating(problem)
        self.possible = still_possible(problem, held)
        self._waited = sit_outs(problem, held)

    @property
    def seats(self) -> IntArray:
        """Return the rounds so far, shape ``(rounds so far, n)``."""
        return np.array(self._rows, dtype=np.int64).reshape(len(self._rows), self.problem.n)

    def task(self) -> RoundTask:
        """Return the next round."""
        problem, r = self.problem, len(self._rows)
        people = np.flatnonzero(problem.present[:, r])
        place = {person: k for k, person in enumerate(people.tolist())}
        due = [pair for pair in self._agenda.get(r, ()) if self.possible[pair]]
        sides = problem.sides if problem.sides.size else np.zeros(problem.n, dtype=np.int64)
        return RoundTask(
            people=people,
            weights=self._worth(r)[np.ix_(people, people)],
            possible=self.possible[np.ix_(people, people)],
            waited=self._waited[people],
            sides=sides[people],
            fixed=problem.fixed[people],
            tables=len(problem.tables),
            trio=problem.odd == "trio" and not problem.sides.size and len(people) % 2 == 1,
            musts=tuple((place[i], place[j]) for i, j in due),
        )

    def _worth(self, r: int) -> IntArray:
        """Return the weights; a must-meet still open outweighs everything else in a round.

        Those on the agenda need no such help. It serves those for which there was no room.
        """
        worth = self.problem.weights.astype(np.int64)
        planned = {pair for due in self._agenda.values() for pair in due}
        for first, second, by in self.problem.musts:
            pair = (min(first, second), max(first, second))
            if pair not in planned and (by is None or r <= by):
                worth[pair] = worth[pair[::-1]] = MAX_WEIGHT * (self.problem.n + 1)
        return worth

    def add(self, groups: Sequence[Group]) -> None:
        """Seat ``groups``, people of the problem, as the next round."""
        problem, r = self.problem, len(self._rows)
        before = self._rows[-1] if r else np.full(problem.n, -1, dtype=np.int64)
        self._rows.append(self._seating.seat(groups, before))
        self._waited += problem.present[:, r] & (self._rows[-1] < 0)
        for group in groups:
            for i, j in combinations(group, 2):
                self.possible[i, j] = self.possible[j, i] = False


def still_possible(problem: Problem, held: IntArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return who may still meet after the rounds ``held``: nobody meets twice."""
    possible = problem.may_meet() & ~problem.met_before() & (meeting_counts(held) == 0)
    return np.asarray(possible, dtype=np.bool_)


def groups_in(seats: IntArray) -> list[Group]:
    """Return who sits together in one round, shape ``(n,)``."""
    order = np.argsort(seats, kind="stable")
    order = order[seats[order] >= 0]
    starts = np.flatnonzero(np.diff(seats[order], prepend=-1)).tolist()
    people = order.tolist()
    return [tuple(people[at:end]) for at, end in zip(starts, [*starts, len(people)][1:], strict=True)]


def play(
    evening: Evening,
    rounds: int,
    match: Callable[[RoundTask, Sequence[Group]], Sequence[Group]],
    *,
    start: IntArray,
) -> IntArray:
    """Match ``rounds`` more rounds and return all seats.

    Args:
        evening: The rounds so far.
        rounds: How many to add.
        match: Matches one round; its second argument are the groups to start from.
        start: Shape ``(any, n)``: seats to start from, by round; rounds beyond start from nothing.
    """
    for _ in range(rounds):
        r = len(evening.seats)
        task = evening.task()
        place = {person: k for k, person in enumerate(task.people.tolist())}
        given = groups_in(start[r]) if r < len(start) else []
        local = [tuple(place[i] for i in group) for group in given if all(i in place for i in group)]
        groups = match(task, local)
        evening.add([tuple(task.people[list(group)].tolist()) for group in groups])
    return evening.seats
