"""Profiles: limits of each field, what is shared, names on badges."""

import msgspec
import pytest

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
    values=("cura",),
    goals=("imparare",),
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


@pytest.mark.parametrize("field", ["interests", "offers", "needs", "languages", "values", "goals"])
def test_tags_hold_12_of_40_and_no_more(field: str) -> None:
    tags = tuple(f"{n:040}" for n in range(12))
    assert getattr(checked(msgspec.structs.replace(WHOLE, **{field: tags})), field) == tags
    assert refusal(**{field: (*tags, "one more")}) == ("too_many_tags", field)
    assert refusal(**{field: ("x" * 41,)}) == ("tag_too_long", field)


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
