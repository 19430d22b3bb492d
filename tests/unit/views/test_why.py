"""Why these two: which facts, in which order, and what the first question of a table is about."""

from __future__ import annotations

import msgspec
import pytest
from builders import Evening, evening, scene

from event_server.domain import commands as c
from event_server.domain.messages import RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.profile import Profile
from event_server.tags.book import TagBook
from event_server.views.attendee import attendee_view
from event_server.views.scene import Person, Scene
from event_server.views.why import Opening, opening, reasons

ADA, BO, CLEO = "p001", "p002", "p003"


def told(of: Scene, reader: str = ADA, other: str = BO) -> list[tuple[str, str]]:
    return [(reason.kind, reason.tag) for reason in reasons(of, reader, other)]


def people(*profiles: dict[str, object], state: Evening | None = None, book: TagBook | None = None) -> Scene:
    """Return a scene of Ada, Bo, Cleo …, each with the fields given."""
    stood = state or evening(len(profiles))
    known = {
        f"p{number:03}": Person(Profile(name=f"Persona{number} Prova", **fields))  # type: ignore[arg-type]
        for number, fields in enumerate(profiles, 1)
    }
    return scene(stood.state, stood.now, people=known, tags=book or TagBook())


def test_giving_each_way_is_said_to_both_in_the_words_of_who_looks_for_it() -> None:
    both = people(
        {"offers": ("Potatura",), "needs": ("bandi",), "interests": ("orti urbani",)},
        {"offers": ("BANDI",), "needs": ("potatura",), "interests": ("orti urbani",)},
    )
    assert sorted(told(both)) == [("they_help", "bandi"), ("you_help", "potatura")]
    assert sorted(told(both, BO, ADA)) == [("they_help", "potatura"), ("you_help", "bandi")]


def test_rarest_shared_interest_comes_before_goal_and_fields() -> None:
    two = {"interests": ("musica", "orti urbani"), "goals": ("learn",)}
    crowd = people({**two, "sector": "scuola"}, {**two, "sector": "energia"}, {"interests": ("musica",)})
    assert told(crowd) == [("both_care", "orti urbani"), ("both_want", "learn")]


def test_goal_comes_before_different_fields_and_those_name_the_others() -> None:
    pair = people({"goals": ("learn", "hire"), "sector": "scuola"}, {"goals": ("hire",), "sector": "energia"})
    assert told(pair) == [("both_want", "hire"), ("other_fields", "energia")]
    assert told(pair, BO, ADA) == [("both_want", "hire"), ("other_fields", "scuola")]


@pytest.mark.parametrize(
    ("mine", "theirs"), [("Scuola", "scuola"), ("", "energia"), ("scuola", ""), ("scuola", "x" * 41)]
)
def test_fields_that_are_the_same_or_unsaid_or_long_are_no_fact(mine: str, theirs: str) -> None:
    assert told(people({"sector": mine}, {"sector": theirs})) == []


def test_two_facts_are_about_two_things() -> None:
    pair = people(
        {"needs": ("musica",), "interests": ("musica", "teatro")},
        {"offers": ("musica",), "interests": ("musica", "teatro")},
    )
    assert told(pair) == [("they_help", "musica"), ("both_care", "teatro")]


def test_need_still_open_goes_before_one_that_a_former_meeting_met() -> None:
    stood = evening(3)
    ada, other = {"needs": ("bandi", "contabilità")}, {"offers": ("bandi", "contabilità")}
    who = (ada, other, {"offers": ("bandi",)})
    assert told(people(*who, state=stood))[0] == ("they_help", "contabilità"), "fewer offer it"
    stood.plan([RoundPlan(tables=((ADA, CLEO),))])
    stood.go_to(Phase.FEEDBACK)
    crowd = (ada, other, {"offers": ("contabilità",)})
    assert told(people(*crowd, state=stood))[0] == ("they_help", "bandi"), "conti are met"


def test_tags_that_an_organizer_merged_join_two_people() -> None:
    fields = ({"interests": ("orti urbani",)}, {"interests": ("orticoltura",)})
    assert told(people(*fields)) == []
    assert told(people(*fields, book=TagBook(merges={"orticoltura": "orti urbani"}))) == [
        ("both_care", "orti urbani")
    ]


def test_what_is_for_nobodys_eyes_is_no_fact() -> None:
    same = {"values": ("care",), "languages": ("it",), "knows": ("Bo",), "avoids": ("Bo",), "pronouns": "lei"}
    assert told(people(same, same)) == []


def test_forgotten_person_has_nothing_in_common_with_anybody() -> None:
    stood = evening(2)
    stood.send(c.EraseAttendee(attendee=BO))
    assert told(people({"interests": ("orti urbani",)}, {"interests": ("orti urbani",)}, state=stood)) == []


def test_table_of_two_opens_with_its_first_fact() -> None:
    pair = people(
        {"interests": ("orti urbani",), "sector": "scuola"},
        {"interests": ("orti urbani",), "sector": "energia"},
    )
    assert (
        opening(pair, (ADA, BO)) == opening(pair, (BO, ADA)) == Opening(kind="both_care", tag="orti urbani")
    )
    fields = people({"sector": "scuola"}, {"sector": "energia"})
    assert opening(fields, (BO, ADA)) == Opening(kind="other_fields", tag="energia · scuola")
    assert opening(people({}, {}), (ADA, BO)) is None


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        ({"interests": ("musica",)}, Opening(kind="both_care", tag="musica")),
        ({"interests": ("teatro",)}, None),
        ({"needs": ("orti urbani",), "offers": ("colla",)}, None),
        ({"offers": ("colla",)}, None),
    ],
)
def test_table_of_three_opens_with_what_holds_for_all_of_them(
    third: dict[str, object], expected: Opening | None
) -> None:
    two = {"interests": ("orti urbani", "musica")}
    assert opening(people(two, two, third), (ADA, BO, CLEO)) == expected


def test_table_of_three_opens_with_a_gift_between_any_two() -> None:
    three = people({}, {"needs": ("colla",)}, {"offers": ("colla",)})
    assert opening(three, (ADA, BO, CLEO)) == Opening(kind="help", tag="colla")


def test_phones_of_a_table_get_the_same_opening_and_other_tables_none_of_it() -> None:
    stood = evening(4)
    stood.plan([RoundPlan(tables=((ADA, BO), (CLEO, "p004")))])
    stood.send(c.CallToTables())
    shown = people({"interests": ("orti urbani",)}, {"interests": ("orti urbani",)}, {}, {}, state=stood)
    first, second, other = (attendee_view(shown, person) for person in (ADA, BO, CLEO))
    assert first.opening == second.opening == Opening(kind="both_care", tag="orti urbani")
    assert b"orti urbani" not in msgspec.json.encode(other)
