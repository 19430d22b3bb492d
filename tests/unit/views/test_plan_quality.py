"""How good the plan is, as the team's screens get it."""

from __future__ import annotations

from builders import evening, planned_rounds, scene

from event_server.domain import commands as c
from event_server.domain.messages import PLANNER, RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.plan_figures import PlanFigures, UnmetWish
from event_server.views.plan_quality import Unmet, plan_quality, sit_outs, unmet_wishes, waiting_wishes

FIGURES = PlanFigures(
    search_bound=110,
    floor_bound=60,
    worst="p002",
    worst_total=40,
    worst_bound=55,
    wishes=tuple(UnmetWish(one="p001", other=f"p00{n}", by=n, why="no_place") for n in range(2, 6)),
)


def test_it_says_what_is_proven_and_names_who_gains_least() -> None:
    lobby = evening(6)
    lobby.plan(value=100, bound=120, floor=40, unmet=4, figures=FIGURES)
    quality = plan_quality(scene(lobby.state, is_polishing=True, has_proof=True))
    assert quality is not None
    assert (quality.value, quality.bound, quality.search_bound) == (100, 120, 110)
    assert (quality.worst.name, quality.worst.total, quality.worst.possible) == ("Persona2 Prova", 40, 55)
    assert (quality.floor, quality.floor_bound) == (40, 60)
    assert (quality.current, quality.polishing, quality.provable) == (True, True, True)


def test_the_dashboard_names_three_wishes_and_counts_all() -> None:
    lobby = evening(6)
    lobby.plan(unmet=4, figures=FIGURES)
    quality = plan_quality(scene(lobby.state))
    assert (quality.unmet, len(quality.wishes)) == (4, 3)
    assert quality.wishes[0] == Unmet(names=("Persona1 Prova", "Persona2 Prova"), why="no_place", by=2)
    assert len(unmet_wishes(scene(lobby.state))) == 4


def test_sit_outs_are_counted_over_the_whole_evening() -> None:
    odd = evening(5, Phase.FEEDBACK, 1)
    (held,) = odd.state.rounds[0].sitting_out
    odd.plan()
    found = sit_outs(odd.state)
    assert found[1] == (held,)
    assert [len(people) for people in found.values()] == [1, 1, 1]
    quality = plan_quality(scene(odd.state))
    assert (quality.sit_outs, quality.resting, quality.most_sit_outs) == (3, 3, 1)


def test_who_was_left_alone_sat_out_and_who_rests_twice_is_told() -> None:
    lobby = evening(4)
    twice = RoundPlan(tables=(("p001", "p002"),), sitting_out=("p003", "p004"))
    again = RoundPlan(tables=(("p001", "p003"),), sitting_out=("p002", "p004"))
    lobby.plan([twice, again])
    quality = plan_quality(scene(lobby.state))
    assert (quality.sit_outs, quality.resting, quality.most_sit_outs) == (4, 3, 2)


def test_a_round_mended_in_haste_takes_every_claim_back() -> None:
    lobby = evening(6)
    lobby.plan(value=100, bound=120, floor=40, figures=FIGURES)
    mended = RoundPlan(tables=planned_rounds(lobby.state)[0].tables[::-1])
    lobby.send(c.PatchRound(round=1, plan=mended), by=PLANNER)
    quality = plan_quality(scene(lobby.state))
    assert quality.patched
    assert (quality.bound, quality.search_bound, quality.worst) == (None, None, None)


def test_without_a_plan_of_the_solver_nothing_is_said() -> None:
    lobby = evening(4)
    assert plan_quality(scene(lobby.state)) is None
    lobby.send(c.PatchRound(round=1, plan=RoundPlan(tables=(("p001", "p004"),))), by=PLANNER)
    assert plan_quality(scene(lobby.state)) is None


def test_where_profiles_tell_nothing_nobody_gains_least() -> None:
    lobby = evening(4)
    lobby.plan(bound=0, figures=PlanFigures(worst="p001"))
    assert plan_quality(scene(lobby.state)).worst is None


def test_a_wish_waits_for_who_is_not_here_and_no_longer_when_it_came_true() -> None:
    talk = evening(4)
    talk.send(c.SetPairRule(attendee="p001", other="p002", rule="must", by=2))
    talk.send(c.SetPairRule(attendee="p001", other="p003", rule="never"))
    assert waiting_wishes(scene(talk.state)) == ()
    talk.send(c.Leave(attendee="p002"))
    assert waiting_wishes(scene(talk.state)) == (
        Unmet(names=("Persona1 Prova", "Persona2 Prova"), why="absent", by=2),
    )
    talk.send(c.Return(attendee="p002"))
    talk.plan([RoundPlan(tables=(("p001", "p002"), ("p003", "p004")))])
    talk.go_to(Phase.FEEDBACK)
    talk.send(c.Leave(attendee="p002"))
    assert waiting_wishes(scene(talk.state)) == ()
    assert waiting_wishes(scene(evening(4, Phase.DRAFT).state)) == ()
