"""What the planner must know of an evening, as data that travels to the worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from event_server.domain.messages import AttendeeId, Seating
from event_server.domain.phases import Phase
from event_server.domain.seating import blocked
from event_server.domain.state import LiveEvent, Pair, pair

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from event_server.domain.profile import Profile


Aim: TypeAlias = tuple[int, int]
"""What a plan is made for: the ``plan_basis``, and how many rounds are called."""

MOST_PROVEN = 2000
"""People up to which a proof is written: their weights are eight megabytes, and grow with the square."""


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the planner sees them; ``here`` tells whether they take part in rounds to come."""

    id: AttendeeId
    here: bool
    side: str | None = None
    table: int | None = None
    organisation: str = ""
    interests: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class HeldRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round that was called: who sat where, who sat out."""

    tables: Seating
    sitting_out: tuple[AttendeeId, ...] = ()


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """A planning job.

    Attributes:
        basis: The ``plan_basis`` it belongs to.
        rounds: Rounds of the whole evening, the called ones included.
        must: (one, other, last round or 0).
        never: Pairs who must never meet.
        private: Pairs of whom one has asked, unseen by all others, not to meet the other. They are kept
            apart, and nothing that is shown of a plan tells them from pairs who might have met.
        met: Pairs who met before, at this or a former evening.
    """

    event: str
    basis: int
    seed: int
    rounds: int
    tables: int
    odd: str
    colleagues_apart: bool
    people: tuple[Planned, ...]
    held: tuple[HeldRound, ...] = ()
    must: tuple[tuple[AttendeeId, AttendeeId, int], ...] = ()
    never: tuple[Pair, ...] = ()
    private: tuple[Pair, ...] = ()
    met: tuple[Pair, ...] = ()


def aim_of(state: LiveEvent) -> Aim:
    """Return what a plan would be made for now."""
    return state.plan_basis, len(state.rounds)


def takes_part(state: LiveEvent) -> frozenset[AttendeeId]:
    """Return who is planned: whoever is present; before the doors open, everybody on the list."""
    if state.phase is Phase.DRAFT:
        return frozenset(person.id for person in state.expected())
    return frozenset(state.present())


def briefing(
    state: LiveEvent, profiles: Mapping[AttendeeId, Profile], met_before: Collection[Pair] = ()
) -> Briefing | None:
    """Return what a planner needs for the rounds to come, or none when there is nothing to plan.

    Args:
        state: The evening as it stands.
        profiles: Profiles of the people on the list.
        met_before: Pairs who met at former evenings.
    """
    here = takes_part(state)
    over = state.phase in {Phase.WRAP_UP, Phase.CLOSED}
    if over or len(here) < 2 or state.next_number > state.rules.rounds:  # noqa: PLR2004 - it takes two
        return None
    seated = {person for r in state.rounds for seats in r.tables for person in seats}
    concerned = [person for person in state.roster.values() if person.id in here or person.id in seated]
    return Briefing(
        event=state.id,
        basis=state.plan_basis,
        seed=state.plan_seed,
        rounds=state.rules.rounds,
        tables=state.rules.tables,
        odd=state.rules.odd,
        colleagues_apart=state.rules.colleagues_apart,
        people=tuple(
            _planned(state, person.id, profiles.get(person.id), here=person.id in here)
            for person in concerned
        ),
        held=tuple(HeldRound(tables=r.tables, sitting_out=tuple(sorted(r.sat_out()))) for r in state.rounds),
        must=tuple((a, b, by) for (a, b), (rule, by) in state.pair_rules.items() if rule == "must"),
        never=tuple(key for key, (rule, _) in state.pair_rules.items() if rule == "never"),
        met=tuple(sorted({*met_before, *_met_tonight(state)})),
    )


def _planned(state: LiveEvent, person: AttendeeId, profile: Profile | None, *, here: bool) -> Planned:
    attendee = state.roster[person]
    if profile is None:
        return Planned(id=person, here=here, side=attendee.side, table=attendee.table)
    return Planned(
        id=person,
        here=here,
        side=attendee.side,
        table=attendee.table,
        organisation=profile.organisation,
        interests=profile.interests,
        offers=profile.offers,
        needs=profile.needs,
        languages=profile.languages,
    )


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


def may_meet(
    state: LiveEvent, profiles: Mapping[AttendeeId, Profile], met_before: Collection[Pair], people: Pair
) -> bool:
    """Tell whether two people may be seated together in a round to come, profiles considered."""
    if blocked(state, people) or people in met_before:
        return False
    first, second = profiles.get(people[0]), profiles.get(people[1])
    if first is None or second is None:
        return True
    same = organisation_key(first.organisation) == organisation_key(second.organisation)
    colleagues = bool(first.organisation) and same
    return not (state.rules.colleagues_apart and colleagues)


def organisation_key(name: str) -> str:
    """Return a key that is equal for one organisation in other case or spacing."""
    return " ".join(name.casefold().split())
