"""The wire: what sockets say, and how it becomes a request. Documented in ``docs/protocol.md``."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from event_server.domain import commands as c
from event_server.domain.messages import Refused
from event_server.domain.private import MessageRow, NoteRow, Private

PROTOCOL = 1
MOST_ID_CHARACTERS = 64
MESSAGE_LIMIT = 500
NOTE_LIMIT = 2000


class Hello(msgspec.Struct, frozen=True, tag_field="t", tag="hello"):
    """The first message of a phone."""

    protocol: int = PROTOCOL
    language: str = ""


class Ping(msgspec.Struct, frozen=True, tag_field="t", tag="ping"):
    """A sample of the clock; ``client`` comes back as it is."""

    client: float


class SentCommand(msgspec.Struct, frozen=True, tag_field="t", tag="command"):
    """A command with the id its sender made; ``text`` is what no journal holds (a note, a message)."""

    id: str
    command: dict[str, Any]
    expect: int | None = None
    text: str = ""


Incoming: TypeAlias = Hello | Ping | SentCommand


class Accepted(msgspec.Struct, frozen=True, tag_field="t", tag="accepted"):
    """The command is recorded. Nothing else stands here: the bytes are the same whatever others said."""

    id: str


class Denied(msgspec.Struct, frozen=True, tag_field="t", tag="refused"):
    """The command had no effect, and why."""

    id: str
    code: str
    detail: dict[str, str | float]


class Pong(msgspec.Struct, frozen=True, tag_field="t", tag="pong"):
    """The answer to a ping; ``server`` is milliseconds since 1970."""

    client: float
    server: int


class Bye(msgspec.Struct, frozen=True, tag_field="t", tag="bye"):
    """The server goes; come back within this window (milliseconds)."""

    retry_ms: tuple[int, int]


Outgoing: TypeAlias = Accepted | Denied | Pong | Bye

_decode = msgspec.json.Decoder(Incoming).decode
encode = msgspec.json.Encoder().encode


def decode(message: str | bytes) -> Incoming:
    """Return what a socket said.

    Raises:
        Refused: ``bad_message`` if it is nothing we know.
    """
    try:
        said: Incoming = _decode(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("bad_message") from error
    return said


def command_of(sent: SentCommand) -> c.Command:
    """Return the command that ``sent`` holds; who acts is filled in from the login later.

    Raises:
        Refused: ``bad_message`` if it is none we know.
    """
    if not 0 < len(sent.id) <= MOST_ID_CHARACTERS:
        raise Refused("bad_message")
    try:
        command: c.Command = msgspec.convert(sent.command, c.Command)
    except msgspec.ValidationError as error:
        raise Refused("bad_message") from error
    match command:
        # Times are milliseconds on the wire and seconds inside.
        case c.ExtendRound(ends_at=ends_at) | c.StartBreak(ends_at=ends_at):
            return msgspec.structs.replace(command, ends_at=ends_at / 1000)
        case _:
            return command


def private_of(command: c.Command, text: str) -> list[Private]:
    """Return what ``text`` beside a signed ``command`` is: a note, a message, or nothing.

    Raises:
        Refused: ``text_missing`` or ``text_too_long``.
    """
    match command:
        case c.SaveNote(attendee=author, about=about, round=number):
            return [NoteRow(author=author, about=about, round=number, text=_short(text, NOTE_LIMIT))]
        case c.PostMessage(message=message):
            if not text.strip():
                raise Refused("text_missing")
            return [MessageRow(message=message, text=_short(text, MESSAGE_LIMIT))]
        case _:
            return []


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refused("text_too_long", limit=limit)
    return text.strip()
