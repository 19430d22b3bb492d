"""Who is meant by the names people write: whom they know already, whom they would rather not sit with.

Nobody is told whether a name was found: else anybody could learn who is on the list.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from event_server.domain.names import clean_text
from event_server.domain.state import pair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.messages import AttendeeId
    from event_server.domain.profile import Profile
    from event_server.domain.state import Pair


def named_pairs(profiles: Mapping[AttendeeId, Profile], field: Literal["knows", "avoids"]) -> frozenset[Pair]:
    """Return the pairs of whom one names the other in ``field``, by name or e-mail address.

    Of several people with one name all are meant: a wish not to meet must not depend on which of them it is.
    """
    found: set[Pair] = set()
    called = _called(profiles)
    for person, profile in profiles.items():
        for name in getattr(profile, field):
            found.update(pair(person, other) for other in called.get(_key(name), ()) if other != person)
    return frozenset(found)


def _called(profiles: Mapping[AttendeeId, Profile]) -> Mapping[str, list[AttendeeId]]:
    """Return who is called by each name and each address."""
    called: dict[str, list[AttendeeId]] = defaultdict(list)
    for person, profile in profiles.items():
        for key in {_key(profile.name), _key(profile.email)} - {""}:
            called[key].append(person)
    return called


def _key(name: str) -> str:
    """Return a key that is equal for one name with its words in another order or case."""
    return " ".join(sorted(clean_text(name).casefold().split()))
