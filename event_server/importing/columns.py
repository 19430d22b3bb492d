"""Guesses what each column of a list means, and how sure that is."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec
from rapidfuzz import fuzz, process

from event_server.importing.fields import Field
from event_server.importing.statuses import is_known
from event_server.importing.vendors import MEANINGS, Vendor
from event_server.importing.vocabulary import KNOWN_USELESS, QUESTIONS, USELESS_BEGINNINGS, WORDS, header_key

CERTAIN: Final = 0.9
"""Confidence from which a column needs no second look."""

_EXAMPLES: Final = 3
_EXAMPLE_LENGTH: Final = 80
_TYPING_ERROR: Final = 88  # of 100: one wrong letter in eight
_PHRASE_HELD: Final = 92
_CONTENT_SHARE: Final = 0.6
_SHORTEST_FUZZY: Final = 5  # one letter more or less makes another word of a shorter one
_NAME_WORDS: Final = range(1, 6)
_UNKNOWN: Final = 0.3
_WORDS: Final = {word: field for field, words in WORDS.items() for word in words}
_PHRASES: Final = {phrase: field for field, phrases in QUESTIONS.items() for phrase in phrases}

Guess = tuple[Field, float]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a list, for an organizer to look at.

    Attributes:
        index: Place in the file, from 0: doubled and empty headers tell nothing apart.
        header: As it stands in the file; may be empty.
        examples: The first three different values, cut to 80 code points.
        field: What the column is taken for.
        confidence: 0 (a bare guess) to 1 (said by the vendor or by the organizer).
        filled: How many rows have a value.
        distinct: How many different values there are.
    """

    index: int
    header: str
    examples: tuple[str, ...]
    field: Field
    confidence: float
    filled: int
    distinct: int

    @property
    def is_certain(self) -> bool:
        """Whether the column needs no second look."""
        return self.confidence >= CERTAIN


def header_signature(headers: Sequence[str]) -> str:
    """Return a short text that is the same for lists with the same headers, to remember a mapping by."""
    keys = "\n".join(header_key(header) for header in headers)
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


def guess_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    vendor: Vendor,
    mapping: Mapping[int, Field] | None = None,
) -> tuple[Column, ...]:
    """Return the columns of a list; ``mapping`` (index to field) overrules the guesses."""
    contents = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(len(headers))]
    guesses = [
        _guess(header_key(header), cells, vendor) for header, cells in zip(headers, contents, strict=True)
    ]
    guesses = _settled(headers, contents, guesses)
    for at, field in (mapping or {}).items():
        if 0 <= at < len(guesses):
            guesses[at] = (field, 1.0)
    return tuple(_column(at, header, contents[at], guesses[at]) for at, header in enumerate(headers))


@lru_cache(maxsize=4096)
def is_header_word(cell: str) -> bool:
    """Return whether ``cell`` reads like a header of a list rather than like somebody's answer."""
    key = header_key(cell)
    return key in _WORDS or key in KNOWN_USELESS or _by_phrase(key) is not None


def _column(at: int, header: str, cells: Sequence[str], guess: Guess) -> Column:
    """Return a column with its examples."""
    values = dict.fromkeys(cells)
    examples = tuple(value[:_EXAMPLE_LENGTH] for value in list(values)[:_EXAMPLES])
    return Column(
        index=at,
        header=header,
        examples=examples,
        field=guess[0],
        confidence=guess[1],
        filled=len(cells),
        distinct=len(values),
    )


def _guess(key: str, cells: Sequence[str], vendor: Vendor) -> Guess:
    """Return what one column means, by its header, then by what stands in it."""
    if key in MEANINGS[vendor]:
        return MEANINGS[vendor][key], 1.0
    if not cells:
        return Field.IGNORE, 1.0
    field, confidence = _by_header(key) or _by_content(cells) or (Field.IGNORE, _UNKNOWN)
    # "Stato" is a country as often as a status.
    if field is Field.STATUS and not _is_mostly(cells, is_known):
        return Field.IGNORE, 0.6
    return field, confidence


def _by_header(key: str) -> Guess | None:
    """Return what a header says: a known word, a question, or a word with a typing error."""
    if key in _WORDS:
        return _WORDS[key], 0.97
    if key in KNOWN_USELESS or key.startswith(USELESS_BEGINNINGS):
        return Field.IGNORE, 0.95
    if phrase := _by_phrase(key):
        return phrase
    if len(key) < _SHORTEST_FUZZY:
        return None
    found = process.extractOne(key, _WORDS.keys(), scorer=fuzz.ratio, score_cutoff=_TYPING_ERROR)
    return (_WORDS[found[0]], round(found[1] / 100 * CERTAIN, 2)) if found else None


def _by_phrase(key: str) -> Guess | None:
    """Return the meaning of the longest known phrase that a question holds."""
    words = set(key.split())
    held = [phrase for phrase in _PHRASES if words.issuperset(phrase.split())]
    if held:
        return _PHRASES[max(held, key=len)], 0.92
    found = process.extractOne(key, _PHRASES.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_PHRASE_HELD)
    return (_PHRASES[found[0]], 0.8) if found else None


def _by_content(cells: Sequence[str]) -> Guess | None:
    """Return what the values say without a header; only addresses speak for themselves."""
    return (Field.EMAIL, 0.8) if _is_mostly(cells, lambda cell: "@" in cell and "." in cell) else None


def _settled(
    headers: Sequence[str], contents: Sequence[Sequence[str]], guesses: Sequence[Guess]
) -> list[Guess]:
    """Return the guesses in the light of each other."""
    settled = list(guesses)
    fields = {field for field, _ in guesses}
    for at, (field, confidence) in enumerate(guesses):
        # "Nome" beside "Cognome" is the first name; alone it is all of it.
        is_plain = header_key(headers[at]) in {"name", "nome"}
        if is_plain and field is Field.NAME and Field.LAST_NAME in fields and Field.FIRST_NAME not in fields:
            settled[at] = (Field.FIRST_NAME, confidence)
    if not fields & {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME}:
        unknown = [
            at for at, (field, confidence) in enumerate(guesses) if confidence == _UNKNOWN and contents[at]
        ]
        names = [at for at in unknown if _is_mostly(contents[at], _could_be_name)]
        if names:
            settled[names[0]] = (Field.NAME, 0.5)
    return settled


def _could_be_name(cell: str) -> bool:
    """Return whether ``cell`` is made like a name: one to five words of letters."""
    words = header_key(cell).split()
    return len(words) in _NAME_WORDS and all(word.isalpha() for word in words)


def _is_mostly(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Return whether most of ``cells`` pass ``test``; the first two hundred speak for all."""
    some = cells[:200]
    return sum(map(test, some)) >= _CONTENT_SHARE * len(some)
