"""Why these two: facts from their profiles, the same for both, each phrased for its reader by the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from event_server.views.scene import View

if TYPE_CHECKING:
    from event_server.domain.profile import Profile

MOST_REASONS = 2

Kind = Literal["they_help", "you_help", "both_care"]


class Reason(View, frozen=True):
    """One fact: ``they_help`` (with what I need), ``you_help`` (with what they need), ``both_care``."""

    kind: Kind
    tag: str


def reasons(me: Profile, other: Profile) -> tuple[Reason, ...]:
    """Return at most two facts that join two people: giving each way, then interests, then more."""
    they = [Reason(kind="they_help", tag=tag) for tag in _shared(me.needs, other.offers)]
    you = [Reason(kind="you_help", tag=tag) for tag in _shared(me.offers, other.needs)]
    both = [Reason(kind="both_care", tag=tag) for tag in _shared(me.interests, other.interests)]
    # The order must not depend on who looks: both are to read the same two facts.
    more = sorted([*they[1:], *you[1:]], key=lambda reason: reason.tag.casefold())
    return tuple([*they[:1], *you[:1], *both, *more][:MOST_REASONS])


def _shared(mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    known = {tag.casefold() for tag in theirs}
    return sorted((tag for tag in mine if tag.casefold() in known), key=str.casefold)
