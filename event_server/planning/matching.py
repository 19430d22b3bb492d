"""How well people fit, as an evening is planned: by profiles, open asks, and what answers taught.

How it works: profiles give every two people a value; needs that somebody met tonight can help with count less
from then on. Where people agreed, what closed evenings taught moves the values that are planned by, and so do
tonight's answers if the rules say so. What is shown of a plan knows profiles only (`Match.shown`): nothing
that leaves the server can tell how somebody was rated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from event_server.domain.lessons import Lesson
from schedulers.affinity import AffinityProfile, ComponentWeights, content, match_weights
from schedulers.learning import Ratings, answer_value, learn
from schedulers.lessons import Lessons
from schedulers.schedule import meeting_counts
from schedulers.utility import utility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId, Weights
    from event_server.planning.briefing import Briefing, Planned, Rated
    from schedulers.matrices import Matrix
    from schedulers.problem import BoolArray, IntArray, WeightArray

NO_LESSON = Lesson()


@dataclass(frozen=True, slots=True)
class Match:
    """Values of all pairs.

    Attributes:
        content: By profiles, 0 to 1.
        shown: The same as weights.
    """

    content: Matrix
    shown: WeightArray


def match_of(briefing: Briefing, held: IntArray, acquainted: Sequence[tuple[int, int]]) -> Match:
    """Return how well all pairs fit by their profiles.

    Args:
        briefing: Who is planned, and what counts.
        held: Rounds already called, shape ``(called rounds, n)``.
        acquainted: Index pairs of people who know each other.
    """
    weights = component_weights(briefing.weights)
    together = meeting_counts(held) > 0
    values = content(_profiles(briefing.people, together), weights, acquainted=acquainted)
    if together.any():
        # What a held meeting was worth stays: that its asks are answered by now is what it was for.
        nobody = np.zeros_like(together)
        before = content(_profiles(briefing.people, nobody), weights, acquainted=acquainted)
        values = np.where(together, before, values)
    return Match(values, match_weights(values))


def component_weights(weights: Weights) -> ComponentWeights:
    """Return the weights of an event as the solver's model takes them."""
    return ComponentWeights(**{name: float(w) for name, w in msgspec.structs.asdict(weights).items()})


def planned_weights(briefing: Briefing, match: Match, allowed: BoolArray) -> WeightArray:
    """Return the weights to plan by: those shown, moved by what answers taught where people agreed."""
    if not briefing.ratings and all(person.lesson is None for person in briefing.people):
        return match.shown
    index = {person.id: i for i, person in enumerate(briefing.people)}
    lessons = lessons_of([person.lesson for person in briefing.people])
    learned = learn(match.content, ratings_of(briefing.ratings, index), allowed, lessons)
    contacts = np.array([person.contacts for person in briefing.people])
    gamma = 1.0 if briefing.spread else 0.0
    return match_weights(utility(match.content, learned, allowed, contacts=contacts, gamma=gamma))


def ratings_of(answers: Sequence[Rated], index: dict[AttendeeId, int]) -> Ratings:
    """Return answers as the model takes them, without those that say nothing or are about strangers."""
    return Ratings.of(
        (index[said.author], index[said.about], said.round, value)
        for said in answers
        if said.author in index and said.about in index
        if (value := answer_value(said.again, said.rating, said.heard)) is not None
    )


def lessons_of(lessons: Sequence[Lesson | None]) -> Lessons:
    """Return what closed evenings taught about each person as the model takes it."""
    known = [NO_LESSON if lesson is None else lesson for lesson in lessons]
    return Lessons(
        **{name: np.array([getattr(lesson, name) for lesson in known]) for name in Lesson.__struct_fields__}
    )


def _profiles(people: Sequence[Planned], met: BoolArray) -> list[AffinityProfile]:
    """Return what counts of each person; a need is met when its owner met somebody who offers it."""
    return [
        AffinityProfile(
            interests=person.interests,
            offers=frozenset(person.offers),
            needs=frozenset(person.needs),
            met_needs=frozenset(person.needs)
            & frozenset(tag for other in np.flatnonzero(met[i]).tolist() for tag in people[other].offers),
            values=frozenset(person.values),
            goals=frozenset(person.goals),
            sector=person.sector,
            organisation=person.organisation,
        )
        for i, person in enumerate(people)
    ]
