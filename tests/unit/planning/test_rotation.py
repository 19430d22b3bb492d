"""Evenings by card: everybody moves in step, and keeps to it while people come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from builders import Evening, evening
from msgspec.structs import replace

from event_server.domain import commands as c
from event_server.domain.messages import guest
from event_server.domain.phases import Phase
from event_server.domain.rotation import rotation_of
from event_server.planning.briefing import Background, briefing
from event_server.planning.problems import least_at_table, task_of
from event_server.planning.publishing import publication
from schedulers.schedule import MaxIterations
from schedulers.solve import plan

if TYPE_CHECKING:
    from event_server.domain.messages import Seating

NOBODY = Background(profiles={})


def replan(made: Evening) -> list[Seating]:
    """Plan as the worker does, put it in force, and return the rounds to come."""
    job = briefing(made.state, NOBODY)
    assert job is not None
    task = task_of(job)
    found = plan(task.problem, held=task.held, stop=MaxIterations(2), seed=job.seed, initial=task.start)
    made.send(publication(task, found))
    assert made.state.plan is not None
    return [planned.tables for planned in made.state.plan.rounds]


def lobby(people: int = 19, **changes: object) -> Evening:
    return evening(people, **{"seats": 4, "tables": 6, "rounds": 4, "rotation": True, **changes})


def course(rounds: list[Seating], person: str) -> list[int]:
    return [
        next((number for number, seats in enumerate(seating, 1) if person in seats), 0) for seating in rounds
    ]


def test_people_move_in_step_if_the_rules_say_so() -> None:
    rotation = rotation_of(replan(lobby()))
    assert rotation is not None
    assert rotation.tables == (1, 2, 3, 4, 5)
    assert len(rotation.steps) == 4
    assert sum(not person for seats in rotation.seats for person in seats) == 1
    assert rotation_of(replan(lobby(rotation=False))) is None


def test_until_a_round_is_called_everything_may_change() -> None:
    made = lobby()
    before = replan(made)
    made.send(c.Leave(attendee="p003"))
    after = replan(made)
    assert rotation_of(after) is not None
    assert any(course(before, f"p0{i:02}") != course(after, f"p0{i:02}") for i in range(4, 20))


def test_afterwards_everybody_keeps_their_card_and_a_latecomer_takes_the_free_one() -> None:
    made = lobby(20)
    made.send(c.Rest(attendee="p020"), by=guest("p020"))
    before = replan(made)
    rotation = rotation_of(before)
    assert rotation is not None
    made.go_to(Phase.TALK)
    made.send(c.Return(attendee="p020"), by=guest("p020"))
    made.send(c.Leave(attendee="p003"))
    after = replan(made)
    for person in (f"p0{i:02}" for i in range(1, 20)):
        assert course(after, person) == ([0, 0, 0] if person == "p003" else course(before, person)[1:])
    free = [
        rotation.route(table, seat)
        for table, seats in enumerate(rotation.seats)
        for seat, person in enumerate(seats)
        if person in {"", "p003"}
    ]
    assert tuple(course(after, "p020")) in {route[1:] for route in free}


def test_no_course_is_left_because_others_went_home() -> None:
    """Two at a table are few, but have their cards."""
    made = lobby()
    before = replan(made)
    made.go_to(Phase.TALK)
    for person in before[1][0][:2] + before[1][1][:2] + before[1][2][:1]:
        made.send(c.Leave(attendee=person))
    after = replan(made)
    assert {len(seats) for seats in after[0] if seats} >= {2, 4}
    assert all(course(after, p) == course(before, p)[1:] for seats in after[0] for p in seats)


def test_a_plan_that_is_no_rotation_is_no_card_to_keep() -> None:
    made = lobby(rotation=False)
    replan(made)
    made.go_to(Phase.TALK)
    job = briefing(made.state, NOBODY)
    assert job is not None
    assert (job.rotation, job.course) == (False, ())
    assert task_of(job).start is None


def test_in_pairs_the_rule_means_nothing() -> None:
    made = lobby(18, seats=2, tables=9)
    replan(made)
    made.go_to(Phase.TALK)
    job = briefing(made.state, NOBODY)
    assert job is not None
    assert (job.rotation, job.course) == (False, ())


def test_the_cards_know_no_table_that_the_room_has_no_longer() -> None:
    made = lobby()
    replan(made)
    made.go_to(Phase.TALK)
    job = briefing(made.state, NOBODY)
    assert job is not None
    fewer = task_of(replace(job, tables=4))
    assert fewer.course.shape == (3, 19)
    assert fewer.course.max() == 3
    assert (np.sort(fewer.course)[:, 0] == -1).all()
    assert least_at_table(job) == 2
