"""What one attendee says about themselves: personal data, kept in tables and never in the journal."""

import re
from typing import Final

import msgspec

from event_server.domain.affinity import GOALS, GOALS_LIMIT, IMPORTANCE, MIDDLING, VALUES, VALUES_LIMIT
from event_server.domain.messages import Refused
from event_server.domain.names import clean_name, clean_text

TEXT_LIMIT: Final = 300
"""Code points of a text at most."""

TAG_LIMIT: Final = 40
"""Code points of a tag at most."""

TAGS_LIMIT: Final = 12
"""Tags in one field at most."""

TEXTS: Final = ("headline", "organisation", "sector", "pronouns", "access_needs")
TAGS: Final = ("interests", "offers", "needs", "languages")
PEOPLE: Final = ("knows", "avoids")
"""Fields that name other people, by name or e-mail address."""

PEOPLE_LIMIT: Final = 20
"""People that one field may name."""

NAME_LIMIT: Final = 254
"""Code points of a name or address of somebody else at most."""

CHOICES: Final = {"values": (VALUES, VALUES_LIMIT), "goals": (GOALS, GOALS_LIMIT)}
"""Fields whose words are fixed: the words, and how many one may choose."""

_EMAIL: Final = re.compile(r"[^@\s<>()\[\],;:\"\\]{1,64}@[^@\s<>()\[\],;:\"\\]+\.[^@\s<>()\[\],;:\"\\.]{2,}")
_EMAIL_LIMIT: Final = 254  # RFC 5321: a path of 256 with its brackets
_PHONE: Final = re.compile(r"\+?[0-9 ()./-]+")
_PHONE_DIGITS: Final = range(5, 16)  # ITU-T E.164: at most 15; short local numbers exist
_LINK: Final = re.compile(r"https?://[^\s/@:?#\\]+\.[^\s@\\<>\"]+", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SENIORITIES: Final = range(1, 6)


class Profile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attendee's own words; empty means "not said".

    Attributes:
        email: How the list finds the person again; shown to others only by ``share_email``.
        seniority: 1 (beginning) to 5 (leading), or ``None``.
        importance: Interest -> how much it matters, 1 to 3; 2 where nothing is said.
        languages: Languages of conversation; codes such as ``it`` where known.
        values: Of `VALUES`; shown to nobody.
        goals: Of `GOALS`; one is named only to somebody who has the same.
        knows: People known already, by name or e-mail address; shown to nobody.
        avoids: People not to be seated with, by name or e-mail address; shown to nobody, not even the team.
        learning: Answers given and received may make later meetings better.
        access_needs: For the organizers alone.
        link: A page about the person, shown on a mutual yes; empty shares none.
        share_email: The e-mail is shown to whom both said yes.
        share_phone: The phone number is shown to whom both said yes.
        language: Language of the person's screens, or empty for what the browser asks for.
        paper: The person uses no phone and gets a printed schedule.
    """

    name: str
    email: str = ""
    phone: str = ""
    headline: str = ""
    organisation: str = ""
    sector: str = ""
    seniority: int | None = None
    interests: tuple[str, ...] = ()
    importance: dict[str, int] = {}
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    learning: bool = False
    pronouns: str = ""
    access_needs: str = ""
    link: str = ""
    share_email: bool = False
    share_phone: bool = False
    language: str = ""
    paper: bool = False


class SharedContact(msgspec.Struct, frozen=True, kw_only=True):
    """All that a mutual yes reveals: the allow-list, so that a new field of ``Profile`` stays private."""

    name: str
    headline: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    link: str = ""


def shared_contact(profile: Profile) -> SharedContact:
    """Return what the person chose to share on a mutual yes."""
    return SharedContact(
        name=profile.name,
        headline=profile.headline,
        organisation=profile.organisation,
        email=profile.email if profile.share_email else "",
        phone=profile.phone if profile.share_phone else "",
        link=profile.link,
    )


def checked(profile: Profile) -> Profile:
    """Return ``profile`` cleaned: texts in NFC on one line, tags without repeats.

    Raises:
        Refused: ``name_missing``, ``name_too_long``, ``email_invalid``, ``phone_invalid``, ``link_invalid``,
            ``text_too_long``, ``tag_too_long``, ``too_many_tags``, ``seniority_invalid``,
            ``language_invalid`` or ``choice_unknown``; the detail names the field and its limit.
    """
    if profile.seniority is not None and profile.seniority not in _SENIORITIES:
        raise Refused("seniority_invalid", field="seniority", value=profile.seniority)
    language = profile.language.strip()
    if language and not _LANGUAGE.fullmatch(language):
        raise Refused("language_invalid", field="language")
    return msgspec.structs.replace(
        profile,
        name=clean_name(profile.name),
        email=checked_email(profile.email),
        phone=checked_phone(profile.phone),
        link=checked_link(profile.link),
        language=language,
        **{field: checked_text(field, getattr(profile, field)) for field in TEXTS},
        **{field: checked_tags(field, getattr(profile, field)) for field in TAGS},
        **{field: _checked_people(field, getattr(profile, field)) for field in PEOPLE},
        **{field: _checked_choice(field, getattr(profile, field)) for field in CHOICES},
        importance=_checked_importance(profile),
    )


def _checked_people(field: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return _within(field, distinct_tags(names), length=NAME_LIMIT, count=PEOPLE_LIMIT)


def _checked_choice(field: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``chosen`` in the order of the list; refuses ``choice_unknown``, ``too_many_tags``."""
    known, limit = CHOICES[field]
    if not set(chosen) <= set(known):
        raise Refused("choice_unknown", field=field)
    if len(set(chosen)) > limit:
        raise Refused("too_many_tags", field=field, limit=limit, length=len(set(chosen)))
    return tuple(word for word in known if word in chosen)


def _checked_importance(profile: Profile) -> dict[str, int]:
    """Return how much each interest matters, as far as it is one and the number is possible."""
    interests = distinct_tags(profile.interests)
    said = {clean_text(tag).casefold(): level for tag, level in profile.importance.items()}
    levels = {tag: said.get(tag.casefold(), MIDDLING) for tag in interests}
    return {tag: level for tag, level in levels.items() if level in IMPORTANCE and level != MIDDLING}


def checked_text(field: str, text: str) -> str:
    """Return ``text`` cleaned; refuses ``text_too_long``."""
    clean = clean_text(text)
    if len(clean) > TEXT_LIMIT:
        raise Refused("text_too_long", field=field, limit=TEXT_LIMIT, length=len(clean))
    return clean


def checked_tags(field: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``tags`` cleaned, each once; refuses ``tag_too_long``, ``too_many_tags``."""
    return _within(field, distinct_tags(tags), length=TAG_LIMIT, count=TAGS_LIMIT)


def _within(field: str, clean: tuple[str, ...], *, length: int, count: int) -> tuple[str, ...]:
    if too_long := next((tag for tag in clean if len(tag) > length), None):
        raise Refused("tag_too_long", field=field, limit=length, length=len(too_long))
    if len(clean) > count:
        raise Refused("too_many_tags", field=field, limit=count, length=len(clean))
    return clean


def distinct_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``tags`` cleaned, the first spelling of each, in order."""
    spellings: dict[str, str] = {}
    for tag in filter(None, map(clean_text, tags)):
        spellings.setdefault(tag.casefold(), tag)
    return tuple(spellings.values())


def checked_email(text: str) -> str:
    """Return an e-mail address; refuses ``email_invalid``. Empty stays empty."""
    email = clean_text(text)
    if email and (len(email) > _EMAIL_LIMIT or not _EMAIL.fullmatch(email)):
        raise Refused("email_invalid", field="email")
    return email


def checked_phone(text: str) -> str:
    """Return a phone number as it was written; refuses ``phone_invalid``. Empty stays empty."""
    phone = clean_text(text)
    if phone and not (_PHONE.fullmatch(phone) and sum(map(str.isdigit, phone)) in _PHONE_DIGITS):
        raise Refused("phone_invalid", field="phone")
    return phone


def checked_link(text: str) -> str:
    """Return a web address, with ``https://`` if it had none; refuses ``link_invalid``. Empty stays empty."""
    link = clean_text(text)
    if not link:
        return ""
    if "://" not in link:
        link = f"https://{link}"
    if len(link) > TEXT_LIMIT or not _LINK.fullmatch(link):
        raise Refused("link_invalid", field="link")
    return link


def first_name(name: str) -> str:
    """Return the first word of ``name``: what the badge prints large."""
    return name.split(maxsplit=1)[0] if name.strip() else ""


def last_name(name: str) -> str:
    """Return ``name`` without its first word, or an empty text."""
    return name.split(maxsplit=1)[1] if len(name.split()) > 1 else ""


def short_name(name: str) -> str:
    """Return ``name`` as "Ezio M.": enough to find each other, less than the whole name on a screen."""
    rest = last_name(name)
    return f"{first_name(name)} {_initial(rest.split()[-1])}." if rest else first_name(name)


def initials(name: str) -> str:
    """Return the first letters of the first and last word of ``name``, in capitals."""
    words = name.split()
    return "".join(_initial(word) for word in (words[:1] + words[1:][-1:]))


def _initial(word: str) -> str:
    """Return the first letter of ``word``, passing over quotes and the like, as a capital."""
    return next((char for char in word if char.isalnum()), word[:1]).upper()
