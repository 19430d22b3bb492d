"""Plays an evening written down for organizers: a time, what somebody does, and what comes of it.

    19:40  Olga calls the round  -> call; 1: Ada, Bo; out: Cleo
    19:41  Bo misses Ada         -> nothing changes

Olga and Otto organize; everybody else is a guest. The planner plans anew before each call, as the server
does. The clock acts only in its own lines, and a line after a deadline that passed in silence is a mistake.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builders import CURRENT, MIDNIGHT, Evening, rules

from event_server.domain import commands as c
from event_server.domain.card import EventCard
from event_server.domain.messages import CLOCK, Refused, guest, staff
from event_server.domain.results import mutual_contacts
from event_server.views.attendee import AttendeeView, attendee_view
from event_server.views.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

ORGANIZERS = ("Olga", "Otto")
LINE = re.compile(r"(?P<time>\d\d:\d\d(:\d\d)?)\s+(?P<what>.+?)(\s+-> (?P<then>.+))?")
TIME = r"(\d\d:\d\d(?::\d\d)?)"
NAMES = r"([A-Z]\w+(?:(?:, | and )[A-Z]\w+)*)"
CLICKS: dict[str, c.Command] = {
    "opens the doors": c.OpenLobby(),
    "calls the round": c.CallToTables(),
    "takes the call back": c.CancelCall(),
    "starts the round": c.StartRound(),
    "ends the round": c.EndRound(),
    "pauses": c.Pause(),
    "resumes": c.Resume(),
    "ends the evening": c.FinishEvent(),
    "reveals the contacts": c.RevealContacts(),
    "closes": c.CloseEvent(),
}
ABOUT_ONESELF: dict[str, Callable[..., c.Command]] = {
    "arrive": c.CheckIn,
    "leave": c.Leave,
    "rest": c.Rest,
    "return": c.Return,
    "hide": c.HideContacts,
}


def seconds(text: str) -> float:
    """Return a time of the evening as POSIX seconds."""
    hours, minutes, *rest = map(int, text.split(":"))
    return MIDNIGHT + hours * 3600 + minutes * 60 + sum(rest)


def names(text: str) -> tuple[str, ...]:
    """Return the people of "Ada, Bo and Cleo"; "nobody" is none."""
    return () if text == "nobody" else tuple(re.split(", | and ", text))


class Stage:
    """An evening in which people go by their first names."""

    def __init__(self, guests: tuple[str, ...], **evening_rules: float) -> None:
        self.evening = Evening()
        self.evening.send(c.CreateEvent(rules=rules(**evening_rules)), by=staff("olga"))
        self.evening.send(c.AddAttendees(attendees=guests), by=staff("olga"))
        self.outcome = ""
        self.seen = 0
        self.seen_before = 0

    def play(self, line: str) -> None:
        """Play one line and check what comes of it."""
        parts = LINE.fullmatch(line)
        assert parts, "a line reads: time, what somebody does -> what comes of it"
        self.move_to(seconds(parts["time"]), parts["what"])
        for act in self.acts(parts["what"]):
            act()
        for expected in (parts["then"] or "").split("; "):
            if expected:
                self.check(expected)

    def move_to(self, now: float, what: str) -> None:
        due = self.evening.state.wake_at
        assert now >= self.evening.now or not self.evening.state.rounds, "time runs forward"
        assert due is None or now < due or what == "the clock", "the clock should have acted before"
        self.evening.now = now
        self.seen_before, self.seen = self.seen, self.evening.state.control_version

    def send(self, command: c.Command, by: str, expect: int = CURRENT) -> None:
        try:
            facts = self.evening.send(command, by=by, expect=expect)
        except Refused as refused:
            values = ", ".join(
                str(value).removeprefix("staff:").capitalize() for value in refused.detail.values()
            )
            self.outcome = f"refused {refused.code}" + (f" ({values})" if values else "")
        else:
            self.outcome = "done" if facts else "nothing changes"

    # What people do

    def acts(self, what: str) -> list[Callable[[], None]]:
        """Return what the sentence ``what`` stands for."""
        if what == "the clock":
            return [lambda: self.send(c.Tick(), CLOCK)]
        who, _, rest = what.partition(" ")
        if who in ORGANIZERS:
            late = rest.endswith(" at the same moment")
            command = self.steering(rest.removesuffix(" at the same moment"))
            expect = self.seen_before if late else CURRENT
            return [lambda: self.send(command, staff(who.lower()), expect)]
        return [lambda each=each: self.send(each[1], guest(each[0])) for each in self.guests_commands(what)]

    def steering(self, what: str) -> c.Command:
        if what in CLICKS:
            if (
                what == "calls the round"
                and self.evening.state.next_number <= self.evening.state.rules.rounds
            ):
                self.evening.plan()
            return CLICKS[what]
        if found := re.fullmatch(f"moves the end to {TIME}", what):
            return c.ExtendRound(ends_at=seconds(found[1]))
        if found := re.fullmatch(f"breaks until {TIME}", what):
            return c.StartBreak(ends_at=seconds(found[1]))
        if found := re.fullmatch("switches the automatic (on|off)", what):
            return c.SetAutomatic(on=found[1] == "on")
        if found := re.fullmatch(f"adds {NAMES}", what):
            return c.AddAttendees(attendees=names(found[1]))
        found = re.fullmatch("seats (.+)", what)
        assert found, f"nobody knows how to {what}"
        places = re.findall(rf"(nobody|{NAMES}) at (\d+)", found[1])
        tables = tuple((int(number), names(people)) for people, _, number in places)
        return c.ChangeTable(round=len(self.evening.state.rounds), tables=tables)

    def guests_commands(self, what: str) -> list[tuple[str, c.Command]]:
        number = len(self.evening.state.rounds)
        if found := re.fullmatch(f"{NAMES} ({'|'.join(ABOUT_ONESELF)})s?", what):
            return [(who, ABOUT_ONESELF[found[2]](attendee=who)) for who in names(found[1])]
        if found := re.fullmatch(f"{NAMES} sits? down", what):
            return [(who, c.ArriveAtTable(round=number, attendee=who)) for who in names(found[1])]
        if found := re.fullmatch(f"{NAMES} misse?s? {NAMES}", what):
            return [(found[1], c.ReportMissing(round=number, about=found[2], attendee=found[1]))]
        found = re.fullmatch(rf"{NAMES} says (yes|maybe|no|nothing) about {NAMES}(?: in round (\d+))?", what)
        assert found, f"nobody knows how to {what}"
        said: dict[str, c.Again | None] = {"yes": "yes", "maybe": "maybe", "no": "no", "nothing": None}
        asked = int(found[4] or number)
        answer = c.GiveAnswer(round=asked, about=found[3], again=said[found[2]], attendee=found[1])
        return [(found[1], answer)]

    # What comes of it

    def check(self, expected: str) -> None:
        """Check one statement about what is now."""
        state, current = self.evening.state, self.evening.state.round
        if expected == "nothing changes" or expected.startswith("refused"):
            assert self.outcome == expected
            return
        assert not self.outcome.startswith("refused"), self.outcome
        if expected.replace("-", "_") in list(type(state.phase)):
            assert state.phase.value == expected.replace("-", "_")
        elif found := re.fullmatch(r"round (\d+)", expected):
            assert len(state.rounds) == int(found[1])
        elif found := re.fullmatch(r"(\d+): (.+)", expected):
            assert set(current.tables[int(found[1]) - 1] if current else ()) == set(names(found[2]))
        elif found := re.fullmatch("out: (.+)", expected):
            assert (current.sitting_out if current else None) == set(names(found[1]))
        elif found := re.fullmatch(f"ends {TIME}", expected):
            assert (state.pausing, state.deadline) == (None, seconds(found[1]))
        else:
            self.check_clock_and_people(expected)

    def check_clock_and_people(self, expected: str) -> None:
        state = self.evening.state
        if found := re.fullmatch(r"(\d+):(\d\d) left(, and somebody is asked)?", expected):
            assert state.pausing
            assert state.pausing.remaining == int(found[1]) * 60 + int(found[2])
            assert state.pausing.interrupted == bool(found[3])
        elif found := re.fullmatch(f"{NAMES} speaks? from {TIME}", expected):
            turns = {turn.who: turn.at for turn in self.phone(found[1]).turns}
            assert turns[found[1]] == seconds(found[2]) * 1000
        elif found := re.fullmatch(f"{NAMES} met (.+)", expected):
            assert (state.rounds[-1].met(found[1])) == set(names(found[2]))
        elif found := re.fullmatch(f"{NAMES} finds? (.+)", expected):
            assert {other for other, _ in mutual_contacts(state, found[1])} == set(names(found[2]))
        elif found := re.fullmatch(r"sat out: (.+)", expected):
            times = {who: count for who, count in state.sit_outs().items() if count}
            assert times == {name: int(n) for name, n in re.findall(r"(\w+) (\d+)", found[1])}
        else:
            found = re.fullmatch(rf"{NAMES} reads? (\w+)", expected)
            assert found, f"nobody knows what this means: {expected}"
            sit_out = self.phone(found[1]).sit_out
            assert sit_out
            assert sit_out.reason == found[2]

    def phone(self, who: str) -> AttendeeView:
        shown = Scene(EventCard(id="prova", title="Prova"), self.evening.state, {}, self.evening.now)
        return attendee_view(shown, who)
