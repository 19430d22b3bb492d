"""Polls: the newest view for screens whose network lets no socket through."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request


def newest(request: Request, content: object, *, timeless: object) -> Response:
    """Return ``content`` as JSON; 304 when ``timeless``, the same without its clock, is what there was."""
    etag = f'"{hashlib.sha256(msgspec.json.encode(timeless)).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache, private"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(msgspec.json.encode(content), headers=headers, media_type="application/json")
