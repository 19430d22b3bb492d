"""Commands by POST, where the network lets no socket through; the answer is the one a socket gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from event_server.domain.messages import Refused
from event_server.web.commands import carry_out
from event_server.web.wire import SentCommand, decode, encode

if TYPE_CHECKING:
    from event_server.web.visit import Visit


async def take(visit: Visit) -> Response:
    """Carry out the command in the body."""
    sent = decode(await visit.request.body())
    if not isinstance(sent, SentCommand):
        raise Refused("bad_message")
    await visit.services.throttle.hit("command", visit.grant.login)
    answer = await carry_out(visit.services, visit.logins, visit.room, sent, kind=visit.grant.kind)
    return Response(encode(answer), media_type="application/json", headers={"Cache-Control": "no-store"})
