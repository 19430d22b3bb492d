"""The list of people and the page of one: what the forms change, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk import fields, open_desk

if TYPE_CHECKING:
    from site_double import Site


async def test_search_finds_parts_of_names_without_accents_and_badge_codes(site: Site) -> None:
    desk = await open_desk(site, "Noè Prova", "Bo Esempio", "Cleo Finta")
    assert "Cleo Finta" not in (await desk.get("people?q=noe+PRO")).text
    assert "Noè Prova" in (await desk.get("people?q=noe+PRO")).text
    code = desk.room.people["p2"].code
    by_code = (await desk.get(f"people?q={code.lower()}")).text
    assert "Bo Esempio" in by_code
    assert "Cleo Finta" not in by_code
    assert "Nobody matches" in (await desk.get("people?q=zzz")).text


async def test_check_in_rest_return_leave_and_undo_from_the_list(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    for number, (action, status) in enumerate(
        [
            ("check_in", "present"),
            ("rest", "resting"),
            ("return", "present"),
            ("undo", "registered"),
            ("check_in", "present"),
            ("leave", "left"),
        ]
    ):
        sent = await desk.post("people/p1/attendance", id=f"r{number}", action=action, q="ada", status="")
        assert sent.headers["location"] == f"/e/{desk.row.id}/people?q=ada"
        assert desk.state.roster["p1"].status == status
    assert not desk.state.roster["p2"].is_present


async def test_unknown_action_is_refused_and_changes_nothing(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    await desk.post("people/p1/attendance", id="r", action="explode")
    assert desk.state.roster["p1"].status == "registered"
    assert "The form could not be read." in (await desk.get("people")).text


async def test_two_people_of_one_name_are_two_and_flagged(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    for here in ("", "1"):
        form = fields(await desk.get("people/new"), "/people/new") | {"name": "Ada Prova", "here": here}
        await desk.post("people/new", **form)
    assert len(list(desk.state.expected())) == 3
    assert len(desk.state.present()) == 1
    page = await desk.get("people")
    assert page.text.count("similar name") == 3
    assert "Easily confused:" in page.text


async def test_form_sent_twice_adds_one_person(site: Site) -> None:
    desk = await open_desk(site)
    form = fields(await desk.get("people/new"), "/people/new") | {"name": "Bo Esempio", "here": "1"}
    for _ in range(2):
        assert (await desk.post("people/new", **form)).status_code == 303
    assert len(desk.state.present()) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write a name."),
        ("name", "x" * 81, "at most 80 characters"),
        ("email", "no address", "This is no e-mail address."),
        ("seniority", "9", "Choose a number from 1 to 5."),
        ("offers", ",".join(f"tag {n}" for n in range(13)), "At most 12 of these."),
    ],
)
async def test_bad_profiles_are_refused_and_keep_what_was_typed(
    site: Site, field: str, value: str, sentence: str
) -> None:
    desk = await open_desk(site, "Ada Prova")
    form = fields(await desk.get("people/p1"), "/people/p1") | {"headline": "cura un orto", field: value}
    refused = await desk.post("people/p1", **form)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert 'value="cura un orto"' in refused.text
    assert desk.room.people["p1"].profile.headline == ""


async def test_profile_is_saved_and_what_a_person_shares_stays_their_own_choice(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    form = fields(await desk.get("people/p1"), "/people/p1")
    form |= {"offers": "potatura; bandi", "share_email": "1", "link": "https://example.org"}
    await desk.post("people/p1", **form)
    profile = desk.room.people["p1"].profile
    assert profile.offers == ("potatura", "bandi")
    assert not profile.share_email
    assert profile.link == ""


async def test_desk_keeps_what_it_may_not_see_and_changes_the_rest(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    guest = await site.guest(desk.row, "p1")
    secret = {"knows": "Bo Conosciuta", "avoids": "Cleo Evitata", "learning": "1"}
    card = {"id": "c", "name": "Ada Prova", "interests": "orti, musica", "important": "orti"}
    await guest.post(f"/e/{desk.row.id}/card", data=card | secret | {"goals": "learn"})
    page = await desk.get("people/p1")
    assert "Conosciuta" not in page.text
    assert "Evitata" not in page.text
    form = fields(page, "/people/p1")
    assert not set(secret) & set(form)
    assert form["goals"] == "learn"
    await desk.post("people/p1", **form | {"values": ["care"], "seniority": "2", "languages": "Italian, fr"})
    profile = desk.room.people["p1"].profile
    assert (profile.knows, profile.avoids, profile.learning) == (("Bo Conosciuta",), ("Cleo Evitata",), True)
    assert (profile.importance, profile.goals, profile.values) == ({"orti": 3}, ("learn",), ("care",))
    assert (profile.seniority, profile.languages) == (2, ("it", "fr"))


async def test_side_table_and_rules_are_set_and_taken_back(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio", "Cleo Finta")
    await desk.post("people/p1/place", id="a", side="mentor", table="2")
    assert (desk.state.roster["p1"].side, desk.state.roster["p1"].table) == ("mentor", 2)
    await desk.post("people/p1/rule", id="b", other=desk.room.people["p2"].code, rule="must", by="2")
    await desk.post("people/p1/rule", id="c", other="cleo finta", rule="never", by="")
    assert desk.state.pair_rules == {("p1", "p2"): ("must", 2), ("p1", "p3"): ("never", 0)}
    assert "must never meet" in (await desk.get("people/p3")).text
    await desk.post("people/p1/rule", id="d", other_id="p3", rule="none")
    assert desk.state.pair_rule("p1", "p3") == "none"


@pytest.mark.parametrize(
    ("path", "form", "sentence"),
    [
        ("place", {"side": "", "table": "99"}, "There is no table 99."),
        ("place", {"side": "x" * 41, "table": ""}, "at most 40 characters"),
        ("rule", {"other": "Nobody", "rule": "must"}, "Nobody on the list has this name"),
        ("rule", {"other": "Bo Esempio", "rule": "must"}, "2 people have this name"),
        ("rule", {"other": "Ada Prova", "rule": "never"}, "Choose two different people."),
        ("rule", {"other": "Cleo Finta", "rule": "must", "by": "99"}, "There is no such round."),
    ],
)
async def test_impossible_arrangements_are_refused_and_change_nothing(
    site: Site, path: str, form: dict[str, str], sentence: str
) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio", "Bo Esempio", "Cleo Finta")
    version = desk.state.version
    refused = await desk.post(f"people/p1/{path}", id="a", **form)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert desk.state.version == version


async def test_reset_badge_opens_nothing_any_more_and_ends_the_phones_login(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    token, phone = await site.badge(desk.row, "p1"), site.browser()
    await phone.post("/b", data={"secret": token})
    assert (await phone.get(f"/e/{desk.row.id}/card")).status_code == 200
    await desk.post("people/p1/badge", id="a")
    assert (await phone.get(f"/e/{desk.row.id}/card")).status_code in {303, 401}
    assert (await site.browser().post("/b", data={"secret": token})).status_code == 403
    assert await site.badge(desk.row, "p1") != token


async def test_erasing_needs_the_code_and_leaves_a_guest_with_a_number(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    code = desk.room.people["p1"].code
    refused = await desk.post("people/p1/erase", id="a", confirm="nope")
    assert refused.status_code == 422
    assert not desk.state.roster["p1"].erased
    await desk.post("people/p1/erase", id="b", confirm=code.lower())
    assert desk.state.roster["p1"].erased
    assert "p1" not in await site.services.people.people(desk.row.id)
    assert "Ada Prova" not in (await desk.get("people")).text
    assert (await desk.get("people/p1")).status_code == 404


async def test_people_are_shown_a_hundred_at_a_time(site: Site) -> None:
    desk = await open_desk(site, *(f"Persona Numero{number:03}" for number in range(130)))
    first, second = await desk.get("people"), await desk.get("people?page=2")
    assert "Numero099" in first.text
    assert "Numero100" not in first.text
    assert "Numero129" in second.text
    assert (await desk.get("people?page=nonsense")).status_code == 200
