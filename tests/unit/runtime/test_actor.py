"""The actor: persist before you speak, group commit, conflicts, a disk that fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from rooms import EVENT, ORGANIZER, Evening, IdleSolver, ManualClock, MemoryLibrary, evening, opened_room

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.live_event import replay
from event_server.domain.messages import Refused, Rules, guest
from event_server.domain.phases import Phase
from event_server.storage.errors import StorageFailed
from event_server.storage.journal import Draft, MemoryJournal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.private import Private

NAMES = ("Ada", "Bo", "Cleo", "Dario")


class SlowJournal(MemoryJournal):
    """A journal whose commits wait for the test, and which counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()
        self.commits = 0
        self.fails: str | None = None

    async def append(
        self, event: str, after: int, drafts: Sequence[Draft], *, at: float, private: Sequence[Private] = ()
    ) -> list[f.Entry]:
        await self.gate.wait()
        if self.fails is not None:
            raise StorageFailed(self.fails)
        self.commits += 1
        return await super().append(event, after, drafts, at=at, private=private)


async def test_answers_only_after_the_commit() -> None:
    journal = SlowJournal()
    running = await evening(*NAMES, journal=journal)
    journal.gate.clear()
    asked = asyncio.create_task(running.do(c.Leave(attendee="ada")))
    await asyncio.sleep(0.02)
    assert not asked.done()
    assert running.room.state.roster["ada"].is_present
    journal.gate.set()
    await asked
    assert not running.room.state.roster["ada"].is_present
    await running.room.stop()


async def test_requests_that_wait_share_one_commit() -> None:
    journal = SlowJournal()
    running = await evening(*NAMES, journal=journal)
    before = journal.commits
    journal.gate.clear()
    first = asyncio.create_task(running.do(c.Leave(attendee="ada")))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(running.do(c.Rest(attendee=name))) for name in ("bo", "cleo", "dario")]
    await asyncio.sleep(0.01)
    journal.gate.set()
    await asyncio.gather(first, *others)
    assert journal.commits - before == 2
    await running.room.stop()


async def test_one_refusal_in_a_batch_spares_the_others() -> None:
    running = await evening(*NAMES)
    wrong, right = await asyncio.gather(
        running.do(c.EndRound()), running.do(c.Leave(attendee="ada")), return_exceptions=True
    )
    assert isinstance(wrong, Refused)
    assert wrong.code == "wrong_phase"
    assert right is None
    await running.room.stop()


@pytest.mark.parametrize("reason", ["full", "read_only", "io"])
async def test_a_failing_disk_acknowledges_nothing_and_loses_nothing(reason: str) -> None:
    journal = SlowJournal()
    running = await evening(*NAMES, journal=journal)
    before = running.room.state
    journal.fails = reason
    with pytest.raises(StorageFailed):
        await running.do(c.Leave(attendee="ada"), request_id="leave")
    assert running.room.state == before
    assert running.room.scene().storage_failed
    journal.fails = None
    await running.do(c.Leave(attendee="ada"), request_id="leave")
    assert not running.room.scene().storage_failed
    assert not running.room.state.roster["ada"].is_present
    await running.room.stop()


async def test_a_repeat_in_a_batch_that_fails_is_not_acknowledged() -> None:
    journal = SlowJournal()
    running = await evening(*NAMES, journal=journal)
    journal.fails = "full"
    answers = await asyncio.gather(
        *(running.do(c.Leave(attendee="ada"), request_id="same") for _ in range(3)), return_exceptions=True
    )
    assert all(isinstance(answer, StorageFailed) for answer in answers)
    await running.room.stop()


async def test_the_same_id_has_one_effect_and_is_accepted_again() -> None:
    running = await evening(*NAMES)
    await running.do(c.CallToTables(), request_id="call")
    version = running.room.state.version
    await running.do(c.CallToTables(), request_id="call")
    assert running.room.state.version == version
    await running.room.stop()


async def test_another_writer_is_read_before_a_refusal() -> None:
    journal = MemoryJournal()
    running = await evening(*NAMES, journal=journal)
    other = await opened_room(journal, MemoryLibrary(journal), running.clock, IdleSolver())
    twin = Evening(other, running.clock, journal)
    await running.do(c.CallToTables())
    # The twin has not heard of the call: it must read on before it says that no round can start.
    await twin.room.submit(
        c.Request(actor=ORGANIZER, id="s", command=c.StartRound(), expect=running.room.state.control_version)
    )
    assert other.state.phase is Phase.TALK
    # And this one decides on a state that is old, finds the conflict and decides again.
    await running.do(c.Leave(attendee="dario"))
    assert replay(EVENT, await journal.read(EVENT)) == running.room.state
    assert running.room.state.phase is Phase.TALK
    await running.room.stop()
    await other.stop()


async def test_of_two_organizers_with_the_same_expected_version_one_wins() -> None:
    running = await evening(*NAMES)
    expect = running.room.state.control_version
    calls = [
        running.room.submit(c.Request(actor=f"staff:{who}", id=who, command=c.CallToTables(), expect=expect))
        for who in ("fay", "otto")
    ]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer.code for answer in refused] == ["stale"]
    assert refused[0].detail["by"] in {"staff:fay", "staff:otto"}
    assert len(running.room.state.rounds) == 1
    await running.room.stop()


async def until(condition: object, seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0.01)


async def test_a_deadline_ends_the_round_once_and_never_early() -> None:
    running = await evening(*NAMES)
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    room, ends_at = running.room, running.room.state.deadline
    assert ends_at is not None
    running.clock.at = ends_at - 0.05
    await asyncio.sleep(0.03)
    assert room.state.phase is Phase.TALK
    running.clock.at = ends_at
    await until(lambda: room.state.phase is Phase.FEEDBACK)
    entries = await running.journal.read(EVENT)
    assert sum(isinstance(entry.fact, f.RoundEnded) for entry in entries) == 1
    await room.stop()


async def test_after_a_restart_the_deadline_is_the_stored_one() -> None:
    journal = MemoryJournal()
    running = await evening(*NAMES, journal=journal)
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    deadline = running.room.state.deadline
    await running.room.stop()
    clock = ManualClock(deadline + 5)
    again = await opened_room(journal, MemoryLibrary(journal), clock, IdleSolver())
    assert again.state.deadline == deadline
    await until(lambda: again.state.phase is Phase.FEEDBACK)
    await again.stop()


async def test_after_a_long_outage_the_evening_stands_still_and_asks() -> None:
    journal = MemoryJournal()
    running = await evening(*NAMES, journal=journal)
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    deadline = running.room.state.deadline
    await running.room.stop()
    again = await opened_room(journal, MemoryLibrary(journal), ManualClock(deadline + 600), IdleSolver())
    await until(lambda: again.state.pausing is not None)
    assert again.state.phase is Phase.TALK
    assert again.state.pausing.interrupted
    await again.stop()


async def test_a_failing_disk_at_a_deadline_is_tried_again() -> None:
    journal = SlowJournal()
    running = await evening(*NAMES, journal=journal)
    await running.do(c.CallToTables())
    await running.do(c.StartRound())
    journal.fails = "full"
    running.clock.at = running.room.state.deadline + 0.1
    await until(lambda: running.room.scene().storage_failed)
    assert running.room.state.phase is Phase.TALK
    journal.fails = None
    running.clock.at += 2.0
    await until(lambda: running.room.state.phase is Phase.FEEDBACK)
    await running.room.stop()


async def test_a_call_without_any_plan_is_made_fit_at_once() -> None:
    running = await evening(*NAMES, "Elio")
    await running.do(c.CallToTables())
    current = running.room.state.round
    assert sorted(len(seats) for seats in current.tables if seats) == [2, 2]
    assert current.patched
    assert len(current.sitting_out) == 1
    await running.room.stop()


async def test_a_guest_is_heard_by_the_same_rules() -> None:
    running = await evening(*NAMES, rules=Rules(rounds=2, tables=2, self_check_in=False))
    with pytest.raises(Refused, match="wrong_phase"):
        await running.do(c.GiveAnswer(attendee="ada", about="bo", round=1, again="yes"), actor=guest("ada"))
    await running.room.stop()


async def test_a_list_of_thousands_leaves_others_their_turn() -> None:
    running = await evening()
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(others())
    await running.do(c.AddAttendees(attendees=tuple(f"p{i}" for i in range(2000))))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert turns >= 2000 / 100
    assert len(running.room.state.roster) == 2000
    await running.room.stop()
