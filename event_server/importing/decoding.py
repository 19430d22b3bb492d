"""Bytes to text: byte order marks, encodings, and what is no text at all."""

import codecs
from typing import Final

import msgspec
from charset_normalizer import from_bytes

from event_server.domain.messages import Refused

SIZE_LIMIT: Final = 5 * 1024 * 1024
"""Bytes of a list at most."""

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# All that Italian and European lists come in. Left to itself, the detection takes Italian names for Cyrillic.
_CANDIDATES: Final = ["utf_8", "cp1252", "mac_roman", "utf_16"]
_SAMPLE: Final = 4096
_NUL_SHARE: Final = 0.2


class Decoded(msgspec.Struct, frozen=True):
    """The text of a list and the encoding it came in, named as Python names it."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Return the text of a list.

    Raises:
        Refused: ``list_empty``, ``list_too_large``, ``list_is_spreadsheet`` (to be saved as CSV),
            ``list_is_binary`` or ``list_encoding_unknown``.
    """
    if len(data) > SIZE_LIMIT:
        raise Refused("list_too_large", limit=SIZE_LIMIT, size=len(data))
    if data.startswith(_SPREADSHEETS):
        raise Refused("list_is_spreadsheet")
    decoded = _decoded(data)
    if not decoded.text.strip():
        raise Refused("list_empty")
    if any(char < " " and char not in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f" for char in set(decoded.text)):
        raise Refused("list_is_binary")
    return decoded


def _decoded(data: bytes) -> Decoded:
    """Return ``data`` in the encoding its mark names, in UTF-8 if it is that, else in the likeliest one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data.removeprefix(mark), encoding), encoding)
    if b"\0" in data:
        encoding = _unmarked_utf_16(data)
        return Decoded(_strictly(data, encoding), encoding)
    try:
        return Decoded(data.decode(), "utf_8")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    # Too short or too odd to tell: Excel on Windows is by far the likeliest writer.
    encoding = best.encoding if best else "cp1252"
    return Decoded(_strictly(data, encoding), encoding)


def _unmarked_utf_16(data: bytes) -> str:
    """Return the byte order of Western text in UTF-16: its high bytes are NUL, its low bytes never."""
    sample = data[:_SAMPLE]
    low, high = sample[::2].count(0), sample[1::2].count(0)
    if min(low, high) or max(low, high) < _NUL_SHARE * len(sample) / 2:
        raise Refused("list_is_binary")
    return "utf_16_le" if high else "utf_16_be"


def _strictly(data: bytes, encoding: str) -> str:
    """Return ``data`` decoded without a single guessed character."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("list_encoding_unknown", encoding=encoding, position=error.start) from error
