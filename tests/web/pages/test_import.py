"""Importing a list through the pages: nothing is stored until it is applied, then all of it or nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk import fields, open_desk

from event_server.importing.decoding import SIZE_LIMIT
from event_server.storage.errors import StorageFailed
from event_server.web.pages.import_drafts import KEPT_SECONDS

if TYPE_CHECKING:
    import httpx
    from desk import Desk
    from site_double import Site

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
HEADER = "Nome,Email,Azienda,Cosa cerchi?,Stato\n"


def rows(*lines: str) -> bytes:
    return (HEADER + "\n".join(lines) + "\n").encode()


async def step(desk: Desk, response: httpx.Response) -> httpx.Response:
    """Return the page that a step leads to."""
    assert response.status_code == 303, response.text
    return await desk.browser.get(response.headers["location"])


async def to_rows(desk: Desk, content: bytes) -> httpx.Response:
    """Return the page of rows, with the columns as they were guessed."""
    columns = await step(desk, await desk.upload(content))
    return await step(desk, await desk.browser.post(columns.url, data=fields(columns, "/columns")))


async def to_people(desk: Desk, content: bytes) -> httpx.Response:
    """Return the page of differences of a list without problems."""
    page = await to_rows(desk, content)
    return await step(desk, await desk.browser.post(page.url, data=fields(page, "/rows")))


async def apply(desk: Desk, page: httpx.Response, **said: str) -> httpx.Response:
    return await desk.browser.post(page.url, data=fields(page, "/people") | said)


async def names(desk: Desk) -> list[str]:
    people = await desk.site.services.people.people(desk.row.id)
    return sorted(person.profile.name for person in people.values())


async def test_list_is_applied_as_a_whole_and_only_when_it_is_applied(site: Site) -> None:
    desk = await open_desk(site)
    version = desk.state.version
    page = await to_people(
        desk, rows("Ada Prova,ada@example.org,Orti,una mano,pagato", "Bo Esempio,bo@example.org,,,rimborsato")
    )
    assert "1 new person" in page.text
    assert (desk.state.version, await names(desk)) == (version, [])
    applied = await apply(desk, page)
    assert applied.headers["location"] == f"/e/{desk.row.id}/people"
    assert await names(desk) == ["Ada Prova"]
    (attendee,) = desk.state.roster
    assert desk.room.people[attendee].profile.needs == ("una mano",)
    assert "Done: 1 new, 0 changed." in (await desk.get("people")).text


async def test_apply_button_pressed_twice_adds_nobody_twice(site: Site) -> None:
    desk = await open_desk(site)
    page = await to_people(desk, rows("Ada Prova,ada@example.org,,,"))
    together = await asyncio.gather(apply(desk, page), apply(desk, page))
    for applied in (*together, await apply(desk, page)):
        assert applied.headers["location"] == f"/e/{desk.row.id}/people"
    assert await names(desk) == ["Ada Prova"]


async def test_second_list_updates_and_never_duplicates(site: Site) -> None:
    desk = await open_desk(site)
    await apply(
        desk, await to_people(desk, rows("Ada Prova,ada@example.org,Orti,,", "Bo Esempio,bo@example.org,,,"))
    )
    page = await to_people(
        desk, rows("Ada Prova,ada@example.org,Orti Nuovi,,", "Bo Esempio,bo@example.org,,,")
    )
    assert "0 new people" in page.text
    assert "Orti Nuovi" in page.text
    await apply(desk, page)
    assert await names(desk) == ["Ada Prova", "Bo Esempio"]
    assert {p.profile.organisation for p in desk.room.people.values()} == {"Orti Nuovi", ""}
    third = await to_people(
        desk, rows("Ada Prova,ada@example.org,Orti Nuovi,,", "Bo Esempio,bo@example.org,,,")
    )
    assert "Nothing would change" in third.text


async def test_rows_with_problems_stop_the_list_until_mended_or_left_out(site: Site) -> None:
    desk = await open_desk(site)
    page = await to_rows(desk, rows("Ada Prova,no address,,,", ",nobody@example.org,,,", "Cleo Finta,,,,"))
    assert "2 rows to mend" in page.text
    assert "This is no e-mail address." in page.text
    untouched = await desk.browser.post(page.url, data=fields(page, "/rows"))
    assert untouched.headers["location"] == str(page.url.path)
    assert "2 rows still need to be mended" in (await desk.browser.get(page.url)).text
    mended = fields(page, "/rows") | {"fix-2-email": "ada@example.org", "out-3": "1"}
    people = await step(desk, await desk.browser.post(page.url, data=mended))
    await apply(desk, people)
    assert await names(desk) == ["Ada Prova", "Cleo Finta"]


async def test_skipped_rows_are_named_with_their_reason(site: Site) -> None:
    desk = await open_desk(site)
    page = await to_rows(desk, (LISTS / "eventbrite.csv").read_bytes())
    assert "Refunded" in page.text
    assert "It looks like a list of Eventbrite." in page.text


async def test_every_known_list_comes_through_the_pages(site: Site) -> None:
    desk = await open_desk(site)
    for path in sorted(LISTS.iterdir()):
        page = await to_rows(desk, path.read_bytes())
        form = fields(page, "/rows") | {"all_out": "1"}
        people = await step(desk, await desk.browser.post(page.url, data=form))
        assert "What changes" in people.text, path.name


async def test_likely_duplicates_are_asked_about_and_the_answer_holds(site: Site) -> None:
    desk = await open_desk(site, "Bo Modello")
    page = await to_people(desk, rows("Boo Modello,boo@example.org,Orti,,"))
    assert "Is it the same person?" in page.text
    looked = await step(desk, await apply(desk, page, look="1", **{"same-2": "p1"}))
    assert "0 new people" in looked.text
    assert "1 changed" in looked.text
    await apply(desk, looked, **{"same-2": "p1"})
    assert await names(desk) == ["Boo Modello"]
    assert list(desk.state.roster) == ["p1"]


async def test_corrected_columns_are_remembered_for_lists_with_the_same_headers(site: Site) -> None:
    desk = await open_desk(site)
    content = b"Nome,Strana colonna\nAda Prova,potatura\n"
    columns = await step(desk, await desk.upload(content))
    form = fields(columns, "/columns") | {"column-1": "offers"}
    await desk.browser.post(columns.url, data=form)
    again = await step(desk, await desk.upload(content))
    assert fields(again, "/columns")["column-1"] == "offers"


async def test_pasted_rows_are_a_list_too(site: Site) -> None:
    desk = await open_desk(site)
    columns = await step(desk, await desk.post("import", pasted="Ada Prova\nBo Esempio\n"))
    assert "Pasted list" in columns.text


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "Choose a file first."),
        (b"\n\n  \n", 409, "The list is empty."),
        (bytes(range(256)) * 40, 409, "This is no text file."),
        (b"PK\x03\x04" + b"0" * 500, 409, "This is a spreadsheet."),
        (b"a,b\n" * 1_330_000, 413, "at most 5 MB"),
        (b"Nome\n" + b"Ada Prova\n" * 5001, 409, "This list has 5001 rows; at most 5000 are possible."),
        (("," * 80 + "\n").encode() * 3, 409, "There is nobody on this list."),
    ],
    ids=["empty", "blank", "binary", "spreadsheet", "large", "rows", "nobody"],
)
async def test_what_is_no_list_is_refused_in_words_and_kept_nowhere(
    site: Site, content: bytes, status: int, sentence: str
) -> None:
    desk = await open_desk(site, "Ada Prova")
    refused = await desk.upload(content)
    assert refused.status_code == status, refused.text
    assert 'role="alert"' in refused.text
    assert sentence in refused.text
    assert await names(desk) == ["Ada Prova"]


async def test_fifty_megabytes_are_refused_without_being_read(site: Site) -> None:
    desk = await open_desk(site)
    refused = await desk.upload(b"a,b\n" * 13_000_000)
    assert refused.status_code == 413
    assert "too large" in refused.text


async def test_pasted_text_above_the_limit_is_refused(site: Site) -> None:
    desk = await open_desk(site)
    refused = await desk.post("import", pasted="a" * (SIZE_LIMIT + 1))
    assert refused.status_code == 413
    assert "too much to paste" in refused.text


async def test_list_applied_after_somebody_else_changed_the_people_is_shown_again(site: Site) -> None:
    desk = await open_desk(site, "Bo Esempio")
    page = await to_people(desk, rows("Ada Prova,ada@example.org,,,"))
    await desk.post("people/new", id="x", name="Ada Prova")
    again = await apply(desk, page)
    assert again.headers["location"] == str(page.url.path)
    assert "have changed meanwhile" in (await desk.browser.get(page.url)).text
    assert await names(desk) == ["Ada Prova", "Bo Esempio"]


async def test_list_that_cannot_be_stored_changes_nothing_and_can_be_applied_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await open_desk(site)
    page = await to_people(desk, rows("Ada Prova,ada@example.org,,,"))

    async def full(*_: object, **__: object) -> None:
        raise StorageFailed("full")

    with monkeypatch.context() as patch:
        patch.setattr(desk.room, "submit", full)
        assert (await apply(desk, page)).status_code == 503
    assert await names(desk) == []
    await apply(desk, page)
    assert await names(desk) == ["Ada Prova"]


async def test_lists_are_forgotten_after_an_hour_and_nobody_else_sees_them(site: Site) -> None:
    desk = await open_desk(site)
    columns = await step(desk, await desk.upload(rows("Ada Prova,ada@example.org,,,")))
    other = await site.staff(await site.account("Hana Modello"), desk.row, "organizer")
    for browser in (other, desk.browser):
        if browser is desk.browser:
            site.clock.at += KEPT_SECONDS + 1
        gone = await browser.get(columns.url)
        assert gone.headers["location"] == f"/e/{desk.row.id}/import"
        assert "This list is not kept any more" in (await browser.get(gone.headers["location"])).text


async def test_giving_up_forgets_the_list(site: Site) -> None:
    desk = await open_desk(site)
    columns = await step(desk, await desk.upload(rows("Ada Prova,ada@example.org,,,")))
    await desk.browser.post(str(columns.url).replace("/columns", "/stop"))
    assert (await desk.browser.get(columns.url)).status_code == 303
    assert await names(desk) == []
