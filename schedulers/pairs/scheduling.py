"""From chosen pairs to a filled calendar: fairness, rounds, and what finds no round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.counting import floor_bound
from schedulers.pairs.calendar import Calendar
from schedulers.pairs.colour import colour, level
from schedulers.pairs.lift import lift
from schedulers.pairs.musts import open_rounds
from schedulers.pairs.repair import Filling, lacking
from schedulers.schedule import meeting_counts

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.pairs.demand import Outlook
    from schedulers.pairs.musts import Agenda
    from schedulers.pairs.proving import Priced
    from schedulers.problem import BoolArray

# How long pairs without a round may look for one, for each pair there is.
STEPS_A_PAIR = 20


class Scheduled(NamedTuple):
    """A filled calendar, and how many of the chosen pairs have no round in it."""

    calendar: Calendar
    left: int


@dataclass(frozen=True, eq=False, slots=True)
class Scheduling:
    """Gives the pairs of an evening their rounds.

    Attributes:
        outlook: The rounds to come.
        agenda: The must-meets of each round.
        known: What was priced.
    """

    outlook: Outlook
    agenda: Agenda
    known: Priced

    def schedule(self, chosen: BoolArray, *, steps: int, limits: Limits) -> Scheduled:
        """Return a calendar of the pairs ``chosen``, shape ``(k, k)``.

        Args:
            chosen: The pairs, as :class:`~schedulers.pairs.demand.Demand` numbers them.
            steps: How long pairs without a round may look for one.
            limits: Time and seed.
        """
        outlook, n = self.outlook, self.outlook.problem.n
        first = len(outlook.held)
        chosen = self._lifted(chosen)[:n, :n]
        calendar = Calendar(outlook.present, self._open_rounds())
        for r, due in self.agenda.items():
            for pair in due:
                calendar.add(*pair, r - first)
        one, other = np.nonzero(np.triu(chosen))
        pairs = list(zip(one.tolist(), other.tolist(), strict=True))
        left = colour(calendar, pairs, steps=min(steps, STEPS_A_PAIR * len(pairs)), limits=limits)
        level(calendar, outlook.meetings.tolist())
        filling = Filling(outlook, calendar, set(self.known.musts), lacking(chosen, calendar))
        filling.fill()
        filling.share_breaks()
        return Scheduled(calendar, len(left))

    def _open_rounds(self) -> dict[tuple[int, int], int]:
        """Return in which rounds, as bits, each must-meet may happen; where tables are few, it stays put."""
        outlook, first = self.outlook, len(self.outlook.held)
        if (outlook.meetings < outlook.present.sum(axis=0) // 2).any():
            return {pair: 1 << (r - first) for r, due in self.agenda.items() for pair in due}
        return open_rounds(outlook.problem, first, self.agenda)

    def _lifted(self, chosen: BoolArray) -> BoolArray:
        """Return ``chosen`` with what the evening may spend of its value spent on whoever is worst off."""
        problem = self.outlook.problem
        if not problem.fairness:
            return chosen
        settled = np.where(meeting_counts(self.outlook.held) > 0, problem.weights, 0).astype(np.int64)
        for one, other in self.known.musts:
            settled[one, other] = settled[other, one] = problem.weights[one, other]
        value = (
            int(problem.weights[chosen[: problem.n, : problem.n]].sum(dtype=np.int64) + settled.sum()) // 2
        )
        return lift(
            self.known.demand,
            chosen,
            settled.sum(axis=1),
            np.asarray(problem.present.any(axis=1)),
            target=floor_bound(problem),
            budget=int(problem.fairness * value),
        )
