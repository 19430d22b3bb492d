"""Lists of people: searched as one types at a desk, and cut into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from event_server.domain.names import folded
from event_server.storage.attendees import typed_code

if TYPE_CHECKING:
    from collections.abc import Sequence

Item = TypeVar("Item")

PAGE_SIZE: Final = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list.

    Attributes:
        number: From 1.
        pages: How many there are, at least 1.
        total: How many items all pages hold.
    """

    items: tuple[Item, ...]
    number: int
    pages: int
    total: int


def page_of(items: Sequence[Item], number: str, *, size: int = PAGE_SIZE) -> Page[Item]:
    """Return the page that ``number`` (as it stands in an address) asks for, the nearest there is."""
    pages = max(1, -(-len(items) // size))
    asked = int(number) if number.isascii() and number.isdecimal() and len(number) < len("1000000") else 1
    at = min(max(asked, 1), pages)
    start = (at - 1) * size
    return Page(items=tuple(items[start : start + size]), number=at, pages=pages, total=len(items))


def matches(query: str, code: str, *texts: str) -> bool:
    """Tell whether somebody with this badge code and these texts is meant by ``query``.

    Every word must begin a word of the texts, in any case and without accents; or the whole is the code.
    """
    wanted = folded(query).split()
    if not wanted:
        return True
    if code and typed_code(query) == code:
        return True
    words = folded(" ".join(texts)).split()
    return all(any(word.startswith(begin) for word in words) for begin in wanted)
