"""The same evening again and again with other answers of one person: nobody else gets one other byte."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from builders import profile
from leaks.evening import Evening, make_repeatable
from live_server import hurry, live_server
from rooms import InlineSolver

if TYPE_CHECKING:
    from pathlib import Path

SUBJECT = "p1"
VISITORS = ("organizer", "projector", "p2", "p3")
ROUNDS = 2
ADDRESS = "http://serata.example"
Said = tuple[dict[str, Any], ...]

NONE: Said = ()
YES: Said = ({"again": "yes"},)
NO: Said = ({"again": "no"},)
MAYBE: Said = ({"again": "maybe", "rating": 2, "heard": 1},)
WITHDRAWN: Said = ({"again": "yes", "rating": 5}, {})
CHANGED: Said = ({"again": "yes"}, {"again": "no", "rating": 1}, {"again": "yes", "heard": 5})
TAKEN_BACK: Said = ({"again": "yes"}, {"again": "no"})


@dataclass
class Transcript:
    """What everybody but the subject got, and how the evening went.

    Attributes:
        before: Actor -> bytes in their order until contacts were shown.
        after: The same, from then on.
        plans: Who sat where, and what the planner was told each time.
    """

    before: dict[str, list[bytes]]
    after: dict[str, list[bytes]]
    plans: list[object]


def others(evening: Evening) -> dict[str, list[bytes]]:
    return {
        name: [*actor.frames, b"---", *actor.answers]
        for name, actor in evening.actors.items()
        if name != SUBJECT
    }


async def answer(evening: Evening, said: Said, reply: str | None) -> None:
    """Let the subject say all of ``said`` about the partner, and everybody else what they always say."""
    number = len(evening.room.state.rounds)
    for attendee in evening.profiles:
        for about in evening.partners(attendee):
            values = said if attendee == SUBJECT else ({"again": reply if about == SUBJECT else "yes"},)
            for value in values:
                if attendee == SUBJECT or value["again"]:
                    await evening.say(attendee, "GiveAnswer", round=number, about=about, **value)
            if attendee == SUBJECT and said:
                note = f"Da ricordare: {said[0]}"
                await evening.say(attendee, "SaveNote", text=note, round=number, about=about)
        await evening.poll_all()


async def hold_round(evening: Evening, said: Said, reply: str | None) -> None:
    await evening.say("organizer", "CallToTables")
    await evening.step()
    await evening.say("organizer", "StartRound")
    await evening.step()
    # Half of what is said is said while the talk still runs.
    await answer(evening, said, reply)
    await evening.say("organizer", "EndRound")
    await evening.step()
    await answer(evening, said, reply)
    for attendee in list(evening.profiles)[1:]:
        await evening.actors[attendee].get(evening.path)


async def hold_evening(
    folder: Path, people: int, said: Said, reply: str | None, *, learn_tonight: bool
) -> Transcript:
    # Everybody agrees that answers may teach: what is off must hold for those, too.
    profiles = {
        f"p{number}": msgspec.structs.replace(profile(number), learning=True)
        for number in range(1, people + 1)
    }
    solver = InlineSolver()
    async with live_server(folder, solver=solver, public_urls=(ADDRESS,)) as live:
        evening = Evening(live, profiles)
        await evening.open(rounds=ROUNDS, learn_tonight=learn_tonight)
        for attendee in profiles:
            await evening.say(attendee, "CheckIn")
        if learn_tonight:
            await decide_all_pairings(evening)
        for _ in range(ROUNDS):
            await hold_round(evening, said, reply)
        await evening.say("organizer", "FinishEvent")
        await evening.visit_own(*VISITORS)
        before = others(evening)
        await evening.say("organizer", "RevealContacts")
        await evening.poll_all()
        await evening.visit_own(*VISITORS)
        await evening.say("organizer", "CloseEvent")
        everything = others(evening)
        plans = [evening.room.state.plan, *evening.room.state.rounds, *solver.jobs]
        await evening.close()
    after = {name: seen[len(before[name]) :] for name, seen in everything.items()}
    return Transcript(before, after, [r.tables if hasattr(r, "at_table") else r for r in plans])


async def decide_all_pairings(evening: Evening) -> None:
    """Let wishes leave four people a single plan: answers may move pairings, and then to no other."""
    for one, other, by in (("p1", "p2", 1), ("p3", "p4", 1), ("p1", "p3", 2), ("p2", "p4", 2)):
        await evening.say("organizer", "SetPairRule", attendee=one, other=other, rule="must", by=by)
    for table, attendee in enumerate(("p1", "p4"), 1):
        await evening.say("organizer", "ArrangeAttendee", attendee=attendee, table=table)


def evenings(
    folder: Path, people: int, ways: dict[str, Said], reply: str | None, *, learn_tonight: bool = False
) -> dict[str, Transcript]:
    held = {}
    for way, said in ways.items():
        with pytest.MonkeyPatch.context() as monkeypatch:
            make_repeatable(monkeypatch)
            hurry(monkeypatch)
            evening = hold_evening(folder / way, people, said, reply, learn_tonight=learn_tonight)
            held[way] = asyncio.run(evening)
    return held


def check_equal(one: dict[str, list[bytes]], other: dict[str, list[bytes]]) -> None:
    """Check that everybody got the same bytes in the same order; say who got what else first."""
    assert one.keys() == other.keys()
    for name, got in one.items():
        for place, (first, second) in enumerate(zip(got, other[name], strict=False)):
            assert first == second, difference(name, place, first, second)
        assert len(got) == len(other[name]), name


def difference(name: str, place: int, one: bytes, other: bytes) -> str:
    """Return where two pieces part, with a little of what follows."""
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 60)
    return (
        f"{name}, piece {place}: {one[max(0, at - 60) : at + 60]!r} but {other[max(0, at - 60) : at + 60]!r}"
    )


def check_alike(held: dict[str, Transcript]) -> None:
    """Check that everybody got the same bytes, and the planner was told and said the same."""
    check_bytes(held)
    first = next(iter(held.values()))
    assert all(first.plans == transcript.plans for transcript in held.values())


def check_bytes(held: dict[str, Transcript]) -> None:
    first = next(iter(held.values()))
    for way, transcript in held.items():
        print(f"{way}: {sum(map(len, transcript.before.values()))} pieces, {len(transcript.plans)} plans")
        check_equal(first.before, transcript.before)
        check_equal(first.after, transcript.after)


def check_seen(transcript: Transcript, people: int) -> None:
    """Check that there was something to compare: views, polls, pages, cards, of everybody."""
    assert len(transcript.before) == people - 1 + len(
        ("organizer", "helper", "door", "projector", "stranger")
    )
    for guest in ("p2", "p3"):
        assert sum(b'"phase":"talk"' in piece for piece in transcript.before[guest]) >= ROUNDS
        assert any(b"BEGIN:VCARD" in piece for piece in transcript.after[guest])
        assert any(b" 304\n" in piece for piece in transcript.before[guest])
    assert len(transcript.plans) > 2 * ROUNDS


def test_nobody_can_tell_what_somebody_said_whom_they_do_not_want_to_meet(tmp_path: Path) -> None:
    """Four people: too few for any counter, so organizers and the wall must not stir either."""
    held = evenings(tmp_path, 4, {"none": NONE, "yes": YES, "changed": CHANGED}, None)
    check_alike(held)
    check_seen(held["yes"], 4)


def test_nobody_can_tell_no_from_silence_though_they_said_yes(tmp_path: Path) -> None:
    check_alike(evenings(tmp_path, 4, {"none": NONE, "back": TAKEN_BACK}, "yes"))


@pytest.mark.slow
def test_nobody_can_tell_maybe_or_a_change_of_mind_from_silence(tmp_path: Path) -> None:
    check_alike(evenings(tmp_path, 4, {"none": NONE, "maybe": MAYBE, "withdrawn": WITHDRAWN}, "yes"))


def test_where_answers_move_pairings_nothing_but_pairings_tells_one_from_another(tmp_path: Path) -> None:
    """The planner is told what was said; with one plan to choose from, everybody gets the same bytes."""
    held = evenings(tmp_path, 4, {"no": NO, "yes": YES}, None, learn_tonight=True)
    check_bytes(held)
    check_seen(held["yes"], 4)
    assert held["no"].plans != held["yes"].plans, "what was said reached the planner"


@pytest.mark.slow
def test_mutual_yes_shows_at_the_reveal_and_not_before(tmp_path: Path) -> None:
    held = evenings(tmp_path, 4, {"no": NO, "yes": YES}, "yes")
    check_equal(held["no"].before, held["yes"].before)
    partners = [name for name in held["yes"].after if held["yes"].after[name] != held["no"].after[name]]
    assert set(partners) & {"p2", "p3", "p4"}
    assert any(b"persona1@example.org" in piece for name in partners for piece in held["yes"].after[name])


@pytest.mark.slow
def test_team_and_wall_of_a_larger_room_cannot_tell_yes_from_no(tmp_path: Path) -> None:
    """Six people: counters of who answered are shown, and move alike whatever was said."""
    held = evenings(tmp_path, 6, {"yes": YES, "maybe": MAYBE}, None)
    check_alike(held)
    assert any(b'"answered":' in piece for piece in held["yes"].before["projector"])
