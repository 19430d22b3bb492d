"""The only clock: wall time that neither jumps with the system's clock nor stands still in sleep."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> float:
        """Return POSIX seconds."""
        ...


class SystemClock:
    """Wall time, read once, carried on by a clock that counts sleep and never steps.

    Deadlines are stored as wall time and must survive a restart, but a correction of the system's clock in
    the middle of a round must not cut it short. ``CLOCK_BOOTTIME`` goes on while a laptop sleeps; where there
    is none, the monotonic clock is used.
    """

    def __init__(self) -> None:
        self._source = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
        self._anchor = time.time() - time.clock_gettime(self._source)

    def now(self) -> float:
        """Return POSIX seconds."""
        return self._anchor + time.clock_gettime(self._source)
