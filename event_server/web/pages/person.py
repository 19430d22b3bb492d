"""One person: added by hand, their profile, their place in the plan, their badge, and being forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from event_server.domain import commands as c
from event_server.domain.messages import Refused
from event_server.domain.names import clean_text, lookalikes, reserved_word
from event_server.domain.private import ErasureRow, ProfileRow
from event_server.domain.profile import Profile
from event_server.runtime.hub import NO_LOGIN
from event_server.views.presence import Dot, dot
from event_server.web.i18n import N_
from event_server.web.pages.attendance import possible_actions
from event_server.web.pages.profile_form import ProfileForm, read_profile, shown, typed
from event_server.web.pages.roster import id_of_new, known_person, person_called

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import Attendee
    from event_server.views.scene import Scene
    from event_server.web.forms import Form
    from event_server.web.visit import Visit

SIDE_LIMIT: Final = 40


@dataclass(frozen=True, slots=True)
class PairRuleRow:
    """A rule for this person and another; ``by`` is the last round for a must, or 0."""

    other: AttendeeId
    name: str
    rule: str
    by: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Context of ``organizer/person.html``; ``id`` is empty for somebody who is to be added.

    Attributes:
        alike: Names of others that look the same.
        reserved: A word of the name by which they could pass for the team, or empty.
        others: (badge code, name) of everybody else, for choosing.
        sides: Sides that somebody has been given.
        number: What the person is called in history once forgotten.
    """

    form: ProfileForm
    id: AttendeeId = ""
    name: str = ""
    code: str = ""
    status: str = ""
    arrived_at: float | None = None
    number: int = 0
    phone: Dot = "offline"
    alike: tuple[str, ...] = ()
    reserved: str = ""
    actions: tuple[str, ...] = ()
    side: str = ""
    table: int = 0
    tables: int = 0
    rounds: int = 0
    rules: tuple[PairRuleRow, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    sides: tuple[str, ...] = ()


async def new(visit: Visit) -> Response:
    """Show the empty form."""
    form = shown(Profile(name=visit.request.query_params.get("name", "")[:80]), visit.language)
    return visit.render("organizer/person_new.html", PersonPage(form=form))


async def add(visit: Visit) -> Response:
    """Add somebody; with ``here`` they are checked in at once."""
    form = await visit.form()
    attendee = id_of_new(visit, form)
    try:
        profile = read_profile(form, Profile(name=""))
        row = ProfileRow(attendee=attendee, profile=profile)
        await visit.submit(c.AddAttendees(attendees=(attendee,)), private=[row])
    except Refused as refused:
        page = PersonPage(form=typed(form, visit.language))
        return visit.render("organizer/person_new.html", page, status=422, refused=refused)
    if form.flag("here"):
        await visit.submit(c.CheckIn(attendee=attendee), place=1)
    return visit.redirect("people", flash=N_("%(name)s is on the list."), name=profile.name)


async def show(visit: Visit) -> Response:
    """Show everything about one person that the desk may see."""
    person = known_person(visit, visit.path("attendee"))
    return visit.render("organizer/person.html", person_page(visit.scene(), person))


async def save(visit: Visit) -> Response:
    """Replace the profile."""
    person = known_person(visit, visit.path("attendee"))
    scene = visit.scene()
    form = await visit.form()
    try:
        profile = read_profile(form, _profile(scene, person.id))
        row = ProfileRow(attendee=person.id, profile=profile)
        await visit.submit(c.ChangeProfile(attendee=person.id), private=[row])
    except Refused as refused:
        page = person_page(scene, person, form=typed(form, visit.language))
        return visit.render("organizer/person.html", page, status=422, refused=refused)
    return visit.redirect("person", flash=N_("Saved."), attendee=person.id)


async def arrange(visit: Visit) -> Response:
    """Give the person a side and a fixed table, or none."""
    person = known_person(visit, visit.path("attendee"))
    form = await visit.form()
    try:
        side, table = _side(form), form.integer("table", 0)
        await visit.submit(c.ArrangeAttendee(attendee=person.id, side=side or None, table=table or None))
    except Refused as refused:
        return _again(visit, person, _at(refused, no_such_table="table"))
    return visit.redirect("person", flash=N_("Saved. The plan follows."), attendee=person.id)


async def set_rule(visit: Visit) -> Response:
    """Say that this person and another must meet, must never meet, or neither."""
    person = known_person(visit, visit.path("attendee"))
    form = await visit.form()
    rule = form.text("rule")
    if rule not in {"must", "never", "none"}:
        raise Refused("form_unreadable")
    try:
        other = form.text("other_id") or person_called(visit.scene(), form.text("other"), field="other").id
        by = form.integer("by", 0) if rule == "must" else 0
        await visit.submit(
            c.SetPairRule(attendee=person.id, other=other, rule=rule, by=by)  # type: ignore[arg-type]  # checked above
        )
    except Refused as refused:
        return _again(visit, person, _at(refused, same_person="other", no_such_round="by"))
    said = N_("Rule removed. The plan follows.") if rule == "none" else N_("Rule added. The plan follows.")
    return visit.redirect("person", flash=said, attendee=person.id)


async def reset_badge(visit: Visit) -> Response:
    """Make the badge worthless, and every phone that came by it a stranger."""
    person = known_person(visit, visit.path("attendee"))
    await visit.services.claims.reset(visit.event.id, person.id)
    await visit.room.hub.close_attendee(person.id, NO_LOGIN, "badge_reset")
    return visit.redirect(
        "person",
        flash=N_("The old badge of %(name)s is void. Print a new one."),
        attendee=person.id,
        name=visit.scene().name(person.id),
    )


async def erase(visit: Visit) -> Response:
    """Forget the person, if the badge code was typed to confirm it."""
    person = known_person(visit, visit.path("attendee"))
    form = await visit.form()
    scene = visit.scene()
    known = scene.people.get(person.id)
    if known is not None and form.text("confirm").upper() != known.code:
        return _again(visit, person, Refused("confirm_wrong", field="confirm", badge=known.code))
    await visit.submit(c.EraseAttendee(attendee=person.id), private=[ErasureRow(attendee=person.id)])
    return visit.redirect(
        "people", flash=N_("Forgotten: history says “Guest %(number)s”."), number=person.number
    )


def person_page(scene: Scene, person: Attendee, *, form: ProfileForm | None = None) -> PersonPage:
    """Return what the desk sees of ``person``; ``form`` is what was typed, if it was refused."""
    state, name = scene.state, scene.name(person.id)
    others = [other for other in state.expected() if other.id != person.id]
    groups = lookalikes({other.id: scene.name(other.id) for other in state.expected()})
    alike = [other for group in groups if person.id in group for other in group if other != person.id]
    return PersonPage(
        form=form or shown(_profile(scene, person.id), scene.language),
        id=person.id,
        name=name,
        code=_code(scene, person.id),
        status=person.status.value,
        arrived_at=person.arrived_at,
        number=person.number,
        phone=dot(scene, person.id),
        alike=tuple(scene.name(other) for other in alike),
        reserved=reserved_word(name) or "",
        actions=possible_actions(state, person),
        side=person.side or "",
        table=person.table or 0,
        tables=state.rules.tables,
        rounds=state.rules.rounds,
        rules=_rules(scene, person.id),
        others=tuple(
            sorted(((_code(scene, o.id), scene.name(o.id)) for o in others), key=lambda item: item[1])
        ),
        sides=tuple(sorted({other.side for other in state.expected() if other.side})),
    )


def _rules(scene: Scene, attendee: AttendeeId) -> tuple[PairRuleRow, ...]:
    found = []
    for pair, (rule, by) in scene.state.pair_rules.items():
        if attendee in pair and rule != "none":
            other = pair[1] if pair[0] == attendee else pair[0]
            found.append(PairRuleRow(other=other, name=scene.name(other), rule=rule, by=by))
    return tuple(sorted(found, key=lambda row: (row.rule, row.name)))


def _profile(scene: Scene, attendee: AttendeeId) -> Profile:
    person = scene.people.get(attendee)
    return person.profile if person else Profile(name=scene.name(attendee))


def _code(scene: Scene, attendee: AttendeeId) -> str:
    person = scene.people.get(attendee)
    return person.code if person else ""


def _again(visit: Visit, person: Attendee, refused: Refused) -> Response:
    """Return the page with what went wrong; nothing has changed."""
    page = person_page(visit.scene(), person)
    return visit.render("organizer/person.html", page, status=422, refused=refused)


def _side(form: Form) -> str:
    """Return the side that was typed.

    Raises:
        Refused: ``text_too_long``.
    """
    side = clean_text(form.text("side"))
    if len(side) > SIDE_LIMIT:
        raise Refused("text_too_long", field="side", limit=SIDE_LIMIT)
    return side


def _at(refused: Refused, **fields: str) -> Refused:
    """Return ``refused`` at the field that its code speaks of."""
    field = fields.get(refused.code)
    return Refused(refused.code, **{**refused.detail, "field": field}) if field else refused
