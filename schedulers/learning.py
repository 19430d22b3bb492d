"""What answers teach of people: who likes others more than expected, and who is liked more.

How well a meeting pleased one of the two is a number from 0 to 1 (:func:`answer_value`). What is expected
of it is the mean of all answers, moved a little by the content of the two. What an answer differs from that
is shared out: to its round (first rounds please more), to its author (``a``: some like everybody) and to
whom it is about (``b``: some are liked by everybody). Each part is shrunk towards nothing, as if a few
answers more had been just as expected. What earlier events taught joins as sums and counts
(:class:`schedulers.lessons.Lessons`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from schedulers.lessons import FloatArray, Lessons, no_lessons
from schedulers.matrices import pairs_in, standard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schedulers.matrices import Matrix
    from schedulers.problem import BoolArray, IntArray

AGAIN: Final = {"yes": 1.0, "maybe": 0.5, "no": 0.0}
AGAIN_PART: Final = 0.75
"""The part of an answer that "see again" makes; the rest is how the talk was, and how well one felt heard."""

MARKS: Final = 4
"""Steps from the lowest mark, 1, to the highest."""

PRIOR_ANSWERS, PRIOR_MEAN = 10, 0.5
"""As many answers of this mean are added to the real ones, so that few do not set the base rate alone."""

ROUND_PRIOR, GIVEN_PRIOR, RECEIVED_PRIOR = 20, 3.2, 4.3
"""As many answers, as expected, are added to those of a round, by an author and about a person."""

SWEEPS: Final = 6
CONTENT_PULL, PERSON_PULL = 0.2, 4.6
"""Log-odds by one standard deviation of content, and by one unit of ``a`` and ``b``."""

LEAST_RATERS: Final = 3
"""Below so many answers about a person, nothing is concluded from them."""

ALIKE: Final = 1e-6
"""A standard deviation of content below this is rounding: all fit equally well."""

MOST_EFFECT: Final = 0.25
"""Nobody is taken to like others, or to be liked, more or less than this."""


def answer_value(again: str | None, rating: float | None, heard: float | None) -> float | None:
    """Return from 0 to 1 how well a meeting pleased whoever answered, or ``None`` where they did not.

    Args:
        again: "yes", "maybe" or "no".
        rating: How the talk was, 1 to 5.
        heard: How well the person felt heard, 1 to 5.

    A part that is missing is left out: no answer is never a "no".
    """
    marks = [(mark - 1) / MARKS for mark in (rating, heard) if mark is not None]
    parts = [(AGAIN_PART, AGAIN[again])] if again is not None else []
    if marks:
        parts.append((1 - AGAIN_PART, sum(marks) / len(marks)))
    if not parts:
        return None
    return sum(share * part for share, part in parts) / sum(share for share, _ in parts)


class Rating(NamedTuple):
    """What ``author`` said of ``about``, 0 to 1, after they met in ``round``."""

    author: int
    about: int
    round: int
    value: float


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Ratings:
    """Answers of one event as columns of one length; people are indices, rounds any whole numbers.

    Raises:
        ValueError: If the columns differ in length, somebody rates themselves, an index is negative, or a
            value is not between 0 and 1.
    """

    author: IntArray
    about: IntArray
    round: IntArray
    value: FloatArray

    def __post_init__(self) -> None:
        shapes = {np.shape(column) for column in (self.author, self.about, self.round, self.value)}
        if len(shapes) != 1 or len(next(iter(shapes))) != 1:
            raise ValueError(f"ratings are four columns of one length, not {sorted(shapes)}")
        if (self.author == self.about).any():
            raise ValueError("nobody rates themselves")
        if (np.minimum(self.author, self.about) < 0).any():
            raise ValueError("people are indices from 0")
        if not ((self.value >= 0) & (self.value <= 1)).all():
            raise ValueError("ratings lie between 0 and 1")

    @classmethod
    def of(cls, rows: Iterable[Rating | tuple[int, int, int, float]]) -> Ratings:
        """Return ``rows`` as columns."""
        table = np.array(list(rows), dtype=np.float64).reshape(-1, len(Rating._fields))
        author, about, round_ = table[:, :3].astype(np.int64).T
        return cls(author=author, about=about, round=round_, value=table[:, 3])

    def __len__(self) -> int:
        """Return the number of answers."""
        return len(self.value)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Learned:
    """What answers taught.

    Attributes:
        a: Shape ``(n,)``: how much more than expected each person likes others, at most a quarter either way.
        b: Shape ``(n,)``: how much more than expected each is liked; 0 where too few have said so.
        mu: The base rate: what is expected of a meeting where nothing else is known.
        rounds: Round -> how much more than others its meetings pleased.
        mean: Mean of the content of pairs who may meet.
        deviation: Its standard deviation; 1 where all fit equally well.
        taught: The lessons of these answers alone, to be kept for later events.
    """

    a: FloatArray
    b: FloatArray
    mu: float
    rounds: Mapping[int, float]
    mean: float
    deviation: float
    taught: Lessons


def learn(content: Matrix, ratings: Ratings, allowed: BoolArray, lessons: Lessons | None = None) -> Learned:
    """Return what ``ratings`` of this event and ``lessons`` of earlier ones teach.

    Args:
        content: How well people fit by their profiles, shape ``(n, n)``.
        ratings: The answers of this event, of those who agreed to be learned from.
        allowed: Shape ``(n, n)``, symmetric: who may meet whom.
        lessons: What earlier events taught of the same people; nothing by default.

    Raises:
        ValueError: If the arrays do not fit together.
    """
    n = len(content)
    past = no_lessons(n) if lessons is None else lessons
    _check(content, ratings, allowed, past)
    mean, deviation = standard(content, pairs_in(allowed))
    deviation = deviation if deviation > ALIKE else 1.0
    mu = (float(ratings.value.sum()) + PRIOR_ANSWERS * PRIOR_MEAN) / (len(ratings) + PRIOR_ANSWERS)
    z = (content[ratings.author, ratings.about].astype(np.float64) - mean) / deviation
    surprise = ratings.value - 1 / (1 + np.exp(-(logit(mu) + CONTENT_PULL * z)))
    numbers, place = np.unique(ratings.round, return_inverse=True)
    effects = np.bincount(place, surprise) / (np.bincount(place) + ROUND_PRIOR)
    a, b, taught = _shared_out(ratings, surprise - effects[place], past)
    known = past.received_count + taught.received_count >= LEAST_RATERS
    return Learned(
        a=a.clip(-MOST_EFFECT, MOST_EFFECT),
        b=np.where(known, b, 0).clip(-MOST_EFFECT, MOST_EFFECT),
        mu=mu,
        rounds=dict(zip(numbers.tolist(), effects.tolist(), strict=True)),
        mean=mean,
        deviation=deviation,
        taught=taught,
    )


def logit(share: float) -> float:
    """Return the log-odds of ``share``."""
    return float(np.log(share / (1 - share)))


def _shared_out(ratings: Ratings, left: FloatArray, past: Lessons) -> tuple[FloatArray, FloatArray, Lessons]:
    """Return ``a`` and ``b`` that together explain what is ``left`` of ratings, and what is to be kept."""
    author, about, n = ratings.author, ratings.about, len(past)
    one = np.ones_like(left)
    given_count, received_count = _summed(one, author, n), _summed(one, about, n)
    a, b = np.zeros((2, n))
    for _ in range(SWEEPS):
        given = _summed(left - b[about], author, n)
        a = (past.given_sum + given) / (past.given_count + given_count + GIVEN_PRIOR)
        received = _summed(left - a[author], about, n)
        b = (past.received_sum + received) / (past.received_count + received_count + RECEIVED_PRIOR)
    taught = Lessons(
        given_sum=_summed(left - b[about], author, n),
        given_count=given_count,
        received_sum=_summed(left - a[author], about, n),
        received_count=received_count,
    )
    return a, b, taught


def _summed(amounts: FloatArray, people: IntArray, n: int) -> FloatArray:
    """Return the sum of ``amounts`` for each of ``n`` people, to whom they belong one by one."""
    return np.bincount(people, amounts, n).astype(np.float64)


def _check(content: Matrix, ratings: Ratings, allowed: BoolArray, past: Lessons) -> None:
    n = len(content)
    if content.shape != (n, n) or allowed.shape != (n, n):
        raise ValueError(f"content and allowed are square and alike, not {content.shape} and {allowed.shape}")
    if len(past) != n:
        raise ValueError(f"lessons of {len(past)} people, content of {n}")
    if len(ratings) and max(ratings.author.max(), ratings.about.max()) >= n:
        raise ValueError(f"ratings name somebody who is not among the {n} people")
