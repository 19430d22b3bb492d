"""Records a small evening with the domain itself: ``python tests/journals/record.py RELEASE``.

Every kind of fact occurs. The journals of releases are kept beside this file and never edited: a server must
read what any earlier one has written.
"""

import sys
from pathlib import Path

import msgspec

from event_server.domain import commands as c
from event_server.domain.facts import Entry
from event_server.domain.live_event import decide, evolve
from event_server.domain.messages import CLOCK, PLANNER, RoundPlan, Rules, guest, staff
from event_server.domain.results import mutual_pairs, totals
from event_server.domain.state import LiveEvent

EVENT = "recorded-evening"
ADA, BO, CLEO, DINO, EVA, FIL = PEOPLE = ("ada0", "bo00", "cleo", "dino", "eva0", "fil0")
LATE = "gina"
BEGAN_AT = 1_790_000_000.0


class Evening:
    """Sends requests to the domain and keeps what they cause."""

    def __init__(self) -> None:
        self.state = LiveEvent(id=EVENT)
        self.entries: list[Entry] = []
        self.now = BEGAN_AT
        self._requests = 0

    def send(self, actor: str, command: c.Command, *, after: float = 1.0) -> None:
        """Let ``actor`` send ``command`` that many seconds later."""
        self.now += after
        self._requests += 1
        identity = f"r{self._requests}"
        request = c.Request(actor=actor, id=identity, command=command, expect=self.state.control_version)
        for fact in decide(self.state, request, self.now):
            entry = Entry(
                version=self.state.version + 1, at=self.now, actor=actor, command_id=identity, fact=fact
            )
            self.state = evolve(self.state, entry)
            self.entries.append(entry)

    def steer(self, *commands: c.Command) -> None:
        """Let an organizer send ``commands``."""
        for command in commands:
            self.send(staff("rosa"), command)

    def say(self, attendee: str, *commands: c.Command) -> None:
        """Let a guest send ``commands``."""
        for command in commands:
            self.send(guest(attendee), command)

    def answer(self, author: str, about: str, number: int, again: c.Again | None) -> None:
        """Let a guest answer."""
        rating = 4 if again else None
        self.say(author, c.GiveAnswer(round=number, about=about, again=again, rating=rating, attendee=author))


def record() -> Evening:
    """Return a whole evening of three rounds with every kind of fact."""
    evening = Evening()
    _arrive(evening)
    _first_round(evening)
    _second_round(evening)
    _third_round(evening)
    evening.steer(c.FinishEvent(), c.RevealContacts())
    evening.say(CLEO, c.HideContacts(attendee=CLEO))
    evening.steer(c.CloseEvent())
    return evening


def _arrive(evening: Evening) -> None:
    rules = Rules(rounds=4, tables=3, talk_seconds=120.0, reveal_seconds=600.0)
    evening.steer(c.CreateEvent(rules=rules), c.AddAttendees(attendees=PEOPLE))
    evening.steer(
        c.ChangeRules(rules=msgspec.structs.replace(rules, feedback_seconds=30.0)),
        c.ChangeProfile(attendee=ADA),
        c.MergeTags(),
        c.ArrangeAttendee(attendee=ADA, table=1),
        c.SetPairRule(attendee=BO, other=DINO, rule="never"),
        c.OpenLobby(),
        c.Replan(seed=7),
    )
    for person in PEOPLE:
        evening.say(person, c.CheckIn(attendee=person))
    evening.steer(c.UndoCheckIn(attendee=FIL), c.CheckIn(attendee=FIL))
    evening.say(EVA, c.SetStandby(attendee=EVA, on=False))
    evening.send(
        PLANNER, c.PublishPlan(basis=evening.state.plan_basis, first_round=1, rounds=PLAN, value=900)
    )
    evening.send(PLANNER, c.PatchRound(round=1, plan=PATCHED))


PLAN = (
    RoundPlan(tables=((ADA, BO), (CLEO, DINO), (EVA, FIL))),
    RoundPlan(tables=((ADA, CLEO), (BO, EVA), (DINO, FIL))),
    RoundPlan(tables=((ADA, DINO), (BO, CLEO)), sitting_out=(EVA, FIL)),
)
PATCHED = RoundPlan(tables=((ADA, BO), (CLEO, DINO), (FIL, EVA)))


def _first_round(evening: Evening) -> None:
    evening.steer(c.CallToTables(), c.CancelCall(), c.CallToTables())
    evening.say(ADA, c.ArriveAtTable(attendee=ADA, round=1))
    evening.steer(c.StartRound(), c.Pause(), c.Resume(), c.ExtendRound(ends_at=evening.now + 200.0))
    evening.say(CLEO, c.ReportMissing(attendee=CLEO, round=1, about=DINO))
    evening.say(CLEO, c.ReportMissing(attendee=CLEO, round=1, about=DINO, missing=False))
    evening.say(FIL, c.AskForHelp(attendee=FIL, kind="noise"))
    evening.steer(c.AnswerHelp(attendee=FIL), c.AddAttendees(attendees=(LATE,)), c.CheckIn(attendee=LATE))
    evening.answer(ADA, BO, 1, "maybe")
    evening.send(CLOCK, c.Tick(), after=300.0)
    evening.steer(c.Resume(), c.EndRound())
    evening.answer(ADA, BO, 1, "yes")
    evening.answer(BO, ADA, 1, "yes")
    evening.answer(CLEO, DINO, 1, "yes")
    evening.answer(DINO, CLEO, 1, "no")
    evening.say(EVA, c.SaveNote(attendee=EVA, about=FIL, round=1))


def _second_round(evening: Evening) -> None:
    evening.steer(c.StartBreak(ends_at=evening.now + 60.0), c.SetAutomatic(on=True), c.SetAutomatic(on=False))
    evening.say(LATE, c.Rest(attendee=LATE), c.Return(attendee=LATE))
    evening.steer(
        c.PostMessage(message="m1"),
        c.CallToTables(),
        c.ChangeTable(round=2, tables=((2, (BO, LATE)),)),
        c.StartRound(),
    )
    evening.send(staff("rosa"), c.Leave(attendee=FIL), after=80.0)
    evening.send(staff("rosa"), c.EndRound(), after=40.0)
    evening.answer(DINO, FIL, 2, "yes")
    evening.answer(FIL, DINO, 2, "yes")
    evening.answer(LATE, BO, 2, "yes")
    evening.answer(BO, LATE, 2, "yes")
    evening.answer(ADA, CLEO, 2, "yes")
    evening.answer(CLEO, ADA, 2, "yes")


def _third_round(evening: Evening) -> None:
    evening.steer(c.CallToTables(), c.StartRound())
    evening.send(staff("rosa"), c.EndRound(), after=130.0)
    evening.answer(BO, CLEO, 3, "no")
    evening.answer(BO, CLEO, 3, None)
    evening.steer(c.EraseAttendee(attendee=DINO))


def outcome(state: LiveEvent) -> dict[str, object]:
    """Return what must come out of a journal for ever, whatever later servers add to their state."""
    return {
        "version": state.version,
        "phase": state.phase.value,
        "met": {person: sorted(others) for person, others in sorted(state.met.items())},
        "mutual": sorted(mutual_pairs(state)),
        "totals": {
            name: getattr(totals(state), name) for name in ("meetings", "repeats", "sit_outs", "answers")
        },
        "status": {person.id: person.status.value for person in state.roster.values()},
    }


def main() -> None:
    """Write the journal and its outcome under the name of a release."""
    folder, release = Path(__file__).parent, sys.argv[1]
    evening = record()
    lines = b"\n".join(map(msgspec.json.encode, evening.entries))
    (folder / f"{release}.jsonl").write_bytes(lines + b"\n")
    expected = msgspec.json.format(msgspec.json.encode(outcome(evening.state)))
    (folder / f"{release}.outcome.json").write_bytes(expected + b"\n")


if __name__ == "__main__":
    main()
