"""Rounds to come in which people go by cards: their courses stay, whatever else would be better by now.

A *course* is the tables of one person, round by round, from the first round of the evening on. Whoever comes
later takes over one that is free, or goes where there is a chair; whoever was away goes on with their own.
Rules and absences change single rounds at most.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.groups.legal import legal_row
from schedulers.schedule import meeting_counts

if TYPE_CHECKING:
    from typing import TypeAlias

    from schedulers.problem import BoolArray, IntArray, Problem

    Course: TypeAlias = tuple[int, ...]

# So large a part of all people move like a few others, as many as a table has seats, where they have cards.
IN_STEP = 0.5


def kept_rows(problem: Problem, held: IntArray, rows: IntArray) -> IntArray | None:
    """Return ``rows`` with everybody on their course, and with seats for those who have none.

    Args:
        problem: The evening as it is by now.
        held: Seats of the rounds before, shape ``(held rounds, n)``.
        rows: Seats of all rounds after them as they were planned, shape ``(rounds, n)``, -1 for none.

    Returns:
        Legal seats of the same shape; ``None`` if people do not move in step.
    """
    present = problem.present[:, len(held) :].T
    rows = np.where(present, rows, -1)
    free = _free_courses(problem, held, rows)
    if free is None:
        return None
    desk = _Desk(problem, held, rows)
    for person in np.flatnonzero((present & (rows < 0)).any(axis=0)).tolist():
        desk.seat(person, free)
    return np.stack([legal_row(problem, r, row) for r, row in enumerate(desk.rows, len(held))])


def _free_courses(problem: Problem, held: IntArray, rows: IntArray) -> Counter[Course] | None:
    """Return the courses that are free, and how often; ``None`` if people do not move in step.

    Those who move alike have one seat, or several if some of them sit together.
    """
    evening = np.concatenate([held, rows])
    circle = np.unique(rows[rows >= 0])
    walking = evening[:, np.isin(evening, circle).all(axis=0)]
    if not walking.size:
        return None
    places = np.searchsorted(circle, walking)
    steps = Counter(map(tuple, ((places - places[0]) % len(circle)).T.tolist()))
    often = steps.most_common(max(table.seats for table in problem.tables))
    if sum(count for _, count in often) < IN_STEP * (rows >= 0).all(axis=0).sum():
        return None
    # Whoever once had to leave their course, and is on it again, takes it as well.
    taken = Counter(map(tuple, rows.T.tolist()))
    free: Counter[Course] = Counter()
    for step, _ in often:
        turned = (np.arange(len(circle))[:, None] + np.array(step)) % len(circle)
        courses: list[Course] = [tuple(course) for course in circle[turned].tolist()]
        people = [taken[course[len(held) :]] for course in courses]
        free.update({course: max(people) - count for course, count in zip(courses, people, strict=True)})
    return +free


class _Score(NamedTuple):
    """What somebody would find on a course: the lower, the better.

    Attributes:
        strays: In how many held rounds they sat elsewhere.
        repeats: How often they would sit with people they met before.
        value: What all others are worth, negative.
    """

    strays: int
    repeats: int
    value: int


class _Desk:
    """Finds a place for those who have none.

    Attributes:
        rows: Shape ``(rounds to come, n)``: the seats, -1 for none.
    """

    def __init__(self, problem: Problem, held: IntArray, rows: IntArray) -> None:
        self.rows = rows
        self._problem = problem
        self._held = held
        self._present = problem.present[:, len(held) :].T
        self._met = (meeting_counts(held) > 0) | problem.met_before()
        self._chairs = np.array([table.seats for table in problem.tables])

    def seat(self, person: int, free: Counter[Course]) -> None:
        """Let ``person`` take over the best of the courses that are free, or go from chair to chair."""
        scores: dict[Course, _Score] = {}
        if not (self.rows[:, person] >= 0).any():
            for course in free:
                score = self._score(person, course)
                if score is not None:
                    scores[course] = score
        if not scores:
            self._wander(person)
            return
        best = min(scores, key=lambda course: (scores[course], course))
        free[best] -= 1
        if not free[best]:
            del free[best]
        self.rows[:, person] = np.where(self._present[:, person], best[len(self._held) :], -1)

    def _score(self, person: int, course: Course) -> _Score | None:
        """Return what ``person`` would find on ``course``; ``None`` if they may not take all of it."""
        met = self._met[person].copy()
        repeats = value = 0
        for r in np.flatnonzero(self._present[:, person]).tolist():
            mates = self._mates(person, r, course[len(self._held) + r])
            if mates is None:
                return None
            repeats += int(met[mates].sum())
            value += int(self._problem.weights[person, mates[~met[mates]]].sum())
            met[mates] = True
        seats = self._held[:, person]
        strays = int(((seats >= 0) & (seats != course[: len(seats)])).sum())
        return _Score(strays, repeats, -value)

    def _wander(self, person: int) -> None:
        """Seat ``person`` round by round, where they have met fewest people and like them best."""
        met = self._met[person].copy()
        for r, row in enumerate(self.rows):
            if row[person] < 0 and self._present[r, person]:
                row[person] = self._best_table(person, r, met)
            met |= (row == row[person]) & (row >= 0)

    def _best_table(self, person: int, r: int, met: BoolArray) -> int:
        best, least = -1, None
        for table in np.unique(self.rows[r][self.rows[r] >= 0]).tolist():
            mates = self._mates(person, r, table)
            if mates is None:
                continue
            score = int(met[mates].sum()), -int(self._problem.weights[person, mates].sum())
            if least is None or score < least:
                best, least = table, score
        return best

    def _mates(self, person: int, r: int, table: int) -> IntArray | None:
        """Return who sits at ``table`` in a round to come; ``None`` if ``person`` may not join them."""
        mates = np.flatnonzero(self.rows[r] == table)
        has_chair = len(mates) < self._chairs[table] and self._problem.fixed[person] in {-1, table}
        return mates if has_chair and self._problem.allowed[person, mates].all() else None
