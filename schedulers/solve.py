"""Plan an evening or its next round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schedulers.contradictions import refuse_contradictions
from schedulers.pairs.circle import circle_seats
from schedulers.pairs.search import PairSearch
from schedulers.problem import InvalidProblem
from schedulers.schedule import MaxIterations, MaxRuntime, Plan, Unsupported, held_rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from schedulers.problem import IntArray, Problem

    Held = IntArray | Sequence[Sequence[int]]

A_ROUND = MaxRuntime(0.8)
AN_EVENING = MaxRuntime(2.0)


def plan(
    problem: Problem,
    *,
    held: Held = (),
    stop: MaxRuntime | MaxIterations = AN_EVENING,
    seed: int = 0,
    on_improve: Callable[[Plan], None] | None = None,
    initial: Plan | None = None,
) -> Plan:
    """Return a plan for all rounds of ``problem``.

    There is always a plan: when time runs out, the rounds left are matched at once, legally but less
    well, and must-meets that do not happen are listed in ``unmet``.

    Args:
        problem: The evening.
        held: Seats of the rounds already held, shape ``(held rounds, n)``. They are taken as they were.
        stop: When to stop searching.
        seed: Seed of the search.
        on_improve: Called with each better plan, the first one at once.
        initial: A plan to start from; what is not legal any more is mended.

    Raises:
        Infeasible: If the input contradicts itself.
        Unsupported: If there are tables of more than two.
    """
    search = _search(problem, held, stop, seed=seed)
    search.report = on_improve
    rounds = problem.rounds - len(search.held)
    start = search.held if initial is None else initial.seats
    search.fill("greedy", rounds, start)
    search.match("rounds", rounds, start)
    if search.leaves_people_out():
        search.fill("circle", rounds, circle_seats(problem, len(search.held)))
    return search.best


def next_round(
    problem: Problem, held: Held, *, stop: MaxRuntime | MaxIterations = A_ROUND, seed: int = 0
) -> Plan:
    """Return a plan of the rounds in ``held`` and one more.

    Must-meets are spread over all rounds left of ``problem``, so that one round does not take the place
    of another. ``unmet`` names those that can happen in time no more.

    Raises:
        Infeasible: If the input contradicts itself.
        Unsupported: If there are tables of more than two.
        InvalidProblem: If all rounds are held.
    """
    search = _search(problem, held, stop, seed=seed)
    if len(search.held) == problem.rounds:
        raise InvalidProblem(f"all {problem.rounds} rounds are held")
    search.fill("greedy", 1, search.held)
    search.match("rounds", 1, search.held)
    return search.best


def _search(problem: Problem, held: Held, stop: MaxRuntime | MaxIterations, *, seed: int) -> PairSearch:
    refuse_contradictions(problem)
    if not problem.is_pairs:
        raise Unsupported("this version plans tables of two only; a table of more than two is among these")
    return PairSearch(problem, held_rounds(problem, held), stop, seed=seed)
