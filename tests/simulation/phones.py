"""Simulated phones: an outbox, reconnecting, and people who press buttons by chance."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulation.faults import Faults, Line

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Promise:
    """A command that was acknowledged: it must be in the journal, exactly once."""

    attendee: str
    id: str
    command: dict[str, Any]


@dataclass
class Phone:
    """One simulated phone of one attendee."""

    attendee: str
    dial: Callable[[str], Line]
    faults: Faults
    promises: list[Promise]
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    refused: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0
    is_closing: bool = False
    line: Line | None = None

    async def run(self) -> None:
        while not self.is_closing:
            line = self.line = self.dial(self.attendee)
            line.open()
            line.say({"t": "hello", "protocol": 1, "language": "it"})
            for sent in list(self.waiting.values()):
                line.say(sent)
            await self._listen(line)
            await line.ended()
            await asyncio.sleep(self.faults.chance.uniform(0.1, 2.0))

    async def _listen(self, line: Line) -> None:
        while not self.is_closing:
            try:
                async with asyncio.timeout(self.faults.chance.uniform(0.5, 4)):
                    message = await line.to_phone.get()
            except TimeoutError:
                self._act(line)
                if self.faults.strikes("cut", 0.03):
                    line.cut()
                    return
                continue
            if message is None:
                return
            self._hear(message)
            self._act(line)

    def _hear(self, message: dict[str, Any]) -> None:
        match message["t"]:
            case "view":
                self.view = message
            case "accepted":
                sent = self._drop(message["id"])
                if sent is not None:
                    self.promises.append(Promise(self.attendee, message["id"], sent["command"]))
            case "refused" if message["code"] != "not_stored":
                sent = self._drop(message["id"])
                self.refused.append((sent["command"]["type"] if sent else "", message["code"]))
            case _:
                pass

    def _drop(self, request: str) -> dict[str, Any] | None:
        key = next((key for key, sent in self.waiting.items() if sent["id"] == request), None)
        return self.waiting.pop(key) if key is not None else None

    def _act(self, line: Line) -> None:
        for key, command in self._wishes():
            if key in self.done:
                continue
            self.done.add(key)
            self.count += 1
            sent = {"t": "command", "id": f"{self.attendee}-{self.count}", "command": command}
            self.waiting[key] = sent
            line.say(sent)
            if self.faults.strikes("doubled", 0.1):
                line.say(sent)

    def _wishes(self) -> list[tuple[str, dict[str, Any]]]:
        view, chance = self.view, self.faults.chance
        if not view:
            return []
        if view["me"]["status"] == "registered" and view["phase"] != "wrap_up":
            return [("here", {"type": "CheckIn"})]
        wishes = []
        if "table" in view and chance.random() < 0.5:
            number = view["round"]
            wishes.append((f"table-{number}", {"type": "ArriveAtTable", "round": number}))
        if chance.random() < 0.02:
            wishes.append((f"rest-{view.get('round', 0)}", {"type": "Rest"}))
        if view["me"]["status"] in {"resting", "left"}:
            wishes.append((f"return-{view.get('round', 0)}", {"type": "Return"}))
        wishes += [self._answer(met) for met in view.get("met", ()) if chance.random() < 0.7]
        return wishes

    def _answer(self, met: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        again = self.faults.chance.choice(["yes", "maybe", "no", None])
        turn = self.faults.chance.randint(1, 2)
        return (
            f"answer-{met['round']}-{met['id']}-{turn}",
            {"type": "GiveAnswer", "round": met["round"], "about": met["id"], "again": again, "rating": turn},
        )
