"""What tests of the desk's pages share: an organizer at an event, and forms as a browser sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from event_server.domain.commands import PublishPlan, Request
from event_server.domain.messages import PLANNER, RoundPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx
    from site_double import Site

    from event_server.domain.state import LiveEvent
    from event_server.runtime.room import Room
    from event_server.storage.accounts import AccountRow
    from event_server.storage.events import EventRow


@dataclass(slots=True)
class Desk:
    """An organizer at an event."""

    site: Site
    row: EventRow
    account: AccountRow
    browser: httpx.AsyncClient
    room: Room

    @property
    def state(self) -> LiveEvent:
        return self.room.state

    async def get(self, page: str) -> httpx.Response:
        return await self.browser.get(f"/e/{self.row.id}/{page}")

    async def post(self, page: str, **data: Any) -> httpx.Response:
        return await self.browser.post(f"/e/{self.row.id}/{page}", data=data)

    async def upload(self, content: bytes, name: str = "list.csv") -> httpx.Response:
        return await self.browser.post(
            f"/e/{self.row.id}/import", files={"list": (name, content, "text/csv")}
        )


async def open_desk(site: Site, *names: str, **rules: Any) -> Desk:
    """Return an organizer at a new event with open doors and people of these names, p1, p2 …"""
    account = await site.account()
    row = await site.event(*names, account=account, **rules)
    return Desk(site, row, account, await site.staff(account), await site.services.rooms.open(row.id))


def fields(page: httpx.Response, action: str) -> dict[str, str | list[str]]:
    """Return what a browser would send for the first form whose address ends with ``action``, untouched."""
    form = re.search(rf'<form[^>]*action="[^"]*{re.escape(action)}"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert form is not None, f"no form for {action}"
    sent: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form[1]):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        unticked = kind is not None and kind[1] in {"checkbox", "radio"} and "checked" not in tag
        if name is None or unticked:
            continue
        before = sent.get(name[1])
        text = unescape(value[1]) if value else ""
        sent[name[1]] = text if before is None else [*([before] if isinstance(before, str) else before), text]
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[1], re.DOTALL):
        options = re.findall(r'<option(?: value="([^"]*)")?( selected)?>([^<]*)', body)
        value, _, words = next((option for option in options if option[1]), options[0])
        sent[name] = unescape(value or ("" if f'value="{value}"' in body else words))
    return sent


async def publish(desk: Desk, *rounds: Sequence[Sequence[str]], **quality: Any) -> None:
    """Have a plan for the rounds to come in force; who has no table sits out."""
    everybody = {person.id for person in desk.state.expected()}
    plans = tuple(
        RoundPlan(
            tables=tuple(tuple(seats) for seats in tables),
            sitting_out=tuple(sorted(everybody - {p for seats in tables for p in seats})),
        )
        for tables in rounds
    )
    plan = PublishPlan(
        basis=desk.state.plan_basis, first_round=desk.state.next_number, rounds=plans, **quality
    )
    await desk.room.submit(Request(actor=PLANNER, id=f"plan-{desk.state.version}", command=plan))


async def press(desk: Desk, command: str, **more: str) -> httpx.Response:
    """Press a button of the control page, as a browser without scripts does."""
    page = await desk.get("control")
    form = fields(page, "/control") | {"do": command} | more
    return await desk.post("control", **form)


async def held_rounds(desk: Desk, count: int = 1) -> None:
    for number in range(1, len(desk.state.roster) + 1):
        await desk.post(f"people/p{number}/attendance", id=f"in{number}", action="check_in")
    for _ in range(count):
        for command in ("CallToTables", "StartRound", "EndRound"):
            answer = await press(desk, command)
            assert answer.headers["location"] == f"/e/{desk.row.id}/control"
            desk.site.clock.at += 90
