"""What the planner must know of an evening, as data that travels to the worker process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from event_server.domain.affinity import MIDDLING
from event_server.domain.commands import Again
from event_server.domain.lessons import Lesson
from event_server.domain.messages import AttendeeId, Seating, Weights
from event_server.domain.phases import Phase
from event_server.domain.results import mutual_pairs
from event_server.domain.seating import PAIR, blocked, goes_by_card
from event_server.domain.state import LiveEvent, Pair, pair
from event_server.planning.acquaintance import named_pairs
from event_server.tags.book import TagBook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from event_server.domain.profile import Profile
    from event_server.domain.state import Attendee


Aim: TypeAlias = tuple[int, int]
"""What a plan is made for: the ``plan_basis``, and how many rounds are called."""

MOST_PROVEN = 2000
"""People up to which a proof is written: their weights are eight megabytes, and grow with the square."""


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the planner sees them; tags, sector and organisation are keys that are equal for the same.

    Attributes:
        here: They take part in rounds to come.
        interests: Tag -> how much it matters, 1 to 3.
        seniority: 1 (beginning) to 5 (leading), or none.
        lesson: What closed evenings taught, of who agreed.
        contacts: Mutual contacts so far, where tonight's answers may move pairings.
    """

    id: AttendeeId
    here: bool
    side: str | None = None
    table: int | None = None
    organisation: str = ""
    sector: str = ""
    seniority: int | None = None
    interests: dict[str, int] = {}
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    lesson: Lesson | None = None
    contacts: int = 0


class Rated(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that teaches, between two who agreed."""

    author: AttendeeId
    about: AttendeeId
    round: int
    again: Again | None = None
    rating: int | None = None
    heard: int | None = None


class HeldRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round that was called: who sat where, who sat out."""

    tables: Seating
    sitting_out: tuple[AttendeeId, ...] = ()


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """A planning job.

    Attributes:
        basis: The ``plan_basis`` it belongs to.
        rounds: Rounds of the whole evening, the called ones included.
        seats: How many people sit at a table, at most.
        must: (one, other, last round or 0).
        never: Pairs who must never meet.
        private: Pairs of whom one has asked, unseen by all others, not to meet the other. They are kept
            apart, and nothing that is shown of a plan tells them from pairs who might have met.
        met: Pairs who met before, at this or a former evening; at tables of more than two they may again.
        acquainted: Pairs of whom one says that they know each other.
        weights: What counts when two people are matched.
        ratings: Tonight's answers, where the rules let them move pairings.
        spread: More people with a contact go before more contacts in total.
        rotation: People move in step, if they can.
        course: The rounds to come as they are in force, where people go by cards; else empty.
        mix_sectors: Tables bring together people of as many sectors as they can.
        mix_seniority: The same with how experienced people are.
    """

    event: str
    basis: int
    seed: int
    rounds: int
    tables: int
    seats: int = PAIR
    odd: str
    colleagues_apart: bool
    people: tuple[Planned, ...]
    held: tuple[HeldRound, ...] = ()
    must: tuple[tuple[AttendeeId, AttendeeId, int], ...] = ()
    never: tuple[Pair, ...] = ()
    private: tuple[Pair, ...] = ()
    met: tuple[Pair, ...] = ()
    acquainted: tuple[Pair, ...] = ()
    weights: Weights = Weights()
    ratings: tuple[Rated, ...] = ()
    spread: bool = True
    rotation: bool = False
    course: tuple[Seating, ...] = ()
    mix_sectors: bool = False
    mix_seniority: bool = False


@dataclass(frozen=True)
class Background:
    """What planning must know besides the live event.

    Attributes:
        profiles: Of the people on the list.
        met_before: Pairs who met at former evenings.
        tags: What words mean.
        lessons: What closed evenings taught about those who agree.
    """

    profiles: Mapping[AttendeeId, Profile]
    met_before: Collection[Pair] = ()
    tags: TagBook = field(default_factory=TagBook)
    lessons: Mapping[AttendeeId, Lesson] = field(default_factory=dict)

    @cached_property
    def avoided(self) -> frozenset[Pair]:
        """Return the pairs of whom one would rather not sit with the other."""
        return named_pairs(self.profiles, "avoids")


def aim_of(state: LiveEvent) -> Aim:
    """Return what a plan would be made for now."""
    return state.plan_basis, len(state.rounds)


def takes_part(state: LiveEvent) -> frozenset[AttendeeId]:
    """Return who is planned: whoever is present; before the doors open, everybody on the list."""
    if state.phase is Phase.DRAFT:
        return frozenset(person.id for person in state.expected())
    return frozenset(state.present())


def briefing(state: LiveEvent, known: Background) -> Briefing | None:
    """Return what a planner needs for the rounds to come, or none when there is nothing to plan."""
    here = takes_part(state)
    over = state.phase in {Phase.WRAP_UP, Phase.CLOSED}
    if over or len(here) < 2 or state.next_number > state.rules.rounds:  # noqa: PLR2004 - it takes two
        return None
    return briefing_of(state, known, here)


def briefing_of(state: LiveEvent, known: Background, here: Collection[AttendeeId]) -> Briefing:
    """Return all that planning knows of an evening in which ``here`` take part in rounds to come."""
    seated = {person for r in state.rounds for seats in r.tables for person in seats}
    concerned = [person for person in state.roster.values() if person.id in here or person.id in seated]
    teaching = state.rules.learn_tonight
    contacts = contacts_of_evening(state, known.profiles) if teaching else {}
    return Briefing(
        event=state.id,
        basis=state.plan_basis,
        seed=state.plan_seed,
        rounds=state.rules.rounds,
        tables=state.rules.tables,
        seats=state.rules.seats,
        odd=state.rules.odd,
        colleagues_apart=state.rules.colleagues_apart,
        people=tuple(
            planned(person, known, here=person.id in here, contacts=contacts.get(person.id, 0))
            for person in concerned
        ),
        held=tuple(HeldRound(tables=r.tables, sitting_out=tuple(sorted(r.sat_out()))) for r in state.rounds),
        must=tuple((a, b, by) for (a, b), (rule, by) in state.pair_rules.items() if rule == "must"),
        never=tuple(key for key, (rule, _) in state.pair_rules.items() if rule == "never"),
        private=tuple(sorted(known.avoided)),
        met=tuple(sorted({*known.met_before, *_met_tonight(state)})),
        acquainted=tuple(sorted(named_pairs(known.profiles, "knows"))),
        weights=state.rules.weights,
        ratings=ratings_of_evening(state, known.profiles) if teaching else (),
        spread=state.rules.spread,
        rotation=goes_by_card(state.rules),
        course=course_of(state),
        mix_sectors=state.rules.mix_sectors,
        mix_seniority=state.rules.mix_seniority,
    )


def course_of(state: LiveEvent) -> tuple[Seating, ...]:
    """Return the rounds to come by the plan in force, where people go by cards and a round was called."""
    if not (goes_by_card(state.rules) and state.rounds and state.plan):
        return ()
    ahead = [state.plan.round(number) for number in range(state.next_number, state.rules.rounds + 1)]
    planned = [each.tables for each in ahead if each is not None]
    return tuple(planned) if len(planned) == len(ahead) else ()


def planned(attendee: Attendee, known: Background, *, here: bool, contacts: int = 0) -> Planned:
    """Return somebody as the planner sees them; of whoever has no profile only where they may sit."""
    profile = known.profiles.get(attendee.id)
    if profile is None:
        return Planned(id=attendee.id, here=here, side=attendee.side, table=attendee.table)
    key = known.tags.key
    return Planned(
        id=attendee.id,
        here=here,
        side=attendee.side,
        table=attendee.table,
        organisation=profile.organisation,
        sector=key(profile.sector),
        seniority=profile.seniority,
        interests=_interests(profile, key),
        offers=tuple(map(key, profile.offers)),
        needs=tuple(map(key, profile.needs)),
        values=profile.values,
        goals=profile.goals,
        languages=tuple(language.casefold() for language in profile.languages),
        lesson=known.lessons.get(attendee.id) if profile.learning else None,
        contacts=contacts,
    )


def _interests(profile: Profile, key: Callable[[str], str]) -> dict[str, int]:
    """Return how much each tag matters; of two words for one tag the one that matters more."""
    levels: dict[str, int] = {}
    for tag in profile.interests:
        level = profile.importance.get(tag, MIDDLING)
        levels[key(tag)] = max(level, levels.get(key(tag), 0))
    return levels


def ratings_of_evening(state: LiveEvent, profiles: Mapping[AttendeeId, Profile]) -> tuple[Rated, ...]:
    """Return the answers between people who both agreed that answers may teach, in a fixed order."""
    return tuple(
        Rated(
            author=author,
            about=about,
            round=number,
            again=answer.again,
            rating=answer.rating,
            heard=answer.heard,
        )
        for author, given in sorted(state.answers.items())
        if _agrees(profiles, author)
        for (about, number), answer in sorted(given.items(), key=lambda item: item[0])
        if _agrees(profiles, about)
    )


def contacts_of_evening(state: LiveEvent, profiles: Mapping[AttendeeId, Profile]) -> Counter[AttendeeId]:
    """Return how many mutual contacts people have so far, among those who agreed that answers may teach."""
    return Counter(
        person
        for both in mutual_pairs(state)
        if all(_agrees(profiles, one) for one in both)
        for person in both
    )


def _agrees(profiles: Mapping[AttendeeId, Profile], attendee: AttendeeId) -> bool:
    profile = profiles.get(attendee)
    return profile is not None and profile.learning


def _met_tonight(state: LiveEvent) -> set[Pair]:
    """Return meetings that the final seating of their round does not show, because somebody was moved."""
    shown = {
        pair(one, other)
        for r in state.rounds
        for seats in r.tables
        for one in seats
        for other in seats
        if one != other
    }
    met = {pair(one, other) for one, others in state.met.items() for other in others}
    return met - shown


def may_meet(state: LiveEvent, known: Background, people: Pair) -> bool:
    """Tell whether two people may be seated together in a round to come, profiles considered."""
    if blocked(state, people) or people in known.avoided:
        return False
    if state.rules.seats == PAIR and people in known.met_before:
        return False
    first, second = known.profiles.get(people[0]), known.profiles.get(people[1])
    if first is None or second is None:
        return True
    same = organisation_key(first.organisation) == organisation_key(second.organisation)
    colleagues = bool(first.organisation) and same
    return not (state.rules.colleagues_apart and colleagues) and _can_talk(first, second)


def _can_talk(one: Profile, other: Profile) -> bool:
    """Tell whether two people name a language in common, or one of them names none."""
    first, second = ({language.casefold() for language in p.languages} for p in (one, other))
    return not first or not second or not first.isdisjoint(second)


def organisation_key(name: str) -> str:
    """Return a key that is equal for one organisation in other case or spacing."""
    return " ".join(name.casefold().split())
