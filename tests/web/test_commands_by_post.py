"""Commands by POST: the same rules and the same answers as over a socket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx
    from site_double import Site


async def post(browser: httpx.AsyncClient, path: str, command: dict[str, Any], **more: Any) -> httpx.Response:
    return await browser.post(path, json={"t": "command", "id": "c1", "command": command, **more})


async def test_a_phone_without_a_socket_checks_in_once_however_often_it_asks(site: Site) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")
    first = await post(guest, f"/e/{row.id}/commands", {"type": "CheckIn"})
    version = (await site.services.rooms.open(row.id)).state.version
    again = await post(guest, f"/e/{row.id}/commands", {"type": "CheckIn"})
    state = (await site.services.rooms.open(row.id)).state
    assert first.json() == again.json() == {"t": "accepted", "id": "c1"}
    assert state.roster["p1"].is_present
    assert state.version == version


async def test_a_guest_acts_for_themselves_whatever_the_body_says(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    guest = await site.guest(row, "p1")
    await post(guest, f"/e/{row.id}/commands", {"type": "CheckIn", "attendee": "p2"})
    roster = (await site.services.rooms.open(row.id)).state.roster
    assert roster["p1"].is_present
    assert not roster["p2"].is_present


async def test_a_refusal_has_its_code_and_what_is_no_command_is_refused(site: Site) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")
    wrong = await post(guest, f"/e/{row.id}/commands", {"type": "ArriveAtTable", "round": 1})
    assert wrong.json()["code"] == "wrong_phase"
    steering = await post(guest, f"/e/{row.id}/commands", {"type": "CallToTables"})
    assert steering.json()["code"] == "not_allowed"
    assert (await guest.post(f"/e/{row.id}/commands", content=b"\xff")).status_code == 400
    assert (await guest.post(f"/e/{row.id}/commands", json={"t": "ping", "client": 1})).status_code == 400


async def test_an_organizer_steers_by_post_with_the_version_they_saw(site: Site) -> None:
    account = await site.account()
    row = await site.event("Ada Prova", account=account)
    desk = await site.staff(account)
    state = (await site.services.rooms.open(row.id)).state
    path = f"/e/{row.id}/control/commands"
    stale = await post(desk, path, {"type": "SetAutomatic", "on": True}, expect=state.control_version - 1)
    assert stale.json()["code"] == "stale"
    done = await post(desk, path, {"type": "SetAutomatic", "on": True}, expect=state.control_version)
    assert done.json() == {"t": "accepted", "id": "c1"}
    assert (await site.services.rooms.open(row.id)).state.rules.automatic


async def test_nobody_and_other_sites_are_refused(site: Site) -> None:
    row = await site.event("Ada Prova")
    command = {"t": "command", "id": "c1", "command": {"type": "CheckIn"}}
    assert (await site.browser().post(f"/e/{row.id}/commands", json=command)).status_code in {303, 401, 403}
    secret = await site.services.logins.make("guest", "p1", row.id)
    foreign = site.browser(origin="https://elsewhere.example")
    foreign.cookies.set("girotondo", secret, domain="localhost.local")
    assert (await foreign.post(f"/e/{row.id}/commands", json=command)).status_code == 403
    assert not (await site.services.rooms.open(row.id)).state.roster["p1"].is_present
