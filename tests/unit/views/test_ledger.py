"""Give and take of one person, and the asks that nobody here can answer."""

from __future__ import annotations

import msgspec
import pytest
from builders import Evening, evening, scene

from event_server.domain import commands as c
from event_server.domain.messages import RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.profile import Profile
from event_server.tags.book import TagBook
from event_server.views.asks import MOST_ASKS, Ask, asks
from event_server.views.attendee import attendee_view
from event_server.views.commons import Commons
from event_server.views.ledger import Chance, Ledger, ledger
from event_server.views.room import room_view
from event_server.views.scene import Person, Scene

ADA, BO, CLEO, DARIO = "p001", "p002", "p003", "p004"
PROFILES = {
    ADA: Profile(name="Ada Prova", offers=("potatura", "contabilità"), needs=("bandi", "una sede")),
    BO: Profile(name="Bo Esempio", offers=("bandi",), needs=("potatura",)),
    CLEO: Profile(name="Cleo Finta", offers=("Bandi",), needs=("contabilità", "Potatura")),
    DARIO: Profile(name="Dario Modello"),
}


def at(stood: Evening, profiles: dict[str, Profile] | None = None) -> Scene:
    known = profiles or PROFILES
    return scene(stood.state, stood.now, people={person: Person(known[person]) for person in known})


def seen(stood: Evening, person: str = ADA) -> Ledger | None:
    return ledger(at(stood), person)


def after_round(*tables: tuple[str, ...]) -> Evening:
    stood = evening(4)
    stood.plan([RoundPlan(tables=tables), RoundPlan(tables=())])
    return stood.go_to(Phase.FEEDBACK)


def test_lobby_counts_what_others_here_look_for_and_offer_most_wanted_first() -> None:
    assert seen(evening(4)) == Ledger(
        give=(Chance(tag="potatura", people=2), Chance(tag="contabilità", people=1)),
        gives=2,
        take=(Chance(tag="bandi", people=2),),
        takes=1,
    )


def test_only_who_is_present_counts() -> None:
    stood = evening(4)
    for person in (BO, CLEO):
        stood.send(c.Leave(attendee=person))
    assert seen(stood) == Ledger()


def test_own_offer_is_no_help_for_an_own_need() -> None:
    both = {
        ADA: Profile(name="Ada Prova", offers=("orti urbani",), needs=("Orti",)),
        BO: Profile(name="Bo Esempio", needs=("orti urbani",)),
    }
    assert ledger(at(evening(2), both), ADA) == Ledger(give=(Chance(tag="orti urbani", people=1),), gives=1)


def test_card_without_offers_and_needs_says_so() -> None:
    assert seen(evening(4), DARIO) == Ledger(blank=True)


def test_meeting_moves_what_could_be_done_to_what_was_done() -> None:
    assert seen(after_round((ADA, BO))) == Ledger(
        give=(Chance(tag="potatura", people=1), Chance(tag="contabilità", people=1)),
        gives=2,
        gave=("potatura",),
        got=("bandi",),
    )


def test_three_of_each_are_named_and_all_are_counted() -> None:
    tags = tuple(f"dono {number}" for number in range(5))
    many = {ADA: Profile(name="Ada Prova", offers=tags), BO: Profile(name="Bo Esempio", needs=tags)}
    book = ledger(at(evening(2), many), ADA)
    assert book is not None
    assert ([chance.tag for chance in book.give], book.gives) == (list(tags[:3]), 5)


@pytest.mark.parametrize("phase", Phase)
def test_it_shows_to_who_is_here_and_sits_at_no_table(phase: Phase) -> None:
    stood = evening(4, phase)
    shown = {person: seen(stood, person) is not None for person in PROFILES}
    expected = phase in {Phase.LOBBY, Phase.FEEDBACK, Phase.BREAK}
    assert shown == dict.fromkeys(PROFILES, expected)


def test_who_sits_out_reads_it_while_others_talk_and_who_rests_does_not() -> None:
    stood = evening(3)
    stood.plan([RoundPlan(tables=((ADA, BO),), sitting_out=(CLEO,))])
    stood.go_to(Phase.TALK)
    assert seen(stood, ADA) is None
    assert seen(stood, CLEO) == Ledger(
        take=(Chance(tag="contabilità", people=1), Chance(tag="potatura", people=1)), takes=2
    )
    stood.send(c.Rest(attendee=CLEO))
    assert seen(stood, CLEO) is None


def test_answers_move_nobodys_ledger() -> None:
    stood = after_round((ADA, BO), (CLEO, DARIO))
    before = [seen(stood, person) for person in PROFILES]
    for author, about, again in ((ADA, BO, "no"), (BO, ADA, "yes"), (CLEO, DARIO, "maybe")):
        stood.answer(author, about, again)  # type: ignore[arg-type]  # each is one
    assert [seen(stood, person) for person in PROFILES] == before


def test_ledger_names_nobody() -> None:
    sent = msgspec.json.encode(attendee_view(at(evening(4)), ADA))
    assert b'"ledger"' in sent
    assert not any(name in sent for name in (b"Bo", b"Cleo", b"Dario", BO.encode(), CLEO.encode()))


def test_exchange_is_worked_out_anew_only_when_people_or_seats_change() -> None:
    stood = after_round((ADA, BO), (CLEO, DARIO))
    commons = Commons({person: Person(PROFILES[person]) for person in PROFILES}, TagBook())
    first = commons.exchange(stood.state)
    stood.answer(ADA, BO, "yes")
    assert commons.exchange(stood.state) is first
    stood.send(c.Leave(attendee=CLEO))
    after = commons.exchange(stood.state)
    sums = TagBook().key("contabilità")
    assert (first.needed[sums], after.needed.get(sums, 0)) == (1, 0)
    stood.plan([RoundPlan(tables=((ADA, DARIO),))])
    stood.send(c.CallToTables())
    assert commons.exchange(stood.state) is not after


def test_asks_are_what_somebody_here_needs_and_nobody_here_offers() -> None:
    stood = evening(4)
    assert asks(at(stood)) == (Ask(tag="una sede", people=1),)
    stood.send(c.Leave(attendee=ADA))
    assert asks(at(stood)) == (Ask(tag="potatura", people=2), Ask(tag="contabilità", people=1))
    assert room_view(at(stood)).asks == asks(at(stood))


@pytest.mark.parametrize("phase", Phase)
def test_asks_show_from_the_first_arrival_to_the_end(phase: Phase) -> None:
    over = {Phase.DRAFT, Phase.WRAP_UP, Phase.CLOSED}
    assert bool(asks(at(evening(4, phase)))) == (phase not in over)


def test_nobody_asks_before_anybody_is_here() -> None:
    empty = evening(4, Phase.DRAFT)
    empty.send(c.OpenLobby())
    assert asks(at(empty)) == ()


def test_only_the_most_wanted_asks_are_listed_and_none_says_who() -> None:
    wide = {
        person: Profile(name=f"Persona {person}", needs=tuple(f"cosa {n:02}" for n in range(most)))
        for person, most in ((ADA, 12), (BO, 9), (CLEO, 3))
    }
    wide[DARIO] = Profile(name="Dario Modello", needs=("altro", "cosa 00"))
    shown = asks(at(evening(4), wide))
    assert len(shown) == MOST_ASKS
    assert shown[0] == Ask(tag="cosa 00", people=4)
    assert [ask.people for ask in shown] == sorted((ask.people for ask in shown), reverse=True)
    assert b"p00" not in msgspec.json.encode(shown)
