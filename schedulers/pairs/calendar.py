"""When each pair meets: rounds, who is still free in them, and chains of meetings that change places.

A *Kempe chain* follows two rounds in turn: from somebody to their partner in one round, from there to
that one's partner in the other, and so on. Its meetings can swap the two rounds without touching anybody
else, if whoever stands at its end is free in the other round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schedulers.problem import BoolArray, IntArray

NOBODY = -1
Pair = tuple[int, int]


class Meeting(NamedTuple):
    """Two people in a round."""

    one: int
    other: int
    round: int


class Calendar:
    """The rounds to come, being filled.

    Attributes:
        partner: ``partner[r][i]``: whom person ``i`` meets in round ``r``, -1 for nobody.
        free: ``free[i]``: a bit for every round in which ``i`` is there and without a partner.
        count: How many meetings each round holds.
    """

    def __init__(self, present: BoolArray, deadlines: Mapping[Pair, int] | None = None) -> None:
        people, self.rounds = present.shape
        self.partner = [[NOBODY] * people for _ in range(self.rounds)]
        bits = 1 << np.arange(self.rounds, dtype=object)
        self.free: list[int] = [sum(bits[there].tolist()) for there in present]
        self.count = [0] * self.rounds
        # Rounds open to a pair that has a deadline, as bits.
        self._open = dict(deadlines or {})

    def common(self, one: int, other: int) -> int:
        """Return the rounds, as bits, in which both are free and may meet in time."""
        return self.free[one] & self.free[other] & self._open.get((one, other), -1)

    def add(self, one: int, other: int, r: int) -> None:
        """Let two people who are free meet in round ``r``."""
        partner = self.partner[r]
        partner[one], partner[other] = other, one
        self.free[one] ^= 1 << r
        self.free[other] ^= 1 << r
        self.count[r] += 1

    def remove(self, one: int, other: int, r: int) -> None:
        """Undo the meeting of two people in round ``r``."""
        partner = self.partner[r]
        partner[one] = partner[other] = NOBODY
        self.free[one] ^= 1 << r
        self.free[other] ^= 1 << r
        self.count[r] -= 1

    def chain(self, start: int, first: int, second: int, avoid: int = NOBODY) -> list[Meeting] | None:
        """Return the chain from ``start`` by round ``first``, then ``second`` and so on.

        Returns:
            ``None`` if its meetings cannot swap the two rounds: it ends with somebody who is not there in
            the other round or with ``avoid``, or a meeting would miss its deadline.
        """
        meetings: list[Meeting] = []
        here, r, other = start, first, second
        while True:
            there = self.partner[r][here]
            if there == NOBODY:
                # The last one has no meeting in this round; to take one, they must be free in it.
                return meetings if self.free[here] >> r & 1 else None
            if there == avoid or not self.is_open(here, there, other):
                return None
            meetings.append(Meeting(here, there, r))
            here, r, other = there, other, r

    def is_open(self, one: int, other: int, r: int) -> bool:
        """Return whether two people would meet in time in round ``r``."""
        if not self._open:
            return True
        pair = (one, other) if one < other else (other, one)
        return bool(self._open.get(pair, -1) >> r & 1)

    def is_due(self, one: int, other: int) -> bool:
        """Return whether two people must meet, so that nothing may take their meeting away."""
        return (min(one, other), max(one, other)) in self._open

    def swap(self, chain: Iterable[Meeting], first: int, second: int) -> None:
        """Let all meetings of ``chain`` change between the rounds ``first`` and ``second``."""
        for one, other, r in chain:
            self.remove(one, other, r)
        for one, other, r in chain:
            self.add(one, other, second if r == first else first)

    def partners(self) -> IntArray:
        """Return whom everybody meets, shape ``(rounds, n)``, -1 for nobody."""
        return np.array(self.partner, dtype=np.int64).reshape(self.rounds, len(self.free))


def rounds_in(bits: int) -> list[int]:
    """Return the rounds whose bits are set, the lowest first."""
    rounds = []
    while bits:
        low = bits & -bits
        rounds.append(low.bit_length() - 1)
        bits ^= low
    return rounds
