"""What one person answers moves no byte of what others see, until a mutual yes is revealed."""

from __future__ import annotations

import msgspec
from builders import Evening, attendee_ids, evening, scene
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from event_server.domain import commands as c
from event_server.domain.messages import guest
from event_server.domain.phases import Phase
from event_server.domain.results import said_yes
from event_server.views.attendee import attendee_view
from event_server.views.control import control_view
from event_server.views.projector import projector_view
from event_server.views.room import room_view

AGAIN = st.sampled_from(("yes", "maybe", "no", None))
STANDS = (
    (Phase.TALK, 1),
    (Phase.FEEDBACK, 1),
    (Phase.CALL, 2),
    (Phase.FEEDBACK, 2),
    (Phase.BREAK, 2),
    (Phase.WRAP_UP, 2),
)
MOST = 7
SIZES = st.sampled_from((2, 4))
"""Sizes of tables; at four people may meet twice, and answer twice about each other."""

ANSWERS = 2 * 3 * MOST
"""As many as seven people give in two rounds at tables of four."""

DRAWN = st.lists(st.tuples(AGAIN, st.sampled_from((None, 1, 5))), min_size=ANSWERS, max_size=ANSWERS)

Drawn = list[tuple[c.Again | None, int | None]]
Flips = list[c.Again | None]
Changes = dict[str, c.Again | None]
Notes = dict[tuple[str, str, int], str]


def answered(
    people: int, stand: tuple[Phase, int], drawn: Drawn, changes: Changes, author: str, seats: int
) -> Evening:
    """Return an evening in which everybody answered as drawn, ``author`` as in ``changes`` instead."""
    stood, answers = evening(people, seats=seats).go_to(*stand), iter(drawn)
    for person in attendee_ids(people):
        for held in stood.state.rounds:
            for about in sorted(held.met(person)):
                again, rating = next(answers)
                again = changes.get(about, again) if person == author else again
                stood.answer(person, about, again, held.number, rating=rating)
    return stood


def bytes_seen(stood: Evening, viewer: str, notes: Notes | None = None) -> bytes:
    """Return what is sent to one phone."""
    return msgspec.json.encode(attendee_view(scene(stood.state, stood.now, notes=notes or {}), viewer))


@settings(max_examples=80, deadline=None, derandomize=True, print_blob=True)
@given(
    people=st.integers(3, MOST),
    seats=SIZES,
    stand=st.sampled_from(STANDS),
    drawn=DRAWN,
    flips=st.lists(AGAIN, min_size=4, max_size=4),
)
def test_answers_before_the_reveal_move_nobody_elses_view(
    people: int, seats: int, stand: tuple[Phase, int], drawn: Drawn, flips: Flips
) -> None:
    author, *others = attendee_ids(people)
    changes = dict(zip(others, flips * people, strict=False))
    one, two = (answered(people, stand, drawn, change, author, seats) for change in ({}, changes))
    assume(one.state.answers != two.state.answers)
    notes = {(author, others[0], 1): "secret"}
    for viewer in others:
        assert bytes_seen(one, viewer) == bytes_seen(two, viewer, notes)


@settings(max_examples=80, deadline=None, derandomize=True, print_blob=True)
@given(
    people=st.integers(3, MOST),
    seats=SIZES,
    drawn=DRAWN,
    flips=st.lists(AGAIN, min_size=4, max_size=4),
    hide=st.booleans(),
)
def test_one_sided_answers_never_show_after_the_reveal(
    people: int, seats: int, drawn: Drawn, flips: Flips, hide: bool
) -> None:
    author, *others = attendee_ids(people)
    plain = answered(people, (Phase.WRAP_UP, 2), drawn, {}, author, seats)
    wanted = {other for other in others if author in said_yes(plain.state, other)}
    # What the author says to those who do not want to see them again is one-sided, whatever it is.
    changes = {
        other: flip for other, flip in zip(others, flips * people, strict=False) if other not in wanted
    }
    flipped = answered(people, (Phase.WRAP_UP, 2), drawn, changes, author, seats)
    assume(plain.state.answers != flipped.state.answers)
    for stood in (plain, flipped):
        stood.go_to(Phase.CLOSED, 2)
        if hide:
            stood.send(c.HideContacts(attendee=author), by=guest(author))
    for viewer in others:
        assert bytes_seen(plain, viewer) == bytes_seen(flipped, viewer)


@settings(max_examples=60, deadline=None, derandomize=True, print_blob=True)
@given(
    people=st.integers(3, 4),
    seats=SIZES,
    stand=st.sampled_from(STANDS),
    drawn=DRAWN,
    flips=st.lists(AGAIN, min_size=4, max_size=4),
)
def test_below_five_answerers_nothing_public_counts_answers(
    people: int, seats: int, stand: tuple[Phase, int], drawn: Drawn, flips: Flips
) -> None:
    author, *others = attendee_ids(people)
    changes = dict(zip(others, flips * people, strict=False))
    one, two = (answered(people, stand, drawn, change, author, seats) for change in ({}, changes))
    assume(one.state.answers != two.state.answers)
    for view in (projector_view, control_view, room_view):
        shown = [msgspec.json.encode(view(scene(stood.state, stood.now))) for stood in (one, two)]
        assert shown[0] == shown[1]


@settings(max_examples=40, deadline=None, derandomize=True, print_blob=True)
@given(people=st.integers(5, MOST), seats=SIZES, stand=st.sampled_from(STANDS), drawn=DRAWN)
def test_what_was_answered_shows_nowhere_to_staff_and_room(
    people: int, seats: int, stand: tuple[Phase, int], drawn: Drawn
) -> None:
    author = attendee_ids(people)[0]
    said = [(again or "no", rating) for again, rating in drawn]
    turned = [({"yes": "no", "no": "yes", "maybe": "yes"}[again], rating) for again, rating in said]
    one, two = (answered(people, stand, answers, {}, author, seats) for answers in (said, turned))
    for view in (projector_view, control_view, room_view):
        shown = [msgspec.json.encode(view(scene(stood.state, stood.now))) for stood in (one, two)]
        assert shown[0] == shown[1]
