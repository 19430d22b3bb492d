"""One clash for every kind of rule at larger tables, and every limit, with what loosening gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from schedulers.explain import explain
from schedulers.explanation import (
    Clash,
    Explanation,
    FewSeats,
    OnePerTable,
    PeopleLimit,
    RepeatsLimit,
    RoundLimit,
)
from schedulers.problem import BoolArray, InvalidProblem, MustMeet, Problem, Table, pair_matrix
from schedulers.schedule import MaxIterations
from schedulers.wishes.rules import (
    Absent,
    AddRound,
    AddTable,
    Attend,
    Change,
    Drop,
    FixedTable,
    Forbidden,
    FreeSeat,
    LargerTables,
    Permit,
    Postpone,
    Rounds,
    RoundsHeld,
    TablesInRound,
    TableSizes,
)

PLENTY = MaxIterations(2000)
THREES = TableSizes(3, 3)


def evening(
    n: int, rounds: int, *musts: MustMeet, seats: int = 3, tables: int = 9, least: int = 2, **rules: Any
) -> Problem:
    weights = np.ones((n, n), dtype=np.int64) - np.eye(n, dtype=np.int64)
    return Problem(weights, [Table(seats, least)] * tables, rounds, must_meet=musts, **rules)


def explained(problem: Problem, **more: Any) -> Explanation:
    return explain(problem, stop=PLENTY, asks_next_round=False, **more)


def only_clash(explanation: Explanation) -> Clash:
    assert explanation.is_complete
    (clash,) = explanation.clashes
    return clash


def gains(clash: Clash) -> dict[Change, tuple[int, int]]:
    return {option.change: (option.met, option.wishes) for option in clash.relaxations}


def with_all(person: int, others: Sequence[int], by: int | None = None) -> tuple[MustMeet, ...]:
    return tuple(MustMeet(person, other, by) for other in others)


def hosts(n: int, **tables: int) -> np.ndarray:
    fixed = np.full(n, -1)
    for person, table in tables.items():
        fixed[int(person[1:])] = table
    return fixed


def absent(n: int, rounds: int, *away: tuple[int, int]) -> BoolArray:
    present = np.ones((n, rounds), dtype=np.bool_)
    for person, r in away:
        present[person, r] = False
    return present


def test_three_wishes_for_one_table_of_three_are_one_too_many() -> None:
    wishes = with_all(0, (1, 2, 3), by=0)

    explanation = explained(evening(9, 2, *wishes, MustMeet(4, 5)))

    clash = only_clash(explanation)
    assert (explanation.most, explanation.wishes) == (3, 4)
    assert (clash.rules, clash.proven) == ((*wishes, THREES), "smallest")
    assert gains(clash) == {
        **{Postpone(wish, 1): (4, 4) for wish in wishes},
        **{Drop(wish): (3, 3) for wish in wishes},
        LargerTables(4): (4, 4),
    }


def test_two_wishes_of_one_person_hold_at_once() -> None:
    explanation = explained(evening(9, 1, *with_all(0, (1, 2), by=0)))

    assert (explanation.clashes, explanation.most) == ((), 2)


def test_at_the_last_round_one_more_would_do() -> None:
    wishes = with_all(0, (1, 2, 3))

    clash = only_clash(explained(evening(9, 2, *wishes), held=[[-1] * 9]))

    assert clash.rules == (*wishes, THREES, RoundsHeld(1), Rounds(2))
    assert gains(clash)[AddRound()] == (3, 3)


def test_hosts_of_two_tables_cannot_meet_one_guest_in_one_round() -> None:
    wishes = MustMeet(0, 2, 0), MustMeet(1, 2, 0)

    clash = only_clash(explained(evening(9, 2, *wishes, fixed=hosts(9, p0=0, p1=1))))

    assert clash.rules == (*wishes, FixedTable(0, 0), FixedTable(1, 1))
    assert gains(clash)[FreeSeat(0)] == (2, 2)
    assert gains(clash)[Postpone(wishes[1], 1)] == (2, 2)


def test_nine_others_are_too_many_for_two_rounds_at_tables_of_four() -> None:
    wishes = with_all(0, range(1, 10), by=1)

    explanation = explained(evening(12, 3, *wishes, seats=4))

    assert explanation.most == 6
    assert len(explanation.clashes) == 3
    for clash in explanation.clashes:
        assert len(clash.rules) == 8
        assert clash.rules[-1] == TableSizes(4, 4)
        assert gains(clash)[LargerTables(6)] == (9, 9)


def test_two_guests_who_may_not_meet_cannot_share_a_host_in_one_round() -> None:
    wishes = with_all(0, (1, 2), by=0)

    clash = only_clash(explained(evening(9, 2, *wishes, allowed=~pair_matrix(9, [(1, 2)]))))

    assert clash.rules == (*wishes, Forbidden(1, 2))
    assert gains(clash)[Permit(1, 2)] == (2, 2)
    assert gains(clash)[Drop(wishes[0])] == (1, 1)


def test_an_absence_leaves_too_few_rounds() -> None:
    wishes = with_all(0, (1, 2, 3), by=1)

    clash = only_clash(explained(evening(9, 3, *wishes, present=absent(9, 3, (0, 1), (0, 2)))))

    assert clash.rules == (*wishes, Absent(0, (1,)), THREES)
    assert gains(clash)[Attend(0, 1)] == (3, 3)
    assert gains(clash)[LargerTables(4)] == (3, 3)
    # They are not there in the last round.
    assert not any(isinstance(change, Postpone) for change in gains(clash))


def test_few_tables_are_named_where_all_wishes_need_their_own() -> None:
    wishes = MustMeet(0, 1, 0), MustMeet(2, 3, 0)

    clash = only_clash(explained(evening(4, 1, *wishes, tables=1)))

    assert clash.rules == (*wishes, TablesInRound(0, 1), THREES)
    assert gains(clash)[AddTable(0)] == (2, 2)
    assert gains(clash)[LargerTables(4)] == (2, 2)


def test_few_tables_are_no_reason_where_wishes_find_other_rounds() -> None:
    wishes = [MustMeet(2 * k, 2 * k + 1) for k in range(6)]

    explanation = explained(evening(12, 6, *wishes, tables=1, seats=3))

    assert (explanation.clashes, explanation.most, explanation.is_complete) == ((), 6, True)


def test_a_long_chain_of_wishes_fits_into_few_tables() -> None:
    wishes = [MustMeet(k, k + 1, k % 6) for k in range(30)]

    explanation = explained(evening(31, 6, *wishes, tables=8, seats=4))

    assert (explanation.clashes, explanation.most, explanation.is_complete) == ((), 30, True)


def test_what_needs_no_count_of_tables_is_told_without() -> None:
    wishes = with_all(0, (1, 2, 3), by=0)
    others = [MustMeet(4 + 2 * k, 5 + 2 * k) for k in range(3)]

    clash = only_clash(explained(evening(10, 4, *wishes, *others, tables=2)))

    assert (clash.rules, clash.proven) == ((*wishes, THREES), "irreducible")


def test_one_large_table_serves_one_of_two_hosts() -> None:
    tables = [Table(4), Table(2), Table(2), Table(2)]
    wishes = *with_all(0, (1, 2, 3), by=0), *with_all(4, (5, 6, 7), by=0)
    problem = Problem(np.zeros((8, 8), dtype=int), tables, 2, must_meet=wishes)

    explanation = explained(problem)

    assert explanation.most == 4
    assert all(TableSizes(2, 4) in clash.rules for clash in explanation.clashes)


def test_held_meetings_count_and_people_may_meet_again() -> None:
    wishes = with_all(0, (1, 2, 3))
    held = [[0, 0, 0, -1, -1, -1, -1, -1, -1]]

    explanation = explained(evening(9, 2, *wishes, met=[(0, 3)]), held=held)

    assert (explanation.clashes, explanation.most) == ((), 3)


def test_where_tables_must_be_filled_only_what_is_sure_is_said() -> None:
    """Somebody must fill the table, and nobody is left who suits both."""
    wish = MustMeet(0, 1)
    nobody = evening(3, 1, wish, least=3, tables=1, allowed=~pair_matrix(3, [(0, 2)]))
    somebody = evening(3, 1, wish, least=3, tables=1)

    assert (explained(nobody).most, explained(nobody).clashes) == (None, ())
    assert not explained(nobody).is_complete
    assert explained(somebody).most == 1


def test_a_room_too_large_to_ask_at_once_is_not_guessed() -> None:
    wishes = [MustMeet(k, k + 1) for k in range(199)]
    problem = evening(200, 10, *wishes, MustMeet(0, 199), MustMeet(3, 5), MustMeet(3, 7), seats=5, tables=40)

    explanation = explained(problem)

    assert (explanation.clashes, explanation.most, explanation.is_complete) == ((), None, False)


def crowd(n: int, *, size: int) -> BoolArray:
    allowed = np.ones((n, n), dtype=np.bool_)
    allowed[:size, :size] = False
    return allowed


def test_of_colleagues_who_stay_apart_every_table_takes_one() -> None:
    groups = ["acme"] * 6 + [None] * 10

    apart = explained(evening(16, 3, seats=4, tables=4, allowed=crowd(16, size=6)), groups=groups)
    together = explained(evening(16, 3, seats=4, tables=4), groups=groups)

    reason = OnePerTable(tuple(range(6)), tables=4, room=16, partners=10, group="acme")
    assert apart.limits == (RoundLimit((0, 1, 2), 2, reason),)
    assert together.limits == (RoundLimit((0, 1, 2), 2, reason, or_colleague=True),)


def test_a_table_needs_company_besides_one_of_a_crowd() -> None:
    (limit,) = explained(evening(8, 1, seats=4, least=3, allowed=crowd(8, size=4))).limits

    assert limit == RoundLimit((0,), 2, OnePerTable((0, 1, 2, 3), tables=2, room=8, partners=4))


def test_hosts_of_one_table_who_may_not_meet_take_turns() -> None:
    allowed = ~pair_matrix(8, [(0, 1)])

    (limit,) = explained(evening(8, 2, fixed=hosts(8, p0=2, p1=2), allowed=allowed)).limits

    assert limit == RoundLimit((0, 1), 1, OnePerTable((0, 1), tables=1, room=8, partners=6))


def test_a_crowd_is_counted_in_the_rounds_in_which_it_is_there() -> None:
    present = absent(8, 2, *((person, 1) for person in (0, 1)))

    (limit,) = explained(evening(8, 2, tables=3, allowed=crowd(8, size=4), present=present)).limits

    assert (limit.rounds, limit.least) == ((0,), 1)


def test_who_may_sit_with_nobody_or_too_few_is_named() -> None:
    only_two = ~pair_matrix(7, [(0, other) for other in range(3, 7)])
    nobody = ~pair_matrix(7, [(0, other) for other in range(1, 7)])

    assert explained(evening(7, 2, seats=4, least=4, allowed=only_two)).limits[-1] == PeopleLimit(
        (0,), 2, (0, 1), partners=2, needed=3
    )
    assert explained(evening(7, 2, allowed=nobody)).limits == (PeopleLimit((0,), 2, (0, 1), partners=0),)


def test_too_few_seats_come_with_too_large_a_crowd() -> None:
    limits = explained(evening(10, 1, tables=3, allowed=crowd(10, size=5))).limits

    assert [limit.least for limit in limits if isinstance(limit, RoundLimit)] == [1, 2]
    assert isinstance(limits[0], RoundLimit)
    assert limits[0].reason == FewSeats(10, 9)


def test_more_rounds_than_new_people_are_told_with_what_would_do() -> None:
    (limit,) = explained(evening(9, 5, tables=3)).limits
    (after,) = explained(evening(9, 5, tables=3), held=[[0, 0, 0, 1, 1, 1, 2, 2, 2]]).limits

    assert limit == RepeatsLimit(tuple(range(5)), 9, enough_rounds=4)
    assert after == RepeatsLimit((1, 2, 3, 4), 9, enough_rounds=4)
    assert explained(evening(9, 4, tables=3)).limits == ()


def test_smaller_tables_can_do_without_second_meetings() -> None:
    (limit,) = explained(evening(16, 6, seats=4, tables=4)).limits

    assert limit == RepeatsLimit(tuple(range(6)), 24, enough_rounds=5, enough_seats=3)


def test_groups_must_be_given_for_all_at_larger_tables() -> None:
    with pytest.raises(InvalidProblem, match="groups must be given for all of the 9 people, not 1"):
        explained(evening(9, 1), groups=["acme"])
