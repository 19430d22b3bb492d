"""Badges to print: eight a page, each with the personal QR that lets its holder in with one tap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from event_server.domain.names import folded
from event_server.domain.profile import first_name, last_name
from event_server.exporting.qr import QrPath, qr_path

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId
    from event_server.views.scene import Person, Scene
    from event_server.web.visit import Visit

_STEPS: Final = ((18, "badge-first-18"), (14, "badge-first-14"), (11, "badge-first-11"), (9, "badge-first-9"))
_LINE: Final = 60
"""Letters of what somebody offers or seeks that fit on two lines."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge; ``size`` is the class that makes a long first name fit."""

    first: str
    last: str
    size: str
    offers: str
    needs: str
    code: str
    qr: QrPath


@dataclass(frozen=True, slots=True)
class BadgesPage:
    """Context of ``print/badges.html``.

    Attributes:
        rounds: Beads to tick on each badge.
        only: The badge of one person alone is asked for.
        address: Where the codes lead; a phone in the room must reach it.
    """

    badges: tuple[Badge, ...]
    title: str
    rounds: int
    only: bool
    address: str


async def show(visit: Visit) -> Response:
    """Show the badges of everybody, or of the one person asked for with ``who``."""
    scene = visit.scene()
    who = visit.request.query_params.get("who", "")
    people = _people(scene, who)
    tokens = await visit.services.claims.badge_tokens(visit.event.id, list(people), visit.services.secret)
    address = visit.absolute("claim")
    badges = [badge(person, f"{address}#{tokens[attendee]}") for attendee, person in people.items()]
    page = BadgesPage(
        badges=tuple(badges),
        title=visit.event.title,
        rounds=scene.state.rules.rounds,
        only=bool(who),
        address=visit.base_url,
    )
    return visit.render("print/badges.html", page)


def badge(person: Person, link: str) -> Badge:
    """Return the badge of ``person`` with a code that opens ``link``."""
    profile = person.profile
    first = first_name(profile.name)
    longest = max(len(part) for part in (*first.split("-"), first[: len(first) // 2]))
    letters = max(longest, len(first) if len(first) < _STEPS[0][0] else longest)
    return Badge(
        first=first,
        last=last_name(profile.name),
        size=next((size for least, size in _STEPS if letters >= least), ""),
        offers=_line(profile.offers),
        needs=_line(profile.needs),
        code=person.code,
        qr=qr_path(link),
    )


def _people(scene: Scene, who: str) -> dict[AttendeeId, Person]:
    expected = [person.id for person in scene.state.expected() if who in {"", person.id}]
    known = [(attendee, scene.people[attendee]) for attendee in expected if attendee in scene.people]
    return dict(sorted(known, key=lambda item: folded(item[1].profile.name)))


def _line(tags: tuple[str, ...]) -> str:
    """Return as many of ``tags`` as fit, whole, the first one in any case."""
    line = ""
    for tag in tags:
        longer = f"{line}, {tag}" if line else tag
        if line and len(longer) > _LINE:
            break
        line = longer
    return line if len(line) <= _LINE else f"{line[: _LINE - 1]}…"
