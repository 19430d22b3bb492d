"""The guest about themselves: card, leaving, own data, being forgotten, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.domain.commands import CheckIn, Request
from event_server.domain.state import Status

if TYPE_CHECKING:
    import httpx
    from site_double import Site

    from event_server.storage.events import EventRow

CARD = {
    "id": "one",
    "name": "Ada Prova",
    "headline": "Ripara biciclette",
    "interests": "orti, musica\nenergia",
    "email": "ada@example.org",
    "share_email": "1",
}


async def signed_in(site: Site) -> tuple[EventRow, httpx.AsyncClient]:
    row = await site.event("Ada Prova", "Bo Esempio")
    return row, await site.guest(row, "p1")


async def test_card_is_saved_and_shown_again(site: Site) -> None:
    row, guest = await signed_in(site)
    saved = await guest.post(f"/e/{row.id}/card", data=CARD)
    assert saved.headers["location"] == f"/e/{row.id}"
    profile = (await site.services.rooms.open(row.id)).people["p1"].profile
    assert (profile.interests, profile.share_email) == (("orti", "musica", "energia"), True)
    assert "orti, musica, energia" in (await guest.get(f"/e/{row.id}/card")).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("name", "x" * 81), ("email", "no address"), ("phone", "none"), ("link", ":")],
)
async def test_wrong_card_is_shown_again_with_what_was_typed(site: Site, field: str, value: str) -> None:
    row, guest = await signed_in(site)
    refused = await guest.post(f"/e/{row.id}/card", data=CARD | {field: value})
    assert refused.status_code == 422
    assert "Ripara biciclette" in refused.text
    assert (await site.services.rooms.open(row.id)).people["p1"].profile.headline == ""


async def test_names_are_escaped(site: Site) -> None:
    row, guest = await signed_in(site)
    await guest.post(f"/e/{row.id}/card", data=CARD | {"name": "<b>Ada</b>"})
    page = (await guest.get(f"/e/{row.id}/card")).text
    assert "<b>Ada" not in page
    assert "&lt;b&gt;Ada" in page


async def test_guest_leaves_and_comes_back(site: Site) -> None:
    row, guest = await signed_in(site)
    room = await site.services.rooms.open(row.id)
    here = Request(actor="guest:p1", id="here", command=CheckIn(attendee="p1"))
    await room.submit(here)
    await guest.post(f"/e/{row.id}/leave", data={"id": "one"})
    assert room.state.roster["p1"].status is Status.LEFT
    await guest.post(f"/e/{row.id}/return", data={"id": "two"})
    assert room.state.roster["p1"].status is Status.PRESENT


async def test_erasure_forgets_the_guest_and_the_login(site: Site) -> None:
    row, guest = await signed_in(site)
    erased = await guest.post(f"/e/{row.id}/erase", data={"id": "one"})
    assert erased.headers["location"] == "/"
    room = await site.services.rooms.open(row.id)
    assert room.state.roster["p1"].erased
    assert "p1" not in await site.services.people.people(row.id)
    assert (await guest.get(f"/e/{row.id}/card")).status_code == 401


async def test_own_data_holds_only_what_is_ones_own(site: Site) -> None:
    row, guest = await signed_in(site)
    await guest.post(f"/e/{row.id}/card", data=CARD)
    download = await guest.get(f"/e/{row.id}/my-data.json")
    assert "attachment" in download.headers["content-disposition"]
    assert download.json()["profile"]["email"] == "ada@example.org"
    assert "Bo Esempio" not in download.text


async def test_contacts_are_refused_before_the_reveal(site: Site) -> None:
    row, guest = await signed_in(site)
    for path in ("contacts.vcf", "contacts/p2.vcf"):
        assert (await guest.get(f"/e/{row.id}/{path}")).status_code == 409
