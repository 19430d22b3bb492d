"""Secrets and ids: made here, handed out once, kept as hashes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

from event_server.storage.attendees import CODE_ALPHABET

SECRET_BYTES: Final = 16
"""128 bits."""

_ATTENDEE_BYTES: Final = 5
_RFC_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD: Final = str.maketrans(_RFC_ALPHABET, CODE_ALPHABET, "=")


def new_secret() -> str:
    """Return a new secret in capitals and digits: a QR code of such text is the least dense."""
    return crockford(secrets.token_bytes(SECRET_BYTES))


def new_id() -> str:
    """Return a new random id of 128 bits."""
    return secrets.token_hex(SECRET_BYTES)


def hashed(secret: str) -> str:
    """Return how ``secret`` is kept; 128 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def claim_token(server_secret: bytes, *, event: str, attendee: str, generation: int) -> str:
    """Return the token of a badge: always the same one, so that a badge can be printed again.

    A reset raises ``generation``, which makes every badge printed before worthless.
    """
    message = f"claim:{event}:{attendee}:{generation}".encode()
    return crockford(hmac.digest(server_secret, message, "sha256")[:SECRET_BYTES])


def crockford(raw: bytes) -> str:
    """Return ``raw`` in Crockford's base 32, without padding."""
    return base64.b32encode(raw).decode().translate(_TO_CROCKFORD)


def new_attendee_id() -> str:
    """Return a random public id of a person at an event: 40 bits, as plans name everybody often."""
    return _short(secrets.token_bytes(_ATTENDEE_BYTES))


def attendee_id_of(form: str) -> str:
    """Return the id of whoever a form adds: the same form sent twice adds one person."""
    return _short(hashlib.sha256(form.encode()).digest()[:_ATTENDEE_BYTES])


def _short(raw: bytes) -> str:
    return crockford(raw).lower()
