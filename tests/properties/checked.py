"""A live event whose every fact and every state is checked on its way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from builders import CURRENT, Evening, scene
from hypothesis.stateful import RuleBasedStateMachine, invariant
from properties.legality import check_end_is_near, check_journal, check_state, check_step

from event_server.domain import commands as c
from event_server.domain.live_event import decide
from event_server.domain.messages import CLOCK, Refused
from event_server.views.attendee import attendee_view
from event_server.views.control import control_view
from event_server.views.projector import projector_view
from event_server.views.room import room_view

if TYPE_CHECKING:
    from event_server.domain.facts import Fact
    from event_server.domain.state import LiveEvent

MOST_TICKS = 12
"""Ticks at one moment: a break, a call and a start may all be due, each once."""


class CheckedEvening(RuleBasedStateMachine):
    """Sends requests for the rules of a machine, and holds the invariants."""

    def __init__(self) -> None:
        super().__init__()
        self.evening = Evening()
        self.sent: list[c.Request] = []

    @property
    def state(self) -> LiveEvent:
        return self.evening.state

    def send(self, command: c.Command, by: str, expect: int | None = CURRENT) -> bool:
        """Send a new request; return whether it was refused."""
        request = self.evening.request(command, by=by, expect=expect)
        self.sent.append(request)
        return self.decide(request)

    def decide(self, request: c.Request) -> bool:
        """Decide and record a request; return whether it was refused."""
        before = self.state
        facts = self._outcome(request)
        assert self.state is before
        if isinstance(facts, Refused):
            assert re.fullmatch("[a-z]+(_[a-z]+)*", facts.code)
            return True
        for fact in facts:
            here = self.state
            self.evening.record(fact, by=request.actor, request_id=request.id)
            check_state(self.state)
            check_step(here, self.evening.journal[-1], self.state)
        if facts:
            assert self._outcome(request) == [], "a known id has no second effect"
        return False

    def _outcome(self, request: c.Request) -> list[Fact] | Refused:
        try:
            return decide(self.state, request, self.evening.now)
        except Refused as refused:
            return refused

    def tick_until_quiet(self) -> None:
        """Let the clock act as the alarm of a server would."""
        for _ in range(MOST_TICKS):
            due = self.state.wake_at
            if due is None or due > self.evening.now:
                return
            recorded = self.state.version
            assert not self.send(c.Tick(), CLOCK)
            assert self.state.version > recorded, "a tick that is due changes something"
        raise AssertionError("the alarm rings for ever")

    @invariant()
    def journal_tells_the_same_story(self) -> None:
        check_journal(self.state, self.evening.journal)

    @invariant()
    def everybody_has_a_view(self) -> None:
        shown = scene(self.state, self.evening.now)
        for person in self.state.roster:
            mine = attendee_view(shown, person)
            assert mine.revealed or not mine.contacts
            assert not (mine.table and mine.sit_out)
        for view in (projector_view(shown), control_view(shown), room_view(shown)):
            assert msgspec.json.encode(view)

    @invariant()
    def organizer_can_close(self) -> None:
        if self.state.version:
            check_end_is_near(self.state, self.evening.now)
