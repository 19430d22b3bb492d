"""The projector: what the whole room may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain import results
from event_server.domain.names import folded
from event_server.domain.phases import Phase
from event_server.domain.profile import initials
from event_server.domain.seating import PAIR
from event_server.views.message import RoomMessage, newest_message
from event_server.views.scene import (
    LEAST_ANSWERERS,
    Millis,
    Scene,
    Standing,
    View,
    ends_at,
    ms,
    optional_ms,
    sizes_in_use,
    standing,
    starts_at,
)

if TYPE_CHECKING:
    from event_server.domain.messages import AttendeeId


class Place(View, frozen=True):
    """A name and where to go; table 0 sits out."""

    name: str
    table: int


class SeatTurns(View, frozen=True):
    """When the seats A, B, … of a table of so many begin to speak."""

    seats: int
    turns: tuple[Millis, ...]


class EveningTotals(View, frozen=True):
    """The evening in numbers."""

    conversations: int
    people: int
    mutual: int | None = None


class ProjectorView(View, frozen=True, tag_field="t", tag="view"):
    """What the projector shows.

    Attributes:
        names: In CALL, everybody's place in alphabetical order.
        seats: How many people a table holds, at most.
        turns: When the seats A, B, … begin to speak, at tables of the size that most have.
        other_turns: The same for the other sizes in use, at tables of more than two.
        answered: Share of answers given in FEEDBACK, per cent; absent below five possible answerers.
        prompt: Which opening question is shown.
        learns_tonight: Answers move tonight's pairings too, and the screen says so.
    """

    now: Millis
    ep: str
    phase: str
    title: str
    rounds: int
    round: int = 0
    place: str = ""
    join_code: str = ""
    starts_at: Millis | None = None
    ends_at: Millis | None = None
    doors_at: Millis | None = None
    automatic: bool = False
    paused: Standing | None = None
    present: int = 0
    expected: int = 0
    names: tuple[Place, ...] = ()
    seats: int = PAIR
    turns: tuple[Millis, ...] = ()
    other_turns: tuple[SeatTurns, ...] = ()
    prompt: int = 0
    answered: int | None = None
    revealed: bool = False
    totals: EveningTotals | None = None
    message: RoomMessage | None = None
    learns_tonight: bool = False


def projector_view(scene: Scene) -> ProjectorView:
    """Return what the room may read at this moment."""
    state = scene.state
    turns, *others = _turns(scene) or [()]
    return ProjectorView(
        now=ms(scene.now),
        ep=scene.card.epoch,
        phase=state.phase.value,
        title=scene.card.title,
        rounds=state.rules.rounds,
        round=len(state.rounds),
        place=scene.card.place,
        join_code=scene.card.join_code,
        starts_at=starts_at(state),
        ends_at=ends_at(state),
        doors_at=optional_ms(scene.card.starts_at) if state.phase in {Phase.DRAFT, Phase.LOBBY} else None,
        automatic=state.rules.automatic,
        paused=standing(state),
        present=len(state.present()),
        expected=sum(1 for _ in state.expected()),
        names=_names(scene) if state.phase is Phase.CALL else (),
        seats=state.rules.seats,
        turns=turns,
        other_turns=tuple(SeatTurns(seats=len(each), turns=each) for each in others),
        prompt=len(state.rounds) * 31,
        answered=_answered(scene) if state.phase is Phase.FEEDBACK else None,
        revealed=state.revealed_at is not None,
        totals=_totals(scene) if state.phase in {Phase.WRAP_UP, Phase.CLOSED} else None,
        message=newest_message(scene, "all"),
        learns_tonight=state.rules.learn_tonight,
    )


def _names(scene: Scene) -> tuple[Place, ...]:
    running = scene.state.running
    if running is None:
        return ()
    places = [
        Place(name=_shown(scene, person), table=number)
        for number, seats in enumerate(running.tables, 1)
        for person in seats
    ]
    places += [Place(name=_shown(scene, person), table=0) for person in running.sitting_out]
    return tuple(sorted(places, key=lambda place: folded(place.name)))


def _shown(scene: Scene, attendee: AttendeeId) -> str:
    name = scene.name(attendee)
    return initials(name) if scene.card.initials_only else name


def _turns(scene: Scene) -> list[tuple[Millis, ...]]:
    """Return the turns of the running talk for each size of table, that of most tables first."""
    current = scene.state.round
    if scene.state.phase is not Phase.TALK or current is None:
        return []
    sizes = sizes_in_use(current) if scene.state.rules.seats > PAIR else [PAIR]
    return [tuple(map(ms, current.turns_at.get(size, ()))) for size in sizes]


def _answered(scene: Scene) -> int | None:
    done, possible = results.answers_given(scene.state, len(scene.state.rounds))
    return round(100 * done / possible) if possible >= LEAST_ANSWERERS else None


def _totals(scene: Scene) -> EveningTotals:
    totals = results.totals(scene.state)
    people = {person for pair, _ in results.meetings(scene.state) for person in pair}
    shown = scene.state.revealed_at is not None and len(people) >= LEAST_ANSWERERS
    return EveningTotals(
        conversations=totals.meetings, people=len(people), mutual=totals.mutual if shown else None
    )
