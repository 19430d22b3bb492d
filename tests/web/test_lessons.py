"""From one evening to the next on the real server: what answers taught is kept, used, told and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import NOW

from event_server.domain import commands as c
from event_server.domain.messages import guest, staff
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.domain.state import Status
from event_server.storage.events import EventRow

if TYPE_CHECKING:
    from site_double import Site

    from event_server.runtime.room import Room

NAMES = ("Ada Prova", "Bo Esempio", "Cleo Finta", "Dario Modello")
PAIRS = ((("p1", "p2"), ("p3", "p4")), (("p1", "p3"), ("p2", "p4")), (("p1", "p4"), ("p2", "p3")))


async def do(room: Room, actor: str, command: c.Command, rows: tuple[ProfileRow, ...] = ()) -> None:
    expect = room.state.control_version if actor.startswith("staff") else None
    request = c.Request(actor=actor, id=f"id{room.state.version}", command=command, expect=expect)
    await room.submit(request, rows)


async def evening(site: Site, event: str, *, agree: tuple[str, ...] = NAMES) -> Room:
    """Return a room in its lobby with the four on an organizer's list, all present."""
    account = await site.account(f"{event} Bozza")
    await site.services.events.create(EventRow(id=event, title=event, starts_at=NOW), organizer=account.id)
    room = await site.services.rooms.open(event)
    rows = tuple(
        ProfileRow(
            attendee=f"p{number}",
            profile=Profile(
                name=name, email=f"{name.split()[0].lower()}@example.org", learning=name in agree
            ),
            source_key=name,
        )
        for number, name in enumerate(NAMES, 1)
    )
    fay = staff(account.id)
    await do(room, fay, c.CreateEvent(rules=c.Rules(rounds=3, tables=2)))
    await do(room, fay, c.AddAttendees(attendees=tuple(row.attendee for row in rows)), rows)
    await do(room, fay, c.OpenLobby())
    for row in rows:
        await do(room, fay, c.CheckIn(attendee=row.attendee))
    assert all(person.status is Status.PRESENT for person in room.state.roster.values())
    return room


async def hold(room: Room) -> None:
    """Hold three rounds after which nobody wants to meet Bo again, and close the event."""
    fay = staff("x")
    for number, tables in enumerate(PAIRS, 1):
        await do(room, fay, c.PatchRound(round=number, plan=c.RoundPlan(tables=tables)))
        await do(room, fay, c.CallToTables())
        await do(room, fay, c.StartRound())
        await do(room, fay, c.EndRound())
        for author, about in [*tables, *(both[::-1] for both in tables)]:
            said = c.GiveAnswer(
                round=number, about=about, again="no" if about == "p2" else "yes", attendee=author
            )
            await do(room, guest(author), said)
    await do(room, fay, c.FinishEvent())
    await do(room, fay, c.CloseEvent())


@pytest.fixture
async def second_evening(site: Site) -> Room:
    await hold(await evening(site, "first"))
    return await evening(site, "second")


async def test_the_next_evening_knows_who_pleased_less(second_evening: Room) -> None:
    lessons = {person: second_evening.lesson(person) for person in ("p1", "p2", "p3", "p4")}
    assert all(lesson is not None and lesson.received_count == 3 for lesson in lessons.values())
    received = {person: lesson.received_sum for person, lesson in lessons.items() if lesson}
    assert min(received, key=lambda person: received[person]) == "p2"
    briefing = second_evening.planning.briefing()
    assert briefing is not None
    assert {person.id: person.lesson for person in briefing.people} == lessons


async def test_an_evening_of_people_who_did_not_agree_teaches_nothing(site: Site) -> None:
    await hold(await evening(site, "first", agree=NAMES[:1]))
    second = await evening(site, "second")
    assert [second.lesson(f"p{number}") for number in range(1, 5)] == [None] * 4


async def test_who_does_not_agree_this_time_is_planned_by_their_profile_alone(site: Site) -> None:
    await hold(await evening(site, "first"))
    second = await evening(site, "second", agree=NAMES[1:])
    assert second.lesson("p1") is None
    assert second.lesson("p2") is not None


async def test_one_sees_what_ones_own_answers_taught_and_never_what_others_said(
    site: Site, second_evening: Room
) -> None:
    row = EventRow(id="second", title="second")
    lesson = second_evening.lesson("p2")
    assert lesson is not None
    mine = (await (await site.guest(row, "p2")).get("/e/second/my-data.json")).json()
    assert mine["learned_from_earlier_answers"] == {"sum": lesson.given_sum, "count": lesson.given_count}
    assert str(lesson.received_sum) not in str(mine)


async def test_a_change_of_mind_deletes_what_was_learned(site: Site, second_evening: Room) -> None:
    assert second_evening.lesson("p2") is not None
    browser = await site.guest(EventRow(id="second", title="second"), "p2")
    await browser.post("/e/second/card", data={"id": "x", "name": NAMES[1], "learning": ""})
    assert second_evening.lesson("p2") is None
    await browser.post("/e/second/card", data={"id": "y", "name": NAMES[1], "learning": "1"})
    assert second_evening.people["p2"].profile.learning
    assert second_evening.lesson("p2") is None, "it is gone, not hidden"


async def test_the_list_read_again_at_the_next_evening_leaves_lessons_alone(
    site: Site, second_evening: Room
) -> None:
    known = second_evening.lesson("p2")
    profile = second_evening.people["p1"].profile
    await do(
        second_evening,
        staff("x"),
        c.ChangeProfile(attendee="p1"),
        (ProfileRow(attendee="p1", profile=profile, source_key="again"),),
    )
    assert second_evening.lesson("p2") == known
