"""``girotondo replay``: what the journals come to, read without writing anything."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from event_server.cli.console import clear_errors, fail, read_settings
from event_server.domain import results
from event_server.domain.live_event import evolve
from event_server.domain.state import LiveEvent
from event_server.storage.database import Database
from event_server.storage.events import EventStore
from event_server.storage.folder import DataFolder
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from event_server.domain.facts import Entry
    from event_server.settings import Settings


def replay_command(
    event: Annotated[str, typer.Argument(help="Id of the event; all events without it.")] = "",
    facts: Annotated[bool, typer.Option("--facts", help="Print every fact as one line of JSON.")] = False,
) -> None:
    """Replay journals and print what they come to: ids only, no names."""
    settings = read_settings()
    with clear_errors():
        asyncio.run(_replay(settings, event, facts=facts))


async def _replay(settings: Settings, event: str, *, facts: bool) -> None:
    url = settings.database_url or DataFolder(settings.data).database_url()
    database = await Database.open(url, read_only=True)
    try:
        known = [row.id for row in await EventStore(database).all_events()]
        if event and event not in known:
            fail(f"there is no event {event}")
        for one in [event] if event else known:
            entries = await SqlJournal(database).read(one)
            if facts:
                for entry in entries:
                    typer.echo(msgspec.json.encode(entry).decode())
            typer.echo(summary(one, entries))
    finally:
        await database.close()


def summary(event: str, entries: list[Entry]) -> str:
    """Return what the journal of ``event`` comes to, in lines of ``name value``."""
    state = LiveEvent(id=event)
    for entry in entries:
        state = evolve(state, entry)
    totals = results.totals(state)
    lines = {
        "event": event,
        "facts": state.version,
        "phase": state.phase.value,
        "people": sum(1 for _ in state.expected()),
        "present": len(state.present()),
        "rounds": sum(1 for held in state.rounds if held.is_held),
        "meetings": totals.meetings,
        "repeats": totals.repeats,
        "sit_outs": totals.sit_outs,
        "answers": totals.answers,
        "mutual": totals.mutual,
    }
    return "\n".join(f"{name} {value}" for name, value in lines.items())
