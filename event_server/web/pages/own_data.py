"""Everything kept about a guest, for the guest; never what others said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from event_server.domain import results

if TYPE_CHECKING:
    from event_server.domain.lessons import Lesson
    from event_server.domain.messages import AttendeeId
    from event_server.views.scene import Scene
    from event_server.web.visit import Visit


async def download(visit: Visit) -> Response:
    """Give the guest their data as a file."""
    data = own_data(visit.scene(), visit.attendee, visit.room.lesson(visit.attendee))
    body = msgspec.json.format(msgspec.json.encode(data), indent=2)
    headers = {"Content-Disposition": 'attachment; filename="girotondo-my-data.json"'}
    return Response(body, headers=headers, media_type="application/json")


def own_data(scene: Scene, me: AttendeeId, lesson: Lesson | None = None) -> dict[str, Any]:
    """Return what ``me`` told us, where they sat with whom, and what their own answers taught.

    What answers about them taught is the word of others, and is not told: they can have it deleted.
    """
    state, person = scene.state, scene.people.get(me)
    return {
        "event": {"title": scene.card.title, "place": scene.card.place, "starts_at": scene.card.starts_at},
        "profile": person.profile if person is not None else None,
        "badge_code": person.code if person is not None else "",
        "status": state.roster[me].status.value,
        "arrived_at": state.roster[me].arrived_at,
        "rounds": [
            {
                "round": held.number,
                "table": held.table_of(me),
                "with": [scene.name(other) for other in held.partners_of(me)],
            }
            for held in state.rounds
            if held.is_held
        ],
        "met": [
            {"name": scene.name(other), "round": number} for other, number in results.people_met(state, me)
        ],
        "answers": [
            {"about": scene.name(about), "round": number, "answer": answer}
            for (about, number), answer in state.answers.get(me, {}).items()
        ],
        "learned_from_earlier_answers": None
        if lesson is None
        else {"sum": lesson.given_sum, "count": lesson.given_count},
        "notes": [
            {"about": scene.name(about), "round": number, "text": text}
            for (author, about, number), text in scene.notes.items()
            if author == me
        ],
    }
