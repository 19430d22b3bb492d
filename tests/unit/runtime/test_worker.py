"""The worker process: plans, polishes, proves; gives way to what is urgent, and may die."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import pytest
from unit.planning.made_plans import brief, people
from unpacked import unpacked

from event_server.runtime.solver import WorkerSolver

if TYPE_CHECKING:
    from pathlib import Path

    from event_server.domain.commands import PublishPlan

ROOM = brief(people(8))
OTHER = brief(people(6), event="other")


@pytest.fixture
async def worker():
    solver = WorkerSolver(seconds=0.5)
    yield solver
    await solver.close()


async def planned(worker: WorkerSolver, job: object = ROOM) -> list[PublishPlan]:
    plans: list[PublishPlan] = []

    async def publish(plan: PublishPlan) -> None:
        plans.append(plan)

    assert await worker.solve(job, publish)
    return plans


async def frozen(worker: WorkerSolver) -> asyncio.Task[PublishPlan | None]:
    """Return a polishing that will never end by itself."""
    await worker.warm()
    os.kill(worker._process.pid, signal.SIGSTOP)
    polishing = asyncio.create_task(worker.polish(ROOM, 20.0))
    for _ in range(20):  # until the job is in the pipe
        await asyncio.sleep(0)
    assert worker._patient is not None
    return polishing


async def test_the_process_plans_and_is_restarted_when_it_dies(worker: WorkerSolver) -> None:
    plans = await planned(worker)
    assert plans[0].stage == "first"
    assert plans[-1].value >= plans[0].value
    assert len(plans[-1].rounds) == 3
    os.kill(worker._process.pid, signal.SIGKILL)
    await worker._process.wait()
    assert await planned(worker)


async def test_polishing_goes_on_from_the_plan_found_last_and_proofs_are_written(
    worker: WorkerSolver, tmp_path: Path
) -> None:
    plans = await planned(worker)
    better = await worker.polish(ROOM, 0.2)
    assert better is not None
    assert better.value >= plans[-1].value
    proof = unpacked(await worker.prove(ROOM, better, "Leggimi"), tmp_path)
    assert proof.verify()[0] == 0
    assert await worker.prove(OTHER, better, "Leggimi") == b"", "a proof of another room is none"


async def test_what_is_urgent_ends_polishing_at_once(worker: WorkerSolver) -> None:
    polishing = await frozen(worker)
    stopped = worker._process
    assert await planned(worker, OTHER)
    assert await polishing is None
    assert stopped.returncode == -signal.SIGKILL


async def test_polishing_that_is_given_up_takes_the_process_with_it(worker: WorkerSolver) -> None:
    polishing = await frozen(worker)
    stopped = worker._process
    polishing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polishing
    assert stopped.returncode == -signal.SIGKILL
    assert await planned(worker)


async def test_nobody_polishes_while_somebody_waits(worker: WorkerSolver) -> None:
    first = asyncio.create_task(planned(worker))
    while not worker._turn.locked():
        await asyncio.sleep(0)
    polishing = asyncio.create_task(worker.polish(ROOM, 20.0))
    await asyncio.sleep(0)
    second = asyncio.create_task(planned(worker, OTHER))
    assert len(await first) > 0
    assert await polishing is None
    assert len(await second) > 0


async def test_what_is_left_of_a_broken_job_is_not_taken_for_the_next(worker: WorkerSolver) -> None:
    async def stumbles(plan: PublishPlan) -> None:
        raise LookupError("nobody has foreseen this")

    with pytest.raises(LookupError):
        await worker.solve(ROOM, stumbles)
    assert {len(plan.rounds[0].tables) for plan in await planned(worker, OTHER)} == {3}
