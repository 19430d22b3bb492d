"""Links that take a login to another device, and the projector's link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from event_server.storage.links import TRANSFER_SECONDS
from event_server.web.pages.projector_link import projector_token

if TYPE_CHECKING:
    from site_double import Site


def secret_of(page: httpx.Response) -> str:
    found = re.search(r"/t#([0-9A-Z]+)", page.text)
    assert found is not None
    return found[1]


async def test_transfer_link_works_once(site: Site) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")
    secret = secret_of(await guest.post(f"/e/{row.id}/transfer"))
    other = site.browser()
    taken = await other.post("/t", data={"secret": secret})
    assert taken.headers["location"] == f"/e/{row.id}"
    assert "Ada Prova" in (await other.get(f"/e/{row.id}/card")).text
    again = await site.browser().post("/t", data={"secret": secret})
    assert again.status_code == 403


async def test_transfer_link_ends_after_ten_minutes(site: Site) -> None:
    row = await site.event("Ada Prova")
    secret = secret_of(await (await site.guest(row, "p1")).post(f"/e/{row.id}/transfer"))
    site.clock.at += TRANSFER_SECONDS + 1
    assert (await site.browser().post("/t", data={"secret": secret})).status_code == 403


async def test_transfer_links_are_throttled_per_login(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    guest = await site.guest(row, "p1")
    answers = [(await guest.post(f"/e/{row.id}/transfer")).status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]
    assert (await (await site.guest(row, "p2")).post(f"/e/{row.id}/transfer")).status_code == 200


async def test_projector_link_opens_the_projector_and_nothing_else(site: Site) -> None:
    row, other = await site.event("Ada Prova"), await site.event("Bo Esempio")
    wall = site.browser()
    token = projector_token(site.services.secret, row.id)
    entered = await wall.post("/p", data={"secret": token})
    assert entered.headers["location"] == f"/e/{row.id}/projector"
    for path in ("card", "control", "claims"):
        assert (await wall.get(f"/e/{row.id}/{path}")).status_code in {303, 403, 404}
    forged = token.replace(row.id, other.id)
    assert (await site.browser().post("/p", data={"secret": forged})).status_code == 403
