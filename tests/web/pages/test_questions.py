"""The questions of an event: as shipped, as an organizer writes them, and as the screens get them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from event_server.domain.questions import LEVELS, checked_deck, levels
from event_server.web.decks import shipped_deck

if TYPE_CHECKING:
    import httpx
    from site_double import Site

    from event_server.storage.events import EventRow

OWN = {
    "about_both_care": "{tag}: why you?",
    "opening": "Who are you?\nWhy are you here?",
    "deeper": "And then?",
}


async def opened(site: Site) -> tuple[EventRow, httpx.AsyncClient]:
    account = await site.account()
    row = await site.event("Ada Prova", account=account)
    return row, await site.staff(account)


async def write(browser: httpx.AsyncClient, row: EventRow, **fields: str) -> httpx.Response:
    return await browser.post(f"/e/{row.id}/questions", data={"language": "en", "do": "save", **fields})


async def address(site: Site, row: EventRow, page: str = "") -> str:
    """Return where the page of a guest, or of the projector, says the questions lie."""
    browser = await site.guest(row, "p1")
    if page:
        browser = site.with_login(await site.services.logins.make("projector", row.id, row.id))
    text = (await browser.get(f"/e/{row.id}{page}")).text
    found = re.search(r'(?:data-prompts="|"prompts":")([^"]+)"', text)
    assert found is not None
    return found[1]


async def test_page_holds_the_shipped_questions_of_a_language_one_a_line(site: Site) -> None:
    row, browser = await opened(site)
    for language in ("en", "it"):
        page = await browser.get(f"/e/{row.id}/questions?language={language}")
        deck = levels(shipped_deck(site.services.assets, language))
        assert all(f'name="{level}"' in page.text for level in LEVELS)
        assert "\n".join(deck["deeper"]) in page.text.replace("&#39;", "'")
        assert 'value="reset"' not in page.text, "nothing to take back"
    assert (await browser.get(f"/e/{row.id}/questions?language=xx")).status_code == 404


async def test_settings_lead_to_it(site: Site) -> None:
    row, browser = await opened(site)
    assert f'href="/e/{row.id}/questions"' in (await browser.get(f"/e/{row.id}/settings")).text


async def test_phones_and_projector_get_what_was_written_at_a_new_address(site: Site) -> None:
    row, browser = await opened(site)
    shipped = await address(site, row)
    assert shipped.startswith("/static/")
    saved = await write(browser, row, **OWN)
    assert saved.headers["location"] == f"/e/{row.id}/questions?language=en"
    own = await address(site, row)
    assert own == await address(site, row, "/projector")
    guest = await site.guest(row, "p1")
    answer = await guest.get(own)
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.json()["opening"] == ["Who are you?", "Why are you here?"]
    assert answer.json()["about"]["both_care"] == ["{tag}: why you?"]
    unchanged = await guest.get(own, headers={"if-none-match": answer.headers["etag"]})
    assert unchanged.status_code == 304


async def test_changed_questions_have_another_address_and_the_old_one_is_no_longer_for_ever(
    site: Site,
) -> None:
    row, browser = await opened(site)
    await write(browser, row, **OWN)
    old = await address(site, row)
    await write(browser, row, **OWN | {"opening": "New?"})
    assert await address(site, row) != old
    stale = await (await site.guest(row, "p1")).get(old)
    assert stale.json()["opening"] == ["New?"], "a page of before still gets questions"
    assert "immutable" not in stale.headers["cache-control"]


async def test_as_shipped_takes_the_own_questions_back(site: Site) -> None:
    row, browser = await opened(site)
    await write(browser, row, **OWN)
    page = await browser.get(f"/e/{row.id}/questions?language=en")
    assert "Who are you?\nWhy are you here?" in page.text
    assert 'value="reset"' in page.text
    await write(browser, row, do="reset")
    assert (await address(site, row)).startswith("/static/")


async def test_saving_what_was_shipped_keeps_nothing(site: Site) -> None:
    row, browser = await opened(site)
    shipped = shipped_deck(site.services.assets, "en")
    await write(browser, row, **{level: "\r\n".join(each) for level, each in levels(shipped).items()})
    assert await site.services.decks.deck(row.id, "en") is None


async def test_one_language_is_changed_at_a_time_and_one_event(site: Site) -> None:
    row, browser = await opened(site)
    other = await site.event("Bo Esempio")
    await write(browser, row, **OWN)
    assert await site.services.decks.deck(row.id, "it") is None
    assert (await address(site, other)).startswith("/static/")
    own = await address(site, row)
    assert (await (await site.guest(other, "p1")).get(own)).status_code != 200


async def test_refused_questions_stay_in_the_form_with_the_reason_beside_them(site: Site) -> None:
    row, browser = await opened(site)
    refused = await write(browser, row, **OWN | {"about_help": "How <b>so</b>?"})
    assert refused.status_code == 422
    assert "How &lt;b&gt;so&lt;/b&gt;?" in refused.text
    assert 'id="about_help-error"' in refused.text
    assert "needs {tag}" in refused.text
    assert await site.services.decks.deck(row.id, "en") is None


async def test_a_full_deck_fits_into_the_form(site: Site) -> None:
    row, browser = await opened(site)
    lines = [f"{number:02}".ljust(195, "è") for number in range(60)]
    full = {
        level: "\r\n".join(line + ("{tag}" if "about" in level else "") for line in lines) for level in LEVELS
    }
    assert (await write(browser, row, **full)).status_code == 303
    kept = await site.services.decks.deck(row.id, "en")
    assert kept == checked_deck({level: tuple(text.splitlines()) for level, text in full.items()})


async def test_preview_shows_the_first_question_with_a_word_in_it(site: Site) -> None:
    row, browser = await opened(site)
    page = await browser.get(f"/e/{row.id}/questions?language=it")
    assert re.search(r"data-preview>“[^{<]+”: chi sa e chi cerca", page.text)
