"""A new event and its settings: the form changes what it says, and refuses at the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from desk import fields, open_desk

from event_server.domain.affinity import PRESETS
from event_server.domain.messages import Weights

if TYPE_CHECKING:
    from desk import Desk
    from site_double import Site


async def test_new_event_is_made_with_its_rules_and_its_organizer(site: Site) -> None:
    account = await site.account()
    browser = await site.staff(account)
    form = fields(await browser.get("/events/new"), "/events/new")
    form |= {"title": "  Aperitivo   degli incontri ", "place": "Sala B", "starts_at": "2030-05-03T19:30"}
    form |= {"rounds": "5", "tables": "12", "talk_minutes": "4,5", "odd": "trio"}
    made = await browser.post("/events/new", data=form)
    (row,) = await site.services.events.list_for(account.id)
    assert (made.status_code, made.headers["location"]) == (303, f"/e/{row.id}/people")
    assert (row.title, row.place, row.languages) == ("Aperitivo degli incontri", "Sala B", ("en", "it"))
    rules = (await site.services.rooms.open(row.id)).state.rules
    assert (rules.rounds, rules.tables, rules.talk_seconds, rules.odd) == (5, 12, 270.0, "trio")
    settings = await browser.get(f"/e/{row.id}/settings")
    assert 'value="2030-05-03T19:30"' in settings.text
    assert "4.5 min = 0 h 33" in settings.text
    assert "It ends at 20:03." in settings.text


async def test_form_sent_twice_makes_one_event(site: Site) -> None:
    account = await site.account()
    browser = await site.staff(account)
    form = fields(await browser.get("/events/new"), "/events/new") | {"title": "Prova"}
    sent = [await browser.post("/events/new", data=form) for _ in range(2)]
    assert len({response.headers["location"] for response in sent}) == 1
    assert len(await site.services.events.list_for(account.id)) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", " ", "Give the evening a name."),
        ("title", "x" * 81, "at most 80 characters"),
        ("rounds", "0", "Write a number from 1 to 50."),
        ("rounds", "many", "Write a number."),
        ("tables", "1001", "Write a number from 1 to 1000."),
        ("talk_minutes", "0", "Write more than 0 and at most 120 minutes."),
        ("timezone", "Europe/Nowhere", "Choose a time zone of the list."),
        ("starts_at", "tomorrow", "Write a date and a time."),
    ],
)
async def test_bad_input_is_refused_at_its_field_and_makes_no_event(
    site: Site, field: str, value: str, sentence: str
) -> None:
    account = await site.account()
    browser = await site.staff(account)
    form = fields(await browser.get("/events/new"), "/events/new") | {"title": "Prova", field: value}
    refused = await browser.post("/events/new", data=form)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert not await site.services.events.list_for(account.id)


async def settings_form(desk: Desk) -> dict[str, str | list[str]]:
    return fields(await desk.get("settings"), "/settings")


async def test_settings_change_the_rules_and_the_title_and_nothing_else(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    before = desk.state.rules
    form = await settings_form(desk) | {"title": "Altro nome", "tables": "9"}
    saved = await desk.post("settings", **form)
    assert saved.headers["location"] == f"/e/{desk.row.id}/settings"
    assert desk.state.rules.tables == 9
    assert desk.state.rules.rounds == before.rounds
    assert desk.room.card.title == "Altro nome"
    assert "Saved." in (await desk.get("settings")).text


async def test_settings_sent_unchanged_change_nothing(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    version = desk.state.version
    await desk.post("settings", **await settings_form(desk))
    assert desk.state.version == version


async def test_a_table_too_few_is_refused_at_the_tables_and_keeps_what_was_typed(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio")
    await desk.post("people/p1/place", id="a", side="", table="4")
    form = await settings_form(desk) | {"title": "Altro nome", "tables": "3"}
    refused = await desk.post("settings", **form)
    assert refused.status_code == 422
    assert "At least 4 tables are in use." in refused.text
    assert 'value="Altro nome"' in refused.text
    assert desk.state.rules.tables == 4
    assert desk.room.card.title == "Serata <Prova>"


async def test_settings_that_somebody_else_changed_meanwhile_are_refused(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    first, second = await settings_form(desk), await settings_form(desk)
    await desk.post("settings", **first | {"rounds": "2"})
    refused = await desk.post("settings", **second | {"rounds": "1"})
    assert "Somebody else was faster." in refused.text
    assert desk.state.rules.rounds == 2


async def test_more_rounds_than_partners_work_and_are_flagged(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio", "Cleo Finta")
    await desk.post("settings", **await settings_form(desk) | {"rounds": "7"})
    assert desk.state.rules.rounds == 7
    assert "More rounds than partners" in (await desk.get("settings")).text


async def test_a_mix_is_a_preset_or_the_sliders_as_they_stand(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    assert (await settings_form(desk))["preset"] == "networking"
    await desk.post("settings", **await settings_form(desk) | {"preset": "social"})
    assert desk.state.rules.weights == PRESETS["social"]
    form = await settings_form(desk)
    assert (form["preset"], form["weight_sector"]) == ("social", "40")
    await desk.post("settings", **form | {"preset": "own", "weight_values": "25"})
    assert desk.state.rules.weights == msgspec.structs.replace(PRESETS["social"], values=25)
    assert (await settings_form(desk))["preset"] == "own"


async def test_something_must_count_and_nothing_more_than_everything(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    nothing = {f"weight_{name}": "0" for name in Weights.__struct_fields__}
    form = await settings_form(desk) | {"preset": "own"}
    refused = await desk.post("settings", **form | nothing)
    assert "Something must count" in refused.text
    refused = await desk.post("settings", **form | {"weight_goals": "101"})
    assert "Write a number from 0 to 100." in refused.text
    assert desk.state.rules.weights == Weights()


async def test_answers_move_nothing_tonight_unless_the_organizer_says_so(site: Site) -> None:
    desk = await open_desk(site, "Ada Prova")
    assert (desk.state.rules.learn_tonight, desk.state.rules.spread) == (False, True)
    await desk.post("settings", **await settings_form(desk) | {"learn_tonight": "1", "spread": "total"})
    assert (desk.state.rules.learn_tonight, desk.state.rules.spread) == (True, False)
    form = await settings_form(desk)
    assert (form["learn_tonight"], form["spread"]) == ("1", "total")
