"""Of any room, whatever people say and answered: ranges, symmetry, order, and who is not concerned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schedulers.affinity import AffinityProfile, ComponentWeights, content, match_weights
from schedulers.learning import MOST_EFFECT, Rating, Ratings, learn
from schedulers.lessons import Lessons
from schedulers.problem import Problem, Table
from schedulers.utility import utility

WORDS = ("art", "law", "jazz", "zoo", "tax")
GOALS = ("hire", "seek", "mentor", "mentee", "learn", "friends")
TAGS = st.frozensets(st.sampled_from(WORDS), max_size=4)
KEYS = st.sampled_from(("", "Prova", "Esempio"))
MOST = 7


@st.composite
def profiles(draw: st.DrawFn) -> AffinityProfile:
    needs = draw(TAGS)
    return AffinityProfile(
        interests=draw(st.dictionaries(st.sampled_from(WORDS), st.integers(1, 3), max_size=4)),
        offers=draw(TAGS),
        needs=needs,
        met_needs=draw(TAGS) & needs,
        values=draw(TAGS),
        goals=draw(st.frozensets(st.sampled_from(GOALS), max_size=3)),
        sector=draw(KEYS),
        organisation=draw(KEYS),
    )


def arrays(n: int, values: st.SearchStrategy[float]) -> st.SearchStrategy[np.ndarray]:
    return st.lists(values, min_size=n, max_size=n).map(np.array)


SHARE = st.sampled_from((0.0, 0.5, 1.0, 3.0))
WEIGHTS = st.fixed_dictionaries(
    dict.fromkeys(("exchange", "interests", "values", "goals", "novelty", "sector"), SHARE)
).filter(lambda shares: any(shares.values()))


@st.composite
def evenings(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, Ratings, Lessons, np.ndarray]:
    """Return content, who may meet, answers, lessons and contacts of one room."""
    people = draw(st.lists(profiles(), min_size=2, max_size=MOST))
    n = len(people)
    allowed = np.triu(draw(arrays(n * n, st.booleans())).reshape(n, n).astype(np.bool_))
    person = st.integers(0, n - 1)
    rows = st.builds(Rating, person, person, st.integers(1, 4), st.floats(0, 1))
    ratings = draw(st.lists(rows.filter(lambda row: row.author != row.about), max_size=30))
    lessons = Lessons(
        given_sum=draw(arrays(n, st.floats(-3, 3))),
        given_count=draw(arrays(n, st.floats(0, 9))),
        received_sum=draw(arrays(n, st.floats(-3, 3))),
        received_count=draw(arrays(n, st.floats(0, 9))),
    )
    contacts = draw(arrays(n, st.integers(0, 5)))
    return content(people), allowed | allowed.T, Ratings.of(ratings), lessons, contacts


@settings(deadline=None, max_examples=60)
@given(st.lists(profiles(), max_size=MOST), WEIGHTS, st.data())
def test_content_is_symmetric_from_0_to_1_and_weights_are_what_a_problem_takes(
    people: list[AffinityProfile], shares: dict[str, float], data: st.DataObject
) -> None:
    n = len(people)
    person = st.integers(0, max(0, n - 1))
    pairs = data.draw(
        st.lists(st.tuples(person, person).filter(lambda p: p[0] != p[1]), max_size=3 * (n > 1))
    )
    fit = content(people, ComponentWeights(**shares), acquainted=pairs)
    assert fit.dtype == np.float32
    assert fit.shape == (n, n)
    assert np.array_equal(fit, fit.T)
    assert not fit.diagonal().any()
    assert ((fit >= 0) & (fit <= 1)).all()
    assert Problem(match_weights(fit), [Table(2)] * n, 1).n == n


@settings(deadline=None, max_examples=60)
@given(st.lists(profiles(), min_size=2, max_size=MOST), st.data())
def test_order_of_people_does_not_matter(people: list[AffinityProfile], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(people))))
    shuffled = content([people[i] for i in order])
    np.testing.assert_allclose(shuffled, content(people)[np.ix_(order, order)], atol=1e-6)


@settings(deadline=None, max_examples=60)
@given(st.lists(profiles(), min_size=2, max_size=MOST), WEIGHTS)
def test_what_nobody_else_fills_in_moves_nothing(
    people: list[AffinityProfile], shares: dict[str, float]
) -> None:
    shy = [replace(person, values=frozenset()) for person in people]
    alone = [replace(shy[0], values=frozenset({"art"})), *shy[1:]]
    weights = ComponentWeights(**shares)
    assert np.array_equal(content(alone, weights), content(shy, weights))


@settings(deadline=None, max_examples=60)
@given(st.lists(profiles(), min_size=2, max_size=MOST), WEIGHTS)
def test_one_more_value_in_common_never_makes_two_fit_less(
    people: list[AffinityProfile], shares: dict[str, float]
) -> None:
    people = [replace(person, values=person.values | {"art"}) for person in people]
    closer = [replace(person, values=person.values | {"peace"}) for person in people[:2]] + people[2:]
    weights = ComponentWeights(**shares)
    assert content(closer, weights)[0, 1] >= content(people, weights)[0, 1]


@settings(deadline=None, max_examples=60)
@given(st.lists(profiles(), min_size=2, max_size=MOST))
def test_need_once_met_is_worth_less(people: list[AffinityProfile]) -> None:
    assume(people[0].needs & people[1].offers)
    before = [replace(people[0], met_needs=frozenset()), *people[1:]]
    after = [replace(people[0], met_needs=people[0].needs), *people[1:]]
    only = ComponentWeights(interests=0, values=0, goals=0, novelty=0)
    assert content(after, only)[0, 1] <= content(before, only)[0, 1]


@settings(deadline=None, max_examples=60)
@given(evenings(), st.floats(0, 3), st.sampled_from((None, 1, 2)))
def test_worth_is_symmetric_from_0_to_1_and_people_stay_within_limits(
    evening: tuple[np.ndarray, np.ndarray, Ratings, Lessons, np.ndarray], gamma: float, seed: int | None
) -> None:
    fit, allowed, ratings, lessons, contacts = evening
    learned = learn(fit, ratings, allowed, lessons)
    worth = utility(fit, learned, allowed, contacts=contacts, gamma=gamma, noise_seed=seed)
    assert np.array_equal(worth, worth.T)
    assert not worth.diagonal().any()
    assert ((worth >= 0) & (worth <= 1)).all()
    pairs = allowed & ~np.eye(len(fit), dtype=np.bool_)
    assert seed is not None or not pairs.any() or np.isclose(worth[pairs].max(), 1)
    assert (np.abs([learned.a, learned.b]) <= MOST_EFFECT).all()
    raters = np.bincount(ratings.about, minlength=len(fit)) + lessons.received_count
    assert not learned.b[raters < 3].any()


@settings(deadline=None, max_examples=60)
@given(evenings())
def test_kept_counts_are_those_of_the_answers(
    evening: tuple[np.ndarray, np.ndarray, Ratings, Lessons, np.ndarray],
) -> None:
    fit, allowed, ratings, lessons, _ = evening
    taught = learn(fit, ratings, allowed, lessons).taught
    n = len(fit)
    assert taught.given_count.tolist() == np.bincount(ratings.author, minlength=n).tolist()
    assert taught.received_count.tolist() == np.bincount(ratings.about, minlength=n).tolist()
    assert not taught.given_sum[taught.given_count == 0].any()
    assert not taught.received_sum[taught.received_count == 0].any()


@settings(deadline=None, max_examples=60)
@given(evenings(), st.floats(0.05, 0.5))
def test_better_answer_never_lowers_the_two_it_joins(
    evening: tuple[np.ndarray, np.ndarray, Ratings, Lessons, np.ndarray], more: float
) -> None:
    fit, allowed, ratings, lessons, _ = evening
    assume(len(ratings) and ratings.value[0] + more <= 1)
    better = replace(ratings, value=np.concatenate([[ratings.value[0] + more], ratings.value[1:]]))
    before, after = (learn(fit, it, allowed, lessons) for it in (ratings, better))
    joined = before.a[ratings.author[0]] + before.b[ratings.about[0]]
    assert after.a[ratings.author[0]] + after.b[ratings.about[0]] >= joined - 1e-9
