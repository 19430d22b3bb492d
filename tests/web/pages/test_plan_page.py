"""The plan's page: who meets whom, how good that is in words, and the proof to take away."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from desk import fields, held_rounds, open_desk, publish
from rooms import InlineSolver
from site_double import open_site
from unpacked import unpacked

from event_server.domain.commands import SetPairRule
from event_server.domain.plan_figures import PlanFigures, PriceProof, UnmetWish
from event_server.planning.insight import Conflict, Insight, Limit, Option, Ruling

if TYPE_CHECKING:
    from pathlib import Path

    from desk import Desk
    from site_double import Site

NAMES = ("Ada Prova", "Bo Esempio", "Cleo Finta", "Dario Modello")


async def words(desk: Desk) -> str:
    """Return the page as it is read: tags and line breaks are none of the words."""
    page = (await desk.get("plan")).text
    return " ".join(unescape(page).split())


async def test_plan_shows_tables_sit_outs_and_quality_in_words(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:3])
    assert "No plan yet." in await words(desk)
    await publish(desk, [["p1", "p2"]], [["p1", "p3"]], [["p2", "p3"]], value=1284)
    page = await words(desk)
    assert "with Bo Esempio" in page
    assert page.count("chip-rest") >= 3
    assert "1,284" in page
    assert "0 repeats, 3 meetings" in page
    assert "3 people sit out once, nobody twice" in page
    assert "All wishes are met" in page
    assert "of the best possible" not in page


async def test_who_sits_out_is_listed_with_the_rounds(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:3])
    await publish(desk, [["p1", "p2"]], [["p1", "p3"]], [["p1", "p2"]][:0])
    page = await words(desk)
    assert "3 people sit out, some of them 2 times" in page
    listed = page[page.index("Who sits out, and when") :]
    assert listed.index("Bo Esempio") < listed.index("rounds 2, 3")
    assert "round 3" in listed


async def test_plan_names_the_proven_ceiling_only_when_there_is_one(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:2])
    await publish(desk, [["p1", "p2"]], value=986, bound=1000, unmet=1)
    page = await words(desk)
    assert "98.6%</b> of the best possible, or better" in page
    assert "No plan with the same meetings can be worth over 1,000. At worst 1.4% is missing." in page
    assert "1 wish finds no place" in page


async def test_a_gap_that_nobody_notices_is_called_next_to_nothing(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:2])
    await publish(desk, [["p1", "p2"]], value=999_700, bound=1_000_000)
    page = await words(desk)
    assert "99.97%</b>" in page
    assert (
        'no plan with the same meetings can be worth over 0.031% more. <span class="soft">Proven.</span>'
        in page
    )


async def test_what_only_a_search_has_found_is_said_so(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:2])
    await publish(desk, [["p1", "p2"]], value=986, bound=1000, figures=PlanFigures(search_bound=986))
    page = await words(desk)
    assert "100%</b> of the best possible" in page
    assert "Found by a complete search." in page


async def test_who_gains_least_is_named_with_what_would_be_possible(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:2])
    worst = PlanFigures(worst="p1", worst_total=412, worst_bound=430)
    await publish(desk, [["p1", "p2"]], value=986, bound=1000, figures=worst)
    assert "Who gains least is Ada Prova: 412 points, of 430 with only their best partners" in await words(
        desk
    )


async def test_wishes_without_a_place_are_named_with_deadline_and_reason(site: Site) -> None:
    desk = await open_desk(site, *NAMES)
    await desk.post("people/p1/attendance", id="in1", action="check_in")
    rule = SetPairRule(attendee="p1", other="p4", rule="must")
    await site.submit(desk.row, desk.account, rule)
    unmet = PlanFigures(wishes=(UnmetWish(one="p1", other="p2", by=2, why="fixed_apart"),))
    await publish(desk, [["p1", "p3"]], unmet=1, figures=unmet)
    page = await words(desk)
    assert 'href="#wishes"' in page
    listed = page[page.index('id="wishes"') :]
    assert "by round 2: each has a table of their own" in listed
    assert listed.index("Dario Modello") < listed.index("one of them is not here")


async def test_redo_asks_for_a_plan_from_another_seed(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:2])
    form = fields(await desk.get("plan"), "/plan")
    basis = desk.state.plan_basis
    await desk.post("plan", **{"id": "redo"} | {key: value for key, value in form.items() if key == "id"})
    assert desk.state.plan_basis > basis
    assert desk.state.plan_seed > 0


async def test_held_rounds_stand_in_the_plan_as_history(site: Site) -> None:
    desk = await open_desk(site, *NAMES)
    await held_rounds(desk)
    page = await words(desk)
    assert "is-held" in page
    assert "Round 1, table by table" in page


async def test_no_proof_is_offered_where_there_is_none(site: Site) -> None:
    desk = await open_desk(site, *NAMES[:2])
    await publish(desk, [["p1", "p2"]], value=986, bound=1000)
    assert "proof.zip" not in await words(desk)
    answer = await desk.get("plan/proof.zip")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/e/{desk.row.id}/plan")
    assert "There is no proof of this plan." in await words(desk)


async def test_figures_that_the_file_would_not_bear_out_give_no_file(tmp_path: Path) -> None:
    async with open_site(tmp_path, solver=InlineSolver()) as site:
        desk = await open_desk(site, *NAMES[:2])
        forged = PlanFigures(proof=PriceProof(scale=1, prices={"p1": 1, "p2": 1}))
        await publish(desk, [["p1", "p2"]], value=986, bound=1000, figures=forged)
        assert (await desk.get("plan/proof.zip")).status_code == 303


async def test_the_proof_is_for_organizers_and_the_command_line_confirms_it(tmp_path: Path) -> None:
    async with open_site(tmp_path / "site", solver=InlineSolver()) as site:
        desk = await open_desk(site, *NAMES)
        for number in range(1, 5):
            await desk.post(f"people/p{number}/attendance", id=f"in{number}", action="check_in")
        async with asyncio.timeout(10):
            while not desk.room.planning.has_proof or desk.room.is_planning:
                await asyncio.sleep(0.02)
        assert "proof.zip" in await words(desk)
        answer = await desk.get("plan/proof.zip")
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["content-disposition"] == 'attachment; filename="girotondo-proof.zip"'
        proof = unpacked(answer.content, tmp_path)
        assert proof.verify()[0] == 0
        assert "girotondo verify problem.json plan.json" in (proof.folder / "README.txt").read_text("utf-8")
        helper = await site.staff(await site.account("Hana Modello"), desk.row, "helper")
        assert "proof.zip" not in (await helper.get(f"/e/{desk.row.id}/plan")).text
        assert (await helper.get(f"/e/{desk.row.id}/plan/proof.zip")).status_code == 403


RULES = (
    *(Ruling(kind="must", people=("p1", "p2"), rounds=rounds) for rounds in ((), (2,))),
    Ruling(kind="absent", people=("p1",), rounds=(1, 2, 3)),
    *(Ruling(kind=kind, people=("p1", "p2")) for kind in ("apart", "same_side", "met_before")),
    Ruling(kind="met_before", people=("p1", "p2"), rounds=(1,)),
    Ruling(kind="fixed_table", people=("p1",), table=3),
    Ruling(kind="table_seats", table=3, count=2, rounds=(1,)),
    Ruling(kind="tables", rounds=(2,), count=1),
    Ruling(kind="seats", count=4),
    Ruling(kind="one_meeting", people=("p1",)),
    Ruling(kind="one_trio", rounds=(2,)),
    *(Ruling(kind=kind, count=2) for kind in ("rounds_held", "rounds")),
)
CHANGES = (
    *(Ruling(kind=kind, people=("p1", "p2")) for kind in ("drop", "permit", "meet_again")),
    Ruling(kind="postpone", people=("p1", "p2"), rounds=(3,)),
    Ruling(kind="attend", people=("p1",), rounds=(3,)),
    Ruling(kind="free_seat", people=("p1",)),
    Ruling(kind="add_table", rounds=(3,)),
    Ruling(kind="larger_tables", count=5),
    Ruling(kind="add_round"),
)
LIMITS = (
    Limit(why="odd", least=1, rounds=(1, 2, 3), count=9),
    Limit(why="tables", least=2, rounds=(1,), count=9, partners=3),
    Limit(why="crowd", least=10, rounds=(1, 3), count=45, of=80, partners=35, group="Officina <Finta>"),
    Limit(why="crowd", least=10, rounds=(2,), count=45, of=80, partners=35, colleague=True),
    Limit(why="parts", least=2, rounds=(1,), count=3),
    Limit(why="seats", least=2, rounds=(1, 2), count=9, partners=7),
    Limit(why="apart", least=2, rounds=(1,), count=6, of=16, partners=4, group="Officina <Finta>"),
    Limit(why="apart", least=2, rounds=(2,), count=6, of=16, partners=4, colleague=True),
    Limit(why="again", least=9, rounds=(1, 2, 3)),
    Limit(why="again", least=8, rounds=(1, 2, 3), enough_rounds=2),
    Limit(why="again", least=7, rounds=(1, 2, 3), enough_seats=3),
    Limit(why="again", least=6, rounds=(1, 2, 3), enough_rounds=2, enough_seats=3),
    Limit(why="partners", least=2, rounds=(1, 2, 3), people=("p1", "p2"), count=2, partners=1),
)


async def said_in(desk: Desk, page: str, language: str) -> list[str]:
    """Return the lines of the lists of a page, without tags."""
    answer = await desk.browser.get(f"/e/{desk.row.id}/{page}", headers={"accept-language": language})
    lines = re.findall(r"<li(?: [^>]*)?>(.*?)</li>", answer.text, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in lines]


@pytest.mark.parametrize("language", ["en", "it"])
async def test_every_rule_change_and_limit_has_words_of_its_own(site: Site, language: str) -> None:
    desk = await open_desk(site, *NAMES)
    options = tuple(Option(change=change, met=1, wishes=2) for change in CHANGES)
    conflict = Conflict(rules=RULES, more=3, options=options)
    basis = desk.state.plan_basis
    desk.room.planning._planner.insight = Insight(basis=basis, conflicts=(conflict,), limits=LIMITS)
    lines = await said_in(desk, "plan", language)
    assert len(set(lines)) == len(lines) >= len(RULES) + 1 + len(CHANGES) + len(LIMITS)
    assert not [line for line in lines if "%(" in line or not line or line.startswith(":")]
    named = sum("p1" in said.people for said in (*RULES, *CHANGES, *LIMITS))
    assert sum("Ada Prova" in line for line in lines) == named
    assert set(await said_in(desk, "settings", language)) >= {*lines[-len(LIMITS) :]}


async def test_a_crowd_of_one_organisation_is_said_in_words(site: Site) -> None:
    desk = await open_desk(site, *NAMES)
    basis = desk.state.plan_basis
    desk.room.planning._planner.insight = Insight(basis=basis, limits=LIMITS)
    lines = await said_in(desk, "plan", "en")
    assert (
        "At least 10 people sit out in rounds 1, 3: "
        "45 people from Officina <Finta> of 80 may only meet 35 others." in lines
    )
    assert "At least 1 person sits out in rounds 1\N{EN DASH}3: 9 is an odd number." in lines
    desk.room.planning._planner.insight = Insight(basis=basis - 1, limits=LIMITS)
    assert not await said_in(desk, "plan", "en"), "of an evening that is no more nothing is said"
