"""The product's own ways to score meetings at an evening of the Columbia data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schedulers.learning import Learned, learn
from schedulers.lessons import no_lessons
from schedulers.utility import utility

if TYPE_CHECKING:
    import numpy as np

    from benchmarks.columbia import Crowd
    from benchmarks.counterfactual import Held
    from schedulers.matrices import Matrix


@dataclass(frozen=True, slots=True)
class Affinity:
    """Profiles and what answers taught.

    Attributes:
        spread: More people with a contact go before more contacts in total.
        tonight: Answers of this evening move its pairings too; not so by default in the product.
        as_lessons: Of an earlier evening only sums and counts are known, as in the product; else all answers.
    """

    spread: bool = False
    tonight: bool = True
    as_lessons: bool = False

    def __call__(self, crowd: Crowd, held: Held, random: np.random.Generator) -> Matrix:
        """Return the worth of all meetings, with noise."""
        return utility(
            crowd.content,
            self.learned(crowd, held),
            crowd.met,
            contacts=held.contacts(crowd) if self.spread else None,
            noise_seed=int(random.integers(2**31)),
        )

    def learned(self, crowd: Crowd, held: Held) -> Learned:
        """Return what is known of the people of ``crowd`` after ``held``."""
        rounds = held.numbered()
        before = [(number, pairs) for number, pairs in rounds if number <= 0]
        after = [(number, pairs) for number, pairs in rounds if number > 0] if self.tonight else []
        if not self.as_lessons:
            return learn(crowd.content, crowd.ratings([*before, *after]), crowd.met)
        lessons = no_lessons(crowd.n)
        if before:
            lessons = learn(crowd.content, crowd.ratings(before), crowd.met).taught
        return learn(crowd.content, crowd.ratings(after), crowd.met, lessons)
