"""The form of a profile as the desk fills it in for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from event_server.domain.profile import TAGS, TEXTS, Profile, checked

if TYPE_CHECKING:
    from event_server.web.forms import Form

PLAIN: Final = ("name", "email", "phone", *TEXTS, "link", "language")
FLAGS: Final = ("share_email", "share_phone", "paper")


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """The form as it is shown; tags stand in one field, parted by commas."""

    texts: dict[str, str]
    flags: dict[str, bool]
    seniority: str


def shown(profile: Profile) -> ProfileForm:
    """Return the form filled with a profile."""
    return ProfileForm(
        texts={
            **{field: getattr(profile, field) for field in PLAIN},
            **{field: ", ".join(getattr(profile, field)) for field in TAGS},
        },
        flags={field: getattr(profile, field) for field in FLAGS},
        seniority=str(profile.seniority or ""),
    )


def typed(form: Form) -> ProfileForm:
    """Return the form as it was sent, for showing it again beside a refusal."""
    return ProfileForm(
        texts={field: form.text(field) for field in (*PLAIN, *TAGS)},
        flags={field: form.flag(field) for field in FLAGS},
        seniority=form.text("seniority"),
    )


def read_profile(form: Form, before: Profile) -> Profile:
    """Return the profile that was typed.

    Args:
        form: As sent.
        before: What the person shares on a mutual yes stays as it was: nobody else decides that.

    Raises:
        Refused: ``number_invalid`` or a reason of `checked`.
    """
    return checked(
        msgspec.structs.replace(
            before,
            **{field: form.text(field) for field in PLAIN if field != "link"},
            **{field: form.lines(field) for field in TAGS},
            seniority=form.integer("seniority", 0) or None,
            paper=form.flag("paper"),
        )
    )
