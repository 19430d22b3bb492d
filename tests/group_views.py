"""Moments of evenings at tables of three to ten, made by the real domain, for the tests of all screens.

People are those of demonstrations; the phone is that of the first of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from builders import MIDNIGHT, Evening, attendee_ids

from event_server.demo.people import example_people
from event_server.domain import commands as c
from event_server.domain.card import EventCard
from event_server.domain.messages import Rules, guest
from event_server.domain.phases import Phase
from event_server.views.attendee import AttendeeView, attendee_view
from event_server.views.scene import Person, Presence, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

DOORS = MIDNIGHT + 18.5 * 3600
ME = "p001"


@cache
def people(count: int) -> Mapping[str, Person]:
    """Return profiles of ``count`` made-up people by id."""
    profiles = example_people(count, seed=7)
    return {who: Person(each, code="K7QM") for who, each in zip(attendee_ids(count), profiles, strict=True)}


def held(seats: int, count: int, phase: Phase, number: int = 1, *, seconds: float = 0.0) -> Evening:
    """Return an evening of ``count`` people at tables of ``seats``, ``seconds`` into ``phase``."""
    evening = Evening(now=DOORS - 360)
    rules = Rules(rounds=5, tables=-(-count // seats) + 1, seats=seats, call_seconds=90)
    evening.send(c.CreateEvent(rules=rules))
    evening.send(c.AddAttendees(attendees=attendee_ids(count)))
    evening.send(c.OpenLobby())
    evening.check_in(*attendee_ids(count))
    evening.go_to(phase, number)
    return evening.wait(seconds + (rules.lead_seconds if phase is Phase.TALK else 0.0))


def scene_of(evening: Evening, **parts: object) -> Scene:
    """Return the moment as all screens see it; the phones of three people are asleep or away."""
    card = EventCard(
        id="prova", title="Aperitivo degli incontri", starts_at=DOORS, epoch="e1", join_code="K7QM2F"
    )
    asleep = {"p004": 25.0, "p009": 500.0}
    presence = {
        who: Presence(sockets=int(who != "p009"), seen_at=evening.now - asleep.get(who, 1.0))
        for who in evening.state.present()
    }
    shown = {"card": card, "state": evening.state, "people": people(len(evening.state.roster))}
    return Scene(**{**shown, "now": evening.now, "presence": presence, **parts})  # type: ignore[arg-type]


def look(evening: Evening) -> AttendeeView:
    """Return what the phone of the first person shows now."""
    return attendee_view(scene_of(evening), ME)


def with_one_gone(evening: Evening) -> Evening:
    """Return ``evening`` with the last seat at the first person's table empty: others have more time."""
    evening.send(c.Leave(attendee=evening.state.rounds[-1].partners_of(ME)[-1]))
    return evening


def with_some_there(evening: Evening) -> Evening:
    """Return ``evening`` with every other person at their table."""
    seated = [who for seats in evening.state.rounds[-1].tables for who in seats]
    for who in seated[::2]:
        command = c.ArriveAtTable(round=len(evening.state.rounds), attendee=who)
        evening.send(command, by=guest(who))
    return evening


def with_trouble(evening: Evening) -> Evening:
    """Return ``evening`` with one missing at a table, one alone at another, a call for help at a third."""
    first, second, third, *_ = evening.state.rounds[-1].tables
    _report(evening, first[0], first[-1])
    for about in second[1:]:
        _report(evening, second[0], about)
    evening.send(c.AskForHelp(kind="noise", attendee=third[0]), by=guest(third[0]))
    return evening


def _report(evening: Evening, by: str, about: str) -> None:
    command = c.ReportMissing(round=len(evening.state.rounds), about=about, attendee=by)
    evening.send(command, by=guest(by))


def with_answers(evening: Evening, *again: c.Again) -> Evening:
    """Return ``evening`` with answers of the first person about some people met; the next was not there."""
    number = len(evening.state.rounds)
    met = evening.state.rounds[-1].partners_of(ME)
    for about, said in zip(met, again, strict=False):
        evening.answer(ME, about, said, number)
    _report(evening, ME, met[len(again)])
    return evening
