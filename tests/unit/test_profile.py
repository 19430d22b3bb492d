"""Profiles: limits of each field, what is shared, names on badges."""

import msgspec
import pytest

from event_server.domain.affinity import GOALS, VALUES
from event_server.domain.messages import Refused
from event_server.domain.profile import (
    Profile,
    SharedContact,
    checked,
    first_name,
    initials,
    last_name,
    shared_contact,
    short_name,
)

WHOLE = Profile(
    name="Ada Prova",
    email="ada@esempio.invalid",
    phone="+39 333 000-0001",
    headline="Agronoma",
    organisation="Orti Prova",
    sector="Agricoltura",
    seniority=4,
    interests=("orti", "musica"),
    offers=("potatura",),
    needs=("bandi",),
    languages=("it", "en"),
    importance={"orti": 3},
    values=("care", "trust"),
    goals=("learn",),
    knows=("bo@esempio.invalid",),
    avoids=("Cleo Finta",),
    learning=True,
    pronouns="lei",
    access_needs="sedia con braccioli",
    link="https://esempio.invalid/ada",
    language="it",
)


def refusal(**fields: object) -> tuple[str, object]:
    """Return code and field of the refusal that a profile with ``fields`` meets."""
    with pytest.raises(Refused) as refused:
        checked(msgspec.structs.replace(WHOLE, **fields))
    return refused.value.code, refused.value.detail.get("field")


def test_sound_profile_comes_back_as_it_was() -> None:
    assert checked(WHOLE) == WHOLE


def test_texts_and_tags_are_cleaned_and_repeats_dropped() -> None:
    untidy = Profile(
        name=" Ada\nProva", headline=" a \t b\u202e ", interests=("Orti", " orti ", "", "musica")
    )
    assert checked(untidy) == Profile(name="Ada Prova", headline="a b", interests=("Orti", "musica"))


@pytest.mark.parametrize("field", ["headline", "organisation", "sector", "pronouns", "access_needs"])
def test_text_holds_300_code_points_and_no_more(field: str) -> None:
    assert getattr(checked(msgspec.structs.replace(WHOLE, **{field: "è" * 300})), field) == "è" * 300
    assert refusal(**{field: "è" * 301}) == ("text_too_long", field)


@pytest.mark.parametrize("field", ["interests", "offers", "needs", "languages"])
def test_tags_hold_12_of_40_and_no_more(field: str) -> None:
    tags = tuple(f"{n:040}" for n in range(12))
    assert getattr(checked(msgspec.structs.replace(WHOLE, **{field: tags})), field) == tags
    assert refusal(**{field: (*tags, "one more")}) == ("too_many_tags", field)
    assert refusal(**{field: ("x" * 41,)}) == ("tag_too_long", field)


@pytest.mark.parametrize(
    ("field", "chosen", "most"),
    [("values", ("trust", "care", "trust"), VALUES[:6]), ("goals", ("mentor", "hire", "hire"), GOALS[:4])],
)
def test_choices_are_of_the_list_each_once_and_not_too_many(
    field: str, chosen: tuple[str, ...], most: tuple[str, ...]
) -> None:
    kept = getattr(checked(msgspec.structs.replace(WHOLE, **{field: chosen})), field)

    assert kept == tuple(sorted(set(chosen))), "in the order of the list"
    assert refusal(**{field: most}) == ("too_many_tags", field)
    assert refusal(**{field: ("money",)}) == ("choice_unknown", field)


def test_importance_speaks_of_interests_only_and_leaves_out_what_is_middling() -> None:
    said = {"ORTI": 3, "musica": 2, "vela": 1}
    assert checked(msgspec.structs.replace(WHOLE, importance=said)).importance == {"orti": 3}
    assert checked(msgspec.structs.replace(WHOLE, importance={"orti": 9})).importance == {}


@pytest.mark.parametrize("field", ["knows", "avoids"])
def test_people_are_named_20_times_at_most(field: str) -> None:
    people = tuple(f"Persona{n} Prova" for n in range(21))
    assert refusal(**{field: people}) == ("too_many_tags", field)
    assert refusal(**{field: ("x" * 255,)}) == ("tag_too_long", field)


@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "ada@",
        "@esempio.invalid",
        "ada@esempio",
        "a da@esempio.invalid",
        "ada@esempio.invalid, bo@x.invalid",
    ],
)
def test_email_that_reaches_nobody_is_refused(email: str) -> None:
    assert refusal(email=email) == ("email_invalid", "email")


@pytest.mark.parametrize("phone", ["12", "call me", "+39 333;ext", "1" * 16, "٣٣٣٠٠٠"])
def test_phone_that_cannot_be_dialled_is_refused(phone: str) -> None:
    assert refusal(phone=phone) == ("phone_invalid", "phone")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://esempio.invalid",
        "https://bank.invalid@x.invalid",
        "ada",
        "//x.y",
    ],
)
def test_link_that_is_no_plain_web_address_is_refused(link: str) -> None:
    assert refusal(link=link) == ("link_invalid", "link")


def test_bare_link_becomes_https() -> None:
    assert checked(Profile(name="Ada", link="esempio.invalid/ada")).link == "https://esempio.invalid/ada"


def test_seniority_and_language_outside_their_range_are_refused() -> None:
    assert refusal(seniority=0) == ("seniority_invalid", "seniority")
    assert refusal(seniority=6) == ("seniority_invalid", "seniority")
    assert refusal(language="<it>") == ("language_invalid", "language")


def test_contact_holds_only_what_the_person_chose() -> None:
    public = SharedContact(
        name="Ada Prova",
        headline="Agronoma",
        organisation="Orti Prova",
        link="https://esempio.invalid/ada",
    )
    assert shared_contact(WHOLE) == public
    by_mail = shared_contact(msgspec.structs.replace(WHOLE, share_email=True))
    assert by_mail == msgspec.structs.replace(public, email="ada@esempio.invalid")
    by_phone = shared_contact(msgspec.structs.replace(WHOLE, share_phone=True))
    assert by_phone == msgspec.structs.replace(public, phone="+39 333 000-0001")


@pytest.mark.parametrize(
    ("name", "first", "last", "short", "letters"),
    [
        ("Ezio Modello", "Ezio", "Modello", "Ezio M.", "EM"),
        ("ada maria prova", "ada", "maria prova", "ada P.", "AP"),
        ("Bo", "Bo", "", "Bo", "B"),
        ("Cleo d'Esempio", "Cleo", "d'Esempio", "Cleo D.", "CD"),
        ("Fay “Finta”", "Fay", "“Finta”", "Fay F.", "FF"),
        ("", "", "", "", ""),
    ],
)
def test_parts_of_a_name(name: str, first: str, last: str, short: str, letters: str) -> None:
    assert (first_name(name), last_name(name), short_name(name), initials(name)) == (
        first,
        last,
        short,
        letters,
    )
