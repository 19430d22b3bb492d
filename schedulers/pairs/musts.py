"""When each must-meet should happen: as many in time as can be, and each as early as it can."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from ortools.sat.python import cp_model

from schedulers.pairs.rounds.packing import new_solver

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.problem import BoolArray, MustMeet, Problem

Agenda: TypeAlias = dict[int, list[tuple[int, int]]]


def agenda_of(problem: Problem, possible: BoolArray, first_round: int, limits: Limits) -> Agenda:
    """Return for each round the must-meets to hold in it; they can all be seated together.

    Args:
        problem: The evening.
        possible: Shape ``(n, n)``: who may still meet.
        first_round: The first round that is not held yet.
        limits: Time for the search; without any, each must-meet takes its first free round.
    """
    chances = _chances(problem, possible, first_round)
    if not chances:
        return {}
    early = _first_come(problem, chances)
    if limits.are_spent() or _is_complete(early, chances):
        return early
    return _searched(problem, chances, early, limits) or early


def _chances(
    problem: Problem, possible: BoolArray, first_round: int
) -> dict[tuple[int, int], dict[MustMeet, list[int]]]:
    """Return for every pair and each of its wishes the rounds in which it could come true."""
    chances: dict[tuple[int, int], dict[MustMeet, list[int]]] = {}
    for must in problem.musts:
        i, j = sorted(must[:2])
        until = problem.rounds if must.by is None else must.by + 1
        together = problem.present[i] & problem.present[j]
        rounds = [r for r in range(first_round, until) if together[r]]
        if possible[i, j] and rounds:
            chances.setdefault((i, j), {})[must] = rounds
    return chances


def _first_come(problem: Problem, chances: dict[tuple[int, int], dict[MustMeet, list[int]]]) -> Agenda:
    """Give each pair, those with the fewest rounds first, the first round that is free for both."""
    agenda: Agenda = {}
    for pair, wishes in sorted(chances.items(), key=lambda item: min(map(len, item[1].values()))):
        for r in min(wishes.values(), key=len):
            due = agenda.get(r, [])
            if len(due) < len(problem.tables) and not any(_clash(problem, pair, other) for other in due):
                agenda.setdefault(r, []).append(pair)
                break
    return agenda


def _clash(problem: Problem, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two pairs share a person or need the same table."""
    tables = max(problem.fixed[list(one)]), max(problem.fixed[list(other)])
    return bool(set(one) & set(other)) or (tables[0] == tables[1] and tables[0] >= 0)


def _is_complete(agenda: Agenda, chances: dict[tuple[int, int], dict[MustMeet, list[int]]]) -> bool:
    held = {pair: r for r, due in agenda.items() for pair in due}
    return all(held.get(pair) in rounds for pair, wishes in chances.items() for rounds in wishes.values())


def _searched(
    problem: Problem,
    chances: dict[tuple[int, int], dict[MustMeet, list[int]]],
    early: Agenda,
    limits: Limits,
) -> Agenda | None:
    model = cp_model.CpModel()
    at = {
        (pair, r): model.new_bool_var("")
        for pair, wishes in chances.items()
        for r in sorted(set().union(*wishes.values()))
    }
    kept = []
    for pair, wishes in chances.items():
        model.add_at_most_one(var for (who, _), var in at.items() if who == pair)
        for rounds in wishes.values():
            kept.append(model.new_bool_var(""))
            model.add(cp_model.LinearExpr.sum([at[pair, r] for r in rounds]) >= kept[-1])
    _add_room(model, problem, at)
    for (pair, r), var in at.items():
        model.add_hint(var, pair in early.get(r, ()))
    late = cp_model.LinearExpr.weighted_sum(list(at.values()), [r for _, r in at])
    model.maximize(cp_model.LinearExpr.sum(kept) * (len(at) * problem.rounds + 1) - late)
    solver = new_solver(limits)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    agenda: Agenda = {}
    for (pair, r), var in at.items():
        if solver.boolean_value(var):
            agenda.setdefault(r, []).append(pair)
    return agenda


def _add_room(
    model: cp_model.CpModel, problem: Problem, at: dict[tuple[tuple[int, int], int], cp_model.IntVar]
) -> None:
    """Let pairs that share a person or a table meet in different rounds, no more at once than tables."""
    for r in range(problem.rounds):
        due = [(pair, var) for (pair, when), var in at.items() if when == r]
        for (one, var), (other, second) in combinations(due, 2):
            if _clash(problem, one, other):
                model.add_at_most_one([var, second])
        model.add(cp_model.LinearExpr.sum([var for _, var in due]) <= len(problem.tables))


def open_rounds(problem: Problem, first_round: int, agenda: Agenda) -> dict[tuple[int, int], int]:
    """Return for every must-meet on ``agenda`` the rounds in which it may happen, as bits.

    Bit 0 is ``first_round``. A pair with several deadlines keeps the earliest it was planned by.
    """
    until: dict[tuple[int, int], list[int]] = {}
    for first, second, by in problem.musts:
        last = problem.rounds if by is None else by + 1
        until.setdefault((min(first, second), max(first, second)), []).append(last)
    return {
        pair: (1 << (min(last for last in until[pair] if last > r) - first_round)) - 1
        for r, pairs in agenda.items()
        for pair in pairs
    }
