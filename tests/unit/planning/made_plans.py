"""Briefings of small rooms, and what the real planner makes of them."""

from __future__ import annotations

from typing import Any

from event_server.domain.commands import PublishPlan
from event_server.planning.briefing import Briefing, HeldRound, Planned
from event_server.planning.problems import task_of
from event_server.planning.publishing import publication
from schedulers.schedule import MaxIterations
from schedulers.solve import plan

TAGS = ("energia", "scuola", "orti", "musica", "design", "cucina")


def people(count: int, **changes: dict[str, Any]) -> tuple[Planned, ...]:
    """Return people a, b, c … with profiles of their own; ``changes`` holds fields of some of them."""
    ids = "abcdefghijklmnopqrstuvwxyz"[:count]
    return tuple(
        Planned(
            **{
                "id": person,
                "here": True,
                "interests": dict.fromkeys((TAGS[i % 6], TAGS[(i * i + 1) % 6]), 2),
                "offers": (TAGS[(i + 2) % 6],),
                "needs": (TAGS[(2 * i + 3) % 6],),
                **changes.get(person, {}),
            }
        )
        for i, person in enumerate(ids)
    )


def brief(room: tuple[Planned, ...], **changes: Any) -> Briefing:
    """Return a briefing of three rounds at enough tables."""
    usual = {"event": "e", "basis": 4, "seed": 1, "rounds": 3, "tables": len(room) // 2, "odd": "sit_out"}
    return Briefing(**{**usual, "colleagues_apart": True, "people": room, **changes})


def published(briefing: Briefing) -> PublishPlan:
    """Return what the planner publishes for ``briefing``, the same every time."""
    task = task_of(briefing)
    return publication(task, plan(task.problem, held=task.held, stop=MaxIterations(5), seed=briefing.seed))


def held(*rounds: tuple[str, ...], out: str = "") -> tuple[HeldRound, ...]:
    """Return rounds that were held, each as a tuple of pairs as "ab"."""
    return tuple(
        HeldRound(tables=tuple(tuple(pair) for pair in pairs), sitting_out=tuple(out)) for pairs in rounds
    )


def pairs_of(command: PublishPlan) -> set[frozenset[str]]:
    """Return who meets whom."""
    return {frozenset(seats) for planned in command.rounds for seats in planned.tables if seats}
