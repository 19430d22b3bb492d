"""kill -9 of the real server, fifty times in live rounds: nothing acknowledged is lost or done twice."""

from __future__ import annotations

import asyncio
import random
import statistics
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sockets import Client

from event_server.demo.stage import ServerProcess, free_port, set_stage
from event_server.domain import facts as f
from event_server.domain.live_event import replay
from event_server.domain.messages import Rules
from event_server.domain.phases import Phase
from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.sql_journal import SqlJournal

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 16
KILLS = 50
KILLS_A_ROUND = 10
READY_SECONDS = 20.0


async def talk_of_the_town(phone: Client, chance: random.Random) -> None:
    """Answer again and again about whoever sits at the table, each time something else."""
    rating = 0
    while True:
        view = phone.view
        if view.get("phase") == "talk" and view.get("partners") and len(phone.waiting) < 3:
            rating = rating % 5 + 1
            command = {
                "type": "GiveAnswer",
                "round": view["round"],
                "about": view["partners"][0]["id"],
                "again": chance.choice(["yes", "maybe", "no"]),
                "rating": rating,
            }
            await phone.say(command)
        await asyncio.sleep(chance.uniform(0.01, 0.1))


async def next_round(desk: Client) -> None:
    if desk.control["phase"] == "talk":
        await desk.do({"type": "EndRound"})
        await desk.until(lambda: desk.control["phase"] == "feedback")
    await desk.do({"type": "CallToTables"})
    await desk.until(lambda: desk.control["phase"] == "call")
    await desk.do({"type": "StartRound"})
    await desk.until(lambda: desk.control["phase"] == "talk")


@pytest.mark.slow
@pytest.mark.timeout(560)
async def test_kill_minus_nine_loses_nothing(tmp_path: Path) -> None:
    seed = 20
    chance = random.Random(seed)
    rules = Rules(rounds=8, tables=10, talk_seconds=3600, call_seconds=3600)
    stage = await set_stage(tmp_path, "Prova", people=PEOPLE, rules=rules)
    evening = stage.evening
    server = ServerProcess(tmp_path, free_port())
    base = f"ws://127.0.0.1:{server.port}/e/{evening.event}"
    desk = Client(f"{base}/control/ws", stage.organizer)
    phones = [Client(f"{base}/ws", ticket.login) for ticket in evening.tickets]
    talkers: list[asyncio.Task[None]] = []
    deadlines: set[tuple[int, int]] = set()
    kills = 0
    try:
        ready = [await server.start()]
        for client in (desk, *phones):
            await client.start()
        await asyncio.gather(*(phone.until(lambda phone=phone: bool(phone.view)) for phone in phones))
        await asyncio.gather(*(phone.do({"type": "CheckIn"}) for phone in phones))
        await desk.until(lambda: desk.control.get("counts", {}).get("present") == PEOPLE)
        talkers = [asyncio.create_task(talk_of_the_town(phone, chance)) for phone in phones]
        for kill in range(KILLS):
            if kill % KILLS_A_ROUND == 0:
                await next_round(desk)
            desk.views.clear()
            await asyncio.sleep(chance.uniform(0.05, 0.4))
            await server.kill()
            kills += 1
            ready.append(await server.start())
            await desk.until(lambda: "control" in desk.views, READY_SECONDS)
            deadlines.add((desk.control["round"], desk.control["ends_at"]))
        for talker in talkers:
            talker.cancel()
        await asyncio.gather(*(phone.until(lambda phone=phone: not phone.waiting, 30) for phone in phones))
    finally:
        for talker in talkers:
            talker.cancel()
        for client in (desk, *phones):
            await client.stop()
        await server.kill()
    assert kills == KILLS
    await check(tmp_path, evening.event, phones, deadlines)
    print(f"seed {seed}: {kills} kills, ready again after {statistics.median(ready):.2f} s (median)")


async def check(folder: Path, event: str, phones: list[Client], deadlines: set[tuple[int, int]]) -> None:
    database = await Database.open(DataFolder(folder).database_url(), read_only=True)
    entries = await SqlJournal(database).read(event)
    await database.close()
    answers = Counter(entry.command_id for entry in entries if isinstance(entry.fact, f.AnswerGiven))
    acknowledged = [
        sent["id"] for phone in phones for sent in phone.accepted if sent["command"]["type"] == "GiveAnswer"
    ]
    assert len(acknowledged) > KILLS
    lost = [request for request in acknowledged if not answers[request]]
    doubled = [request for request, times in answers.items() if times > 1]
    assert lost == []
    assert doubled == []
    assert not any(phone.refused for phone in phones)
    stored = {
        (entry.fact.round, round(entry.fact.ends_at * 1000))
        for entry in entries
        if isinstance(entry.fact, f.RoundStarted)
    }
    assert deadlines == stored
    state = replay(event, entries)
    assert state.phase is Phase.TALK
    assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
    print(f"{len(acknowledged)} acknowledged answers, 0 lost, 0 doubled, {len(stored)} deadlines unchanged")
