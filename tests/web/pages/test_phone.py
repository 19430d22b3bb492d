"""The guest's phone: the page before any script, and the poll for networks without sockets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from event_server.domain.commands import CallToTables, CheckIn, PublishPlan, Request
from event_server.domain.messages import PLANNER, RoundPlan

if TYPE_CHECKING:
    import httpx
    from site_double import Site

    from event_server.storage.events import EventRow


async def called(site: Site) -> tuple[EventRow, httpx.AsyncClient]:
    """Return an event whose first round is called, Ada and Bo at table 3, and Ada's browser."""
    account = await site.account()
    row = await site.event("Ada Prova", "Bo <Esempio>", account=account)
    for person in ("p1", "p2"):
        await site.submit(row, account, CheckIn(attendee=person))
        site.clock.at += 1
    room = await site.services.rooms.open(row.id)
    plan = PublishPlan(
        basis=room.state.plan_basis, first_round=1, rounds=(RoundPlan(tables=((), (), ("p1", "p2"))),)
    )
    await room.submit(Request(actor=PLANNER, id="plan", command=plan))
    await site.submit(row, account, CallToTables())
    return row, await site.guest(row, "p1")


def block(page: httpx.Response, name: str) -> dict[str, object]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page.text)
    assert found is not None
    loaded: dict[str, object] = json.loads(found[1])
    return loaded


async def test_table_partner_and_time_stand_in_the_page_before_any_script(site: Site) -> None:
    row, guest = await called(site)
    page = await guest.get(f"/e/{row.id}")
    drawn = page.text.partition("<script")[0]
    assert '<span class="table-card-number" aria-hidden="true">3</span>' in drawn
    assert "<bdi>Bo &lt;Esempio&gt;</bdi>" in drawn
    assert "Seat A" in drawn
    assert re.search(r"Starts at \d\d:\d\d", drawn)


async def test_page_holds_the_first_view_and_where_to_connect(site: Site) -> None:
    row, guest = await called(site)
    page = await guest.get(f"/e/{row.id}")
    live, setup = block(page, "live"), block(page, "setup")
    assert (live["url"], live["poll_url"]) == (f"/e/{row.id}/ws", f"/e/{row.id}/view")
    assert live["name"] == f"{row.id}.p1"
    assert live["view"] == (await guest.get(f"/e/{row.id}/view")).json()
    assert setup["contact"] == f"/e/{row.id}/contacts/"
    assert page.headers["cache-control"] == "no-store"


async def test_questions_come_from_an_address_that_changes_with_the_file(site: Site) -> None:
    row, guest = await called(site)
    page = await guest.get(f"/e/{row.id}")
    found = re.search(r'data-prompts="(/static/[0-9a-f]{12}/prompts/en\.json)"', page.text)
    assert found is not None
    prompts = await guest.get(found[1])
    assert len(prompts.json()["opening"]) >= 20
    assert "immutable" in prompts.headers["cache-control"]


async def test_poll_says_nothing_new_until_something_but_the_time_has_changed(site: Site) -> None:
    row, guest = await called(site)
    first = await guest.get(f"/e/{row.id}/view")
    site.clock.at += 7
    again = await guest.get(f"/e/{row.id}/view", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await guest.get(f"/e/{row.id}/view", headers={"if-none-match": '"other"'})
    assert (other.status_code, other.json()["now"] - first.json()["now"]) == (200, 7000)


async def test_poll_stays_silent_when_a_partner_answers(site: Site) -> None:
    row, guest = await called(site)
    before = await guest.get(f"/e/{row.id}/view")
    assert (await (await site.guest(row, "p2")).get(f"/e/{row.id}/view")).status_code == 200
    after = await guest.get(f"/e/{row.id}/view", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 304


async def test_phone_of_nobody_is_not_shown(site: Site) -> None:
    row, _ = await called(site)
    assert (await site.browser().get(f"/e/{row.id}")).status_code == 401
    assert (await site.browser().get(f"/e/{row.id}/view")).status_code == 401
