"""What a closed evening taught about those who agreed, for evenings to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.lessons import Lesson
from event_server.planning.briefing import briefing_of, ratings_of_evening
from event_server.planning.matching import lessons_of, ratings_of
from event_server.planning.problems import task_of
from schedulers.learning import learn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import LiveEvent
    from event_server.planning.briefing import Background


def lessons_taught(state: LiveEvent, known: Background) -> Mapping[AttendeeId, Lesson]:
    """Return for everybody who agrees how far tonight's answers lay from what profiles let expect.

    Only answers between two who both agree teach. Of each person sums and counts are left, no single answer.
    """
    answers = ratings_of_evening(state, known.profiles)
    if not answers:
        return {}
    briefing = briefing_of(state, known, here=())
    index = {person.id: i for i, person in enumerate(briefing.people)}
    task = task_of(briefing)
    before = lessons_of([person.lesson for person in briefing.people])
    taught = learn(task.match.content, ratings_of(answers, index), task.stated.may_meet(), before).taught
    return {
        person.id: Lesson(
            given_sum=float(taught.given_sum[i]),
            given_count=float(taught.given_count[i]),
            received_sum=float(taught.received_sum[i]),
            received_count=float(taught.received_count[i]),
        )
        for i, person in enumerate(briefing.people)
        if taught.given_count[i] or taught.received_count[i]
    }
