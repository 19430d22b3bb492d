"""The door: found by name or code, checked in, taken back; walk-ins, and phones that wait for a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk import open_desk

if TYPE_CHECKING:
    import httpx
    from desk import Desk
    from site_double import Site


async def at_door(site: Site, *names: str) -> tuple[Desk, httpx.AsyncClient, str]:
    """Return an event, the browser of somebody at the door, and the door's address."""
    desk = await open_desk(site, *names)
    browser = await site.staff(await site.account("Hana Modello"), desk.row, "door")
    return desk, browser, f"/e/{desk.row.id}/door"


async def test_somebody_is_found_by_code_checked_in_and_taken_back(site: Site) -> None:
    desk, browser, door = await at_door(site, "Ada Prova", "Bo Esempio")
    found = (await browser.get(f"{door}?q={desk.room.people['p1'].code.lower()}")).text
    assert "Not in yet" in found
    assert "Bo Esempio" not in found
    sent = await browser.post(door, data={"id": "a", "attendee": "p1", "action": "check_in"})
    result = (await browser.get(sent.headers["location"])).text
    assert "Ada Prova" in result
    assert "The table comes with the call of round 1." in result
    assert desk.state.present() == ("p1",)
    assert "Already in, since" in (await browser.get(f"{door}?q=ada")).text
    await browser.post(door, data={"id": "b", "attendee": "p1", "action": "undo"})
    assert desk.state.present() == ()
    assert "Check-in of Ada Prova taken back." in (await browser.get(door)).text


async def test_counts_and_the_last_five_arrivals_are_shown(site: Site) -> None:
    desk, browser, door = await at_door(site, *(f"Persona Numero{number}" for number in range(8)))
    for number in range(1, 8):
        site.clock.at += 60
        await browser.post(door, data={"id": f"c{number}", "attendee": f"p{number}", "action": "check_in"})
    page = (await browser.get(door)).text
    assert "<b>7</b> of 8" in page
    assert "1 still to come" in page
    assert "Numero6" in page
    assert "Numero1<" not in page
    assert len(desk.state.present()) == 7


async def test_walk_in_is_added_and_checked_in_at_once(site: Site) -> None:
    desk, browser, door = await at_door(site)
    nobody = (await browser.get(f"{door}?q=Cleo")).text
    assert "Nobody found" in nobody
    assert f"{door}/new?name=Cleo" in nobody
    for _ in range(2):
        sent = await browser.post(f"{door}/new", data={"id": "a", "name": "Cleo Finta", "email": ""})
    assert len(desk.state.present()) == 1
    assert "Cleo Finta" in (await browser.get(sent.headers["location"])).text


async def test_walk_in_without_a_name_is_refused_and_keeps_what_was_typed(site: Site) -> None:
    desk, browser, door = await at_door(site)
    refused = await browser.post(f"{door}/new", data={"id": "a", "name": " ", "organisation": "Orti Prova"})
    assert refused.status_code == 422
    assert "Write a name." in refused.text
    assert 'value="Orti Prova"' in refused.text
    assert not desk.state.roster


async def test_phone_that_says_who_it_is_waits_for_the_door(site: Site) -> None:
    desk, browser, door = await at_door(site, "Ada Prova", "Bo Esempio")
    yes = await site.services.pending.ask(desk.row.id, "p1")
    site.clock.at += 1
    no = await site.services.pending.ask(desk.row.id, "p2")
    page = (await browser.get(door)).text
    assert page.count("A phone says it is") == 2
    first, second = await site.services.pending.list_pending(desk.row.id)
    await browser.post(f"{door}/claims", data={"claim": first.id, "answer": "yes"})
    assert "The phone of Ada Prova is in." in (await browser.get(door)).text
    await browser.post(f"{door}/claims", data={"claim": second.id, "answer": "no"})
    states = [await site.services.pending.pending(secret) for secret in (yes, no)]
    assert [row.status for row in states if row is not None] == ["confirmed", "refused"]


async def test_claims_of_other_events_cannot_be_answered(site: Site) -> None:
    _, browser, door = await at_door(site, "Ada Prova")
    other = await site.event("Cleo Finta")
    secret = await site.services.pending.ask(other.id, "p1")
    (row,) = await site.services.pending.list_pending(other.id)
    await browser.post(f"{door}/claims", data={"claim": row.id, "answer": "yes"})
    state = await site.services.pending.pending(secret)
    assert state is not None
    assert state.status == "waiting"


async def test_strangers_and_erased_people_are_nobody_at_the_door(site: Site) -> None:
    desk, browser, door = await at_door(site, "Ada Prova")
    await desk.post("people/p1/erase", id="x", confirm=desk.room.people["p1"].code)
    for attendee in ("p1", "nobody"):
        await browser.post(door, data={"id": attendee, "attendee": attendee, "action": "check_in"})
        assert (await browser.get(f"{door}?in={attendee}")).status_code == 200
    assert not desk.state.present()


async def test_door_sees_names_but_no_contacts(site: Site) -> None:
    desk, browser, door = await at_door(site)
    await desk.post("people/new", id="a", name="Ada Prova", email="ada@example.org", access_needs="rampa")
    page = (await browser.get(f"{door}?q=ada")).text
    assert "Ada Prova" in page
    assert "ada@example.org" not in page
    assert "rampa" not in page
