"""What the forms of a profile share: words to choose from, values and goals to tick, languages by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from event_server.domain.affinity import GOALS_LIMIT, VALUES_LIMIT
from event_server.domain.names import clean_text
from event_server.importing.languages import language_tags, language_word
from event_server.tags.choices import GOAL_NAMES, VALUE_NAMES
from event_server.tags.curated import CuratedTag, curated, sorted_by_name
from event_server.tags.spelling import folded, words_of
from event_server.web.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.profile import Profile
    from event_server.tags.book import TagBook
    from event_server.web.forms import Form

TAG_WORDS: Final = ("interests", "offers", "needs")
"""Fields whose words are tags."""

_USUAL_LANGUAGES: Final = (
    *("it", "en", "fr", "de", "es", "pt", "ro", "sq", "ar", "zh", "uk", "ru", "pl", "nl", "bn", "hi", "ur"),
    *("pa", "tl", "ja", "tr", "el", "fa", "hr", "sl", "wo"),
)
MATTERS: Final = 3
"""Importance of an interest that matters a lot."""


@dataclass(frozen=True, slots=True)
class TagWord:
    """A curated tag as a form offers it.

    Attributes:
        also: Spellings that begin otherwise, parted by commas.
    """

    name: str
    theme: str
    also: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """Fixed words of which some may be ticked.

    Attributes:
        names: Id -> English name, for the catalogs.
        most: How many one may tick.
    """

    names: Mapping[str, str]
    most: int


_LEVELS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: N_("1 · just beginning"),
        2: N_("2 · some experience"),
        3: N_("3 · a few years"),
        4: N_("4 · many years"),
        5: N_("5 · leading others"),
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one may choose from while filling in a profile.

    Attributes:
        words: Curated tags by theme.
        languages: The usual ones, by name.
        levels: Seniority -> English name, for the catalogs.
    """

    words: tuple[TagWord, ...]
    languages: tuple[str, ...]
    levels: Mapping[int, str]
    goals: Ticks
    values: Ticks


@cache
def offer(language: str) -> Offer:
    """Return what one may choose from, for readers of ``language``."""
    return Offer(
        words=tag_words(language),
        languages=_usual_languages(language),
        levels=_LEVELS,
        goals=Ticks(GOAL_NAMES, GOALS_LIMIT),
        values=Ticks(VALUE_NAMES, VALUES_LIMIT),
    )


@cache
def tag_words(language: str) -> tuple[TagWord, ...]:
    """Return the curated tags by theme, as they are called in ``language``."""
    return tuple(
        TagWord(
            name=tag.name(language),
            theme=theme.name(language),
            also=",".join(_worth_offering(tag, language)),
        )
        for theme in sorted(curated().themes, key=lambda theme: folded(theme.name(language)))
        for tag in sorted_by_name(theme.tags, language)
    )


def _worth_offering(tag: CuratedTag, language: str) -> list[str]:
    """Return the spellings that begin with another word than those before: whoever types it finds them."""
    begun = {words_of(tag.name(language))[0]}
    found = []
    for spelling in tag.spellings[:-1]:
        first = words_of(spelling)[0]
        if first not in begun:
            begun.add(first)
            found.append(spelling)
    return found


def _usual_languages(language: str) -> tuple[str, ...]:
    """Return the names of the usual languages in ``language``, in its alphabet."""
    return tuple(sorted((language_word(code, language) for code in _USUAL_LANGUAGES), key=folded))


def typed_tags(form: Form, book: TagBook) -> dict[str, tuple[str, ...]]:
    """Return the tags that were typed, field by field, without typing errors."""
    return {field: tuple(map(book.mended, form.lines(field))) for field in TAG_WORDS}


def mendings(form: Form, book: TagBook) -> tuple[tuple[str, str], ...]:
    """Return (typed, meant) of every typing error."""
    words = (clean_text(word) for field in TAG_WORDS for word in form.lines(field))
    return tuple(dict.fromkeys((word, book.mended(word)) for word in words if book.mended(word) != word))


def typed_languages(form: Form) -> tuple[str, ...]:
    """Return the languages that were typed: codes where they are known."""
    return language_tags(form.text("languages"))


def typed_level(form: Form) -> int | None:
    """Return the seniority that was chosen, or none; refuses ``number_invalid``."""
    return form.integer("seniority", 0) or None


def language_words(profile: Profile, language: str) -> tuple[str, ...]:
    """Return the languages of ``profile`` as they are called in ``language``."""
    return tuple(language_word(code, language) for code in profile.languages)


def important(profile: Profile) -> tuple[str, ...]:
    """Return the interests that matter a lot."""
    return tuple(tag for tag in profile.interests if profile.importance.get(tag) == MATTERS)


def with_important(profile: Profile, words: tuple[str, ...], book: TagBook) -> Profile:
    """Return ``profile`` in which the interests that ``words`` mean matter a lot, and no others.

    Words that are no interests yet become some: whoever fills in only what matters most means it.
    """
    own = {book.key(tag) for tag in profile.interests}
    added = tuple(book.mended(word) for word in words if book.key(word) not in own)
    keys = {book.key(word) for word in words}
    interests = (*profile.interests, *added)
    levels = {tag: level for tag, level in profile.importance.items() if level != MATTERS}
    return msgspec.structs.replace(
        profile,
        interests=interests,
        importance=levels | {tag: MATTERS for tag in interests if book.key(tag) in keys},
    )
