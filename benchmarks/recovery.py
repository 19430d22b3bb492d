"""How long until the server is ready again after kill -9, with 500 people and 12 rounds in the journal.

Prints ``ready_again_s``: from the start of the process until it has replayed the journal and answers.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from pathlib import Path

from event_server.demo.stage import ServerProcess, free_port, set_stage
from event_server.domain import commands as c
from event_server.domain.messages import Rules, guest, staff
from event_server.runtime.clock import SystemClock
from event_server.runtime.registry import Registry
from event_server.runtime.solver import NoSolver
from event_server.runtime.stored_library import StoredLibrary
from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.sql_journal import SqlJournal

AIM_S = 3.0


async def hold_rounds(folder: Path, event: str, rounds: int) -> int:
    """Hold ``rounds`` rounds in which everybody answers; return how many facts the journal then has."""
    database = await Database.open(DataFolder(folder).database_url())
    clock = SystemClock()
    rooms = Registry(SqlJournal(database), StoredLibrary(database, clock), clock, solver=NoSolver())
    room = await rooms.open(event)
    ids = iter(range(10**9))

    async def do(command: c.Command, actor: str = staff("bench")) -> None:
        expect = room.state.control_version
        await room.submit(c.Request(actor=actor, id=f"b{next(ids)}", command=command, expect=expect))

    await asyncio.gather(*(do(c.CheckIn(attendee=person)) for person in room.state.roster))
    for number in range(1, rounds + 1):
        await do(c.CallToTables())
        await do(c.StartRound())
        if number < rounds:
            await do(c.EndRound())
        current = room.state.round
        answers = [
            do(c.GiveAnswer(attendee=one, about=other, round=number, again="yes"), actor=guest(one))
            for seats in current.tables
            for one in seats
            for other in seats
            if one != other
        ]
        await asyncio.gather(*answers)
    version = room.state.version
    await rooms.close()
    await database.close()
    return version


async def main(people: int, rounds: int, times: int) -> None:
    """Measure and print."""
    rules = Rules(rounds=rounds, tables=people // 2, talk_seconds=3600, lead_seconds=0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage = await set_stage(folder, "Bench", people=people, rules=rules)
        facts = await hold_rounds(folder, stage.evening.event, rounds)
        server = ServerProcess(folder, free_port())
        ready = []
        for _ in range(times):
            ready.append(await server.start())
            await server.kill()
    print(f"people {people}, rounds {rounds}, facts {facts}")
    print(f"ready_again_s {statistics.median(ready):.2f} (of {times}, worst {max(ready):.2f}, aim {AIM_S})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    asyncio.run(main(arguments.people, arguments.rounds, arguments.times))
