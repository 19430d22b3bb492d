"""The words of an evening's people: which are tags of their own, and which an organizer says are the same."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from event_server.domain.commands import MergeTags
from event_server.domain.messages import Refused
from event_server.domain.names import clean_text, folded
from event_server.domain.phases import ALLOWED
from event_server.domain.private import TagMergeRow
from event_server.domain.profile import TAG_LIMIT
from event_server.tags.book import free_key
from event_server.tags.curated import curated
from event_server.tags.suggest import suggestions
from event_server.web.i18n import N_
from event_server.web.pages.listing import Page, page_of
from event_server.web.pages.tag_fields import TAG_WORDS, TagWord, tag_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from event_server.tags.book import TagBook
    from event_server.views.scene import Scene
    from event_server.web.forms import Form
    from event_server.web.visit import Visit

SUGGESTED: Final = 3
PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class FreeTag:
    """A word that means no curated tag.

    Attributes:
        key: Of the free tag.
        people: How many wrote it, or a word that was merged into it.
        suggestions: (key, name) of tags that it may be the same as.
    """

    key: str
    word: str
    people: int
    suggestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTag:
    """A word that is read as a tag it does not spell; empty ``name``: kept apart though it looks mistyped."""

    key: str
    word: str
    name: str


@dataclass(frozen=True, slots=True)
class TagsPage:
    """Context of ``organizer/tags.html``.

    Attributes:
        merged: Words that organizers merged or kept apart, which can be undone.
        mistyped: Words read as typing errors.
        curated: Words for choosing.
        can_merge: The evening is not closed.
    """

    listed: Page[FreeTag]
    merged: tuple[ReadTag, ...]
    mistyped: tuple[ReadTag, ...]
    curated: tuple[TagWord, ...]
    can_merge: bool


class _Words:
    """The words of everybody on the list, by the tag they mean."""

    def __init__(self, scene: Scene) -> None:
        self.book: TagBook = scene.tags
        self.language = scene.language
        self.spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.people: Counter[str] = Counter()
        for person in scene.state.expected():
            known = scene.people.get(person.id)
            if known is not None:
                self._take([word for field in TAG_WORDS for word in getattr(known.profile, field)])

    def _take(self, words: Iterable[str]) -> None:
        """Count what one person wrote: each tag once."""
        for word in words:
            self.spellings[free_key(word)][word] += 1
        self.people.update({self.book.key(word) for word in words})

    def spelled(self, key: str) -> str:
        """Return how people write ``key`` most often."""
        return self.spellings[key].most_common(1)[0][0] if key in self.spellings else key

    def free(self) -> list[FreeTag]:
        """Return the free tags, those of most people first."""
        free = [key for key in self.people if self.book.is_free(key)]
        tags = [FreeTag(key, self.spelled(key), self.people[key]) for key in free]
        return sorted(tags, key=lambda tag: (-tag.people, folded(tag.word)))

    def merged(self) -> tuple[ReadTag, ...]:
        """Return the words that people here wrote and organizers gave a meaning, here or before."""
        keys = sorted(self.spellings.keys() & self.book.merges.keys())
        return tuple(self._read(key) for key in keys if key == self.book.merges[key] or self._differs(key))

    def mistyped(self) -> tuple[ReadTag, ...]:
        """Return the words that are read as typing errors."""
        return tuple(self._read(key) for key in sorted(self.spellings) if self.book.mended(key) != key)

    def _differs(self, key: str) -> bool:
        return self.book.key(key) != key

    def _read(self, key: str) -> ReadTag:
        meant = self.book.key(key)
        name = self.book.label(meant, self.language) if not self.book.is_free(meant) else self.spelled(meant)
        return ReadTag(key, self.spelled(key), "" if meant == key else name)


async def show(visit: Visit) -> Response:
    """Show the words that mean no curated tag, and what can be made of them."""
    number = visit.request.query_params.get("page", "1")
    # Thousands of words are compared, and the first time a model may be loaded: phones must not wait for it.
    page = await asyncio.to_thread(tags_page, visit.scene(), number)
    return visit.render("organizer/tags.html", page)


async def merge(visit: Visit) -> Response:
    """Say that a word means another tag, is no typing error, or is a word of its own again."""
    form = await visit.form()
    scene = visit.scene()
    alias = free_key(form.text("alias"))
    words = await asyncio.to_thread(_Words, scene)
    if alias not in words.spellings:
        raise Refused("tag_unknown")
    if curated().meaning(alias):
        raise Refused("tag_curated")
    target = _target(form, scene.tags, alias)
    await visit.submit(MergeTags(), private=[TagMergeRow(alias=alias, target=target)])
    said = {"": N_("“%(word)s” is read as before."), alias: N_("“%(word)s” is a word of its own.")}
    return visit.redirect(
        "tags",
        flash=said.get(target, N_("“%(word)s” now means “%(tag)s”, here and on other evenings.")),
        word=words.spelled(alias),
        tag=scene.tags.label(target, scene.language),
    )


def tags_page(scene: Scene, number: str) -> TagsPage:
    """Return the words of everybody on the list of ``scene``."""
    words = _Words(scene)
    free = words.free()
    page = page_of(free, number, size=PAGE_SIZE)
    known = tuple(tag.word for tag in free)
    return TagsPage(
        listed=Page(
            items=tuple(_suggested(scene, tag, known) for tag in page.items),
            number=page.number,
            pages=page.pages,
            total=page.total,
        ),
        merged=words.merged(),
        mistyped=words.mistyped(),
        curated=tag_words(scene.language),
        can_merge=MergeTags in ALLOWED[scene.state.phase],
    )


def _suggested(scene: Scene, tag: FreeTag, known: tuple[str, ...]) -> FreeTag:
    found = suggestions(tag.word, known, SUGGESTED)
    named = tuple((other, scene.tags.label(other, scene.language)) for other in found)
    return FreeTag(tag.key, tag.word, tag.people, named)


def _target(form: Form, book: TagBook, alias: str) -> str:
    """Return the key that ``alias`` is to mean: empty to undo, itself to be kept apart.

    Raises:
        Refused: ``text_missing``, ``tag_too_long`` or ``tags_same``.
    """
    match form.text("do"):
        case "undo":
            return ""
        case "apart":
            return alias
    target = clean_text(form.text("target"))
    if not target:
        raise Refused("text_missing")
    if len(target) > TAG_LIMIT:
        raise Refused("tag_too_long", limit=TAG_LIMIT, length=len(target))
    key = book.key(target)
    if key == book.key(alias):
        raise Refused("tags_same")
    return key
