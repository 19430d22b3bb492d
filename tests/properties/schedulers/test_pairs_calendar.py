"""Rounds for pairs: whatever is moved, nobody is in two places, and nobody comes too late."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import networkx as nx
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schedulers.budget import Limits
from schedulers.pairs.calendar import NOBODY, Calendar, Pair, rounds_in
from schedulers.pairs.colour import colour, level
from schedulers.pairs.demand import outlook_of
from schedulers.pairs.repair import Filling
from schedulers.problem import BoolArray, Problem, Table

NO_CLOCK = Limits(None, 0)


@dataclass
class Draft:
    """A calendar, and what it must keep to."""

    calendar: Calendar
    present: BoolArray
    deadlines: dict[Pair, int]
    random: Random

    def meetings(self) -> list[tuple[int, int, int]]:
        rows = enumerate(self.calendar.partner)
        return sorted((i, j, r) for r, row in rows for i, j in enumerate(row) if i < j)

    def pairs(self) -> list[Pair]:
        return sorted((i, j) for i, j, _ in self.meetings())

    def assert_legal(self) -> None:
        calendar = self.calendar
        for r, row in enumerate(calendar.partner):
            busy = [i for i, j in enumerate(row) if j != NOBODY]
            assert all(row[row[i]] == i and self.present[i, r] for i in busy)
            free = [i for i, bits in enumerate(calendar.free) if bits >> r & 1]
            assert free == [i for i in range(len(row)) if self.present[i, r] and row[i] == NOBODY]
            assert calendar.count[r] * 2 == len(busy)
        assert len(set(self.pairs())) == len(self.pairs())
        assert all(self.deadlines.get((i, j), -1) >> r & 1 for i, j, r in self.meetings())


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw a calendar with people who are away and pairs that have deadlines, filled at random."""
    random = Random(draw(st.integers(0, 2**32 - 1)))
    people, rounds = draw(st.integers(2, 12)), draw(st.integers(1, 6))
    away = draw(st.sampled_from([0.0, 0.2, 0.5]))
    present = np.array([[random.random() >= away for _ in range(rounds)] for _ in range(people)])
    pairs = [(i, j) for j in range(people) for i in range(j)]
    due = random.sample(pairs, min(len(pairs), draw(st.integers(0, 3))))
    deadlines = {pair: (1 << random.randint(1, rounds)) - 1 for pair in due}
    calendar = Calendar(present, deadlines)
    for pair in random.sample(pairs, random.randint(0, len(pairs))):
        if common := rounds_in(calendar.common(*pair)):
            calendar.add(*pair, random.choice(common))
    return Draft(calendar, present, deadlines, random)


@settings(max_examples=300, deadline=None)
@given(drafts())
def test_a_chain_swaps_two_rounds_and_nothing_else(draft: Draft) -> None:
    calendar = draft.calendar
    # Whoever starts a chain is free in the round in which they are to take their meeting.
    starts = [
        (person, r, other)
        for person, bits in enumerate(calendar.free)
        for r in range(calendar.rounds)
        for other in rounds_in(bits)
        if calendar.partner[r][person] != NOBODY
    ]
    assume(starts)
    before = draft.meetings()
    person, r, other = draft.random.choice(starts)

    chain = calendar.chain(person, r, other)

    assert draft.meetings() == before
    if chain is not None:
        calendar.swap(chain, r, other)
        draft.assert_legal()
        assert draft.pairs() == sorted((i, j) for i, j, _ in before)
        assert calendar.partner[r][person] == NOBODY
        elsewhere = [meeting for meeting in before if meeting[2] not in (r, other)]
        assert [meeting for meeting in draft.meetings() if meeting[2] not in (r, other)] == elsewhere


@settings(max_examples=300, deadline=None)
@given(drafts())
def test_a_refused_chain_would_break_a_rule(draft: Draft) -> None:
    """Only absence, a deadline, or the one to avoid can stop a chain."""
    calendar = draft.calendar
    for person, bits in enumerate(calendar.free):
        for other in rounds_in(bits):
            for r in range(calendar.rounds):
                if calendar.partner[r][person] == NOBODY or calendar.chain(person, r, other) is not None:
                    continue
                graph = nx.Graph((i, j) for i, j, at in draft.meetings() if at in (r, other))
                part = nx.node_connected_component(graph, person)
                pairs = [tuple(sorted(pair)) for pair in graph.subgraph(part).edges]
                both = 1 << r | 1 << other
                late = any(draft.deadlines.get(pair, -1) & both != both for pair in pairs)
                away = any(not draft.present[i, at] for i in part for at in (r, other))
                assert late or away


@settings(max_examples=200, deadline=None)
@given(drafts(), st.sampled_from([0, 100, 1000]))
def test_colouring_gives_rounds_and_pushes_no_must_meet_away(draft: Draft, steps: int) -> None:
    calendar, people = draft.calendar, len(draft.present)
    before = set(draft.pairs())
    due = before & set(draft.deadlines)
    # Those with a deadline have their place, or none.
    taken = {*before, *draft.deadlines}
    others = [(i, j) for j in range(people) for i in range(j) if (i, j) not in taken]
    wanted = draft.random.sample(others, min(len(others), 12))

    left = colour(calendar, wanted, steps=steps, limits=NO_CLOCK)

    draft.assert_legal()
    assert due <= set(draft.pairs())
    # Whoever is left over may have pushed another aside, but there are as many rounds as pairs.
    assert sorted(draft.pairs() + left) == sorted([*before, *wanted])
    assert all(not calendar.common(*pair) for pair in left) or steps


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9), st.integers(0, 2**32 - 1), st.data())
def test_two_sides_always_find_as_many_rounds_as_anybody_has_partners(
    size: int, seed: int, data: st.DataObject
) -> None:
    """König: a two-sided graph needs no more colours than its largest degree."""
    random = Random(seed)
    rounds = data.draw(st.integers(1, size))
    order = random.sample(range(size), size)
    pairs = [(i, size + (order[i] + k) % size) for i in range(size) for k in range(rounds)]
    pairs = random.sample(pairs, len(pairs))
    calendar = Calendar(np.ones((2 * size, rounds), dtype=np.bool_))

    left = colour(calendar, pairs, steps=0, limits=NO_CLOCK)

    assert left == []
    assert calendar.count == [size] * rounds


@settings(max_examples=200, deadline=None)
@given(drafts())
def test_levelling_moves_meetings_out_of_full_rounds_only(draft: Draft) -> None:
    calendar = draft.calendar
    before, counts = draft.pairs(), list(calendar.count)
    most = [draft.random.randint(0, len(draft.present) // 2) for _ in range(calendar.rounds)]

    level(calendar, most)

    draft.assert_legal()
    assert draft.pairs() == before
    too_many = sum(max(0, count - limit) for count, limit in zip(counts, most, strict=True))
    assert sum(max(0, now - limit) for now, limit in zip(calendar.count, most, strict=True)) <= too_many
    assert all(now <= max(was, limit) for was, now, limit in zip(counts, calendar.count, most, strict=True))


@settings(max_examples=200, deadline=None)
@given(drafts(), st.integers(0, 2**32 - 1))
def test_filling_seats_nobody_twice_and_leaves_must_meets_in_peace(draft: Draft, seed: int) -> None:
    calendar, random = draft.calendar, np.random.default_rng(seed)
    people, rounds = draft.present.shape
    weights = np.triu(random.integers(0, 1001, (people, people)), 1)
    tables = [Table(2)] * int(random.integers(0, people // 2 + 1))
    problem = Problem(weights + weights.T, tables, rounds, present=draft.present)
    due = {(i, j): r for i, j, r in draft.meetings() if (i, j) in draft.deadlines}
    most = np.minimum(draft.present.sum(axis=0) // 2, len(tables))
    assume(all(list(due.values()).count(r) <= limit for r, limit in enumerate(most.tolist())))
    counts, before = list(calendar.count), draft.pairs()

    outlook = outlook_of(problem, np.zeros((0, people), dtype=np.int64))
    Filling(outlook, calendar, set(draft.deadlines), np.full(people, rounds)).fill()

    draft.assert_legal()
    assert {(i, j): r for i, j, r in draft.meetings() if (i, j) in draft.deadlines} == due
    assert (np.array(calendar.count) <= most).all()
    assert all(now >= min(was, limit) for was, now, limit in zip(counts, calendar.count, most, strict=True))
    # What is given up in a later round comes too late for an earlier one.
    settled = {*draft.pairs(), *draft.deadlines, *before}
    for r in range(rounds):
        free = [i for i, bits in enumerate(calendar.free) if bits >> r & 1]
        strangers = [(i, j) for j in free for i in free if i < j and (i, j) not in settled]
        assert not strangers or calendar.count[r] == most[r]
