"""Overlap of interests, and of offers with needs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedulers.affinity import AffinityProfile, languages_allow, normal_tag, overlap_weights

TAGS = st.frozensets(st.sampled_from(["jazz", "Jazz ", "sailing", "vini", "Perù", "peru", ""]))
PROFILES = st.lists(st.builds(AffinityProfile, TAGS, TAGS, TAGS, TAGS), max_size=6)


def tagged(*interests: str) -> AffinityProfile:
    return AffinityProfile(interests=frozenset(interests))


@given(PROFILES)
def test_weights_are_symmetric_and_in_range(profiles: list[AffinityProfile]) -> None:
    weights = overlap_weights(profiles)

    assert weights.shape == (len(profiles), len(profiles))
    assert weights.dtype == np.int32
    assert np.array_equal(weights, weights.T)
    assert not weights.diagonal().any()
    assert not weights.size or (weights.min() >= 0 and weights.max() <= 1000)


def test_more_common_interests_weigh_more() -> None:
    weights = overlap_weights([tagged("a", "b"), tagged("a", "b"), tagged("a", "c"), tagged("d")])

    assert weights[0, 1] == 500
    assert weights[0, 1] > weights[0, 2] > weights[0, 3] == 0


def test_help_counts_in_either_direction_and_more_in_both() -> None:
    ada = AffinityProfile(offers=frozenset({"law"}), needs=frozenset({"design"}))
    bo = AffinityProfile(offers=frozenset({"design"}), needs=frozenset({"law"}))
    cleo = AffinityProfile(needs=frozenset({"law"}))

    weights = overlap_weights([ada, bo, cleo])

    assert weights[0, 1] == 250
    assert weights[0, 2] == 125
    assert weights[1, 2] == 0, "two who need the same help nobody"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Machine   Learning ", "machine learning"),
        ("PERÙ", "perù"),
        ("peru\u0300", "perù"),
        ("Straße", "strasse"),
    ],
)
def test_tags_are_compared_without_case_and_spaces_but_with_accents(written: str, read: str) -> None:
    assert normal_tag(written) == read


def test_written_otherwise_the_same_tag_counts() -> None:
    assert overlap_weights([tagged("Jazz"), tagged(" jazz")])[0, 1] == 500


def test_only_two_who_both_name_languages_and_share_none_are_kept_apart() -> None:
    italian, english, both, silent = (
        AffinityProfile(languages=frozenset(spoken)) for spoken in (["it"], ["en"], ["IT", "en"], [])
    )

    allowed = languages_allow([italian, english, both, silent])

    assert np.argwhere(~allowed).tolist() == [[0, 1], [1, 0]]
