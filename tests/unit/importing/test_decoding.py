"""Bytes to text: every encoding that Italian lists come in."""

import pytest

from event_server.domain.messages import Refused
from event_server.importing.decoding import SIZE_LIMIT, decode

LIST = "Nome;Azienda;Città\nNiccolò Provà;Caffè Più;Forlì\nZoè Esempìo;Libertà;Cantù\n"


@pytest.mark.parametrize("encoding", ["utf_8", "cp1252", "mac_roman", "utf_16_le", "utf_16_be"])
def test_italian_names_survive_without_a_mark(encoding: str) -> None:
    decoded = decode(LIST.encode(encoding))
    assert (decoded.text, decoded.encoding) == (LIST, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf_8"),
        (b"\xff\xfe", "utf_16_le"),
        (b"\xfe\xff", "utf_16_be"),
        (b"\xff\xfe\0\0", "utf_32_le"),
        (b"\0\0\xfe\xff", "utf_32_be"),
    ],
)
def test_mark_names_the_encoding_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + LIST.encode(encoding)).text == LIST


def test_one_accented_letter_is_enough() -> None:
    assert decode("Nome\nNiccolò\n".encode("cp1252")).text == "Nome\nNiccolò\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list_empty"),
        (b"\xef\xbb\xbf", "list_empty"),
        (b" \r\n\t", "list_empty"),
        (b"PK\x03\x04\x14\0\x06\0", "list_is_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list_is_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "list_is_binary"),
        (b"Nome\nAda\x01\x02\n", "list_is_binary"),
        (bytes(range(256)) * 4, "list_is_binary"),
        (b"\xff\xfe\x00\xd8", "list_encoding_unknown"),
        (b"x" * (SIZE_LIMIT + 1), "list_too_large"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.code == code
