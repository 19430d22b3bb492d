"""Forgetting by itself: what closed events no longer need goes, once a day."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from event_server.storage.errors import StorageFailed
from event_server.storage.retention import forget_old

if TYPE_CHECKING:
    from event_server.web.services import Services

log = structlog.get_logger(__name__)

DAY_SECONDS = 86_400.0


async def forget_daily(services: Services) -> None:
    """Forget what is due now and then every day, until cancelled."""
    while True:
        try:
            await forget_once(services)
        except StorageFailed as failed:
            log.warning("forgetting_failed", reason=failed.reason)
        except Exception:
            # Tomorrow is another day: a task that ended would keep for ever what must go.
            log.exception("forgetting_failed")
        await asyncio.sleep(DAY_SECONDS)


async def forget_once(services: Services) -> None:
    """Forget what is due, and let go of the rooms that held it."""
    forgotten = await forget_old(services.database, now=services.clock.now())
    if forgotten.journals or forgotten.profiles:
        log.info("forgotten", journals=forgotten.journals, profiles=forgotten.profiles)
        await services.rooms.drop_closed()
