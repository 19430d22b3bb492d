"""Who plays which role of a skeleton, so that the meetings are worth most.

Whoever plays which role, nobody meets anybody twice: only what the meetings are worth changes, and whether
must-meets happen in time and forbidden pairs do not meet at all. Whoever is away leaves a seat empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.groups.constructions import meeting_rounds
from schedulers.groups.relabel_search import RelabelSearch
from schedulers.groups.relabel_tables import seated
from schedulers.groups.relabel_worth import cast_for

if TYPE_CHECKING:
    from schedulers.budget import Budget, Limits
    from schedulers.groups.constructions import Skeleton
    from schedulers.groups.relabel_worth import Cast
    from schedulers.problem import BoolArray, IntArray, Problem

# How much of the time left a search may take.
SHARE = 0.75
# How many swaps it makes where no clock counts: at most, and for each player.
STEPS, STEPS_EACH = 4_000, 100
UNLIMITED = 1 << 30
# So often in a row dealing may be in vain.
IN_VAIN = 10


def relabel(
    problem: Problem,
    skeleton: Skeleton,
    *,
    first: int = 0,
    former: BoolArray | None = None,
    budget: Budget,
    random: np.random.Generator,
) -> IntArray:
    """Return the seats of people who play the roles of ``skeleton``.

    Must-meets in time come first, then meetings with people met in former rounds or in ``met``, then value
    and the balance of attributes. Forbidden pairs meet only where no swap could prevent it, and people with a
    fixed table sit elsewhere only if they share one, or if theirs is too small.

    Args:
        problem: The evening.
        skeleton: Its seats may be fewer than people, and more: then some stay empty.
        first: The round of the evening that is the first of the skeleton.
        former: Shape ``(n, n)``: who has met in earlier rounds; nobody by default.
        budget: Of the time left, at most three quarters are used.
        random: Source of what the search does by chance.

    Returns:
        Shape ``(rounds of the skeleton, n)``: tables of the problem, -1 for whoever has none.
    """
    rounds, roles = skeleton.seats.shape
    cast = cast_for(problem, roles=roles, rounds=rounds, first=first, former=former)
    role_of = first_roles(problem, cast, skeleton.seats, random)
    search = RelabelSearch(cast, meeting_rounds(skeleton.seats), role_of, random)
    limits = budget.share(SHARE)
    deal(search, limits)
    swap(search, limits)
    return seated(problem, played(problem, cast, skeleton.seats, search.best))


def deal(search: RelabelSearch, limits: Limits) -> None:
    """Deal the roles of many players at a time, until that is in vain."""
    vain = 0
    while vain < IN_VAIN and not limits.are_spent():
        vain = 0 if search.deal() else vain + 1


def swap(search: RelabelSearch, limits: Limits) -> None:
    """Let two players at a time swap their roles; where no swap changes anything, all people fit alike."""
    most = min(STEPS, STEPS_EACH * len(search.role_of))
    steps = UNLIMITED if limits.deadline is not None else most
    matters = bool(search.changes().any())
    while steps and matters and not limits.are_spent():
        search.step()
        steps -= 1


def played(problem: Problem, cast: Cast, seats: IntArray, role_of: IntArray) -> IntArray:
    """Return the seats of people, shape ``(rounds, n)``, -1 for whoever has none.

    Args:
        problem: The evening.
        cast: The players.
        seats: Shape ``(rounds, roles)``: the seats of the roles.
        role_of: Shape ``(players,)``: who plays which role.
    """
    people = np.full((len(seats), problem.n + 1), -1, dtype=np.int64)
    np.put_along_axis(people, cast.people, seats[:, role_of], axis=1)
    return people[:, : problem.n]


def first_roles(problem: Problem, cast: Cast, seats: IntArray, random: np.random.Generator) -> IntArray:
    """Return roles by chance, shape ``(players,)``, but such that people with fixed tables do not meet.

    Each of them takes a role that never moves, where there are enough of these, or else one that leaves most
    others to those who follow. Where no role is left that fits, chance decides for them, too.

    Args:
        problem: The evening.
        cast: The players.
        seats: Shape ``(rounds, roles)``: the tables of the roles.
        random: Source of chance.
    """
    fixed = np.append(problem.fixed, -1)
    hosts = np.flatnonzero((fixed[cast.people] >= 0).any(axis=0)).tolist()
    is_apart = meeting_rounds(seats) < 0
    is_steady = (seats == seats[:1]).all(axis=0)
    is_steady &= len(hosts) <= is_steady.sum()
    roles = len(is_apart)
    role_of = np.full(roles, -1, dtype=np.int64)
    fits, is_free = np.ones(roles, dtype=np.bool_), np.ones(roles, dtype=np.bool_)
    for host in hosts:
        if not fits.any():
            break
        leaves = (is_apart & fits).sum(axis=1) + roles * is_steady
        role = int(np.argmax(np.where(fits, leaves, -1)))
        role_of[host], is_free[role] = role, False
        fits &= is_apart[role] & is_free
    role_of[role_of < 0] = random.permutation(np.flatnonzero(is_free))
    return role_of
