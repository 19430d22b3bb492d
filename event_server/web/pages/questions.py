"""The questions of an event: read by phones and projector, written by its organizers, one a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from event_server.domain.messages import Refused
from event_server.domain.questions import (
    LEVELS,
    QUESTION_LIMIT,
    QUESTIONS_LIMIT,
    TAG_PLACE,
    checked_deck,
    levels,
)
from event_server.web.cookies import Flash
from event_server.web.decks import deck_hash, deck_of, shipped_deck
from event_server.web.i18n import N_, language_name
from event_server.web.static import ASK_AGAIN, FOR_EVER, asset_of, respond

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.forms import Form
    from event_server.web.static import Asset
    from event_server.web.visit import Visit

WORDS: Final = {
    "about_help": (N_("Who knows meets who seeks"), N_("pruning")),
    "about_both_care": (N_("Both care about the same"), N_("street music")),
    "about_both_want": (N_("Both want the same"), N_("learn something new")),
    "about_other_fields": (N_("Different fields"), N_("school · energy")),
    "opening": (N_("To begin with"), ""),
    "closer": (N_("A little closer"), ""),
    "deeper": (N_("Deep"), ""),
}
"""Level -> what it is called, and what stands for the tag in the preview."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level in the form.

    Attributes:
        text: Its questions, one a line.
        sample: What stands for the tag in the preview; empty where there is none.
    """

    name: str
    title: str
    text: str
    sample: str


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """Context of ``organizer/questions.html``.

    Attributes:
        languages: (code, name) of those there are questions in.
        language: Of the questions shown.
        is_own: The event has its own deck in this language.
        preview: The first question, as a phone shows it.
        most: Questions of a level at most.
    """

    languages: tuple[tuple[str, str], ...]
    language: str
    levels: tuple[Level, ...]
    is_own: bool
    preview: str
    most: int = QUESTIONS_LIMIT
    longest: int = QUESTION_LIMIT


async def show(visit: Visit) -> Response:
    """Show the questions in one language."""
    language = _language(visit, visit.request.query_params.get("language", visit.language))
    deck = await deck_of(visit, language)
    texts = {level: "\n".join(questions) for level, questions in levels(deck).items()}
    return visit.render("organizer/questions.html", await _page(visit, language, texts))


async def save(visit: Visit) -> Response:
    """Keep the questions of one language, or take them back to what was shipped."""
    form = await visit.form()
    language = _language(visit, form.text("language"))
    if form.text("do") == "reset":
        await visit.services.decks.reset(visit.event.id, language)
        return visit.go(_address(visit, language), Flash("ok", N_("The questions are as shipped again.")))
    try:
        deck = checked_deck({level: _lines(form, level) for level in LEVELS})
    except Refused as refused:
        page = await _page(visit, language, {level: form.text(level) for level in LEVELS})
        return visit.render("organizer/questions.html", page, status=422, refused=refused)
    if deck == shipped_deck(visit.services.assets, language):
        await visit.services.decks.reset(visit.event.id, language)
    else:
        await visit.services.decks.write(visit.event.id, language, deck)
    return visit.go(_address(visit, language), Flash("ok", N_("Saved.")))


async def deck(visit: Visit) -> Response:
    """Give the questions in one language: for ever at the address of their content, else for now."""
    language = _language(visit, visit.path("language"))
    body = msgspec.json.encode(await deck_of(visit, language))
    is_current = visit.path("hash") == deck_hash(body)
    cached = (FOR_EVER if is_current else ASK_AGAIN).replace("public", "private")
    return respond(_asset(body), visit.request.headers, cached=cached)


@lru_cache(maxsize=16)
def _asset(body: bytes) -> Asset:
    """Return ``body`` packed, once for all phones of an evening."""
    return asset_of(body, ".json")


def _language(visit: Visit, language: str) -> str:
    if language not in visit.services.catalogs.languages:
        raise Refused("not_found")
    return language


def _lines(form: Form, level: str) -> tuple[str, ...]:
    return tuple(form.text(level).splitlines())


def _address(visit: Visit, language: str) -> str:
    return f"{visit.url('questions')}?language={language}"


async def _page(visit: Visit, language: str, texts: dict[str, str]) -> QuestionsPage:
    catalog = visit.services.catalogs[language]
    shown = tuple(
        Level(
            name=name,
            title=visit.gettext(title),
            text=texts[name],
            sample=catalog.gettext(sample) if sample else "",
        )
        for name, (title, sample) in WORDS.items()
    )
    first = next((level for level in shown if level.text.strip()), None)
    return QuestionsPage(
        languages=tuple((code, language_name(code)) for code in visit.services.catalogs.languages),
        language=language,
        levels=shown,
        is_own=await visit.services.decks.deck(visit.event.id, language) is not None,
        preview=first.text.strip().splitlines()[0].replace(TAG_PLACE, first.sample) if first else "",
    )
