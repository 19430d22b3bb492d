"""The deck: questions for a table, from light to deep, in one language."""

from __future__ import annotations

from typing import Final

import msgspec

from event_server.domain.messages import Refused
from event_server.domain.profile import distinct_tags

QUESTIONS_LIMIT: Final = 60
"""Questions of one level at most: a phone fetches them all."""

QUESTION_LIMIT: Final = 200
"""Code points of one question at most; more than a few lines nobody reads in a loud room."""

TAG_PLACE: Final = "{tag}"
"""Where a question about what two have in common names it."""


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First questions, by what joins the people at the table; each holds `TAG_PLACE`."""

    help: tuple[str, ...] = ()
    both_care: tuple[str, ...] = ()
    both_want: tuple[str, ...] = ()
    other_fields: tuple[str, ...] = ()


class Deck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Questions by level: phones climb from one to the next and stay at the deepest.

    Attributes:
        about: The first question where something joins the people at a table.
        opening: The first question where nothing does; the projector shows these.
    """

    about: About = About()
    opening: tuple[str, ...] = ()
    closer: tuple[str, ...] = ()
    deeper: tuple[str, ...] = ()


ABOUT: Final = tuple(f"about_{kind}" for kind in About.__struct_fields__)
LEVELS: Final = (*ABOUT, "opening", "closer", "deeper")
"""Names of all levels, as forms call them."""


def levels(deck: Deck) -> dict[str, tuple[str, ...]]:
    """Return the questions of ``deck`` by the name of their level."""
    about = {f"about_{kind}": questions for kind, questions in msgspec.structs.asdict(deck.about).items()}
    return {**about, "opening": deck.opening, "closer": deck.closer, "deeper": deck.deeper}


def checked_deck(questions: dict[str, tuple[str, ...]]) -> Deck:
    """Return the deck of ``questions`` by level, cleaned, each question once.

    Raises:
        Refused: ``question_too_long``, ``too_many_questions``, ``tag_place_missing``, ``tag_place_unknown``
            or ``questions_missing``; the detail names the level as ``field``.
    """
    clean = {level: _checked(level, questions.get(level, ())) for level in LEVELS}
    if not clean["opening"]:
        raise Refused("questions_missing", field="opening")
    about = About(**{level.removeprefix("about_"): clean.pop(level) for level in ABOUT})
    return Deck(about=about, **clean)


def _checked(level: str, questions: tuple[str, ...]) -> tuple[str, ...]:
    clean = distinct_tags(questions)
    if len(clean) > QUESTIONS_LIMIT:
        raise Refused("too_many_questions", field=level, limit=QUESTIONS_LIMIT, length=len(clean))
    for question in clean:
        if len(question) > QUESTION_LIMIT:
            raise Refused("question_too_long", field=level, limit=QUESTION_LIMIT, question=question[:60])
        if (TAG_PLACE in question) != (level in ABOUT):
            code = "tag_place_missing" if level in ABOUT else "tag_place_unknown"
            raise Refused(code, field=level, question=question)
    return clean
