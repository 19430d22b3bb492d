"""What the real planner makes of rooms with tables of more than two, and what is said of it."""

from __future__ import annotations

import pytest
from unit.planning.made_plans import brief, people, published

from event_server.domain.state import pairs_of
from event_server.planning.briefing import Briefing, HeldRound
from event_server.planning.problems import task_of
from event_server.planning.stating import falsehoods, stated_plan
from schedulers.schedule import MaxIterations
from schedulers.solve import plan

GROUPS = (HeldRound(tables=(("a", "b", "c", "d"), ("e", "f", "g", "h"), ("i", "j", "k"))),)
ONE_LEFT_EARLY = (HeldRound(tables=(("a", "b"), ("e", "f", "g", "h"), ("i", "j", "k"), ("c",))),)


def group_brief(**changes: object) -> Briefing:
    return brief(people(11), **{"seats": 4, "tables": 4, **changes})


def test_everybody_sits_evenly_and_nobody_meets_anybody_twice_while_there_are_strangers() -> None:
    made = published(group_brief())
    for planned in made.rounds:
        assert planned.sitting_out == ()
        assert sorted(len(seats) for seats in planned.tables if seats) in ([3, 4, 4], [2, 3, 3, 3])
    pairs = [both for planned in made.rounds for seats in planned.tables for both in pairs_of(seats)]
    assert len(pairs) - len(set(pairs)) == made.repeats


def test_repeats_count_where_they_cannot_be_avoided() -> None:
    made = published(brief(people(4), seats=4, tables=1))
    assert made.repeats == 12
    assert made.figures is not None
    assert made.figures.worst_total <= made.figures.worst_bound


@pytest.mark.parametrize("held", [(), GROUPS, ONE_LEFT_EARLY])
@pytest.mark.parametrize("seats", [4, 3, 2])
def test_nothing_that_is_said_of_a_plan_is_false(seats: int, held: tuple[HeldRound, ...]) -> None:
    task = task_of(group_brief(seats=seats, tables=6, held=held, never=(("a", "b"),), must=(("c", "k", 3),)))
    found = plan(task.problem, held=task.held, stop=MaxIterations(5), seed=1)
    said = stated_plan(task, found)
    if not held or seats == 4:
        assert said.bound is not None
        assert falsehoods(task, said) == []
    together = (found.seats[len(task.held) :, 0] == found.seats[len(task.held) :, 1]) & (
        found.seats[len(task.held) :, 0] >= 0
    )
    assert not together.any(), "never is never, also after a round in which they met"
