"""The settings of an event: what it is called, and the rules of the evening."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import msgspec

from event_server.domain.commands import ChangeRules
from event_server.domain.messages import Refused
from event_server.domain.phases import Phase
from event_server.domain.seating import PAIR
from event_server.web.i18n import N_
from event_server.web.pages.evening_form import (
    EveningForm,
    at_field,
    details_of,
    read_details,
    read_rules,
    shown,
    typed,
)
from event_server.web.pages.insight import ShownInsight, shown_insight
from event_server.web.pages.projector_link import projector_token

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """Context of ``organizer/settings.html``.

    Attributes:
        expect: The control version that the page shows.
        people: How many are on the list.
        seats: How many the tables hold.
        partners: How many people each may meet at most, or -1 with nobody on the list.
        meets: How many people each sits with in all rounds together, at most.
        in_pairs: Tables hold two.
        projector_link: Opens the big screen on a computer that is not signed in.
        insight: What no plan can avoid under these rules.
    """

    form: EveningForm
    expect: int
    people: int
    seats: int
    partners: int
    meets: int
    in_pairs: bool
    is_closed: bool
    join_address: str
    projector_link: str
    insight: ShownInsight


async def show(visit: Visit) -> Response:
    """Show what holds."""
    form = shown(details_of(visit.event), visit.room.state.rules)
    return visit.render("organizer/settings.html", _page(visit, form))


async def save(visit: Visit) -> Response:
    """Change what was changed: the rules through the journal, the rest in the list of events."""
    form = await visit.form()
    state = visit.room.state
    try:
        details = read_details(form, visit.services.catalogs.languages)
        rules = read_rules(form, state)
        if rules != state.rules:
            await visit.submit(ChangeRules(rules=rules))
    except Refused as refused:
        page = _page(visit, typed(form))
        return visit.render("organizer/settings.html", page, status=422, refused=at_field(refused))
    changed = msgspec.structs.replace(visit.event, **asdict(details))
    if changed != visit.event:
        await visit.services.events.update(changed)
        await visit.services.rooms.reload(visit.event.id)
    return visit.redirect("settings", flash=N_("Saved."))


def _page(visit: Visit, form: EveningForm) -> SettingsPage:
    state = visit.room.state
    token = projector_token(visit.services.secret, visit.event.id)
    people = sum(1 for _ in state.expected())
    rules, in_pairs = state.rules, state.rules.seats == PAIR
    return SettingsPage(
        form=form,
        expect=state.control_version,
        people=people,
        seats=rules.seats * rules.tables + (1 if in_pairs and rules.odd == "trio" else 0),
        partners=people - 1,
        meets=rules.rounds * (min(rules.seats, people) - 1),
        in_pairs=in_pairs,
        is_closed=state.phase is Phase.CLOSED,
        join_address=visit.absolute("join", code=visit.event.join_code),
        projector_link=f"{visit.absolute('projector_link')}#{token}",
        insight=shown_insight(visit.scene(), visit.room.planning.insight),
    )
