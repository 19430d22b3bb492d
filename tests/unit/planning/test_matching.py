"""What counts when an evening is planned: profiles, open asks, and what answers taught of who agreed."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
from rooms import Evening, evening

from event_server.domain import commands as c
from event_server.domain.affinity import PRESETS
from event_server.domain.lessons import Lesson
from event_server.domain.messages import Rules, Weights, guest
from event_server.domain.profile import Profile
from event_server.planning.briefing import Background, Briefing, briefing
from event_server.planning.problems import Task, task_of
from event_server.planning.publishing import publication
from event_server.planning.stating import proof_of
from event_server.planning.teaching import lessons_taught
from event_server.runtime.jobs import PolishJob, Told
from event_server.runtime.worker import Desk
from event_server.tags.book import TagBook
from schedulers.schedule import MaxIterations
from schedulers.solve import plan

NAMES = ("Ada", "Bo", "Cleo", "Dario", "Elio", "Fay")


def profiles(agree: tuple[str, ...] = NAMES, **changes: dict[str, Any]) -> dict[str, Profile]:
    """Return who has something to give to whom: Ada helps Bo, Cleo helps Dario, Elio helps Bo too."""
    said: dict[str, dict[str, Any]] = {
        "Ada": {"offers": ("conti",), "needs": ("orti",)},
        "Bo": {"offers": ("vela",), "needs": ("conti",)},
        "Cleo": {"offers": ("bandi",), "needs": ("suono",)},
        "Dario": {"offers": ("cucina",), "needs": ("bandi",)},
        "Elio": {"offers": ("conti",), "needs": ("legno",)},
        "Fay": {"offers": ("disegno",), "needs": ("pane",)},
    }
    return {
        name.lower(): Profile(name=name, learning=name in agree, **{**said[name], **changes.get(name, {})})
        for name in NAMES
    }


def brief(running: Evening, known: Background | None = None) -> Briefing:
    found = briefing(running.room.state, known or Background(profiles()))
    assert found is not None
    return found


def weight(task: Task, one: str, other: str) -> int:
    return int(task.problem.weights[task.ids.index(one), task.ids.index(other)])


def standing(task: Task, person: str) -> float:
    """Return what meeting ``person`` is worth to Cleo beside meeting Fay, whose profile fits as little."""
    return weight(task, person, "cleo") / weight(task, "fay", "cleo")


def shown(task: Task, one: str, other: str) -> int:
    return int(task.stated.weights[task.ids.index(one), task.ids.index(other)])


async def hold_round(running: Evening, *tables: tuple[str, str]) -> None:
    """Hold the next round with these pairs at the first tables, and nobody else at any."""
    await running.do(
        c.PatchRound(
            round=running.room.state.next_number,
            plan=c.RoundPlan(tables=(*tables, *((),) * (len(NAMES) // 2 - len(tables)))),
        )
    )
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    running.clock.at += 300
    await running.do(c.EndRound())


async def answer(running: Evening, author: str, about: str, **said: Any) -> None:
    number = len(running.room.state.rounds)
    await running.do(c.GiveAnswer(round=number, about=about, attendee=author, **said), actor=guest(author))


@pytest.fixture
async def running():
    found = await evening(*NAMES, rules=Rules(rounds=4, tables=3))
    yield found
    await found.room.stop()


async def test_who_can_help_fits_better_than_who_cannot(running: Evening) -> None:
    task = task_of(brief(running))
    assert weight(task, "ada", "bo") > weight(task, "ada", "fay")
    assert np.array_equal(task.problem.weights, task.stated.weights)


async def test_a_need_that_somebody_met_can_help_with_counts_less_from_then_on(running: Evening) -> None:
    before = task_of(brief(running))
    await hold_round(running, ("ada", "bo"))
    after = task_of(brief(running))
    assert weight(after, "elio", "bo") < weight(before, "elio", "bo"), "Bo's ask is answered"
    assert weight(after, "cleo", "dario") == weight(before, "cleo", "dario")
    assert weight(after, "ada", "bo") == weight(before, "ada", "bo"), "what the meeting was worth stays"


async def test_words_that_mean_one_tag_are_one(running: Evening) -> None:
    said = profiles(Ada={"offers": ("far quadrare",)}, Bo={"needs": ("libri mastri",)})
    apart, merged = (
        task_of(brief(running, Background(said, tags=TagBook(merges=merges))))
        for merges in ({}, {"libri mastri": "far quadrare"})
    )
    assert weight(merged, "ada", "bo") > weight(apart, "ada", "bo")


async def test_the_mix_of_the_evening_decides_what_counts(running: Evening) -> None:
    jazz = {"interests": ("jazz",)}
    said = Background(
        profiles(**{name: jazz if name in {"Cleo", "Fay"} else {"interests": (name,)} for name in NAMES})
    )
    help_alone = Weights(interests=0, values=0, goals=0, novelty=0)
    for weights, better, worse in (
        (help_alone, ("ada", "bo"), ("cleo", "fay")),
        (PRESETS["social"], ("cleo", "fay"), ("ada", "bo")),
    ):
        await running.do(c.ChangeRules(rules=Rules(rounds=4, tables=3, weights=weights)))
        task = task_of(brief(running, said))
        assert weight(task, *better) > weight(task, *worse)


async def test_people_who_know_each_other_are_sent_to_others_first(running: Evening) -> None:
    strangers = task_of(brief(running))
    known = task_of(brief(running, Background(profiles(Bo={"knows": ("ada",)}))))
    assert weight(known, "ada", "bo") < weight(strangers, "ada", "bo")


async def test_a_private_wish_not_to_meet_is_kept_and_shown_nowhere(running: Evening) -> None:
    said = Background(profiles(Fay={"avoids": ("ada",)}))
    task = task_of(brief(running, said))
    one, other = task.ids.index("ada"), task.ids.index("fay")
    assert not task.problem.allowed[one, other]
    assert task.stated.allowed[one, other]
    plain = task_of(brief(running))
    assert np.array_equal(task.stated.weights, plain.stated.weights)
    assert np.array_equal(task.stated.allowed, plain.stated.allowed)


async def test_answers_move_nothing_tonight_while_the_rules_do_not_say_so(running: Evening) -> None:
    await hold_round(running, ("ada", "bo"), ("cleo", "dario"))
    before, basis = brief(running), running.room.state.plan_basis
    await answer(running, "ada", "bo", again="no", rating=1)
    assert brief(running) == before
    assert running.room.state.plan_basis == basis


async def test_tonights_answers_move_what_is_planned_and_nothing_that_is_shown(running: Evening) -> None:
    await running.do(c.ChangeRules(rules=Rules(rounds=4, tables=3, learn_tonight=True)))
    await hold_round(running, ("ada", "bo"), ("cleo", "dario"))
    before, basis = task_of(brief(running)), running.room.state.plan_basis
    await answer(running, "ada", "bo", again="no", rating=1)
    after = task_of(brief(running))
    assert running.room.state.plan_basis > basis, "the next round is planned anew"
    assert standing(before, "ada") == 1
    assert standing(after, "ada") < 1, "Ada is hard to please"
    assert np.array_equal(after.stated.weights, before.stated.weights)


async def test_only_answers_between_two_who_agreed_teach(running: Evening) -> None:
    await running.do(c.ChangeRules(rules=Rules(rounds=4, tables=3, learn_tonight=True)))
    await hold_round(running, ("ada", "bo"), ("cleo", "dario"))
    for author, about in (("ada", "bo"), ("bo", "ada"), ("cleo", "dario"), ("dario", "cleo")):
        await answer(running, author, about, again="yes")
    job = brief(running, Background(profiles(agree=("Ada", "Cleo", "Dario"))))
    assert {(said.author, said.about) for said in job.ratings} == {("cleo", "dario"), ("dario", "cleo")}
    assert {person.id: person.contacts for person in job.people if person.contacts} == {"cleo": 1, "dario": 1}


async def test_who_has_a_contact_already_comes_second_unless_the_total_counts(running: Evening) -> None:
    await running.do(c.ChangeRules(rules=Rules(rounds=4, tables=3, learn_tonight=True)))
    await hold_round(running, ("ada", "bo"), ("cleo", "dario"))
    for author, about in (("ada", "bo"), ("bo", "ada")):
        await answer(running, author, about, again="yes")
    spread = task_of(brief(running))
    total = task_of(msgspec.structs.replace(spread.briefing, spread=False))
    served, unserved = (weight(spread, "ada", "cleo"), weight(spread, "elio", "fay"))
    assert served / unserved < weight(total, "ada", "cleo") / weight(total, "elio", "fay")


async def test_lessons_count_only_while_their_owner_agrees(running: Evening) -> None:
    lessons = {"ada": Lesson(given_sum=-6, given_count=8, received_sum=-6, received_count=8)}
    plain = task_of(brief(running))
    taught = task_of(brief(running, Background(profiles(), lessons=lessons)))
    asked_not_to = Background(profiles(agree=NAMES[1:]), lessons=lessons)
    assert standing(taught, "ada") < standing(plain, "ada") == 1
    assert np.array_equal(taught.stated.weights, plain.stated.weights)
    assert np.array_equal(task_of(brief(running, asked_not_to)).problem.weights, plain.problem.weights)


async def test_a_taught_plan_is_measured_and_proven_by_profiles_alone(running: Evening) -> None:
    lessons = {"ada": Lesson(given_sum=-6, given_count=8, received_sum=-6, received_count=8)}
    task = task_of(brief(running, Background(profiles(), lessons=lessons)))
    found = plan(task.problem, held=task.held, stop=MaxIterations(3))
    prices = plan(task.by_profiles, held=task.held, stop=MaxIterations(0)).certificate
    said = publication(task, found, prices=prices)
    met = {
        (one, other)
        for planned in said.rounds
        for seats in planned.tables
        if len(seats) == 2
        for one, other in [sorted(seats)]
    }
    assert said.value == sum(shown(task, one, other) for one, other in met)
    assert said.merit == found.value != said.value
    assert said.bound is not None
    assert said.bound >= said.value


async def test_prices_that_know_answers_are_never_told(running: Evening) -> None:
    lessons = {"ada": Lesson(given_sum=-6, given_count=8, received_sum=-6, received_count=8)}
    job = brief(running, Background(profiles(), lessons=lessons))
    task = task_of(job)
    found = plan(task.problem, held=task.held, stop=MaxIterations(3))
    assert found.certificate is not None
    said = publication(task, found)
    assert said.bound is None
    assert said.figures is not None
    assert said.figures.proof is None

    # A worker that was replaced polishes what it has not planned itself.
    told: list[Told] = []
    Desk(told.append).work(PolishJob(number=1, briefing=job, seconds=0.2))
    polished = told[-1].plan
    assert polished is not None
    assert polished.figures is not None
    assert polished.figures.proof is not None
    assert polished.merit is not None
    assert polished.bound is not None
    assert polished.bound >= polished.value
    learned = proof_of(found.certificate, task.ids)
    assert polished.figures.proof != learned


async def test_an_evening_teaches_who_pleased_more_than_expected(running: Evening) -> None:
    for pairs in ((("ada", "bo"), ("cleo", "dario")), (("ada", "cleo"), ("bo", "dario"))):
        await hold_round(running, *pairs)
        for one, other in pairs:
            await answer(running, one, other, again="no" if other == "bo" else "yes")
            await answer(running, other, one, again="yes")
    taught = lessons_taught(running.room.state, Background(profiles(agree=NAMES[:4])))
    assert set(taught) == {"ada", "bo", "cleo", "dario"}
    assert all(lesson.given_count == lesson.received_count == 2 for lesson in taught.values())
    assert taught["bo"].received_sum < min(taught[name].received_sum for name in ("ada", "cleo", "dario"))
    alone = lessons_taught(running.room.state, Background(profiles(agree=("Ada",))))
    assert alone == {}, "nobody else agreed, so no answer teaches"
