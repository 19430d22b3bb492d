"""The planner: waits for quiet, plans the newest, and survives the death of its worker."""

from __future__ import annotations

import asyncio

import pytest
from rooms import InlineSolver, evening

from event_server.domain import commands as c
from event_server.domain.messages import PLANNER, Rules
from event_server.runtime import planner
from event_server.storage.errors import StorageFailed
from event_server.storage.journal import MemoryJournal

NAMES = ("Ada", "Bo", "Cleo", "Dario", "Elio", "Fay", "Gaia", "Hugo")


async def until(condition: object, seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0.02)


async def test_many_changes_make_one_plan_for_who_is_present() -> None:
    solver = InlineSolver()
    running = await evening(*NAMES, solver=solver, rules=Rules(rounds=3, tables=4))
    await until(lambda: running.room.state.plan is not None)
    assert [len([p for p in job.people if p.here]) for job in solver.jobs] == [8]
    plan = running.room.state.plan
    assert plan.basis == running.room.state.plan_basis
    assert [len(planned.tables) for planned in plan.rounds] == [4, 4, 4]
    await running.room.stop()


async def test_later_rounds_are_planned_again_while_a_round_runs() -> None:
    running = await evening(*NAMES, solver=InlineSolver(), rules=Rules(rounds=3, tables=4))
    await until(lambda: running.room.state.plan is not None)
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    await running.do(c.Leave(attendee="hugo"))
    state = lambda: running.room.state  # noqa: E731
    await until(lambda: state().plan.basis == state().plan_basis and state().plan.first_round == 2)
    planned = {p for r in state().plan.rounds for seats in r.tables for p in seats}
    assert "hugo" not in planned
    await running.room.stop()


class StumblingSolver(InlineSolver):
    """Fails at its first job in a way that nobody has foreseen."""

    async def solve(self, job: object, publish: object) -> bool:
        if not self.jobs:
            self.jobs.append(job)
            raise OverflowError("a number that does not travel")
        return await super().solve(job, publish)


async def test_the_planner_outlives_a_fault_and_plans_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "RETRY_SECONDS", 0.05)
    running = await evening(*NAMES, solver=StumblingSolver(), rules=Rules(rounds=3, tables=4))
    await until(lambda: running.room.state.plan is not None)
    await running.room.stop()


class FailingSolver(InlineSolver):
    """A worker that dies of this evening, whenever it is asked."""

    async def solve(self, job: object, publish: object) -> bool:
        self.jobs.append(job)
        return False


async def test_what_fails_every_time_is_tried_less_and_less_whatever_happens_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planner, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(planner, "QUIET_SECONDS", 0.001)
    solver = FailingSolver()
    running = await evening(*NAMES, solver=solver, rules=Rules(rounds=3, tables=4))
    await until(lambda: len(solver.jobs) >= 3)
    assert running.room.planning._planner._failures >= 3
    asked = len(solver.jobs)
    for _ in range(5):
        running.room.planning.look()
        await asyncio.sleep(0.005)
    assert len(solver.jobs) <= asked + 1
    await running.do(c.Leave(attendee="hugo"))
    basis = running.room.state.plan_basis
    await until(lambda: solver.jobs[-1].basis == basis)
    await running.room.stop()


class FullOnce(MemoryJournal):
    """A journal with no room for the first plan."""

    is_full = True

    async def append(self, event: str, after: int, drafts: object, **rest: object) -> object:
        if self.is_full and any(draft.actor == PLANNER for draft in drafts):
            self.is_full = False
            raise StorageFailed("full")
        return await super().append(event, after, drafts, **rest)


async def test_a_plan_that_could_not_be_stored_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "RETRY_SECONDS", 0.05)
    running = await evening(
        *NAMES, solver=InlineSolver(), rules=Rules(rounds=3, tables=4), journal=FullOnce()
    )
    await until(lambda: running.room.state.plan is not None)
    await running.room.stop()
