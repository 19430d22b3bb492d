"""Where a request may come from: origins of browsers, and whether the way is encrypted."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

    from event_server.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITE = frozenset({b"same-origin", b"none"})
_ENCRYPTED = {"http": "http", "ws": "http", "https": "https", "wss": "https"}


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers of a request by their names in lower case."""
    return dict(scope["headers"])


def scheme_of(settings: Settings, scope: Scope) -> str:
    """Return ``http`` or ``https`` as the browser sees it.

    Behind a proxy that is not trusted by its address, the public address still tells: the host that the
    browser asked for is served with https there.
    """
    host = headers_of(scope).get(b"host", b"").decode("latin-1").lower()
    if f"https://{host}" in settings.public_urls:
        return "https"
    return _ENCRYPTED[scope["scheme"]]


def is_secure(settings: Settings, scope: Scope) -> bool:
    """Tell whether the browser came over https."""
    return scheme_of(settings, scope) == "https"


def is_allowed_origin(settings: Settings, scope: Scope) -> bool:
    """Tell whether the ``Origin`` header names this server."""
    origin = headers_of(scope).get(b"origin", b"").decode("latin-1").lower()
    if settings.public_urls:
        return origin in settings.public_urls
    host = headers_of(scope).get(b"host", b"").decode("latin-1").lower()
    return origin == f"{scheme_of(settings, scope)}://{host}" and _is_own_host(host, scope)


def is_own_request(settings: Settings, scope: Scope) -> bool:
    """Tell whether one of our pages, or a program, made an unsafe request or the handshake of a socket.

    A browser always sends ``Origin`` with these. Without it there must be a bearer token: no browser adds one
    by itself. ``Origin: null`` is what a page under ``no-referrer`` sends; ``Sec-Fetch-Site`` then tells.
    """
    headers = headers_of(scope)
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site is not None and site not in OWN_SITE:
        return False
    if origin == b"null":
        return site == b"same-origin" and _is_known_host(settings, scope)
    if origin is not None:
        return is_allowed_origin(settings, scope)
    if site is not None:
        return _is_known_host(settings, scope)
    return has_bearer(headers)


def has_bearer(headers: Mapping[bytes, bytes]) -> bool:
    """Tell whether a program brought its secret in the ``Authorization`` header."""
    return headers.get(b"authorization", b"").lower().startswith(b"bearer ")


def _is_known_host(settings: Settings, scope: Scope) -> bool:
    host = headers_of(scope).get(b"host", b"").decode("latin-1").lower()
    if settings.public_urls:
        return host in {urlsplit(url).netloc for url in settings.public_urls}
    return _is_own_host(host, scope)


def _is_own_host(host: str, scope: Scope) -> bool:
    """Tell whether ``host`` is a name or an address that only this machine or its own network gives out.

    A name of the public DNS may be pointed at us by anybody, so it must be listed in ``public_urls``.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".local"):
        return True
    address = _address(name)
    own = _address(scope["server"][0]) if scope.get("server") else None
    return address is not None and (address.is_loopback or address == own)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return an IP address, IPv4 also where it is written inside IPv6."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
