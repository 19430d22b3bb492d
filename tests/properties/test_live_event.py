"""A live event under whatever people, clocks and planners may do to it."""

from __future__ import annotations

from itertools import islice

import msgspec
from builders import ADA, GUS, planned_rounds, rules
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from properties.checked import CheckedEvening

from event_server.domain import commands as c
from event_server.domain.messages import CLOCK, PLANNER, RoundPlan, Seating, guest
from event_server.domain.phases import TIMED, Phase

IDS = tuple(f"p{number}" for number in range(1, 9))
PEOPLE = st.sampled_from(IDS)
NUMBERS = st.integers(0, 4)
PLACES = st.integers(0, 3)
COMPANIES = st.lists(st.sampled_from((2, 0, 3, 1, 2, 4, 6, 5)), min_size=1, max_size=4)
SECONDS = st.sampled_from((0.0, 0.5, 3.0, 20.0, 59.0, 61.0, 150.0, 400.0))
ODD = st.sampled_from(("sit_out", "trio"))
SIZES = st.sampled_from((2, 2, 2, 3, 4, 5, 6))
AGAIN = st.sampled_from(("yes", "yes", "maybe", "no", None))
CLICKS = (
    *(c.OpenLobby(), c.CallToTables(), c.CancelCall(), c.StartRound(), c.Pause(), c.Resume(), c.EndRound()),
    *(c.StartBreak(ends_at=0.0), c.FinishEvent(), c.RevealContacts(), c.CloseEvent()),
)
ABOUT_ONESELF = (c.CheckIn, c.Rest, c.Return, c.Return, c.Leave, c.HideContacts, c.ChangeProfile)


def _tables(people: list[str], sizes: list[int]) -> Seating:
    """Return ``people`` in order, so many at each table."""
    rest = iter(people)
    return tuple(tuple(islice(rest, size)) for size in sizes)


class LiveEventMachine(CheckedEvening):
    """Draws commands of every kind, mostly where they have an effect."""

    @initialize(
        rounds=st.sampled_from((4, 3, 2, 1)),
        tables=st.sampled_from((4, 3, 2, 1)),
        seats=SIZES,
        odd=ODD,
        automatic=st.booleans(),
        here=st.sampled_from((7, 6, 8, 5, 4, 3, 2)),
        steps=st.sampled_from((2, 5, 1, 4, 8, 0, 3, 7)),
    )
    def create(self, here: int, steps: int, **drawn: object) -> None:
        self.send(c.CreateEvent(rules=rules(talk_seconds=180.0, break_after=2, **drawn)), ADA)
        self.send(c.AddAttendees(attendees=IDS), ADA)
        self.send(c.OpenLobby(), ADA)
        for person in IDS[:here]:
            self.send(c.CheckIn(attendee=person), guest(person))
        for _ in range(steps):
            self.next_step(list(IDS), 61.0)

    # The evening takes its course

    @rule(order=st.permutations(IDS), late=SECONDS)
    def next_step(self, order: list[str], late: float) -> None:
        if self.state.phase is Phase.TALK:
            self.evening.wait(late)
        elif self.state.phase is not Phase.CALL:
            self.plan(order, 0)
        self.send(self._next_command(), ADA)

    def _next_command(self) -> c.Command:
        steps = {Phase.CALL: c.StartRound(), Phase.TALK: c.EndRound(), Phase.WRAP_UP: c.RevealContacts()}
        done = self.state.next_number > self.state.rules.rounds
        return steps.get(self.state.phase, c.FinishEvent() if done else c.CallToTables())

    @rule(late=st.sampled_from((0.0, 0.0, 0.2, 29.0, 31.0, 4000.0)))
    @precondition(lambda self: self.state.wake_at is not None)
    def deadline_passes(self, late: float) -> None:
        self.evening.now = max(self.evening.now, (self.state.wake_at or 0.0) + late)
        self.tick_until_quiet()

    @rule(early=st.floats(0.001, 5.0))
    @precondition(lambda self: self.state.wake_at is not None)
    def clock_is_early(self, early: float) -> None:
        now, recorded = self.evening.now, self.state.version
        self.evening.now = min(now, (self.state.wake_at or 0.0) - early)
        assert not self.send(c.Tick(), CLOCK)
        assert self.state.version == recorded, "a deadline is never early"
        self.evening.now = now

    @rule(seconds=SECONDS, back=st.booleans(), stop=st.booleans())
    @precondition(lambda self: self.state.phase in TIMED)
    def clock_is_moved(self, seconds: float, back: bool, stop: bool) -> None:
        self.send(c.Pause() if stop and not self.state.pausing else c.Resume(), ADA)
        self.evening.wait(seconds)
        ends_at = (self.state.deadline or self.evening.now) + (-seconds if back else seconds)
        self.send(c.ExtendRound(ends_at=ends_at), GUS)

    @rule(command=st.sampled_from(CLICKS), sure=NUMBERS)
    def click(self, command: c.Command, sure: int) -> None:
        ends_it = type(command) in {c.FinishEvent, c.CancelCall}
        if isinstance(command, c.StartBreak):
            command = c.StartBreak(ends_at=self.evening.now + 100 * sure)
        if isinstance(command, c.CloseEvent) and self.state.revealed_at is None:
            return  # an evening closed in the lobby has nothing left to check
        if sure == 0 or not ends_it:
            self.send(command, ADA)

    @rule(second=st.sampled_from(CLICKS), ahead=st.sampled_from((None, 1, 7)))
    def two_press_at_once(self, second: c.Command, ahead: int | None) -> None:
        seen = self.state.control_version
        self.send(self._next_command(), ADA, expect=seen)
        moved = self.state.control_version != seen
        assert self.send(second, GUS, expect=seen) or not moved, "of two with one expected version one wins"
        unseen = None if ahead is None else self.state.control_version + ahead
        assert self.send(second, GUS, expect=unseen)

    @rule(
        rounds=st.integers(1, 5),
        tables=st.integers(1, 5),
        seats=st.one_of(st.none(), SIZES),
        odd=ODD,
        automatic=st.booleans(),
        whole=st.booleans(),
    )
    def change_rules(self, seats: int | None, whole: bool, **drawn: object) -> None:
        changed = msgspec.structs.replace(self.state.rules, seats=seats or self.state.rules.seats, **drawn)
        self.send(c.ChangeRules(rules=changed) if whole else c.SetAutomatic(on=changed.automatic), GUS)

    # People

    @rule(kind=st.sampled_from(ABOUT_ONESELF), person=PEOPLE, by_staff=st.booleans())
    def come_and_go(self, kind: type[c.CheckIn], person: str, by_staff: bool) -> None:
        self.send(kind(attendee=person), ADA if by_staff else guest(person))

    @rule(person=PEOPLE, what=st.integers(0, 6))
    def at_the_door(self, person: str, what: int) -> None:
        commands = (c.EraseAttendee(attendee=person), c.UndoCheckIn(attendee=person))
        self.send(commands[what] if what < 2 else c.SetStandby(attendee=person, on=what % 2 > 0), GUS)

    @rule(one=PEOPLE, other=PEOPLE, kind=st.sampled_from(("must", "never", "none")), by=NUMBERS)
    def rule_for_a_pair(self, one: str, other: str, kind: c.PairRule, by: int) -> None:
        self.send(c.SetPairRule(attendee=one, other=other, rule=kind, by=by), ADA)
        table = None if by == 0 else by
        self.send(c.ArrangeAttendee(attendee=one, side="a" if kind == "must" else None, table=table), ADA)

    @rule(pick=st.integers(0, 99), after=SECONDS, kind=st.sampled_from((c.Leave, c.Rest, c.EraseAttendee)))
    @precondition(lambda self: self.state.running is not None)
    def somebody_leaves_a_table(self, pick: int, after: float, kind: type[c.Leave]) -> None:
        seated = [person for seats in self.state.rounds[-1].tables for person in seats]
        if seated:
            self.evening.wait(after)
            person = seated[pick % len(seated)]
            self.send(kind(attendee=person), ADA if pick % 2 else guest(person))

    @rule(person=PEOPLE, about=PEOPLE, number=NUMBERS, missing=st.booleans())
    def at_the_table(self, person: str, about: str, number: int, missing: bool) -> None:
        seated_with = (
            self.state.rounds[number - 1].partners_of(person) if number <= len(self.state.rounds) > 0 else ()
        )
        about = (*seated_with, about)[0]
        for command in (
            c.ReportMissing(attendee=person, about=about, round=number, missing=missing),
            c.ArriveAtTable(attendee=person, round=len(self.state.rounds)),
            c.SaveNote(attendee=person, about=about, round=number),
            c.AskForHelp(attendee=person, kind="noise") if missing else c.AnswerHelp(attendee=about),
        ):
            self.send(command, guest(person))

    @rule(pick=st.integers(0, 99), mine=AGAIN, theirs=AGAIN)
    @precondition(lambda self: any(held.is_held for held in self.state.rounds))
    def two_who_met_answer(self, pick: int, mine: c.Again | None, theirs: c.Again | None) -> None:
        met = [(a, b, r.number) for r in self.state.rounds for a in IDS for b in sorted(r.met(a))]
        if met:
            one, other, number = met[pick % len(met)]
            self.answer(one, other, number, mine, 3)
            self.answer(other, one, number, theirs, None)

    @rule(person=PEOPLE, about=PEOPLE, number=NUMBERS, again=AGAIN, rating=st.sampled_from((None, 1, 5, 6)))
    def answer(self, person: str, about: str, number: int, again: c.Again | None, rating: int | None) -> None:
        met = {other for held in self.state.rounds[number - 1 : number] for other in held.met(person)}
        allowed = number > 0 and about in met and self.state.revealed_at is None and rating != 6
        forgotten = any(self.state.roster[each].erased for each in (person, about))
        given = c.GiveAnswer(attendee=person, about=about, round=number, again=again, rating=rating)
        assert self.send(given, guest(person)) == (not allowed or forgotten)

    # The planner, and changes at the tables

    @rule(order=st.permutations(IDS), value=PLACES)
    def plan(self, order: list[str], value: int) -> None:
        here = set(self.state.present())
        planned = planned_rounds(self.state, [person for person in order if person in here])
        plan = c.PublishPlan(
            basis=self.state.plan_basis, first_round=self.state.next_number, rounds=planned, value=value
        )
        refused = self.send(plan, PLANNER)
        assert not refused or not planned or self.state.phase in {Phase.WRAP_UP, Phase.CLOSED}

    @rule(seats=st.permutations(IDS), sizes=COMPANIES, ahead=NUMBERS)
    def plan_nonsense(self, seats: list[str], sizes: list[int], ahead: int) -> None:
        tables, number = _tables(seats, sizes), self.state.next_number
        rounds = (RoundPlan(tables=tables), RoundPlan(tables=tables[::-1]))[: 1 + ahead % 2]
        basis = self.state.plan_basis + ahead - 2
        self.send(c.PublishPlan(basis=basis, first_round=number - 1 + ahead % 3, rounds=rounds), PLANNER)
        self.send(c.PatchRound(round=number + ahead // 4, plan=rounds[0]), PLANNER)

    @rule(seats=st.permutations(IDS), sizes=COMPANIES, table=st.integers(1, 4))
    @precondition(lambda self: self.state.running is not None)
    def change_tables(self, seats: list[str], sizes: list[int], table: int) -> None:
        changed = tuple(enumerate(_tables(seats, sizes[:2]), table))
        self.send(c.ChangeTable(round=len(self.state.rounds), tables=changed), ADA)

    @rule(table=PLACES, other=PLACES, after=SECONDS)
    @precondition(lambda self: self.state.running is not None)
    def swap_between_tables(self, table: int, other: int, after: float) -> None:
        self.evening.wait(after)
        tables = self.state.rounds[-1].tables
        spare = tuple(sorted(self.state.rounds[-1].sitting_out))[:1]
        here, there = table % len(tables), other % len(tables)
        one, two = tables[here], tables[there]
        swapped = ((here + 1, one[:1] + (two[1:] or spare)), (there + 1, two[:1] + one[1:]))
        self.send(c.ChangeTable(round=len(self.state.rounds), tables=swapped), ADA)

    @rule(person=PEOPLE, table=PLACES, after=SECONDS)
    @precondition(lambda self: self.state.phase is Phase.TALK)
    def somebody_comes_or_goes_in_a_talk(self, person: str, table: int, after: float) -> None:
        self.evening.wait(min(after, 61.0))
        tables = self.state.rounds[-1].tables
        to = table % len(tables)
        changed = {n: tuple(p for p in seats if p != person) for n, seats in enumerate(tables)}
        if person not in tables[to]:
            changed[to] += (person,)
        changes = tuple((n + 1, seats) for n, seats in changed.items())
        self.send(c.ChangeTable(round=len(self.state.rounds), tables=changes), ADA)

    @rule(back=st.integers(1, 40))
    def request_arrives_again(self, back: int) -> None:
        request = self.sent[-min(back, len(self.sent))]
        known, recorded = request.id in self.state.recent.get(request.actor, ()), self.state.version
        self.decide(request)
        assert not known or self.state.version == recorded


TestLiveEvent = LiveEventMachine.TestCase
TestLiveEvent.settings = settings(
    max_examples=200, stateful_step_count=50, deadline=None, print_blob=True, derandomize=True
)
