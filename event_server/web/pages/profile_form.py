"""The form of a profile as the desk fills it in for somebody.

Whom somebody knows or would rather not meet, and what may be learned of their answers, is theirs alone to
say: the desk neither sees nor changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from event_server.domain.profile import TAGS, TEXTS, Profile, checked
from event_server.web.pages.tag_fields import (
    TAG_WORDS,
    Offer,
    language_words,
    offer,
    typed_languages,
    typed_level,
)

if TYPE_CHECKING:
    from event_server.web.forms import Form

PLAIN: Final = ("name", "email", "phone", *TEXTS, "link", "language")
FLAGS: Final = ("share_email", "share_phone", "paper")
TICKED: Final = ("values", "goals")


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """The form as it is shown.

    Attributes:
        texts: Tags stand in one field, parted by commas.
        ticked: Of values and goals.
    """

    texts: dict[str, str]
    flags: dict[str, bool]
    ticked: dict[str, tuple[str, ...]]
    seniority: str
    offer: Offer


def shown(profile: Profile, language: str) -> ProfileForm:
    """Return the form filled with a profile, for readers of ``language``."""
    tags = {field: getattr(profile, field) for field in TAG_WORDS}
    tags["languages"] = language_words(profile, language)
    return ProfileForm(
        texts={
            **{field: getattr(profile, field) for field in PLAIN},
            **{field: ", ".join(words) for field, words in tags.items()},
        },
        flags={field: getattr(profile, field) for field in FLAGS},
        ticked={field: getattr(profile, field) for field in TICKED},
        seniority=str(profile.seniority or ""),
        offer=offer(language),
    )


def typed(form: Form, language: str) -> ProfileForm:
    """Return the form as it was sent, for showing it again beside a refusal."""
    return ProfileForm(
        texts={field: form.text(field) for field in (*PLAIN, *TAGS)},
        flags={field: form.flag(field) for field in FLAGS},
        ticked={field: form.texts(field) for field in TICKED},
        seniority=form.text("seniority"),
        offer=offer(language),
    )


def read_profile(form: Form, before: Profile) -> Profile:
    """Return the profile that was typed.

    Args:
        form: As sent.
        before: What the person shares on a mutual yes, whom they know or avoid, and what may be learned
            stays as it was: nobody else decides that.

    Raises:
        Refused: ``number_invalid`` or a reason of `checked`.
    """
    return checked(
        msgspec.structs.replace(
            before,
            **{field: form.text(field) for field in PLAIN if field != "link"},
            **{field: form.lines(field) for field in TAG_WORDS},
            **{field: form.texts(field) for field in TICKED},
            languages=typed_languages(form),
            seniority=typed_level(form),
            paper=form.flag("paper"),
        )
    )
