"""Why people of an announced round of groups sit elsewhere or with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.disturbance import Move, Why

if TYPE_CHECKING:
    from schedulers.groups.announced.standing import Standing
    from schedulers.problem import IntArray


def changes(standing: Standing, row: IntArray) -> tuple[list[Move], list[Move]]:
    """Return who moves to ``row``, and who keeps the table with others; each by person.

    Whoever only misses people who are gone keeps their company: there is nothing to be told.
    """
    r, there = standing.round, standing.problem.present[:, standing.round]
    reasons = _Reasons(standing, row)
    moved = there & (row != standing.before)
    touched = set(row[moved].tolist()) | set(standing.before[moved].tolist())
    moves: list[Move] = []
    regrouped: list[Move] = []
    for person in np.flatnonzero(there).tolist():
        before, after = int(standing.before[person]), int(row[person])
        if moved[person]:
            moves.append(Move(r, person, before, after, reasons.of(person)))
        elif after >= 0 and after in touched:
            regrouped.append(Move(r, person, before, after, reasons.of_company(person)))
    return moves, regrouped


class _Reasons:
    """A round before and after, in which reasons are looked up."""

    def __init__(self, standing: Standing, row: IntArray) -> None:
        self._standing = standing
        self._row = row
        together = {pair for pair in standing.due if row[pair[0]] == row[pair[1]] >= 0}
        self._for_a_must = {person for pair in together for person in pair}

    def of(self, person: int) -> Why:
        """Return why ``person`` does not sit as announced."""
        problem, before = self._standing.problem, int(self._standing.before[person])
        if before < 0:
            return Why.HAD_NO_SEAT
        if before >= len(problem.tables):
            return Why.TABLE_GONE
        if problem.fixed[person] not in (-1, before):
            return Why.FIXED_ELSEWHERE
        company = self._company(before)
        if not problem.allowed[person, company[company != person]].all():
            return Why.NOT_ALLOWED
        if len(company) < problem.tables[before].least:
            return Why.PARTNER_GONE
        if person in self._for_a_must:
            return Why.FOR_A_MUST_MEET
        return Why.TABLE_NEEDED if self._has_new_host(before) else Why.TO_SEAT_OTHERS

    def of_company(self, person: int) -> Why:
        """Return why ``person``, who keeps the table, sits there with others."""
        table = int(self._row[person])
        if person in self._for_a_must:
            return Why.FOR_A_MUST_MEET
        if self._has_new_host(table):
            return Why.TABLE_NEEDED
        told = np.flatnonzero(self._standing.before == table)
        is_missing = not self._standing.problem.present[told, self._standing.round].all()
        return Why.PARTNER_GONE if is_missing else Why.TO_SEAT_OTHERS

    def _company(self, table: int) -> IntArray:
        """Return who was announced at ``table`` and is there."""
        there = self._standing.problem.present[:, self._standing.round]
        return np.flatnonzero((self._standing.before == table) & there)

    def _has_new_host(self, table: int) -> bool:
        """Return whether somebody sits at ``table`` by now who may sit nowhere else, and was not told so."""
        hosts = (self._standing.problem.fixed == table) & (self._row == table)
        return bool((hosts & (self._standing.before != table)).any())
