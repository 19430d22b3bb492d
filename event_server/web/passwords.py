"""Passwords: Argon2id, off the event loop, one at a time."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from event_server.domain.messages import Refused

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 200

_hasher = PasswordHasher()
# Each hash takes 64 MB: many at a time would be a way to fell a small machine.
_one_at_a_time = asyncio.Lock()
# What an unknown address is checked against, so that it takes as long as a known one.
_NOBODY = _hasher.hash("nobody signs in with this")


async def hash_password(password: str) -> str:
    """Return the hash to store.

    Raises:
        Refused: ``password_short``, or ``text_too_long``.
    """
    if len(password) < LEAST_CHARACTERS:
        raise Refused("password_short", field="password", least=LEAST_CHARACTERS)
    if len(password) > MOST_CHARACTERS:
        raise Refused("text_too_long", field="password", limit=MOST_CHARACTERS)
    async with _one_at_a_time:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_password(password: str, stored: str) -> bool:
    """Tell whether ``password`` is the one stored; takes its time also where ``stored`` is empty."""
    async with _one_at_a_time:
        matches = await asyncio.to_thread(_matches, password[:MOST_CHARACTERS], stored or _NOBODY)
    return matches and bool(stored)


def needs_rehash(stored: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def _matches(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
