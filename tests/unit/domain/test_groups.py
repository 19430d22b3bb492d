"""Tables of more than two: who may sit there, who sits there again, whose turn it is."""

from __future__ import annotations

import msgspec
import pytest
from builders import ADA, Evening, evening, given, rules

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.messages import Refused, RoundPlan, Seating
from event_server.domain.phases import Phase
from event_server.domain.results import mutual_contacts, totals
from event_server.domain.seating import blocked, fit
from event_server.domain.state import SHORTEST_MEETING


def called(*tables: str, people: int = 9, phase: Phase = Phase.CALL, **changes: object) -> Evening:
    """Return round 1 at tables of five, with people by their number, as "123 456"."""
    lobby = evening(people, **{"seats": 5, "tables": 3, **changes})
    lobby.plan([RoundPlan(tables=seating(*tables))])
    lobby.send(c.CallToTables())
    return lobby if phase is Phase.CALL else lobby.go_to(phase)


def seating(*tables: str) -> Seating:
    return tuple(tuple(f"p00{number}" for number in table) for table in tables)


def people(numbers: str) -> set[str]:
    return {f"p00{number}" for number in numbers}


def test_the_size_of_tables_is_two_unless_said() -> None:
    assert rules().seats == 2
    old = msgspec.json.decode(b'{"rounds":3}', type=type(rules()))
    assert old.seats == 2


def test_nothing_is_mixed_unless_said_and_then_it_is_written_down() -> None:
    old = msgspec.json.decode(b'{"rounds":3,"seats":5}', type=type(rules()))
    assert (old.mix_sectors, old.mix_seniority) == (False, False)
    assert b"mix" not in msgspec.json.encode(old)
    new = msgspec.structs.replace(old, mix_seniority=True)
    assert msgspec.json.decode(msgspec.json.encode(new), type=type(new)) == new


@pytest.mark.parametrize(("seats", "is_possible"), [(1, False), (3, True), (10, True), (11, False)])
def test_tables_hold_two_to_ten(seats: int, is_possible: bool) -> None:
    changed = rules(seats=seats)
    said = (
        f.RulesChanged(rules=changed)
        if is_possible
        else Refused("rule_out_of_range", rule="seats", value=seats, least=2, most=10)
    )
    given(evening(6)).when(c.ChangeRules(rules=changed)).then(said)


def test_the_size_stays_while_people_sit_at_the_tables() -> None:
    changed = rules(seats=3, tables=3)
    given(called("12345")).when(c.ChangeRules(rules=changed)).then(Refused("tables_in_use", round=1))
    ended = called("12345", phase=Phase.FEEDBACK)
    given(ended).when(c.ChangeRules(rules=changed)).then(f.RulesChanged(rules=changed))


def test_a_table_holds_no_more_than_its_size_even_where_pairs_may_be_three() -> None:
    lobby = evening(9, seats=4, tables=3, odd="trio")
    plan = c.PatchRound(round=1, plan=RoundPlan(tables=seating("12345", "6789")))
    given(lobby).when(plan, by="planner").then(Refused("table_full", table=1, seats=4))


def test_people_may_meet_again_at_larger_tables_only() -> None:
    ended = called("12345", "6789", phase=Phase.FEEDBACK)
    assert blocked(ended.state, ("p001", "p002")) is None
    ended.send(c.ChangeRules(rules=rules(seats=2)))
    assert blocked(ended.state, ("p001", "p002")) == "already_met"


def test_a_plan_with_repeats_is_accepted_and_of_two_the_one_with_fewer_wins() -> None:
    lobby = evening(9, seats=5, tables=3)
    twice = [RoundPlan(tables=seating("12345", "6789"))] * 3
    (fact,) = lobby.plan(twice, value=50, repeats=32)
    assert isinstance(fact, f.PlanPublished)
    assert not lobby.plan(twice, value=60, repeats=40)
    assert lobby.plan(twice, value=40, repeats=12)
    assert lobby.state.plan
    assert lobby.state.plan.repeats == 12


def test_one_who_may_not_sit_with_the_others_sits_out_and_the_table_stays() -> None:
    lobby = evening(9, seats=5, tables=3)
    lobby.plan([RoundPlan(tables=seating("12345", "6789"))])
    lobby.send(c.SetPairRule(attendee="p003", other="p001", rule="never"))
    lobby.send(c.SetPairRule(attendee="p003", other="p005", rule="never"))
    fitted = fit(lobby.state, lobby.state.plan.round(1) if lobby.state.plan else None)
    assert fitted == RoundPlan(tables=(*seating("1245", "6789"), ()), sitting_out=tuple(sorted(people("3"))))


def test_a_plan_for_larger_tables_is_fitted_to_smaller_ones() -> None:
    lobby = evening(9, seats=5, tables=3)
    lobby.plan([RoundPlan(tables=seating("12345", "6789"))])
    lobby.send(c.ChangeRules(rules=rules(seats=3, tables=3)))
    (fact,) = lobby.send(c.CallToTables())
    assert isinstance(fact, f.RoundCalled)
    assert fact.tables == (*seating("123", "678"), ())
    assert set(fact.sitting_out) == people("459")


def test_whoever_is_left_alone_at_a_table_is_not_called_to_it() -> None:
    lobby = evening(7, seats=5, tables=3)
    lobby.plan([RoundPlan(tables=seating("12345", "67"))])
    lobby.send(c.Leave(attendee="p006"))
    (fact,) = lobby.send(c.CallToTables())
    assert isinstance(fact, f.RoundCalled)
    assert (fact.tables[1], fact.sitting_out) == ((), ("p007",))


def test_turns_share_the_talk_at_tables_of_every_size() -> None:
    talk = called("12345", "678", phase=Phase.TALK, talk_seconds=300.0)
    (current,) = talk.state.rounds
    assert sorted(current.turns_at) == [2, 3, 4, 5]
    begin = current.starts_at
    assert begin is not None
    for size, turns in current.turns_at.items():
        assert [round(at - begin, 6) for at in turns] == [300 / size * turn for turn in range(size)]


def test_everybody_begins_once_before_anybody_begins_twice() -> None:
    made = evening(5, seats=5, tables=2, rounds=5)
    for number in range(1, 6):
        made.go_to(Phase.FEEDBACK, number)
    begun = [held.tables[0][0] for held in made.state.rounds]
    assert sorted(begun) == sorted(made.state.roster)
    waited = [sum(held.tables[0].index(person) for held in made.state.rounds) for person in made.state.roster]
    assert max(waited) - min(waited) <= 3, "nobody is last all evening"


def test_those_who_stay_have_met_whoever_left_after_a_minute_and_each_other() -> None:
    talk = called("12345", "6789", phase=Phase.TALK)
    talk.wait(SHORTEST_MEETING + 2).send(c.Leave(attendee="p001"))
    talk.wait(10).send(c.Leave(attendee="p002"))
    talk.go_to(Phase.FEEDBACK)
    (held,) = talk.state.rounds
    assert held.met("p001") == people("2345")
    assert held.met("p003") == people("1245")


def test_somebody_who_joins_late_has_met_those_who_are_there_at_the_end() -> None:
    talk = called("12345", "678", phase=Phase.TALK)
    talk.wait(200).send(c.ChangeTable(round=1, tables=((2, ("p006", "p007", "p008", "p009")),)))
    talk.go_to(Phase.FEEDBACK)
    (held,) = talk.state.rounds
    assert held.met("p009") == people("678")
    assert held.sat_out() == set()


def test_a_third_may_leave_two_who_must_not_meet_since_they_sat_down() -> None:
    talk = called("123", "456", phase=Phase.TALK)
    talk.send(c.SetPairRule(attendee="p001", other="p002", rule="never"))
    change = c.ChangeTable(round=1, tables=((1, ("p001", "p002")),))
    talk.send(change)
    assert talk.state.rounds[0].tables[0] == ("p001", "p002")
    talk.send(c.ChangeTable(round=1, tables=((1, ("p001",)), (2, ("p004", "p005", "p006", "p002")))))
    assert talk.state.rounds[0].tables[:2] == (("p001",), ("p004", "p005", "p006", "p002"))
    again = c.ChangeTable(round=1, tables=((1, ("p001", "p002")), (2, ("p004", "p005", "p006"))))
    given(talk).when(again).then(Refused("must_not_meet", attendee="p001", other="p002"))


def test_a_second_meeting_is_answered_for_itself_and_the_later_answer_counts() -> None:
    made = evening(4, seats=4, tables=1, rounds=2)
    made.go_to(Phase.FEEDBACK, 1)
    made.answer("p001", "p002", "yes")
    made.answer("p002", "p001", "yes")
    made.go_to(Phase.FEEDBACK, 2)
    made.answer("p001", "p002", "no")
    made.send(c.FinishEvent(), by=ADA)
    made.send(c.RevealContacts())
    assert mutual_contacts(made.state, "p002") == []
    assert (totals(made.state).meetings, totals(made.state).repeats) == (12, 6)
