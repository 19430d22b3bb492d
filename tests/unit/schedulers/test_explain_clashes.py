"""One clash for every kind of rule, with what loosening it gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from schedulers.contradictions import refuse_contradictions
from schedulers.explain import explain
from schedulers.explanation import Clash, Explanation, Relaxation
from schedulers.problem import BoolArray, MustMeet, Problem, Table
from schedulers.schedule import Infeasible, MaxIterations, MaxRuntime
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
)

PLENTY = MaxIterations(1000)


def evening(n: int, rounds: int, *musts: MustMeet, tables: int = 20, **rules: Any) -> Problem:
    return Problem(np.zeros((n, n), dtype=int), [Table(2)] * tables, rounds, must_meet=musts, **rules)


def explained(problem: Problem, **more: Any) -> Explanation:
    return explain(problem, stop=PLENTY, **more)


def only_clash(explanation: Explanation) -> Clash:
    assert explanation.is_complete
    assert len(explanation.clashes) == 1
    return explanation.clashes[0]


def gains(clash: Clash) -> dict[Change, tuple[int, int]]:
    return {option.change: (option.met, option.wishes) for option in clash.relaxations}


def absent(n: int, rounds: int, *away: tuple[int, int]) -> BoolArray:
    present = np.ones((n, rounds), dtype=np.bool_)
    for person, r in away:
        present[person, r] = False
    return present


def not_allowed(n: int, *pairs: tuple[int, int]) -> BoolArray:
    allowed = np.ones((n, n), dtype=np.bool_)
    for i, j in pairs:
        allowed[i, j] = allowed[j, i] = False
    return allowed


def test_wishes_that_can_hold_do_not_clash() -> None:
    problem = evening(6, 3, MustMeet(0, 1, 0), MustMeet(0, 2, 1), MustMeet(0, 3))

    assert explained(problem) == Explanation((), (), wishes=3, most=3, is_complete=True)


def test_somebody_wanted_by_two_at_once_meets_one_of_them_later() -> None:
    early, other = MustMeet(0, 1, 0), MustMeet(0, 2, 0)

    explanation = explained(evening(6, 4, early, other, MustMeet(3, 4)))

    clash = only_clash(explanation)
    assert explanation.most == 2
    assert clash.rules == (early, other, OneMeeting(0))
    assert clash.proven == "smallest"
    assert gains(clash) == {
        Postpone(early, 1): (3, 3),
        Postpone(other, 1): (3, 3),
        Drop(early): (2, 2),
        Drop(other): (2, 2),
    }


def test_a_deadline_is_moved_to_the_first_round_that_works() -> None:
    wishes = [MustMeet(0, 1, 0), MustMeet(0, 2, 0), MustMeet(0, 3, 1), MustMeet(0, 4, 2)]

    clash = only_clash(explained(evening(6, 5, *wishes)))

    assert clash.rules == (wishes[0], wishes[1], OneMeeting(0))
    assert clash.relaxations[0] == Relaxation(Postpone(wishes[0], 3), 4, 4)


def test_relaxations_that_keep_all_wishes_come_first() -> None:
    clash = only_clash(explained(evening(6, 2, MustMeet(0, 1, 0), MustMeet(0, 2, 0), MustMeet(3, 4, 0))))

    kinds = [type(option.change) for option in clash.relaxations]
    assert kinds == [Postpone, Postpone, Drop, Drop]


def test_people_who_are_never_there_together_are_named_with_the_rounds_that_matter() -> None:
    present = absent(4, 5, (0, 0), (0, 1), (1, 2), (0, 4))
    wish = MustMeet(0, 1, 2)

    clash = only_clash(explained(evening(4, 5, wish, present=present)))

    assert clash.rules == (wish, Absent(0, (0, 1)), Absent(1, (2,)))
    assert gains(clash) == {
        Postpone(wish, 3): (1, 1),
        Attend(0, 0): (1, 1),
        Attend(0, 1): (1, 1),
        Attend(1, 2): (1, 1),
        Drop(wish): (0, 0),
    }


def test_a_forbidden_must_meet_clashes_by_itself() -> None:
    wish = MustMeet(2, 1)

    clash = only_clash(explained(evening(4, 3, wish, allowed=not_allowed(4, (1, 2)))))

    assert clash.rules == (wish, Forbidden(1, 2))
    assert gains(clash) == {Permit(1, 2): (1, 1), Drop(wish): (0, 0)}


def test_a_must_meet_within_a_side_clashes_by_itself() -> None:
    wish = MustMeet(0, 1)

    clash = only_clash(explained(evening(4, 3, wish, sides=np.array([1, 1, 0, 0]))))

    assert clash.rules == (wish, SameSide(0, 1))
    assert gains(clash)[Permit(0, 1)] == (1, 1)


def test_permitting_two_of_a_side_lifts_a_ban_as_well() -> None:
    rules: dict[str, Any] = {"sides": np.array([1, 1, 0, 0]), "allowed": not_allowed(4, (0, 1))}

    clash = only_clash(explained(evening(4, 3, MustMeet(0, 1), **rules)))

    assert clash.rules[1] in (Forbidden(0, 1), SameSide(0, 1))
    assert gains(clash)[Permit(0, 1)] == (1, 1)


def test_hosts_of_different_tables_cannot_meet_until_one_is_freed() -> None:
    wish = MustMeet(0, 1)

    clash = only_clash(explained(evening(4, 3, wish, fixed=np.array([3, 5, -1, -1]))))

    assert clash.rules == (wish, FixedTable(0, 3), FixedTable(1, 5))
    assert gains(clash) == {FreeSeat(0): (1, 1), FreeSeat(1): (1, 1), Drop(wish): (0, 0)}


def test_hosts_of_one_table_cannot_meet_others_at_the_same_time() -> None:
    wishes = MustMeet(0, 2, 0), MustMeet(1, 3, 0)

    clash = only_clash(explained(evening(4, 2, *wishes, fixed=np.array([0, 0, -1, -1]))))

    assert clash.rules == (*wishes, FixedTable(0, 0), FixedTable(1, 0))
    assert gains(clash)[FreeSeat(1)] == (2, 2)


def test_people_who_met_at_a_former_event_do_not_meet_again() -> None:
    wish = MustMeet(0, 1)

    clash = only_clash(explained(evening(4, 3, wish, met=[(1, 0)])))

    assert clash.rules == (wish, MetBefore(0, 1))
    assert gains(clash) == {MeetAgain(0, 1): (1, 1), Drop(wish): (0, 0)}


def test_few_tables_are_named_round_by_round() -> None:
    wishes = MustMeet(0, 1), MustMeet(2, 3), MustMeet(4, 5)

    explanation = explained(evening(6, 2, *wishes, tables=1))

    clash = only_clash(explanation)
    assert clash.rules == (*wishes, TablesInRound(0, 1), TablesInRound(1, 1), Rounds(2))
    assert gains(clash)[AddTable(1)] == (3, 3)
    assert gains(clash)[AddRound()] == (3, 3)


def test_a_round_more_does_not_help_who_is_gone_by_then() -> None:
    wishes = MustMeet(0, 1), MustMeet(0, 2), MustMeet(0, 3)
    present = absent(4, 3, (0, 2))

    clash = only_clash(explained(evening(4, 3, *wishes, present=present)))

    assert clash.rules == (*wishes, Absent(0, (2,)), OneMeeting(0), Rounds(3))
    assert gains(clash)[AddRound()] == (2, 3)
    assert gains(clash)[Attend(0, 2)] == (3, 3)


def test_a_deadline_in_a_held_round_is_over() -> None:
    wish, done = MustMeet(0, 2, 0), MustMeet(0, 1, 0)

    explanation = explained(evening(4, 3, wish, done), held=[[0, 0, -1, -1]])

    clash = only_clash(explanation)
    assert clash.rules == (wish, RoundsHeld(1))
    assert gains(clash) == {Postpone(wish, 1): (2, 2), Drop(wish): (1, 1)}
    assert (explanation.wishes, explanation.most) == (2, 1)


def test_a_meeting_that_came_too_late_is_not_what_stood_in_the_way() -> None:
    wish = MustMeet(0, 1, 0)

    clash = only_clash(explained(evening(4, 3, wish), held=[[-1, -1, -1, -1], [0, 0, -1, -1]]))

    assert clash.rules == (wish, RoundsHeld(2))


def test_held_rounds_take_rounds_from_who_has_many_wishes() -> None:
    wishes = MustMeet(0, 1), MustMeet(0, 2)

    clash = only_clash(explained(evening(4, 2, *wishes), held=[[-1, 0, 0, -1]]))

    assert clash.rules == (*wishes, OneMeeting(0), RoundsHeld(1), Rounds(2))


def test_a_table_of_three_makes_two_wishes_come_true_at_once() -> None:
    wishes = MustMeet(0, 1, 0), MustMeet(0, 2, 0)

    assert explained(evening(5, 2, *wishes, odd="trio")).clashes == ()
    assert len(explained(evening(6, 2, *wishes, odd="trio")).clashes) == 1
    assert len(explained(evening(5, 2, *wishes)).clashes) == 1


def test_a_table_of_three_is_no_way_out_where_the_third_pair_may_not_meet() -> None:
    wishes = MustMeet(0, 1, 0), MustMeet(0, 2, 0)
    rules: dict[str, Any] = {"allowed": not_allowed(5, (1, 2)), "odd": "trio"}

    clash = only_clash(explained(evening(5, 1, *wishes, **rules)))

    assert clash.rules == (*wishes, OneMeeting(0), Forbidden(1, 2))
    assert gains(clash)[Permit(1, 2)] == (2, 2)


def test_a_pair_that_met_in_a_held_round_cannot_sit_at_a_table_of_three() -> None:
    wishes = MustMeet(0, 1, 1), MustMeet(0, 2, 1)

    clash = only_clash(explained(evening(5, 2, *wishes, odd="trio"), held=[[-1, 0, 0, -1, -1]]))

    assert clash.rules == (*wishes, OneMeeting(0), MetBefore(1, 2, 0), RoundsHeld(1))


def test_one_table_of_three_cannot_be_two() -> None:
    wishes = MustMeet(0, 1, 0), MustMeet(0, 2, 0), MustMeet(3, 4, 0), MustMeet(3, 5, 0)

    clash = only_clash(explained(evening(7, 1, *wishes, odd="trio")))

    assert clash.rules == (*wishes, OneMeeting(0), OneMeeting(3), OneTrio(0))


def test_two_people_share_a_table_of_three_once_only() -> None:
    wishes = MustMeet(0, 1, 0), MustMeet(0, 2, 0), MustMeet(3, 1, 1), MustMeet(3, 2, 1)

    assert explained(evening(5, 2, *wishes, odd="trio")).most == 3


def test_coming_back_can_cost_the_table_of_three() -> None:
    """With one more the head-count is even, and two wishes of one person cannot both hold any more."""
    wishes = MustMeet(0, 1, 0), MustMeet(0, 2, 0), MustMeet(3, 4, 0)
    present = absent(6, 1, (4, 0))

    clash = only_clash(explained(evening(6, 1, *wishes, present=present, odd="trio")))

    assert clash.rules == (wishes[2], Absent(4, (0,)))
    assert gains(clash) == {Attend(4, 0): (2, 3), Drop(wishes[2]): (2, 2)}


def test_independent_clashes_are_all_found() -> None:
    wishes = MustMeet(0, 1, 0), MustMeet(0, 2, 0), MustMeet(3, 4), MustMeet(5, 6, 0), MustMeet(5, 7, 0)

    explanation = explained(evening(8, 3, *wishes, allowed=not_allowed(8, (3, 4))))

    assert explanation.is_complete
    assert explanation.most == 2
    assert {clash.rules for clash in explanation.clashes} == {
        (wishes[0], wishes[1], OneMeeting(0)),
        (wishes[2], Forbidden(3, 4)),
        (wishes[3], wishes[4], OneMeeting(5)),
    }
    assert gains(explanation.clashes[0])[Postpone(wishes[0], 1)] == (3, 5)


def test_a_wish_that_clashes_with_two_others_is_given_up_once() -> None:
    wishes = MustMeet(0, 2, 0), MustMeet(1, 3, 0), MustMeet(0, 1, 0)

    explanation = explained(evening(4, 2, *wishes))

    assert explanation.most == 2
    assert wishes[2] in only_clash(explanation).rules


@pytest.mark.parametrize("fixed", [[0, 0, 0, -1, -1, -1], [0, 0, 0, 0, -1, 0]])
def test_too_many_at_one_table_are_explained_one_by_one(fixed: list[int]) -> None:
    problem = evening(6, 2, fixed=np.array(fixed))

    clashes = explained(problem).clashes

    with pytest.raises(Infeasible):
        refuse_contradictions(problem)
    assert len(clashes) == fixed.count(0) - 2
    assert clashes[0].rules == (*(FixedTable(i, 0) for i in range(3)), TableSeats(0, 2, 0))
    assert set(gains(clashes[0])) == {FreeSeat(0), FreeSeat(1), FreeSeat(2)}


def test_who_is_not_told_everything_is_told_so() -> None:
    crowded = evening(40, 1, fixed=np.zeros(40, dtype=int))
    hurried = evening(4, 1, MustMeet(0, 1, 0), MustMeet(0, 2, 0))

    assert len(explained(crowded).clashes) == 20
    assert not explained(crowded).is_complete
    assert explain(hurried, stop=MaxRuntime(0)) == Explanation((), (), wishes=2, most=None, is_complete=False)


@pytest.mark.parametrize("questions", range(1, 30))
def test_whatever_is_found_before_the_time_is_up_is_true(questions: int) -> None:
    wishes = [MustMeet(i, j, 1) for j in range(5) for i in range(j)]

    explanation = explain(evening(6, 4, *wishes), stop=MaxIterations(questions))

    assert explanation.most in (None, 4)
    for clash in explanation.clashes:
        asked = [rule for rule in clash.rules if isinstance(rule, MustMeet)]
        best = explained(evening(6, 4, *asked)).most
        assert best is not None
        assert best < len(asked)


@pytest.mark.parametrize("rounds", [0, 3])
def test_an_empty_room_has_nothing_to_explain(rounds: int) -> None:
    assert explained(evening(0, rounds)) == Explanation((), (), wishes=0, most=0, is_complete=True)


def test_without_rounds_nobody_can_meet() -> None:
    assert only_clash(explained(evening(2, 0, MustMeet(0, 1)))).rules == (MustMeet(0, 1), Rounds(0))
