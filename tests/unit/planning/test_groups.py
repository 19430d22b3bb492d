"""Tables of more than two in planning: what is asked of the solver, and repairs without it."""

from __future__ import annotations

import pytest
from builders import Evening, evening, profile
from msgspec.structs import replace
from unit.planning.made_plans import brief, people

from event_server.domain import commands as c
from event_server.domain.messages import RoundPlan, Seating, guest
from event_server.domain.phases import Phase
from event_server.planning.briefing import Background, HeldRound, briefing, may_meet
from event_server.planning.problems import least_at_table, task_of
from event_server.planning.repairs import TableFix, fixes, patch

NOBODY = Background(profiles={})


def lobby(*tables: str, count: int = 9, **changes: object) -> Evening:
    """Return a lobby in which round 1 is planned at tables of five, people by their number: "123 456"."""
    made = evening(count, **{"seats": 5, "tables": 4, **changes})
    made.plan([RoundPlan(tables=seating(*tables))])
    return made


def seating(*tables: str) -> Seating:
    return tuple(tuple(f"p00{number}" for number in table) for table in tables)


def called(*tables: str, **changes: object) -> Evening:
    made = lobby(*tables, **changes)
    made.send(c.CallToTables())
    return made


def sizes(plan: RoundPlan) -> list[int]:
    return [len(seats) for seats in plan.tables]


def patched(made: Evening, background: Background = NOBODY) -> RoundPlan:
    """Return the patch of round 1, which the domain accepts."""
    plan = patch(made.state, background)
    assert plan is not None
    made.send(c.PatchRound(round=1, plan=plan))
    return plan


# What the solver is asked


@pytest.mark.parametrize(
    ("count", "seats", "least"),
    [
        (40, 5, 3),
        (11, 5, 3),
        (6, 5, 3),
        (12, 10, 6),
        (97, 10, 8),
        (4, 10, 2),
        (5, 5, 2),
        (9, 2, 2),
        (13, 3, 2),
    ],
)
def test_no_table_is_nearly_empty_and_nobody_sits_out_for_it(count: int, seats: int, least: int) -> None:
    room = people(min(count, 26))
    room += tuple(type(room[0])(id=f"x{i}", here=True) for i in range(count - len(room)))
    assert least_at_table(brief(room, seats=seats, tables=30)) == least


def test_where_only_one_of_each_side_may_sit_together_tables_may_hold_as_few() -> None:
    sides = {person: {"side": "one" if i % 2 else "two"} for i, person in enumerate("abcdefghijkl")}
    assert least_at_table(brief(people(12, **sides), seats=6, tables=6)) == 2
    task = task_of(brief(people(12, **sides), seats=6, tables=6))
    assert not task.problem.sides.size
    assert not task.problem.allowed[0, 2]


def test_a_briefing_tells_the_size_of_tables() -> None:
    told = briefing(evening(9, seats=5, tables=4).state, NOBODY)
    assert told is not None
    task = task_of(told)
    assert {(table.seats, table.least) for table in task.problem.tables} == {(5, 3)}
    assert {table.least for table in task.stated.tables} == {2}


def test_whom_a_rule_parted_after_they_met_the_solver_may_not_seat_together_again() -> None:
    held = (HeldRound(tables=(("a", "b", "c"), ("d", "e", "f"))),)
    task = task_of(brief(people(6), seats=3, tables=2, held=held, never=(("a", "b"),)))
    assert not task.problem.allowed[0, 1]
    assert task.problem.allowed[0, 2]
    assert task.stated.allowed[0, 1], "the round was held, and is told as it was"


def test_meetings_at_tables_the_room_has_no_longer_are_all_known() -> None:
    held = (HeldRound(tables=((), (), ("a", "b", "c"))),)
    task = task_of(brief(people(6), seats=3, tables=2, held=held))
    assert set(task.problem.met) == {(0, 1), (0, 2), (1, 2)}


def test_people_who_met_before_may_sit_together_at_larger_tables_only() -> None:
    known = Background(profiles={}, met_before={("p001", "p002")})
    assert may_meet(evening(6, seats=3).state, known, ("p001", "p002"))
    assert not may_meet(evening(6).state, known, ("p001", "p002"))


# A round made fit


def test_somebody_missing_from_a_table_of_five_needs_no_patch() -> None:
    made = lobby("12345", "6789")
    made.send(c.Leave(attendee="p001"))
    assert patch(made.state, NOBODY) is None


def test_latecomers_take_the_free_chairs_and_nobody_else_moves() -> None:
    made = lobby("1234", "5678", count=8)
    made.send(c.AddAttendees(attendees=("late1", "late2")))
    made.check_in("late1", "late2")
    plan = patched(made)
    assert plan.tables == ((*seating("1234")[0], "late1"), (*seating("5678")[0], "late2"), (), ())
    assert plan.sitting_out == ()


def test_a_table_left_with_one_is_dissolved_and_they_sit_with_others() -> None:
    made = lobby("123", "4567", "89")
    made.send(c.Leave(attendee="p008"))
    plan = patched(made)
    assert sizes(plan) == [4, 4, 0, 0]
    assert "p009" in plan.tables[0]


def test_many_latecomers_get_tables_of_their_own() -> None:
    made = lobby("12345", "6789")
    late = tuple(f"late{number}" for number in range(1, 5))
    made.send(c.AddAttendees(attendees=late))
    made.check_in(*late)
    plan = patched(made)
    assert sum(sizes(plan)) == 13
    assert sizes(plan) == [5, 4, 4, 0]


def test_everybody_joins_strangers_and_nobody_whom_they_may_not_meet() -> None:
    made = lobby("123", "456", "789", rounds=2)
    made.go_to(Phase.FEEDBACK, 1)
    made.send(c.SetPairRule(attendee="p009", other="p001", rule="never"))
    made.plan([RoundPlan(tables=seating("12", "45"))])
    plan = patch(made.state, NOBODY)
    assert plan is not None
    assert plan.tables[0][:3] == ("p001", "p002", "p006")
    assert plan.tables[1][:3] == ("p004", "p005", "p003")
    assert "p009" in plan.tables[1]
    assert plan.sitting_out == ()


def test_a_host_gets_the_own_table_and_others_join() -> None:
    made = lobby("12345", "6789", tables=3)
    made.send(c.AddAttendees(attendees=("host", "late")))
    made.send(c.ArrangeAttendee(attendee="host", side=None, table=3))
    made.check_in("host", "late")
    plan = patched(made)
    assert plan.tables == (*seating("12345", "6789"), ("host", "late"))


def test_private_wishes_hold_in_a_patch() -> None:
    made = lobby("1234", "5678", count=8)
    made.send(c.AddAttendees(attendees=("late",)))
    made.check_in("late")
    profiles = {person.id: profile(person.number) for person in made.state.roster.values()}
    avoided = profiles["p001"].name
    known = Background(profiles=profiles | {"late": replace(profiles["late"], avoids=(avoided,))})
    plan = patched(made, known)
    assert plan.tables[1][-1] == "late"


# Somebody is missing at a called table


def report(made: Evening, by: str, about: str) -> None:
    made.send(c.ReportMissing(attendee=by, about=about, round=1), by=guest(by))


def test_two_who_remain_need_nothing() -> None:
    made = called("123", "456")
    report(made, "p001", "p002")
    assert fixes(made.state, NOBODY) == {}


def test_one_who_is_left_joins_the_nearest_table_with_a_free_chair() -> None:
    made = called("12", "34567", "89", tables=4)
    report(made, "p001", "p002")
    (fix,) = fixes(made.state, NOBODY).values()
    assert fix == TableFix(tables=((3, ("p008", "p009", "p001")), (1, ())), moved=("p001",), joins=3)
    made.send(c.ChangeTable(round=1, tables=fix.tables))
    assert made.state.rounds[-1].sitting_out == {"p002"}


def test_two_who_are_left_do_not_get_one_chair() -> None:
    made = called("12", "34", "5678", tables=3)
    report(made, "p001", "p002")
    report(made, "p003", "p004")
    found = fixes(made.state, NOBODY)
    assert set(found) == {1, 2}
    assert (found[1].joins, found[2].joins) == (3, 0)
    assert found[2].tables == ((2, ("p003", "p009")),), "who sits out is called instead"


def test_where_everything_is_full_two_who_are_left_are_joined() -> None:
    made = called("12", "34", "56789", tables=3)
    report(made, "p001", "p002")
    report(made, "p003", "p004")
    (fix,) = fixes(made.state, NOBODY).values()
    assert fix == TableFix(tables=((1, ("p001", "p003")), (2, ())), moved=("p003",))
