"""How spellings are compared: without case, accents, punctuation and blanks."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("+#")
"""Signs that make another word of it: C, C++ and C# are three things."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in small letters without accents; anything else parts them."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = (char for char in apart if not unicodedata.combining(char))
    return tuple("".join(char if char.isalnum() or char in _KEPT else " " for char in letters).split())


def folded(text: str) -> str:
    """Return what is equal for spellings that differ in case, accents, punctuation or blanks only."""
    return "".join(words_of(text))
