"""Cookies: the ring of login secrets, the language, and the flash that is shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from itsdangerous import BadSignature, URLSafeTimedSerializer

from event_server.web.origins import is_secure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import HTTPConnection
    from starlette.responses import Response
    from starlette.types import Scope

    from event_server.settings import Settings

LOGIN = "girotondo"
LANGUAGE = "girotondo_language"
FLASH = "girotondo_flash"

MOST_SECRETS = 8
"""Logins of one browser: an organizer's laptop is also the projector and, for a try, a phone or two."""

LOGIN_SECONDS = 60 * 60 * 24 * 90
FLASH_SECONDS = 60
LANGUAGE_SECONDS = 60 * 60 * 24 * 365


class Flash(msgspec.Struct, frozen=True):
    """A sentence for the next page: ``kind`` is ``ok`` or ``bad``; a refusal is kept as its code."""

    kind: str
    message: str
    values: dict[str, str | int | float] = msgspec.field(default_factory=dict)


def login_name(settings: Settings, scope: Scope) -> str:
    """Return the name of the login cookie: over https one that no other host can set."""
    return f"__Host-{LOGIN}" if is_secure(settings, scope) else LOGIN


def read_secrets(settings: Settings, connection: HTTPConnection) -> tuple[str, ...]:
    """Return the login secrets that a browser, or a program with a bearer token, brought."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return (token.strip(),)
    value = connection.cookies.get(login_name(settings, connection.scope), "")
    return tuple(secret for secret in value.split(".") if secret)[:MOST_SECRETS]


def write_secrets(response: Response, settings: Settings, scope: Scope, secrets: Iterable[str]) -> None:
    """Give the browser its login secrets, the newest first; without any, take the cookie away."""
    kept = ".".join(list(secrets)[:MOST_SECRETS])
    secure = is_secure(settings, scope)
    name = login_name(settings, scope)
    if kept:
        response.set_cookie(name, kept, max_age=LOGIN_SECONDS, httponly=True, samesite="lax", secure=secure)
    else:
        response.delete_cookie(name, httponly=True, samesite="lax", secure=secure)


class Flashes:
    """Signs flashes, so that nobody can put words into the server's mouth."""

    def __init__(self, secret: bytes) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="flash")

    def write(self, response: Response, flash: Flash, *, secure: bool) -> None:
        """Keep ``flash`` for the next page."""
        value = self._serializer.dumps(msgspec.to_builtins(flash))
        signed = value if isinstance(value, str) else value.decode()
        response.set_cookie(
            FLASH, signed, max_age=FLASH_SECONDS, httponly=True, samesite="lax", secure=secure
        )

    def read(self, connection: HTTPConnection) -> Flash | None:
        """Return the flash that waits, or none."""
        signed = connection.cookies.get(FLASH)
        if not signed:
            return None
        try:
            value: Any = self._serializer.loads(signed, max_age=FLASH_SECONDS)
            return msgspec.convert(value, Flash)
        except (BadSignature, msgspec.ValidationError):
            return None
