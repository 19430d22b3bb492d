"""The planner: one worker process for the whole server, one job at a time, the newest of each event first."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING, Protocol

import msgspec
import structlog

from event_server.runtime.worker import HEADER_BYTES, Job, Told, frame, frame_length

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeAlias

    from event_server.domain.commands import PublishPlan
    from event_server.planning.briefing import Briefing

    Publish: TypeAlias = Callable[[PublishPlan], Awaitable[None]]

log = structlog.get_logger(__name__)

QUIET_SECONDS = 0.3
"""How long an evening must be quiet before it is planned again …"""

LATEST_SECONDS = 2.0
"""… but never later than this after the first change."""

SOLVE_SECONDS = 2.0
OVERRUN_SECONDS = 8.0
"""How long past its time a worker may think (it imports the solver, too) before it is killed."""

RETRY_SECONDS = 5.0
"""How long after a failed job the same evening is tried again."""


class Solver(Protocol):
    """What plans: the worker process, or a twin in tests."""

    async def solve(self, briefing: Briefing, publish: Publish) -> bool:
        """Plan, calling ``publish`` with each plan worth knowing; tell whether the job was done."""
        ...


class WorkerSolver:
    """The solver in a process of its own, kept warm, restarted when it dies."""

    def __init__(self, seconds: float = SOLVE_SECONDS) -> None:
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._number = 0
        self._turn = asyncio.Lock()
        self._decode = msgspec.msgpack.Decoder(Told).decode

    async def solve(self, briefing: Briefing, publish: Publish) -> bool:
        """Plan in the worker; a worker that dies or overruns is replaced and the job given up."""
        async with self._turn:
            self._number += 1
            job = Job(number=self._number, briefing=briefing, seconds=self._seconds)
            try:
                async with asyncio.timeout(self._seconds + OVERRUN_SECONDS):
                    await self._converse(job, publish)
            except (
                TimeoutError,
                OSError,
                asyncio.IncompleteReadError,
                ValueError,
                msgspec.DecodeError,
            ) as error:
                log.warning("worker_failed", event_id=briefing.event, error=type(error).__name__)
                await self.close()
                return False
            except BaseException:
                # The rest of this job may still be on its way: the next one gets a worker without a past.
                await self.close()
                raise
            return True

    async def _converse(self, job: Job, publish: Publish) -> None:
        process = await self._warm()
        if process.stdin is None or process.stdout is None:
            raise OSError("the worker has no pipes")
        process.stdin.write(frame(job))
        await process.stdin.drain()
        while True:
            length = frame_length(await process.stdout.readexactly(HEADER_BYTES))
            told = self._decode(await process.stdout.readexactly(length))
            if told.number != job.number:
                raise ValueError(f"an answer to job {told.number}")
            if told.problem:
                log.warning("plan_infeasible", event_id=job.briefing.event)
            if told.plan is not None:
                await publish(told.plan)
            if told.done:
                return

    async def _warm(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "event_server.runtime.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        return self._process

    async def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class Planner:
    """Keeps the plan of one evening up with its ``plan_basis``."""

    def __init__(self, solver: Solver, brief: Callable[[], Briefing | None]) -> None:
        self._solver = solver
        self._brief = brief
        self._changed = asyncio.Event()
        self._planned_basis = -1
        self.is_planning = False

    def look(self) -> None:
        """Take note that the evening may need another plan."""
        self._changed.set()

    async def run(self, publish: Publish) -> None:
        """Plan whenever the basis has moved, until cancelled."""
        while True:
            await self._changed.wait()
            await self._settle()
            try:
                done = await self._plan(publish)
            except Exception:
                # Whatever it was: an evening whose planner has ended gets no plan any more, without a word.
                log.exception("planning_failed")
                done = False
            if not done:
                self.retry()

    async def _plan(self, publish: Publish) -> bool:
        """Plan if the basis has moved; tell whether nothing is left to do."""
        briefing = self._brief()
        if briefing is None or briefing.basis == self._planned_basis:
            return True
        self._planned_basis = briefing.basis
        self.is_planning = True
        try:
            return await self._solver.solve(briefing, publish)
        finally:
            self.is_planning = False

    def retry(self) -> None:
        """Plan the same basis again in a moment: what came of it is lost."""
        self._planned_basis = -1
        asyncio.get_running_loop().call_later(RETRY_SECONDS, self.look)

    async def _settle(self) -> None:
        """Wait until nothing has changed for a moment, but not for ever."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + LATEST_SECONDS
        while self._changed.is_set() and loop.time() < latest:
            self._changed.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(QUIET_SECONDS, max(0.0, latest - loop.time()))):
                    await self._changed.wait()
        self._changed.clear()
