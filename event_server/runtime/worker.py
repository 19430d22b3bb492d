"""The worker process: takes a briefing, plans, and says each better plan on its way.

Run as ``python -m event_server.runtime.worker``; speaks length-prefixed msgpack over standard input and
output. It ends when its input ends, so it never outlives the server.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, assert_never

import msgspec

from event_server.domain.plans import is_proven_best, quality
from event_server.planning.explaining import insight
from event_server.planning.problems import Task, task_of
from event_server.planning.proof_files import NoProof, proof_archive
from event_server.planning.publishing import publication
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
    read_job,
)
from schedulers.schedule import Infeasible, MaxIterations, MaxRuntime, Plan
from schedulers.solve import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.domain.commands import PublishPlan
    from event_server.planning.briefing import Briefing
    from schedulers.schedule import Prices

    Tell = Callable[[Told], None]


def main() -> None:
    """Serve jobs from standard input until it ends."""
    # Ctrl-C goes to all processes of a terminal; the server is the one to end, and ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a solver prints must not get between the frames.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(told: Told) -> None:
        out.write(frame(told))
        out.flush()

    desk = Desk(tell)
    while (job := _read(sys.stdin.buffer)) is not None:
        desk.work(read_job(job))


def _read(source: BinaryIO) -> bytes | None:
    header = source.read(HEADER_BYTES)
    return source.read(frame_length(header)) if len(header) == HEADER_BYTES else None


@dataclass(frozen=True, slots=True)
class Best:
    """The best plan so far, and what is said of it."""

    plan: Plan
    command: PublishPlan

    def told(self) -> PublishPlan:
        """Return the command; nothing comes after a plan that is proven best."""
        is_last = is_proven_best(self.command)
        return msgspec.structs.replace(self.command, stage="final") if is_last else self.command


class Desk:
    """Does one job after the other, and keeps the last plan to go on from."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._briefing: Briefing | None = None
        self._task: Task | None = None
        self._best: Best | None = None
        self._prices: Prices | None = None

    def work(self, job: Job) -> None:
        """Do ``job``, telling what comes of it."""
        try:
            match job:
                case PlanJob():
                    self._plan(job)
                case PolishJob():
                    self._polish(job)
                case ExplainJob():
                    found = insight(job.briefing, seconds=job.seconds)
                    self._tell(Told(number=job.number, done=True, insight=found))
                case ProofJob():
                    file = proof_archive(job.briefing, job.command, job.readme)
                    self._tell(Told(number=job.number, done=True, file=file))
                case _:
                    assert_never(job)
        except (Infeasible, NoProof) as reason:
            self._tell(Told(number=job.number, done=True, problem=str(reason)))

    def _plan(self, job: PlanJob) -> None:
        begun = time.monotonic()
        task = self._take(job.briefing)
        is_first = True

        def tell_first(better: Plan) -> None:
            nonlocal is_first
            if is_first:
                is_first = False
                command = publication(task, better, stage="first", prices=self._prices)
                self._tell(Told(number=job.number, done=False, plan=command))

        # Building the problem of a large room takes its share of the time.
        left = max(0.0, job.seconds - (time.monotonic() - begun))
        found = plan(
            task.problem,
            held=task.held,
            stop=MaxRuntime(left),
            seed=job.briefing.seed,
            on_improve=tell_first,
            initial=task.start,
        )
        self._best = Best(found, publication(task, found, stage="better", prices=self._prices))
        self._tell(Told(number=job.number, done=True, plan=self._best.told()))

    def _polish(self, job: PolishJob) -> None:
        task, best = self._take(job.briefing), self._best
        found = plan(
            task.problem,
            held=task.held,
            stop=MaxRuntime(job.seconds),
            seed=job.briefing.seed,
            initial=task.start if best is None else best.plan,
        )
        better = Best(found, publication(task, found, prices=self._prices))
        if best is None or quality(better.command) > quality(best.command):
            self._best = better
        self._tell(Told(number=job.number, done=True, plan=(self._best or better).told()))

    def _take(self, briefing: Briefing) -> Task:
        """Return the task of ``briefing``; what is known of another one is forgotten."""
        if self._task is None or briefing != self._briefing:
            self._task, self._best = task_of(briefing), None
            self._briefing, self._prices = briefing, _prices_by_profiles(self._task)
        return self._task


def _prices_by_profiles(task: Task) -> Prices | None:
    """Return what proves a bound by profiles where answers move the plan; elsewhere a plan proves its own."""
    if not task.is_taught:
        return None
    return plan(task.by_profiles, held=task.held, stop=MaxIterations(0)).certificate


if __name__ == "__main__":
    main()
