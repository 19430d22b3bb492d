"""A recorded fact always applies, whatever the state; a journal from another time must still be readable."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
import pytest
from builders import NOW, evening
from hypothesis import given, settings
from hypothesis import strategies as st

from event_server.domain import facts as f
from event_server.domain.live_event import evolve, replay
from event_server.domain.messages import Rules
from event_server.domain.phases import Phase

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(("p001", "p002", "p003", "p004", "ghost")),
    int: st.integers(-2, 6),
    float: st.floats(NOW - 100, NOW + 1000),
    bool: st.booleans(),
    type(None): st.none(),
    Rules: st.builds(Rules, rounds=st.integers(1, 5), automatic=st.booleans()),
}
STATES = {phase: evening(4, phase, 2).state for phase in Phase if phase not in {Phase.DRAFT, Phase.LOBBY}}
STATES |= {phase: evening(4, phase).state for phase in (Phase.DRAFT, Phase.LOBBY)}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of an annotation as facts use them."""
    if kind in PLAIN:
        return PLAIN[kind]
    inside = get_args(kind)
    if get_origin(kind) is Literal:
        return st.sampled_from(inside)
    if get_origin(kind) in {Union, types.UnionType}:
        return st.one_of([values(each) for each in inside])
    if get_origin(kind) is tuple and inside[-1] is Ellipsis:
        return st.lists(values(inside[0]), max_size=5).map(tuple)
    if get_origin(kind) is tuple:
        return st.tuples(*map(values, inside))
    if get_origin(kind) is dict:
        return st.dictionaries(values(inside[0]), values(inside[1]), max_size=3)
    return structs(kind)


def structs(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Return structs with every field drawn."""
    return st.builds(kind, **{field.name: values(field.type) for field in msgspec.structs.fields(kind)})


@pytest.mark.parametrize("kind", get_args(f.Fact), ids=lambda kind: kind.__name__)
def test_fact_applies_in_every_phase(kind: type[msgspec.Struct]) -> None:
    @settings(max_examples=25, deadline=None, derandomize=True, print_blob=True, database=None)
    @given(facts=st.lists(structs(kind), min_size=1, max_size=3))
    def applies(facts: list[f.Fact]) -> None:
        for state in STATES.values():
            after = state
            for fact in facts:
                entry = f.Entry(version=after.version + 1, at=NOW, actor="clock", command_id="x", fact=fact)
                read = msgspec.json.decode(msgspec.json.encode(entry), type=f.Entry)
                assert read == entry, "a fact survives the journal"
                after = evolve(after, read)
            assert after.version == state.version + len(facts)

    applies()


def test_field_added_later_has_a_default_for_old_journals() -> None:
    old = b'{"type":"DeadlineMoved","at":1.0,"ends_at":2.0}'
    assert msgspec.json.decode(old, type=f.Fact) == f.DeadlineMoved(at=1.0, ends_at=2.0)


def test_event_without_a_journal_is_a_draft() -> None:
    assert replay("prova", []).phase is Phase.DRAFT
