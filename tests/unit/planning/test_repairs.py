"""Repairs: nobody waits for the solver, nobody moves who need not."""

from __future__ import annotations

import pytest
from rooms import Evening, InlineSolver, evening

from event_server.domain import commands as c
from event_server.domain.messages import PLANNER, Rules, guest
from event_server.domain.profile import Profile
from event_server.planning.briefing import Background
from event_server.planning.repairs import fixes, patch

NAMES = ("Ada", "Bo", "Cleo", "Dario", "Elio")
BACKGROUND = Background(profiles={name.lower(): Profile(name=name) for name in NAMES})


@pytest.fixture
async def running():
    found = await evening(*NAMES, rules=Rules(rounds=4, tables=3))
    yield found
    await found.room.stop()


async def planned(running: Evening) -> None:
    from event_server.planning.briefing import briefing

    async def publish(plan: c.PublishPlan) -> None:
        await running.do(plan, actor=PLANNER)

    await InlineSolver().solve(briefing(running.room.state, BACKGROUND), publish)


async def test_a_plan_that_fits_is_left_alone(running: Evening) -> None:
    await planned(running)
    assert patch(running.room.state, BACKGROUND) is None


async def test_two_who_lost_their_partner_are_joined_and_nobody_else_moves(running: Evening) -> None:
    await planned(running)
    before = running.room.state.plan.round(1)
    first, second = [seats for seats in before.tables if seats]
    resting = before.sitting_out[0]
    await running.do(c.Leave(attendee=first[0]))
    after = patch(running.room.state, BACKGROUND)
    assert second in after.tables
    assert {frozenset(seats) for seats in after.tables if seats} == {
        frozenset(second),
        frozenset({first[1], resting}),
    }
    assert after.sitting_out == ()


async def test_a_patch_never_joins_people_who_met(running: Evening) -> None:
    for _ in range(4):
        await running.do(c.CallToTables())
        await running.do(c.StartRound())
        running.clock.at += 300
        await running.do(c.EndRound())
    met = [pair for held in running.room.state.rounds for pair in held.meetings]
    assert len(met) == len(set(met)) == 8


async def test_a_missing_partner_is_replaced_by_whoever_sits_out(running: Evening) -> None:
    await running.do(c.CallToTables())
    current = running.room.state.round
    table, seats = next((i, seats) for i, seats in enumerate(current.tables, 1) if seats)
    (resting,) = current.sitting_out
    await running.do(c.ReportMissing(attendee=seats[0], about=seats[1], round=1), actor=guest(seats[0]))
    found = fixes(running.room.state, BACKGROUND)
    assert found[table].tables == ((table, (seats[0], resting)),)
    assert found[table].moved == (resting,)
    await running.do(c.ChangeTable(round=1, tables=found[table].tables))
    assert set(running.room.state.round.tables[table - 1]) == {seats[0], resting}
    assert running.room.state.round.sitting_out == {seats[1]}


async def test_two_orphans_are_joined_when_nobody_waits(running: Evening) -> None:
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    current = running.room.state.round
    (resting,) = current.sitting_out
    await running.do(c.SetStandby(attendee=resting, on=False))
    tables = [(i, seats) for i, seats in enumerate(current.tables, 1) if seats]
    for _, seats in tables:
        await running.do(c.Leave(attendee=seats[1]))
    found = fixes(running.room.state, BACKGROUND)
    (one, first), (two, second) = tables
    assert found == {one: found[one]}
    assert found[one].tables == ((one, (first[0], second[0])), (two, ()))


async def test_who_does_not_want_to_be_called_is_not_proposed(running: Evening) -> None:
    await running.do(c.CallToTables())
    current = running.room.state.round
    (resting,) = current.sitting_out
    await running.do(c.SetStandby(attendee=resting, on=False))
    seats = next(seats for seats in current.tables if seats)
    await running.do(c.Leave(attendee=seats[1]))
    assert fixes(running.room.state, BACKGROUND) == {}
