"""The deck of questions: what an organizer may write."""

import json
from pathlib import Path

import msgspec
import pytest

import event_server
from event_server.domain.messages import Refused
from event_server.domain.questions import LEVELS, About, Deck, checked_deck, levels

SHIPPED = sorted((Path(event_server.__file__).parent / "static" / "prompts").glob("*.json"))


def refusal(**questions: tuple[str, ...]) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        checked_deck({"opening": ("Come va?",), **questions})
    return refused.value.code, refused.value.detail["field"]


def test_questions_are_cleaned_and_each_stands_once() -> None:
    typed = ("  Come   va? ", "come va?", "", "\u202ePerché?")
    assert checked_deck({"opening": typed, "about_help": ("{tag}: come?",)}) == Deck(
        about=About(help=("{tag}: come?",)), opening=("Come va?", "Perché?")
    )


@pytest.mark.parametrize("level", LEVELS)
def test_sixty_questions_of_two_hundred_characters_and_no_more(level: str) -> None:
    tag = "{tag}" if level.startswith("about_") else ""
    full = tuple(f"{tag}{number:03}".ljust(200, "x") for number in range(60))
    assert levels(checked_deck({"opening": ("Come va?",), level: full}))[level] == full
    assert refusal(**{level: (*full, f"{tag}una di più?")}) == ("too_many_questions", level)
    assert refusal(**{level: (f"{tag}".ljust(201, "x"),)}) == ("question_too_long", level)


@pytest.mark.parametrize("level", LEVELS)
def test_tag_stands_exactly_where_it_is_filled_in(level: str) -> None:
    if level.startswith("about_"):
        assert refusal(**{level: ("Come va?",)}) == ("tag_place_missing", level)
    else:
        assert refusal(**{level: ("Come va {tag}?",)}) == ("tag_place_unknown", level)


def test_a_table_needs_something_to_begin_with() -> None:
    assert refusal(opening=(" ",)) == ("questions_missing", "opening")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_decks_keep_the_rules_that_organizers_are_held_to(path: Path) -> None:
    deck = msgspec.json.decode(path.read_bytes(), type=Deck)
    assert checked_deck(levels(deck)) == deck
    assert json.loads(msgspec.json.encode(deck)) == json.loads(path.read_bytes()), "nothing is left out"
