"""Names of people: cleaned, compared, and flagged when they pass for somebody else's.

How it works: ``clean_name`` makes a name safe to show. Two keys then fold it for comparison: ``name_key``
is the same for one name written in two ways (case, accents, order of words), ``confusable_key`` for two names
that *look* the same on a badge (letters of other alphabets, ``0`` for ``o``). Neither is ever shown.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from event_server.domain.messages import Refused

NAME_LIMIT = 80
"""Code points of a name at most."""

MARKS_LIMIT = 4
"""Combining marks on one letter at most: more than a script needs, too few to cover the lines around."""

RESERVED = (
    *("accoglienza", "admin", "administrator", "amministratore", "amministratrice", "assistenza", "desk"),
    *("girotondo", "helper", "host", "moderator", "moderatore", "moderatrice", "official", "organiser"),
    *("organizer", "organizzatore", "organizzatrice", "organizzatori", "organizzazione", "regia", "security"),
    *("sicurezza", "sistema", "staff", "support", "system", "ufficiale"),
)
"""Words by which somebody could pass for the people who run the evening."""

_JOINERS = "\u200c\u200d"
# Letters and symbols that are drawn as nothing: a name made of them would be an empty badge.
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Capitals and small letters are mapped apart: a Greek capital Nu looks like N, the small one like v.
_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")  # noqa: RUF001 - the ambiguity is the point
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("авгекмнорстухіјѕԁһԛԝӏь", "abrekmhopctyxijsdhqwib", strict=True)),
        **dict(zip("αβγεηικνορτυχωϲ", "abyenikvoptuxwc", strict=True)),
        **dict(zip("ɑɡɩıłøđħ", "agiilodh", strict=True)),
        **dict(zip("013458|!l@$", "oieasbiiias", strict=True)),
        "æ": "ae",
        "œ": "oe",
    },
)


def clean_text(text: str) -> str:
    """Return ``text`` in NFC on one line, without control, bidi or blank characters and piled-up marks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(char for at, char in enumerate(spaced) if _is_shown(spaced, at))
    composed = unicodedata.normalize("NFC", visible)
    return unicodedata.normalize("NFC", " ".join(_with_few_marks(composed).split()))


def clean_name(text: str) -> str:
    """Return ``text`` as a name that is safe to show.

    Raises:
        Refused: ``name_missing`` if nothing visible is left, ``name_too_long`` above ``NAME_LIMIT``.
            A name is never cut: half a name is somebody else's.
    """
    name = clean_text(text)
    if not any(unicodedata.category(char)[0] in "LNS" for char in name):
        raise Refused("name_missing")
    if len(name) > NAME_LIMIT:
        raise Refused("name_too_long", limit=NAME_LIMIT, length=len(name))
    return name


def folded(text: str) -> str:
    """Return ``text`` without case, marks and compatibility forms."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in apart if not unicodedata.category(char).startswith("M"))


def name_key(name: str) -> str:
    """Return a key that is equal for one name in other case, accents, punctuation or order of words.

    A name of symbols alone is its own key: two different ones are not one.
    """
    words = "".join(char if char.isalnum() else " " for char in folded(name)).split()
    return " ".join(sorted(words)) or name.casefold().strip()


def confusable_key(name: str) -> str:
    """Return a key that is equal for names which look alike at a glance.

    After the idea of skeletons in Unicode Technical Standard 39, for the letters of European names.
    """
    letters = folded(name.translate(_CAPITALS)).translate(_LOOKALIKES)
    joined = "".join(char for char in letters if char.isalnum()) or name.casefold().strip()
    return joined.replace("rn", "m").replace("vv", "w")


def looks_like(name: str, other: str) -> bool:
    """Return whether ``name`` could be taken for ``other`` on a badge or a list."""
    return confusable_key(name) == confusable_key(other)


def reserved_word(name: str) -> str | None:
    """Return the word of ``RESERVED`` that ``name`` is or holds, or ``None``."""
    keys = {confusable_key(word) for word in name.split()} | {confusable_key(name)}
    return next((word for word in RESERVED if confusable_key(word) in keys), None)


def lookalikes(names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the ids whose names look alike, one tuple for each name; ``names`` maps id to name."""
    alike: dict[str, list[str]] = defaultdict(list)
    for person, name in names.items():
        alike[confusable_key(name)].append(person)
    return [tuple(people) for people in alike.values() if len(people) > 1]


def _is_shown(text: str, at: int) -> bool:
    """Return whether the character at ``at`` may stay; joiners between letters may, for Persian and Hindi."""
    char = text[at]
    if char in _JOINERS:
        around = text[at - 1 : at] + text[at + 1 : at + 2]
        return (
            at > 0
            and len(around) == len(_JOINERS)
            and all(unicodedata.category(c)[0] in "LM" for c in around)
        )
    return char not in _BLANKS and not unicodedata.category(char).startswith("C")


def _with_few_marks(text: str) -> str:
    """Return ``text`` with at most ``MARKS_LIMIT`` marks on a letter and none without a letter."""
    kept: list[str] = []
    room = 0
    for char in text:
        if unicodedata.category(char).startswith("M"):
            if room == 0:
                continue
            room -= 1
        elif char not in _JOINERS:
            room = 0 if char == " " else MARKS_LIMIT
        kept.append(char)
    return "".join(kept)
