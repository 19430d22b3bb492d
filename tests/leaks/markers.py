"""People whose every word can be recognised wherever it turns up, and who may receive which word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from event_server.domain.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Mark = tuple[str, str]
"""Whose word it is, and which field of theirs; or what, and of whom."""

NAMES = ("first", "last")
TEXTS = ("headline", "organisation", "sector", "pronouns", "access_needs")
TAGS = ("interests", "offers", "needs", "languages")
PEOPLE = ("knows", "avoids")
CONTACT = ("email", "phone", "link")
FIELDS = (*NAMES, *TEXTS, *TAGS, *PEOPLE, *CONTACT)

AT_TABLE = (*NAMES, "headline", "organisation", "sector", "interests", "offers", "needs")
"""What tablemates read: the profile form says so beside each field."""

TO_TEAM = tuple(name for name in FIELDS if name not in {"link", *PEOPLE})
"""What organizers and helpers need to run the evening. The link is for mutual contacts alone; whom somebody
knows or would rather not meet is for nobody's eyes."""

TO_DOOR = (*NAMES, "organisation")
SHARED_ALWAYS = ("link",)
SHARES = {"email": "share_email", "phone": "share_phone"}


def word(person: str, name: str) -> str:
    """Return the word that stands for one field of one person, and for nothing else in the world."""
    number = int(person.removeprefix("p"))
    match name:
        case "first":
            return f"Primo{number}qz"
        case "last":
            return f"Ultimo{number}qz"
        case "phone":
            return f"0677009{number:02}1"
        case "email":
            return f"email{number}qz@example.org"
        case "link":
            return f"https://example.org/link{number}qz"
        case _:
            return f"{name.replace('_', '')}{number}qz"


def marked(person: str, *, shares: Iterable[str]) -> Profile:
    """Return a profile in which every field holds its own word; all speak Italian, or nobody could meet."""
    words = {name: word(person, name) for name in (*TEXTS, *CONTACT)}
    words["phone"] = f"+39{words['phone']}"
    tags = {name: (word(person, name),) for name in (*TAGS, *PEOPLE)}
    tags["languages"] = ("it", *tags["languages"])
    return Profile(
        name=f"{word(person, 'first')} {word(person, 'last')}",
        **words,
        **tags,  # type: ignore[arg-type]  # tags are tuples
        **dict.fromkeys(shares, True),  # type: ignore[arg-type]  # flags
    )


def note(author: str, about: str) -> str:
    return f"nota-{author}-su-{about}-qz"


def words_of(people: Iterable[str]) -> dict[Mark, str]:
    """Return every word of everybody's profile."""
    return {(person, name): word(person, name) for person in people for name in FIELDS}


@dataclass
class Allowed:
    """Who must and may receive which words: exactly these, no more and no fewer.

    Attributes:
        met: Attendee -> whom they met.
        mutual: Attendee -> with whom both said yes.
    """

    profiles: Mapping[str, Profile]
    met: Mapping[str, frozenset[str]]
    mutual: Mapping[str, frozenset[str]]
    extra: dict[str, set[Mark]] = field(default_factory=dict)

    def of(self, actor: str) -> set[Mark]:
        """Return the words that ``actor`` gets in the course of the evening."""
        return self._by_role(actor) | self.extra.get(actor, set())

    def _by_role(self, actor: str) -> set[Mark]:
        match actor:
            case "organizer" | "helper":
                return self._of_all(TO_TEAM)
            case "door":
                return self._of_all(TO_DOOR)
            case "projector":
                return self._of_all(NAMES)
            case _ if actor in self.profiles:
                return self._of_guest(actor)
            case _:
                return set()

    def _of_all(self, names: Iterable[str]) -> set[Mark]:
        return {(person, name) for person in self.profiles for name in names}

    def _of_guest(self, me: str) -> set[Mark]:
        own = {(me, name) for name in FIELDS}
        met = {(other, name) for other in self.met[me] for name in AT_TABLE}
        contacts = {(other, name) for other in self.mutual[me] for name in self._shared(other)}
        return own | met | contacts

    def _shared(self, person: str) -> list[str]:
        chosen = [name for name, flag in SHARES.items() if getattr(self.profiles[person], flag)]
        return [*SHARED_ALWAYS, *chosen]
