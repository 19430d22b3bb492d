"""Forgetting by itself: the server does it, nobody has to think of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.domain import commands as c
from event_server.web.forgetting import forget_once

if TYPE_CHECKING:
    from site_double import Site

DAY = 86_400.0


async def test_the_journal_of_a_closed_event_goes_after_thirty_days_and_the_room_with_it(site: Site) -> None:
    account = await site.account()
    row = await site.event("Ada Prova", account=account)
    await site.submit(row, account, c.CloseEvent())
    room = await site.services.rooms.open(row.id)
    site.clock.at += 29 * DAY
    await forget_once(site.services)
    assert await site.services.rooms.open(row.id) is room
    site.clock.at += 2 * DAY
    await forget_once(site.services)
    with pytest.raises(KeyError):
        await site.services.rooms.open(row.id)
    assert (await (await site.staff(account)).get(f"/e/{row.id}/control")).status_code == 404
    assert await site.services.people.people(row.id) != {}
    site.clock.at += 60 * DAY
    await forget_once(site.services)
    assert await site.services.people.people(row.id) == {}


async def test_an_event_that_is_not_closed_is_kept(site: Site) -> None:
    row = await site.event("Ada Prova")
    site.clock.at += 400 * DAY
    await forget_once(site.services)
    assert (await site.services.rooms.open(row.id)).state.version > 0
