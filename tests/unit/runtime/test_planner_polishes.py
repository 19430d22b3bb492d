"""Polishing: while nothing changes the plan in force gets better, a few times, and never in anybody's way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest
from rooms import Evening, InlineSolver, ManualClock, MemoryLibrary, evening, opened_room
from unpacked import unpacked

from event_server.domain import commands as c
from event_server.domain.messages import Refused, Rules
from event_server.domain.plan_figures import PlanFigures
from event_server.runtime import planner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

NAMES = ("Ada", "Bo", "Cleo", "Dario", "Elio", "Fay", "Gaia", "Hugo")
RULES = Rules(rounds=3, tables=4)


class Polisher(InlineSolver):
    """Plans for real; what polishing finds is worth what the test says, and may take for ever."""

    def __init__(self, *finds: int, waits: bool = False) -> None:
        super().__init__(seconds=0.2)
        self._finds = iter(finds)
        self._waits = waits
        self.is_polishing = False
        self.warmed = 0

    async def solve(self, briefing: object, publish: Callable[[c.PublishPlan], object]) -> bool:
        async def publish_scripted(command: c.PublishPlan) -> None:
            self.told = msgspec.structs.replace(command, value=100, bound=120, figures=PlanFigures())
            await publish(self.told)

        return await super().solve(briefing, publish_scripted)

    async def polish(self, briefing: object, seconds: float) -> c.PublishPlan | None:
        self.polished.append(seconds)
        self.is_polishing = True
        try:
            await asyncio.sleep(3600 if self._waits else 0)
        finally:
            self.is_polishing = False
        return msgspec.structs.replace(self.told, value=next(self._finds), stage="final")

    async def warm(self) -> None:
        self.warmed += 1


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "CALM_SECONDS", 0.02)
    monkeypatch.setattr(planner, "QUIET_SECONDS", 0.02)


@pytest.fixture
async def rooms() -> AsyncIterator[Callable]:
    made: list[Evening] = []

    async def make(solver: object) -> Evening:
        made.append(await evening(*NAMES, solver=solver, rules=RULES))
        return made[-1]

    yield make
    for running in made:
        await running.room.stop()


def rests(running: Evening) -> bool:
    return running.room.state.plan is not None and running.room.planning.doing == "resting"


async def test_what_polishing_finds_is_published_once_at_the_end(rooms: Callable) -> None:
    solver = Polisher(105, 110)
    running = await rooms(solver)
    await until(lambda: len(solver.polished) == 2 and rests(running))
    plan = running.room.state.plan
    assert (plan.value, plan.stage, plan.published) == (110, "final", 2)
    assert solver.polished == list(planner.POLISH_SLICES)


async def test_a_slice_that_gains_nothing_is_the_last(rooms: Callable) -> None:
    solver = Polisher(100, 110)
    running = await rooms(solver)
    await until(lambda: solver.polished and rests(running))
    assert solver.polished == [planner.POLISH_SLICES[0]]
    assert running.room.state.plan.published == 1


async def test_a_plan_that_is_proven_best_is_not_polished(rooms: Callable) -> None:
    solver = Polisher(120)
    running = await rooms(solver)
    await until(lambda: solver.polished and rests(running))
    assert solver.polished == [planner.POLISH_SLICES[0]], "the second slice had nothing left to do"
    silent = InlineSolver()
    running = await rooms(silent)
    await until(lambda: rests(running))
    assert silent.polished == [], "nobody has a profile: every meeting counts the same"


async def test_what_clashes_is_known_once_the_plan_has_held_for_a_moment(rooms: Callable) -> None:
    running = await rooms(InlineSolver())
    for other in ("bo", "cleo"):
        await running.do(c.SetPairRule(attendee="ada", other=other, rule="must", by=1))
    await until(lambda: running.room.planning.insight is not None)
    (conflict,) = running.room.planning.insight.conflicts
    assert {rule.kind for rule in conflict.rules} == {"must", "one_meeting"}
    await running.do(c.SetPairRule(attendee="ada", other="bo", rule="none"))
    assert running.room.planning.insight is None, "what was said is of an evening that is no more"
    await until(lambda: running.room.planning.insight is not None)
    assert running.room.planning.insight.conflicts == ()


async def test_where_no_plan_can_be_made_it_is_said_why(rooms: Callable) -> None:
    running = await rooms(InlineSolver())
    for person in ("ada", "bo", "cleo"):
        await running.do(c.ArrangeAttendee(attendee=person, table=2))
    await until(lambda: running.room.planning.insight is not None)
    (conflict,) = running.room.planning.insight.conflicts
    assert {rule.kind for rule in conflict.rules} == {"fixed_table", "table_seats"}


async def test_a_change_ends_polishing_and_is_planned_with_a_warm_solver(rooms: Callable) -> None:
    solver = Polisher(waits=True)
    running = await rooms(solver)
    await until(lambda: solver.is_polishing)
    await running.do(c.Leave(attendee="hugo"))
    await until(lambda: running.room.state.plan.basis == running.room.state.plan_basis)
    assert len(solver.jobs) == 2
    assert solver.warmed >= 1
    assert "hugo" not in {p for r in running.room.state.plan.rounds for seats in r.tables for p in seats}


async def test_answers_and_arrivals_at_tables_leave_polishing_alone(rooms: Callable) -> None:
    solver = Polisher(waits=True)
    running = await rooms(solver)
    await until(lambda: running.room.state.plan is not None)
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    await until(lambda: solver.is_polishing and len(running.room.state.rounds) == 1)
    jobs = len(solver.jobs)
    await running.do(c.ArriveAtTable(attendee="ada", round=1), actor="guest:ada")
    await asyncio.sleep(0.1)
    assert solver.is_polishing
    assert len(solver.jobs) == jobs


async def test_a_call_ends_polishing_and_the_plan_in_force_stands(rooms: Callable) -> None:
    solver = Polisher(waits=True)
    running = await rooms(solver)
    await until(lambda: solver.is_polishing)
    planned = running.room.state.plan
    await running.do(c.CallToTables())
    await until(lambda: rests(running))
    assert not solver.is_polishing
    assert running.room.state.plan is planned
    assert len(solver.jobs) == 1, "what was planned for the rounds to come still holds"


async def test_the_called_round_is_frozen_whatever_is_published_later(rooms: Callable) -> None:
    solver = Polisher(waits=True)
    running = await rooms(solver)
    await until(lambda: solver.is_polishing)
    await running.do(c.CallToTables())
    seated = running.room.state.round.tables
    same = msgspec.structs.replace(solver.told, value=115)
    assert await running.room.planning.publish(same)
    assert running.room.state.round.tables == seated
    assert running.room.state.plan.first_round == 2
    first, *rest = same.rounds
    turned = msgspec.structs.replace(first, tables=first.tables[::-1])
    other = msgspec.structs.replace(same, value=119, rounds=(turned, *rest))
    assert not await running.room.planning.publish(other), "it was made for another first round"
    assert running.room.state.plan.value == 115


async def test_the_proof_is_of_the_plan_in_force_and_survives_a_restart(
    rooms: Callable, tmp_path: Path
) -> None:
    solver = InlineSolver()
    running = await rooms(solver)
    await until(lambda: rests(running) and running.room.planning.has_proof)
    archive = await running.room.planning.proof("Leggimi")
    assert unpacked(archive, tmp_path).verify()[0] == 0
    again = InlineSolver()
    room = await opened_room(running.journal, MemoryLibrary(running.journal), ManualClock(), again)
    await asyncio.sleep(0.1)
    assert again.jobs == [], "the plan in the journal still holds"
    assert await room.planning.proof("Leggimi") == archive
    await room.stop()


async def test_a_plan_that_was_mended_in_haste_has_no_proof(rooms: Callable) -> None:
    running = await rooms(InlineSolver())
    await until(lambda: rests(running))
    first = running.room.state.plan.rounds[0]
    mended = msgspec.structs.replace(first, tables=first.tables[::-1])
    await running.do(c.PatchRound(round=1, plan=mended), actor="planner")
    assert not running.room.planning.has_proof
    with pytest.raises(Refused, match="no_proof"):
        await running.room.planning.proof("Leggimi")
