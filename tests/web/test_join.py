"""The event's own QR code: badge codes, walk-ins, names that the door confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from site_double import hidden

from event_server.web.throttle import LIMITS

if TYPE_CHECKING:
    from site_double import Site


async def test_badge_code_asks_and_then_binds(site: Site) -> None:
    row = await site.event("Ada Prova")
    code = (await site.services.people.people(row.id))["p1"].code
    browser = site.browser()
    asked = await browser.post(f"/j/{row.join_code}/badge", data={"badge": code.lower()})
    assert "That is me" in asked.text
    assert "Ada Prova" in asked.text
    claimed = await browser.post(f"/j/{row.join_code}/me", data={"badge": hidden(asked, "badge")})
    assert claimed.headers["location"] == f"/e/{row.id}"
    assert (await browser.get(f"/j/{row.join_code}")).headers["location"] == f"/e/{row.id}"


async def test_unknown_code_is_said_beside_the_field(site: Site) -> None:
    row = await site.event("Ada Prova")
    refused = await site.browser().post(f"/j/{row.join_code}/badge", data={"badge": "ZZZZ"})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text


async def test_guessing_codes_is_throttled_per_event(site: Site) -> None:
    row, other = await site.event("Ada Prova"), await site.event("Bo Esempio")
    tries = LIMITS["claim_code"].amount + 1
    browser = site.browser()
    answers = [
        (await browser.post(f"/j/{row.join_code}/badge", data={"badge": "ZZZZ"})).status_code
        for _ in range(tries)
    ]
    assert answers == [422] * (tries - 1) + [429]
    elsewhere = await browser.post(f"/j/{other.join_code}/badge", data={"badge": "ZZZZ"})
    assert elsewhere.status_code == 422


async def test_walk_in_joins_with_name_and_consent(site: Site) -> None:
    row = await site.event("Ada Prova")
    browser = site.browser()
    form = {"id": "one", "name": "Cleo Finta", "consent": "1"}
    joined = await browser.post(f"/j/{row.join_code}/new", data=form)
    assert joined.headers["location"] == f"/e/{row.id}"
    assert "Cleo Finta" in (await browser.get(f"/e/{row.id}/card")).text


async def test_walk_in_form_sent_twice_adds_one_person(site: Site) -> None:
    row = await site.event("Ada Prova")
    form = {"id": "one", "name": "Cleo Finta", "consent": "1"}
    for _ in range(2):
        await site.browser().post(f"/j/{row.join_code}/new", data=form)
    names = [person.profile.name for person in (await site.services.people.people(row.id)).values()]
    assert sorted(names) == ["Ada Prova", "Cleo Finta"]


@pytest.mark.parametrize("form", [{"name": "Cleo Finta"}, {"name": " ", "consent": "1"}])
async def test_walk_in_without_name_or_consent_is_refused(site: Site, form: dict[str, str]) -> None:
    row = await site.event("Ada Prova")
    refused = await site.browser().post(f"/j/{row.join_code}/new", data={"id": "one", **form})
    assert refused.status_code == 422
    assert len(await site.services.people.people(row.id)) == 1


async def test_name_on_the_list_waits_for_the_door(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    browser = site.browser()
    found = await browser.post(f"/j/{row.join_code}/search", data={"name": "ada"})
    assert "Ada Prova" in found.text
    assert "Bo Esempio" not in found.text
    asked = await browser.post(f"/j/{row.join_code}/name", data={"attendee": "p1"})
    assert asked.headers["location"] == "/wait"
    waiting = (await site.services.pending.list_pending(row.id))[0]
    await site.services.pending.confirm(row.id, waiting.id)
    assert (await browser.get("/wait")).headers["location"] == f"/e/{row.id}"
    # The badge lies at the desk still: whoever picks it up has to ask.
    late = await site.browser().post("/b", data={"secret": await site.badge(row, "p1")})
    assert late.headers["location"] == "/wait"


async def test_open_door_lets_a_name_in_once(site: Site) -> None:
    row = await site.event("Ada Prova", open_door=True)
    first, second = site.browser(), site.browser()
    entered = await first.post(f"/j/{row.join_code}/name", data={"attendee": "p1"})
    assert entered.headers["location"] == f"/e/{row.id}"
    asked = await second.post(f"/j/{row.join_code}/name", data={"attendee": "p1"})
    assert asked.headers["location"] == "/wait"


@pytest.mark.parametrize("name", ["a", "", "zzz"])
async def test_list_cannot_be_read_off_by_searching(site: Site, name: str) -> None:
    row = await site.event("Ada Prova", "Anna Prova")
    refused = await site.browser().post(f"/j/{row.join_code}/search", data={"name": name})
    assert refused.status_code == 422
    assert "Anna" not in refused.text


async def test_start_page_leads_to_the_event_of_a_code(site: Site) -> None:
    row = await site.event("Ada Prova")
    found = await site.browser().post("/j", data={"code": row.join_code.lower()})
    assert found.headers["location"] == f"/j/{row.join_code}"
    lost = await site.browser().post("/j", data={"code": "NOPE"})
    assert lost.headers["location"] == "/"


async def test_unknown_event_is_not_found(site: Site) -> None:
    assert (await site.browser().get("/j/NOPE")).status_code == 404
    assert (await site.browser().get("/e/nope/card")).status_code == 401


async def test_who_comes_in_reads_that_answers_move_pairings_where_they_do(site: Site) -> None:
    sentence = "Tonight&#39;s answers also move who sits together next."
    for learns in (True, False):
        row = await site.event("Ada Prova", learn_tonight=learns)
        page = await site.browser().get(f"/j/{row.join_code}")
        assert (sentence in page.text.replace("'", "&#39;")) is learns
