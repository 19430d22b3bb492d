"""What is left of a fact when somebody it speaks about is forgotten.

How it works: the rows of a journal stay, or versions would have gaps, but they no longer tell what was said
or about whom. Author, actor and command id stay: the state remembers them, and blanked and full rows must
replay to the same state once ``AttendeeErased`` is reached. Nobody has the empty id, so an answer about it
changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.facts import AnswerGiven, AttendeeErased, NoteSaved, PairRuleSet
from event_server.domain.private import ErasureRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from event_server.domain.facts import Fact
    from event_server.domain.messages import AttendeeId
    from event_server.domain.private import Private
    from event_server.storage.journal import Draft

NOBODY = ""

BLANKED_TYPES = (AnswerGiven.__name__, NoteSaved.__name__, PairRuleSet.__name__)
"""Names of the facts that say what one person thinks of another, or what the organizers think of two."""


def blanked(fact: Fact, erased: AttendeeId) -> Fact:
    """Return ``fact`` without what it says by or about ``erased``; the same object if that is nothing."""
    match fact:
        case AnswerGiven(attendee=author, about=about) if erased in {author, about}:
            return AnswerGiven(attendee=author, about=NOBODY, round=0)
        case NoteSaved(attendee=author, about=about) if erased in {author, about}:
            return NoteSaved(attendee=author, about=NOBODY, round=0)
        case PairRuleSet(attendee=one, other=other) if erased in {one, other}:
            return PairRuleSet(attendee=erased, other=NOBODY, rule="none")
        case _:
            return fact


def erased_by(drafts: Sequence[Draft], private: Iterable[Private]) -> tuple[AttendeeId, ...]:
    """Return whom a transaction forgets: the fact alone is enough, so that no caller can forget half."""
    facts = (draft.fact.attendee for draft in drafts if isinstance(draft.fact, AttendeeErased))
    rows = (row.attendee for row in private if isinstance(row, ErasureRow))
    return tuple(dict.fromkeys([*facts, *rows]))
