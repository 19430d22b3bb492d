"""Names of languages to their codes and back: two people must share one, however each calls it."""

import re
from functools import cache
from typing import Final

from babel import Locale

from event_server.domain.names import name_key

_NAMED_IN: Final = ("it", "en", "de", "fr", "es")
_SEPARATORS: Final = re.compile(r"[,;\n\r|/•&+]| e | ed | and | und | et | y ", re.IGNORECASE)
# What people add to a language: a level, in brackets or as the European framework names it.
_LEVEL: Final = re.compile(
    r"\(.*?\)|\b[abc][12]\b|\b(madrelingua|nativ[oae]|native|fluente?|base|basic)\b|[:\u2013-].*$",
    re.IGNORECASE,
)


def language_tags(cell: str) -> tuple[str, ...]:
    """Return the languages in ``cell``: codes such as ``it`` where known, else the words as they stand."""
    parts = (_LEVEL.sub("", part).strip() for part in _SEPARATORS.split(cell))
    return tuple(dict.fromkeys(_codes().get(name_key(part), part) for part in parts if part))


def language_word(code: str, language: str) -> str:
    """Return what the language ``code`` is called in ``language``; what is no code stays as it is."""
    name = Locale.parse(language).languages.get(code)
    return str(name) if name else code


@cache
def _codes() -> dict[str, str]:
    """Return the codes of languages by what the languages of lists call them, and by themselves."""
    named_in_english = map(str, Locale.parse("en").languages)
    plain = sorted(code for code in named_in_english if code.isalpha() and len(code) == len("it"))
    codes: dict[str, str] = {}
    for named_in in reversed(_NAMED_IN):
        names = Locale.parse(named_in).languages
        codes.update({name_key(names[code]): code for code in reversed(plain) if code in names})
    return codes | {code: code for code in plain}
