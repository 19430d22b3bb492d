"""What a meeting is worth: chances on both sides, half of the content, contacts so far."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from schedulers.learning import Learned, Ratings, learn
from schedulers.utility import liking, utility

CONTENT = np.array([[0, 0.8, 0.2], [0.8, 0, 0.5], [0.2, 0.5, 0]], dtype=np.float32)
EVERYBODY = np.ones((3, 3), dtype=np.bool_)


def known(a: tuple[float, ...] = (0, 0, 0), b: tuple[float, ...] = (0, 0, 0), mu: float = 0.4) -> Learned:
    nothing = learn(CONTENT, Ratings.of([]), EVERYBODY)
    return replace(nothing, a=np.array(a, dtype=float), b=np.array(b, dtype=float), mu=mu)


def chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def test_chance_by_hand() -> None:
    learned = replace(known(a=(0.1, 0, 0), b=(0, -0.05, 0), mu=0.5), mean=0.5, deviation=0.25)
    likes = liking(CONTENT, learned)
    assert likes[0, 1] == pytest.approx(chance(0.2 * 1.2 + 4.6 * (0.1 - 0.05)))
    assert likes[1, 0] == pytest.approx(chance(0.2 * 1.2))
    assert liking(CONTENT, known(mu=0.3))[0, 0] < 0.3 < liking(CONTENT, known(mu=0.3))[0, 1]


def test_worth_is_the_share_of_the_best_chance_and_half_of_content() -> None:
    learned = known(a=(0.2, 0, 0), b=(0, 0, 0.2))
    likes = liking(CONTENT, learned)
    both = likes * likes.T
    best = max(both[0, 1], both[0, 2], both[1, 2])
    raw = {pair: both[pair] / best + CONTENT[pair] / 2 for pair in ((0, 1), (0, 2), (1, 2))}
    worth = utility(CONTENT, learned, EVERYBODY)
    assert {pair: float(worth[pair]) for pair in raw} == pytest.approx(
        {pair: value / max(raw.values()) for pair, value in raw.items()}
    )


def test_without_lessons_worth_is_in_the_order_of_content() -> None:
    worth = utility(CONTENT, known(), EVERYBODY)
    assert worth[0, 1] == 1
    assert worth[0, 1] > worth[1, 2] > worth[0, 2] > 0


def test_scale_is_set_by_those_who_may_meet() -> None:
    allowed = EVERYBODY.copy()
    allowed[0, 1] = allowed[1, 0] = False
    worth = utility(CONTENT, known(), allowed)
    assert worth[1, 2] == 1
    assert worth[0, 1] == 1, "better than the best, as far as numbers go"


def test_who_has_contacts_is_worth_less_by_the_mean_of_both() -> None:
    flat = (0.5 * (1 - np.eye(3))).astype(np.float32)
    learned = learn(flat, Ratings.of([]), EVERYBODY)
    worth = utility(flat, learned, EVERYBODY, contacts=np.array([0, 1, 3]))
    spread = {(0, 1): (1 + 1 / 2) / 2, (0, 2): (1 + 1 / 4) / 2, (1, 2): (1 / 2 + 1 / 4) / 2}
    best = max(spread.values())
    expected = {pair: (share / best + 0.25) / 1.25 for pair, share in spread.items()}
    assert {pair: float(worth[pair]) for pair in spread} == pytest.approx(expected)


def test_contacts_do_not_count_at_gamma_0_and_count_more_at_2() -> None:
    contacts = np.array([0, 1, 3])
    plain = utility(CONTENT, known(), EVERYBODY)
    assert utility(CONTENT, known(), EVERYBODY, contacts=contacts, gamma=0) == pytest.approx(plain)
    once, twice = (utility(CONTENT, known(), EVERYBODY, contacts=contacts, gamma=g) for g in (1, 2))
    assert twice[1, 2] < once[1, 2] < plain[1, 2]


def test_noise_is_asked_for_symmetric_and_the_same_for_a_seed() -> None:
    content = np.random.default_rng(0).random((40, 40), dtype=np.float32)
    content = np.triu(content, 1) + np.triu(content, 1).T
    allowed = np.ones((40, 40), dtype=np.bool_)
    learned = learn(content, Ratings.of([]), allowed)
    plain = utility(content, learned, allowed)
    noisy, again, other = (utility(content, learned, allowed, noise_seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(noisy, again)
    assert np.array_equal(noisy, noisy.T)
    assert not np.array_equal(noisy, other)
    upper = np.triu_indices(40, 1)
    inside = plain[upper] < 0.9  # noise is cut off at 1
    assert np.std((noisy - plain)[upper][inside]) == pytest.approx(0.1 * np.std(plain[upper]), rel=0.1)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_nobody_who_may_meet_gives_no_nonsense(n: int) -> None:
    content = (0.5 * (1 - np.eye(n))).astype(np.float32)
    nobody = np.zeros((n, n), dtype=np.bool_)
    worth = utility(content, learn(content, Ratings.of([]), nobody), nobody, contacts=np.zeros(n, int))
    assert worth.shape == (n, n)
    assert ((worth >= 0) & (worth <= 1)).all()
    assert not worth.diagonal().any()


@pytest.mark.parametrize(("contacts", "gamma"), [([0, 1], 1), ([0, 0, -1], 1), ([0, 0, 0], -1)])
def test_impossible_contacts_are_refused(contacts: list[int], gamma: float) -> None:
    with pytest.raises(ValueError, match="contacts are 3 numbers"):
        utility(CONTENT, known(), EVERYBODY, contacts=np.array(contacts), gamma=gamma)


def test_people_of_other_lessons_are_refused() -> None:
    with pytest.raises(ValueError, match="of one room"):
        utility(CONTENT, known(), np.ones((2, 2), dtype=np.bool_))
    with pytest.raises(ValueError, match="of one room"):
        utility(CONTENT, replace(known(), a=np.zeros(2)), EVERYBODY)
