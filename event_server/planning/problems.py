"""From a briefing to the solver's problem, and from its plan back to a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from event_server.domain.commands import PublishPlan
from event_server.domain.messages import AttendeeId, RoundPlan
from event_server.planning.briefing import Briefing, organisation_key
from schedulers.affinity import AffinityProfile, languages_allow, overlap_weights
from schedulers.problem import BoolArray, IntArray, MustMeet, Problem, Table
from schedulers.schedule import SITS_OUT, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.state import Pair

SIDES = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A problem with what is needed to read its answer.

    Attributes:
        ids: Index of the problem -> attendee.
        held: Rounds already called, shape ``(called rounds, n)``.
    """

    briefing: Briefing
    problem: Problem
    ids: tuple[AttendeeId, ...]
    held: IntArray


def task_of(briefing: Briefing) -> Task:
    """Return the solver's problem for ``briefing``."""
    ids = tuple(person.id for person in briefing.people)
    index = {person: i for i, person in enumerate(ids)}
    held, present, unseated = _held(briefing, index)
    met = {pair for pair in (*briefing.met, *unseated) if pair[0] in index and pair[1] in index}
    fixed = [person.table - 1 if person.table else SITS_OUT for person in briefing.people]
    problem = Problem(
        weights=overlap_weights(_affinity(briefing)),
        tables=_tables(briefing.tables),
        rounds=briefing.rounds,
        allowed=_allowed(briefing, index),
        present=present,
        sides=_sides(briefing),
        must_meet=_musts(briefing, index),
        met=[(index[one], index[other]) for one, other in sorted(met)],
        fixed=np.array([table if table < briefing.tables else SITS_OUT for table in fixed], dtype=np.int64),
        odd="trio" if briefing.odd == "trio" else "sit_out",
    )
    return Task(briefing=briefing, problem=problem, ids=ids, held=held)


def _tables(count: int) -> list[Table]:
    """Return tables of two in rows as in a room, so that neighbours are near."""
    columns = max(1, round(count**0.5))
    return [Table(2, x=float(i % columns), y=float(i // columns)) for i in range(count)]


def _affinity(briefing: Briefing) -> list[AffinityProfile]:
    return [
        AffinityProfile(
            interests=frozenset(person.interests),
            offers=frozenset(person.offers),
            needs=frozenset(person.needs),
            languages=frozenset(person.languages),
        )
        for person in briefing.people
    ]


def _held(briefing: Briefing, index: dict[AttendeeId, int]) -> tuple[IntArray, BoolArray, list[Pair]]:
    """Return held seats, presence for all rounds, and meetings at tables that the room no longer has."""
    n, called = len(index), len(briefing.held)
    held = np.full((called, n), SITS_OUT, dtype=np.int64)
    here = np.array([person.here for person in briefing.people], dtype=np.bool_)
    present = np.repeat(here[:, None], briefing.rounds, axis=1)
    present[:, :called] = False
    unseated: list[Pair] = []
    for r, round_ in enumerate(briefing.held):
        for table, seats in enumerate(round_.tables):
            people = [index[person] for person in seats if person in index]
            if len(people) < 2:  # noqa: PLR2004 - whoever was left alone met nobody
                continue
            if table < briefing.tables:
                held[r, people] = table
                present[people, r] = True
            else:
                unseated.append((seats[0], seats[1]))
        present[[index[person] for person in round_.sitting_out if person in index], r] = True
    return held, present, unseated


def _allowed(briefing: Briefing, index: dict[AttendeeId, int]) -> BoolArray:
    allowed = np.ones((len(index), len(index)), dtype=np.bool_)
    for one, other in briefing.never:
        if one in index and other in index:
            allowed[index[one], index[other]] = allowed[index[other], index[one]] = False
    if briefing.colleagues_apart:
        allowed &= _different([organisation_key(person.organisation) for person in briefing.people])
    if not len(_sides(briefing)):
        allowed &= _different([person.side or "" for person in briefing.people])
    allowed &= languages_allow(_affinity(briefing))
    return allowed


def _different(keys: Sequence[str]) -> BoolArray:
    """Return where two people do not share a key; nobody shares an empty one."""
    numbers = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    column = np.array([numbers[key] for key in keys], dtype=np.int64)
    said = np.array([bool(key) for key in keys], dtype=np.bool_)
    different: BoolArray = (column[:, None] != column[None, :]) | ~said[:, None] | ~said[None, :]
    return different


def _sides(briefing: Briefing) -> IntArray:
    """Return 0 and 1 if everybody has one of two sides, else nothing: a side then keeps its own apart."""
    names = sorted({person.side for person in briefing.people if person.side})
    if len(names) != SIDES or not all(person.side for person in briefing.people):
        return np.zeros(0, dtype=np.int64)
    return np.array([names.index(person.side or "") for person in briefing.people], dtype=np.int64)


def _musts(briefing: Briefing, index: dict[AttendeeId, int]) -> list[MustMeet]:
    return [
        MustMeet(index[one], index[other], by - 1 if by else None)
        for one, other, by in briefing.must
        if one in index and other in index
    ]


def publication(
    task: Task, plan: Plan, *, stage: Literal["first", "better", "final"] = "final"
) -> PublishPlan:
    """Return the command that puts the rounds to come of ``plan`` in force."""
    called = len(task.held)
    return PublishPlan(
        basis=task.briefing.basis,
        first_round=called + 1,
        rounds=tuple(_round_plan(task, r, plan.seats[r]) for r in range(called, len(plan.seats))),
        value=plan.value,
        bound=plan.bound,
        floor=plan.floor,
        unmet=len(plan.unmet),
        seed=plan.seed,
        stage=stage,
    )


def _round_plan(task: Task, number: int, row: IntArray) -> RoundPlan:
    tables: list[list[AttendeeId]] = [[] for _ in task.problem.tables]
    for person, table in enumerate(row):
        if table != SITS_OUT:
            tables[int(table)].append(task.ids[person])
    out = np.flatnonzero((row == SITS_OUT) & task.problem.present[:, number])
    return RoundPlan(
        tables=tuple(tuple(seats) for seats in tables), sitting_out=tuple(task.ids[i] for i in out)
    )
