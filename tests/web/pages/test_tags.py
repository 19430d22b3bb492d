"""The page of words: which nobody's list knows, what they may mean, merged, taken back, kept apart."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from desk import Desk, open_desk

from event_server.domain.commands import ChangeProfile, CloseEvent, Request
from event_server.domain.messages import staff
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile, checked
from event_server.tags import semantic

if TYPE_CHECKING:
    from site_double import Site


WORDS = {
    "p1": {"interests": ("Fole romagnole", "orti urbani"), "offers": ("corso di potatura",)},
    "p2": {"interests": ("fole romagnole",), "needs": ("favole della Romagna", "potatra")},
    "p3": {"interests": ("fole romagnole", "Fole Romagnole"), "languages": ("klingon",)},
}


@pytest.fixture(autouse=True)
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "_PACKAGE", "package_that_is_not_there")


async def desk_with_words(site: Site) -> Desk:
    desk = await open_desk(site, "Ada Prova", "Bo Esempio", "Cleo Finta")
    for attendee, said in WORDS.items():
        profile = checked(Profile(name=desk.room.people[attendee].profile.name, **said))
        request = Request(actor=staff("fay"), id=attendee, command=ChangeProfile(attendee=attendee))
        await desk.room.submit(request, [ProfileRow(attendee=attendee, profile=profile)])
    return desk


async def words_on(desk: Desk) -> list[str]:
    """Return what the page says, one line a word."""
    page = unescape((await desk.get("tags")).text)
    found = re.findall(r'<p class="word-name">(.*?)</p>', page)
    return [" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in found]


async def test_free_words_are_listed_by_how_many_people_wrote_them(site: Site) -> None:
    desk = await desk_with_words(site)
    assert await words_on(desk) == [
        "fole romagnole 3 people",
        "corso di potatura 1 person",
        "favole della Romagna 1 person",
        "potatra = pruning",
    ]


async def test_suggestion_is_one_tap_and_can_be_undone(site: Site) -> None:
    desk = await desk_with_words(site)
    page = (await desk.get("tags")).text
    assert 'name="target" value="pruning"' in page
    basis = desk.state.plan_basis
    merged = await desk.post("tags", id="m", alias="corso di potatura", target="pruning")
    assert merged.headers["location"] == f"/e/{desk.row.id}/tags"
    assert desk.room.scene().tags.key("Corso di potatura") == "pruning"
    assert desk.state.plan_basis == basis + 1
    assert "“corso di potatura” now means “pruning”" in unescape((await desk.get("tags")).text)
    assert "corso di potatura = pruning" in await words_on(desk)
    await desk.post("tags", id="u", alias="corso di potatura", do="undo")
    assert "corso di potatura 1 person" in await words_on(desk)
    assert desk.room.people["p1"].profile.offers == ("corso di potatura",), (
        "the words stay as they were written"
    )


async def test_word_is_merged_into_one_that_is_typed_free_or_mistyped(site: Site) -> None:
    desk = await desk_with_words(site)
    await desk.post("tags", id="a", alias="favole della romagna", target="Fole  Romagnole")
    assert "favole della Romagna = fole romagnole" in await words_on(desk)
    assert "fole romagnole 3 people" in await words_on(desk)
    await desk.post("tags", id="b", alias="fole romagnole", target="racontare storie")
    tags = desk.room.scene().tags
    assert {tags.key("fole romagnole"), tags.key("favole della Romagna")} == {"storytelling"}


async def test_next_evening_of_the_team_profits_and_hears_no_word_of_others(site: Site) -> None:
    desk = await desk_with_words(site)
    await desk.post("tags", id="a", alias="fole romagnole", target="storytelling")
    assert "romagnole" in (await desk.get("tags")).text
    row = await site.event("Dario Prova", account=desk.account)
    other = await site.services.rooms.open(row.id)
    assert other.scene().tags.key("Fole romagnole") == "storytelling"
    assert "romagnole" not in (await desk.browser.get(f"/e/{row.id}/tags")).text


async def test_word_that_is_no_typing_error_is_kept_apart(site: Site) -> None:
    desk = await desk_with_words(site)
    await desk.post("tags", id="a", alias="potatra", do="apart")
    assert "potatra 1 person" in await words_on(desk)
    assert "potatra is a word of its own" in await words_on(desk)
    await desk.post("tags", id="b", alias="potatra", do="undo")
    assert "potatra = pruning" in await words_on(desk)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"alias": "nobody said so", "target": "pruning"}, "Nobody on the list has this word."),
        ({"alias": "fole romagnole", "target": " "}, "Write something first."),
        ({"alias": "fole romagnole", "target": "x" * 41}, "at most 40 characters"),
        ({"alias": "fole romagnole", "target": "Fole romagnole"}, "These two mean the same already."),
        (
            {"alias": "orti urbani", "target": "wine"},
            "This word is on the list already: it keeps its meaning.",
        ),
    ],
)
async def test_merge_that_means_nothing_is_refused_and_leaves_no_trace(
    site: Site, form: dict[str, str], sentence: str
) -> None:
    desk = await desk_with_words(site)
    version = desk.state.version
    refused = await desk.post("tags", id="a", **form)
    assert refused.headers["location"] == f"/e/{desk.row.id}/tags"
    assert sentence in (await desk.get("tags")).text
    assert (desk.state.version, desk.room.scene().tags.merges) == (version, {})


async def test_closed_evening_shows_its_words_and_takes_no_more(site: Site) -> None:
    desk = await desk_with_words(site)
    closing = Request(actor=staff("fay"), id="end", command=CloseEvent(), expect=desk.state.control_version)
    await desk.room.submit(closing)
    assert "<button" not in (await desk.get("tags")).text.partition("<main")[2].partition("</main")[0]
    await desk.post("tags", id="a", alias="fole romagnole", target="storytelling")
    assert "This is not possible at this point" in (await desk.get("tags")).text
    assert desk.room.scene().tags.merges == {}
