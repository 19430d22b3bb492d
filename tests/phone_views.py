"""One view of a phone for every state it knows, made by the real domain, for the tests of its screens.

Run ``PYTHONPATH=tests python -m phone_views`` at the root to write ``fixtures/views/phone-*.json`` anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import group_views as groups
import msgspec
from builders import MIDNIGHT, Evening

from event_server.domain import commands as c
from event_server.domain.card import EventCard
from event_server.domain.messages import RoundPlan, Rules, guest
from event_server.domain.phases import Phase
from event_server.domain.profile import Profile
from event_server.views.attendee import AttendeeView, attendee_view
from event_server.views.scene import Person, Scene

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent / "fixtures" / "views"

ADA = "ada"
DOORS = MIDNIGHT + 18.5 * 3600
"""Half past seven in Rome in winter."""

NAMES = {
    "ada": "Ada Prova",
    "dario": "Dario Modello",
    "bo": "Bo Esempio",
    "cleo": "Cleo Finta",
    "hugo": "Hugo Esempio",
    "elio": "Elio Campione",
    "fay": "Fay Prova",
    "iris": "Iris Campione",
}
LATE = "zoe"
"""Comes when round 3 is over: from then on one sits out."""

HEADLINES = {
    "cleo": "Orti di quartiere",
    "dario": "Cucina di recupero",
    "bo": "Ripara biciclette",
    "hugo": "Mobilità lenta",
    "iris": "Biblioteche vive",
}
NEEDS = {
    ADA: ("avviare un orto", "una sede in centro"),
    "cleo": ("una mano per un orto di quartiere",),
    "hugo": ("tenere i conti",),
    "fay": ("Tenere i conti",),
}
OFFERS = {ADA: ("tenere i conti", "fotografia"), "cleo": ("avviare un orto",)}
GOALS = {ADA: ("learn",), "dario": ("learn",), "bo": ("partner",)}
SECTORS = {ADA: "scuola", "bo": "trasporti"}
TABLES_OF_ADA = (2, 5, 7, 7)
"""Where Ada sits in rounds 1 to 4; in the fourth she stays."""

RULES = Rules(rounds=8, tables=12, call_seconds=90, self_check_in=True)


def _profile(person: str) -> Profile:
    return Profile(
        name=NAMES.get(person, "Zoe Esempio"),
        headline=HEADLINES.get(person, ""),
        email=f"{person}@example.org",
        phone="+39 06 555 0101",
        link="https://example.org/cleo" if person == "cleo" else "",
        share_email=person != "hugo",
        share_phone=person == "cleo",
        needs=NEEDS.get(person, ()),
        offers=OFFERS.get(person, ()),
        goals=GOALS.get(person, ()),
        sector=SECTORS.get(person, ""),
        learning=person == ADA,
        interests=("beni comuni",) if person in {ADA, "cleo"} else (),
    )


def look(
    evening: Evening,
    *,
    texts: dict[str, str] | None = None,
    notes: dict[tuple[str, str, int], str] | None = None,
) -> AttendeeView:
    """Return what Ada's phone shows now."""
    people = {person: Person(_profile(person), code="K7QM") for person in evening.state.roster}
    card = EventCard(id="prova", title="Aperitivo degli incontri", starts_at=DOORS, epoch="e1")
    scene = Scene(
        card=card,
        state=evening.state,
        people=people,
        now=evening.now,
        messages=texts or {},
        notes=notes or {},
    )
    return attendee_view(scene, ADA)


def _plan(evening: Evening) -> None:
    """Publish rounds in which Ada meets Dario, Bo, Cleo, Hugo …, at the tables named above."""
    first = evening.state.next_number
    planned = []
    for number in range(first, min(first + 3, 8)):
        pairs = _pairs(number)
        at = TABLES_OF_ADA[number - 1] if number <= len(TABLES_OF_ADA) else 1
        tables: list[tuple[str, ...]] = [()] * RULES.tables
        tables[at - 1] = pairs[0]
        free = (place for place in range(RULES.tables) if place != at - 1)
        for two in pairs[1:]:
            tables[next(free)] = two
        planned.append(RoundPlan(tables=tuple(tables)))
    evening.plan(planned)


def _pairs(number: int) -> list[tuple[str, str]]:
    """Return who meets whom in a round, by the circle method; Ada's pair first."""
    circle = list(NAMES)
    others = circle[number:] + circle[1:number]
    return [(ADA, others[0]), *((others[step], others[-step]) for step in range(1, len(circle) // 2))]


def lobby(rules: Rules = RULES, *, present: bool = True) -> Evening:
    """Return the evening with the doors open; everybody but Ada is here, Ada too if ``present``."""
    evening = Evening(now=DOORS - 6 * 60)
    evening.send(c.CreateEvent(rules=rules))
    evening.send(c.AddAttendees(attendees=(*NAMES, LATE)))
    evening.send(c.OpenLobby())
    evening.check_in(*(person for person in NAMES if present or person != ADA))
    return evening


def called(number: int = 3) -> Evening:
    """Return the evening with round ``number`` called; nobody has answered yet."""
    evening = lobby()
    for _ in range(number - 1):
        _round(evening)
    _plan(evening)
    evening.send(c.CallToTables())
    return evening


def talking(seconds: float, number: int = 3) -> Evening:
    """Return the evening ``seconds`` into the talk of round ``number``."""
    evening = called(number)
    evening.send(c.StartRound())
    return evening.wait(RULES.lead_seconds + seconds)


def after(number: int = 3) -> Evening:
    """Return the evening in the feedback after round ``number``."""
    evening = talking(10, number)
    evening.tick()
    return evening


def _round(evening: Evening) -> None:
    _plan(evening)
    evening.send(c.CallToTables())
    evening.send(c.StartRound())
    evening.tick()


def say(evening: Evening, command: c.Command, by: str = ADA) -> Evening:
    """Let a guest act."""
    evening.send(msgspec.structs.replace(command, attendee=by), by=guest(by))
    return evening


def do(evening: Evening, command: c.Command) -> Evening:
    """Let an organizer act."""
    evening.send(command)
    return evening


def sitting_out(*, talk: bool) -> Evening:
    """Return round 4 without a place for Ada: a late arrival made the number odd."""
    evening = after(3)
    evening.check_in(LATE)
    (_, partner), *others = _pairs(4)
    tables = ((LATE, partner), *others)
    evening.plan([RoundPlan(tables=tables, sitting_out=(ADA,)), RoundPlan(tables=((ADA, partner),))])
    evening.send(c.CallToTables())
    if talk:
        evening.send(c.StartRound())
        evening.wait(45)
    return evening


def moved() -> Evening:
    """Return the call of round 3 after the organizers moved Ada's table."""
    evening = called()
    seats = evening.state.rounds[-1].tables[6]
    return do(evening, c.ChangeTable(round=3, tables=((7, ()), (9, seats))))


def trio(seconds: float) -> Evening:
    """Return a talk of three in round 4."""
    evening = lobby(replace_rules(odd="trio"))
    for _ in range(3):
        _round(evening)
    evening.check_in(LATE)
    tables: list[tuple[str, ...]] = [()] * RULES.tables
    pair, *others = _pairs(4)
    tables[3:7] = [(*pair, LATE), *others]
    evening.plan([RoundPlan(tables=tuple(tables))])
    evening.send(c.CallToTables())
    evening.send(c.StartRound())
    return evening.wait(RULES.lead_seconds + seconds)


def replace_rules(**changes: object) -> Rules:
    """Return the rules with changes."""
    return msgspec.structs.replace(RULES, **changes)


def wrapped_up(*, yes: bool = True) -> Evening:
    """Return the wrap-up after round 3; Ada and Cleo, Ada and Dario said yes, or nobody did."""
    evening = after(3)
    for author, about, number in (
        ("ada", "cleo", 3),
        ("cleo", "ada", 3),
        ("ada", "dario", 1),
        ("dario", "ada", 1),
    ):
        if yes or author == ADA:
            evening.answer(author, about, "yes", number)
    evening.answer("ada", "bo", "no", 2)
    return do(evening, c.FinishEvent()).wait(48)


def paused(evening: Evening) -> Evening:
    """Return the evening with its clock stopped."""
    return do(evening, c.Pause()).wait(30)


def _draft() -> AttendeeView:
    evening = Evening(now=DOORS - 86400)
    evening.send(c.CreateEvent(rules=RULES))
    evening.send(c.AddAttendees(attendees=(*NAMES, LATE)))
    return look(evening)


def _answered() -> Evening:
    evening = after().wait(22)
    answer = c.GiveAnswer(round=3, about="cleo", again="yes", rating=4)
    say(evening, answer)
    return say(evening, c.ReportMissing(round=2, about="bo"))


def _messaged() -> AttendeeView:
    evening = do(talking(100), c.PostMessage(message="m1"))
    return look(evening, texts={"m1": "Il bar chiude alle nove: ultimo giro di bevande."})


def _contacts() -> AttendeeView:
    evening = do(wrapped_up(), c.RevealContacts())
    return look(evening, notes={("ada", "cleo", 3): "Presentare a Cleo chi gestisce il vivaio."})


VIEWS: dict[str, Callable[[], AttendeeView]] = {
    "draft": _draft,
    "check_in": lambda: look(lobby(present=False)),
    "check_in_at_the_desk": lambda: look(lobby(replace_rules(self_check_in=False), present=False)),
    "lobby": lambda: look(lobby()),
    "call": lambda: look(called().wait(42)),
    "call_arrived": lambda: look(say(called().wait(50), c.ArriveAtTable(round=3))),
    "call_stay": lambda: look(called(4).wait(20)),
    "call_moved": lambda: look(moved().wait(20)),
    "call_paused": lambda: look(paused(called().wait(42))),
    "talk_first_half": lambda: look(talking(108)),
    "talk_second_half": lambda: look(talking(236)),
    "talk_announced": lambda: look(talking(-1.5)),
    "talk_paused": lambda: look(paused(talking(108))),
    "talk_message": _messaged,
    "talk_trio": lambda: look(trio(30)),
    "call_five": lambda: groups.look(groups.with_some_there(groups.held(5, 23, Phase.CALL, seconds=40))),
    "call_ten": lambda: groups.look(groups.held(10, 28, Phase.CALL, 2, seconds=40)),
    "talk_five": lambda: groups.look(groups.held(5, 23, Phase.TALK, 2, seconds=100)),
    "talk_five_speaking": lambda: groups.look(groups.held(5, 23, Phase.TALK, seconds=20)),
    "talk_five_one_gone": lambda: groups.look(
        groups.with_one_gone(groups.held(5, 23, Phase.TALK, seconds=20)).wait(80)
    ),
    "talk_five_one_gone_paused": lambda: groups.look(
        paused(groups.with_one_gone(groups.held(5, 23, Phase.TALK, seconds=20)).wait(80))
    ),
    "talk_ten": lambda: groups.look(groups.held(10, 30, Phase.TALK, 2, seconds=200)),
    "feedback_four": lambda: groups.look(groups.held(4, 20, Phase.FEEDBACK, seconds=10)),
    "feedback_five_some": lambda: groups.look(
        groups.with_answers(groups.held(5, 25, Phase.FEEDBACK, 2, seconds=10), "yes", "no")
    ),
    "feedback_ten": lambda: groups.look(groups.held(10, 30, Phase.FEEDBACK, seconds=10)),
    "break_five": lambda: groups.look(groups.held(5, 25, Phase.BREAK, 3, seconds=10)),
    "wrap_up_five": lambda: groups.look(groups.held(5, 25, Phase.WRAP_UP, 3, seconds=10)),
    "feedback": lambda: look(after().wait(22)),
    "feedback_answered": lambda: look(_answered()),
    "feedback_learns_tonight": lambda: look(
        do(after().wait(22), c.ChangeRules(rules=replace_rules(learn_tonight=True)))
    ),
    "sit_out_call": lambda: look(sitting_out(talk=False).wait(10)),
    "sit_out": lambda: look(sitting_out(talk=True)),
    "break": lambda: look(do(after().wait(20), c.StartBreak(ends_at=DOORS + 3600)).wait(60)),
    "resting": lambda: look(say(after(), c.Rest())),
    "left": lambda: look(say(after(), c.Leave())),
    "wrap_up": lambda: look(wrapped_up()),
    "contacts": _contacts,
    "contacts_none": lambda: look(do(wrapped_up(yes=False), c.RevealContacts())),
    "contacts_hidden": lambda: look(say(do(wrapped_up(), c.RevealContacts()), c.HideContacts())),
    "closed": lambda: look(do(do(wrapped_up(yes=False), c.RevealContacts()), c.CloseEvent())),
}


def encoded(view: AttendeeView) -> bytes:
    """Return a view as its file holds it."""
    return msgspec.json.format(msgspec.json.encode(view), indent=2) + b"\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in VIEWS.items():
        (FOLDER / f"phone-{name}.json").write_bytes(encoded(make()))
