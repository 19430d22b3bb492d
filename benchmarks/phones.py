"""Five hundred phones on one server: round start, answers, memory.

Prints lines ``name value unit (aim)``. The phones are raw sockets in this process, as light as can be:
what is measured is the server.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import secrets
import statistics
import struct
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from event_server.demo.stage import LOOPBACK, ServerProcess, free_port, set_stage
from event_server.domain.messages import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

START_AIM_MS, ANSWER_AIM_MS, MEMORY_AIM_KB = 250, 100, 40


@dataclass
class Phone(asyncio.Protocol):
    """A WebSocket client with nothing but what the measurement needs."""

    path: str
    login: str
    heard: Callable[[Phone, dict[str, Any], float], None]
    view: dict[str, Any] = field(default_factory=dict)
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    _buffer: bytearray = field(default_factory=bytearray)
    _transport: Any = None
    _shaken: bool = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        self._transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: {LOOPBACK}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {self.login}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._buffer += data
        if not self._shaken:
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                raise RuntimeError(head[:200].decode())
            self._shaken, self._buffer = True, bytearray(rest)
            self.is_open.set()
        while (message := self._frame()) is not None:
            opcode, payload = message
            if opcode == 9:
                self._write(10, payload)
            elif opcode == 1:
                said = json.loads(payload)
                if said["t"] in {"view", "control"}:
                    self.view = said
                self.heard(self, said, now)

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1] & 127, 2
        if length == 126:
            start = 4
            if len(buffer) < start:
                return None
            (length,) = struct.unpack_from(">H", buffer, 2)
        elif length == 127:
            start = 10
            if len(buffer) < start:
                return None
            (length,) = struct.unpack_from(">Q", buffer, 2)
        if len(buffer) < start + length:
            return None
        opcode, payload = buffer[0] & 15, bytes(buffer[start : start + length])
        del buffer[: start + length]
        return opcode, payload

    def say(self, message: dict[str, Any]) -> None:
        self._write(1, json.dumps(message).encode())

    def _write(self, opcode: int, payload: bytes) -> None:
        length = len(payload)
        head = bytes([0x80 | opcode, 0x80 | length]) if length < 126 else None
        head = head or bytes([0x80 | opcode, 0x80 | 126]) + struct.pack(">H", length)
        # A mask of zeros leaves the payload as it is; the server does the same work.
        self._transport.write(head + bytes(4) + payload)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


class Watch:
    """Collects when which phone heard what."""

    def __init__(self) -> None:
        self.phase_at: dict[int, float] = {}
        self.phase = ""
        self.accepted_at: dict[str, float] = {}
        self.kinds: Counter[str] = Counter()

    def __call__(self, phone: Phone, said: dict[str, Any], now: float) -> None:
        self.kinds[said["t"]] += 1
        if said["t"] == "view" and said["phase"] == self.phase:
            self.phase_at.setdefault(id(phone), now)
        elif said["t"] == "accepted":
            self.accepted_at[said["id"]] = now
        elif said["t"] == "refused":
            raise RuntimeError(said)


async def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until ``condition`` holds."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.002)


def resident_kb(pid: int) -> int:
    """Return the resident memory of a process in kB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def percentile(values: list[float], share: float) -> float:
    """Return the value below which ``share`` of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Bench:
    """The server, its dashboard and its phones."""

    def __init__(self, server: ServerProcess, watch: Watch, phones: list[Phone], desk: Phone) -> None:
        self.server = server
        self.watch = watch
        self.phones = phones
        self.desk = desk

    async def steer(self, command: dict[str, Any], phase: str) -> list[float]:
        """Send an organizer's command; return for each phone how long it took to show ``phase``, in ms."""
        self.watch.phase, self.watch.phase_at = phase, {}
        request = secrets.token_hex(4)
        began = time.perf_counter()
        self.desk.say({"t": "command", "id": request, "expect": self.desk.view["expect"], "command": command})
        await wait_for(lambda: len(self.watch.phase_at) == len(self.phones))
        await wait_for(lambda: self.desk.view["phase"] == phase)
        return [(at - began) * 1000 for at in self.watch.phase_at.values()]

    async def answers(self, number: int) -> list[float]:
        """Let every seated phone answer within a second; return how long each waited for its ack, in ms."""
        sent: dict[str, float] = {}
        seated = [phone for phone in self.phones if phone.view.get("met")]
        for place, phone in enumerate(seated):
            request = f"a{number}-{place}"
            sent[request] = time.perf_counter()
            command = {
                "type": "GiveAnswer",
                "round": number,
                "about": phone.view["met"][0]["id"],
                "again": "yes",
                "rating": 4,
            }
            phone.say({"t": "command", "id": request, "command": command})
            await asyncio.sleep(1 / len(seated))
        await wait_for(lambda: all(request in self.watch.accepted_at for request in sent))
        return [(self.watch.accepted_at[request] - at) * 1000 for request, at in sent.items()]


async def connected(
    url: str, server: ServerProcess, tickets: list[str], organizer: str
) -> tuple[Bench, float]:
    """Connect everybody; return the bench and the server's memory per phone in kB."""
    watch = Watch()
    loop = asyncio.get_running_loop()
    desk = Phone(f"{url}/control/ws", organizer, lambda *_: None)
    await loop.create_connection(lambda: desk, LOOPBACK, server.port)
    await wait_for(lambda: bool(desk.view))
    before = resident_kb(server.pid)
    phones = []
    for ticket in tickets:
        phone = Phone(f"{url}/ws", ticket, watch)
        await loop.create_connection(lambda phone=phone: phone, LOOPBACK, server.port)
        await phone.is_open.wait()
        phones.append(phone)
    await wait_for(lambda: all(phone.view for phone in phones))
    return Bench(server, watch, phones, desk), (resident_kb(server.pid) - before) / len(phones)


async def main(people: int, rounds: int) -> None:
    """Measure and print."""
    rules = Rules(
        rounds=rounds, tables=people // 2, talk_seconds=3600, call_seconds=3600, feedback_seconds=3600
    )
    with tempfile.TemporaryDirectory() as folder:
        stage = await set_stage(Path(folder), "Bench", people=people, rules=rules)
        server = ServerProcess(Path(folder), free_port())
        await server.start()
        try:
            tickets = [ticket.login for ticket in stage.evening.tickets]
            url = f"/e/{stage.evening.event}"
            bench, memory = await connected(url, server, tickets, stage.organizer)
            await run(bench, rounds, memory)
            for phone in (*bench.phones, bench.desk):
                phone.close()
        finally:
            await server.kill()


async def run(bench: Bench, rounds: int, memory: float) -> None:
    """Check everybody in, hold the rounds, print the figures."""
    for place, phone in enumerate(bench.phones):
        phone.say({"t": "command", "id": f"c{place}", "command": {"type": "CheckIn"}})
        if place % 20 == 0:
            await asyncio.sleep(0.05)
    await wait_for(lambda: len(bench.watch.accepted_at) == len(bench.phones), 120)
    await asyncio.sleep(5)
    starts: list[float] = []
    last: list[float] = []
    waits: list[float] = []
    for number in range(1, rounds + 1):
        await bench.steer({"type": "CallToTables"}, "call")
        await asyncio.sleep(0.5)
        times = await bench.steer({"type": "StartRound"}, "talk")
        starts += times
        last.append(max(times))
        await asyncio.sleep(3)
        await bench.steer({"type": "EndRound"}, "feedback")
        await asyncio.sleep(0.5)
        waits += await bench.answers(number)
    count = len(bench.phones)
    print(f"phones {count}, rounds {rounds}, cores {os.cpu_count()}")
    print(f"round_start_p50_ms {statistics.median(starts):.1f}")
    print(f"round_start_p99_ms {percentile(starts, 0.99):.1f} (aim {START_AIM_MS})")
    print(f"round_start_last_phone_ms {statistics.median(last):.1f} median, {max(last):.1f} worst")
    print(f"answer_durable_p50_ms {statistics.median(waits):.1f}")
    print(f"answer_durable_p99_ms {percentile(waits, 0.99):.1f} (aim {ANSWER_AIM_MS}; {count} in a second)")
    print(f"memory_per_phone_kb {memory:.1f} (aim {MEMORY_AIM_KB})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    asyncio.run(main(arguments.people, arguments.rounds))
