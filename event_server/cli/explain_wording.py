"""Clashes and limits in English, one sentence each: people by their ids, rounds and tables from 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schedulers.explanation import (
    Crowd,
    FewSeats,
    FewTables,
    LetSitOut,
    OddCount,
    OddParts,
    OnePerTable,
    PeopleLimit,
    RepeatsLimit,
    RoundLimit,
)
from schedulers.problem import PAIR, MustMeet
from schedulers.wishes.rules import (
    Absent,
    AddRound,
    AddTable,
    Attend,
    Drop,
    FixedTable,
    Forbidden,
    FreeSeat,
    LargerTables,
    MeetAgain,
    MetBefore,
    OneMeeting,
    OneTrio,
    Permit,
    Postpone,
    Rounds,
    RoundsHeld,
    SameSide,
    TableSeats,
    TablesInRound,
    TableSizes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.explanation import Clash, Explanation, Limit, NextRound, Reason, Relaxation
    from schedulers.wishes.rules import Change, Rule

PROOFS = {
    "smallest": "no fewer clash",
    "irreducible": "without any one of them the others can hold",
    "clash": "not all of them may be needed",
}
# A sentence names no more than these; a crowd is known by its number.
MOST_NAMES = 6


def sentences(explanation: Explanation, ids: Sequence[str]) -> Iterator[str]:
    """Yield everything that ``explanation`` says, in lines; ``ids[i]`` is person ``i``."""
    if not explanation.is_complete:
        yield "There was no time, or no room, for everything: there may be more to say."
    for clash in explanation.clashes:
        yield clash_sentence(clash, ids)
        yield from (f"  {relaxation_sentence(option, ids)}" for option in clash.relaxations)
    if explanation.most is not None and explanation.wishes:
        yield f"{_share(explanation.most, explanation.wishes)}."
    elif not explanation.wishes and not explanation.clashes:
        yield "Nobody must meet anybody, so nothing clashes."
    for limit in explanation.limits:
        yield limit_sentence(limit, ids)
    if explanation.next_round is not None:
        yield from next_round_sentences(explanation.next_round)


def clash_sentence(clash: Clash, ids: Sequence[str]) -> str:
    """Return which rules clash, and what is proven about their number."""
    rules = "; ".join(rule_phrase(rule, ids) for rule in clash.rules)
    return f"These {len(clash.rules)} rules cannot all hold ({PROOFS[clash.proven]}): {rules}."


def relaxation_sentence(option: Relaxation, ids: Sequence[str]) -> str:
    """Return a change and how many must-meets can hold after it."""
    change = f"If {change_phrase(option.change, ids)}"
    if not option.wishes:
        return f"{change}, no must-meet is left."
    return f"{change}, {_share(option.met, option.wishes).lower()}."


def limit_sentence(limit: Limit, ids: Sequence[str]) -> str:
    """Return what cannot be avoided, and why."""
    match limit:
        case PeopleLimit():
            return _people_sentence(limit, ids)
        case RepeatsLimit():
            return _repeats_sentence(limit)
        case RoundLimit():
            return _round_sentence(limit, ids)


def _round_sentence(limit: RoundLimit, ids: Sequence[str]) -> str:
    if limit.or_colleague:
        sit_out = "meet a colleague or sit out" if limit.least > 1 else "meets a colleague or sits out"
    else:
        sit_out = "sit out" if limit.least > 1 else "sits out"
    reason = _reason(limit.reason, ids, is_stranger=limit.or_colleague)
    return f"{_rounds(limit.rounds).capitalize()}: at least {limit.least} {sit_out}, because {reason}."


def next_round_sentences(following: NextRound) -> Iterator[str]:
    """Yield whether there is a next round in which nobody meets anybody again, and what else would do."""
    wanted = f"Round {following.round} with everybody seated and nobody meeting anybody again"
    if following.is_possible is None:
        yield f"{wanted}: there was no time to know whether that can be."
    elif following.is_possible:
        yield f"{wanted} can be."
    else:
        yield f"{wanted} cannot be."
    for option in following.relaxations:
        about = "" if option.is_fewest else " or fewer"
        if isinstance(option, LetSitOut):
            yield f"  If {_count(option.people, 'person', 'people')}{about} may sit out, it can."
        else:
            yield f"  If {_count(option.pairs, 'pair')}{about} may meet again, it can."


def rule_phrase(rule: Rule, ids: Sequence[str]) -> str:
    """Return ``rule`` as a clause."""
    match rule:
        case MustMeet():
            by = "" if rule.by is None else f" by round {rule.by}"
            return f"{ids[rule.first]} and {ids[rule.second]} must meet{by}"
        case Absent():
            return f"{ids[rule.person]} is absent in {_rounds(rule.rounds)}"
        case Forbidden():
            return f"{ids[rule.first]} and {ids[rule.second]} may not meet"
        case SameSide():
            return f"{ids[rule.first]} and {ids[rule.second]} are of the same side"
        case MetBefore():
            when = "at a former event" if rule.round is None else f"in round {rule.round}"
            return f"{ids[rule.first]} and {ids[rule.second]} met {when}"
        case FixedTable():
            return f"{ids[rule.person]} sits only at table {rule.table}"
        case TableSeats():
            return f"table {rule.table} seats {rule.seats} in round {rule.round}"
        case TablesInRound():
            return f"round {rule.round} has {_count(rule.tables, 'table')}"
        case TableSizes():
            sizes = {rule.smallest, rule.largest}
            return f"a table seats {' to '.join(map(str, sorted(sizes)))} people"
        case OneMeeting():
            return f"{ids[rule.person]} sits at one table a round"
        case OneTrio():
            return f"round {rule.round} has one table of three at most"
        case RoundsHeld():
            return f"{_rounds(tuple(range(rule.count)))} {'is' if rule.count == 1 else 'are'} over"
        case Rounds():
            return f"the evening has {_count(rule.count, 'round')}"


def change_phrase(change: Change, ids: Sequence[str]) -> str:
    """Return ``change`` as a clause that follows "if"."""
    match change:
        case Drop():
            return f"{ids[change.wish.first]} and {ids[change.wish.second]} need not meet"
        case Postpone():
            return f"{ids[change.wish.first]} and {ids[change.wish.second]} meet by round {change.by}"
        case Attend():
            return f"{ids[change.person]} is there in round {change.round}"
        case Permit():
            return f"{ids[change.first]} and {ids[change.second]} may meet"
        case MeetAgain():
            return f"{ids[change.first]} and {ids[change.second]} may meet again"
        case FreeSeat():
            return f"{ids[change.person]} may sit at any table"
        case AddTable():
            return f"round {change.round} has one table more"
        case LargerTables():
            return f"every table seats {change.seats}"
        case AddRound():
            return "one more round is held, with those who are there in the last one"


def _reason(reason: Reason, ids: Sequence[str], *, is_stranger: bool) -> str:
    match reason:
        case OddCount():
            return f"{reason.people} is an odd number"
        case FewTables():
            return f"there are {reason.people} people and {_count(reason.tables, 'table')} of two"
        case FewSeats():
            return f"there are {reason.people} people, and tables seat {reason.seated} of them at most"
        case Crowd():
            return _crowd(reason, ids, is_stranger=is_stranger)
        case OnePerTable():
            return _one_per_table(reason, ids, is_stranger=is_stranger)
        case OddParts():
            sizes = ", ".join(str(len(part)) for part in reason.parts[:MOST_NAMES])
            more = ", …" if len(reason.parts) > MOST_NAMES else ""
            others = f", or {_names(reason.partners, ids)}" if reason.partners else ""
            return f"{len(reason.parts)} parts of the room ({sizes}{more}) may only meet inside{others}"


def _crowd(crowd: Crowd, ids: Sequence[str], *, is_stranger: bool) -> str:
    who = _who(crowd, ids, is_side=crowd.side is not None)
    no_colleague = " who are no colleagues" if is_stranger else ""
    if not crowd.partners:
        return f"{who} may meet nobody there{no_colleague.replace('are no colleagues', 'is no colleague')}"
    return f"{who} may only meet {_count(len(crowd.partners), 'other')}{no_colleague}"


def _one_per_table(crowd: OnePerTable, ids: Sequence[str], *, is_stranger: bool) -> str:
    apart = "are colleagues" if is_stranger else "may not share a table"
    can_take = "table can take one of them" if crowd.tables == 1 else "tables can take one of them each"
    return f"{_who(crowd, ids)} {apart}, and only {crowd.tables} {can_take}"


def _who(crowd: Crowd | OnePerTable, ids: Sequence[str], *, is_side: bool = False) -> str:
    """Return a crowd by its group, its side, its people if they are few, or else its number."""
    who = f"{len(crowd.people)} of {crowd.room} people"
    if crowd.group is not None:
        return f"{who}, all of {crowd.group},"
    if is_side:
        return f"{who}, one whole side,"
    return f"{who} ({_names(crowd.people, ids)})" if len(crowd.people) <= MOST_NAMES else who


def _repeats_sentence(limit: RepeatsLimit) -> str:
    again = _count(limit.least, "meeting is a second one", "meetings are second ones")
    unavoidable = f"{_rounds(limit.rounds).capitalize()}: at least {again}, or more people sit out"
    enough = [f"{_count(limit.enough_rounds, 'round')} in all"] if limit.enough_rounds else []
    enough += [f"tables of {limit.enough_seats}"] if limit.enough_seats else []
    return f"{unavoidable}; {' or '.join(enough)} can do without." if enough else f"{unavoidable}."


def _people_sentence(limit: PeopleLimit, ids: Sequence[str]) -> str:
    one = len(limit.people) == 1
    times = {1: "once", 2: "twice"}.get(limit.least, f"{limit.least} times")
    who = f"{_names(limit.people, ids)} {'sits' if one else 'each sit'} out at least {times}"
    partners = _count(limit.partners, "person", "people") if limit.partners else "nobody"
    company = f", and a table takes {limit.needed} besides" if limit.needed > 1 else ""
    return f"{who}: in {_rounds(limit.rounds)} there {_are(limit.partners)} {partners} to meet{company}."


def _are(number: int) -> str:
    return "are" if number > 1 else "is"


def _share(met: int, wishes: int) -> str:
    if wishes == 1:
        return f"The must-meet can{'' if met else 'not'} hold"
    return f"{'All' if met == wishes else f'{met} of'} {wishes} must-meets can hold together"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _names(people: Sequence[int], ids: Sequence[str]) -> str:
    names = [ids[person] for person in people[:MOST_NAMES]]
    if len(people) > MOST_NAMES:
        names[-1] = f"{len(people) - MOST_NAMES + 1} others"
    return _joined(names)


def _rounds(rounds: Sequence[int]) -> str:
    if len(rounds) == 1:
        return f"round {rounds[0]}"
    if len(rounds) > PAIR and rounds[-1] - rounds[0] == len(rounds) - 1:
        return f"rounds {rounds[0]} to {rounds[-1]}"
    return f"rounds {_joined([str(r) for r in rounds])}"


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
