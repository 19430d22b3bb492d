"""Why people of an announced round sit elsewhere or with others."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.disturbance import Move, Why
from schedulers.pairs.rounds.task import PAIR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.pairs.announced.standing import Placed, Standing
    from schedulers.pairs.rounds.task import Group
    from schedulers.problem import BoolArray


def changes(standing: Standing, placed: Sequence[Placed], r: int) -> tuple[list[Move], list[Move]]:
    """Return who moves in round ``r``, and who keeps the table with others; each by person."""
    reasons = _Reasons(standing, placed)
    moves: list[Move] = []
    regrouped: list[Move] = []
    for person in np.flatnonzero(standing.there).tolist():
        before, after = int(standing.before[person]), reasons.table_of.get(person, -1)
        if before != after:
            moves.append(Move(r, person, before, after, reasons.of(person)))
        elif before >= 0 and reasons.group_of[person] != standing.company[before]:
            regrouped.append(Move(r, person, before, after, reasons.of(person)))
    return moves, regrouped


class _Reasons:
    """A round before and after, in which reasons are looked up."""

    def __init__(self, standing: Standing, placed: Sequence[Placed]) -> None:
        self._standing = standing
        self._intact = {table for _, table in standing.intact}
        self.table_of = {person: table for group, table in placed for person in group}
        self.group_of = {person: group for group, _ in placed for person in group}

    def of(self, person: int) -> Why:
        """Return why ``person`` does not sit as announced."""
        before = int(self._standing.before[person])
        if before < 0:
            return Why.HAD_NO_SEAT
        group = self._standing.company[before]
        return self._of_legal(group, before) if before in self._intact else self._of_illegal(group)

    def _of_illegal(self, group: Group) -> Why:
        """Return what makes it impossible that ``group`` meets."""
        standing = self._standing
        if len(group) < PAIR:
            return Why.PARTNER_GONE
        pairs = [pair for pair in combinations(group, 2) if not standing.possible[pair]]
        if not pairs:
            return Why.NO_TRIO
        return Why.ALREADY_MET if all(self._may_meet[pair] for pair in pairs) else Why.NOT_ALLOWED

    def _of_legal(self, group: Group, table: int) -> Why:
        """Return why ``group`` does not meet, or not at ``table``, or not by itself, though it may."""
        standing = self._standing
        if table >= len(standing.problem.tables):
            return Why.TABLE_GONE
        if not standing.may_use(group, table):
            return Why.FIXED_ELSEWHERE
        if any(self._must_meet(person, group) for person in group):
            return Why.FOR_A_MUST_MEET
        is_whole = self.group_of.get(group[0]) == group
        return Why.TABLE_NEEDED if is_whole else Why.TO_SEAT_OTHERS

    def _must_meet(self, person: int, group: Group) -> bool:
        """Return whether ``person`` has a must-meet, which could not wait, with nobody of ``group``."""
        due = self._standing.wishes.due
        others = set(self.group_of.get(person, ())) - set(group)
        return any((min(person, other), max(person, other)) in due for other in others)

    @cached_property
    def _may_meet(self) -> BoolArray:
        return self._standing.problem.may_meet()
