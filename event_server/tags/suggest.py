"""Suggestions: which tags may be meant by a word that is none of them."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz, process

from event_server.tags.curated import curated
from event_server.tags.semantic import nearness
from event_server.tags.spelling import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ALIKE_FROM: Final = 78.0
"""Likeness of spelling, 0 to 100, from which a tag is worth a question."""

NEAR_FROM: Final = 0.55
"""Nearness of meaning, a cosine, from which a tag is worth a question."""


class _Candidate(NamedTuple):
    """A tag that may be meant; the most likely is the greatest, the more exact spelling before the shorter.

    Attributes:
        score: 0 to 100.
        length: Of the spelling that is like the text.
    """

    score: float
    length: int
    tag: str


def suggestions(text: str, known: Iterable[str], limit: int) -> tuple[str, ...]:
    """Return the tags that ``text`` may mean, the most likely first.

    By spelling; with the extra ``semantic`` installed also by meaning: "camminare in montagna" finds hiking.

    Args:
        text: What somebody wrote.
        known: Free tags it may mean besides the curated ones, as they are written.
        limit: How many at most.

    Returns:
        Ids of curated tags and texts of ``known``; never ``text`` itself.
    """
    free = {_plain(tag): tag for tag in known}
    typed = _plain(text)
    candidates = [
        candidate
        for candidate in (*_alike(typed, free), *_alike(typed, _curated_spellings()), *_near(typed, free))
        if _plain(candidate.tag) != typed
    ]
    ranked = sorted(candidates, reverse=True)
    return tuple(dict.fromkeys(candidate.tag for candidate in ranked))[:limit]


def _alike(typed: str, spellings: Mapping[str, str]) -> Iterator[_Candidate]:
    """Yield the tags whose spelling is like ``typed``, or shares whole words with it."""
    found = process.extract(
        typed, spellings.keys(), scorer=fuzz.token_ratio, score_cutoff=ALIKE_FROM, limit=None
    )
    for spelling, score, _ in found:
        yield _Candidate(score, len(spelling), spellings[spelling])


def _near(typed: str, free: Mapping[str, str]) -> Iterator[_Candidate]:
    """Yield the tags whose name is near ``typed`` in meaning; none without the extra."""
    for spellings in (_curated_names(), free):
        for spelling, cosine in nearness(typed, tuple(spellings)):
            if cosine >= NEAR_FROM:
                yield _Candidate(100.0 * cosine, len(spelling), spellings[spelling])


@cache
def _curated_spellings() -> Mapping[str, str]:
    tags = curated().tags.values()
    return MappingProxyType({_plain(spelling): tag.id for tag in tags for spelling in tag.spellings})


@cache
def _curated_names() -> Mapping[str, str]:
    tags = curated().tags.values()
    return MappingProxyType({name.casefold(): tag.id for tag in tags for name in tag.names.values()})


def _plain(text: str) -> str:
    return " ".join(words_of(text))
