"""The solver as the server sees it: one worker process for all evenings, one job at a time."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING, Protocol

import msgspec
import structlog

from event_server.runtime.jobs import (
    HEADER_BYTES,
    ExplainJob,
    Job,
    PlanJob,
    PolishJob,
    ProofJob,
    Told,
    frame,
    frame_length,
    read_told,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from typing import TypeAlias

    from event_server.domain.commands import PublishPlan
    from event_server.planning.briefing import Briefing
    from event_server.planning.insight import Insight

    Publish: TypeAlias = Callable[[PublishPlan], Awaitable[object]]

log = structlog.get_logger(__name__)

SOLVE_SECONDS = 2.0
EXPLAIN_SECONDS = 1.0
PROOF_SECONDS = 4.0
OVERRUN_SECONDS = 8.0
"""How long past its time a worker may think (it imports the solver, too) before it is killed."""


class Solver(Protocol):
    """What plans: the worker process, or a twin in tests."""

    async def solve(self, briefing: Briefing, publish: Publish) -> bool:
        """Plan, calling ``publish`` with each plan worth knowing; tell whether the job was done."""
        ...

    async def polish(self, briefing: Briefing, seconds: float) -> PublishPlan | None:
        """Return the best plan after searching on for so long; none if something else came first."""
        ...

    async def explain(self, briefing: Briefing) -> Insight | None:
        """Return what can be said of ``briefing`` without planning it; none if something else came first."""
        ...

    async def prove(self, briefing: Briefing, command: PublishPlan, readme: str) -> bytes:
        """Return an archive with the proof of a published plan, empty if there is none."""
        ...

    async def warm(self) -> None:
        """Get ready for the next job."""
        ...


class NoSolver:
    """Plans nothing, for rooms in which nothing has to be planned: a call makes its round fit without."""

    async def solve(self, briefing: Briefing, publish: Publish) -> bool:  # noqa: ARG002 - as the worker takes it
        """Do nothing, at once."""
        return True

    async def polish(self, briefing: Briefing, seconds: float) -> PublishPlan | None:  # noqa: ARG002
        """Find nothing."""
        return None

    async def explain(self, briefing: Briefing) -> Insight | None:  # noqa: ARG002
        """Know nothing."""
        return None

    async def prove(self, briefing: Briefing, command: PublishPlan, readme: str) -> bytes:  # noqa: ARG002
        """Prove nothing."""
        return b""

    async def warm(self) -> None:
        """Stay as it is."""


class WorkerSolver:
    """The solver in a process of its own, kept warm, restarted when it dies.

    How it works: jobs take turns. Polishing and explaining can wait: whoever comes with something else ends
    them by ending the process, since a search that is under way hears nothing.
    """

    def __init__(self, seconds: float = SOLVE_SECONDS) -> None:
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._number = 0
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._patient: asyncio.Task[Told | None] | None = None

    async def solve(self, briefing: Briefing, publish: Publish) -> bool:
        """Plan in the worker; a worker that dies or overruns is replaced and the job given up."""

        async def hear(told: Told) -> None:
            if told.problem:
                log.warning("plan_infeasible", event_id=briefing.event)
            if told.plan is not None:
                await publish(told.plan)

        async with self._urgently():
            job = PlanJob(number=self._next(), briefing=briefing, seconds=self._seconds)
            return await self._ask(job, hear) is not None

    async def polish(self, briefing: Briefing, seconds: float) -> PublishPlan | None:
        """Search on in the worker, as long as nobody needs it for something else."""
        told = await self._patiently(PolishJob(number=self._next(), briefing=briefing, seconds=seconds))
        return told.plan if told is not None else None

    async def explain(self, briefing: Briefing) -> Insight | None:
        """Have the worker say what it can, as long as nobody needs it for something else."""
        job = ExplainJob(number=self._next(), briefing=briefing, seconds=EXPLAIN_SECONDS)
        told = await self._patiently(job)
        return told.insight if told is not None else None

    async def prove(self, briefing: Briefing, command: PublishPlan, readme: str) -> bytes:
        """Have the worker write the proof."""
        async with self._urgently():
            job = ProofJob(
                number=self._next(), briefing=briefing, command=command, readme=readme, seconds=PROOF_SECONDS
            )
            told = await self._ask(job)
        if told is not None and told.problem:
            log.warning("no_proof", event_id=briefing.event, reason=told.problem)
        return told.file if told is not None else b""

    async def warm(self) -> None:
        """Start the process if there is none."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "event_server.runtime.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )

    async def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    @contextlib.asynccontextmanager
    async def _urgently(self) -> AsyncIterator[None]:
        """Have the next turn, before all that can wait."""
        self._waiting += 1
        try:
            if self._patient is not None:
                self._patient.cancel()
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turn.release()

    async def _patiently(self, job: Job) -> Told | None:
        """Return the answer to a job that can wait, or none if it was given up for another."""
        async with self._turn:
            if self._waiting:
                return None
            task = self._patient = asyncio.create_task(self._ask(job))
            try:
                await asyncio.wait({task})
                return None if task.cancelled() else task.result()
            finally:
                self._patient = None
                if not task.done():
                    task.cancel()
                    await asyncio.wait({task})

    def _next(self) -> int:
        self._number += 1
        return self._number

    async def _ask(self, job: Job, hear: Callable[[Told], Awaitable[None]] | None = None) -> Told | None:
        """Return the last answer to ``job``, or none if the worker has failed and was replaced."""
        try:
            async with asyncio.timeout(job.seconds + OVERRUN_SECONDS):
                return await self._converse(job, hear)
        except (
            TimeoutError,
            OSError,
            asyncio.IncompleteReadError,
            ValueError,
            msgspec.DecodeError,
        ) as error:
            log.warning("worker_failed", event_id=job.briefing.event, error=type(error).__name__)
            await self.close()
            return None
        except BaseException:
            # The rest of this job may still be on its way: the next one gets a worker without a past.
            await self.close()
            raise

    async def _converse(self, job: Job, hear: Callable[[Told], Awaitable[None]] | None) -> Told:
        await self.warm()
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise OSError("the worker has no pipes")
        process.stdin.write(frame(job))
        await process.stdin.drain()
        while True:
            length = frame_length(await process.stdout.readexactly(HEADER_BYTES))
            told = read_told(await process.stdout.readexactly(length))
            if told.number != job.number:
                raise ValueError(f"an answer to job {told.number}")
            if hear is not None:
                await hear(told)
            if told.done:
                return told
