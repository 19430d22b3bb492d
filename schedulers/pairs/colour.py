"""Fourth stage: a round for every meeting.

Giving each edge of a graph one of R colours so that no two at a node are alike is *edge colouring*;
people who are away in some rounds make it *list* edge colouring. Two people without a common free round
get one by a Kempe chain. In a two-sided evening without absences this never fails (König).
"""

from __future__ import annotations

from collections import deque
from random import Random
from typing import TYPE_CHECKING

from schedulers.pairs.calendar import Calendar, Pair, rounds_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schedulers.budget import Limits

# How many steps a pair without a round takes before it is another's turn.
STEPS = 8


def colour(calendar: Calendar, pairs: Iterable[Pair], *, steps: int, limits: Limits) -> list[Pair]:
    """Give every pair a round in ``calendar``; return those for which there was none.

    The pairs with the fewest rounds in common come first. Pairs left over take turns in pushing others
    aside at random, which frees most of what blocks them.

    Args:
        calendar: The rounds to fill.
        pairs: Who is to meet.
        steps: How often pairs left over may push others aside, in all.
        limits: Time and seed.
    """
    ordered = sorted(pairs, key=lambda pair: (calendar.common(*pair).bit_count(), pair))
    left = deque(pair for pair in ordered if not place(calendar, *pair))
    random = Random(limits.seed)  # noqa: S311 -- a search, no secret
    for _ in range(steps // STEPS):
        if not left or limits.are_spent():
            break
        end = _pushed(calendar, left.popleft(), random)
        if end is not None:
            left.append(end)
    return list(left)


def _pushed(calendar: Calendar, pair: Pair, random: Random) -> Pair | None:
    """Find a round for ``pair`` by pushing others aside; return the pair that has none in the end."""
    last = pair
    for _ in range(STEPS):
        if place(calendar, *pair):
            return None
        _shift(calendar, random.choice(pair), random)
        if place(calendar, *pair):
            return None
        pushes = _pushes(calendar, pair)
        pushes = [push for push in pushes if push[0] != last] or pushes
        if not pushes:
            return pair
        last = pair
        pushed, r = random.choice(pushes)
        calendar.remove(*pushed, r)
        calendar.add(*pair, r)
        pair = pushed
    return pair


def _shift(calendar: Calendar, person: int, random: Random) -> None:
    """Let ``person`` be free in another round, by a chain of meetings that all change places."""
    free = rounds_in(calendar.free[person])
    taken = [r for r in range(calendar.rounds) if calendar.partner[r][person] >= 0]
    if free and taken:
        now, then = random.choice(free), random.choice(taken)
        chain = calendar.chain(person, then, now)
        if chain is not None:
            calendar.swap(chain, then, now)


def _pushes(calendar: Calendar, pair: Pair) -> list[tuple[Pair, int]]:
    """Return the meetings that keep ``pair`` from a round in which one of the two is free."""
    pushes = []
    for one, other in (pair, pair[::-1]):
        for r in rounds_in(calendar.free[one]):
            third = calendar.partner[r][other]
            if third >= 0 and not calendar.is_due(other, third) and calendar.is_open(one, other, r):
                pushes.append(((min(other, third), max(other, third)), r))
    return pushes


def place(calendar: Calendar, one: int, other: int) -> bool:
    """Let two people meet in some round; tell whether there is one."""
    common = calendar.common(one, other)
    if common:
        calendar.add(one, other, rounds_in(common)[0])
        return True
    return _by_chain(calendar, one, other) or _by_chain(calendar, other, one)


def _by_chain(calendar: Calendar, one: int, other: int) -> bool:
    """Free ``other`` in a round in which ``one`` is free, and let them meet in it."""
    for r in rounds_in(calendar.free[one]):
        if calendar.partner[r][other] < 0 or not calendar.is_open(one, other, r):
            continue  # away in this round, or too late
        for instead in rounds_in(calendar.free[other]):
            chain = calendar.chain(other, r, instead, avoid=one)
            if chain is not None:
                calendar.swap(chain, r, instead)
                calendar.add(one, other, r)
                return True
    return False


def level(calendar: Calendar, most: Sequence[int]) -> None:
    """Move meetings out of rounds that hold more than ``most``, as far as chains allow."""
    for r in range(calendar.rounds):
        while calendar.count[r] > most[r] and _relieve(calendar, r, most):
            pass


def _relieve(calendar: Calendar, r: int, most: Sequence[int]) -> bool:
    """Let a chain that holds one meeting more in round ``r`` than in another change places."""
    for instead in sorted(range(calendar.rounds), key=lambda r: calendar.count[r] - most[r]):
        if calendar.count[instead] >= most[instead]:
            break
        for person, partner in enumerate(calendar.partner[r]):
            if partner >= 0 and calendar.free[person] >> instead & 1:
                chain = calendar.chain(person, r, instead)
                if chain is not None and len(chain) % 2:
                    calendar.swap(chain, r, instead)
                    return True
    return False
