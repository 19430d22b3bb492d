"""Content: what a mean of components makes of two people, and the weights the planner gets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from event_server.domain.affinity import GOALS, PRESETS
from schedulers.affinity import (
    NETWORKING,
    AffinityProfile,
    ComponentWeights,
    content,
    languages_allow,
    match_weights,
)
from schedulers.components import ANSWERS, Comparison, Component

SECTOR_ONLY = ComponentWeights(exchange=0, interests=0, values=0, goals=0, novelty=0, sector=1)
SECTOR_AND_VALUES = ComponentWeights(exchange=0, interests=0, values=1, goals=0, novelty=0, sector=3)


def valuing(*values: str, sector: str = "") -> AffinityProfile:
    return AffinityProfile(values=frozenset(values), sector=sector)


def of_pair(one: AffinityProfile, other: AffinityProfile, weights: ComponentWeights = NETWORKING) -> float:
    return float(content([one, other], weights)[0, 1])


def test_people_who_say_nothing_fit_by_a_half() -> None:
    assert content([AffinityProfile()] * 3).tolist() == [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]


def test_one_component_counts_half_as_much_as_it_says() -> None:
    same = [AffinityProfile(sector="law")] * 2
    assert of_pair(*same, SECTOR_ONLY) == 0.75
    assert of_pair(same[0], AffinityProfile(sector="art"), SECTOR_ONLY) == 0.25


def test_two_components_are_averaged_by_weight_and_count_two_thirds() -> None:
    # Sector 1, one shared value 1/2: mean (3 + 1/2) / 4 = .875, so .5 + .375 * 2/3.
    one, other = valuing("care", sector="law"), valuing("care", "trust", sector="law")
    assert of_pair(one, other, SECTOR_AND_VALUES) == pytest.approx(0.75)


def test_component_that_one_of_two_did_not_fill_in_is_left_out() -> None:
    one, other = valuing("care", sector="law"), AffinityProfile(sector="law")
    assert of_pair(one, other, SECTOR_AND_VALUES) == of_pair(one, other, SECTOR_ONLY)


def test_component_without_weight_neither_counts_nor_tells_that_more_is_known() -> None:
    one, other = valuing("care", sector="law"), valuing("care", sector="law")
    assert of_pair(one, other, SECTOR_ONLY) == 0.75


def test_only_proportions_of_weights_matter() -> None:
    people = [valuing("care", sector="law"), valuing("trust", sector="law"), valuing("care", sector="art")]
    percent = ComponentWeights(exchange=0, interests=0, values=25, goals=0, novelty=0, sector=75)
    assert np.array_equal(content(people, SECTOR_AND_VALUES), content(people, percent))


def test_preset_of_networking_is_the_default() -> None:
    preset = PRESETS["networking"]
    shares = ("exchange", "interests", "values", "goals", "novelty", "sector")
    assert [getattr(preset, share) for share in shares] == pytest.approx(
        [100 * getattr(NETWORKING, share) for share in shares]
    )


def test_goals_that_answer_each_other_are_goals_one_may_choose() -> None:
    assert {goal for pair in ANSWERS for goal in pair} <= set(GOALS)


def test_acquainted_people_fit_less_by_three_tenths_and_are_not_new() -> None:
    everything = {"values": frozenset({"care"}), "sector": "law", "organisation": "Prova"}
    people = [AffinityProfile(**everything), AffinityProfile(**{**everything, "organisation": "Esempio"})]
    plain = ComponentWeights(exchange=0, interests=0, values=1, goals=0, novelty=0, sector=0)
    strangers, known = content(people, plain), content(people, plain, acquainted=[(1, 0)])
    assert known[0, 1] == known[1, 0] == pytest.approx(strangers[0, 1] - 0.3)
    new = ComponentWeights(exchange=0, interests=0, values=0, goals=0, novelty=1, sector=0)
    assert content(people, new)[0, 1] == 0.5
    assert content(people, new, acquainted=[(0, 1)])[0, 1] == 0, "0.25 less 0.3 is not below 0"


@pytest.mark.parametrize("pair", [(0, 0), (0, 2), (-1, 1)])
def test_acquaintance_of_nobody_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="acquainted names no two of 2 people"):
        content([AffinityProfile()] * 2, acquainted=[pair])


@pytest.mark.parametrize("n", [0, 1])
def test_nobody_and_one_person_have_a_matrix_too(n: int) -> None:
    people = [AffinityProfile(offers=frozenset({"law"}), needs=frozenset({"art"}))] * n
    assert content(people).tolist() == [[0.0]] * n
    assert match_weights(content(people)).shape == (n, n)
    assert languages_allow([frozenset({"it"})] * n).shape == (n, n)


def test_blocks_of_people_are_put_together_as_if_there_were_none(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    words = [f"w{k}" for k in range(9)]

    def some() -> frozenset[str]:
        return frozenset(random.choice(words, 3).tolist())

    people = [
        AffinityProfile(interests=dict.fromkeys(some(), 2), offers=some(), needs=some(), values=some())
        for _ in range(23)
    ]
    whole = content(people, acquainted=[(2, 20)])
    monkeypatch.setattr("schedulers.matrices.BLOCK", 5)
    parts = content(people, acquainted=[(2, 20)])
    assert np.array_equal(parts, parts.T)
    assert parts == pytest.approx(whole, abs=1e-6)


def test_rounding_by_the_order_of_two_people_is_evened_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def rounded(people: Sequence[AffinityProfile]) -> Comparison:
        value = np.full((len(people), len(people)), 0.5, dtype=np.float32)
        value[np.tril_indices(len(people))] += 1e-6
        return lambda rows, others: Component(
            value[rows, others], np.ones_like(value[rows, others], dtype=bool)
        )

    monkeypatch.setattr("schedulers.components.sector", rounded)
    fit = content([AffinityProfile()] * 7, SECTOR_ONLY)
    assert np.array_equal(fit, fit.T)


@pytest.mark.parametrize("shares", [{"exchange": -0.1}, {"sector": float("nan")}, {"novelty": float("inf")}])
def test_impossible_weights_are_refused(shares: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        ComponentWeights(**shares)


def test_weights_that_are_all_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="not all zero"):
        ComponentWeights(exchange=0, interests=0, values=0, goals=0, novelty=0, sector=0)


def test_importance_out_of_range_and_met_needs_that_are_no_needs_are_refused() -> None:
    with pytest.raises(ValueError, match="from 1 to 3"):
        AffinityProfile(interests={"jazz": 4})
    with pytest.raises(ValueError, match="among the needs"):
        AffinityProfile(needs=frozenset({"law"}), met_needs=frozenset({"art"}))


def test_weights_are_thousandths_with_a_zero_diagonal() -> None:
    weights = match_weights(np.array([[0.7, 0.1236], [0.1236, 1.0]], dtype=np.float32))
    assert weights.dtype == np.int32
    assert weights.tolist() == [[0, 124], [124, 0]]


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_weights_out_of_range_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        match_weights(np.full((2, 2), value, dtype=np.float32))


def test_only_two_who_both_name_languages_and_share_none_are_kept_apart() -> None:
    spoken = [frozenset(languages) for languages in (["it"], ["en"], ["it", "en"], [])]
    apart = [pair for pair in combinations(range(4), 2) if not languages_allow(spoken)[pair]]
    assert apart == [(0, 1)]
    assert np.array_equal(languages_allow(spoken), languages_allow(spoken).T)
