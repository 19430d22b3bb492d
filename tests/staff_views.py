"""What dashboards and projectors are sent, made by the real domain: what the tests of their screens look at.

Run ``PYTHONPATH=tests python -m staff_views`` at the root to write ``fixtures/views/control-*.json`` … anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import group_views as groups
import msgspec
from builders import GUS, Evening
from phone_views import (
    DOORS,
    FOLDER,
    LATE,
    NAMES,
    NEEDS,
    RULES,
    after,
    called,
    do,
    lobby,
    paused,
    replace_rules,
    say,
    sitting_out,
    talking,
    wrapped_up,
)

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.card import EventCard
from event_server.domain.messages import CLOCK, guest
from event_server.domain.phases import Phase
from event_server.domain.plan_figures import PlanFigures, UnmetWish
from event_server.domain.profile import Profile
from event_server.planning.briefing import Background
from event_server.planning.repairs import fixes
from event_server.views.attention import Fix
from event_server.views.control import control_view
from event_server.views.projector import projector_view
from event_server.views.room import room_view
from event_server.views.scene import Person, Presence, Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.views.scene import View

SLEEPY, SILENT = "iris", "hugo"
"""A phone heard long ago, and one that is offline."""


def scene_of(evening: Evening, **parts: object) -> Scene:
    """Return the moment as the screens of the team see it."""
    people = {
        person: Person(
            Profile(name=NAMES.get(person, "Zoe Esempio"), needs=NEEDS.get(person, ())), code="K7QM"
        )
        for person in evening.state.roster
    }
    return Scene(
        **{  # type: ignore[arg-type]  # Scene checks the names
            "card": EventCard(
                id="prova", title="Aperitivo degli incontri", starts_at=DOORS, epoch="e1", join_code="K7QM2F"
            ),
            "state": evening.state,
            "people": people,
            "now": evening.now,
            "presence": {
                person: Presence(
                    sockets=int(person != SILENT), seen_at=evening.now - (25 if person == SLEEPY else 1)
                )
                for person in evening.state.present()
            },
            "accounts": {"ada": "Fay Bozza", "gus": "Otto Cavia"},
            **parts,
        }
    )


def _proposals(scene: Scene) -> dict[int, Fix]:
    background = Background(profiles={person: known.profile for person, known in scene.people.items()})
    return {
        table: Fix(
            tables=fix.tables,
            moves=len(fix.moved),
            with_name=scene.short_name(fix.moved[0]),
            joins=fix.joins,
        )
        for table, fix in fixes(scene.state, background).items()
    }


def measured(evening: Evening) -> Evening:
    """Return ``evening`` with a plan of which all is known, and a wish that finds no place in it."""
    figures = PlanFigures(
        floor_bound=2580,
        worst="hugo",
        worst_total=2412,
        worst_bound=2580,
        wishes=(UnmetWish(one="ada", other="iris", by=evening.state.next_number),),
    )
    evening.plan(value=12_840, bound=12_884, floor=2412, unmet=1, figures=figures)
    return evening


def troubled() -> Evening:
    """Return a talk in which a partner is missing, somebody asks for help, and somebody sits out."""
    evening = sitting_out(talk=True)
    lonely, absent = next(seats for seats in evening.state.rounds[-1].tables if len(seats) > 1)
    say(evening, c.ReportMissing(round=4, about=absent), by=lonely)
    say(evening, c.AskForHelp(kind="noise"), by=evening.state.rounds[-1].tables[1][0])
    return evening.wait(40)


def _late() -> Evening:
    return talking(108).check_in(LATE)


def _interrupted() -> Evening:
    evening = talking(108)
    evening.record(f.Interrupted(at=evening.now), by=CLOCK)
    return evening


def _extended() -> Evening:
    evening = talking(108)
    evening.send(c.ExtendRound(ends_at=(evening.state.deadline or 0) + 60), by=GUS)
    return evening


def _draft() -> Evening:
    evening = Evening(now=DOORS - 3600)
    evening.send(c.CreateEvent(rules=RULES))
    evening.send(c.AddAttendees(attendees=tuple(NAMES)))
    return evening


def _answered() -> Evening:
    evening = after().wait(22)
    evening.send(c.GiveAnswer(round=3, about="cleo", again="yes", attendee="ada"), by=guest("ada"))
    return evening


def _last_feedback() -> Evening:
    evening = after(3)
    evening.send(c.ChangeRules(rules=replace_rules(rounds=3)))
    return evening


EVENINGS: dict[str, Callable[[], Evening]] = {
    "draft": _draft,
    "lobby": lambda: measured(lobby()),
    "call": lambda: called().wait(42),
    "talk": lambda: measured(talking(108)),
    "talk-second": lambda: talking(236),
    "talk-troubled": troubled,
    "talk-late": _late,
    "talk-extended": _extended,
    "talk-paused": lambda: paused(talking(108)),
    "talk-interrupted": _interrupted,
    "feedback": _answered,
    "feedback-last": _last_feedback,
    "break": lambda: do(after().wait(20), c.StartBreak(ends_at=DOORS + 3600)).wait(60),
    "wrap-up": wrapped_up,
    "revealed": lambda: do(wrapped_up(), c.RevealContacts()),
    "closed": lambda: do(do(wrapped_up(), c.RevealContacts()), c.CloseEvent()),
}


GROUPS: dict[str, Callable[[], Evening]] = {
    "call-fives": lambda: groups.with_some_there(groups.held(5, 43, Phase.CALL, seconds=42)),
    "talk-threes": lambda: groups.held(3, 44, Phase.TALK, seconds=100),
    "talk-fives": lambda: groups.with_trouble(groups.held(5, 43, Phase.TALK, 2, seconds=100)),
    "talk-tens": lambda: groups.held(10, 77, Phase.TALK, seconds=200),
    "wrap-up-fives": lambda: groups.held(5, 25, Phase.WRAP_UP, 3),
}
"""Evenings at tables of more than two."""


def views(scene: Scene) -> dict[str, View]:
    """Return the three sections of one moment by the start of their files' names."""
    return {
        "control": control_view(scene),
        "room": room_view(scene, _proposals(scene)),
        "projector": projector_view(scene),
    }


def files() -> dict[str, bytes]:
    """Return every file by its name."""
    scenes = {name: scene_of(make()) for name, make in EVENINGS.items()}
    scenes |= {name: groups.scene_of(make()) for name, make in GROUPS.items()}
    return {
        f"{section}-{name}.json": msgspec.json.format(msgspec.json.encode(view), indent=2) + b"\n"
        for name, scene in scenes.items()
        for section, view in views(scene).items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
