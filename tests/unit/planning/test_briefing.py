"""From the evening to the solver's problem and back: one test for each thing the solver must know."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from rooms import Evening, evening

from event_server.domain import commands as c
from event_server.domain.messages import Rules
from event_server.domain.profile import Profile
from event_server.domain.state import Attendee, LiveEvent, pairs_of
from event_server.planning.briefing import Background, Briefing, briefing, may_meet
from event_server.planning.problems import task_of
from event_server.planning.publishing import publication
from schedulers.schedule import MaxRuntime
from schedulers.solve import plan

NAMES = ("Ada", "Bo", "Cleo", "Dario", "Elio", "Fay")


def profiles(**organisations: str) -> dict[str, Profile]:
    return {name.lower(): Profile(name=name, organisation=organisations.get(name, "")) for name in NAMES}


def brief(running: Evening, **organisations: str) -> Briefing:
    found = briefing(running.room.state, Background(profiles(**organisations)))
    assert found is not None
    return found


def pairs_planned(running: Evening, job: Briefing) -> list[set[tuple[str, str]]]:
    task = task_of(job)
    command = publication(task, plan(task.problem, held=task.held, stop=MaxRuntime(2.0)))
    return [{pair for seats in r.tables for pair in pairs_of(seats)} for r in command.rounds]


@pytest.fixture
async def running():
    found = await evening(*NAMES, rules=Rules(rounds=3, tables=3))
    yield found
    await found.room.stop()


async def test_only_who_is_present_is_planned(running: Evening) -> None:
    await running.do(c.Leave(attendee="fay"))
    await running.do(c.Rest(attendee="elio"))
    planned = {person for r in pairs_planned(running, brief(running)) for pair in r for person in pair}
    assert planned == {"ada", "bo", "cleo", "dario"}


async def test_before_the_doors_open_everybody_on_the_list_is_planned() -> None:
    draft = await evening()
    fresh = await evening()
    await fresh.room.stop()
    await draft.people("Gaia", "Hugo")
    assert briefing(draft.room.state, Background({})) is None
    await draft.room.stop()


async def test_a_held_round_is_known_and_never_repeated(running: Evening) -> None:
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    held = {pair for seats in running.room.state.round.tables for pair in pairs_of(seats)}
    later = pairs_planned(running, brief(running))
    assert len(later) == 2
    assert not held & set.union(*later)


async def test_people_moved_during_the_talk_have_met_and_are_not_planned_together(running: Evening) -> None:
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    first, second = running.room.state.round.tables[0], running.room.state.round.tables[1]
    running.clock.at += 120
    await running.do(c.ChangeTable(round=1, tables=((1, (first[0], second[0])), (2, (first[1], second[1])))))
    running.clock.at += 120
    await running.do(c.EndRound())
    met = {(a, b) for a, others in running.room.state.met.items() for b in others if a < b}
    assert len(met) == 5
    assert not met & set.union(*pairs_planned(running, brief(running)))


async def test_colleagues_are_kept_apart_only_if_the_rules_say_so(running: Evening) -> None:
    together = {"Ada": "Officina Finta", "Bo": " officina  FINTA "}
    apart = pairs_planned(running, brief(running, **together))
    assert ("ada", "bo") not in set.union(*apart)
    task = task_of(brief(running, **together))
    a, b = task.ids.index("ada"), task.ids.index("bo")
    assert not task.problem.allowed[a, b]
    await running.do(c.ChangeRules(rules=Rules(rounds=3, tables=3, colleagues_apart=False)))
    assert task_of(brief(running, **together)).problem.allowed[a, b]


async def test_must_and_never_reach_the_solver(running: Evening) -> None:
    await running.do(c.SetPairRule(attendee="ada", other="bo", rule="must", by=1))
    await running.do(c.SetPairRule(attendee="cleo", other="dario", rule="never"))
    planned = pairs_planned(running, brief(running))
    assert ("ada", "bo") in planned[0]
    assert ("cleo", "dario") not in set.union(*planned)


async def test_two_sides_only_meet_each_other(running: Evening) -> None:
    for name in NAMES[:3]:
        await running.do(c.ArrangeAttendee(attendee=name.lower(), side="offers"))
    for name in NAMES[3:]:
        await running.do(c.ArrangeAttendee(attendee=name.lower(), side="looks"))
    task = task_of(brief(running))
    assert sorted(task.problem.sides.tolist()) == [0, 0, 0, 1, 1, 1]
    for r in pairs_planned(running, brief(running)):
        assert all((a in {"ada", "bo", "cleo"}) != (b in {"ada", "bo", "cleo"}) for a, b in r)


async def test_a_side_that_only_some_have_keeps_its_own_apart(running: Evening) -> None:
    await running.do(c.ArrangeAttendee(attendee="ada", side="host"))
    await running.do(c.ArrangeAttendee(attendee="bo", side="host"))
    task = task_of(brief(running))
    assert task.problem.sides.size == 0
    assert not task.problem.allowed[task.ids.index("ada"), task.ids.index("bo")]
    assert ("ada", "bo") not in set.union(*pairs_planned(running, brief(running)))


async def test_a_fixed_table_is_kept_in_every_round(running: Evening) -> None:
    await running.do(c.ArrangeAttendee(attendee="cleo", table=2))
    task = task_of(brief(running))
    command = publication(task, plan(task.problem, held=task.held, stop=MaxRuntime(2.0)))
    assert all("cleo" in r.tables[1] for r in command.rounds)


async def test_pairs_of_former_evenings_are_not_planned(running: Evening) -> None:
    job = briefing(running.room.state, Background({}, frozenset({("ada", "bo"), ("ada", "cleo")})))
    assert not {("ada", "bo"), ("ada", "cleo")} & set.union(*pairs_planned(running, job))


async def test_nothing_is_planned_when_no_round_is_left(running: Evening) -> None:
    for _ in range(3):
        await running.do(c.CallToTables())
        await running.do(c.StartRound())
        await running.do(c.EndRound())
    assert briefing(running.room.state, Background({})) is None


async def test_a_room_with_fewer_tables_than_before_is_planned(running: Evening) -> None:
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    await running.do(c.EndRound())
    await running.do(c.ChangeRules(rules=Rules(rounds=3, tables=1)))
    task = task_of(brief(running))
    assert len(task.problem.tables) == 1
    assert np.all(task.held < 1)
    later = pairs_planned(running, brief(running))
    met = {(a, b) for a, others in running.room.state.met.items() for b in others if a < b}
    assert [len(r) for r in later] == [1, 1]
    assert not met & set.union(*later)


TWO = LiveEvent(id="e", roster={"a": Attendee("a", 1), "b": Attendee("b", 2)})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"organisation": "X"}, {"organisation": " x"}),
        ({"languages": ("it",)}, {"languages": ("en", "fr")}),
        ({"avoids": ("B Prova",)}, {}),
        ({}, {"avoids": ("a@example.org",)}),
    ],
)
def test_a_repair_joins_no_two_whom_the_planner_would_keep_apart(
    one: dict[str, object], other: dict[str, object]
) -> None:
    plain = {name: Profile(name=f"{name.upper()} Prova", email=f"{name}@example.org") for name in "ab"}
    apart = {
        "a": msgspec.structs.replace(plain["a"], **one),
        "b": msgspec.structs.replace(plain["b"], **other),
    }
    assert not may_meet(TWO, Background(apart), ("a", "b"))
    assert may_meet(TWO, Background(plain), ("a", "b"))
    assert may_meet(TWO, Background({}), ("a", "b"))
    assert not may_meet(TWO, Background({}, {("a", "b")}), ("a", "b"))
