"""The team: invitations that work once, roles that can be taken away at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx
    from site_double import Site

GUS = {"name": "Gus Bozza", "email": "gus@example.org", "password": "una frase lunga e mia"}


def secret_in(page: httpx.Response) -> str:
    found = re.search(r"/setup#([0-9A-Z]+)", page.text)
    assert found is not None
    return found[1]


async def test_an_invitation_makes_an_account_with_that_role_once(site: Site) -> None:
    account = await site.account()
    row = await site.event("Ada Prova", account=account)
    desk = await site.staff(account)
    secret = secret_in(await desk.post(f"/e/{row.id}/team/invite", data={"role": "door"}))
    guest = site.browser()
    assert (await guest.post("/setup", data={"secret": secret, **GUS})).status_code == 303
    assert (await guest.get(f"/e/{row.id}/door")).status_code == 200
    assert (await guest.get(f"/e/{row.id}/team")).status_code == 403
    again = await site.browser().post("/setup", data={"secret": secret, **GUS, "email": "other@example.org"})
    assert again.status_code == 422


async def test_whoever_has_an_account_takes_the_role_as_themselves(site: Site) -> None:
    account, other = await site.account(), await site.account("Otto Prova")
    row = await site.event("Ada Prova", account=account)
    desk, helper = await site.staff(account), await site.staff(other)
    secret = secret_in(await desk.post(f"/e/{row.id}/team/invite", data={"role": "helper"}))
    assert "Otto Prova" in (await helper.get("/setup")).text
    assert (await helper.post("/setup", data={"secret": secret, "as_me": "on"})).status_code == 303
    assert (await helper.get(f"/e/{row.id}/people")).status_code == 200
    assert "Otto Prova" in (await desk.get(f"/e/{row.id}/team")).text


async def test_a_role_taken_away_is_gone_at_once_and_the_last_organizer_stays(site: Site) -> None:
    account, other = await site.account(), await site.account("Otto Prova")
    row = await site.event("Ada Prova", account=account)
    desk, helper = await site.staff(account), await site.staff(other, row, "helper")
    assert (await helper.get(f"/e/{row.id}/people")).status_code == 200
    await desk.post(f"/e/{row.id}/team/remove", data={"account": other.id})
    assert (await helper.get(f"/e/{row.id}/people")).status_code in {303, 403}
    await desk.post(f"/e/{row.id}/team/remove", data={"account": account.id})
    assert (await desk.get(f"/e/{row.id}/team")).status_code == 200


async def test_an_unknown_role_is_refused(site: Site) -> None:
    account = await site.account()
    row = await site.event(account=account)
    desk = await site.staff(account)
    refused = await desk.post(f"/e/{row.id}/team/invite", data={"role": "owner"})
    assert refused.status_code == 303
    assert "/setup#" not in (await desk.get(f"/e/{row.id}/team")).text
