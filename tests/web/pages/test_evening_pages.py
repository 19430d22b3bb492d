"""Plan, results, badges, control and projector: what they show of an evening, and what their buttons do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from desk import held_rounds, open_desk, press

from event_server.domain.commands import GiveAnswer, Request
from event_server.domain.messages import guest

if TYPE_CHECKING:
    import httpx
    from site_double import Site

NAMES = ("Ada Prova", "Bo Esempio", "Cleo Finta", "Dario Modello", "Elio Campione", "Fay Bozza")


async def test_results_count_without_naming_who_said_what(site: Site) -> None:
    desk = await open_desk(site, *NAMES)
    await held_rounds(desk)
    (first, second), *_ = sorted(desk.state.rounds[0].meetings)
    for author, about in ((first, second), (second, first)):
        answer = GiveAnswer(attendee=author, about=about, round=1, again="yes")
        await desk.room.submit(Request(actor=guest(author), id=f"a{author}", command=answer))
    before = (await desk.get("results")).text
    assert "2 of 6" in before
    assert "Shown after the reveal." in before
    await press(desk, "FinishEvent", sure="1")
    await press(desk, "RevealContacts")
    after = (await desk.get("results")).text
    assert "pair wants to meet again" in after
    assert all(name not in after for name in NAMES)


@pytest.mark.parametrize(("people", "shown"), [(4, False), (6, True)])
async def test_answers_and_mutual_totals_need_five_people(site: Site, people: int, shown: bool) -> None:
    desk = await open_desk(site, *NAMES[:people])
    await held_rounds(desk)
    await press(desk, "FinishEvent", sure="1")
    await press(desk, "RevealContacts")
    page = (await desk.get("results")).text
    assert ("not shown below five" in page) is not shown
    assert ("Not shown: fewer than five" in page) is not shown


async def test_lists_to_take_away_hold_meetings_and_people_with_neutralised_cells(site: Site) -> None:
    desk = await open_desk(site, "=SUM(A1) Prova", "Bo Esempio")
    await held_rounds(desk)
    meetings = await desk.get("results/meetings.csv")
    assert meetings.headers["content-disposition"].startswith("attachment")
    assert meetings.content.decode("utf-8-sig").splitlines() == [
        "Round,Table,Person,Person",
        "1,1,'=SUM(A1) Prova,Bo Esempio",
    ]
    people = (await desk.get("results/people.csv")).content.decode("utf-8-sig")
    assert "'=SUM(A1) Prova" in people
    italian = await desk.browser.get(
        f"/e/{desk.row.id}/results/people.csv", headers={"accept-language": "it"}
    )
    assert ";" in italian.text.splitlines()[0]


async def test_badges_hold_the_token_behind_the_hash_and_a_code_to_read(site: Site) -> None:
    desk = await open_desk(site, "Massimiliana Finta", "Bo Esempio")
    page = (await desk.get("badges")).text
    assert page.count('class="badge"') == 2
    assert "badge-first-11" in page
    assert desk.room.people["p1"].code in page
    token = await site.badge(desk.row, "p1")
    assert token not in page
    only = (await desk.get("badges?who=p2")).text
    assert only.count('class="badge"') == 1
    assert "Massimiliana" not in only


def block(page: httpx.Response, name: str) -> Any:
    """Return a data block of a page."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page.text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


async def test_control_page_holds_its_first_view_and_what_the_role_may(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    page = await desk.get("control")
    assert block(page, "control")["phase"] == "lobby"
    setup = block(page, "page")
    assert "CallToTables" in setup["may"]
    assert setup["urls"]["results"] == f"/e/{desk.row.id}/results"
    assert setup["join"]["address"] == f"localhost:8080/j/{desk.row.join_code}"
    helper = await site.staff(await site.account("Hana Modello"), desk.row, "helper")
    theirs = block(await helper.get(f"/e/{desk.row.id}/control"), "page")
    assert "CallToTables" not in theirs["may"]
    assert "results" not in theirs["urls"]


async def test_projector_poll_answers_304_until_something_changes(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    known = {"if-none-match": (await desk.get("projector/view")).headers["etag"]}
    desk.site.clock.at += 1
    path = f"/e/{desk.row.id}/projector/view"
    assert (await desk.browser.get(path, headers=known)).status_code == 304
    await desk.post("people/p1/attendance", id="c", action="check_in")
    changed = await desk.browser.get(path, headers=known)
    assert (changed.status_code, changed.json()["present"]) == (200, 1)


async def test_control_poll_holds_both_sections_of_the_dashboard(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    sections = (await desk.get("control/view")).json()
    assert (sections["control"]["t"], sections["room"]["t"]) == ("control", "room")


async def test_projector_holds_no_names_before_a_call_and_no_private_field(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    page = await desk.get("projector")
    assert block(page, "view")["phase"] == "lobby"
    assert "Ada Prova" not in page.text
    assert len(block(page, "page")["prompts"]) > 20


async def test_an_evening_runs_by_the_plain_buttons_alone(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:4])
    await held_rounds(desk, 2)
    for command, more, phase in (
        ("StartBreak", {}, "break"),
        ("ExtendRound", {}, "break"),
        ("FinishEvent", {"sure": "1"}, "wrap_up"),
        ("RevealContacts", {}, "wrap_up"),
        ("CloseEvent", {"sure": "1"}, "closed"),
    ):
        await press(desk, command, **more)
        assert desk.state.phase == phase, command


async def test_what_cannot_be_taken_back_needs_a_tick_and_unknown_buttons_do_nothing(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:4])
    await held_rounds(desk)
    version = desk.state.version
    for command in ("FinishEvent", "Tick", "EraseAttendee", "__class__"):
        assert (await press(desk, command)).status_code == 303
    assert desk.state.version == version
