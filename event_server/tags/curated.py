"""The curated list: tags with a name in each language and every spelling that means them.

How it works: each file of ``themes/`` is a theme. A tag has a stable id, which profiles and merges may hold
for years, and may be renamed but never given another meaning. Reading checks the whole list: a spelling that
meant two tags would match people who have nothing in common.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from event_server.domain.names import clean_text
from event_server.domain.profile import TAG_LIMIT
from event_server.tags.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LANGUAGES: Final = ("it", "en")
"""Languages in which tags have names."""

_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SEPARATORS: Final = re.compile(r"[,;\n]")


class TagListInvalid(ValueError):  # noqa: N818 - reads as what is the matter
    """The curated list contradicts itself; the message names the tag and the spelling."""


@dataclass(frozen=True, slots=True)
class CuratedTag:
    """One tag.

    Attributes:
        theme: Id of its theme.
        names: Language -> name.
        also: Further spellings in any language.
    """

    id: str
    theme: str
    names: Mapping[str, str]
    also: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return everything that means this tag, its names first."""
        return (*dict.fromkeys(self.names.values()), *self.also, self.id)

    def name(self, language: str) -> str:
        """Return the name in ``language``, or the English one where there is none."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True, slots=True)
class Theme:
    """Tags that belong together, for browsing."""

    id: str
    names: Mapping[str, str]
    tags: tuple[CuratedTag, ...]

    def name(self, language: str) -> str:
        """Return the name in ``language``, or the English one where there is none."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True, slots=True)
class TagList:
    """The whole list.

    Attributes:
        tags: Id -> tag.
        meanings: Folded spelling -> id of the one tag it means.
    """

    themes: tuple[Theme, ...]
    tags: Mapping[str, CuratedTag]
    meanings: Mapping[str, str]

    def meaning(self, text: str) -> str | None:
        """Return the id of the tag of which ``text`` is a spelling, or none."""
        return self.meanings.get(folded(text))


@cache
def curated() -> TagList:
    """Return the list that comes with the package, read and checked once."""
    found = files("event_server.tags").joinpath("themes").iterdir()
    names = {entry.name.removesuffix(".toml"): entry for entry in found if entry.name.endswith(".toml")}
    return tag_list({name: tomllib.loads(names[name].read_text("utf-8")) for name in sorted(names)})


def tag_list(themes: Mapping[str, Mapping[str, Any]]) -> TagList:
    """Return the list of ``themes``, id -> what its file says.

    Raises:
        TagListInvalid: If an id, a name or a spelling is not what it must be, or means two things.
    """
    read = tuple(_theme(name, said) for name, said in themes.items())
    tags: dict[str, CuratedTag] = {}
    meanings: dict[str, str] = {}
    for tag in (tag for theme in read for tag in theme.tags):
        if tag.id in tags:
            raise TagListInvalid(f"{tag.id}: the id stands twice")
        tags[tag.id] = tag
        for spelling in _checked_spellings(tag):
            other = meanings.setdefault(folded(spelling), tag.id)
            if other != tag.id:
                raise TagListInvalid(f"{tag.id}: {spelling!r} already means {other}")
    return TagList(read, MappingProxyType(tags), MappingProxyType(meanings))


def _theme(name: str, said: Mapping[str, Any]) -> Theme:
    try:
        tags = tuple(
            CuratedTag(tag, name, _names(entry), tuple(entry["also"])) for tag, entry in said["tags"].items()
        )
        return Theme(name, _names(said), tags)
    except (KeyError, TypeError) as missing:
        raise TagListInvalid(f"{name}: {missing} is missing") from missing


def _names(said: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({language: said[language] for language in LANGUAGES})


def _checked_spellings(tag: CuratedTag) -> Iterator[str]:
    """Yield the spellings of ``tag``, which must be possible tags of a profile."""
    if not _ID.fullmatch(tag.id):
        raise TagListInvalid(f"{tag.id}: an id is of small letters, digits and hyphens")
    for spelling in tag.spellings:
        if spelling != clean_text(spelling) or not folded(spelling) or _SEPARATORS.search(spelling):
            raise TagListInvalid(f"{tag.id}: {spelling!r} cannot stand in a list with commas")
        if len(spelling) > TAG_LIMIT:
            raise TagListInvalid(f"{tag.id}: {spelling!r} is longer than {TAG_LIMIT}")
        yield spelling


def sorted_by_name(tags: Iterable[CuratedTag], language: str) -> list[CuratedTag]:
    """Return ``tags`` in the alphabet of their names."""
    return sorted(tags, key=lambda tag: folded(tag.name(language)))
