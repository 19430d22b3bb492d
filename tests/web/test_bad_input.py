"""Bad input on pages: each gets a clear refusal in the reader's language, and nothing is lost or changed."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from desk import fields, open_desk

from event_server.domain.messages import Refused
from event_server.web.app import package_files
from event_server.web.refusals import SENTENCES, sentence, status_of

if TYPE_CHECKING:
    from site_double import Site

    from event_server.domain.state import LiveEvent
    from event_server.storage.events import EventRow

LIST = "Nome,Email\nAda Prova,ada@example.org\n"


async def test_refusals_of_pages_come_in_the_readers_language(site: Site) -> None:
    row = await site.event("Ada Prova")
    for language in ("it", "en"):
        browser = site.browser(**{"accept-language": language})
        refused = await browser.post("/b", data={"secret": "NO-SUCH-BADGE"})
        assert refused.status_code == 403
        assert f'lang="{language}"' in refused.text
        texts = site.services.catalogs[language]
        assert sentence(texts, Refused("claim_unknown")) in unescape(refused.text)
        asked = await browser.get(f"/e/{row.id}/view", headers={"accept": "application/json"})
        assert asked.json() == {
            "code": "login_needed",
            "detail": {},
            "sentence": sentence(texts, Refused("login_needed")),
        }


def test_every_refusal_has_its_own_words_in_every_language() -> None:
    catalogs = package_files()[0]
    for code, words in SENTENCES.items():
        english, italian = (catalogs[language].gettext(words) for language in ("en", "it"))
        assert english
        assert italian != english, code
        assert 400 <= status_of(code) < 600


async def test_used_or_old_claims_are_refused_and_bind_nobody(site: Site) -> None:
    row = await site.event("Ada Prova")
    link = await site.services.links.make("transfer", "p1", event=row.id, ttl=600)
    first, second = site.browser(), site.browser()
    assert (await first.post("/t", data={"secret": link})).status_code == 303
    used = await second.post("/t", data={"secret": link}, headers={"accept": "application/json"})
    assert (used.status_code, used.json()["code"]) == (403, "link_used")
    old = await site.services.links.make("transfer", "p1", event=row.id, ttl=600)
    site.clock.at += 601
    expired = await second.post("/t", data={"secret": old}, headers={"accept": "application/json"})
    assert (expired.status_code, expired.json()["code"]) == (403, "link_used")
    assert (await second.get(f"/e/{row.id}/card")).status_code == 401


async def test_post_from_another_site_is_refused_in_json_too(site: Site) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")
    headers = {"origin": "http://evil.example", "accept": "application/json"}
    refused = await guest.post(f"/e/{row.id}/leave", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_origin")
    assert await status_in(site, row) == "registered"


async def status_in(site: Site, row: EventRow) -> str:
    return (await site.services.rooms.open(row.id)).state.roster["p1"].status.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_missing"),
        (b" \n\n", "list_empty"),
        (b"\x00\x01\x02\xff" * 400, "list_is_binary"),
        (b"PK\x03\x04" + b"\x00" * 400, "list_is_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "list_is_binary"),
        (b"Nome,Email\n" + b"Ada Prova,ada@example.org\n" * 5001, "list_too_many_rows"),
        (b"a," * 70 + b"\n" + b"b," * 70, "list_too_many_columns"),
    ],
)
async def test_upload_that_is_no_list_is_refused_in_words(site: Site, content: bytes, code: str) -> None:
    desk = await open_desk(site, "Ada Prova")
    before = people_of(desk.state)
    refused = await desk.upload(content)
    page = await desk.browser.get(refused.headers["location"]) if refused.status_code == 303 else refused
    words = SENTENCES[code].partition("%(")[0]
    assert words in unescape(page.text)
    assert refused.status_code in {303, 409, 422}
    assert people_of(desk.state) == before


def people_of(state: LiveEvent) -> set[str]:
    return set(state.roster)


@pytest.mark.parametrize(("size", "status"), [(5_600_000, 413), (50_000_000, 413)])
async def test_upload_of_fifty_megabytes_is_refused_and_the_next_one_works(
    site: Site, size: int, status: int
) -> None:
    desk = await open_desk(site)
    refused = await desk.upload(b"a" * size)
    assert refused.status_code == status
    assert SENTENCES["body_too_large"].partition("%(")[0] in refused.text
    taken = await desk.upload(LIST.encode())
    assert taken.status_code == 303
    assert "/import/" in taken.headers["location"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"rounds": "0"}, "number_out_of_range"),
        ({"tables": "-3"}, "number_out_of_range"),
        ({"seats": "11"}, "number_out_of_range"),
        ({"rounds": "many"}, "number_invalid"),
        ({"talk_minutes": "0"}, "minutes_out_of_range"),
        ({"talk_minutes": "nan"}, "number_invalid"),
        ({"title": ""}, "title_missing"),
    ],
)
async def test_settings_that_make_no_sense_are_refused_beside_their_field(
    site: Site, typed: dict[str, str], code: str
) -> None:
    desk = await open_desk(site, "Ada Prova")
    before = desk.state
    form = fields(await desk.get("settings"), "/settings")
    refused = await desk.post("settings", **{**form, **typed})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    assert SENTENCES[code].partition("%(")[0] in refused.text
    assert desk.state == before
