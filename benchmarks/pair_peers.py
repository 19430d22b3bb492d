"""What else one could do: the peers that the planner of pairs is measured against.

Each takes a problem with a table for every pair and returns seats of shape ``(rounds, n)``. None breaks
a rule, but only ``exact_greedy`` and ``cp_sat`` know must-meets and fair breaks, or a part of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx  # type: ignore[import-untyped]  # ships no types
import numpy as np
from ortools.sat.python import cp_model

from schedulers.schedule import MaxRuntime
from schedulers.solve import next_round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from schedulers.problem import BoolArray, IntArray, Problem

NOBODY = -1
CP_SAT_SECONDS = 20.0
EXACT_ROUND_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to plan an evening, and the largest room that it is tried on."""

    name: str
    seats: Callable[[Problem, int], IntArray]
    most_people: int
    is_quick: bool = True


class Draft:
    """An evening under construction: who meets whom in which round, and who may still meet."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.open: BoolArray = problem.may_meet() & ~problem.met_before()
        self.partners = np.full((problem.rounds, problem.n), NOBODY, dtype=np.int64)

    def possible(self, r: int) -> BoolArray:
        """Return who may meet in round ``r``, shape ``(n, n)``."""
        there = self.problem.present[:, r]
        return self.open & there[:, None] & there[None, :]

    def meet(self, r: int, pairs: Iterable[tuple[int, int]]) -> None:
        """Let ``pairs`` meet in round ``r``."""
        for first, second in pairs:
            self.partners[r, first], self.partners[r, second] = second, first
            self.open[first, second] = self.open[second, first] = False

    def seats(self) -> IntArray:
        """Return a table for everybody who has a partner: the fixed tables, then any."""
        fixed = self.problem.fixed
        seats = np.full_like(self.partners, NOBODY)
        for r, row in enumerate(self.partners):
            pairs = np.stack([np.arange(self.problem.n), row], axis=1)[row > np.arange(self.problem.n)]
            table = fixed[pairs].max(axis=1)
            free = np.setdiff1d(np.arange(len(self.problem.tables)), table)
            table[table < 0] = free[: np.count_nonzero(table < 0)]
            seats[r, pairs] = table[:, None]
        return seats


def random_rotation(problem: Problem, seed: int) -> IntArray:
    """Return an evening in which each takes any free partner, in a random order."""
    rng = np.random.default_rng(seed)
    draft = Draft(problem)
    for r in range(problem.rounds):
        possible = draft.possible(r)
        free = problem.present[:, r].copy()
        for one in rng.permutation(problem.n).tolist():
            others = np.flatnonzero(possible[one] & free) if free[one] else ()
            if len(others):
                other = int(rng.choice(others))
                free[[one, other]] = False
                draft.meet(r, [(one, other)])
    return draft.seats()


def circle(problem: Problem, seed: int) -> IntArray:
    """Return the round robin on paper: one stays, all others move on by one place each round.

    With two sides, one side stays and the other moves on. An empty place makes the numbers even. Whoever
    may not meet, or is not there, sits that round out; after a full turn everybody does.
    """
    rng = np.random.default_rng(seed)
    draft = Draft(problem)
    turn = _sides_in_turn if problem.sides.size else _circle_in_turn
    for r, pairs in enumerate(turn(problem, rng)):
        possible = draft.possible(r)
        draft.meet(r, [(i, j) for i, j in pairs if NOBODY not in (i, j) and possible[i, j]])
    return draft.seats()


def _circle_in_turn(problem: Problem, rng: np.random.Generator) -> Iterable[list[tuple[int, int]]]:
    places = rng.permutation(problem.n).tolist() + [NOBODY] * (problem.n % 2)
    half = len(places) // 2
    for _ in range(min(problem.rounds, len(places) - 1)):
        yield list(zip(places[:half], places[: half - 1 : -1], strict=True))
        places = [places[0], places[-1], *places[1:-1]]


def _sides_in_turn(problem: Problem, rng: np.random.Generator) -> Iterable[list[tuple[int, int]]]:
    stay, move = (rng.permutation(np.flatnonzero(problem.sides == side)).tolist() for side in (0, 1))
    places = max(len(stay), len(move))
    stay += [NOBODY] * (places - len(stay))
    move += [NOBODY] * (places - len(move))
    for r in range(min(problem.rounds, places)):
        yield list(zip(stay, move[r:] + move[:r], strict=True))


def edge_greedy(problem: Problem, seed: int) -> IntArray:
    """Return round after round the best pair, then the best pair of the people left, and so on."""
    draft = Draft(problem)
    for r in range(problem.rounds):
        first, second = np.nonzero(np.triu(draft.possible(r), 1))
        order = np.argsort(-problem.weights[first, second], kind="stable")
        free = problem.present[:, r].tolist()
        pairs = []
        for i, j in zip(first[order].tolist(), second[order].tolist(), strict=True):
            if free[i] and free[j]:
                free[i] = free[j] = False
                pairs.append((i, j))
        draft.meet(r, pairs)
    return draft.seats()


def edge_greedy_in_bulk(problem: Problem, seed: int) -> IntArray:
    """Return what :func:`edge_greedy` returns, but sort once, and pass over pairs in bulk.

    Most pairs far down the list have lost somebody already; pairs that met leave the list.
    """
    draft = Draft(problem)
    first, second = np.nonzero(np.triu(draft.open, 1))
    order = np.argsort(-problem.weights[first, second], kind="stable")
    pairs = np.stack([first[order], second[order]], axis=1)
    for r in range(problem.rounds):
        free = problem.present[:, r].copy()
        taken: list[int] = []
        start, step = 0, problem.n
        while start < len(pairs):
            piece = pairs[start : start + step]
            places = np.flatnonzero(free[piece].all(axis=1))
            for place, (i, j) in zip(places.tolist(), piece[places].tolist(), strict=True):
                if free[i] and free[j]:
                    free[i] = free[j] = False
                    taken.append(start + place)
            start, step = start + step, 2 * step
        draft.meet(r, pairs[taken].tolist())
        pairs = np.delete(pairs, taken, axis=0)
    return draft.seats()


def networkx_greedy(problem: Problem, seed: int) -> IntArray:
    """Return round after round the heaviest among the largest matchings, by networkx."""
    draft = Draft(problem)
    for r in range(problem.rounds):
        first, second = np.nonzero(np.triu(draft.possible(r), 1))
        weights = problem.weights[first, second]
        graph = nx.Graph()
        graph.add_weighted_edges_from(zip(first.tolist(), second.tolist(), weights.tolist(), strict=True))
        draft.meet(r, nx.max_weight_matching(graph, maxcardinality=True))
    return draft.seats()


def exact_greedy(problem: Problem, seed: int) -> IntArray:
    """Return round after round the best one, by this package's own exact next round."""
    seats = np.zeros((0, problem.n), dtype=np.int64)
    for _ in range(problem.rounds):
        seats = next_round(problem, seats, stop=MaxRuntime(EXACT_ROUND_SECONDS), seed=seed).seats
    return seats


def cp_sat(problem: Problem, seed: int) -> IntArray:
    """Return the best evening that CP-SAT finds in its time, one thread, all rounds in one model.

    A variable for every pair and round, nothing cut away, no hint; must-meets first, then as many
    meetings as possible, then their weights.
    """
    model = cp_model.CpModel()
    chosen = _variables(model, problem)
    most = 2 * int(problem.weights.max(initial=0)) + 1
    bonus = dict.fromkeys(chosen, most)
    for first, second, by in problem.musts:
        i, j = min(first, second), max(first, second)
        for r in range(problem.rounds if by is None else by + 1):
            if (r, i, j) in chosen:
                bonus[r, i, j] += most * problem.n
    worth = [bonus[key] + int(problem.weights[key[1:]]) for key in chosen]
    model.maximize(cp_model.LinearExpr.weighted_sum(list(chosen.values()), worth))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = CP_SAT_SECONDS
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    draft = Draft(problem)
    if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for (r, i, j), variable in chosen.items():
            if solver.value(variable):
                draft.meet(r, [(i, j)])
    return draft.seats()


def _variables(model: cp_model.CpModel, problem: Problem) -> dict[tuple[int, int, int], cp_model.IntVar]:
    """Return a variable for each ``(round, i, j)``: one partner a round, and nobody twice."""
    draft = Draft(problem)
    chosen: dict[tuple[int, int, int], cp_model.IntVar] = {}
    for r in range(problem.rounds):
        of_person: list[list[cp_model.IntVar]] = [[] for _ in range(problem.n)]
        for i, j in np.argwhere(np.triu(draft.possible(r), 1)).tolist():
            variable = chosen[r, i, j] = model.new_bool_var("")
            of_person[i].append(variable)
            of_person[j].append(variable)
        for variables in of_person:
            model.add_at_most_one(variables)
    for i, j in np.argwhere(np.triu(draft.open, 1)).tolist():
        model.add_at_most_one(chosen[r, i, j] for r in range(problem.rounds) if (r, i, j) in chosen)
    return chosen


EXACT_GREEDY = Peer("exact greedy", exact_greedy, 2000)
EDGE_GREEDY = Peer("edge greedy", edge_greedy, 2000)
EDGE_GREEDY_IN_BULK = Peer("edge greedy, sorted once", edge_greedy_in_bulk, 2000)
NETWORKX = Peer("networkx greedy", networkx_greedy, 200, is_quick=False)
CP_SAT = Peer("CP-SAT", cp_sat, 40, is_quick=False)
CIRCLE = Peer("circle", circle, 2000)
RANDOM = Peer("random", random_rotation, 2000)
PEERS = (EXACT_GREEDY, EDGE_GREEDY, EDGE_GREEDY_IN_BULK, NETWORKX, CP_SAT, CIRCLE, RANDOM)
