"""The tag book: which tag a word means, and how a tag is called.

How it works, for ``key``: a spelling of the curated list means its tag; else a word that an organizer
merged means what it was merged into; else a typing error of exactly one curated tag means that tag; else the
word, in small letters with single blanks, is a free tag of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from event_server.domain.names import clean_text
from event_server.tags.curated import curated
from event_server.tags.mistyped import Meant, meant_by

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LANGUAGE = "it"
"""Where nobody said in which language tags are to be called."""

_REMEMBERED: Final = 32_768


@dataclass(frozen=True, slots=True)
class TagBook:
    """What words mean.

    Attributes:
        merges: Key of a free tag -> key of the tag that an organizer says is the same. A key that stands for
            itself is no typing error, whatever it looks like.
    """

    merges: Mapping[str, str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """Return the key of the tag that ``text`` means: equal for the same tag, however it is written."""
        read, passed = _read(text), list[str]()
        while read.exact is None and read.free in self.merges and read.free not in passed:
            passed.append(read.free)
            read = _read(self.merges[read.free])
        if read.exact is not None:
            return read.exact
        if read.free in passed:
            # Merged in a circle: all of it is one tag, whichever word one begins with.
            return min(passed[passed.index(read.free) :])
        return read.mistyped.tag if read.mistyped else read.free

    def label(self, text: str, language: str) -> str:
        """Return how the tag that ``text`` means is called in ``language``; a free tag as it was written."""
        tag = curated().tags.get(self.key(text))
        return tag.name(language) if tag else text

    def is_free(self, text: str) -> bool:
        """Tell whether ``text`` means no tag of the curated list."""
        return self.key(text) not in curated().tags

    def mended(self, text: str) -> str:
        """Return ``text``, or if it is a typing error, how it would have been written."""
        read = _read(text)
        return text if read.mistyped is None or read.free in self.merges else read.mistyped.spelling


def free_key(text: str) -> str:
    """Return the key of ``text`` as a free tag: small letters, single blanks, accents kept."""
    return _read(text).free


class _Reading(NamedTuple):
    """What a text means before organizers have their say.

    Attributes:
        free: Its key if it is a free tag.
        exact: The curated tag of which it is a spelling, if it is one.
        mistyped: What it was to be, if it is a typing error.
    """

    free: str
    exact: str | None
    mistyped: Meant | None


@lru_cache(_REMEMBERED)
def _read(text: str) -> _Reading:
    clean = clean_text(text).casefold()
    exact = curated().meaning(clean)
    return _Reading(clean, exact, None if exact else meant_by(clean))
