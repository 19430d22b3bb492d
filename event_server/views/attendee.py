"""The phone: what one attendee may see, from their own data, public state and mutual results only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from event_server.domain import results
from event_server.domain.phases import Phase
from event_server.domain.profile import first_name, shared_contact
from event_server.domain.seating import PAIR, blocked
from event_server.domain.state import Answer, Attendee, LiveEvent, Round, pair
from event_server.views.ledger import Ledger, ledger
from event_server.views.message import RoomMessage, newest_message
from event_server.views.scene import (
    SEAT_LETTERS,
    Millis,
    Scene,
    Standing,
    View,
    ends_at,
    ms,
    optional_ms,
    standing,
    starts_at,
)
from event_server.views.why import MOST_REASONS, Opening, Reason, opening, reasons

if TYPE_CHECKING:
    from event_server.domain.messages import AttendeeId

MOST_TAGS = 3
"""Tags of one kind that travel with a view, of all partners together: nobody reads more in a loud room."""

MOST_IN_DETAIL = 2
"""Partners shown with organisation, tags and a question about them. Of more of them each has one line: on the
way to the table what they do, there what joins them with the viewer. The view is to fit one packet (1 kB)."""


class Me(View, frozen=True):
    """The viewer.

    Attributes:
        status: ``registered``, ``present``, ``resting`` or ``left``.
        learning: Agreed that answers make later meetings better.
    """

    id: str
    name: str
    first: str
    status: str
    code: str = ""
    standby: bool = True
    help: str | None = None
    hidden: bool = False
    learning: bool = False


class MyTable(View, frozen=True):
    """Where the viewer sits.

    Attributes:
        seat: Letter; A begins to speak.
        arrived: The viewer said "I am at the table".
        stay: It is the table of the round before.
        moved_from: The table before a change after the call; 0 for none, absent without a change.
    """

    number: int
    seat: str
    arrived: bool = False
    stay: bool = False
    moved_from: int | None = None


class Partner(View, frozen=True):
    """Who else sits there: only what the profile form says is shown to tablemates."""

    id: str
    name: str
    headline: str = ""
    organisation: str = ""
    interests: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    why: tuple[Reason, ...] = ()
    arrived: bool = False


class Turn(View, frozen=True):
    """From ``at`` on ``who`` speaks; "" is nobody in particular: all talk, to the end."""

    at: Millis
    who: str


WhyOut = Literal["odd", "late", "tables", "nobody", "no_seat", "changed"]


class SitOut(View, frozen=True):
    """The viewer has no table in the called or running round.

    Attributes:
        reason: ``odd``, ``late`` (came after the call), ``tables`` (too few), ``nobody`` (met everybody),
            ``no_seat`` (none was right, at tables of more than two) or ``changed`` (a change at the tables).
        back_in: The round in which the viewer is sure to sit, if the plan says so.
    """

    reason: WhyOut
    present: int
    back_in: int | None = None


class Met(View, frozen=True):
    """Somebody the viewer met, with the viewer's own answer and note."""

    id: str
    name: str
    round: int
    headline: str = ""
    again: str | None = None
    rating: int | None = None
    heard: int | None = None
    note: str = ""
    missing: bool = False


class Contact(View, frozen=True):
    """A mutual contact: what that person chose to share."""

    id: str
    name: str
    round: int
    headline: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    link: str = ""
    note: str = ""


class AttendeeView(View, frozen=True, tag_field="t", tag="view"):
    """Everything one phone shows. It holds no version: a counter that others move would betray them.

    Attributes:
        automatic: The next phase follows by itself at ``ends_at``.
        prompt: Which questions the table is given; the same for all at the table.
        opening: What the first of them is about; the same for all at the table, or none for any question.
        ledger: Give and take, for who is present and sits at no table now.
        met: People met so far, the newest round first, in the order of seats. In CALL nobody; in TALK, of the
            running round, who is gone from the table or about whom the viewer said something: of all others
            ``partners`` says enough.
        asked: Another device wants to come in as the viewer and waits for their yes.
        reveals_at: When contacts are shown, in WRAP_UP.
        met_people: How many people the viewer met, once contacts are shown.
        learns_tonight: Answers move tonight's pairings too, and the screen says so.
    """

    now: Millis
    ep: str
    phase: str
    me: Me
    rounds: int
    round: int = 0
    starts_at: Millis | None = None
    ends_at: Millis | None = None
    doors_at: Millis | None = None
    automatic: bool = False
    self_check_in: bool = True
    paused: Standing | None = None
    present: int | None = None
    expected: int | None = None
    table: MyTable | None = None
    partners: tuple[Partner, ...] = ()
    turns: tuple[Turn, ...] = ()
    prompt: int = 0
    opening: Opening | None = None
    sit_out: SitOut | None = None
    ledger: Ledger | None = None
    met: tuple[Met, ...] = ()
    reveals_at: Millis | None = None
    revealed: bool = False
    contacts: tuple[Contact, ...] = ()
    met_people: int = 0
    message: RoomMessage | None = None
    asked: bool = False
    learns_tonight: bool = False


def attendee_view(scene: Scene, attendee: AttendeeId) -> AttendeeView:
    """Return what ``attendee`` may see at this moment.

    Raises:
        KeyError: If there is no such attendee.
    """
    state = scene.state
    person = state.roster[attendee]
    running = state.running
    seated = running is not None and running.table_of(attendee) is not None
    in_room = state.phase in {Phase.DRAFT, Phase.LOBBY}
    return AttendeeView(
        now=ms(scene.now),
        ep=scene.card.epoch,
        phase=state.phase.value,
        me=_me(scene, person),
        rounds=state.rules.rounds,
        round=len(state.rounds),
        starts_at=starts_at(state),
        ends_at=ends_at(state) if state.phase is not Phase.WRAP_UP else None,
        doors_at=optional_ms(scene.card.starts_at) if in_room else None,
        automatic=state.rules.automatic,
        self_check_in=state.rules.self_check_in,
        paused=standing(state),
        present=len(state.present()) if in_room else None,
        expected=sum(1 for _ in state.expected()) if in_room else None,
        table=_my_table(state, running, attendee) if running and seated else None,
        partners=_partners(scene, running, attendee) if running and seated else (),
        turns=_turns(state, running, attendee) if running and seated else (),
        prompt=_prompt(running, attendee) if running and seated else 0,
        opening=_opening(scene, running, attendee) if running and seated else None,
        sit_out=_sit_out(state, running, person) if running and not seated else None,
        ledger=ledger(scene, attendee),
        met=_met(scene, attendee),
        reveals_at=optional_ms(state.deadline) if state.phase is Phase.WRAP_UP else None,
        revealed=state.revealed_at is not None,
        contacts=_contacts(scene, attendee),
        met_people=len(state.met.get(attendee, ())) if state.revealed_at is not None else 0,
        message=newest_message(scene, "all", attendee),
        asked=scene.asked_until.get(attendee, 0.0) > scene.now,
        learns_tonight=state.rules.learn_tonight,
    )


def _me(scene: Scene, person: Attendee) -> Me:
    name = scene.name(person.id)
    known = scene.person(person.id)
    return Me(
        id=person.id,
        name=name,
        first=first_name(name),
        status=person.status.value,
        code=known.code if known else "",
        standby=person.standby,
        help=person.help,
        hidden=person.id in scene.state.hidden,
        learning=known is not None and known.profile.learning,
    )


def _my_table(state: LiveEvent, running: Round, attendee: AttendeeId) -> MyTable | None:
    number = running.table_of(attendee)
    if number is None:
        return None
    former = state.rounds[-2].table_of(attendee) if len(state.rounds) > 1 else None
    return MyTable(
        number=number,
        seat=SEAT_LETTERS[running.tables[number - 1].index(attendee)],
        arrived=attendee in running.at_table,
        stay=former == number,
        moved_from=running.moved.get(attendee),
    )


def _partners(scene: Scene, running: Round, attendee: AttendeeId) -> tuple[Partner, ...]:
    others = running.partners_of(attendee)
    return tuple(_partner(scene, attendee, other, among=len(others)) for other in others)


def _partner(scene: Scene, attendee: AttendeeId, other: AttendeeId, *, among: int) -> Partner:
    person = scene.person(other)
    if person is None:
        return Partner(id=other, name=scene.name(other))
    profile, in_detail = person.profile, among <= MOST_IN_DETAIL
    tags = MOST_TAGS // among if in_detail else 0
    why = reasons(scene, attendee, other)[: MOST_REASONS // among or 1]
    if not in_detail and scene.state.phase is Phase.CALL:
        why = ()
    return Partner(
        id=other,
        name=profile.name,
        headline=profile.headline if in_detail or not why else "",
        organisation=profile.organisation if in_detail else "",
        interests=tuple(map(scene.label, profile.interests[:tags])),
        offers=tuple(map(scene.label, profile.offers[:tags])),
        needs=tuple(map(scene.label, profile.needs[:tags])),
        why=why,
        arrived=scene.state.running is not None and other in scene.state.running.at_table,
    )


def _turns(state: LiveEvent, running: Round, attendee: AttendeeId) -> tuple[Turn, ...]:
    """Return the turns of the viewer's table, without those of who has left it."""
    table = running.table_of(attendee)
    if state.phase is not Phase.TALK or table is None or not running.partners_of(attendee):
        return ()
    here = (*running.tables[table - 1], None)
    return tuple(
        Turn(at=ms(turn.at), who=turn.who or "") for turn in running.turns_of(table) if turn.who in here
    )


def _prompt(running: Round, attendee: AttendeeId) -> int:
    """Return a number that is the same for all at a table and differs between rounds and tables."""
    return running.number * 31 + (running.table_of(attendee) or 0)


def _opening(scene: Scene, running: Round, attendee: AttendeeId) -> Opening | None:
    seats = next(seats for seats in running.tables if attendee in seats)
    return opening(scene, seats) if len(seats) <= MOST_IN_DETAIL + 1 else None


def _sit_out(state: LiveEvent, running: Round, person: Attendee) -> SitOut | None:
    if not person.is_present:
        return None
    return SitOut(
        reason=_why_out(state, running, person),
        present=len(state.present()),
        back_in=_back_in(state, person.id),
    )


def _why_out(state: LiveEvent, running: Round, person: Attendee) -> WhyOut:
    if person.id in running.moved:
        return "changed"
    if person.id not in running.sitting_out:
        return "late"
    if state.rules.seats > PAIR:
        has_seats = len(state.present()) <= state.rules.seats * len(running.tables)
        return "no_seat" if has_seats else "tables"
    others = running.sitting_out - {person.id}
    if not others:
        return "odd"
    if all(running.tables):
        return "tables"
    may_meet = any(blocked(state, pair(person.id, other)) is None for other in others)
    return "changed" if may_meet else "nobody"


def _back_in(state: LiveEvent, attendee: AttendeeId) -> int | None:
    planned = state.plan.round(state.next_number) if state.plan else None
    if planned is None or attendee in planned.sitting_out:
        return None
    seated = any(attendee in seats for seats in planned.tables)
    return state.next_number if seated else None


def _met(scene: Scene, attendee: AttendeeId) -> tuple[Met, ...]:
    state = scene.state
    if state.phase in {Phase.DRAFT, Phase.LOBBY, Phase.CALL} or state.revealed_at is not None:
        return ()
    if state.phase is Phase.TALK:
        return _met_at_the_table(scene, state.rounds[-1], attendee)
    return tuple(
        _met_one(scene, attendee, other, held.number)
        for held in reversed(state.rounds)
        for other in _met_in(held, attendee)
    )


def _met_in(held: Round, attendee: AttendeeId) -> tuple[AttendeeId, ...]:
    """Return whom somebody met in a round, in the order of seats; who left the table comes last."""
    seated = held.partners_of(attendee)
    parted = held.met(attendee).difference(seated)
    return (*seated, *sorted(parted)) if held.is_held else ()


def _met_at_the_table(scene: Scene, running: Round, attendee: AttendeeId) -> tuple[Met, ...]:
    shown = (_met_one(scene, attendee, other, running.number) for other in sorted(running.met(attendee)))
    here = running.partners_of(attendee)
    unsaid = {Met(id=p, name=scene.name(p), round=running.number, headline=_headline(scene, p)) for p in here}
    return tuple(met for met in shown if met not in unsaid)


def _headline(scene: Scene, attendee: AttendeeId) -> str:
    person = scene.person(attendee)
    return person.profile.headline if person else ""


def _met_one(scene: Scene, attendee: AttendeeId, other: AttendeeId, number: int) -> Met:
    answer = scene.state.answers.get(attendee, {}).get((other, number), Answer())
    return Met(
        id=other,
        name=scene.name(other),
        round=number,
        headline=_headline(scene, other),
        again=answer.again,
        rating=answer.rating,
        heard=answer.heard,
        note=scene.notes.get((attendee, other, number), ""),
        missing=(attendee, other) in scene.state.rounds[number - 1].missing,
    )


def _contacts(scene: Scene, attendee: AttendeeId) -> tuple[Contact, ...]:
    found = []
    for other, number in results.mutual_contacts(scene.state, attendee):
        person = scene.person(other)
        if person is None:
            continue
        shared = shared_contact(person.profile)
        found.append(
            Contact(
                id=other,
                name=shared.name,
                round=number,
                headline=shared.headline,
                organisation=shared.organisation,
                email=shared.email,
                phone=shared.phone,
                link=shared.link,
                note=scene.notes.get((attendee, other, number), ""),
            )
        )
    return tuple(found)
