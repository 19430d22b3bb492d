"""From a briefing to what can be said of it: why wishes clash, what no plan can avoid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.planning.briefing import organisation_key
from event_server.planning.insight import Conflict, Insight, Limit, Option, Ruling
from event_server.planning.problems import task_of
from schedulers.explain import explain
from schedulers.explanation import (
    Crowd,
    FewSeats,
    FewTables,
    OddCount,
    OddParts,
    OnePerTable,
    PeopleLimit,
    RepeatsLimit,
    RoundLimit,
)
from schedulers.problem import MustMeet
from schedulers.schedule import MaxRuntime
from schedulers.wishes import rules as r

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.planning.briefing import Briefing
    from schedulers.explanation import Clash
    from schedulers.explanation import Limit as Found

    Ids = Sequence[AttendeeId]

MOST_NAMED = 6
MOST_CONFLICTS = 6
MOST_OPTIONS = 4
MOST_RULES = 12


def insight(briefing: Briefing, *, seconds: float) -> Insight:
    """Return what can be said of ``briefing``, looking for clashes no longer than ``seconds``.

    Nothing of it tells of rules that an attendee asked for privately: it speaks of the problem as shown.
    """
    task = task_of(briefing)
    names: dict[str, str] = {}
    for person in briefing.people:
        names.setdefault(organisation_key(person.organisation), person.organisation)
    groups = [names[organisation_key(person.organisation)] or None for person in briefing.people]
    found = explain(task.stated, task.held, stop=MaxRuntime(seconds), groups=groups, asks_next_round=False)
    return Insight(
        basis=briefing.basis,
        conflicts=tuple(_conflict(clash, task.ids) for clash in found.clashes[:MOST_CONFLICTS]),
        limits=tuple(_limit(limit, task.ids) for limit in found.limits),
    )


def _conflict(clash: Clash, ids: Ids) -> Conflict:
    """Return ``clash``, of very many wishes only the first ones, with the most helpful changes."""
    more = max(0, len(clash.rules) - MOST_RULES)
    wishes = [rule for rule in clash.rules if isinstance(rule, MustMeet)]
    told = (*wishes[: len(wishes) - more], *clash.rules[len(wishes) :])
    return Conflict(
        rules=tuple(_rule(rule, ids) for rule in told),
        more=len(clash.rules) - len(told),
        options=tuple(
            Option(change=_change(option.change, ids), met=option.met, wishes=option.wishes)
            for option in clash.relaxations[:MOST_OPTIONS]
        ),
    )


def _rule(rule: r.Rule, ids: Ids) -> Ruling:
    people = tuple(ids[person] for person in r.people_of(rule))
    match rule:
        case MustMeet(by=by):
            return Ruling(kind="must", people=people, rounds=() if by is None else (by + 1,))
        case r.Absent(rounds=rounds):
            return Ruling(kind="absent", people=people, rounds=tuple(number + 1 for number in rounds))
        case r.Forbidden():
            return Ruling(kind="apart", people=people)
        case r.SameSide():
            return Ruling(kind="same_side", people=people)
        case r.MetBefore(round=number):
            return Ruling(kind="met_before", people=people, rounds=() if number is None else (number + 1,))
        case r.FixedTable(table=table):
            return Ruling(kind="fixed_table", people=people, table=table + 1)
        case r.TableSeats(table=table, seats=seats, round=number):
            return Ruling(kind="table_seats", table=table + 1, count=seats, rounds=(number + 1,))
        case r.TablesInRound(round=number, tables=tables):
            return Ruling(kind="tables", rounds=(number + 1,), count=tables)
        case r.TableSizes(largest=seats):
            return Ruling(kind="seats", count=seats)
        case r.OneMeeting():
            return Ruling(kind="one_meeting", people=people)
        case r.OneTrio(round=number):
            return Ruling(kind="one_trio", rounds=(number + 1,))
        case r.RoundsHeld(count=count):
            return Ruling(kind="rounds_held", count=count)
        case r.Rounds(count=count):
            return Ruling(kind="rounds", count=count)


def _change(change: r.Change, ids: Ids) -> Ruling:
    match change:
        case r.Drop(wish=wish):
            return Ruling(kind="drop", people=(ids[wish.first], ids[wish.second]))
        case r.Postpone(wish=wish, by=by):
            return Ruling(kind="postpone", people=(ids[wish.first], ids[wish.second]), rounds=(by + 1,))
        case r.Attend(person=person, round=number):
            return Ruling(kind="attend", people=(ids[person],), rounds=(number + 1,))
        case r.Permit(first=first, second=second):
            return Ruling(kind="permit", people=(ids[first], ids[second]))
        case r.MeetAgain(first=first, second=second):
            return Ruling(kind="meet_again", people=(ids[first], ids[second]))
        case r.FreeSeat(person=person):
            return Ruling(kind="free_seat", people=(ids[person],))
        case r.AddTable(round=number):
            return Ruling(kind="add_table", rounds=(number + 1,))
        case r.LargerTables(seats=seats):
            return Ruling(kind="larger_tables", count=seats)
        case r.AddRound():
            return Ruling(kind="add_round")


def _limit(limit: Found, ids: Ids) -> Limit:
    match limit:
        case PeopleLimit():
            return _people_limit(limit, ids)
        case RepeatsLimit():
            return Limit(
                why="again",
                least=limit.least,
                rounds=tuple(number + 1 for number in limit.rounds),
                enough_rounds=limit.enough_rounds or 0,
                enough_seats=limit.enough_seats or 0,
            )
        case RoundLimit():
            return _round_limit(limit, ids)


def _round_limit(limit: RoundLimit, ids: Ids) -> Limit:
    rounds = tuple(number + 1 for number in limit.rounds)
    match limit.reason:
        case OddCount(people=people):
            return Limit(why="odd", least=limit.least, rounds=rounds, count=people)
        case FewTables(people=people, tables=tables):
            return Limit(why="tables", least=limit.least, rounds=rounds, count=people, partners=tables)
        case FewSeats(people=people, seated=seated):
            return Limit(why="seats", least=limit.least, rounds=rounds, count=people, partners=seated)
        case OddParts(parts=parts):
            return Limit(why="parts", least=limit.least, rounds=rounds, count=len(parts))
        case Crowd(partners=partners) as crowd:
            why, others = "crowd", len(partners)
        case OnePerTable(tables=tables) as crowd:
            why, others = "apart", tables
    return Limit(
        why=why,
        least=limit.least,
        rounds=rounds,
        people=tuple(ids[person] for person in crowd.people[:MOST_NAMED]),
        count=len(crowd.people),
        of=crowd.room,
        partners=others,
        group=crowd.group or "",
        colleague=limit.or_colleague,
    )


def _people_limit(limit: PeopleLimit, ids: Ids) -> Limit:
    return Limit(
        why="partners",
        least=limit.least,
        rounds=tuple(number + 1 for number in limit.rounds),
        people=tuple(ids[person] for person in limit.people[:MOST_NAMED]),
        count=len(limit.people),
        partners=limit.partners,
    )
