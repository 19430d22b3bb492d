"""Tables that mix sectors or seniority: what the solver is asked, what comes of it, what is said of it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from builders import evening
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from unit.planning.made_plans import TAGS, brief, people, published

from event_server.domain.plan_figures import Mixed
from event_server.domain.profile import Profile
from event_server.planning.briefing import Background, HeldRound, Planned, briefing
from event_server.planning.mixing import mixed
from event_server.planning.problems import task_of
from event_server.tags.book import TagBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.commands import PublishPlan
    from event_server.planning.briefing import Briefing

BOTH = {"mix_sectors": True, "mix_seniority": True}


def crowd() -> tuple[Planned, ...]:
    """Return 24 people of four sectors and three seniorities; what they care for goes with the sector."""
    return tuple(
        replace(
            person, sector=TAGS[i % 4], seniority=1 + i // 3 % 3, interests={TAGS[i % 4]: 1, TAGS[i // 4]: 2}
        )
        for i, person in enumerate(people(24))
    )


def crowd_brief(**changes: object) -> Briefing:
    return brief(crowd(), **{"seats": 4, "tables": 6, **changes})


def alike(made: PublishPlan, attribute: str) -> int:
    """Return how many meetings are between two people with the same ``attribute``."""
    values = {person.id: getattr(person, attribute) for person in crowd()}
    return sum(
        values[one] == values[other]
        for planned in made.rounds
        for seats in planned.tables
        for one, other in combinations(seats, 2)
    )


def values(job: Briefing) -> Mapping[str, tuple[str | None, ...]]:
    """Return what the solver is asked to mix."""
    return {rule.attribute: rule.values for rule in task_of(job).problem.balance}


# What the solver is asked


def test_nothing_is_mixed_unless_said_and_nothing_at_tables_of_two() -> None:
    assert values(crowd_brief()) == {}
    assert values(brief(crowd(), **BOTH)) == {}
    assert set(values(crowd_brief(**BOTH))) == {"sector", "seniority"}


def test_values_are_numbers_that_tell_only_who_is_alike() -> None:
    room = people(
        6,
        a={"sector": "banca", "seniority": 5},
        b={"sector": "acqua"},
        c={"sector": "banca", "seniority": 1},
        e={"seniority": 5},
    )
    assert values(brief(room, seats=3, **BOTH)) == {
        "sector": ("1", "2", "1", None, None, None),
        "seniority": ("1", None, "2", None, "1", None),
    }


def test_one_sector_in_several_spellings_and_languages_is_one() -> None:
    state = evening(4, seats=3, tables=2, mix_sectors=True, mix_seniority=True).state
    words = {"p001": "Musica", "p002": " music", "p003": "MUSICA", "p004": "Design"}
    profiles = {person: Profile(name=word, sector=word, seniority=2) for person, word in words.items()}
    told = briefing(state, Background(profiles, tags=TagBook()))
    assert told is not None
    assert values(told) == {"sector": ("1", "1", "1", "2"), "seniority": ("1", "1", "1", "1")}


# What comes of it


@pytest.mark.parametrize(
    ("rules", "attribute"),
    [
        ({"mix_sectors": True}, "sector"),
        ({"mix_seniority": True}, "seniority"),
        (BOTH, "sector"),
        (BOTH, "seniority"),
    ],
)
def test_tables_are_mixed_where_that_is_a_rule_and_hardly_worth_less(rules: dict, attribute: str) -> None:
    plain, mixing = published(crowd_brief()), published(crowd_brief(**rules))
    least = next(said.least for said in mixing.figures.mixed if said.attribute == attribute)
    assert alike(mixing, attribute) - least < 0.75 * (alike(plain, attribute) - least)
    assert mixing.value > 0.95 * plain.value
    assert (mixing.repeats, mixing.unmet) == (plain.repeats, plain.unmet) == (0, 0)


def test_what_a_plan_lacks_in_mix_counts_where_plans_are_compared_and_not_in_its_value() -> None:
    plain, mixing = published(crowd_brief()), published(crowd_brief(**BOTH))
    assert plain.imbalance == 0
    assert mixing.imbalance > 0
    assert mixing.merit is None, "nothing was taught"
    assert mixing.bound == plain.bound


# What is said of it


def test_meetings_of_people_alike_are_counted_in_held_rounds_too() -> None:
    room = people(6, **{p: {"sector": "banca"} for p in "abc"}, f={"here": False})
    held = (HeldRound(tables=(("a", "b", "c"), ("d", "e", "f"))),)
    task = task_of(brief(room, seats=3, tables=2, rounds=2, held=held, mix_sectors=True))
    seats = np.array([[0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, -1]])
    assert mixed(task, seats) == (
        Mixed(attribute="sector", alike=3 + 1, least=1 + 1, meetings=6 + 4, said=3, silent=2),
    )


def test_a_published_plan_says_how_far_it_mixes() -> None:
    made = published(crowd_brief(**BOTH))
    told = {said.attribute: said.alike for said in made.figures.mixed}
    assert told == {attribute: alike(made, attribute) for attribute in ("sector", "seniority")}
    assert published(crowd_brief()).figures.mixed == ()


@settings(deadline=None)
@given(st.lists(st.integers(-1, 3), min_size=8, max_size=8), st.text("xyz", min_size=8, max_size=8))
def test_no_seats_have_fewer_meetings_of_people_alike_than_is_said(row: list[int], sectors: str) -> None:
    room = people(8, **{p: {"sector": sector} for p, sector in zip("abcdefgh", sectors, strict=True)})
    task = task_of(brief(room, seats=8, tables=4, rounds=1, mix_sectors=True))
    (said,) = mixed(task, np.array([row]))
    seated = Counter(sectors[i] for i in range(8) if row[i] >= 0)
    used = len({table for table in row if table >= 0})
    dealt = Counter((i % used, sector) for i, sector in enumerate(sorted(seated.elements())))
    assert said.alike >= said.least
    assert said.least == sum(count * (count - 1) // 2 for count in dealt.values()), (
        "and dealing them out has it"
    )
