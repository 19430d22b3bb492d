"""How often people must meet again at tables of more than two, and which evenings would do without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from schedulers.counting import repeats_bound
from schedulers.explanation import FewSeats, PeopleLimit, RepeatsLimit, RoundLimit
from schedulers.groups.search import GroupSearch
from schedulers.problem import PAIR, Table
from schedulers.schedule import MaxIterations, MaxRuntime, meetings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from schedulers.budget import Budget
    from schedulers.explanation import Limit
    from schedulers.problem import IntArray, Problem

# So many evenings that counting does not rule out are planned, each for a share of the time left.
TRIES, SHARE, SEARCHES = 2, 0.15, 50


def repeats_limit(
    problem: Problem, held: IntArray, limits: Sequence[Limit], budget: Budget
) -> RepeatsLimit | None:
    """Return how often people meet again after ``held``, unless more sit out than ``limits`` say.

    ``None`` if counting tells of no such meeting. What would do without is found by planning it.
    """
    rest = _rest(problem, held)
    seated = [can_sit(problem, r, limits) for r in range(len(held), problem.rounds)]
    least = repeats_bound(rest, seated)
    if not least:
        return None
    shorter = next(_without_repeats(_shorter(rest, seated), seated, budget), None)
    smaller = next(_without_repeats(_smaller(rest, seated), seated, budget), None)
    return RepeatsLimit(
        tuple(range(len(held), problem.rounds)),
        least,
        enough_rounds=None if shorter is None else len(held) + shorter.rounds,
        enough_seats=None if smaller is None else max(table.seats for table in smaller.tables),
    )


def _rest(problem: Problem, held: IntArray) -> Problem:
    """Return the rounds after ``held`` as an evening of people who know each other from before."""
    met = meetings_of(held)
    return replace(
        problem,
        rounds=problem.rounds - len(held),
        present=problem.present[:, len(held) :],
        met=[*problem.met, *zip(met.first.tolist(), met.second.tolist(), strict=True)],
        must_meet=(),
        balance=(),
        fairness=0.0,
    )


def can_sit(problem: Problem, r: int, limits: Sequence[Limit]) -> int:
    """Return how many can sit in round ``r`` at most, as ``limits`` tell."""
    few = apart = alone = 0
    for limit in limits:
        match limit:
            case RoundLimit(rounds, least, FewSeats(), _) if r in rounds:
                few += least
            case RoundLimit(rounds, least, _, False) if r in rounds:
                apart += least
            case PeopleLimit(people, _, rounds) if r in rounds:
                alone += len(people)
    return int(problem.present[:, r].sum()) - max(few, apart, alone)


def _shorter(rest: Problem, seated: Sequence[int]) -> Iterator[Problem]:
    """Yield evenings of fewer rounds that counting does not rule out, the longest first."""
    for rounds in range(rest.rounds - 1, 0, -1):
        if not repeats_bound(rest, seated[:rounds]):
            yield replace(rest, rounds=rounds, present=rest.present[:, :rounds])


def _smaller(rest: Problem, seated: Sequence[int]) -> Iterator[Problem]:
    """Yield evenings at smaller tables that counting does not rule out, the largest first.

    Tables are put up until all have a seat.
    """
    for seats in range(max(table.seats for table in rest.tables) - 1, PAIR, -1):
        tables = [Table(min(seats, own.seats), min(seats, own.least)) for own in rest.tables]
        lacking = max(seated) - sum(table.seats for table in tables)
        tables += [Table(seats)] * max(0, -(-lacking // seats))
        evening = replace(rest, tables=tables)
        if not repeats_bound(evening, seated):
            yield evening


def _without_repeats(evenings: Iterable[Problem], seated: Sequence[int], budget: Budget) -> Iterator[Problem]:
    """Yield those of the first ``evenings`` for which a plan is found that seats as many without repeats."""
    for _, evening in zip(range(TRIES), evenings, strict=False):
        if budget.is_spent():
            return
        seconds = budget.share(SHARE).seconds_left()
        stop = MaxIterations(SEARCHES) if seconds is None else MaxRuntime(seconds)
        nothing = np.zeros((0, evening.n), dtype=np.int64)
        plan = GroupSearch(evening, nothing, stop, seed=0).run()
        counts = (plan.seats >= 0).sum(axis=1)
        if not plan.repeats and (counts >= seated[: evening.rounds]).all():
            yield evening
