"""The planner of one evening: plans when a plan is owed, then lets the solver polish it while it holds.

How it works: whatever is recorded makes it look. If no plan was made for the evening as it is (`is_owed`),
it waits for a moment of quiet and asks for one. While nothing changes it then has the solver say what clashes
and what cannot be avoided, and search on in a few longer and longer slices; what came of them is published at
the end, because every published plan names everybody in the journal. A change ends all that at once.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

import structlog

from event_server.domain.plans import is_proven_best, quality

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from event_server.domain.commands import PublishPlan
    from event_server.planning.briefing import Aim, Briefing
    from event_server.planning.insight import Insight
    from event_server.runtime.solver import Solver

log = structlog.get_logger(__name__)
Result = TypeVar("Result")
Doing = Literal["resting", "planning", "polishing"]
"""Whether the solver has nothing to do, looks for a plan that is owed, or for a better one."""

QUIET_SECONDS = 0.3
"""How long an evening must be quiet before it is planned again …"""

LATEST_SECONDS = 2.0
"""… but never later than this after the first change."""

RETRY_SECONDS = 5.0
"""How long after a failed job the same evening is tried again; each time twice as long …"""

MOST_DOUBLINGS = 4
"""… up to so many times: what fails every time must not keep the machine busy all evening."""

CALM_SECONDS = 3.0
"""How long a plan must have held before more is made of it: while guests stream in, each makes it void."""

POLISH_SLICES = (4.0, 12.0)
"""Seconds of the slices. A proof by search needs a long one; a slice that gains nothing is the last."""


class PlannedEvening(Protocol):
    """An evening as its planner sees it."""

    def aim(self) -> Aim:
        """Return what a plan would be for now."""
        ...

    def briefing(self) -> Briefing | None:
        """Return what to plan, or none when there is nobody to plan for."""
        ...

    def is_owed(self) -> bool:
        """Tell whether the next round has no plan that was made for this basis."""
        ...

    async def publish(self, command: PublishPlan) -> bool:
        """Propose a plan; tell whether it is in force now."""
        ...

    def planning_changed(self) -> None:
        """Take note that the solver has begun or ended something."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A plan that came into force, and what it was made for."""

    briefing: Briefing
    command: PublishPlan


class Planner:
    """Keeps the plan of one evening up with its ``plan_basis``.

    Attributes:
        made: The newest plan that came into force since the server has run, or none.
        insight: What was last found to clash, and not to be avoidable; see its basis.
        doing: What the solver does for this evening.
    """

    def __init__(self, solver: Solver, evening: PlannedEvening) -> None:
        self._solver = solver
        self._evening = evening
        self._changed = asyncio.Event()
        self._tried: Aim | None = None
        self._failures = 0
        self.made: Made | None = None
        self.insight: Insight | None = None
        self.doing: Doing = "resting"

    def look(self) -> None:
        """Take note that the evening may need another plan."""
        self._changed.set()

    async def run(self) -> None:
        """Plan whenever a plan is owed, until cancelled."""
        while True:
            await self._changed.wait()
            await self._settle()
            try:
                done = await self._work()
            except Exception:
                # Whatever it was: an evening whose planner has ended gets no plan any more, without a word.
                log.exception("planning_failed")
                done = False
            if not done:
                self.retry()

    async def _work(self) -> bool:
        """Do what has not been tried for the evening as it is; tell whether nothing is left to do."""
        aim = self._evening.aim()
        briefing = self._evening.briefing() if aim != self._tried else None
        if briefing is None:
            return True
        self._tried = aim
        told = await self._plan(briefing) if self._evening.is_owed() else []
        if told is None:
            return False
        self._failures = 0
        if told:
            await self._unless_moved(aim, asyncio.sleep(CALM_SECONDS))
        await self._explain(briefing, aim)
        if told and self.made is not None and self.made.briefing is briefing:
            await self._polish(briefing, aim, told[-1])
        # What was given up took the process with it: the next plan must not wait for another.
        await self._solver.warm()
        return True

    async def _plan(self, briefing: Briefing) -> list[PublishPlan] | None:
        """Return the plans that were published, in order; none if the job was not done."""
        told: list[PublishPlan] = []

        async def publish(command: PublishPlan) -> None:
            told.append(command)
            await self._publish(briefing, command)

        with self._being("planning"):
            return told if await self._solver.solve(briefing, publish) else None

    async def _explain(self, briefing: Briefing, aim: Aim) -> None:
        """Find out why wishes clash and what cannot be avoided: it matters most where there is no plan."""
        is_known = self.insight is not None and self.insight.basis == briefing.basis
        if not is_known and self._evening.aim() == aim:
            found = await self._unless_moved(aim, self._solver.explain(briefing))
            if found is not None:
                self.insight = found
                self._evening.planning_changed()

    async def _polish(self, briefing: Briefing, aim: Aim, told: PublishPlan) -> None:
        """Have the plan in force searched on, and publish what came of it."""
        if is_proven_best(told) or self._evening.aim() != aim:
            return
        with self._being("polishing"):
            best = await self._polished(briefing, aim, told)
        if best is not told and self._evening.aim() == aim:
            await self._publish(briefing, best)

    async def _polished(self, briefing: Briefing, aim: Aim, best: PublishPlan) -> PublishPlan:
        """Return the best plan that is found, starting from ``best``, while nothing changes."""
        for seconds in POLISH_SLICES:
            if is_proven_best(best) or self._evening.aim() != aim:
                break
            found = await self._unless_moved(aim, self._solver.polish(briefing, seconds))
            if found is None or not quality(found) > quality(best):
                break
            best = found
        return best

    async def _publish(self, briefing: Briefing, command: PublishPlan) -> None:
        if await self._evening.publish(command):
            self.made = Made(briefing, command)

    async def _unless_moved(self, aim: Aim, work: Coroutine[object, object, Result]) -> Result | None:
        """Return what comes of ``work``, or none, with the work ended, when ``aim`` is no longer the aim."""
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                looking = asyncio.ensure_future(self._changed.wait())
                await asyncio.wait({task, looking}, return_when=asyncio.FIRST_COMPLETED)
                looking.cancel()
                if self._evening.aim() != aim:
                    self._changed.set()
                    return None
                self._changed.clear()
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})

    @contextlib.contextmanager
    def _being(self, doing: Doing) -> Iterator[None]:
        self.doing = doing
        self._evening.planning_changed()
        try:
            yield
        finally:
            self.doing = "resting"
            self._evening.planning_changed()

    def retry(self) -> None:
        """Plan the same evening again in a moment: what came of it is lost."""
        rest = RETRY_SECONDS * 2 ** min(self._failures, MOST_DOUBLINGS)
        self._failures += 1
        asyncio.get_running_loop().call_later(rest, self._try_again)

    def _try_again(self) -> None:
        self._tried = None
        self.look()

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
