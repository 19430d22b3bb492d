"""One way for a command from the wire to the actor, whether a socket or a request brought it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.commands import Request
from event_server.domain.messages import Refused
from event_server.storage.errors import StorageFailed
from event_server.web.auth import authorise, signed
from event_server.web.wire import MOST_ID_CHARACTERS, Accepted, Denied, command_of, private_of

if TYPE_CHECKING:
    from event_server.runtime.room import Room
    from event_server.web.auth import Logins
    from event_server.web.services import Services
    from event_server.web.wire import SentCommand


async def carry_out(
    services: Services, logins: Logins, room: Room, sent: SentCommand, *, kind: str
) -> Accepted | Denied:
    """Carry out what was sent, and return what its sender is told: accepted only after a durable commit.

    Args:
        services: Where roles are read, anew for every command, so that taking one away works at once.
        logins: Of the sender.
        room: The event that the address names.
        sent: The command with its id.
        kind: The side it comes from, ``guest`` or ``staff``: a command must not come from another.
    """
    answered = sent.id[:MOST_ID_CHARACTERS]
    try:
        command = command_of(sent)
        grant = await authorise(services, logins, room.state.id, type(command), kind=kind)
        command = signed(grant, command)
        request = Request(actor=grant.actor, id=sent.id, command=command, expect=sent.expect)
        await room.submit(request, private_of(command, sent.text))
    except Refused as refused:
        return Denied(id=answered, code=refused.code, detail=refused.detail)
    except StorageFailed:
        return Denied(id=answered, code="not_stored", detail={})
    return Accepted(id=sent.id)
