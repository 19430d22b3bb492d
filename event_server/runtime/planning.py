"""The plan of one room: what is to be planned, what came of it, and the proof to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import structlog

from event_server.domain.commands import PublishPlan, Request
from event_server.domain.messages import PLANNER, Refused
from event_server.domain.plans import is_owed
from event_server.planning.briefing import MOST_PROVEN, Aim, Briefing, aim_of, briefing
from event_server.runtime.planner import Doing, Made, Planner
from event_server.storage.errors import StorageFailed

if TYPE_CHECKING:
    from event_server.domain.state import LiveEvent, PlanInForce
    from event_server.planning.briefing import Background
    from event_server.planning.insight import Insight
    from event_server.runtime.solver import Solver

log = structlog.get_logger(__name__)


class PlannedRoom(Protocol):
    """A room as its planning sees it."""

    @property
    def state(self) -> LiveEvent:
        """Return the evening as recorded."""
        ...

    async def submit(self, request: Request) -> None:
        """Return once ``request`` has had its effect durably."""
        ...

    def background(self) -> Background | None:
        """Return what is known of the people; none while it is out of date, or nobody is to be planned."""
        ...

    def wake_staff(self) -> None:
        """Let the team's screens look again."""
        ...


class Planning:
    """Briefs the planner of a room, publishes its plans, and has them proven."""

    def __init__(self, room: PlannedRoom) -> None:
        self._room = room
        self._solver: Solver | None = None
        self._planner: Planner | None = None

    @property
    def doing(self) -> Doing:
        """Return what the solver does for this evening."""
        return self._planner.doing if self._planner is not None else "resting"

    @property
    def insight(self) -> Insight | None:
        """Return what clashes and cannot be avoided, as far as it is known of the evening as it is now."""
        found = self._planner.insight if self._planner is not None else None
        return found if found is not None and found.basis == self._room.state.plan_basis else None

    def look(self) -> None:
        """Take note that the evening may need another plan."""
        if self._planner is not None:
            self._planner.look()

    async def run(self, solver: Solver) -> None:
        """Plan until cancelled."""
        self._solver = solver
        self._planner = Planner(solver, self)
        self._planner.look()
        await self._planner.run()

    # What the planner asks

    def aim(self) -> Aim:
        """Return what a plan would be for now."""
        return aim_of(self._room.state)

    def is_owed(self) -> bool:
        """Tell whether the next round has no plan that was made for this basis."""
        return is_owed(self._room.state)

    def briefing(self) -> Briefing | None:
        """Return what to plan, or none when there is nobody to plan for."""
        known = self._room.background()
        return None if known is None else briefing(self._room.state, known)

    async def publish(self, command: PublishPlan) -> bool:
        """Propose a plan; tell whether it is in force now."""
        state = self._room.state
        # One plan is told at a time, and each that has an effect moves the version: the id is unique.
        request = Request(actor=PLANNER, id=f"plan-{state.version}", command=command)
        try:
            await self._room.submit(request)
        except Refused as refused:
            log.info("plan_refused", event_id=state.id, code=refused.code)
            return False
        except StorageFailed:
            log.warning("plan_not_stored", event_id=state.id)
            if self._planner is not None:
                self._planner.retry()
            return False
        in_force = self._room.state.plan
        return in_force is not None and in_force.figures is command.figures

    def planning_changed(self) -> None:
        """Let the team's screens show what the solver does."""
        self._room.wake_staff()

    # What proves the plan

    @property
    def has_proof(self) -> bool:
        """Tell whether `proof` would have something to prove."""
        state, plan = self._room.state, self._room.state.plan
        if plan is None or plan.figures is None or plan.figures.proof is None or plan.patched:
            return False
        if len(plan.figures.proof.prices) > MOST_PROVEN:
            return False
        can_brief = plan.basis == state.plan_basis and state.next_number <= state.rules.rounds
        return self._made(plan) is not None or (can_brief and state.finished_at is None)

    async def proof(self, readme: str) -> bytes:
        """Return an archive with the proof of the plan in force.

        Args:
            readme: What goes with it, in the reader's language.

        Raises:
            Refused: ``no_proof`` if there is none.
        """
        plan, solver = self._room.state.plan, self._solver
        if plan is None or solver is None or not self.has_proof:
            raise Refused("no_proof")
        made = self._made(plan) or self._made_before(plan)
        archive = await solver.prove(made.briefing, made.command, readme) if made is not None else b""
        if not archive:
            raise Refused("no_proof")
        return archive

    def _made(self, plan: PlanInForce) -> Made | None:
        made = self._planner.made if self._planner is not None else None
        return made if made is not None and made.command.figures is plan.figures else None

    def _made_before(self, plan: PlanInForce) -> Made | None:
        """Return what a plan was made for that this process found in the journal."""
        made_for = self.briefing()
        if made_for is None:
            return None
        command = PublishPlan(
            basis=plan.basis,
            first_round=plan.first_round,
            rounds=plan.rounds,
            value=plan.value,
            bound=plan.bound,
            floor=plan.floor,
            unmet=plan.unmet,
            seed=plan.seed,
            figures=plan.figures,
        )
        return Made(made_for, command)
