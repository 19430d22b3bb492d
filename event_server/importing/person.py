"""The cells of one row to one person, with what is wrong and what was changed on the way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from event_server.domain.messages import Refused
from event_server.domain.names import clean_name, clean_text, reserved_word
from event_server.domain.profile import (
    TAGS_LIMIT,
    TEXT_LIMIT,
    Profile,
    checked_email,
    checked_phone,
    distinct_tags,
)
from event_server.importing.fields import TAG_FIELDS, TEXT_FIELDS, Field
from event_server.importing.languages import language_tags
from event_server.importing.values import (
    email_of,
    level_of,
    phone_of,
    said,
    shortened,
    split_address,
    tags_of,
)

CELL_LIMIT: Final = 1_000
"""Code points of a cell at most."""

Source = tuple[int | None, str]
"""A column (``None`` for a value an organizer typed in) and its cell."""

Values = Mapping[Field, Sequence[Source]]
"""The filled cells of a row by meaning, the most trusted column first."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a cell, or what was changed in it.

    Attributes:
        code: Stable snake_case code.
        field: The meaning of the cell.
        column: Its column, or ``None`` when no column is to blame.
        detail: The values that explain it.
    """

    code: str
    field: Field
    column: int | None = None
    detail: dict[str, str | float] = {}


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says of somebody.

    Attributes:
        name: As far as it can be read; may be empty.
        email: As far as it can be read; may be empty or no address at all.
        profile: ``None`` when there are problems.
        problems: What has to be mended before the row can be used.
        notices: What was cut or left out, or should be looked at; the row can be used.
    """

    name: str
    email: str
    profile: Profile | None
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def read_person(values: Values) -> Person:
    """Return the person that a row speaks of."""
    return _Reading(values).person()


class _Reading:
    """Reads the fields of one row, and notes problems instead of stopping at the first."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def person(self) -> Person:
        self._measure()
        name, email = self._name_and_email()
        clean = self._checked(clean_name, name, Field.NAME)
        fields = {
            "email": self._checked(checked_email, email, Field.EMAIL),
            "phone": self._phone(),
            "seniority": self._seniority(),
            "languages": self._few(Field.LANGUAGES, self._parts(Field.LANGUAGES, language_tags)),
            **{field.value: self._text(field) for field in TEXT_FIELDS},
            **{field.value: self._few(field, self._parts(field, tags_of)) for field in TAG_FIELDS},
        }
        if word := reserved_word(clean):
            self._notice("name_reserved", Field.NAME, word=word)
        profile = None if self.problems else msgspec.convert({"name": clean, **fields}, Profile)
        return Person(
            name=clean or clean_text(name),
            email=email,
            profile=profile,
            problems=tuple(self.problems),
            notices=tuple(self.notices),
        )

    def _measure(self) -> None:
        """Note every cell that is too long to be an answer."""
        for field, sources in self.values.items():
            for column, cell in sources:
                if len(cell) > CELL_LIMIT:
                    detail: dict[str, str | float] = {"limit": CELL_LIMIT, "length": len(cell)}
                    self.problems.append(
                        Problem(code="cell_too_long", field=field, column=column, detail=detail),
                    )

    def _name_and_email(self) -> tuple[str, str]:
        """Return name and e-mail, wherever in the row they are: ``Ada Prova <ada@…>`` fills both."""
        named, email_in_name = split_address(self._first(Field.NAME))
        parts = " ".join(filter(None, (self._first(Field.FIRST_NAME), self._first(Field.LAST_NAME))))
        name_in_email, _ = split_address(self._first(Field.EMAIL))
        if "@" in named:
            named, email_in_name = "", email_of(named)
        if "@" in name_in_email:
            name_in_email = ""
        email = email_of(self._first(Field.EMAIL)) or email_in_name
        return named or parts or name_in_email, email

    def _checked(self, check: Callable[[str], str], text: str, field: Field) -> str:
        """Return ``text`` as ``check`` returns it; what it refuses is a problem of ``field``."""
        try:
            return check(text)
        except Refused as refused:
            detail = {key: value for key, value in refused.detail.items() if key != "field"}
            self.problems.append(
                Problem(code=refused.code, field=field, column=self._column(field), detail=detail),
            )
            return ""

    def _phone(self) -> str:
        """Return the phone number; one that cannot be dialled is left out: nobody is kept out for it."""
        written = self._first(Field.PHONE)
        try:
            phone = checked_phone(phone_of(said(written)))
        except Refused:
            phone = ""
        if said(written) and not phone:
            self._notice("phone_unreadable", Field.PHONE)
        return phone

    def _seniority(self) -> int | None:
        """Return the level, 1 to 5; other words are left out with a notice."""
        written = said(self._first(Field.SENIORITY))
        level = level_of(written)
        if written and level is None:
            self._notice("seniority_unreadable", Field.SENIORITY)
        return level

    def _text(self, field: Field) -> str:
        """Return a text of at most ``TEXT_LIMIT``."""
        text = said(self._first(field))
        if len(text) > TEXT_LIMIT:
            self._notice("text_shortened", field, limit=TEXT_LIMIT, length=len(text))
        return shortened(text, TEXT_LIMIT)

    def _parts(self, field: Field, split: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
        """Return the tags of all columns of ``field``."""
        return tuple(tag for _, cell in self.values.get(field, ()) for tag in split(cell))

    def _few(self, field: Field, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Return at most ``TAGS_LIMIT`` tags of fitting length."""
        short = distinct_tags(tuple(shortened(clean_text(tag)) for tag in tags))
        cut = sum(shortened(clean_text(tag)) != clean_text(tag) for tag in tags)
        if cut:
            self._notice("tag_shortened", field, count=cut)
        if len(short) > TAGS_LIMIT:
            self._notice("tags_left_out", field, limit=TAGS_LIMIT, count=len(short) - TAGS_LIMIT)
        return short[:TAGS_LIMIT]

    def _first(self, field: Field) -> str:
        """Return the cell of the most trusted column of ``field`` that is filled, or an empty text."""
        sources = self.values.get(field, ())
        return sources[0][1] if sources else ""

    def _column(self, field: Field) -> int | None:
        """Return the column that ``_first`` reads."""
        sources = self.values.get(field, ())
        return sources[0][0] if sources else None

    def _notice(self, code: str, field: Field, **detail: str | float) -> None:
        """Note something that does not stop the row."""
        self.notices.append(Problem(code=code, field=field, column=self._column(field), detail=detail))
