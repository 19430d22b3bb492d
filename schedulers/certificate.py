"""The checker: whether everything that a plan states is true.

It shares nothing with a planner: it reads the tables of a plan file person by person and recomputes
every figure in its own way, with numpy and nothing else. What a completed search proved
(``search_bound``) cannot be checked without searching; it must only not contradict the plan. A stated
``bound`` with a certificate must be exactly what its prices prove (:mod:`schedulers.proof`), and the prices
must be tidy (:mod:`schedulers.tidiness`); without one, it is believed as far as counting proves it, and so
are ``floor_bound`` and ``repeats_bound`` (:mod:`schedulers.counting`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.counting import counting_bound, floor_bound, repeats_bound
from schedulers.files import NamedProblem, plan_content, prices_in
from schedulers.formats import PlanFile, UnmetEntry
from schedulers.plan_kind import FalseProof
from schedulers.problem import PAIR, IntArray, Problem
from schedulers.proof import prove
from schedulers.tidiness import untidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.formats import PricesEntry
    from schedulers.schedule import Plan

# A gap may be written with six decimals.
GAP_TOLERANCE = 1e-6

Rounds = list[list[list[int]]]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What checking a plan found: nothing, or the statements that are false, the first one first."""

    falsehoods: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Return whether everything stated is true."""
        return not self.falsehoods


def certify(problem: Problem, plan: Plan) -> Certificate:
    """Return what checking ``plan`` against ``problem`` finds; people are named by their index."""
    ids = tuple(str(person) for person in range(problem.n))
    return Certificate(tuple(check(NamedProblem(ids, problem), plan_content(plan, ids=ids, problem=problem))))


def check(named: NamedProblem, plan: PlanFile) -> list[str]:
    """Return the false statements of ``plan``, the first one first; empty if all of it is true.

    Later statements are looked at only where earlier ones leave them a meaning: a plan with somebody
    in two places has no value that could be right or wrong.
    """
    for stage in (_shape, _seating, _rules, _figures):
        falsehoods = list(stage(named, plan))
        if falsehoods:
            return falsehoods
    return []


def _shape(named: NamedProblem, plan: PlanFile) -> Iterator[str]:
    problem, known = named.problem, set(named.ids)
    if len(plan.rounds) != problem.rounds:
        yield f"the plan has {len(plan.rounds)} rounds, the problem {problem.rounds}"
    if len(plan.sitting_out) != len(plan.rounds):
        yield f"sitting_out has {len(plan.sitting_out)} rounds, the plan {len(plan.rounds)}"
    for r, tables in enumerate(plan.rounds):
        if len(tables) != len(problem.tables):
            yield f"round {r} has {len(tables)} tables, the problem {len(problem.tables)}"
        yield from (
            f"round {r}: {who!r} is no attendee" for table in tables for who in table if who not in known
        )
    for r, waiting in enumerate(plan.sitting_out):
        yield from (f"round {r}: {who!r} is no attendee" for who in waiting if who not in known)


def _seating(named: NamedProblem, plan: PlanFile) -> Iterator[str]:
    """Check that everybody who is there is in exactly one place, and nobody else anywhere."""
    for r, (tables, waiting) in enumerate(zip(plan.rounds, plan.sitting_out, strict=True)):
        places = Counter(who for table in tables for who in table)
        places.update(waiting)
        for who, present in zip(named.ids, named.problem.present[:, r].tolist(), strict=True):
            if places[who] > 1:
                yield f"round {r}: {who!r} is in {places[who]} places"
            elif places[who] and not present:
                yield f"round {r}: {who!r} is absent"
            elif present and not places[who]:
                yield f"round {r}: {who!r} is there but neither seated nor sitting out"


def _rules(named: NamedProblem, plan: PlanFile) -> Iterator[str]:
    rounds = _indexed(named, plan)
    for r, tables in enumerate(rounds):
        yield from _table_rules(named, tables, r)
        yield from _meeting_rules(named, tables, r)
    if named.problem.is_pairs:
        yield from _second_meetings(named, rounds)


def _indexed(named: NamedProblem, plan: PlanFile) -> Rounds:
    index = {who: person for person, who in enumerate(named.ids)}
    return [[[index[who] for who in table] for table in tables] for tables in plan.rounds]


def _table_rules(named: NamedProblem, tables: list[list[int]], r: int) -> Iterator[str]:
    problem = named.problem
    is_odd = int(problem.present[:, r].sum()) % 2 == 1
    trios = int(problem.odd == "trio" and is_odd)
    for t, (people, table) in enumerate(zip(tables, problem.tables, strict=True)):
        if table.seats == PAIR and len(people) == PAIR + 1 and trios:
            trios -= 1
        elif len(people) > table.seats:
            yield f"round {r}, table {t}: {len(people)} people at {table.seats} seats"
        elif people and len(people) < table.least:
            yield f"round {r}, table {t}: {len(people)} people, at least {table.least} are needed"
        for person in people:
            if problem.fixed[person] not in (-1, t):
                yield f"round {r}: {named.ids[person]!r} must sit at table {problem.fixed[person]}, not {t}"


def _meeting_rules(named: NamedProblem, tables: list[list[int]], r: int) -> Iterator[str]:
    problem, ids = named.problem, named.ids
    for i, j in _meetings(tables):
        if not problem.allowed[i, j]:
            yield f"round {r}: {ids[i]!r} and {ids[j]!r} must not meet (forbidden or kept apart)"
        if problem.sides.size and problem.sides[i] == problem.sides[j]:
            yield f"round {r}: {ids[i]!r} and {ids[j]!r} are of the same side"


def _meetings(tables: list[list[int]]) -> Iterator[tuple[int, int]]:
    for people in tables:
        yield from combinations(sorted(people), PAIR)


def _former(problem: Problem) -> set[tuple[int, int]]:
    return {(min(pair), max(pair)) for pair in problem.met}


def _second_meetings(named: NamedProblem, rounds: Rounds) -> Iterator[str]:
    met, ids = _former(named.problem), named.ids
    for r, tables in enumerate(rounds):
        for i, j in _meetings(tables):
            if (i, j) in met:
                yield f"round {r}: {ids[i]!r} and {ids[j]!r} have met before"
            met.add((i, j))


def _figures(named: NamedProblem, plan: PlanFile) -> Iterator[str]:
    problem = named.problem
    rounds = _indexed(named, plan)
    counts = Counter(pair for tables in rounds for pair in _meetings(tables))
    former = _former(problem)
    totals = [0] * problem.n
    for i, j in counts:
        totals[i] += int(problem.weights[i, j])
        totals[j] += int(problem.weights[i, j])
    value = sum(totals) // 2
    floor = min((totals[i] for i in range(problem.n) if problem.present[i].any()), default=0)
    repeats = sum(times - (pair not in former) for pair, times in counts.items())
    for name, stated, found in (
        ("value", plan.value, value),
        ("floor", plan.floor, floor),
        ("repeats", plan.repeats, repeats),
    ):
        if stated != found:
            yield f"{name} is {found}, not {stated}"
    yield from _wishes(named, plan, rounds)
    yield from _bounds(named, plan, rounds, meetings=len(counts))


def _wishes(named: NamedProblem, plan: PlanFile, rounds: Rounds) -> Iterator[str]:
    """Check that ``unmet`` lists exactly the must-meets that do not happen in time."""
    first_round: dict[tuple[int, int], int] = {}
    for r, tables in enumerate(rounds):
        for pair in _meetings(tables):
            first_round.setdefault(pair, r)
    missed: Counter[tuple[str, tuple[str, ...], int | None]] = Counter()
    for first, second, by in named.problem.musts:
        met_at = first_round.get((min(first, second), max(first, second)), len(rounds))
        if met_at > (len(rounds) - 1 if by is None else by):
            missed[_wish(UnmetEntry("must_meet", [named.ids[first], named.ids[second]], by))] += 1
    stated = Counter(_wish(entry) for entry in plan.unmet)
    for rule, who, by in missed - stated:
        yield f"unmet does not name the {rule} of {' and '.join(who)}{_deadline(by)}"
    for rule, who, by in stated - missed:
        yield f"unmet names the {rule} of {' and '.join(who)}{_deadline(by)}, which is not unmet"


def _wish(entry: UnmetEntry) -> tuple[str, tuple[str, ...], int | None]:
    return entry.rule, tuple(sorted(entry.who)), entry.by


def _deadline(by: int | None) -> str:
    return "" if by is None else f" by round {by}"


def _bounds(named: NamedProblem, plan: PlanFile, rounds: Rounds, *, meetings: int) -> Iterator[str]:
    problem = named.problem
    if plan.bound is not None and plan.bound < plan.value:
        yield f"bound {plan.bound} is below the value {plan.value}"
    if plan.certificate is not None:
        yield from _certificate(named, plan, plan.certificate, seats=_seats(problem, rounds))
    elif plan.bound is not None and plan.bound < (proven := counting_bound(problem, meetings)):
        yield f"bound {plan.bound} has no certificate, and counting proves only {proven}"
    if plan.search_bound is not None and plan.search_bound < plan.value:
        yield f"search_bound {plan.search_bound} is below the value {plan.value}"
    if plan.search_bound is not None and plan.bound is not None and plan.search_bound > plan.bound:
        yield f"search_bound {plan.search_bound} is above the bound {plan.bound}"
    if plan.floor_bound is not None and plan.floor_bound < max(plan.floor, floor_bound(problem)):
        yield f"floor_bound {plan.floor_bound} is not proven: counting gives {floor_bound(problem)}"
    if plan.repeats_bound is not None:
        fewest = repeats_bound(problem, [sum(map(len, tables)) for tables in rounds])
        if not 0 <= plan.repeats_bound <= fewest:
            yield f"repeats_bound {plan.repeats_bound} is not proven: counting gives {fewest}"
    yield from _gap(plan)


def _certificate(
    named: NamedProblem, plan: PlanFile, stated: PricesEntry, *, seats: IntArray
) -> Iterator[str]:
    if plan.bound is None:
        yield "a certificate is stated without a bound"
        return
    try:
        proof = prove(named.problem, seats, prices_in(stated, named.ids))
    except FalseProof as error:
        yield f"the certificate proves nothing: {error}"
        return
    if proof.bound != plan.bound:
        yield f"bound is {proof.bound} by its certificate, not {plan.bound}"
    elif (price := untidy(proof)) is not None:
        yield f"the certificate is not tidy: {price} could be lower and prove as much"


def _seats(problem: Problem, rounds: Rounds) -> IntArray:
    seats = np.full((len(rounds), problem.n), -1, dtype=np.int64)
    for r, tables in enumerate(rounds):
        for t, people in enumerate(tables):
            seats[r, people] = t
    return seats


def _gap(plan: PlanFile) -> Iterator[str]:
    if plan.bound is None:
        if plan.gap is not None:
            yield "gap is stated without a bound"
        return
    gap = (plan.bound - plan.value) / plan.bound if plan.bound else 0.0
    if plan.gap is None or not abs(plan.gap - gap) <= GAP_TOLERANCE:
        yield f"gap is {gap:.6f}, not {plan.gap}"
