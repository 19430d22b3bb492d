"""Who met whom, kept across events, so that nobody is sent to the same conversation again next month.

How it works: a closed event leaves one row for each meeting, from person to person. A person is found again
at a later event by the e-mail address of the organizers' list; rows go with either person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from event_server.domain.state import pair
from event_server.storage.tables import attendees, people, results

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Select

    from event_server.domain.state import Pair
    from event_server.storage.database import Database


class HistoryStore:
    """Meetings of closed events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write_results(
        self, event: str, meetings: Iterable[tuple[Pair, int]], mutual: Collection[Pair], *, at: float
    ) -> None:
        """Keep the meetings (pair, round) of an event that was closed at ``at``; harmless to repeat.

        People without a profile, such as erased ones, leave no history.
        """
        async with self._database.writing() as connection:
            query = select(attendees.c.attendee, attendees.c.person).where(attendees.c.event == event)
            person_of = dict((await connection.execute(query)).all())
            await connection.execute(delete(results).where(results.c.event == event))
            rows = [
                {
                    "event": event,
                    "one": person_of[one],
                    "other": person_of[other],
                    "round": number,
                    "met_at": at,
                    "mutual": pair(one, other) in mutual,
                }
                for (one, other), number in meetings
                if one in person_of and other in person_of
            ]
            if rows:
                await connection.execute(insert(results), rows)

    async def met_before(self, event: str) -> frozenset[Pair]:
        """Return the pairs of attendees of ``event`` who met at another event."""
        one, other = _selves(event).subquery("one"), _selves(event).subquery("other")
        met = (
            select(one.c.attendee, other.c.attendee)
            .join_from(results, one, results.c.one == one.c.person)
            .join(other, results.c.other == other.c.person)
            .where(results.c.event != event, one.c.attendee != other.c.attendee)
            .distinct()
        )
        async with self._database.reading() as connection:
            return frozenset(pair(a, b) for a, b in await connection.execute(met))


def _selves(event: str) -> Select[Any]:
    """Return the query for attendee -> the persons they are or were at any event."""
    now, then = people.alias("now"), people.alias("then")
    return (
        select(attendees.c.attendee, then.c.id.label("person"))
        .join_from(attendees, now, attendees.c.person == now.c.id)
        .join(then, then.c.email_key == now.c.email_key)
        .where(attendees.c.event == event, now.c.email_key != "")
    )
