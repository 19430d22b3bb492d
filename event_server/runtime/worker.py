"""The worker process: takes a briefing, plans, and says each better plan on its way.

Run as ``python -m event_server.runtime.worker``; speaks length-prefixed msgpack over standard input and
output. It ends when its input ends, so it never outlives the server.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
from typing import TYPE_CHECKING, BinaryIO, Literal

import msgspec

from event_server.domain.commands import PublishPlan
from event_server.planning.briefing import Briefing

if TYPE_CHECKING:
    from event_server.planning.problems import Task
    from schedulers.schedule import Plan

LARGEST_FRAME = 64 * 1024 * 1024
BETTER_AFTER = 2.0
"""Seconds until the second plan of a job is worth telling."""

_LENGTH = struct.Struct(">I")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the server asks: plan this within ``seconds``."""

    number: int
    briefing: Briefing
    seconds: float


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker answers: a plan, or what went wrong; ``done`` ends the job."""

    number: int
    done: bool
    plan: PublishPlan | None = None
    problem: str = ""


def frame(message: Job | Told) -> bytes:
    """Return ``message`` as it travels."""
    body = msgspec.msgpack.encode(message)
    return _LENGTH.pack(len(body)) + body


def frame_length(header: bytes) -> int:
    """Return how many bytes follow a header.

    Raises:
        ValueError: If the frame is larger than any job can be.
    """
    (length,) = _LENGTH.unpack(header)
    if length > LARGEST_FRAME:
        raise ValueError(f"frame of {length} bytes")
    return int(length)


HEADER_BYTES = _LENGTH.size


def main() -> None:
    """Serve jobs from standard input until it ends."""
    # Ctrl-C goes to all processes of a terminal; the server is the one to end, and ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a solver prints must not get between the frames.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    decode = msgspec.msgpack.Decoder(Job).decode
    while (job := _read(sys.stdin.buffer)) is not None:
        _work(decode(job), out)


def _read(source: BinaryIO) -> bytes | None:
    header = source.read(HEADER_BYTES)
    return source.read(frame_length(header)) if len(header) == HEADER_BYTES else None


def _work(job: Job, out: BinaryIO) -> None:
    from event_server.planning.problems import publication, task_of  # noqa: PLC0415 - starts in a moment without
    from schedulers.schedule import Infeasible, MaxRuntime  # noqa: PLC0415
    from schedulers.solve import plan  # noqa: PLC0415 - ortools takes a second

    def tell(task: Task, found: Plan, stage: Literal["first", "better", "final"]) -> None:
        command = publication(task, found, stage=stage)
        _write(out, Told(number=job.number, done=stage == "final", plan=command))

    try:
        task = task_of(job.briefing)
        told = _Telling()
        found = plan(
            task.problem,
            held=task.held,
            stop=MaxRuntime(job.seconds),
            seed=job.briefing.seed,
            on_improve=lambda better: tell(task, better, told.stage) if told.is_worth() else None,
        )
        tell(task, found, "final")
    except Infeasible as contradiction:
        _write(out, Told(number=job.number, done=True, problem=str(contradiction)))


class _Telling:
    """Which of the better plans are told: the first, and one after two seconds."""

    def __init__(self) -> None:
        import time  # noqa: PLC0415

        self._time = time.monotonic
        self._began = self._time()
        self._told = 0

    @property
    def stage(self) -> Literal["first", "better"]:
        return "first" if self._told == 1 else "better"

    def is_worth(self) -> bool:
        worth = self._told == 0 or (self._told == 1 and self._time() - self._began >= BETTER_AFTER)
        self._told += worth
        return worth


def _write(out: BinaryIO, told: Told) -> None:
    out.write(frame(told))
    out.flush()


if __name__ == "__main__":
    main()
