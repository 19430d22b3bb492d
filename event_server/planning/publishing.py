"""From the solver's plan to the command that puts it in force, with what the screens say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from event_server.domain.commands import PublishPlan
from event_server.domain.messages import AttendeeId, RoundPlan
from event_server.domain.plan_figures import PlanFigures, UnmetWish
from event_server.planning.mixing import mixed
from event_server.planning.stating import proof_of, stated_plan
from schedulers.affinity import languages_allow
from schedulers.balance import imbalance
from schedulers.schedule import SITS_OUT, Plan, meeting_counts

if TYPE_CHECKING:
    from event_server.planning.problems import Task
    from schedulers.problem import IntArray, MustMeet
    from schedulers.schedule import Prices

Stage = Literal["first", "better", "final"]


def publication(
    task: Task, plan: Plan, *, stage: Stage = "final", prices: Prices | None = None
) -> PublishPlan:
    """Return the command that puts the rounds to come of ``plan`` in force.

    Args:
        task: What was planned.
        plan: The solver's answer.
        stage: How far the search has come.
        prices: See `stated_plan`.
    """
    called = len(task.held)
    said = stated_plan(task, plan, prices)
    return PublishPlan(
        basis=task.briefing.basis,
        first_round=called + 1,
        rounds=tuple(_round_plan(task, r, said.seats[r]) for r in range(called, len(said.seats))),
        value=said.value,
        bound=said.bound,
        floor=said.floor,
        unmet=len(said.unmet),
        seed=said.seed,
        stage=stage,
        merit=plan.value if task.is_taught else None,
        repeats=said.repeats,
        imbalance=round(imbalance(task.problem, plan.seats)),
        figures=_figures(task, said),
    )


def _round_plan(task: Task, number: int, row: IntArray) -> RoundPlan:
    tables: list[list[AttendeeId]] = [[] for _ in task.problem.tables]
    for person, table in enumerate(row.tolist()):
        if table != SITS_OUT:
            tables[table].append(task.ids[person])
    out = np.flatnonzero((row == SITS_OUT) & task.problem.present[:, number])
    return RoundPlan(
        tables=tuple(tuple(seats) for seats in tables), sitting_out=tuple(task.ids[i] for i in out)
    )


def _figures(task: Task, said: Plan) -> PlanFigures:
    worst, total = _worst(task, said)
    return PlanFigures(
        search_bound=said.search_bound,
        floor_bound=said.floor_bound,
        worst=task.ids[worst] if worst is not None else "",
        worst_total=total,
        worst_bound=0 if worst is None else most_possible(task, worst),
        wishes=tuple(_wish(task, must) for must in said.unmet),
        mixed=mixed(task, said.seats),
        level=worst is None,
        proof=None if said.certificate is None else proof_of(said.certificate, task.ids),
    )


def _worst(task: Task, said: Plan) -> tuple[int | None, int]:
    """Return who of those here gains least over the whole evening, and how much.

    Whoever fits everybody equally well, as people without a profile do, gains by no plan, and does not count.
    """
    met = meeting_counts(said.seats) > 0
    totals = np.where(met, task.stated.weights, 0).sum(axis=1, dtype=np.int64)
    counted = [i for i, person in enumerate(task.briefing.people) if person.here and _has_a_choice(task, i)]
    if not counted:
        return None, 0
    worst = min(counted, key=lambda i: (totals[i], i))
    return worst, int(totals[worst])


def _has_a_choice(task: Task, person: int) -> bool:
    """Tell whether it makes a difference whom somebody meets."""
    others = np.delete(task.stated.weights[person], person)
    return bool(others.size and np.ptp(others))


def most_possible(task: Task, person: int) -> int:
    """Return what ``person`` would gain if all rounds to come brought their best partners."""
    stated, called = task.stated, len(task.held)
    before = ((task.held == task.held[:, [person]]) & (task.held >= 0)).any(axis=0)
    before[person] = False
    to_come = stated.present[:, called:]
    partners = stated.may_meet()[person] & ~before
    if stated.is_pairs:
        partners &= ~stated.met_before()[person]
    partners &= (to_come & to_come[person]).any(axis=1)
    odd = (to_come.sum(axis=0) % 2 == 1) & (stated.odd == "trio")
    company = task.briefing.seats - 1
    most = int((to_come[person] * np.where(odd, company + 1, company)).sum())
    best = np.sort(stated.weights[person][partners])[::-1][:most]
    return int(stated.weights[person][before].sum()) + int(best.sum())


def _wish(task: Task, must: MustMeet) -> UnmetWish:
    return UnmetWish(
        one=task.ids[must.first],
        other=task.ids[must.second],
        by=0 if must.by is None else must.by + 1,
        why=_why(task, must),
    )


def _why(task: Task, must: MustMeet) -> str:
    """Return why a wish finds no place, as far as the rules tell; a private reason is none of them."""
    stated, both = task.stated, (must.first, must.second)
    one, other = (task.briefing.people[i] for i in both)
    if one.table and other.table and one.table != other.table:
        return "fixed_apart"
    if one.side is not None and one.side == other.side:
        return "same_side"
    if stated.is_pairs and stated.met_before()[both]:
        return "met_before"
    if not languages_allow([frozenset(task.briefing.people[i].languages) for i in both])[0, 1]:
        return "languages"
    if not stated.allowed[both]:
        return "apart"
    is_late = must.by is not None and must.by < len(task.held)
    return "too_late" if is_late else "no_place"
