"""For whoever watches the server: it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit


async def show(_: Visit) -> Response:
    """Say that requests are served."""
    return PlainTextResponse("ok\n")
