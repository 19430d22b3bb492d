"""Static files: one hash for the whole tree, so that modules which import each other stay of one release.

How it works: a page names ``/static/<hash>/js/phone.js``. Modules and stylesheets find their neighbours by
relative addresses and so inherit the hash. Whatever carries the hash is cached for ever; the same files
without it, or with the hash of another release, are served with an ETag to be asked for again.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response

from event_server.domain.messages import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
}
"""Types by suffix; files of other suffixes are not served."""

PACKED = {".css", ".js", ".svg", ".json", ".webmanifest", ".txt"}
HASH_LENGTH = 12
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
_HASHED = re.compile(rf"([0-9a-f]{{{HASH_LENGTH}}})/(.+)")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in memory; ``packed`` is its gzip form, or none where that gains nothing."""

    body: bytes
    media_type: str
    etag: str
    packed: bytes | None = None


class Assets:
    """All static files; an ASGI app and the maker of their addresses."""

    def __init__(self, folder: Path) -> None:
        self._assets = {
            path.relative_to(folder).as_posix(): asset_of(path.read_bytes(), path.suffix)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in TYPES
        }
        tree = hashlib.sha256()
        for name, asset in self._assets.items():
            tree.update(f"{name}\0{asset.etag}\n".encode())
        self.hash = tree.hexdigest()[:HASH_LENGTH]

    def url(self, name: str) -> str:
        """Return the address of ``name``, such as ``js/phone.js``.

        Raises:
            LookupError: If there is no such file: a page must not name what is not there.
        """
        if name not in self._assets:
            raise LookupError(f"no static file {name!r}")
        return f"/static/{self.hash}/{name}"

    def __contains__(self, name: str) -> bool:
        return name in self._assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one file; the route gives its path as ``path``."""
        response = self._respond(scope["path_params"]["path"], Headers(scope=scope))
        await response(scope, receive, send)

    def body(self, name: str) -> bytes:
        """Return the content of ``name``."""
        return self._assets[name].body

    def _respond(self, path: str, headers: Headers) -> Response:
        hashed = _HASHED.fullmatch(path)
        asset = self._assets.get(hashed[2] if hashed else path)
        if asset is None:
            raise Refused("not_found")
        current = hashed is not None and hashed[1] == self.hash
        return respond(asset, headers, cached=FOR_EVER if current else ASK_AGAIN)


def respond(asset: Asset, headers: Headers, *, cached: str) -> Response:
    """Return ``asset`` as the request's ``headers`` want it; ``cached`` says for how long it holds."""
    answer = {"Cache-Control": cached, "ETag": asset.etag, "Vary": "Accept-Encoding"}
    if headers.get("if-none-match", "") == asset.etag:
        return Response(status_code=304, headers=answer)
    if asset.packed is not None and "gzip" in headers.get("accept-encoding", ""):
        packed = answer | {"Content-Encoding": "gzip"}
        return Response(asset.packed, headers=packed, media_type=asset.media_type)
    return Response(asset.body, headers=answer, media_type=asset.media_type)


def asset_of(body: bytes, suffix: str) -> Asset:
    """Return ``body`` with what answers need besides it; its type goes by ``suffix``."""
    packed = gzip.compress(body, 9, mtime=0) if suffix in PACKED else None
    return Asset(
        body=body,
        media_type=TYPES[suffix],
        etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        packed=packed if packed is not None and len(packed) < len(body) else None,
    )
