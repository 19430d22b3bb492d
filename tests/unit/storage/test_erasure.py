from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from journals.record import DINO, record

from event_server.domain import facts as f
from event_server.domain.live_event import evolve, replay
from event_server.domain.messages import guest
from event_server.domain.state import LiveEvent
from event_server.storage.erasure import blanked

people = st.sampled_from(("ada0", "bo00", "cleo", "dino"))
rounds = st.integers(1, 3)
marks = st.none() | st.integers(1, 5)
said = st.one_of(
    st.builds(
        f.AnswerGiven,
        attendee=people,
        about=people,
        round=rounds,
        again=st.sampled_from(("yes", "maybe", "no", None)),
        rating=marks,
        heard=marks,
    ),
    st.builds(f.NoteSaved, attendee=people, about=people, round=rounds),
    st.builds(
        f.PairRuleSet,
        attendee=people,
        other=people,
        rule=st.sampled_from(("must", "never", "none")),
        by=rounds,
    ),
    st.builds(f.ContactsHidden, attendee=people),
)


def entries(facts: list[f.Fact]) -> list[f.Entry]:
    return [
        f.Entry(version=version, at=1.0, actor=guest("x"), command_id=f"c{version}", fact=fact)
        for version, fact in enumerate(facts, 1)
    ]


@given(before=st.lists(said, max_size=20), gone=people, later=st.none() | people)
def test_blanked_and_full_rows_replay_to_the_same_state(
    before: list[f.Fact], gone: str, later: str | None
) -> None:
    roster: list[f.Fact] = [f.AttendeeAdded(attendee=person) for person in ("ada0", "bo00", "cleo", "dino")]
    erased = [gone] if later in {None, gone} else [gone, later]
    full = [*roster, *before, *(f.AttendeeErased(attendee=person) for person in erased)]
    blank = full
    for person in erased:
        blank = [blanked(fact, person) for fact in blank]
    assert replay("e", entries(blank)) == replay("e", entries(full))


@given(fact=said, gone=people)
def test_a_blanked_fact_names_nobody_beside_its_author(fact: f.Fact, gone: str) -> None:
    blank = blanked(fact, gone)
    if isinstance(fact, f.ContactsHidden) or gone not in set(msgspec.structs.astuple(fact)[:2]):
        assert blank is fact
    else:
        kept = msgspec.to_builtins(blank)
        assert set(kept) <= {"type", "attendee", "about", "round", "other", "rule"}
        assert (kept.get("about"), kept.get("other")) in {("", None), (None, "")}
        assert kept.get("round", 0) == 0
        assert kept.get("rule", "none") == "none"


def test_every_step_after_an_erasure_is_the_same_on_blanked_rows() -> None:
    full = record().entries
    erased_at = next(e.version for e in full if isinstance(e.fact, f.AttendeeErased))
    assert erased_at < len(full)
    blank = [msgspec.structs.replace(e, fact=blanked(e.fact, DINO)) for e in full]
    assert sum(b.fact is not e.fact for b, e in zip(blank, full, strict=True)) >= 5
    one = other = LiveEvent(id="e")
    for left, right in zip(full, blank, strict=True):
        one, other = evolve(one, left), evolve(other, right)
        if left.version >= erased_at:
            assert one == other
