"""From a briefing to the solver's problem: what is planned, and what may be shown of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from event_server.domain.seating import PAIR
from event_server.domain.state import pairs_of
from event_server.planning.briefing import Briefing, organisation_key
from event_server.planning.floor import place
from event_server.planning.matching import match_of, planned_weights
from event_server.planning.mixing import balance_of
from schedulers.affinity import languages_allow
from schedulers.problem import BoolArray, IntArray, MustMeet, Problem, Table, pair_matrix
from schedulers.schedule import SITS_OUT, Plan, meeting_counts, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import Pair
    from event_server.planning.matching import Match

SIDES = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A problem with what is needed to read its answer.

    Attributes:
        problem: What is planned. A wish that a rule forbids is left out: the rule holds, the rest is planned.
            Its weights know what answers taught.
        stated: What everything said of a plan refers to. It holds all wishes, but no rule that an attendee
            asked for privately, and none that the called rounds broke because it was made after them. Its
            weights know profiles only.
        ids: Index of the problem -> attendee.
        held: Rounds already called, shape ``(called rounds, n)``.
        course: Rounds to come as people have them on their cards, of the same width; none without cards.
        match: How well all pairs fit by their profiles.
    """

    briefing: Briefing
    problem: Problem
    stated: Problem
    ids: tuple[AttendeeId, ...]
    held: IntArray
    course: IntArray
    match: Match

    @property
    def is_taught(self) -> bool:
        """Tell whether answers move what is planned: its prices then prove little of what is shown."""
        return not np.array_equal(self.problem.weights, self.stated.weights)

    @property
    def start(self) -> Plan | None:
        """Return the plan to go on from; none but where people go by cards."""
        if not len(self.course):
            return None
        return plan_of(self.problem, np.concatenate([self.held, self.course]))

    @property
    def by_profiles(self) -> Problem:
        """Return what would be planned if answers taught nothing."""
        return replace(self.problem, weights=self.stated.weights)


def task_of(briefing: Briefing) -> Task:
    """Return the solver's problem for ``briefing``."""
    ids = tuple(person.id for person in briefing.people)
    index = {person: i for i, person in enumerate(ids)}
    held, present, unseated = _held(briefing, index)
    together = meeting_counts(held) > 0
    fixed = [person.table - 1 if person.table else SITS_OUT for person in briefing.people]
    private = pair_matrix(len(ids), _indexed(briefing.private, index))
    match = match_of(briefing, held, _indexed(briefing.acquainted, index))
    allowed = _allowed(briefing, index)
    shown = Problem(
        weights=match.shown,
        tables=_tables(briefing, PAIR),
        rounds=briefing.rounds,
        allowed=allowed | together,
        present=present,
        sides=_sides(briefing),
        must_meet=_musts(briefing, index),
        met=[pair for pair in _indexed((*briefing.met, *unseated), index) if not together[pair]],
        fixed=np.array([table if table < briefing.tables else SITS_OUT for table in fixed], dtype=np.int64),
        rotation=briefing.rotation,
        balance=balance_of(briefing),
        odd="trio" if briefing.odd == "trio" and briefing.seats == PAIR else "sit_out",
    )
    # At larger tables people may meet again: whom a rule parted since they met must not.
    barred = private if shown.is_pairs else private | ~allowed
    may_meet = shown.may_meet() & ~barred
    musts = [must for must in shown.musts if may_meet[must.first, must.second]]
    problem = replace(
        shown,
        weights=planned_weights(briefing, match, may_meet),
        tables=_tables(briefing, least_at_table(briefing)),
        allowed=shown.allowed & ~barred,
        must_meet=musts,
    )
    return Task(
        briefing=briefing,
        problem=problem,
        stated=_as_held(shown, held),
        ids=ids,
        held=held,
        course=_course(briefing, index),
        match=match,
    )


def _tables(briefing: Briefing, least: int) -> list[Table]:
    places = (place(number, briefing.tables) for number in range(1, briefing.tables + 1))
    return [Table(briefing.seats, least=least, x=x, y=y) for x, y in places]


def least_at_table(briefing: Briefing) -> int:
    """Return how many people a table holds at least: never so many that somebody must sit out for it.

    At tables of more than two at most two chairs stay empty, or as many as it takes to spread everybody
    evenly over the fewest tables; fewer people sit there only if rules leave no other way. Where people go by
    cards, nobody leaves their course because others have gone home.
    """
    here = [person for person in briefing.people if person.here]
    if briefing.seats == PAIR or len(here) <= briefing.seats or briefing.rotation:
        return PAIR
    evenly = len(here) // -(-len(here) // briefing.seats)
    apart = [[person.side or "" for person in here]]
    if briefing.colleagues_apart:
        apart.append([organisation_key(person.organisation) for person in here])
    # Where everybody has a side, or an organisation, only one of each sits at a table.
    kinds = [len(set(keys)) for keys in apart if all(keys)]
    return max(PAIR, min(briefing.seats - 2, evenly, *kinds))


def _held(briefing: Briefing, index: dict[AttendeeId, int]) -> tuple[IntArray, BoolArray, list[Pair]]:
    """Return held seats, presence for all rounds, and meetings at tables that the room no longer has."""
    n, called = len(index), len(briefing.held)
    held = np.full((called, n), SITS_OUT, dtype=np.int64)
    here = np.array([person.here for person in briefing.people], dtype=np.bool_)
    present = np.repeat(here[:, None], briefing.rounds, axis=1)
    present[:, :called] = False
    unseated: list[Pair] = []
    for r, round_ in enumerate(briefing.held):
        for table, seats in enumerate(round_.tables):
            people = [index[person] for person in seats if person in index]
            if len(people) < 2:  # noqa: PLR2004 - whoever was left alone met nobody
                continue
            if table < briefing.tables:
                held[r, people] = table
                present[people, r] = True
            else:
                unseated.extend(pairs_of(seats))
        present[[index[person] for person in round_.sitting_out if person in index], r] = True
    return held, present, unseated


def _course(briefing: Briefing, index: dict[AttendeeId, int]) -> IntArray:
    """Return the rounds of cards, shape ``(rounds, n)``, without tables that the room no longer has."""
    rows = np.full((len(briefing.course), len(index)), SITS_OUT, dtype=np.int64)
    for row, seating in zip(rows, briefing.course, strict=True):
        for table, seats in enumerate(seating[: briefing.tables]):
            row[[index[person] for person in seats if person in index]] = table
    return rows


def _indexed(pairs: Iterable[Pair], index: dict[AttendeeId, int]) -> list[tuple[int, int]]:
    known = sorted({pair for pair in pairs if pair[0] in index and pair[1] in index})
    return [(index[one], index[other]) for one, other in known]


def _allowed(briefing: Briefing, index: dict[AttendeeId, int]) -> BoolArray:
    allowed: BoolArray = ~pair_matrix(len(index), _indexed(briefing.never, index))
    if briefing.colleagues_apart:
        allowed &= _different([organisation_key(person.organisation) for person in briefing.people])
    if not len(_sides(briefing)):
        allowed &= _different([person.side or "" for person in briefing.people])
    allowed &= languages_allow([frozenset(person.languages) for person in briefing.people])
    return allowed


def _different(keys: Sequence[str]) -> BoolArray:
    """Return where two people do not share a key; nobody shares an empty one."""
    numbers = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    column = np.array([numbers[key] for key in keys], dtype=np.int64)
    said = np.array([bool(key) for key in keys], dtype=np.bool_)
    different: BoolArray = (column[:, None] != column[None, :]) | ~said[:, None] | ~said[None, :]
    return different


def _sides(briefing: Briefing) -> IntArray:
    """Return 0 and 1 if everybody has one of two sides, else nothing: a side then keeps its own apart.

    So it does at tables of more than two, whatever sides there are.
    """
    names = sorted({person.side for person in briefing.people if person.side})
    if briefing.seats > PAIR or len(names) != SIDES or not all(person.side for person in briefing.people):
        return np.zeros(0, dtype=np.int64)
    return np.array([names.index(person.side or "") for person in briefing.people], dtype=np.int64)


def _musts(briefing: Briefing, index: dict[AttendeeId, int]) -> list[MustMeet]:
    return [
        MustMeet(index[one], index[other], by - 1 if by else None)
        for one, other, by in briefing.must
        if one in index and other in index
    ]


def _as_held(problem: Problem, held: IntArray) -> Problem:
    """Return ``problem`` without the tables and sides that somebody got after they had sat otherwise."""
    elsewhere = ((held >= 0) & (held != problem.fixed[None, :])).any(axis=0)
    fixed = np.where(elsewhere, SITS_OUT, problem.fixed)
    sides, allowed = problem.sides, problem.allowed
    together = meeting_counts(held) > 0
    if sides.size and (together & (sides[:, None] == sides[None, :])).any():
        allowed = allowed & ((sides[:, None] != sides[None, :]) | together)
        sides = np.zeros(0, dtype=np.int64)
    return replace(problem, fixed=fixed, sides=sides, allowed=allowed)
