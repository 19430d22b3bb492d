"""The guest about themselves: card, leaving, own data, being forgotten, contacts."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from desk import fields

from event_server.domain.commands import CheckIn, Request
from event_server.domain.profile import Profile
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


async def profile_of(site: Site, row: EventRow) -> Profile:
    return (await site.services.rooms.open(row.id)).people["p1"].profile


async def test_card_keeps_everything_that_company_is_chosen_by(site: Site) -> None:
    row, guest = await signed_in(site)
    company = {"values": ["trust", "care"], "goals": ["learn"], "sector": "scuola", "seniority": "4"}
    people = {"knows": "Bo Esempio, cleo@example.org", "avoids": "Dario Finto", "learning": "1"}
    await guest.post(f"/e/{row.id}/card", data=CARD | company | people | {"important": "Musica"})
    profile = await profile_of(site, row)
    assert (profile.values, profile.goals) == (("care", "trust"), ("learn",))
    assert (profile.sector, profile.seniority, profile.learning) == ("scuola", 4, True)
    assert (profile.knows, profile.avoids) == (("Bo Esempio", "cleo@example.org"), ("Dario Finto",))
    assert profile.importance == {"musica": 3}
    again = fields(await guest.get(f"/e/{row.id}/card"), "/card")
    assert again["values"] == ["care", "trust"]
    assert again["important"] == "musica"
    await guest.post(f"/e/{row.id}/card", data=again)
    assert await profile_of(site, row) == profile
    assert Profile(name="Bo Esempio") == (await site.services.rooms.open(row.id)).people["p2"].profile


async def test_languages_are_known_by_whatever_name_and_shown_in_the_readers(site: Site) -> None:
    row, guest = await signed_in(site)
    await guest.post(f"/e/{row.id}/card", data=CARD | {"languages": "Italiano, english, IT, klingon"})
    assert (await profile_of(site, row)).languages == ("it", "en", "klingon")
    for language, shown in (("it", "italiano, inglese, klingon"), ("en", "Italian, English, klingon")):
        page = await guest.get(f"/e/{row.id}/card", headers={"accept-language": language})
        assert fields(page, "/card")["languages"] == shown


async def test_typing_errors_are_mended_and_said(site: Site) -> None:
    row, guest = await signed_in(site)
    typed = CARD | {"interests": "potatra, Orti, sacchi", "offers": "fotogarfia", "important": "potatra"}
    saved = await guest.post(f"/e/{row.id}/card", data=typed)
    assert saved.headers["location"] == f"/e/{row.id}/card"
    page = unescape((await guest.get(f"/e/{row.id}/card")).text)
    assert "We read “potatra” as “potatura”, “fotogarfia” as “fotografia”." in page
    profile = await profile_of(site, row)
    assert (profile.interests, profile.offers) == (("potatura", "Orti", "sacchi"), ("fotografia",))
    assert profile.importance == {"potatura": 3}


async def test_what_matters_most_is_an_interest_wherever_it_was_typed(site: Site) -> None:
    row, guest = await signed_in(site)
    await guest.post(
        f"/e/{row.id}/card", data=CARD | {"interests": "urban gardening", "important": "teatro, orti"}
    )
    profile = await profile_of(site, row)
    assert profile.interests == ("urban gardening", "teatro")
    assert profile.importance == {"urban gardening": 3, "teatro": 3}
    await guest.post(
        f"/e/{row.id}/card", data=CARD | {"id": "two", "interests": "urban gardening", "important": ""}
    )
    assert (await profile_of(site, row)).importance == {}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("values", ["care", "trust", "beauty", "nature", "growth", "humour"], "At most 5 of these."),
        ("goals", ["hire", "seek", "learn", "raise"], "At most 3 of these."),
        ("goals", ["rule the world"], "Choose from the list."),
        ("seniority", "9", "Choose a number from 1 to 5."),
        ("knows", ",".join(f"Persona {n}" for n in range(21)), "At most 20 of these."),
    ],
)
async def test_too_much_or_unknown_is_refused_at_its_field(
    site: Site, field: str, value: str | list[str], sentence: str
) -> None:
    row, guest = await signed_in(site)
    refused = await guest.post(f"/e/{row.id}/card", data=CARD | {field: value})
    assert refused.status_code == 422
    assert refused.text.count(sentence) == 2, "above the form, and at the field"
    assert await profile_of(site, row) == Profile(name="Ada Prova")


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


@pytest.mark.parametrize("learn_tonight", [True, False])
async def test_the_card_says_beside_the_consent_where_answers_move_pairings_tonight(
    site: Site, learn_tonight: bool
) -> None:
    row = await site.event("Ada Prova", learn_tonight=learn_tonight)
    card = await (await site.guest(row, "p1")).get(f"/e/{row.id}/card")
    assert ("also move who sits together next" in card.text) == learn_tonight
