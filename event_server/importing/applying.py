"""From an import that was looked at to the commands that carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.commands import AddAttendees, ChangeProfile
from event_server.domain.private import Private, ProfileRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.domain.messages import AttendeeId
    from event_server.importing.plan import ImportPlan

Step = tuple[AddAttendees | ChangeProfile, list[Private]]


def steps(plan: ImportPlan, new_id: Callable[[], AttendeeId]) -> list[Step]:
    """Return the commands that carry ``plan`` out, each with the rows of its transaction.

    All rows travel with the first command, so that an import is all or nothing; those after it only say whose
    profile has changed, for screens to look again.

    Args:
        plan: What is new and what changes.
        new_id: Makes the id of somebody new.
    """
    profiles: list[Private] = [
        ProfileRow(attendee=new_id(), profile=row.profile, source_key=row.key)
        for row in plan.new
        if row.profile
    ]
    new = tuple(row.attendee for row in profiles if isinstance(row, ProfileRow))
    profiles += [
        ProfileRow(attendee=change.attendee, profile=change.profile, source_key=change.row.key)
        for change in plan.changed
    ]
    found: list[Step] = [(AddAttendees(attendees=new), [])] if new else []
    found += [(ChangeProfile(attendee=change.attendee), []) for change in plan.changed]
    return [(command, profiles if place == 0 else rows) for place, (command, rows) in enumerate(found)]
