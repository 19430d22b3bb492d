"""Badges: the first claim binds, a second waits for the first device or the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_double import hidden

if TYPE_CHECKING:
    import httpx
    from site_double import Site


async def wait_for(browser: httpx.AsyncClient) -> httpx.Response:
    return await browser.get("/wait")


async def test_first_claim_of_a_badge_binds_and_leads_to_the_evening(site: Site) -> None:
    row = await site.event("Ada Prova")
    browser = site.browser()
    claimed = await browser.post("/b", data={"secret": await site.badge(row, "p1")})
    assert (claimed.status_code, claimed.headers["location"]) == (303, f"/e/{row.id}")
    card = await browser.get(f"/e/{row.id}/card")
    assert card.status_code == 200
    assert "Ada Prova" in card.text


async def test_same_browser_claims_its_badge_again_without_asking(site: Site) -> None:
    row = await site.event("Ada Prova")
    browser, token = site.browser(), await site.badge(row, "p1")
    for _ in range(2):
        claimed = await browser.post("/b", data={"secret": token})
        assert claimed.headers["location"] == f"/e/{row.id}"


async def test_second_claim_waits_until_the_first_device_says_yes(site: Site) -> None:
    row = await site.event("Ada Prova")
    token, first, second = await site.badge(row, "p1"), site.browser(), site.browser()
    await first.post("/b", data={"secret": token})
    claimed = await second.post("/b", data={"secret": token})
    assert claimed.headers["location"] == "/wait"
    assert (await wait_for(second)).status_code == 200
    assert (await second.get(f"/e/{row.id}/card")).status_code == 401

    asked = await first.get(f"/e/{row.id}/claims")
    answer = {"claim": hidden(asked, "claim"), "answer": "yes"}
    said = await first.post(f"/e/{row.id}/claims", data=answer)
    assert said.status_code == 303
    assert (await wait_for(second)).headers["location"] == f"/e/{row.id}"
    assert (await second.get(f"/e/{row.id}/card")).status_code == 200
    assert (await first.get(f"/e/{row.id}/card")).status_code == 200


async def test_the_first_phone_is_told_that_another_device_waits_until_it_has_answered(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    token, first, second = await site.badge(row, "p1"), site.browser(), site.browser()
    await first.post("/b", data={"secret": token})
    await second.post("/b", data={"secret": token})
    other = await site.guest(row, "p2")
    assert (await first.get(f"/e/{row.id}/view")).json()["asked"]
    assert "asked" not in (await other.get(f"/e/{row.id}/view")).json()
    asked = await first.get(f"/e/{row.id}/claims")
    await first.post(f"/e/{row.id}/claims", data={"claim": hidden(asked, "claim"), "answer": "no"})
    assert "asked" not in (await first.get(f"/e/{row.id}/view")).json()


async def test_refused_second_claim_stays_out(site: Site) -> None:
    row = await site.event("Ada Prova")
    token, first, second = await site.badge(row, "p1"), site.browser(), site.browser()
    await first.post("/b", data={"secret": token})
    await second.post("/b", data={"secret": token})
    asked = await first.get(f"/e/{row.id}/claims")
    await first.post(f"/e/{row.id}/claims", data={"claim": hidden(asked, "claim"), "answer": "no"})
    refused = await wait_for(second)
    assert refused.status_code == 403
    assert (await second.get(f"/e/{row.id}/card")).status_code == 401


async def test_nobody_answers_a_claim_about_somebody_else(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    await site.services.pending.ask(row.id, "p1")
    waiting = (await site.services.pending.list_pending(row.id))[0]
    other = await site.guest(row, "p2")
    await other.post(f"/e/{row.id}/claims", data={"claim": waiting.id, "answer": "yes"})
    assert [claim.status for claim in await site.services.pending.list_pending(row.id)] == ["waiting"]


async def test_reset_badge_ends_the_login_and_binds_anew(site: Site) -> None:
    row = await site.event("Ada Prova")
    old, first, second = await site.badge(row, "p1"), site.browser(), site.browser()
    await first.post("/b", data={"secret": old})
    await site.services.claims.reset(row.id, "p1")
    assert (await first.get(f"/e/{row.id}/card")).status_code == 401
    assert (await second.post("/b", data={"secret": old})).status_code == 403
    new = await site.badge(row, "p1")
    assert (await second.post("/b", data={"secret": new})).headers["location"] == f"/e/{row.id}"


async def test_unknown_badge_is_refused_in_words(site: Site) -> None:
    refused = await site.browser().post("/b", data={"secret": "NO-SUCH-BADGE"})
    assert refused.status_code == 403
    assert "know this badge" in refused.text


async def test_login_of_one_event_opens_no_other(site: Site) -> None:
    one, other = await site.event("Ada Prova"), await site.event("Bo Esempio")
    guest = await site.guest(one, "p1")
    assert (await guest.get(f"/e/{one.id}/card")).status_code == 200
    assert (await guest.get(f"/e/{other.id}/card")).status_code == 401


async def test_new_login_ends_the_one_it_replaces(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    secret = await site.services.logins.make("guest", "p1", row.id)
    browser = site.with_login(secret)
    await browser.post("/b", data={"secret": await site.badge(row, "p2")})
    assert "Bo Esempio" in (await browser.get(f"/e/{row.id}/card")).text
    assert await site.services.logins.login(secret) is None


async def test_organizers_browser_can_be_a_guest_too(site: Site) -> None:
    account = await site.account()
    row = await site.event("Ada Prova", account=account)
    browser = await site.staff(account)
    await browser.post("/b", data={"secret": await site.badge(row, "p1")})
    assert (await browser.get(f"/e/{row.id}/card")).status_code == 200
    assert "Fay Bozza" in (await browser.get("/")).text
