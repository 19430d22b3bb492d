"""How facts and profiles are written down: JSON with the fact's name as ``type``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from event_server.domain.facts import Fact
from event_server.domain.profile import Profile
from event_server.storage.errors import JournalUnreadable

if TYPE_CHECKING:
    from event_server.domain.private import ProfileRow

_encode = msgspec.json.Encoder().encode
_decode_fact: msgspec.json.Decoder[Fact] = msgspec.json.Decoder(Fact)
_decode_profile = msgspec.json.Decoder(Profile).decode


def fact_text(fact: Fact) -> str:
    """Return ``fact`` as it is kept."""
    return _encode(fact).decode()


def fact_of(text: str, event: str, version: int) -> Fact:
    """Return the fact that ``text`` says.

    Raises:
        JournalUnreadable: If it says none that this server knows.
    """
    try:
        return _decode_fact.decode(text)
    except msgspec.DecodeError as error:
        # The message names fields and types; of values it quotes at most a choice it does not know.
        raise JournalUnreadable(event, version, str(error)) from None


def profile_text(profile: Profile) -> str:
    """Return ``profile`` as it is kept."""
    return _encode(profile).decode()


def profile_of(text: str) -> Profile:
    """Return the profile that ``text`` holds; fields this server does not know are passed over."""
    return _decode_profile(text)


def email_key(row: ProfileRow) -> str:
    """Return by what a person is found again at a later event, or empty.

    Only an address that came with a list counts: one typed at the door proves nothing about who typed it.
    """
    return row.profile.email.casefold() if row.source_key else ""
