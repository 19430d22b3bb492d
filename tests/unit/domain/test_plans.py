"""Plans from the solver: the domain believes nobody."""

import msgspec
import pytest
from builders import Evening, evening, given, planned_rounds

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.messages import PLANNER, Refused, RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.plan_figures import PlanFigures, PriceProof, UnmetWish
from event_server.domain.plans import MOST_PLANS, ceiling_of, is_owed, is_proven_best


def plan(stood: Evening, **changes: object) -> c.PublishPlan:
    """Return a legal plan for the rounds to come."""
    legal = c.PublishPlan(
        basis=stood.state.plan_basis,
        first_round=stood.state.next_number,
        rounds=planned_rounds(stood.state),
        value=100,
    )
    return msgspec.structs.replace(legal, **changes)


def test_plan_comes_into_force() -> None:
    lobby = evening(4)
    lobby.send(plan(lobby), by=PLANNER)
    assert lobby.state.plan is not None
    assert lobby.state.plan.round(3) == planned_rounds(lobby.state)[2]
    assert lobby.state.plan.round(4) is None


def test_plan_of_older_basis_is_refused() -> None:
    lobby = evening(4)
    old = plan(lobby)
    lobby.send(c.Replan(seed=2))
    lobby.send(plan(lobby), by=PLANNER)
    in_force = lobby.state.plan_basis
    given(lobby).when(old, by=PLANNER).then(Refused("plan_outdated", basis=in_force - 1, in_force=in_force))


def test_plan_for_a_state_that_never_was_is_refused() -> None:
    lobby = evening(4)
    known = lobby.state.plan_basis
    given(lobby).when(plan(lobby, basis=known + 1), by=PLANNER).then(
        Refused("plan_ahead", basis=known + 1, known=known)
    )


def test_only_better_plans_of_one_basis_count_and_only_three() -> None:
    lobby = evening(4)
    accepted = [bool(lobby.send(plan(lobby, value=v), by=PLANNER)) for v in (100, 90, 100, 110, 120, 130)]
    assert accepted == [True, False, False, True, True, False]
    assert accepted.count(True) == MOST_PLANS
    lobby.send(c.Replan(seed=9))
    assert lobby.send(plan(lobby, value=1), by=PLANNER), "a new basis counts anew"


def test_fewer_unmet_wishes_beat_value_and_so_do_fewer_sit_outs() -> None:
    lobby = evening(4)
    lobby.send(plan(lobby, value=100, unmet=1), by=PLANNER)
    assert lobby.send(plan(lobby, value=10), by=PLANNER)
    worse = (RoundPlan(tables=(("p001", "p002"),), sitting_out=("p003", "p004")),)
    assert lobby.send(plan(lobby, rounds=worse, value=999), by=PLANNER) == []


def test_what_tables_lack_in_mix_comes_off_the_value_where_plans_are_compared() -> None:
    lobby = evening(4, seats=3, mix_sectors=True)
    lobby.send(plan(lobby, value=100, imbalance=30), by=PLANNER)
    assert lobby.send(plan(lobby, value=110, imbalance=40), by=PLANNER) == [], "neither is better"
    assert lobby.send(plan(lobby, value=90, imbalance=10), by=PLANNER), "a better mixed one is"
    assert lobby.send(plan(lobby, value=90, merit=95, imbalance=10), by=PLANNER), "on top of what was taught"
    assert (lobby.state.plan.value, lobby.state.plan.imbalance) == (90, 10)


def test_a_plan_that_could_be_mixed_better_is_not_proven_best() -> None:
    best = plan(evening(4), value=110, bound=110)
    assert is_proven_best(best)
    assert not is_proven_best(msgspec.structs.replace(best, imbalance=1))


@pytest.mark.parametrize("rule", ["mix_sectors", "mix_seniority"])
def test_a_plan_is_owed_once_tables_are_to_mix(rule: str) -> None:
    lobby = evening(6, seats=3)
    lobby.send(plan(lobby), by=PLANNER)
    assert not is_owed(lobby.state)
    lobby.send(c.ChangeRules(rules=msgspec.structs.replace(lobby.state.rules, **{rule: True})))
    assert is_owed(lobby.state)


def test_a_better_proof_of_the_same_value_counts_and_a_worse_one_does_not() -> None:
    lobby = evening(4)
    lobby.send(plan(lobby, bound=120), by=PLANNER)
    assert lobby.send(plan(lobby, bound=130), by=PLANNER) == []
    assert lobby.send(plan(lobby), by=PLANNER) == []
    searched = PlanFigures(search_bound=110)
    assert lobby.send(plan(lobby, bound=120, figures=searched), by=PLANNER)
    assert ceiling_of(lobby.state.plan) == 110
    assert not is_proven_best(lobby.state.plan)
    assert is_proven_best(plan(lobby, value=110, bound=120, figures=searched))


def test_what_is_known_of_a_plan_is_in_force_with_it() -> None:
    lobby = evening(4)
    figures = PlanFigures(
        floor_bound=50,
        worst="p001",
        worst_total=40,
        worst_bound=50,
        wishes=(UnmetWish(one="p001", other="p002", by=1, why="too_late"),),
        proof=PriceProof(scale=2, prices=dict.fromkeys(lobby.state.present(), 7), odd_sets=((("p001",), 3),)),
    )
    (fact,) = lobby.send(plan(lobby, figures=figures), by=PLANNER)
    assert lobby.state.plan.figures == figures
    stored = msgspec.json.decode(msgspec.json.encode(fact), type=f.PlanPublished)
    assert stored.figures == figures


def test_a_plan_is_owed_until_the_next_round_has_one_of_this_basis() -> None:
    lobby = evening(4)
    assert is_owed(lobby.state)
    lobby.plan()
    assert not is_owed(lobby.state)
    lobby.send(c.CallToTables())
    assert not is_owed(lobby.state), "the rounds after the called one are planned"
    lobby.send(c.StartRound())
    assert is_owed(lobby.state), "now it is known who was there"
    lobby.plan()
    lobby.send(c.Replan(seed=5))
    assert is_owed(lobby.state)


def test_plan_made_for_another_called_round_is_outdated() -> None:
    call = evening(4)
    first, second, third = planned_rounds(call.state)
    call.plan()
    made_before = plan(call, rounds=(second, first, third), value=999)
    call.send(c.CallToTables())
    given(call).when(made_before, by=PLANNER).then(Refused("plan_outdated", basis=made_before.basis))


def test_the_called_round_stays_as_it_was_called() -> None:
    call = evening(4)
    whole = plan(call, value=200)
    call.plan()
    call.send(c.CallToTables())
    seated = call.state.rounds[0]
    call.send(whole, by=PLANNER)
    assert call.state.rounds[0] is seated
    assert call.state.plan.value == 200


def test_plan_begins_with_the_next_round_whatever_it_was_made_for() -> None:
    call = evening(4)
    whole = plan(call)
    call.plan()
    call.send(c.CallToTables())
    (fact,) = call.send(msgspec.structs.replace(whole, value=101), by=PLANNER)
    assert isinstance(fact, f.PlanPublished)
    assert (fact.first_round, fact.rounds) == (2, whole.rounds[1:])


@pytest.mark.parametrize("first_round", [2, -2])
def test_plan_that_does_not_begin_here_is_refused(first_round: int) -> None:
    lobby = evening(4)
    with pytest.raises(Refused, match="plan_outdated"):
        lobby.send(plan(lobby, first_round=first_round), by=PLANNER)


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ((("p001", "p002"), ("p001", "p003")), "seated_twice"),
        ((("p001", "p002", "p003"),), "table_full"),
        ((("p001", "ghost"),), "unknown_attendee"),
        (((), (), (), (), ("p001", "p002")), "no_such_table"),
        ((("p005", "p001"),), "must_not_meet"),
        ((("p005", "p006"),), "same_side"),
        (((), ("p003", "p001")), "wrong_table"),
    ],
)
def test_plan_that_breaks_a_rule_is_refused(tables: tuple[tuple[str, ...], ...], code: str) -> None:
    lobby = evening(6)
    lobby.send(c.SetPairRule(attendee="p001", other="p005", rule="never"))
    lobby.send(c.ArrangeAttendee(attendee="p003", table=1))
    for person in ("p005", "p006"):
        lobby.send(c.ArrangeAttendee(attendee=person, side="a"))
    for command in (
        plan(lobby, rounds=(RoundPlan(tables=tables),)),
        c.PatchRound(round=1, plan=RoundPlan(tables=tables)),
    ):
        with pytest.raises(Refused) as refused:
            lobby.send(command, by=PLANNER)
        assert refused.value.code == code


def test_people_fixed_to_different_tables_cannot_meet() -> None:
    lobby = evening(4)
    for person, table in (("p001", 1), ("p002", 2)):
        lobby.send(c.ArrangeAttendee(attendee=person, table=table))
    with pytest.raises(Refused, match="wrong_table"):
        lobby.send(plan(lobby, rounds=(RoundPlan(tables=(("p001", "p002"),)),)), by=PLANNER)


def test_plan_in_which_two_meet_twice_is_refused() -> None:
    lobby, talk = evening(4), evening(4, Phase.TALK)
    twice = RoundPlan(tables=(("p001", "p002"),))
    again = RoundPlan(tables=(talk.state.rounds[0].tables[0],))
    for stood, rounds in ((lobby, (twice, twice)), (talk, (again,)), (talk.go_to(Phase.FEEDBACK), (again,))):
        with pytest.raises(Refused, match="already_met"):
            stood.send(plan(stood, rounds=rounds), by=PLANNER)


def test_one_table_of_three_where_the_rules_say_so() -> None:
    lobby = evening(6, odd="trio")
    three, other = ("p001", "p002", "p003"), ("p004", "p005", "p006")
    lobby.send(plan(lobby, rounds=(RoundPlan(tables=(three,)),)), by=PLANNER)
    with pytest.raises(Refused, match="table_full"):
        lobby.send(plan(lobby, rounds=(RoundPlan(tables=(three, other)),), value=999), by=PLANNER)


def test_call_is_legal_whatever_changed_since_the_plan() -> None:
    lobby = evening(6)
    seats = ("p001", "p002"), ("p003", "p004"), ("p005", "p006")
    lobby.plan([RoundPlan(tables=seats)])
    lobby.send(c.SetPairRule(attendee="p001", other="p002", rule="never"))
    lobby.send(c.ArrangeAttendee(attendee="p003", table=4))
    (fact,) = lobby.send(c.CallToTables())
    assert isinstance(fact, f.RoundCalled)
    assert fact.tables == ((), (), ("p005", "p006"), ())
    assert fact.sitting_out == ("p001", "p002", "p003", "p004")


def test_trio_of_a_plan_loses_its_third_when_the_rules_change() -> None:
    lobby = evening(3, odd="trio")
    lobby.plan([RoundPlan(tables=(("p001", "p002", "p003"),))])
    lobby.send(c.ChangeRules(rules=msgspec.structs.replace(lobby.state.rules, odd="sit_out")))
    lobby.send(c.CallToTables())
    assert lobby.state.rounds[0].tables[0] == ("p001", "p002")
    assert lobby.state.rounds[0].sitting_out == {"p003"}


def test_patch_is_part_of_the_plan_until_a_solver_answers() -> None:
    lobby = evening(4)
    lobby.send(c.PatchRound(round=1, plan=RoundPlan(tables=(("p001", "p004"),))), by=PLANNER)
    assert lobby.state.plan is not None
    assert (lobby.state.plan.basis, lobby.state.plan.patched) == (-1, {1})
    lobby.send(plan(lobby), by=PLANNER)
    assert lobby.state.plan.patched == frozenset()


def test_patch_of_another_round_than_the_next_is_refused() -> None:
    given(evening(4)).when(c.PatchRound(round=2, plan=RoundPlan(tables=())), by=PLANNER).then(
        Refused("no_such_round", round=2)
    )


def test_too_few_to_call() -> None:
    given(evening(1)).when(c.CallToTables()).then(Refused("too_few_present", present=1))


def test_no_more_rounds_than_the_rules_say() -> None:
    given(evening(4, Phase.FEEDBACK, 3)).when(c.CallToTables()).then(Refused("no_more_rounds", rounds=3))


def test_nobody_left_to_meet() -> None:
    pair = evening(2, Phase.FEEDBACK)
    pair.plan()
    given(pair).when(c.CallToTables()).then(Refused("nobody_left_to_meet", round=2))
