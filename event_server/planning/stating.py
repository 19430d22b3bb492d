"""What is said of a plan: only what the checker can confirm, about the problem as it may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from event_server.domain.plan_figures import PriceProof
from schedulers.certificate import check
from schedulers.counting import floor_bound
from schedulers.files import NamedProblem, plan_content
from schedulers.proof import price_bound
from schedulers.schedule import Plan, Prices, plan_of
from schedulers.tidiness import tidied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.planning.problems import Task
    from schedulers.problem import Problem


def stated_plan(task: Task, plan: Plan, prices: Prices | None = None) -> Plan:
    """Return ``plan`` with figures that speak of ``task.stated``.

    The prices that proved the bound of the problem planned prove another bound, perhaps a little higher, of
    the one that is shown. What the checker would not confirm is not stated at all.

    Args:
        task: What was planned.
        plan: The solver's answer.
        prices: What proves a bound by profiles where answers moved the plan: its own certificate knows what
            was answered, and must not be told.
    """
    stated = plan_of(task.stated, plan.seats, seed=plan.seed, stages=plan.stages)
    proof = prices if task.is_taught else plan.certificate
    if proof is None:
        return stated
    prices = tidied(task.stated, plan.seats, proof)
    bound = price_bound(task.stated, plan.seats, prices)
    proven = replace(
        stated,
        certificate=prices,
        bound=bound,
        gap=(bound - stated.value) / bound if bound else 0.0,
        search_bound=_searched(task, plan, bound),
        floor_bound=floor_bound(task.stated),
    )
    return stated if falsehoods(task, proven) else proven


def _searched(task: Task, plan: Plan, bound: int) -> int | None:
    """Return what a search proved, if it searched among the same plans as the prices speak of."""
    if plan.search_bound is None or not _same_plans(task.problem, task.stated):
        return None
    return min(plan.search_bound, bound)


def _same_plans(one: Problem, other: Problem) -> bool:
    return one.tables == other.tables and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("allowed", "fixed", "sides", "weights")
    )


def falsehoods(task: Task, plan: Plan) -> list[str]:
    """Return what of ``plan`` the checker finds to be false."""
    named = NamedProblem(task.ids, task.stated)
    return check(named, plan_content(plan, ids=task.ids, problem=task.stated))


def proof_of(prices: Prices, ids: Sequence[AttendeeId]) -> PriceProof:
    """Return ``prices`` with people by their ids, to be recorded."""
    return PriceProof(
        scale=prices.scale,
        prices=dict(zip(ids, prices.prices, strict=True)),
        held=prices.held,
        bonus=prices.bonus,
        sit_out=prices.sit_out,
        often=prices.often,
        musts=tuple((ids[one], ids[other]) for one, other in prices.musts),
        odd_sets=tuple((tuple(ids[i] for i in people), price) for people, price in prices.odd_sets),
    )


def prices_of(proof: PriceProof, ids: Sequence[AttendeeId]) -> Prices:
    """Return what `proof_of` recorded.

    Raises:
        KeyError: If the proof does not know one of ``ids``, or knows others.
    """
    index = {person: i for i, person in enumerate(ids)}
    return Prices(
        scale=proof.scale,
        prices=tuple(proof.prices[person] for person in ids),
        held=proof.held,
        bonus=proof.bonus,
        sit_out=proof.sit_out,
        often=proof.often,
        musts=tuple((index[one], index[other]) for one, other in proof.musts),
        odd_sets=tuple((tuple(index[i] for i in people), price) for people, price in proof.odd_sets),
    )
