"""The process that serves: it loads no solver, tells its sockets when it goes, and is the only one."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
from builders import evening, scene
from sockets import Client, all_in
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from event_server.demo.stage import free_port, set_stage
from event_server.domain.messages import Rules
from event_server.domain.phases import Phase
from event_server.runtime.registry import RESTARTING
from event_server.views.attendee import attendee_view
from event_server.views.control import control_view
from event_server.views.projector import projector_view
from event_server.views.room import room_view

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from event_server.demo.stage import Stage

PEOPLE = 6
SOON = 30.0
SOLVERS = {"ortools", "scipy", "schedulers.solve", "schedulers.pairs"}

TELLING = """
import atexit, json, os, pathlib, sys
told = pathlib.Path(os.environ.pop("TOLD"))
atexit.register(lambda: told.write_text(json.dumps(sorted(sys.modules))))
from event_server.__main__ import main
main()
"""
"""The server's own entry, which says at its end what it has loaded."""


async def started(folder: Path, port: int, *command: str, **environment: str) -> Process:
    settings = {"GIROTONDO_DATA": str(folder), "GIROTONDO_PORT": str(port), "GIROTONDO_LOG_LEVEL": "warning"}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        "serve",
        env={**os.environ, **settings, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: Process) -> tuple[int | None, str]:
    """Return exit code and standard error of a process that ends by itself, soon."""
    async with asyncio.timeout(SOON):
        _, errors = await process.communicate()
    return process.returncode, errors.decode()


@asynccontextmanager
async def serving(folder: Path, port: int) -> AsyncIterator[Process]:
    process = await started(folder / "data", port, "-c", TELLING, TOLD=str(folder / "modules"))
    try:
        assert process.stdout is not None
        async with asyncio.timeout(SOON):
            assert await process.stdout.readline()
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def make_plan(port: int, stage: Stage) -> None:
    """Let everybody come in and wait until the worker's plan is there."""
    base = f"ws://127.0.0.1:{port}/e/{stage.evening.event}"
    desk = Client(f"{base}/control/ws", stage.organizer)
    phones = [Client(f"{base}/ws", ticket.login) for ticket in stage.evening.tickets]
    try:
        await all_in(desk, phones, SOON)
        assert desk.control["plan"]["meetings"] > 0
    finally:
        for client in (desk, *phones):
            await client.stop()


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_serving_process_plans_without_ever_loading_a_solver(tmp_path: Path) -> None:
    stage = await set_stage(tmp_path / "data", "Prova", people=PEOPLE, rules=Rules(rounds=3, tables=4))
    port = free_port()
    async with serving(tmp_path, port) as server:
        await make_plan(port, stage)
        second = await started(tmp_path / "data", free_port(), "-m", "event_server")
        code, errors = await ended(second)
        assert code == 1
        assert errors.startswith("girotondo: server_running: ")
        assert str(server.pid) in errors
        phone = {"Authorization": f"Bearer {stage.evening.tickets[0].login}"}
        url = f"ws://127.0.0.1:{port}/e/{stage.evening.event}/ws"
        async with connect(url, additional_headers=phone, open_timeout=SOON, compression=None) as socket:
            await socket.recv()
            server.terminate()
            assert await closing_code(socket) == RESTARTING
        code, errors = await ended(server)
        assert (code, "Traceback" in errors) == (0, False)
    loaded = set(json.loads((tmp_path / "modules").read_text()))
    assert {"event_server.web.app", "schedulers.schedule", "uvloop"} <= loaded
    assert SOLVERS & loaded == set()


async def closing_code(socket: Any) -> int:
    """Return the code with which the server closes a socket."""
    async with asyncio.timeout(SOON):
        with suppress(ConnectionClosed):
            while True:
                await socket.recv()
    return int(socket.close_code)


def figure(build: Callable[[], object], times: int = 50) -> str:
    """Return median and worst milliseconds of ``build``, as text."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        build()
        taken.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(taken):.2f} ms (worst {max(taken):.2f} ms)"


@pytest.mark.slow
@pytest.mark.parametrize("phase", [Phase.CALL, Phase.TALK])
def test_views_of_two_hundred_are_built_in_figures_printed_here(phase: Phase) -> None:
    """Time is printed, not judged: machines differ. The loop may stand still for 50 ms at most."""
    shown = scene(evening(200, phase, tables=100).state)
    attendees = list(shown.state.roster)
    assert len(attendee_view(shown, attendees[0]).partners) == 1
    assert len(room_view(shown).tables) == 100
    print(f"200 people in {phase}: control {figure(lambda: control_view(shown))}")
    print(f"  room {figure(lambda: room_view(shown))}, wall {figure(lambda: projector_view(shown))}")
    print(f"  200 phones {figure(lambda: [attendee_view(shown, a) for a in attendees], 5)}")
