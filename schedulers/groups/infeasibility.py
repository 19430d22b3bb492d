"""What stands in the way of wishes and of a next round at tables of more than two.

A must-meet by itself is impossible if the two may not meet, are fixed at different tables, or are never
there together in time: then the rules that stand in its way are told. That all others can hold together is
shown by a plan that holds them. Whether there is a next round without second meetings is answered by an
integer model, and so is what it takes if there is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from schedulers.budget import Budget
from schedulers.explanation import (
    Clash,
    Explanation,
    FewSeats,
    LetMeetAgain,
    LetSitOut,
    NextRound,
    Relaxation,
    RoundLimit,
)
from schedulers.groups.existence import RoundModel
from schedulers.groups.search import GroupSearch
from schedulers.groups.sizes import most_seated
from schedulers.schedule import MaxIterations, MaxRuntime, meeting_counts
from schedulers.wishes.rulebook import open_wishes
from schedulers.wishes.rules import (
    Absent,
    Attend,
    Drop,
    FixedTable,
    Forbidden,
    FreeSeat,
    Permit,
    Postpone,
    Rounds,
    RoundsHeld,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.budget import Limits
    from schedulers.problem import BoolArray, IntArray, MustMeet, Problem
    from schedulers.wishes.rules import Change, Rule

# The share of the time that goes into a plan which shows that must-meets can hold together.
SHARE = 0.5
# The largest room, in people times tables, whose next round an integer model looks for.
MOST_SEATS = 2000


def explain_groups(problem: Problem, held: IntArray, stop: MaxRuntime | MaxIterations) -> Explanation:
    """Return what clashes, and whether there is a next round; see :func:`schedulers.explain.explain`.

    ``problem`` has enough seats for all who are fixed at a table.
    """
    wishes = open_wishes(problem, held)
    barred = {wish: rules for wish in wishes if (rules := tuple(_in_the_way(problem, wish, len(held))))}
    fulfilled = len(problem.musts) - len(wishes)
    possible = [wish for wish in wishes if wish not in barred]
    can_hold = _can_hold(replace(problem, must_meet=possible), held, stop)
    most = len(possible) + fulfilled if can_hold else None
    clashes = tuple(
        Clash((wish, *rules), "smallest", _relaxations(problem, wish, rules, most))
        for wish, rules in barred.items()
    )
    following = None
    if len(held) < problem.rounds:
        following = next_round_of(problem, held, Budget(stop, 0).share(1.0 - SHARE))
    return Explanation(
        clashes,
        tuple(_limits(problem, len(held))),
        wishes=len(problem.musts),
        most=most,
        is_complete=can_hold and (following is None or following.is_possible is not None),
        next_round=following,
    )


def next_round_of(problem: Problem, held: IntArray, limits: Limits) -> NextRound:
    """Return whether a round can follow ``held`` with everybody seated and nobody meeting anybody again."""
    r = len(held)
    people = int(problem.present[:, r].sum())
    met = (meeting_counts(held) > 0) | problem.met_before()
    if people * len(problem.tables) > MOST_SEATS:
        is_possible = _quick_round(problem, held)
        return NextRound(r, True if is_possible else None)
    model = RoundModel(problem, r, met | ~problem.allowed)
    model.seat_all()
    answer = model.solve(limits)
    if answer.row is not None:
        return NextRound(r, is_possible=True)
    if not answer.is_proven:
        return NextRound(r, is_possible=None)
    return NextRound(r, False, tuple(_ways_out(problem, r, met, limits)))


def _ways_out(problem: Problem, r: int, met: BoolArray, limits: Limits) -> Iterator[LetSitOut | LetMeetAgain]:
    """Yield what it takes to hold round ``r``: people who sit out, or pairs of ``met`` who meet again."""
    model = RoundModel(problem, r, met | ~problem.allowed)
    model.pay_for_waiting(dict.fromkeys(range(problem.n), 1))
    answer = model.solve(limits)
    if answer.row is not None:
        yield LetSitOut(answer.cost, answer.is_proven)
    model = RoundModel(problem, r, ~problem.allowed)
    model.seat_all()
    there = problem.present[:, r]
    pairs = np.argwhere(np.triu(met & problem.allowed & there[:, None] & there[None, :], 1))
    model.pay_for_meeting(dict.fromkeys(((one, other) for one, other in pairs.tolist()), 1))
    answer = model.solve(limits)
    if answer.row is not None:
        yield LetMeetAgain(answer.cost, answer.is_proven)


def _quick_round(problem: Problem, held: IntArray) -> bool:
    """Return whether the planner finds a next round without second meetings for a large room."""
    found = GroupSearch(problem, held, MaxIterations(0), seed=0, until=len(held) + 1).run()
    again = found.repeats - int(np.maximum(0, meeting_counts(held) - 1).sum()) // 2
    is_seated = bool((found.seats[-1][problem.present[:, len(held)]] >= 0).all())
    return is_seated and not again


def _can_hold(problem: Problem, held: IntArray, stop: MaxRuntime | MaxIterations) -> bool:
    """Return whether a plan is found that holds all must-meets of ``problem``."""
    if not problem.musts:
        return True
    part = MaxRuntime(SHARE * stop.seconds) if isinstance(stop, MaxRuntime) else stop
    return not GroupSearch(problem, held, part, seed=0).run().unmet


def _in_the_way(problem: Problem, wish: MustMeet, first: int) -> Iterator[Rule]:
    """Yield the rules because of which ``wish`` cannot happen from round ``first`` on, as few as can be."""
    if not problem.allowed[wish.first, wish.second]:
        yield Forbidden(wish.first, wish.second)
        return
    tables = problem.fixed[wish.first], problem.fixed[wish.second]
    if min(tables) >= 0 and tables[0] != tables[1]:
        yield from (FixedTable(person, int(problem.fixed[person])) for person in wish[:2])
        return
    rounds = range(first, _last(problem, wish) + 1)
    there = problem.present[list(wish[:2])][:, first : rounds.stop]
    if there.all(axis=0).any():
        return
    for person, presence in zip(wish[:2], there, strict=True):
        if not presence.all():
            yield Absent(person, tuple((np.flatnonzero(~presence) + first).tolist()))
    if first:
        yield RoundsHeld(first)
    if wish.by is None:
        yield Rounds(problem.rounds)


def _last(problem: Problem, wish: MustMeet) -> int:
    return problem.rounds - 1 if wish.by is None else wish.by


def _relaxations(
    problem: Problem, wish: MustMeet, rules: tuple[Rule, ...], most: int | None
) -> tuple[Relaxation, ...]:
    """Return what would let ``wish`` happen, and that one can do without it; nothing if time was short."""
    if most is None:
        return ()
    changes: list[Change] = []
    for rule in rules:
        match rule:
            case Forbidden():
                changes.append(Permit(rule.first, rule.second))
            case FixedTable():
                changes.append(FreeSeat(rule.person))
            case Absent():
                other = wish.second if rule.person == wish.first else wish.first
                changes += [Attend(rule.person, r) for r in rule.rounds if problem.present[other, r]][:1]
    both = problem.present[wish.first] & problem.present[wish.second]
    later = np.flatnonzero(both[_last(problem, wish) + 1 :])
    if later.size and any(isinstance(rule, Absent) for rule in rules):
        changes.append(Postpone(wish, _last(problem, wish) + 1 + int(later[0])))
    asked = len(problem.musts)
    found = [Relaxation(change, most + 1, asked) for change in changes]
    return (*found, Relaxation(Drop(wish), most, asked - 1))


def _limits(problem: Problem, first: int) -> Iterator[RoundLimit]:
    """Yield how many must sit out because of tables alone, rounds alike together."""
    alike: dict[FewSeats, list[int]] = {}
    for r in range(first, problem.rounds):
        people, seated = int(problem.present[:, r].sum()), most_seated(problem, r)
        if seated < people:
            alike.setdefault(FewSeats(people, seated), []).append(r)
    for reason, rounds in alike.items():
        yield RoundLimit(tuple(rounds), reason.people - reason.seated, reason)
