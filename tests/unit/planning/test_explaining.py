"""What can be said of an evening without planning it: clashes with ways out, and what nobody can avoid."""

from __future__ import annotations

import msgspec
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


def test_four_wishes_for_one_table_of_four_clash_and_larger_tables_help() -> None:
    wishes = tuple(("a", other, 1) for other in "bcde")
    (conflict,) = said(brief(people(12), seats=4, tables=4, must=wishes)).conflicts

    assert Ruling(kind="seats", count=4) in conflict.rules
    assert {option.change.kind for option in conflict.options} == {"postpone", "larger_tables"}
    (larger,) = [option for option in conflict.options if option.change.kind == "larger_tables"]
    assert (larger.change.count, larger.met, larger.wishes) == (5, 4, 4)


def test_of_very_many_wishes_some_are_told_and_every_other_rule() -> None:
    wishes = tuple(("a", other, 0) for other in "bcdefghijklmnopq")
    conflict, *_ = said(brief(people(20), seats=5, tables=4, must=wishes, rounds=3)).conflicts

    kinds = [rule.kind for rule in conflict.rules]
    assert (kinds.count("must"), kinds[-2:], conflict.more) == (10, ["seats", "rounds"], 3)


def test_a_crowd_for_which_tables_are_too_few_is_named_by_its_name() -> None:
    members = {person: {"organisation": "Officina Finta"} for person in "abcdef"}
    apart, together = (
        said(brief(people(16, **members), seats=4, tables=4, colleagues_apart=keep)).limits
        for keep in (True, False)
    )
    limit = Limit(
        why="apart",
        least=2,
        rounds=(1, 2, 3),
        people=tuple("abcdef"),
        count=6,
        of=16,
        partners=4,
        group="Officina Finta",
    )
    assert apart == (limit,)
    assert together == (msgspec.structs.replace(limit, colleague=True),)


def test_second_meetings_nobody_can_avoid_are_told_with_what_would_do() -> None:
    (limit,) = said(brief(people(9), seats=3, tables=3, rounds=5)).limits
    assert limit == Limit(why="again", least=9, rounds=(1, 2, 3, 4, 5), enough_rounds=4)
