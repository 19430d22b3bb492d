"""Each component by small rooms worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

import numpy as np
import pytest

from schedulers.affinity import AffinityProfile
from schedulers.components import Comparison, exchange, goals, interests, novelty, sector, values

EVERYBODY = slice(None)


def trading(offers: str = "", needs: str = "", met: str = "") -> AffinityProfile:
    return AffinityProfile(
        offers=frozenset(offers.split()), needs=frozenset(needs.split()), met_needs=frozenset(met.split())
    )


def liking(**levels: int) -> AffinityProfile:
    return AffinityProfile(interests=levels)


def wanting(*goals_: str) -> AffinityProfile:
    return AffinityProfile(goals=frozenset(goals_))


def between(compare: Comparison, one: int = 0, other: int = 1) -> float | None:
    """Return the value of two people, or ``None`` where nothing is said of them; it is the same both ways."""
    value, said = compare(EVERYBODY, EVERYBODY)
    assert said[one, other] == said[other, one]
    assert value[one, other] == pytest.approx(value[other, one])
    assert said[one, other] or value[one, other] == 0
    return float(value[one, other]) if said[one, other] else None


def no_acquaintance(profiles: Sequence[AffinityProfile]) -> np.ndarray:
    return np.zeros((len(profiles), len(profiles)), dtype=np.bool_)


def test_help_one_way() -> None:
    # One tag of average rarity: m = 1, give 1/2; no harmonic mean, .6 * (1/2) / 2.
    assert between(exchange([trading(offers="law"), trading(needs="law")])) == pytest.approx(0.15)


def test_help_both_ways() -> None:
    # Both tags are equally rare: give is 1/2 each way, .3 * 1/2 + .6 * 1/2.
    both = [trading(offers="law", needs="art"), trading(offers="art", needs="law")]
    assert between(exchange(both)) == pytest.approx(0.45)


def test_help_one_way_and_half_as_much_the_other() -> None:
    # Three tags each offered once: m = 2 one way, 1 the other; 2/3 and 1/2, harmonic mean 4/7.
    both = [trading(offers="law tax", needs="art"), trading(offers="art", needs="law tax")]
    assert between(exchange(both)) == pytest.approx(0.3 * 4 / 7 + 0.6 * (2 / 3 + 1 / 2) / 2)


def test_help_with_a_need_that_was_met_counts_a_fifth() -> None:
    assert between(exchange([trading(offers="law"), trading(needs="law", met="law")])) == pytest.approx(
        0.6 * (0.2 / 1.2) / 2
    )


def test_offering_the_same_counts_a_little() -> None:
    both = [trading(offers="law", needs="art"), trading(offers="law tax", needs="zoo")]
    assert between(exchange(both)) == pytest.approx(0.1 / sqrt(2))


def test_rare_offer_tells_more_than_a_common_one() -> None:
    # Of five, one offers law and three offer art: ln(6/2) and ln(6/4), scaled to a mean of 1.
    people = [trading(offers="law"), *[trading(offers="art")] * 3, trading(needs="law art")]
    mean = (log(3) + log(1.5)) / 2
    for giver, telling in ((0, log(3) / mean), (1, log(1.5) / mean)):
        give = telling / (telling + 1)
        assert between(exchange(people), giver, 4) == pytest.approx(0.3 * give)


def test_offer_that_everybody_makes_helps_nobody_in_particular() -> None:
    people = [trading(offers="chat law", needs="chat"), trading(offers="chat", needs="art")]
    assert between(exchange(people)) == pytest.approx(0.1 / sqrt(2)), "only that both offer it"


@pytest.mark.parametrize(
    ("one", "other", "is_said"),
    [
        (trading(offers="law"), trading(needs="art"), True),
        (trading(offers="law", needs="art"), trading(offers="zoo"), True),
        (trading(offers="law"), trading(needs="law", met="law"), True),
        (trading(offers="law"), trading(offers="law"), False),
        (trading(needs="law"), trading(needs="law"), False),
        (trading(offers="law", needs="art"), trading(), False),
    ],
)
def test_exchange_takes_one_who_offers_and_another_who_needs(
    one: AffinityProfile, other: AffinityProfile, is_said: bool
) -> None:
    assert (between(exchange([one, other])) is not None) == is_said


def test_interests_in_common_fill_up_at_a_cosine_of_six_tenths() -> None:
    assert between(interests([liking(a=2), liking(a=2)])) == 1
    # a is had by two of two and tells nothing; b and c tell all.
    assert between(interests([liking(a=1, b=1), liking(a=1, c=1)])) == 0


def test_interests_weigh_by_importance_and_by_rarity() -> None:
    people = [liking(a=3, b=1), liking(a=1, c=2), liking(d=1), liking(d=2, b=1)]
    common, rare = log(5 / 3), log(5 / 2)
    dot = 3 * 1 * common
    lengths = sqrt(9 * common + common) * sqrt(1 * common + 4 * rare)
    assert between(interests(people)) == pytest.approx(dot / lengths / 0.6)
    assert between(interests(people), 0, 2) == 0


def test_only_proportions_of_importance_matter() -> None:
    people = [liking(a=1, b=1), liking(a=1, c=1), liking(d=1)]
    strong = [liking(a=3, b=3), *people[1:]]
    assert between(interests(people)) == pytest.approx(between(interests(strong)))


def test_interests_take_both() -> None:
    assert between(interests([liking(a=1), liking()])) is None


@pytest.mark.parametrize(("shared", "worth"), [("", 0), ("care", 1 / 2), ("care trust", 2 / 3)])
def test_values_in_common(shared: str, worth: float) -> None:
    people = [AffinityProfile(values=frozenset(["humour", *shared.split()]))]
    people.append(AffinityProfile(values=frozenset(["nature", *shared.split()])))
    assert between(values(people)) == pytest.approx(worth)
    assert between(values([people[0], AffinityProfile()])) is None


@pytest.mark.parametrize(
    ("one", "other", "worth"),
    [
        (["hire"], ["seek"], 1),
        (["mentee"], ["mentor"], 1),
        (["raise"], ["invest"], 1),
        (["learn"], ["learn"], 0.6),
        (["hire"], ["hire"], 0.6),
        (["hire"], ["invest"], 0.2),
        (["friends", "learn"], ["learn", "hire"], 0.6),
        (["friends", "mentor", "learn"], ["learn", "mentee"], 1),
    ],
)
def test_goals_are_worth_their_best_pair(one: list[str], other: list[str], worth: float) -> None:
    assert between(goals([wanting(*one), wanting(*other)])) == pytest.approx(worth)
    assert between(goals([wanting(*one), wanting()])) is None


@pytest.mark.parametrize(
    ("one", "other", "worth"),
    [
        (("Prova", "law"), ("Esempio", "art"), 1),
        (("Prova", "law"), ("Esempio", "law"), 0.5),
        (("Prova", "law"), ("Prova", "art"), 0),
        (("Prova", ""), ("Esempio", "art"), 0.5),
        (("", "law"), ("Esempio", "art"), 0.5),
        (("", "law"), ("Esempio", "law"), 0),
        (("Prova", ""), ("", "art"), None),
        (("", ""), ("", ""), None),
    ],
)
def test_novelty(one: tuple[str, str], other: tuple[str, str], worth: float | None) -> None:
    people = [AffinityProfile(organisation=name, sector=field) for name, field in (one, other)]
    assert between(novelty(people, no_acquaintance(people))) == worth
    assert between(novelty(people, ~no_acquaintance(people))) == 0, "acquainted, whatever they say"


def test_sector() -> None:
    people = [AffinityProfile(sector=name) for name in ("law", "law", "art", "")]
    assert [between(sector(people), 0, other) for other in (1, 2, 3)] == [1, 0, None]


def test_some_compared_with_others_is_that_part_of_all() -> None:
    people = [trading("law art", "zoo"), trading("zoo", "law"), trading("art", "art"), trading("tax", "law")]
    whole, part = exchange(people)(EVERYBODY, EVERYBODY), exchange(people)(slice(1, 3), slice(2, 4))
    assert part.value == pytest.approx(whole.value[1:3, 2:4])
    assert np.array_equal(part.said, whole.said[1:3, 2:4])
