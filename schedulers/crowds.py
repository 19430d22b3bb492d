"""What no plan can avoid, counted before anything is planned, each time with what proves it.

Every number is a least one: it may be more, because rounds are counted one by one, as if nobody had met
anybody in another, and tables that are fixed for two people are not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from schedulers.barriers import barrier, shortage
from schedulers.explanation import Crowd, FewTables, OddCount, OddParts, PeopleLimit, RoundLimit
from schedulers.problem import PAIR, InvalidProblem
from schedulers.schedule import meeting_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from schedulers.barriers import Barrier
    from schedulers.explanation import Limit, Reason
    from schedulers.problem import BoolArray, IntArray, Problem


@dataclass(frozen=True, slots=True)
class _Room:
    """Who may meet at all, and what it takes to name a reason."""

    problem: Problem
    possible: BoolArray
    groups: Sequence[str | None]
    strangers: BoolArray | None


def limits_of(problem: Problem, held: IntArray, groups: Sequence[str | None] = ()) -> tuple[Limit, ...]:
    """Return what no plan of the rounds after ``held`` can avoid.

    Args:
        problem: The evening, with tables of two.
        held: Seats of the rounds already held, shape ``(held rounds, n)``.
        groups: The group of each person, ``None`` for nobody's; empty without. With groups, meeting one's
            own group counts, too.

    Raises:
        InvalidProblem: If ``groups`` are not as many as people.
    """
    possible = problem.may_meet() & ~problem.met_before() & (meeting_counts(held) == 0)
    strangers = possible & ~same_group(groups, problem.n) if groups else None
    room = _Room(problem, possible, groups, strangers)

    def limits(r: int) -> Iterator[RoundLimit]:
        return _limits_of_round(room, np.flatnonzero(problem.present[:, r]))

    return (*round_limits(problem, len(held), limits), *_people_limits(problem, possible, len(held)))


def same_group(groups: Sequence[str | None], n: int) -> BoolArray:
    """Return who has the same group as whom, shape ``(n, n)``; ``None`` is nobody's.

    Raises:
        InvalidProblem: If ``groups`` are not as many as people.
    """
    if len(groups) != n:
        raise InvalidProblem(f"groups must be given for all of the {n} people, not {len(groups)}")
    known: dict[str | None, int] = {None: -1}
    codes = np.array([known.setdefault(name, len(known)) for name in groups], dtype=np.int64)
    same: BoolArray = (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]
    return same


def round_limits(
    problem: Problem, first: int, limits: Callable[[int], Iterable[RoundLimit]]
) -> list[RoundLimit]:
    """Return the limits of single rounds from ``first`` on; the same people have the same limits."""
    alike: dict[bytes, list[int]] = {}
    for r in range(first, problem.rounds):
        alike.setdefault(problem.present[:, r].tobytes(), []).append(r)
    found: dict[RoundLimit, list[int]] = {}
    for rounds in alike.values():
        for limit in limits(rounds[0]):
            found.setdefault(limit, []).extend(rounds)
    return [replace(limit, rounds=tuple(sorted(rounds))) for limit, rounds in found.items()]


def _limits_of_round(room: _Room, there: IntArray) -> Iterator[RoundLimit]:
    """Yield how many must sit out, and how many more cannot avoid a colleague if they do not."""
    reasons = [*_head_counts(room.problem, len(there)), *_crowds(room, room.possible, there)]
    least, reason = max(reasons, key=lambda found: found[0], default=(0, None))
    if reason is not None:
        yield RoundLimit((), least, reason)
    if room.strangers is not None:
        apart, why = max(_crowds(room, room.strangers, there), key=lambda found: found[0], default=(0, None))
        if why is not None and apart > least:
            yield RoundLimit((), apart, why, or_colleague=True)


def _head_counts(problem: Problem, people: int) -> Iterator[tuple[int, Reason]]:
    """Yield how many sit out because of the head-count and the tables alone."""
    tables = len(problem.tables)
    has_trio = problem.odd == "trio" and people % 2 == 1 and tables > 0
    if people % 2 and not has_trio:
        yield 1, OddCount(people)
    if people > PAIR * tables + has_trio:
        yield people - PAIR * tables - has_trio, FewTables(people, tables)


def _crowds(room: _Room, possible: BoolArray, there: IntArray) -> Iterator[tuple[int, Reason]]:
    """Yield how many sit out because of who may meet whom."""
    found = barrier(possible[np.ix_(there, there)])
    crowd = _crowd(room, possible, there, found)
    if len(crowd.people) > len(crowd.partners):
        yield len(crowd.people) - len(crowd.partners), crowd
    # A table of three sets one part of three or more right.
    has_trio = room.problem.odd == "trio" and len(there) % 2 == 1
    least = found.least - (has_trio and any(len(part) > PAIR for part in found.parts))
    if least > 0:
        yield (
            least,
            OddParts(
                tuple(tuple(there[list(part)].tolist()) for part in found.parts),
                tuple(there[list(found.partners)].tolist()),
            ),
        )


def _crowd(room: _Room, possible: BoolArray, there: IntArray, found: Barrier) -> Crowd:
    """Return the parts of one person each as a crowd, and whom these may meet."""
    problem = room.problem
    people = there[sorted(part[0] for part in found.parts if len(part) == 1)]
    partners = there[possible[np.ix_(people, there)].any(axis=0)]
    side = int(problem.sides[people[0]]) if problem.sides.size and people.size else None
    if side is not None and not np.array_equal(people, there[problem.sides[there] == side]):
        side = None
    names = {room.groups[i] for i in people} if room.groups else set()
    return Crowd(
        tuple(people.tolist()),
        tuple(partners.tolist()),
        room=len(there),
        side=side,
        group=names.pop() if len(names) == 1 else None,
    )


def _people_limits(problem: Problem, possible: BoolArray, first: int) -> list[PeopleLimit]:
    """Return who has too few partners for the rounds at which they are there, alike people together."""
    present = problem.present[:, first:]
    there = present.astype(np.float32)
    at_hand = possible.astype(np.float32) @ there
    scarce = (present & (at_hand < present.sum(axis=1)[:, None])).any(axis=1)
    alike: dict[tuple[tuple[int, ...], int], list[int]] = {}
    for person in np.flatnonzero(scarce).tolist():
        rounds, partners = _scarce_rounds(present, possible[person], person)
        if len(rounds) > partners:
            alike.setdefault((tuple((rounds + first).tolist()), partners), []).append(person)
    return [
        PeopleLimit(tuple(people), len(rounds) - partners, rounds, partners)
        for (rounds, partners), people in alike.items()
    ]


def _scarce_rounds(present: BoolArray, may_meet: BoolArray, person: int) -> tuple[IntArray, int]:
    """Return rounds in which ``person`` has fewer partners in all than there are rounds, and how many."""
    own = np.flatnonzero(present[person])
    together = present[may_meet][:, own].T
    together = together[:, together.any(axis=0)]
    if together.all():
        return own, together.shape[1]
    found = shortage(together)
    return own[found.rows], len(found.columns)
