"""Forgetting every day: a day that fails is not the last."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from event_server.web import forgetting

if TYPE_CHECKING:
    import pytest


async def test_a_fault_on_one_day_does_not_end_forgetting(monkeypatch: pytest.MonkeyPatch) -> None:
    days = 0
    third_day = asyncio.Event()

    async def forget_once(services: object) -> None:
        nonlocal days
        days += 1
        if days < 3:
            raise LookupError("a fault nobody has foreseen")
        third_day.set()

    monkeypatch.setattr(forgetting, "forget_once", forget_once)
    monkeypatch.setattr(forgetting, "DAY_SECONDS", 0.0)
    task = asyncio.create_task(forgetting.forget_daily(None))  # type: ignore[arg-type]
    async with asyncio.timeout(5):
        await third_day.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
