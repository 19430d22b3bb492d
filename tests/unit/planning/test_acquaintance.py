"""Names that people write: found in any order and case, by address too, and all who are called so."""

from __future__ import annotations

import pytest

from event_server.domain.profile import Profile
from event_server.planning.acquaintance import named_pairs


def people(**named: tuple[str, ...]) -> dict[str, Profile]:
    """Return Ada, Bo and two called Cleo Finta; ``named`` says whom each would rather not sit with."""
    names = {"ada": "Ada Prova", "bo": "Bo Esempio", "cleo": "Cleo Finta", "clea": "Cleo Finta"}
    return {
        person: Profile(name=name, email=f"{person}@example.org", avoids=named.get(person, ()))
        for person, name in names.items()
    }


@pytest.mark.parametrize("written", ["Bo Esempio", "esempio BO", "  bo   esempio ", "BO@example.org"])
def test_somebody_is_found_by_name_in_any_order_and_by_address(written: str) -> None:
    assert named_pairs(people(ada=(written,)), "avoids") == {("ada", "bo")}


@pytest.mark.parametrize("written", ["Bo", "Bo Esempi", "", "nobody@example.org"])
def test_half_a_name_is_nobody(written: str) -> None:
    assert named_pairs(people(ada=(written,)), "avoids") == frozenset()


def test_all_who_are_called_so_are_meant() -> None:
    assert named_pairs(people(bo=("Cleo Finta",)), "avoids") == {("bo", "cleo"), ("bo", "clea")}


def test_one_pair_is_one_pair_whoever_of_them_wrote_it() -> None:
    assert named_pairs(people(ada=("Bo Esempio",), bo=("Ada Prova",)), "avoids") == {("ada", "bo")}


def test_nobody_is_acquainted_with_themselves() -> None:
    assert named_pairs(people(ada=("Ada Prova", "ada@example.org")), "avoids") == frozenset()


def test_one_field_is_not_the_other() -> None:
    assert named_pairs(people(ada=("Bo Esempio",)), "knows") == frozenset()
