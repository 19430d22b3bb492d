"""What the server and its worker process say to each other, and how it travels."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from event_server.domain.commands import PublishPlan
from event_server.planning.briefing import Briefing
from event_server.planning.insight import Insight

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_FRAME = 64 * 1024 * 1024

_LENGTH = struct.Struct(">I")
HEADER_BYTES = _LENGTH.size


class PlanJob(msgspec.Struct, frozen=True, kw_only=True, tag="plan"):
    """Plan this within ``seconds``; the first whole plan is told at once."""

    number: int
    briefing: Briefing
    seconds: float


class PolishJob(msgspec.Struct, frozen=True, kw_only=True, tag="polish"):
    """Search on from the plan found last for this briefing; the best is told at the end."""

    number: int
    briefing: Briefing
    seconds: float


class ExplainJob(msgspec.Struct, frozen=True, kw_only=True, tag="explain"):
    """Say what can be said of a briefing without planning it."""

    number: int
    briefing: Briefing
    seconds: float


class ProofJob(msgspec.Struct, frozen=True, kw_only=True, tag="proof"):
    """Write the proof of a published plan.

    Attributes:
        readme: What goes with it, in the reader's language.
        seconds: Until the worker is thought to hang.
    """

    number: int
    briefing: Briefing
    command: PublishPlan
    readme: str
    seconds: float


Job: TypeAlias = PlanJob | PolishJob | ExplainJob | ProofJob


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker answers: a plan, an insight, a file, or what went wrong; ``done`` ends the job."""

    number: int
    done: bool
    plan: PublishPlan | None = None
    insight: Insight | None = None
    file: bytes = b""
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


read_job: Callable[[bytes], Job] = msgspec.msgpack.Decoder(Job).decode
read_told: Callable[[bytes], Told] = msgspec.msgpack.Decoder(Told).decode
