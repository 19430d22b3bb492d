"""``docs/protocol.md``: what sockets say, made from the types and tables that the server itself uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from websockets.frames import CloseCode

from event_server.domain import commands as c
from event_server.domain.messages import Rules, Weights
from event_server.runtime.hub import MOST_SOCKETS, NO_LOGIN, REPLACED
from event_server.runtime.registry import RESTARTING
from event_server.views.attendee import AttendeeView
from event_server.views.control import ControlView
from event_server.views.projector import ProjectorView
from event_server.views.room import RoomView
from event_server.web import wire
from event_server.web.permissions import COMMANDS, Role
from event_server.web.reference.structs import (
    Struct,
    cell,
    fields,
    fields_in_words,
    nested,
    summary,
    table,
)
from event_server.web.refusals import SENTENCES, status_of
from event_server.web.routes import SOCKETS, paths
from event_server.web.server import PING_SECONDS, PONG_SECONDS, SOCKET_MESSAGE_BYTES
from event_server.web.sockets import ABUSE, BURST, GONE, MESSAGES_A_SECOND, PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VIEWS: tuple[Struct, ...] = (AttendeeView, ControlView, RoomView, ProjectorView)
SENT: tuple[Struct, ...] = (wire.Hello, wire.Ping, wire.SentCommand)
ANSWERED: tuple[Struct, ...] = (wire.Accepted, wire.Denied, wire.Pong)

CLOSE_CODES: Mapping[int, tuple[str, str]] = {
    CloseCode.NORMAL_CLOSURE: ("The screen has closed, or does not read any more.", "later"),
    ABUSE: (f"Too many messages for {PATIENCE_SECONDS:.0f} seconds.", "later"),
    CloseCode.INTERNAL_ERROR: ("Something went wrong in the server.", "later"),
    RESTARTING: ("The server restarts.", "later"),
    NO_LOGIN: ("No login that may, or it ended: the reason says which.", "no: come in first"),
    REPLACED: (f"A newer socket took the place: a login has at most {MOST_SOCKETS}.", "no"),
    GONE: ("There is no such event.", "no"),
}
"""Close code -> when, and whether to come back."""

INTRODUCTION = f"""\
# The protocol

Screens talk to the server over one WebSocket each, in JSON text. This is version {wire.PROTOCOL}. The page is
made from the message types (`python -m event_server.web.reference`); a test fails when it is out of date.

- **Whole views.** The server sends each screen its whole view; the newest wins. A screen that reconnects
  needs nothing else.
- **Every command has an id** made by its sender, at most {wire.MOST_ID_CHARACTERS} characters. The same id
  has one effect, however often it comes. `accepted` means that it is stored for good. Without an answer: keep
  it, reconnect, send it again under the same id.
- **Times** named `…_at` and `now` are whole milliseconds since 1970, by the server's clock. What ends in
  `_seconds` is a duration.
- **What has its usual value is left out** of views: the column "when absent" says what a missing field stands
  for.
- **Unknown messages** are refused with `bad_message`. Ignore what you do not know: fields are added.

## Connecting
"""

CONNECTING = f"""\
The login is the cookie of the page, or `Authorization: Bearer …` for programs. A browser's handshake must
come from a page of this server; from elsewhere it is refused (403). The first view comes without being asked
for.

A message has at most {SOCKET_MESSAGE_BYTES} bytes. Above {MESSAGES_A_SECOND:.0f} messages a second, after a
burst of {BURST:.0f}, the server reads more slowly; after {PATIENCE_SECONDS:.0f} seconds of that it closes.
It pings every {PING_SECONDS:.0f} seconds and gives up {PONG_SECONDS:.0f} seconds later.

Where a network lets no socket through, the newest view comes by GET with an `ETag`:

- `{{view}}` for phones, `{{projector_view}}` for projectors,
- `{{control_view}}` with both sections of the dashboard, `control` and `room`.

A command then goes by POST to `{{commands}}` or `{{control_commands}}`, and gets the answer a socket gives.

### Close codes
"""

GUESTS = """\
`attendee` is filled in from the login: nobody speaks for somebody else. The text of a `SaveNote` is the
`text` beside the command, at most {note} characters.
"""

TEAM = """\
What steers the evening carries the `expect` of the newest `ControlView`, and is refused as `stale` if
somebody else was faster. The text of a `PostMessage` is the `text` beside it, at most {message} characters.
"""

REFUSALS = """\
Codes are stable. `detail` holds the values that a sentence names in braces, sometimes more. Pages answer with
the status; sockets with the code alone.
"""


def protocol_page() -> str:
    """Return the whole page."""
    addresses = CONNECTING.format_map(paths())
    parts = [
        INTRODUCTION,
        table(("address", "for"), ((f"`{path}`", _ROOM[name]) for path, _, name in SOCKETS)),
        addresses,
        table(
            ("code", "when", "come back?"), ((str(int(code)), *said) for code, said in CLOSE_CODES.items())
        ),
        "## What a screen sends",
        *map(_section, SENT),
        "## What is answered",
        *map(_section, ANSWERED),
        *_commands(),
        "## Views",
        *map(_section, nested(VIEWS)),
        *_refusals(),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


_ROOM = {
    "phone_socket": "a guest's phone",
    "control_socket": "the dashboard of organizers and helpers",
    "projector_socket": "the projector",
}


def _section(struct: Struct) -> str:
    tag = struct.__struct_config__.tag
    named = f'`{{"t": "{tag}", …}}`: ' if tag else ""
    return "\n\n".join(filter(None, (f"### {struct.__name__}", named + summary(struct), fields(struct))))


def _commands() -> list[str]:
    guests = _allowed_to({Role.GUEST})
    staff = _allowed_to({Role.ORGANIZER, Role.HELPER})
    return [
        "## Commands",
        "The `command` of a `SentCommand` is an object with its name as `type`, and its fields.",
        "### Of guests",
        GUESTS.format(note=wire.NOTE_LIMIT),
        _command_table(guests, leave_out=("attendee",)),
        "### Of the team",
        TEAM.format(message=wire.MESSAGE_LIMIT),
        _command_table(staff, with_roles=True),
        _section(Rules),
        _section(Weights),
    ]


def _allowed_to(roles: set[Role]) -> list[type[c.Command]]:
    return [command for command, may in COMMANDS.items() if may & roles]


def _command_table(
    commands: Iterable[type[c.Command]], *, leave_out: tuple[str, ...] = (), with_roles: bool = False
) -> str:
    rows = []
    for command in commands:
        # Inside, times are POSIX seconds; wire.py turns them.
        does = summary(command).replace("POSIX seconds", "milliseconds since 1970")
        row = [f"`{command.__name__}`", does, fields_in_words(command, leave_out)]
        if with_roles:
            may = sorted(COMMANDS[command] & {Role.ORGANIZER, Role.HELPER}, reverse=True)
            row += [", ".join(may), "expect" if command in c.STEERING else ""]
        rows.append(row)
    header = ("command", "what it does", "fields", *(("who", "steers") if with_roles else ()))
    return table(header, rows)


def _refusals() -> list[str]:
    rows = (
        (f"`{code}`", str(status_of(code)), cell(re.sub(r"%\((\w+)\)s", r"{\1}", sentence)))
        for code, sentence in SENTENCES.items()
    )
    return [
        "## Refusals",
        REFUSALS,
        table(("code", "status", "sentence"), rows),
    ]
