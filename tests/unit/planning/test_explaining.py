"""What can be said of an evening without planning it: clashes with ways out, and what nobody can avoid."""

from __future__ import annotations

import pytest
from unit.planning.made_plans import brief, held, people

from event_server.planning.explaining import insight
from event_server.planning.insight import Insight, Limit, Ruling


def said(job: object) -> Insight:
    return insight(job, seconds=1.0)


def test_two_wishes_for_one_round_clash_and_a_later_round_helps() -> None:
    found = said(brief(people(6), must=(("a", "b", 1), ("a", "c", 1))))
    (conflict,) = found.conflicts
    assert Ruling(kind="must", people=("a", "b"), rounds=(1,)) in conflict.rules
    assert Ruling(kind="must", people=("a", "c"), rounds=(1,)) in conflict.rules
    assert any(rule.kind == "one_meeting" and rule.people == ("a",) for rule in conflict.rules)
    later = [option for option in conflict.options if option.change.kind == "postpone"]
    assert later
    assert all((option.met, option.wishes, option.change.rounds) == (2, 2, (2,)) for option in later)


@pytest.mark.parametrize(
    ("changes", "rest", "kind"),
    [
        ({"a": {"organisation": "X"}, "b": {"organisation": "x"}}, {}, "apart"),
        ({"a": {"table": 1}, "b": {"table": 2}}, {}, "fixed_table"),
        ({"b": {"here": False}}, {"held": held(("ac", "bd", "ef"))}, "absent"),
        ({}, {"met": (("a", "b"),)}, "met_before"),
    ],
)
def test_the_rule_in_the_way_of_a_wish_is_named(changes: dict, rest: dict, kind: str) -> None:
    found = said(brief(people(6, **changes), must=(("a", "b", 0),), **rest))
    assert kind in {rule.kind for conflict in found.conflicts for rule in conflict.rules}


def test_three_at_one_fixed_table_are_explained_where_no_plan_can_be_made() -> None:
    found = said(brief(people(6, a={"table": 2}, b={"table": 2}, c={"table": 2})))
    (conflict,) = found.conflicts
    assert {rule.kind for rule in conflict.rules} == {"fixed_table", "table_seats"}
    assert all(rule.table == 2 for rule in conflict.rules)


def test_a_crowd_of_one_organisation_is_named_by_its_name() -> None:
    members = {person: {"organisation": "Officina Finta"} for person in "abcdef"}
    limit, *_ = said(brief(people(8, **members))).limits
    assert (limit.why, limit.least, limit.rounds) == ("crowd", 4, (1, 2, 3))
    assert (limit.group, limit.count, limit.of, limit.partners) == ("Officina Finta", 6, 8, 2)
    assert not limit.colleague
    together = said(brief(people(8, **members), colleagues_apart=False))
    assert together.limits[0].colleague


def test_an_odd_number_and_too_few_tables_are_said_so() -> None:
    assert said(brief(people(7), tables=4)).limits == (Limit(why="odd", least=1, rounds=(1, 2, 3), count=7),)
    (few,) = said(brief(people(8), tables=3)).limits
    assert (few.why, few.least, few.count, few.partners) == ("tables", 2, 8, 3)


def test_who_has_too_few_people_to_meet_is_named() -> None:
    never = tuple(("a", other) for other in "cdefgh")
    limits = said(brief(people(8), never=never)).limits
    assert any(one.why == "partners" and one.people == ("a",) and one.least == 2 for one in limits)


def test_a_private_rule_explains_nothing() -> None:
    found = said(brief(people(6), must=(("a", "b", 0),), private=(("a", "b"),)))
    assert found == Insight(basis=4)
