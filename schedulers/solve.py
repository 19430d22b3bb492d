"""Plan an evening or its next round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schedulers.budget import Budget
from schedulers.contradictions import refuse_contradictions
from schedulers.disturbance import Repair, announced_rounds
from schedulers.groups.announced.mending import GroupMending
from schedulers.groups.search import GroupSearch
from schedulers.pairs.announced.mending import Mending
from schedulers.pairs.search import PairSearch
from schedulers.problem import InvalidProblem
from schedulers.schedule import MaxIterations, MaxRuntime, Plan, held_rounds, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from schedulers.problem import IntArray, Problem

    Held = IntArray | Sequence[Sequence[int]]

A_ROUND = MaxRuntime(0.8)
AN_EVENING = MaxRuntime(2.0)
A_REPAIR = MaxRuntime(0.5)


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
    """
    refuse_contradictions(problem)
    search = _search(problem)(problem, held_rounds(problem, held), stop, seed=seed, report=on_improve)
    return search.run(None if initial is None else initial.seats)


def next_round(
    problem: Problem, held: Held, *, stop: MaxRuntime | MaxIterations = A_ROUND, seed: int = 0
) -> Plan:
    """Return a plan of the rounds in ``held`` and one more.

    Must-meets are spread over all rounds left of ``problem``, so that one round does not take the place
    of another. ``unmet`` names those that can happen in time no more.

    Raises:
        Infeasible: If the input contradicts itself.
        InvalidProblem: If all rounds are held.
    """
    refuse_contradictions(problem)
    seats = held_rounds(problem, held)
    if len(seats) == problem.rounds:
        raise InvalidProblem(f"all {problem.rounds} rounds are held")
    return _search(problem)(problem, seats, stop, seed=seed, until=len(seats) + 1).run()


def repair(
    problem: Problem, held: Held, announced: Held, *, stop: MaxRuntime | MaxIterations = A_REPAIR
) -> Repair:
    """Return the rounds in ``held`` and in ``announced`` with the least disturbance of the announced ones.

    Every meeting that is still legal stays, unless to give it up seats more people or holds a must-meet for
    which there is no later round. Then as few people as can be move, and fewest are regrouped. When time
    runs out, the result is legal, but may disturb more people.

    Args:
        problem: The evening as it is by now: who is there, who may meet, which tables there are.
        held: Seats of the rounds already held, shape ``(held rounds, n)``. They are taken as they were.
        announced: Seats of the next rounds as people were shown them, shape ``(announced rounds, n)``.
        stop: When to stop searching.

    Raises:
        Infeasible: If the input contradicts itself.
        InvalidProblem: If the rounds do not fit the problem.
    """
    refuse_contradictions(problem)
    seats = held_rounds(problem, held)
    mend = Mending if problem.is_pairs else GroupMending
    mending = mend(problem, seats, announced_rounds(problem, seats, announced))
    plan_now = plan_of(problem, mending.run(Budget(stop, 0)))
    return Repair(**vars(plan_now), moves=tuple(mending.moves), regrouped=tuple(mending.regrouped))


def _search(problem: Problem) -> type[PairSearch | GroupSearch]:
    """Return what plans ``problem``: at tables of two nobody may meet anybody twice, at larger ones may."""
    return PairSearch if problem.is_pairs else GroupSearch
