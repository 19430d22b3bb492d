"""Contacts as vCards: what was shared, nothing else, and nothing smuggled in."""

import msgspec
import vobject

from event_server.domain.profile import Profile, SharedContact, shared_contact
from event_server.exporting.vcard import vcard, vcards

ADA = Profile(
    name="Ada Maria Prova",
    email="ada@esempio.invalid",
    phone="+39 333 0000001",
    headline="Agronoma, potatrice",
    organisation="Orti; Prova",
    link="https://esempio.invalid/ada?x=1,2;3",
    access_needs="CANARY-access",
    interests=("CANARY-interest",),
    share_email=True,
    share_phone=True,
)


def test_card_holds_what_was_shared() -> None:
    card = vobject.readOne(vcard(shared_contact(ADA), note="Incontro a Aperitivo, 3 maggio 2030").decode())
    assert card.version.value == "3.0"
    assert (card.n.value.given, card.n.value.family) == ("Ada", "Maria Prova")
    assert card.fn.value == "Ada Maria Prova"
    assert card.org.value == ["Orti; Prova"]
    assert card.title.value == "Agronoma, potatrice"
    assert card.email.value == "ada@esempio.invalid"
    assert card.tel.value == "+39 333 0000001"
    assert card.url.value == "https://esempio.invalid/ada?x=1%2C2%3B3"
    assert card.note.value == "Incontro a Aperitivo, 3 maggio 2030"


def test_card_holds_nothing_that_was_not_shared() -> None:
    private = msgspec.structs.replace(ADA, share_email=False, share_phone=False, link="")
    card = vobject.readOne(vcard(shared_contact(private)).decode())
    assert sorted(card.contents) == ["fn", "n", "org", "title", "version"]
    assert b"CANARY" not in vcard(shared_contact(ADA))


def test_line_ends_in_a_value_begin_no_line_of_their_own() -> None:
    evil = SharedContact(
        name="Ada\r\nTEL:666",
        headline="x\nEMAIL:evil@x.invalid",
        organisation="y\rNOTE:evil",
        email="a@x.invalid\nTEL:666",
        phone="1\nURL:evil",
        link="https://x.invalid/\nTEL:666",
    )
    data = vcard(evil, note="met\r\nEND:VCARD\r\nBEGIN:VCARD").decode()
    starts = [line.split(":")[0].split(";")[0] for line in data.split("\r\n") if line]
    assert sorted(starts) == sorted(
        ["BEGIN", "VERSION", "EMAIL", "FN", "N", "NOTE", "ORG", "TEL", "TITLE", "URL", "END"]
    )
    assert data.replace("\r\n", "").isprintable()


def test_long_accented_note_is_folded_and_comes_back() -> None:
    note = "perché " * 40
    data = vcard(SharedContact(name="Zoë"), note=note)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert vobject.readOne(data.decode()).note.value == note.strip()


def test_many_contacts_are_one_file() -> None:
    data = vcards([(shared_contact(ADA), "uno"), (SharedContact(name="Bo"), "due")])
    cards = list(vobject.readComponents(data.decode()))
    assert [(card.fn.value, card.note.value) for card in cards] == [("Ada Maria Prova", "uno"), ("Bo", "due")]
