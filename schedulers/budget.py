"""How long a search may take: a stopping rule turned into limits for its single steps."""

from __future__ import annotations

import time
from dataclasses import dataclass

from schedulers.schedule import MaxIterations, MaxRuntime

# CP-SAT's own deterministic seconds for one search, so that no clock decides about the result.
WORK_OF_A_SEARCH = 5.0
# Kept back for what follows the last search: seating, figures, handing over.
RESERVE_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Limits:
    """What one search may use; ``deadline`` is a ``time.perf_counter()``, or ``None`` to count work."""

    deadline: float | None
    seed: int

    def seconds_left(self) -> float | None:
        """Return the seconds until the deadline, never negative, or ``None`` without one."""
        return None if self.deadline is None else max(0.0, self.deadline - time.perf_counter())

    def are_spent(self) -> bool:
        """Return whether no time is left."""
        return self.seconds_left() == 0.0


class Budget:
    """The whole of a search's time or iterations, handed out round by round."""

    def __init__(self, stop: MaxRuntime | MaxIterations, seed: int) -> None:
        self._seed = seed
        self._iterations_left: float = float("inf")
        self._deadline: float | None = None
        if isinstance(stop, MaxIterations):
            self._iterations_left = stop.iterations
        else:
            self._deadline = time.perf_counter() + max(0.0, stop.seconds - RESERVE_SECONDS)

    def is_spent(self) -> bool:
        """Return whether nothing is left."""
        is_late = self._deadline is not None and time.perf_counter() >= self._deadline
        return is_late or self._iterations_left < 1

    def allows(self, seconds: float) -> bool:
        """Return whether there is time for something that takes so long."""
        return self._deadline is None or time.perf_counter() + seconds <= self._deadline

    def share(self, part: float, kept_back: float = 0.0) -> Limits:
        """Return limits of ``part`` of the time left, less ``kept_back`` seconds for what follows."""
        if self._deadline is None:
            return Limits(None, self._seed)
        now = time.perf_counter()
        return Limits(now + part * max(0.0, self._deadline - kept_back - now), self._seed)

    def next_search(self, searches_left: int) -> Limits | None:
        """Return an equal share of what is left, or ``None`` if nothing is."""
        if self.is_spent():
            return None
        self._iterations_left -= 1
        return self.share(1 / max(1, searches_left))
