"""Why these two: both read the same facts, a whole table the same opening, and nothing that is for nobody."""

from __future__ import annotations

import msgspec
from builders import Evening, attendee_ids, evening, scene
from hypothesis import given, settings
from hypothesis import strategies as st

from event_server.domain import commands as c
from event_server.domain.affinity import GOALS, GOALS_LIMIT, VALUES, VALUES_LIMIT
from event_server.domain.messages import RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.profile import Profile
from event_server.tags.book import TagBook
from event_server.views.attendee import attendee_view
from event_server.views.scene import Person, Scene
from event_server.views.why import MOST_REASONS, reasons

WORDS = ("orti", "Orti", "orticoltura", "bandi", "BANDI", "musica", "teatro")
BOOK = TagBook(merges={"orticoltura": "orti"})
TAGS = st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)
SECRET = "segreto"
PROFILES = st.builds(
    Profile,
    name=st.just("Persona Prova"),
    sector=st.sampled_from(("", "scuola", "Scuola", "energia")),
    interests=TAGS,
    offers=TAGS,
    needs=TAGS,
    goals=st.lists(st.sampled_from(GOALS), max_size=GOALS_LIMIT, unique=True).map(tuple),
    values=st.lists(st.sampled_from(VALUES), max_size=VALUES_LIMIT, unique=True).map(tuple),
    languages=st.just((SECRET,)),
    knows=st.just((SECRET,)),
    avoids=st.just((SECRET,)),
    access_needs=st.just(SECRET),
)
MIRRORED = {"they_help": "you_help", "you_help": "they_help"}


def stood(*tables: tuple[str, ...], people: int) -> Evening:
    """Return the second round's call at ``tables``; in the first the first two sat together."""
    made = evening(people, odd="trio")
    made.plan([RoundPlan(tables=(attendee_ids(people)[:2],))])
    made.go_to(Phase.FEEDBACK)
    made.plan([RoundPlan(tables=tables)])
    made.send(c.CallToTables())
    return made


def moment(made: Evening, profiles: list[Profile]) -> Scene:
    people = dict(zip(attendee_ids(len(profiles)), map(Person, profiles), strict=True))
    return scene(made.state, made.now, people=people, tags=BOOK)


@settings(max_examples=200, deadline=None, derandomize=True, print_blob=True)
@given(profiles=st.lists(PROFILES, min_size=3, max_size=3))
def test_both_read_the_same_facts(profiles: list[Profile]) -> None:
    ada, bo, cleo = attendee_ids(3)
    shown = moment(stood((bo, cleo), people=3), profiles)
    for one, other in ((ada, bo), (bo, cleo), (ada, cleo)):
        mine, theirs = reasons(shown, one, other), reasons(shown, other, one)
        assert len(mine) <= MOST_REASONS
        assert [MIRRORED.get(reason.kind, reason.kind) for reason in theirs] == [r.kind for r in mine]
        for here, there in zip(mine, theirs, strict=True):
            assert here.kind == "other_fields" or here.tag == there.tag


@settings(max_examples=200, deadline=None, derandomize=True, print_blob=True)
@given(profiles=st.lists(PROFILES, min_size=4, max_size=4))
def test_phones_of_a_table_ask_the_same_first_question(profiles: list[Profile]) -> None:
    ada, bo, cleo, dario = attendee_ids(4)
    for table in ((ada, cleo), (cleo, dario, ada)):
        shown = moment(stood(table, people=4), profiles)
        openings = {attendee_view(shown, person).opening for person in table}
        assert len(openings) == 1
    assert attendee_view(shown, bo).opening is None


@settings(max_examples=200, deadline=None, derandomize=True, print_blob=True)
@given(profiles=st.lists(PROFILES, min_size=4, max_size=4))
def test_nothing_private_stands_in_a_fact(profiles: list[Profile]) -> None:
    ada, bo, cleo, dario = attendee_ids(4)
    shown = moment(stood((bo, cleo, dario), people=4), profiles)
    both_want = {goal for goal in GOALS if sum(goal in profile.goals for profile in profiles) > 1}
    for reader in (ada, bo, cleo, dario):
        view = attendee_view(shown, reader)
        assert SECRET.encode() not in msgspec.json.encode(view)
        told = [reason for partner in view.partners for reason in partner.why]
        goals = {reason.tag for reason in told if reason.kind == "both_want"}
        assert goals <= both_want
        assert not {reason.tag for reason in told if reason.kind != "both_want"} & {*VALUES, *GOALS}
