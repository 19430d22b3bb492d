"""``girotondo demo``: a whole evening on this machine, with simulated guests who are real clients."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
from websockets.asyncio.client import ClientConnection, connect

from event_server.cli.console import clear_errors, fail, set_up_logs
from event_server.cli.serve import lan_address
from event_server.demo.guests import run_guests
from event_server.demo.seed import demo_rules
from event_server.demo.stage import LOOPBACK, ServerProcess, Stage, free_port, set_stage
from event_server.domain import results
from event_server.domain.live_event import replay
from event_server.domain.seating import PAIR
from event_server.exporting.qr import qr_text
from event_server.settings import Settings
from event_server.storage.database import Database
from event_server.storage.events import EventStore
from event_server.storage.folder import DataFolder
from event_server.storage.sql_journal import SqlJournal
from event_server.web.pages.projector_link import projector_token

if TYPE_CHECKING:
    from event_server.domain.results import Totals

LEAST_PEOPLE = 4
LOOK_SECONDS = 0.5
ARRIVAL_SECONDS = 30.0
"""Until then most guests have come, and an automatic evening is called."""


def demo_command(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    people: Annotated[int, typer.Option(min=LEAST_PEOPLE, max=500, help="How many simulated guests.")] = 40,
    tables: Annotated[int, typer.Option(min=2, max=10, help="How many people sit at a table.")] = 2,
    speed: Annotated[float, typer.Option(min=0.1, max=60, help="Divides every duration.")] = 1.0,
    port: Annotated[int, typer.Option(help="Port; 0 for any that is free.")] = 0,
    seed: Annotated[int, typer.Option(help="Another number, other people.")] = 0,
    auto: Annotated[bool, typer.Option("--auto", help="Run the evening by itself and end with it.")] = False,
    lan: Annotated[
        bool, typer.Option("--lan", help="Listen on all addresses, for phones in this network.")
    ] = False,
) -> None:
    """Start a demonstration evening and print how to watch it and how to join."""
    set_up_logs(Settings(log_level="warning"))
    # Asked to end in whatever way, the demonstration takes its server along.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with clear_errors(), tempfile.TemporaryDirectory(prefix="girotondo-demo-") as folder:
        options = Options(
            people=people,
            tables=tables,
            speed=speed,
            port=port or free_port(),
            seed=seed,
            auto=auto,
            lan=lan,
        )
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(Demo(Path(folder), options).run())
        totals = asyncio.run(_totals(Path(folder)))
    for name in ("meetings", "repeats", "sit_outs", "answers", "mutual"):
        typer.echo(f"{name} {getattr(totals, name)}")
    if totals.repeats and tables == PAIR:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    people: int
    tables: int
    speed: float
    port: int
    seed: int
    auto: bool
    lan: bool


class Demo:
    """One demonstration: stage, server, guests, and an organizer who presses the first button."""

    def __init__(self, folder: Path, options: Options) -> None:
        self._folder = folder
        self._options = options
        host = {"host": "0.0.0.0"} if options.lan else {}  # noqa: S104 - asked for by --lan
        self._server = ServerProcess(folder, options.port, **host)

    async def run(self) -> None:
        """Run until the evening is over, or until stopped."""
        options = self._options
        rules = demo_rules(options.people, seats=options.tables, speed=options.speed, automatic=options.auto)
        title = "Aperitivo degli incontri"
        stage = await set_stage(self._folder, title, people=options.people, rules=rules, seed=options.seed)
        await self._server.start()
        try:
            await self._greet(stage)
            await self._evening(stage)
        finally:
            await self._server.stop()

    async def _greet(self, stage: Stage) -> None:
        """Print the links: the organizer's works once."""
        host = lan_address() if self._options.lan else LOOPBACK
        base = f"http://{host}:{self._options.port}"
        folder = DataFolder(self._folder)
        database = await Database.open(folder.database_url(), read_only=True)
        row = await EventStore(database).get(stage.evening.event)
        await database.close()
        if row is None:
            fail("the event is gone")
        join = f"{base}/j/{row.join_code}"
        typer.echo(f"Dashboard (link works once): {base}/enter#{stage.link}")
        typer.echo(f"Projector: {base}/p#{projector_token(folder.secret(), row.id)}")
        typer.echo(f"Your own phone: {join}\n{qr_text(join)}")
        if not self._options.lan:
            typer.echo("Phones in your network can join with LAN=1. Ctrl-C ends the evening.")

    async def _evening(self, stage: Stage) -> None:
        url = f"ws://{LOOPBACK}:{self._options.port}/e/{stage.evening.event}"
        guests = asyncio.create_task(
            run_guests(f"{url}/ws", stage.evening.tickets, speed=self._options.speed, seed=self._options.seed)
        )
        try:
            if self._options.auto:
                await Organizer(f"{url}/control/ws", stage.organizer).hold(
                    ARRIVAL_SECONDS / self._options.speed
                )
            await guests
        finally:
            guests.cancel()
            await asyncio.gather(guests, return_exceptions=True)


class Organizer:
    """A dashboard that calls the first round, tells how it goes, and closes the event at the end."""

    def __init__(self, url: str, login: str) -> None:
        self._url = url
        self._login = login
        self._said: tuple[str, int] = ("", 0)
        self._control: dict[str, Any] = {}

    async def hold(self, arrival_seconds: float) -> None:
        """Run the evening; it goes on by itself after the first call."""
        headers = {"Authorization": f"Bearer {self._login}"}
        async with connect(self._url, additional_headers=headers, max_size=2**24, compression=None) as socket:
            begin = time.monotonic() + arrival_seconds
            await socket.send('{"t":"hello","protocol":1}')
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        self._hear(await socket.recv())
                phase = self._control.get("phase")
                if phase == "lobby" and time.monotonic() >= begin and self._is_planned():
                    await self._say(socket, "CallToTables")
                elif phase == "wrap_up" and self._control.get("revealed"):
                    await self._say(socket, "CloseEvent")
                elif phase == "closed":
                    return

    def _is_planned(self) -> bool:
        return bool(self._control.get("plan", {}).get("current"))

    def _hear(self, message: str | bytes) -> None:
        said = msgspec.json.decode(message)
        if said["t"] != "control":
            return
        self._control = said
        now = (said["phase"], said["round"])
        if now != self._said:
            self._said = now
            counts = said["counts"]
            typer.echo(f"{now[0]:<9} round {now[1]}/{said['rounds']}  present {counts['present']}")

    async def _say(self, socket: ClientConnection, command: str) -> None:
        expect = self._control["expect"]
        await socket.send(
            msgspec.json.encode(
                {"t": "command", "id": f"{command}-{expect}", "expect": expect, "command": {"type": command}}
            ).decode()
        )


async def _totals(folder: Path) -> Totals:
    database = await Database.open(DataFolder(folder).database_url(), read_only=True)
    try:
        (row,) = await EventStore(database).all_events()
        return results.totals(replay(row.id, await SqlJournal(database).read(row.id)))
    finally:
        await database.close()
