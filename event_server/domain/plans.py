"""What the planner intends for the rounds to come."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, assert_never

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain import tables
from event_server.domain.messages import Refused, RoundPlan
from event_server.domain.seating import PAIR, check_tables
from event_server.domain.state import LiveEvent, PlanInForce, pairs_of

if TYPE_CHECKING:
    from event_server.domain.facts import Fact, PlanFact
    from event_server.domain.messages import AttendeeId, Seating

MOST_PLANS = 3
"""Plans accepted for one basis: first, after two seconds, final. Each names everybody in the journal."""


def is_owed(state: LiveEvent) -> bool:
    """Tell whether the next round has no plan that was made for this basis."""
    plan = state.plan
    return plan is None or plan.basis < state.plan_basis or plan.round(state.next_number) is None


def decide(state: LiveEvent, command: c.PlanCommand, now: float) -> list[Fact]:
    """Return what ``command`` does to the plan or to the tables of the running round."""
    match command:
        case c.Replan(seed=seed):
            return [f.ReplanRequested(seed=seed)] if seed != state.plan_seed else []
        case c.PublishPlan():
            return _publish(state, command)
        case c.PatchRound(round=number, plan=plan):
            if number != state.next_number:
                raise Refused("no_such_round", round=number)
            check_tables(state, plan.tables)
            in_force = state.plan is not None and state.plan.round(number) == plan
            return [] if in_force else [f.RoundPatched(round=number, plan=plan)]
        case c.ChangeTable():
            return tables.decide(state, command, now)
    assert_never(command)


def _publish(state: LiveEvent, command: c.PublishPlan) -> list[Fact]:
    skipped = state.next_number - command.first_round
    rounds = command.rounds[skipped:] if skipped > 0 else command.rounds
    if skipped < 0 or not rounds or not _is_as_called(state, command):
        raise Refused("plan_outdated", basis=command.basis)
    plan = state.plan
    if command.basis > state.plan_basis:
        raise Refused("plan_ahead", basis=command.basis, known=state.plan_basis)
    if plan is not None:
        if command.basis < plan.basis:
            raise Refused("plan_outdated", basis=command.basis, in_force=plan.basis)
        if command.basis == plan.basis and (plan.published >= MOST_PLANS or not _is_better(state, command)):
            return []
    _check_rounds(state, rounds)
    return [
        f.PlanPublished(
            basis=command.basis,
            first_round=command.first_round + max(0, skipped),
            rounds=rounds,
            value=command.value,
            bound=command.bound,
            floor=command.floor,
            unmet=command.unmet,
            seed=command.seed,
            stage=command.stage,
            figures=command.figures,
            merit=command.merit,
            repeats=command.repeats,
            imbalance=command.imbalance,
        )
    ]


def _is_as_called(state: LiveEvent, command: c.PublishPlan) -> bool:
    """Tell whether the rounds called since ``command`` was briefed are those it planned.

    What comes after other rounds is worth something else than it says, and may repeat them.
    """
    called = state.rounds[max(0, command.first_round - 1) :]
    return all(
        _places(r.tables) == _places(planned.tables)
        for r, planned in zip(called, command.rounds, strict=False)
    )


def _places(tables: Seating) -> dict[int, frozenset[AttendeeId]]:
    return {number: frozenset(seats) for number, seats in enumerate(tables) if seats}


def _is_better(state: LiveEvent, command: c.PublishPlan) -> bool:
    plan = state.plan
    if plan is None or plan.round(state.next_number) is None:
        return True
    return quality(command, state.next_number) > quality(plan, state.next_number)


def quality(plan: c.PublishPlan | PlanInForce, first_round: int = 1) -> tuple[float, ...]:
    """Return what makes one plan better than another; of equal plans the one with the better proof.

    Args:
        plan: A plan of the basis of those it is compared with.
        first_round: The sit-outs of earlier rounds do not count any more.
    """
    to_come = plan.rounds[max(0, first_round - plan.first_round) :]
    sit_outs = Counter(person for planned in to_come for person in planned.sitting_out)
    ceiling = ceiling_of(plan)
    return (
        -plan.unmet,
        -sit_outs.total(),
        -plan.repeats,
        -max(sit_outs.values(), default=0),
        (plan.value if plan.merit is None else plan.merit) - plan.imbalance,
        -inf if ceiling is None else -ceiling,
    )


def ceiling_of(plan: c.PublishPlan | PlanInForce) -> int | None:
    """Return what no plan of the same kind exceeds, by prices or by search; none if nothing is proven."""
    searched = plan.figures.search_bound if plan.figures else None
    return min((bound for bound in (plan.bound, searched) if bound is not None), default=None)


def is_proven_best(plan: c.PublishPlan | PlanInForce) -> bool:
    """Tell whether it is proven that no plan of the same kind is worth more, or mixes tables better.

    What is proven speaks of profiles: where answers moved the plan, it says nothing of what was planned by.
    """
    return plan.merit is None and not plan.imbalance and ceiling_of(plan) == plan.value


def _check_rounds(state: LiveEvent, rounds: tuple[RoundPlan, ...]) -> None:
    """Check a solver's answer: the domain believes nobody.

    Raises:
        Refused: ``already_met`` if two people meet twice at tables of two, or a reason of `check_tables`.
    """
    if state.rules.seats > PAIR:
        for plan in rounds:
            check_tables(state, plan.tables)
        return
    planned = {p for seats in state.running.tables for p in pairs_of(seats)} if state.running else set()
    for plan in rounds:
        check_tables(state, plan.tables)
        for pair in (p for seats in plan.tables for p in pairs_of(seats)):
            if pair in planned:
                raise Refused("already_met", attendee=pair[0], other=pair[1])
            planned.add(pair)


def evolve(state: LiveEvent, fact: PlanFact) -> LiveEvent:
    """Return ``state`` after ``fact``."""
    match fact:
        case f.ReplanRequested(seed=seed):
            return replace(state, plan_seed=seed, plan_basis=state.plan_basis + 1)
        case f.PlanPublished():
            return replace(state, plan=_in_force(state.plan, fact))
        case f.RoundPatched(round=number, plan=plan):
            return replace(state, plan=_patched(state, number, plan))
        case f.TableChanged():
            return tables.evolve(state, fact)
    assert_never(fact)


def _in_force(before: PlanInForce | None, fact: f.PlanPublished) -> PlanInForce:
    same_basis = before is not None and before.basis == fact.basis
    return PlanInForce(
        basis=fact.basis,
        first_round=fact.first_round,
        rounds=fact.rounds,
        value=fact.value,
        bound=fact.bound,
        floor=fact.floor,
        unmet=fact.unmet,
        seed=fact.seed,
        stage=fact.stage,
        figures=fact.figures,
        merit=fact.merit,
        repeats=fact.repeats,
        imbalance=fact.imbalance,
        published=before.published + 1 if same_basis and before else 1,
    )


def _patched(state: LiveEvent, number: int, plan: RoundPlan) -> PlanInForce:
    before = state.plan
    if before is None or before.round(number) is None:
        # The basis of a plan that no solver made is lower than any: the first real plan replaces it.
        return PlanInForce(basis=-1, first_round=number, rounds=(plan,), patched=frozenset({number}))
    index = number - before.first_round
    rounds = (*before.rounds[:index], plan, *before.rounds[index + 1 :])
    return replace(before, rounds=rounds, patched=before.patched | {number})
