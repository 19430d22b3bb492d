"""Giving and taking: a need is met by a meeting, whatever was answered; only who is here counts."""

import pytest
from builders import Evening, evening

from event_server.domain import commands as c
from event_server.domain.messages import RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.profile import Profile
from event_server.tags.book import TagBook
from event_server.tags.exchange import exchange, met_needs, trades

ADA, BO, CLEO, DARIO = "p001", "p002", "p003", "p004"
PROFILES = {
    ADA: Profile(name="Ada Prova", offers=("Potatura",), needs=("bandi", "una sede")),
    BO: Profile(name="Bo Esempio", offers=("BANDI",), needs=("potatura",)),
    CLEO: Profile(name="Cleo Finta", offers=("bandi",), needs=("potatura",)),
    DARIO: Profile(name="Dario Modello", needs=("soldi per noi",)),
}
BOOK = TagBook(merges={"soldi per noi": TagBook().key("bandi")})
PRUNING, GRANTS, PLACE = map(BOOK.key, ("potatura", "bandi", "una sede"))


def called(*tables: tuple[str, ...]) -> Evening:
    """Return the evening with a round called to ``tables``."""
    begun = evening(4)
    begun.plan([RoundPlan(tables=tables)])
    begun.send(c.CallToTables())
    return begun


def held(*tables: tuple[str, ...]) -> Evening:
    """Return the evening after a round at ``tables``."""
    return called(*tables).go_to(Phase.FEEDBACK, 1)


def test_nothing_is_met_before_anybody_is_called() -> None:
    assert met_needs(evening(4).state, PROFILES, BOOK) == {}


def test_a_meeting_meets_the_needs_of_both_however_their_words_are_written() -> None:
    assert met_needs(held((ADA, BO), (CLEO, DARIO)).state, PROFILES, BOOK) == {
        ADA: frozenset({GRANTS}),
        BO: frozenset({PRUNING}),
        DARIO: frozenset({GRANTS}),
    }


def test_tags_that_are_the_same_by_a_merge_meet_each_other_and_without_it_do_not() -> None:
    state = held((CLEO, DARIO)).state
    assert met_needs(state, PROFILES, BOOK) == {DARIO: frozenset({GRANTS})}
    assert met_needs(state, PROFILES, TagBook()) == {}


def test_answers_meet_nothing_and_undo_nothing() -> None:
    after = held((ADA, BO), (CLEO, DARIO))
    before = met_needs(after.state, PROFILES, BOOK)
    after.answer(ADA, BO, "no")
    after.answer(CLEO, DARIO, "yes")
    assert met_needs(after.state, PROFILES, BOOK) == before


def test_the_called_round_counts_as_planned_until_it_is_taken_back() -> None:
    begun = called((ADA, BO))
    assert met_needs(begun.state, PROFILES, BOOK) == {
        ADA: frozenset({GRANTS}),
        BO: frozenset({PRUNING}),
    }
    begun.send(c.CancelCall())
    assert met_needs(begun.state, PROFILES, BOOK) == {}


def test_who_has_no_profile_any_more_gives_and_takes_nothing() -> None:
    kept = {person: profile for person, profile in PROFILES.items() if person != BO}
    assert met_needs(held((ADA, BO)).state, kept, BOOK) == {}


def test_met_needs_are_no_longer_looked_for_but_offers_stay() -> None:
    before = exchange(evening(4).state, trades(PROFILES, BOOK))
    assert before.needed == {GRANTS: 2, PLACE: 1, PRUNING: 2}
    assert before.offered == {PRUNING: 1, GRANTS: 2}

    after = exchange(held((ADA, BO)).state, trades(PROFILES, BOOK))
    assert after.needed == {GRANTS: 1, PLACE: 1, PRUNING: 1}
    assert after.offered == before.offered


@pytest.mark.parametrize("command", [c.Leave(attendee=CLEO), c.Rest(attendee=CLEO)])
def test_only_who_is_present_counts(command: c.Command) -> None:
    begun = evening(4)
    begun.send(command)
    now = exchange(begun.state, trades(PROFILES, BOOK))
    assert now.needed == {GRANTS: 2, PLACE: 1, PRUNING: 1}
    assert now.offered == {PRUNING: 1, GRANTS: 1}
