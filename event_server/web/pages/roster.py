"""Finding people: by the id in an address, or by what somebody typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.domain.names import name_key
from event_server.storage.attendees import typed_code
from event_server.storage.tokens import attendee_id_of, new_attendee_id

if TYPE_CHECKING:
    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import Attendee
    from event_server.views.scene import Scene
    from event_server.web.forms import Form
    from event_server.web.visit import Visit


def known_person(visit: Visit, attendee: str) -> Attendee:
    """Return the person with this id, as an address names them.

    Raises:
        Refused: ``not_found`` if nobody has it, or they were erased.
    """
    person = visit.room.state.roster.get(attendee)
    if person is None or person.erased:
        raise Refused("not_found")
    return person


def person_called(scene: Scene, text: str, *, field: str) -> Attendee:
    """Return the person with this badge code or this name.

    Raises:
        Refused: ``person_not_found`` or ``person_ambiguous``; the detail names the field.
    """
    code, key = typed_code(text), name_key(text)
    people = [(person, scene.people.get(person.id)) for person in scene.state.expected()]
    by_code = [person for person, known in people if known and known.code == code]
    found = by_code or [person for person, known in people if known and name_key(known.profile.name) == key]
    if not text.strip() or not found:
        raise Refused("person_not_found", field=field)
    if len(found) > 1:
        raise Refused("person_ambiguous", field=field, count=len(found))
    return found[0]


def id_of_new(visit: Visit, form: Form) -> AttendeeId:
    """Return the id of the person that a form adds: a form sent twice adds one person."""
    request = form.text("id")
    if not request:
        return new_attendee_id()
    return attendee_id_of(f"{visit.grant.actor}:{request}")
