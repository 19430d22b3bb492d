"""Typing errors: which curated tag a text means that is written almost like it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from event_server.tags.curated import curated
from event_server.tags.spelling import folded, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ONE_ERROR_FROM: Final = 6
"""Letters a word needs for one typing error: in a shorter one, another letter makes another word."""

TWO_ERRORS_FROM: Final = 12
"""Letters a word needs for two."""

MOST_ERRORS: Final = 2
"""Typing errors in a whole text."""

Words = tuple[str, ...]


class Meant(NamedTuple):
    """What a mistyped text means: a curated tag, and how it would have been written."""

    tag: str
    spelling: str


def meant_by(text: str) -> Meant | None:
    """Return what ``text`` means if it is a mistyped spelling of exactly one curated tag, else none.

    An error is a letter too many, too few or wrong, or two neighbours swapped (optimal string alignment).
    Phrases are compared word by word: "lingua danese" is two letters from "lingua cinese", and no error.
    """
    words = words_of(text)
    if not any(map(_errors_allowed, words)) or folded(text) in _apart():
        return None
    found = {meant.tag: meant for meant in _alike(words)}
    return next(iter(found.values())) if len(found) == 1 else None


def _errors_allowed(word: str) -> int:
    return (len(word) >= ONE_ERROR_FROM) + (len(word) >= TWO_ERRORS_FROM)


def _alike(words: Words) -> Iterator[Meant]:
    """Yield the spellings of as many words that are within the errors of ``words``, the nearest last."""
    typed = " ".join(words)
    errors = min(sum(map(_errors_allowed, words)), MOST_ERRORS)
    near = [
        (errors_made, right)
        for length in range(len(typed) - errors, len(typed) + errors + 1)
        for right, errors_made, _ in process.extract_iter(
            typed, _spellings().get((len(words), length), {}).keys(), scorer=OSA.distance, score_cutoff=errors
        )
        if all(map(_is_slip, words, right.split()))
    ]
    for _, right in sorted(near, reverse=True):
        yield _spellings()[len(words), len(right)][right]


def _is_slip(typed: str, right: str) -> bool:
    return typed == right or OSA.distance(typed, right) <= _errors_allowed(typed)


@cache
def _spellings() -> Mapping[tuple[int, int], Mapping[str, Meant]]:
    """Return (number of words, length) -> words with blanks between them -> what they mean."""
    found: defaultdict[tuple[int, int], dict[str, Meant]] = defaultdict(dict)
    for tag in curated().tags.values():
        for spelling in tag.spellings:
            words = words_of(spelling)
            text = " ".join(words)
            found[len(words), len(text)].setdefault(text, Meant(tag.id, spelling))
    return dict(found)


@cache
def _apart() -> frozenset[str]:
    """Return the words that are no typing errors, though they look like one."""
    said = tomllib.loads(files("event_server.tags").joinpath("apart.toml").read_text("utf-8"))
    return frozenset(map(folded, said["words"]))
