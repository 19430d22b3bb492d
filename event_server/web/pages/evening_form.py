"""The form of an evening: what a new event is asked, and what its settings show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

import msgspec

from event_server.domain.limits import check_rules
from event_server.domain.messages import Refused, Rules
from event_server.domain.names import clean_text
from event_server.web.pages.match_form import MatchForm, match_shown, match_typed, read_match
from event_server.web.templating import local

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.state import LiveEvent
    from event_server.storage.events import EventRow
    from event_server.web.forms import Form

TITLE_LIMIT: Final = 80
PLACE_LIMIT: Final = 160

MINUTES: Final = ("talk", "call", "feedback", "break", "reveal")
"""Durations that the form asks in minutes; rules hold them as ``…_seconds``."""

COUNTS: Final = ("rounds", "seats", "tables", "break_after")
ODD: Final = ("sit_out", "trio")
FLAGS: Final = ("automatic", "self_check_in", "open_door", "colleagues_apart", "rotation")

_FIELD_OF: Final = {
    "tables_too_few": "tables",
    "tables_in_use": "seats",
    "rounds_already_called": "rounds",
    "weights_all_zero": "weights",
}


@dataclass(frozen=True, slots=True)
class Details:
    """What is asked of an event besides its rules.

    Attributes:
        starts_at: POSIX seconds, or none while the date is open.
        languages: Codes; the first is the event's own.
        initials_only: The projector shows no full names.
    """

    title: str = ""
    place: str = ""
    starts_at: float | None = None
    timezone: str = "Europe/Rome"
    languages: tuple[str, ...] = ("it", "en")
    initials_only: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """How long an evening takes by its rules, for a sentence.

    Attributes:
        talk: Minutes of one talk.
        hours: Whole hours of the evening.
        minutes: What is left, rounded.
        ends_at: POSIX seconds, or none without a start.
    """

    rounds: int
    talk: float
    hours: int
    minutes: int
    with_break: bool
    ends_at: float | None


@dataclass(frozen=True, slots=True)
class EveningForm:
    """The form as it is shown: texts as they were typed, so that nobody types them twice."""

    texts: dict[str, str]
    flags: dict[str, bool]
    languages: tuple[str, ...]
    odd: str
    timezones: tuple[str, ...]
    length: Length | None
    match: MatchForm


def shown(details: Details, rules: Rules) -> EveningForm:
    """Return the form filled with what holds."""
    starts_at = details.starts_at
    moment = local(starts_at, details.timezone).strftime("%Y-%m-%dT%H:%M") if starts_at is not None else ""
    return EveningForm(
        texts={
            "title": details.title,
            "place": details.place,
            "starts_at": moment,
            "timezone": details.timezone,
            **{name: str(getattr(rules, name)) for name in COUNTS},
            **{f"{name}_minutes": _written(getattr(rules, f"{name}_seconds") / 60) for name in MINUTES},
        },
        flags={
            "initials_only": details.initials_only,
            **{name: getattr(rules, name) for name in FLAGS},
        },
        languages=details.languages,
        odd=rules.odd,
        timezones=timezones(),
        length=length(rules, starts_at),
        match=match_shown(rules),
    )


def typed(form: Form) -> EveningForm:
    """Return the form as it was sent, for showing it again beside a refusal."""
    names = ("title", "place", "starts_at", "timezone", *COUNTS, *(f"{name}_minutes" for name in MINUTES))
    return EveningForm(
        texts={name: form.text(name) for name in names},
        flags={name: form.flag(name) for name in ("initials_only", *FLAGS)},
        languages=form.texts("languages"),
        odd=form.text("odd"),
        timezones=timezones(),
        length=None,
        match=match_typed(form),
    )


def read_details(form: Form, known_languages: Sequence[str]) -> Details:
    """Return what was typed about the event.

    Raises:
        Refused: ``title_missing``, ``text_too_long``, ``timezone_invalid``, ``moment_invalid`` or
            ``languages_missing``; the detail names the field.
    """
    title = clean_text(form.text("title"))
    if not title:
        raise Refused("title_missing", field="title")
    place = clean_text(form.text("place"))
    for name, text, limit in (("title", title, TITLE_LIMIT), ("place", place, PLACE_LIMIT)):
        if len(text) > limit:
            raise Refused("text_too_long", field=name, limit=limit, length=len(text))
    timezone = form.text("timezone")
    if timezone not in available_timezones():
        raise Refused("timezone_invalid", field="timezone")
    languages = tuple(code for code in form.texts("languages") if code in known_languages)
    if not languages:
        raise Refused("languages_missing", field="languages")
    return Details(
        title=title,
        place=place,
        starts_at=form.moment("starts_at", timezone),
        timezone=timezone,
        languages=languages,
        initials_only=form.flag("initials_only"),
    )


def read_rules(form: Form, state: LiveEvent) -> Rules:
    """Return the rules that were typed, checked against what has already happened.

    Raises:
        Refused: ``number_invalid``, ``number_out_of_range``, ``minutes_out_of_range``, ``weights_all_zero``,
            ``rounds_already_called``, ``tables_too_few`` or ``tables_in_use``; the detail names the field.
    """
    odd = form.text("odd")
    if odd not in ODD:
        raise Refused("form_unreadable")
    rules = msgspec.structs.replace(
        state.rules,
        **{name: form.integer(name) for name in COUNTS},
        **{f"{name}_seconds": form.number(f"{name}_minutes") * 60 for name in MINUTES},
        **{name: form.flag(name) for name in FLAGS},
        odd=odd,
        **read_match(form),
    )
    try:
        check_rules(state, rules)
    except Refused as refused:
        raise at_field(refused) from refused
    return rules


def at_field(refused: Refused) -> Refused:
    """Return a refusal of rules as the form says it: at its field, durations in minutes."""
    rule = str(refused.detail.get("rule", ""))
    if not rule:
        field = _FIELD_OF.get(refused.code, "")
        return Refused(refused.code, **{**refused.detail, "field": field}) if field else refused
    least, most = float(refused.detail.get("least", 0)), float(refused.detail.get("most", 0))
    if rule.endswith("_seconds"):
        field = f"{rule.removesuffix('_seconds')}_minutes"
        return Refused("minutes_out_of_range", field=field, most=_written(most / 60))
    return Refused("number_out_of_range", field=rule, least=_written(least), most=_written(most))


def details_of(row: EventRow) -> Details:
    """Return what is kept of an event, as the form asks it."""
    return Details(
        title=row.title,
        place=row.place,
        starts_at=row.starts_at,
        timezone=row.timezone,
        languages=row.languages,
        initials_only=row.initials_only,
    )


def length(rules: Rules, starts_at: float | None) -> Length:
    """Return how long an evening takes if it goes by its rules."""
    one = rules.call_seconds + rules.lead_seconds + rules.talk_seconds + rules.feedback_seconds
    with_break = 0 < rules.break_after < rules.rounds
    seconds = rules.rounds * one + (rules.break_seconds if with_break else 0.0)
    whole = round(seconds / 60)
    hours, minutes = divmod(whole, 60)
    return Length(
        rounds=rules.rounds,
        talk=round(rules.talk_seconds / 60, 2),
        hours=hours,
        minutes=minutes,
        with_break=with_break,
        ends_at=None if starts_at is None else starts_at + 60 * whole,
    )


def timezones() -> tuple[str, ...]:
    """Return the names of all places with a clock of their own, sorted; the abbreviations are left out."""
    return tuple(
        sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    )


def _written(number: float) -> str:
    """Return a number as a number field takes it: a point, and no zeros at the end."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
