"""Pages of an event at tables of more than two: settings, plan, and cards to print."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import msgspec
from desk import fields, held_rounds, open_desk, press, publish

from event_server.domain.commands import ChangeProfile, Request
from event_server.domain.messages import staff
from event_server.domain.plan_figures import Mixed, PlanFigures
from event_server.domain.private import ProfileRow

if TYPE_CHECKING:
    from desk import Desk
    from site_double import Site

NAMES = tuple(f"{name} Prova" for name in ("Ada", "Bo", "Cleo", "Dino", "Elio", "Fay", "Gil", "Hana", "Ivo"))
ROTATION = (
    (("p1", "p4", "p7"), ("p2", "p5", "p8"), ("p3", "p6", "p9")),
    (("p1", "p6", "p8"), ("p2", "p4", "p9"), ("p3", "p5", "p7")),
)
"""Two rounds at three tables: the first stay, the second move one table on, the third one back."""


async def group_desk(site: Site) -> Desk:
    return await open_desk(site, *NAMES, rounds=2, tables=3, seats=3)


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


async def test_settings_ask_how_many_sit_at_a_table_and_say_whether_it_fits(site: Site) -> None:
    desk = await open_desk(site, *NAMES, rounds=3, tables=5)
    form = fields(await desk.get("settings"), "/settings")
    assert form["seats"] == "2"
    assert (await desk.post("settings", **{**form, "seats": "3", "tables": "3"})).status_code == 303
    assert desk.state.rules.seats == 3
    shown = words((await desk.get("settings")).text)
    assert "9 people on the list, room for 9 at the tables." in shown
    assert "Everybody meets up to 6 of 8 others." in shown
    form = fields(await desk.get("settings"), "/settings")
    await desk.post("settings", **{**form, "rounds": "5"})
    assert "With 8 others some will sit together again" in words((await desk.get("settings")).text)


async def test_results_count_people_once_who_met_again(site: Site) -> None:
    desk = await group_desk(site)
    await held_rounds(desk)
    (held,) = desk.state.rounds
    await publish(desk, held.tables)
    for command in ("CallToTables", "StartRound", "EndRound"):
        await press(desk, command)
    page = words((await desk.get("results")).text)
    assert "18 encounters" in page
    assert "2 people met by half of all or more" in page
    assert "9 pairs met twice." in page


async def test_the_plan_names_all_at_a_table_and_counts_people_once(site: Site) -> None:
    desk = await group_desk(site)
    again = (ROTATION[0], ROTATION[0])
    await publish(desk, *again, value=100, bound=400, repeats=9)
    page = (await desk.get("plan")).text
    assert "Ada Prova · Dino Prova · Gil Prova" in words(page)
    assert page.count('<td class="num">2</td>') == 9
    assert "9 repeats, 18 meetings" in words(page)
    assert "perhaps none comes near that" in words(page)
    assert page.count("data-open-in-print") == 2


async def test_tables_mix_what_is_ticked(site: Site) -> None:
    desk = await group_desk(site)
    form = fields(await desk.get("settings"), "/settings")
    assert not {"mix_sectors", "mix_seniority"} & form.keys()
    await desk.post("settings", **form | {"mix_seniority": "1"})
    assert (desk.state.rules.mix_sectors, desk.state.rules.mix_seniority) == (False, True)
    form = fields(await desk.get("settings"), "/settings")
    assert (form.get("mix_sectors"), form["mix_seniority"]) == (None, "1")
    refused = await desk.post("settings", **form | {"mix_sectors": "1", "rounds": "0"})
    assert fields(refused, "/settings")["mix_sectors"] == "1", (
        "what was ticked stays where something is refused"
    )
    del form["mix_seniority"]
    await desk.post("settings", **form)
    assert not desk.state.rules.mix_seniority


async def test_the_plan_says_how_far_tables_are_mixed(site: Site) -> None:
    desk = await group_desk(site)
    figures = PlanFigures(
        mixed=(
            Mixed(attribute="sector", alike=5, least=2, meetings=18, said=8, silent=1),
            Mixed(attribute="seniority", alike=3, least=3, meetings=18, said=9),
        )
    )
    await publish(desk, *ROTATION, value=100, bound=400, figures=figures)
    page = words((await desk.get("plan")).text)
    assert (
        "In 5 of 18 meetings both have the same sector, fewer than 2 is not possible at these tables; "
        "of 1 person it is not known" in page
    )
    assert "In 3 of 18 meetings both have the same seniority, fewer is not possible at these tables" in page


async def test_the_plan_says_so_where_nothing_is_known_to_be_mixed_or_all_is(site: Site) -> None:
    desk = await group_desk(site)
    figures = PlanFigures(
        mixed=(
            Mixed(attribute="sector", alike=0, least=0, meetings=18, said=9),
            Mixed(attribute="seniority", alike=0, least=0, meetings=18, said=0, silent=9),
        )
    )
    await publish(desk, *ROTATION, value=100, bound=400, figures=figures)
    page = words((await desk.get("plan")).text)
    assert "No two with the same sector sit together" in page
    assert "seniority is known: there is nothing to mix" in page
    assert "not known" not in page


async def test_a_plan_without_a_mix_says_nothing_of_it(site: Site) -> None:
    desk = await group_desk(site)
    await publish(desk, *ROTATION, value=100, bound=400, figures=PlanFigures())
    assert "the same sector" not in words((await desk.get("plan")).text)


async def test_seats_that_move_in_step_get_a_card_each(site: Site) -> None:
    desk = await group_desk(site)
    await publish(desk, *ROTATION)
    page = words((await desk.get("cards")).text)
    assert page.startswith("Cards")
    assert "9 cards." in page
    assert "Dino Prova Table 1, seat 2. After each round: 1 table on. Round 1 Table 1 Round 2 Table 2" in page
    assert (
        "Gil Prova Table 1, seat 3. After each round: 1 table back. Round 1 Table 1 Round 2 Table 3" in page
    )
    assert page.count("Stay at this table all evening.") == 3


async def test_an_event_can_ask_for_cards_and_the_plan_says_whether_there_are_any(site: Site) -> None:
    desk = await group_desk(site)
    form = fields(await desk.get("settings"), "/settings")
    assert "rotation" not in form
    assert (await desk.post("settings", **{**form, "rotation": "1"})).status_code == 303
    assert desk.state.rules.rotation
    assert fields(await desk.get("settings"), "/settings")["rotation"] == "1"
    await publish(desk, *ROTATION)
    assert "People move in step" in words((await desk.get("plan")).text)
    assert "until the first round whoever comes or leaves changes the cards" in (await desk.get("cards")).text


async def test_the_plan_says_that_people_do_not_move_in_step(site: Site) -> None:
    desk = await open_desk(site, *NAMES, rounds=2, tables=3, seats=3, rotation=True)
    await publish(desk, ROTATION[0], (("p1", "p5"), ("p2", "p4")))
    page = words((await desk.get("plan")).text)
    assert "In this plan people do not move in step." in page
    assert "People move in step:" not in page


async def test_nobody_asked_for_cards_so_nothing_is_said_of_them(site: Site) -> None:
    desk = await group_desk(site)
    await publish(desk, ROTATION[0], (("p1", "p5"), ("p2", "p4")))
    assert "in step" not in (await desk.get("plan")).text


async def test_else_who_has_no_phone_gets_a_card_and_nobody_else(site: Site) -> None:
    desk = await group_desk(site)
    await on_paper(desk, "p1")
    await publish(desk, ROTATION[0], (("p1", "p5"), ("p2", "p4")))
    page = words((await desk.get("cards")).text)
    assert "1 card." in page
    assert "Ada Prova Round 1 Table 1 Round 2 Table 1" in page
    assert "Bo Prova" not in page


async def test_without_either_the_page_says_why_there_are_no_cards(site: Site) -> None:
    desk = await group_desk(site)
    assert "No cards for this plan" in (await desk.get("cards")).text
    await publish(desk, ROTATION[0], (("p1", "p5"), ("p2", "p4")))
    assert "No cards for this plan" in (await desk.get("cards")).text


async def test_helpers_get_no_cards(site: Site) -> None:
    desk = await group_desk(site)
    helper = await site.staff(await site.account("Hana Modello"), desk.row, "helper")
    assert (await helper.get(f"/e/{desk.row.id}/cards")).status_code == 403


async def on_paper(desk: Desk, attendee: str) -> None:
    """Mark somebody as having no phone."""
    profile = msgspec.structs.replace(desk.room.people[attendee].profile, paper=True)
    request = Request(actor=staff(desk.account.id), id="paper", command=ChangeProfile(attendee=attendee))
    await desk.room.submit(request, [ProfileRow(attendee=attendee, profile=profile)])
