"""A person at one event as it is kept, and the short code that stands on the badge."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from event_server.domain.messages import AttendeeId
    from event_server.domain.profile import Profile

CODE_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, which are misread or misheard."""

CODE_LENGTH: Final = 4

_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Somebody on the list of an event.

    Attributes:
        code: Short code on the badge, unique within the event; a name for the desk, not a secret.
        source_key: How the list a person came from finds them again, or empty.
    """

    attendee: AttendeeId
    profile: Profile
    code: str
    source_key: str = ""


def new_code(taken: Collection[str]) -> str:
    """Return a random badge code that is not among ``taken``."""
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code


def typed_code(text: str) -> str:
    """Return what somebody who typed ``text`` read on a badge: ``o`` is 0, ``i`` and ``l`` are 1."""
    return text.strip().upper().translate(_MISREAD)
