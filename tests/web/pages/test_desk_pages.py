"""Every page of the organizers: who may see it, and that it renders, with and without people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from site_double import Site

ORGANIZERS_ONLY = ("settings", "import", "results", "results/meetings.csv", "results/people.csv")
STAFF = ("people", "people/new", "people/p1", "badges", "control", "plan", "projector")
DESK = ("door", "door/new")
PAGES = (*ORGANIZERS_ONLY, *STAFF, *DESK)


@pytest.mark.parametrize("language", ["it", "en"])
async def test_every_page_renders_for_an_organizer(site: Site, language: str) -> None:
    account = await site.account()
    row = await site.event("Ada Prova", "Bo Esempio", "Cleo Finta", account=account)
    browser = await site.staff(account)
    for page in PAGES:
        shown = await browser.get(f"/e/{row.id}/{page}", headers={"accept-language": language})
        assert shown.status_code == 200, page
        if not page.endswith(".csv"):
            assert f'<html lang="{language}">' in shown.text, page
            assert "Serata &lt;Prova&gt;" in shown.text, page


async def test_every_page_has_something_to_say_before_anybody_is_on_the_list(site: Site) -> None:
    account = await site.account()
    row = await site.event(account=account)
    browser = await site.staff(account)
    for page in PAGES:
        if page != "people/p1":
            shown = await browser.get(f"/e/{row.id}/{page}")
            assert shown.status_code == 200, page
    for page, words in (
        ("people", "Nobody on the list yet"),
        ("plan", "Nobody to plan for yet"),
        ("results", "No round has been held yet"),
        ("door", "Nobody in the room yet"),
        ("badges", "No badges yet"),
    ):
        assert words in (await browser.get(f"/e/{row.id}/{page}")).text


async def test_guests_strangers_and_other_organizers_see_none_of_it(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    other = await site.account("Olga Modello")
    await site.event("Ezio Bozza", account=other)
    for browser in (site.browser(), await site.guest(row, "p1"), await site.staff(other)):
        for page in PAGES:
            refused = await browser.get(f"/e/{row.id}/{page}")
            assert refused.status_code in {303, 401, 403}, page
            assert "Bo Esempio" not in refused.text


@pytest.mark.parametrize(("role", "allowed"), [("door", DESK), ("helper", (*DESK, *STAFF))])
async def test_helpers_and_the_door_see_their_own_pages_only(
    site: Site, role: str, allowed: tuple[str, ...]
) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    browser = await site.staff(await site.account("Hana Modello"), row, role)
    for page in PAGES:
        shown = await browser.get(f"/e/{row.id}/{page}")
        assert shown.status_code == (200 if page in allowed else 403), page


async def test_guests_cannot_send_the_forms_of_the_desk(site: Site) -> None:
    row = await site.event("Ada Prova", "Bo Esempio")
    browser = await site.guest(row, "p1")
    for path in (
        "settings",
        "people/new",
        "people/p2",
        "people/p2/attendance",
        "people/p2/place",
        "people/p2/rule",
        "people/p2/badge",
        "people/p2/erase",
        "import",
        "control",
        "plan",
        "door",
        "door/new",
        "door/claims",
    ):
        sent = await browser.post(f"/e/{row.id}/{path}", data={"attendee": "p2", "action": "check_in"})
        assert sent.status_code in {303, 403}, path
    room = await site.services.rooms.open(row.id)
    assert not room.state.present()


async def test_names_that_look_like_markup_are_shown_as_text(site: Site) -> None:
    account = await site.account()
    row = await site.event("<script>alert(1)</script>", "Bo Esempio", account=account)
    browser = await site.staff(account)
    for page in (
        "people",
        "people/p1",
        "people/p2",
        "badges",
        "plan",
        "door?q=script",
        "control",
        "projector",
    ):
        shown = await browser.get(f"/e/{row.id}/{page}")
        assert shown.status_code == 200
        assert "<script>alert" not in shown.text, page
