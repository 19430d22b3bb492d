"""What a form was filled with, read strictly."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile

from event_server.domain.messages import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_FIELDS = 1000
MOST_FILES = 1
_SEPARATORS = re.compile(r"[,;\n]")


async def read_form(request: Request) -> Form:
    """Return the form in the body of ``request``.

    Raises:
        Refused: ``form_unreadable`` if the body is no form.
    """
    # Starlette turns what the parser does not understand into HTTP errors of its own; ours have codes.
    from starlette.exceptions import HTTPException  # noqa: PLC0415 - only here, beside its reason

    try:
        return Form(await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS))
    except (HTTPException, UnicodeDecodeError) as error:
        raise Refused("form_unreadable") from error


class Form:
    """Fields by name. Absent text is empty; absent or wrong numbers are refused unless there is a default."""

    def __init__(self, data: FormData) -> None:
        self._data = data

    def text(self, name: str) -> str:
        """Return a field without blanks around it."""
        value = self._data.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that may stand several times, without empty ones."""
        values = (value.strip() for value in self._data.getlist(name) if isinstance(value, str))
        return tuple(value for value in values if value)

    def lines(self, name: str) -> tuple[str, ...]:
        """Return what stands between commas, semicolons and line ends."""
        parts = (part.strip() for part in _SEPARATORS.split(self.text(name)))
        return tuple(part for part in parts if part)

    def flag(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return self.text(name) not in {"", "0", "off", "false"}

    def integer(self, name: str, default: int | None = None) -> int:
        """Return a whole number.

        Raises:
            Refused: ``number_invalid``.
        """
        number = self.number(name, default)
        if number != int(number):
            raise Refused("number_invalid", field=name)
        return int(number)

    def number(self, name: str, default: float | None = None) -> float:
        """Return a number; Italian keyboards write 1,5.

        Raises:
            Refused: ``number_invalid``.
        """
        text = self.text(name).replace(",", ".")
        if not text and default is not None:
            return default
        if not re.fullmatch(r"[+-]?\d{1,12}(\.\d{1,6})?", text, re.ASCII):
            raise Refused("number_invalid", field=name)
        return float(text)

    def moment(self, name: str, timezone: str) -> float | None:
        """Return a local date and time as POSIX seconds, or none when empty.

        Raises:
            Refused: ``moment_invalid``.
        """
        text = self.text(name)
        if not text:
            return None
        try:
            return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).timestamp()
        except (ValueError, KeyError, OverflowError) as error:
            raise Refused("moment_invalid", field=name) from error

    async def upload(self, name: str) -> bytes:
        """Return the bytes of an uploaded file.

        Raises:
            Refused: ``upload_missing``.
        """
        value = self._data.get(name)
        content = b""
        if isinstance(value, UploadFile):
            content = await value.read()
            await value.close()
        if not content:
            raise Refused("upload_missing", field=name)
        return content

    def file_name(self, name: str) -> str:
        """Return the name that an uploaded file has on its owner's machine, or an empty text."""
        value = self._data.get(name)
        return (value.filename or "") if isinstance(value, UploadFile) else ""
