"""Languages: catalogs compiled from the .po files at start, the choice of one, and texts for scripts."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

SOURCE_LANGUAGE = "en"
"""The language of the message ids."""

DEFAULT_LANGUAGE = "it"
"""What a browser gets that asks for none of our languages, or for none at all."""

DOMAIN = "girotondo"
COUNTED = 200
"""For how many numbers scripts are told the plural form: rules look at n modulo 100 at most."""

_WEIGHTED = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q\s*=\s*([0-9.]{1,5}))?\s*")


def N_(message: str) -> str:  # noqa: N802 - the name that extractors of gettext know
    """Mark ``message`` for translation later, and return it as it is."""
    return message


class Catalog:
    """All texts of one language.

    Attributes:
        language: Code such as ``it``.
        translations: For templates and Python.
        script: What ``js/i18n.js`` reads: the texts that scripts use, and the plural form of small numbers.
    """

    def __init__(self, language: str, po: bytes | None = None) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        messages: dict[str, Any] = {}
        self.translations = NullTranslations()
        plural: Callable[[int], int] = _english_plural
        if po is not None:
            catalog = read_po(BytesIO(po), locale=language, domain=DOMAIN)
            compiled = BytesIO()
            write_mo(compiled, catalog)
            compiled.seek(0)
            self.translations = Translations(compiled, domain=DOMAIN)
            plural = self.translations.plural
            messages = {_key(m.id): _forms(m.string) for m in catalog if m.id and _is_in_script(m)}
        self.script = {
            "language": language,
            "messages": messages,
            "plural_forms": [int(plural(n)) for n in range(COUNTED)],
        }

    def gettext(self, message: str, **values: object) -> str:
        """Return ``message`` translated, with each ``%(name)s`` replaced."""
        text = str(self.translations.gettext(message))
        return text % values if values else text

    def ngettext(self, singular: str, plural: str, n: int, **values: object) -> str:
        """Return the form of a counted message for ``n``; ``%(n)s`` stands for the number."""
        return str(self.translations.ngettext(singular, plural, n)) % {"n": n, **values}


class Catalogs:
    """The catalogs of all languages, by code; the default language first."""

    def __init__(self, folder: Path) -> None:
        found = {
            path.parts[-3]: Catalog(path.parts[-3], path.read_bytes())
            for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
        }
        found[SOURCE_LANGUAGE] = Catalog(SOURCE_LANGUAGE)
        self._catalogs = dict(sorted(found.items(), key=lambda item: item[0] != DEFAULT_LANGUAGE))

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the codes of all languages."""
        return tuple(self._catalogs)

    def __getitem__(self, language: str) -> Catalog:
        return self._catalogs[language]

    def choose(self, *wishes: str, accept: str = "") -> str:
        """Return the first of ``wishes`` that there is, else what the browser asks for, else the default."""
        for wish in (*wishes, *_accepted(accept)):
            if wish in self._catalogs:
                return wish
        return DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in self._catalogs else SOURCE_LANGUAGE


def language_name(language: str) -> str:
    """Return the name of a language in itself: it must be readable by those who need it."""
    try:
        name = Locale.parse(language).get_display_name(language) or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def _accepted(header: str) -> Iterable[str]:
    """Return the languages of an ``Accept-Language`` header, most wanted first."""
    weighted = []
    for part in header[:500].split(","):
        match = _WEIGHTED.fullmatch(part)
        if match is None:
            continue
        try:
            weight = float(match[2] or 1)
        except ValueError:
            continue
        if weight > 0:
            weighted.append((weight, match[1].lower()))
    return [language for _, language in sorted(weighted, key=lambda item: -item[0])]


def _english_plural(n: int) -> int:
    return int(n != 1)


def _is_in_script(message: Any) -> bool:
    return any(str(path).endswith(".js") for path, _ in message.locations)


def _key(message_id: str | Sequence[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _forms(text: str | Sequence[str] | None) -> str | list[str]:
    return text if isinstance(text, str) else list(text or ())
