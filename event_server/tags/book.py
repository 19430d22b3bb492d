"""The tag book: which tag a word means, and how a tag is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from event_server.domain.names import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LANGUAGE = "it"
"""Where nobody said in which language tags are to be called."""


@dataclass(frozen=True, slots=True)
class TagBook:
    """What words mean.

    Attributes:
        merges: Key of a free tag -> key of the tag that an organizer says is the same.
    """

    merges: Mapping[str, str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """Return the key of the tag that ``text`` means: equal for the same tag, however it is written."""
        key = clean_text(text).casefold()
        return self.merges.get(key, key)

    def label(self, text: str, language: str) -> str:  # noqa: ARG002
        """Return how the tag that ``text`` means is called in ``language``."""
        return text
