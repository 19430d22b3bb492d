"""What people say about each other, until the reveal and after it."""

import msgspec
import pytest
from builders import Evening, attendee_ids, evening, given

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.live_event import evolve, replay
from event_server.domain.messages import Refused, guest
from event_server.domain.phases import Phase
from event_server.domain.results import (
    answers_given,
    meetings,
    mutual_contacts,
    mutual_pairs,
    people_met,
    said_yes,
    totals,
)


def partner(stood: Evening, person: str, number: int = 1) -> str:
    """Return whom ``person`` met in a round."""
    (other,) = stood.state.rounds[number - 1].met(person)
    return other


def test_answers_open_with_the_talk_and_close_with_the_reveal() -> None:
    stood = evening(4, Phase.CALL)
    (other,) = stood.state.rounds[0].partners_of("p001")
    yes = c.GiveAnswer(attendee="p001", about=other, round=1, again="yes")
    given(stood).when(yes, by=guest("p001")).then(Refused("not_met", about=other, round=1))
    stood.go_to(Phase.TALK)
    assert stood.answer("p001", other, "yes")
    assert stood.answer("p001", other, "yes") == []
    stood.go_to(Phase.WRAP_UP)
    assert stood.answer("p001", other, "no")
    stood.send(c.RevealContacts())
    given(stood).when(yes, by=guest("p001")).then(Refused("answers_closed"))


def test_somebody_not_met_and_somebody_unknown_give_the_same_refusal() -> None:
    stood = evening(4, Phase.FEEDBACK)
    strangers = set(attendee_ids(4)) - {"p001", partner(stood, "p001")} | {"ghost", "p001"}
    for about in strangers:
        answer = c.GiveAnswer(attendee="p001", about=about, round=1, again="yes")
        given(stood).when(answer, by=guest("p001")).then(Refused("not_met", about=about, round=1))


@pytest.mark.parametrize(("field", "value"), [("rating", 0), ("rating", 6), ("heard", 6), ("heard", -1)])
def test_rating_is_one_to_five(field: str, value: int) -> None:
    stood = evening(4, Phase.FEEDBACK)
    answer = c.GiveAnswer(attendee="p001", about=partner(stood, "p001"), round=1, **{field: value})  # type: ignore[arg-type]
    given(stood).when(answer, by=guest("p001")).then(Refused("rating_out_of_range", field=field, value=value))


def test_answer_taken_back_leaves_no_trace_in_the_state() -> None:
    stood = evening(4, Phase.FEEDBACK)
    other = partner(stood, "p001")
    stood.answer("p001", other, "yes")
    stood.answer("p001", other, None)
    assert stood.state.answers == {}
    assert stood.answer("p001", other, None) == []


@pytest.mark.parametrize(
    ("mine", "theirs"), [("yes", "no"), ("yes", "maybe"), ("yes", None), ("maybe", "maybe")]
)
def test_only_yes_and_yes_is_mutual(mine: c.Again, theirs: c.Again | None) -> None:
    stood = evening(4, Phase.FEEDBACK)
    other = partner(stood, "p001")
    stood.answer("p001", other, mine)
    stood.answer(other, "p001", theirs)
    stood.go_to(Phase.WRAP_UP).send(c.RevealContacts())
    assert mutual_contacts(stood.state, "p001") == mutual_contacts(stood.state, other) == []
    assert mutual_pairs(stood.state) == frozenset()


def test_mutual_contacts_are_seen_by_both_from_the_reveal_on() -> None:
    stood = evening(4, Phase.FEEDBACK)
    other = partner(stood, "p001")
    for author, about in (("p001", other), (other, "p001")):
        stood.answer(author, about, "yes")
    assert mutual_contacts(stood.state, "p001") == []
    stood.go_to(Phase.WRAP_UP).tick()
    assert mutual_contacts(stood.state, "p001") == [(other, 1)]
    assert mutual_contacts(stood.state, other) == [("p001", 1)]


@pytest.mark.parametrize("phase", [Phase.WRAP_UP, Phase.CLOSED])
def test_who_hides_after_the_reveal_is_gone_on_both_sides(phase: Phase) -> None:
    stood = evening(4, Phase.FEEDBACK)
    other = partner(stood, "p001")
    for author, about in (("p001", other), (other, "p001")):
        stood.answer(author, about, "yes")
    stood.go_to(Phase.WRAP_UP).send(c.RevealContacts())
    stood.go_to(phase).send(c.HideContacts(attendee="p001"), by=guest("p001"))
    assert mutual_contacts(stood.state, "p001") == mutual_contacts(stood.state, other) == []
    assert said_yes(stood.state, "p001") == {other}, "the answers stay as they were"


def test_closing_early_reveals_first() -> None:
    wrap_up = evening(4, Phase.WRAP_UP)
    assert [type(fact) for fact in wrap_up.send(c.CloseEvent())] == [f.ContactsRevealed, f.EventClosed]


def erased(stood: Evening, person: str) -> Evening:
    """Return the evening with ``person`` forgotten, after everybody answered."""
    for author in attendee_ids(6):
        for held in stood.state.rounds:
            for about in held.met(author):
                stood.answer(author, about, "yes", held.number)
    stood.send(c.EraseAttendee(attendee=person))
    return stood


def test_erased_answers_are_as_if_they_had_been_taken_back() -> None:
    kept, forgotten = evening(6, Phase.FEEDBACK, 2), erased(evening(6, Phase.FEEDBACK, 2), "p001")
    for author in attendee_ids(6):
        for held in kept.state.rounds:
            for about in held.met(author):
                kept.answer(author, about, "yes", held.number)
    for number in (1, 2):
        other = partner(kept, "p001", number)
        kept.answer("p001", other, None, number)
        kept.answer(other, "p001", None, number)
    assert forgotten.state.answers == kept.state.answers
    assert forgotten.state.answers


def test_blanked_and_full_journal_replay_to_the_same_state() -> None:
    forgotten = erased(evening(6, Phase.FEEDBACK, 2), "p001")
    blanked = [
        msgspec.structs.replace(
            entry, fact=msgspec.structs.replace(entry.fact, again=None, rating=None, heard=None)
        )
        if isinstance(entry.fact, f.AnswerGiven) and "p001" in {entry.fact.attendee, entry.fact.about}
        else entry
        for entry in forgotten.journal
    ]
    assert blanked != forgotten.journal
    assert replay("prova", blanked) == replay("prova", forgotten.journal) == forgotten.state


def test_forgotten_person_stays_in_history_by_number_only() -> None:
    forgotten = erased(evening(6, Phase.FEEDBACK, 2), "p001")
    assert people_met(forgotten.state, partner(forgotten, "p001"))[0] == ("p001", 1)
    person = forgotten.state.roster["p001"]
    assert (person.erased, person.number, person.side, person.help) == (True, 1, None, None)
    other = partner(forgotten, "p001")
    answer = c.GiveAnswer(attendee=other, about="p001", round=1, again="yes")
    given(forgotten).when(answer, by=guest(other)).then(Refused("not_met", about="p001", round=1))


@pytest.mark.parametrize("phase", [Phase.CALL, Phase.TALK])
def test_erasing_somebody_at_a_table_frees_it(phase: Phase) -> None:
    stood = evening(4, phase)
    stood.send(c.EraseAttendee(attendee="p001"))
    current = stood.state.rounds[0]
    assert current.table_of("p001") is None
    assert "p001" not in current.sitting_out


def test_who_answered_about_everybody_is_counted() -> None:
    stood = evening(5, Phase.FEEDBACK)
    assert answers_given(stood.state, 1) == (0, 4)
    stood.answer("p001", partner(stood, "p001"), "no")
    assert answers_given(stood.state, 1) == (1, 4)
    stood.send(c.EraseAttendee(attendee="p001"))
    assert answers_given(stood.state, 1) == (0, 2), "a forgotten person is not waited for, nor answered about"
    assert answers_given(stood.state, 2) == (0, 0)


def test_totals_count_the_evening() -> None:
    stood = evening(5, Phase.FEEDBACK, 3)
    other = partner(stood, "p001", 1)
    stood.answer("p001", other, "yes", 1)
    stood.answer(other, "p001", "yes", 1)
    found = totals(stood.state)
    assert (found.meetings, found.repeats, found.sit_outs, found.answers, found.mutual) == (6, 0, 3, 2, 1)
    assert len(meetings(stood.state)) == 6


def test_an_answer_copies_nobody_elses_answers() -> None:
    stood = erased(evening(6, Phase.FEEDBACK, 2), "p006")
    before, entry = stood.state, stood.journal[-1]
    answer = f.AnswerGiven(attendee="p001", about=partner(stood, "p001"), round=1, again="no")
    after = evolve(before, msgspec.structs.replace(entry, version=entry.version + 1, fact=answer))
    shared = [author for author in before.answers if after.answers[author] is before.answers[author]]
    assert sorted(shared) == sorted(set(before.answers) - {"p001"})
    assert after.rounds is before.rounds
    assert after.roster is before.roster
    assert after.met is before.met


def test_message_posted_twice_is_one_message() -> None:
    lobby = evening(2)
    lobby.send(c.PostMessage(message="m1"))
    given(lobby).when(c.PostMessage(message="m1")).then()


def test_call_for_help_stands_until_somebody_takes_care() -> None:
    talk = evening(4, Phase.TALK)
    talk.send(c.AskForHelp(attendee="p001", kind="uncomfortable"), by=guest("p001"))
    assert talk.send(c.AskForHelp(attendee="p001", kind="uncomfortable"), by=guest("p001")) == []
    assert talk.state.roster["p001"].help_at == talk.now
    talk.send(c.AnswerHelp(attendee="p001"))
    assert (talk.state.roster["p001"].help, talk.state.roster["p001"].help_at) == (None, None)


def test_missing_partner_is_reported_about_tablemates_only_and_can_be_taken_back() -> None:
    call = evening(4, Phase.CALL)
    (other,) = call.state.rounds[0].partners_of("p001")
    report = c.ReportMissing(attendee="p001", about=other, round=1)
    assert call.send(report, by=guest("p001"))
    assert call.state.rounds[0].missing == {("p001", other)}
    call.send(msgspec.structs.replace(report, missing=False), by=guest("p001"))
    assert call.state.rounds[0].missing == frozenset()
    stranger = next(p for p in attendee_ids(4) if p not in {"p001", other})
    given(call).when(c.ReportMissing(attendee="p001", about=stranger, round=1), by=guest("p001")).then(
        Refused("not_met", about=stranger, round=1)
    )
