"""What answers teach: values of answers, rounds, who likes and who is liked, and what limits it."""

from __future__ import annotations

from itertools import permutations
from math import exp

import numpy as np
import pytest

from schedulers.learning import Rating, Ratings, answer_value, learn
from schedulers.lessons import Lessons, no_lessons

N = 12


def alike(n: int = N) -> np.ndarray:
    """Return content by which everybody fits everybody equally well."""
    return (0.6 * (1 - np.eye(n))).astype(np.float32)


def everybody(n: int = N) -> np.ndarray:
    return np.ones((n, n), dtype=np.bool_)


def all_meet(values: dict[int, float], usual: float = 0.5, harsh: int = -1) -> list[Rating]:
    """Return everybody's answers about everybody: ``values`` by whom they are about; ``harsh`` says no."""
    return [
        Rating(author, about, (author + about) % N, 0.0 if author == harsh else values.get(about, usual))
        for author, about in permutations(range(N), 2)
    ]


@pytest.mark.parametrize(
    ("again", "rating", "heard", "value"),
    [
        ("yes", 5, 5, 1),
        ("no", 1, 1, 0),
        ("maybe", None, None, 0.5),
        ("yes", 1, 3, 0.75 + 0.25 * 0.25),
        ("no", 5, None, 0.25),
        ("yes", None, 1, 0.75),
        (None, 4, None, 0.75),
        (None, 2, 5, 0.625),
        (None, None, None, None),
    ],
)
def test_answer_is_three_quarters_again_and_one_quarter_the_marks_given(
    again: str | None, rating: int | None, heard: int | None, value: float | None
) -> None:
    assert answer_value(again, rating, heard) == (None if value is None else pytest.approx(value))


def test_without_answers_nothing_is_learned() -> None:
    learned = learn(alike(), Ratings.of([]), everybody())
    assert learned.mu == 0.5
    assert not learned.a.any()
    assert not learned.b.any()
    assert learned.rounds == {}
    assert not learned.taught.given_count.any()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_rooms_without_a_crowd_are_learned_from_too(n: int) -> None:
    rows = [(0, 1, 1, 1.0), (1, 0, 1, 0.0)] if n == 2 else []
    learned = learn(alike(n), Ratings.of(rows), everybody(n))
    assert np.isfinite([*learned.a, *learned.b, learned.mu, learned.mean, learned.deviation]).all()
    assert len(learned.taught) == n


def test_base_rate_is_the_mean_with_ten_more_answers_of_a_half() -> None:
    rows = [(0, 1, 1, 1.0), (1, 2, 1, 1.0), (2, 3, 1, 0.5)]
    assert learn(alike(), Ratings.of(rows), everybody()).mu == pytest.approx((2.5 + 5) / 13)


def test_content_is_measured_in_deviations_over_pairs_that_may_meet() -> None:
    content = np.array([[0, 0.2, 0.6], [0.2, 0, 1], [0.6, 1, 0]], dtype=np.float32)
    allowed = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 1]], dtype=np.bool_)
    learned = learn(content, Ratings.of([]), allowed)
    assert (learned.mean, learned.deviation) == pytest.approx((0.4, 0.2))


@pytest.mark.parametrize("allowed", [everybody(), np.zeros((N, N), dtype=np.bool_)])
def test_deviation_is_1_where_nothing_differs(allowed: np.ndarray) -> None:
    assert learn(alike(), Ratings.of([]), allowed).deviation == 1


def test_one_answer_is_shared_out_by_hand() -> None:
    # mu = 6/11. The answer is 5/11 above; its round takes 1/21 of that, and six sweeps share the rest.
    learned = learn(alike(), Ratings.of([(0, 1, 7, 1.0)]), everybody())
    left = 5 / 11
    effect = left / 21
    assert learned.rounds == pytest.approx({7: effect})
    left -= effect
    a = b = 0.0
    for _ in range(6):
        a = (left - b) / 4.2
        b = (left - a) / 5.3
    assert learned.a[0] == pytest.approx(a)
    assert learned.b[1] == 0, "one answer is not enough to conclude anything from"
    assert learned.taught.given_sum[0] == pytest.approx(left - b)
    assert learned.taught.received_sum[1] == pytest.approx(left - a)
    assert learned.taught.given_count.tolist() == [1] + [0] * (N - 1)
    assert learned.taught.received_count.tolist() == [0, 1] + [0] * (N - 2)


def test_what_content_promised_is_no_surprise() -> None:
    # Two pairs fit by a deviation more or less than the mean; log-odds move by .2.
    content = np.zeros((4, 4), dtype=np.float32)
    content[0, 1] = content[1, 0] = 0.8
    content[2, 3] = content[3, 2] = 0.4
    allowed = content > 0
    learned = learn(content, Ratings.of([(0, 1, 1, 0.5), (2, 3, 1, 0.5)]), allowed)
    surprise = 0.5 - 1 / (1 + exp(-0.2))
    assert learned.taught.given_sum[0] == pytest.approx(
        surprise - learned.taught.received_sum[1] / 5.3, abs=1e-4
    )
    assert learned.taught.given_sum[0] == pytest.approx(-learned.taught.given_sum[2])


def test_harsh_rater_is_found_and_harms_nobody() -> None:
    fair, harsh = (learn(alike(), Ratings.of(all_meet({3: 1.0}, harsh=who)), everybody()) for who in (-1, 5))
    assert harsh.a[5] < -0.2
    assert np.abs(np.delete(harsh.a, 5)).max() < 0.06
    assert harsh.b == pytest.approx(fair.b, abs=0.06)


def test_well_liked_person_is_found() -> None:
    learned = learn(alike(), Ratings.of(all_meet({3: 1.0, 8: 0.0}, usual=0.5)), everybody())
    assert learned.b[3] > 0.2
    assert learned.b[8] < -0.2
    assert np.abs(np.delete(learned.b, [3, 8])).max() < 0.05
    assert np.abs(learned.a).max() < 0.06


def test_round_in_which_everybody_is_pleased_makes_nobody_liked() -> None:
    rows = [Rating(i, i ^ 1, 1, 1.0) for i in range(N)]
    rows += [Rating(i, (i + shift) % N, r, 0.5) for r, shift in ((2, 2), (3, 4), (4, 7)) for i in range(N)]
    learned = learn(alike(), Ratings.of(rows), everybody())
    assert learned.rounds[1] > 0.1
    assert max(learned.rounds[r] for r in (2, 3, 4)) < 0
    assert np.ptp(learned.b) < 1e-6, "all were in the same rounds"


def test_nothing_is_concluded_about_a_person_from_two_answers() -> None:
    two = [(author, 0, 1, 1.0) for author in (1, 2)]
    three = [*two, (3, 0, 1, 1.0)]
    assert learn(alike(), Ratings.of(two), everybody()).b[0] == 0
    assert learn(alike(), Ratings.of(three), everybody()).b[0] > 0


def test_answers_of_earlier_events_are_raters_too() -> None:
    past = no_lessons(N)
    past.received_count[0], past.received_sum[0] = 2, 1.0
    learned = learn(alike(), Ratings.of([(1, 0, 1, 1.0)]), everybody(), past)
    assert learned.b[0] > 0
    assert learned.taught.received_count[0] == 1


def test_nobody_likes_or_is_liked_more_than_a_quarter() -> None:
    past = Lessons(
        given_sum=np.full(N, 30.0),
        given_count=np.full(N, 40.0),
        received_sum=np.full(N, -30.0),
        received_count=np.full(N, 40.0),
    )
    learned = learn(alike(), Ratings.of([]), everybody(), past)
    assert learned.a.tolist() == [0.25] * N
    assert learned.b.tolist() == [-0.25] * N


def test_past_joins_as_sums_and_counts() -> None:
    past = no_lessons(N)
    past.given_sum[2], past.given_count[2] = 0.9, 4
    past.received_sum[3], past.received_count[3] = -0.8, 5
    learned = learn(alike(), Ratings.of([]), everybody(), past)
    assert learned.a[2] == pytest.approx(0.9 / (4 + 3.2))
    assert learned.b[3] == pytest.approx(-0.8 / (5 + 4.3))
    assert not learned.taught.given_sum.any()


def test_kept_lessons_find_the_same_people_at_a_later_event() -> None:
    first = learn(alike(), Ratings.of(all_meet({3: 1.0, 8: 0.0}, harsh=5)), everybody())
    later = learn(alike(), Ratings.of([]), everybody(), first.taught)
    assert later.a == pytest.approx(first.a, abs=1e-3)
    assert later.b == pytest.approx(first.b, abs=1e-3)


def test_who_takes_back_their_answers_is_gone_from_all_counts() -> None:
    rows = all_meet({3: 1.0}, harsh=5)
    without = [row for row in rows if 5 not in row[:2]]
    taught = learn(alike(), Ratings.of(without), everybody()).taught
    others = np.delete(np.arange(N), 5)
    assert [taught.given_count[5], taught.received_count[5]] == [0, 0]
    assert [taught.given_sum[5], taught.received_sum[5]] == [0, 0]
    assert taught.given_count[others].tolist() == taught.received_count[others].tolist() == [N - 2] * (N - 1)
    smaller = [Rating(*(p - (p > 5) for p in row[:2]), row.round, row.value) for row in without]
    alone = learn(alike(N - 1), Ratings.of(smaller), everybody(N - 1)).taught
    assert taught.given_sum[others] == pytest.approx(alone.given_sum)
    assert taught.received_sum[others] == pytest.approx(alone.received_sum)


@pytest.mark.parametrize(
    ("row", "why"),
    [((1, 1, 1, 0.5), "themselves"), ((-1, 2, 1, 0.5), "from 0"), ((0, 1, 1, 1.2), "between 0 and 1")],
)
def test_impossible_ratings_are_refused(row: tuple[int, int, int, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Ratings.of([row])


def test_arrays_that_do_not_fit_are_refused() -> None:
    none = Ratings.of([])
    with pytest.raises(ValueError, match="one length"):
        Ratings(author=np.zeros(2, int), about=np.ones(2, int), round=np.ones(1, int), value=np.ones(2))
    with pytest.raises(ValueError, match="square"):
        learn(alike(), none, everybody(N - 1))
    with pytest.raises(ValueError, match="lessons of 3"):
        learn(alike(), none, everybody(), no_lessons(3))
    with pytest.raises(ValueError, match="not among the 12"):
        learn(alike(), Ratings.of([(0, N, 1, 0.5)]), everybody())
