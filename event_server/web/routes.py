"""The table of routes. Addresses are the same in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Route, WebSocketRoute

from event_server.web import sockets
from event_server.web.endpoint import Endpoint, Row
from event_server.web.pages import (
    badges,
    cards,
    claim,
    commands,
    contacts,
    control,
    demo,
    door,
    enter,
    events,
    health,
    imports,
    join,
    language,
    login,
    me,
    own_data,
    people,
    person,
    phone,
    plan,
    projector,
    projector_link,
    proof,
    questions,
    results,
    settings,
    setup,
    start,
    tags,
    team,
    transfer,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.websockets import WebSocket

    from event_server.web.static import Assets

LIST_BODY = 5_500_000
"""Bytes of a request that brings a list of at most 5 MB."""

DECK_BODY = 1_000_000
"""Bytes of a form full of questions, each letter of which may take nine in a form."""

GUEST_ROWS: tuple[Row, ...] = (
    # Coming in
    Row("GET", "/", start.show, "start"),
    Row("GET", "/health", health.show, "health"),
    Row("POST", "/language", language.choose, "language"),
    Row("GET", "/setup", setup.show, "setup"),
    Row("POST", "/setup", setup.save, "setup_do"),
    Row("GET", "/login", login.show, "login"),
    Row("GET", "/password", setup.show_reset, "password"),
    Row("POST", "/password", setup.reset, "password_do"),
    Row("POST", "/login", login.enter, "login_do"),
    Row("POST", "/logout", login.leave, "logout"),
    Row("GET", "/b", claim.show, "claim"),
    Row("POST", "/b", claim.claim, "claim_do"),
    Row("GET", "/wait", claim.wait, "claim_wait"),
    Row("POST", "/j", start.find, "join_find", back="start"),
    Row("GET", "/j/{code}", join.show, "join"),
    Row("POST", "/j/{code}/badge", join.enter_code, "join_code"),
    Row("POST", "/j/{code}/me", join.confirm, "join_me"),
    Row("POST", "/j/{code}/new", join.walk_in, "join_walk_in"),
    Row("POST", "/j/{code}/search", join.search, "join_search"),
    Row("POST", "/j/{code}/name", join.choose_name, "join_name"),
    Row("GET", "/t", transfer.show, "transfer"),
    Row("POST", "/t", transfer.take, "transfer_do"),
    Row("GET", "/p", projector_link.show, "projector_link"),
    Row("POST", "/p", projector_link.enter, "projector_do"),
    Row("GET", "/enter", enter.show, "enter"),
    Row("POST", "/enter", enter.enter, "enter_do"),
    Row("POST", "/demo", demo.make, "demo", back="start"),
    # Guests
    Row("GET", "/e/{event}", phone.show, "phone"),
    Row("GET", "/e/{event}/view", phone.view, "view"),
    Row("POST", "/e/{event}/commands", commands.take, "commands"),
    Row("GET", "/e/{event}/card", me.card, "card"),
    Row("POST", "/e/{event}/card", me.save_card, "card_save"),
    Row("GET", "/e/{event}/leave", me.ask_leave, "leave"),
    Row("POST", "/e/{event}/leave", me.leave, "leave_do", back="phone"),
    Row("POST", "/e/{event}/return", me.come_back, "return_do", back="phone"),
    Row("GET", "/e/{event}/erase", me.ask_erase, "erase"),
    Row("POST", "/e/{event}/erase", me.erase, "erase_do"),
    Row("GET", "/e/{event}/my-data.json", own_data.download, "my_data"),
    Row("GET", "/e/{event}/contacts.vcf", contacts.all_contacts, "contacts"),
    Row("GET", "/e/{event}/contacts/{id}.vcf", contacts.one_contact, "contact"),
    Row("GET", "/e/{event}/claims", claim.mine, "claims_mine"),
    Row("POST", "/e/{event}/claims", claim.answer, "claim_answer", back="claims_mine"),
    Row("POST", "/e/{event}/transfer", transfer.make, "transfer_make"),
    Row("GET", "/e/{event}/questions/{language}/{hash}.json", questions.deck, "deck"),
)

DESK_ROWS: tuple[Row, ...] = (
    # Events
    Row("GET", "/events/new", events.show, "event_new"),
    Row("POST", "/events/new", events.create, "event_create"),
    Row("GET", "/e/{event}/settings", settings.show, "settings"),
    Row("POST", "/e/{event}/settings", settings.save, "settings_save"),
    Row("GET", "/e/{event}/questions", questions.show, "questions"),
    Row("POST", "/e/{event}/questions", questions.save, "questions_save", most=DECK_BODY),
    Row("GET", "/e/{event}/team", team.show, "team"),
    Row("POST", "/e/{event}/team/invite", team.invite, "team_invite", back="team"),
    Row("POST", "/e/{event}/team/remove", team.remove, "team_remove", back="team"),
    # People
    Row("GET", "/e/{event}/people", people.show, "people"),
    Row("GET", "/e/{event}/people/new", person.new, "person_new"),
    Row("POST", "/e/{event}/people/new", person.add, "person_add"),
    Row("GET", "/e/{event}/people/{attendee}", person.show, "person"),
    Row("POST", "/e/{event}/people/{attendee}", person.save, "person_save"),
    Row("POST", "/e/{event}/people/{attendee}/attendance", people.attend, "person_attend", back="people"),
    Row("POST", "/e/{event}/people/{attendee}/place", person.arrange, "person_arrange"),
    Row("POST", "/e/{event}/people/{attendee}/rule", person.set_rule, "person_rule"),
    Row("POST", "/e/{event}/people/{attendee}/badge", person.reset_badge, "person_badge", back="person"),
    Row("POST", "/e/{event}/people/{attendee}/erase", person.erase, "person_erase"),
    Row("GET", "/e/{event}/badges", badges.show, "badges"),
    Row("GET", "/e/{event}/tags", tags.show, "tags"),
    Row("POST", "/e/{event}/tags", tags.merge, "tags_merge", back="tags"),
    # A list is brought
    Row("GET", "/e/{event}/import", imports.show, "import"),
    Row("POST", "/e/{event}/import", imports.upload, "import_do", most=LIST_BODY),
    Row("GET", "/e/{event}/import/{draft}/columns", imports.columns, "import_columns"),
    Row(
        "POST", "/e/{event}/import/{draft}/columns", imports.map_columns, "import_map", back="import_columns"
    ),
    Row("GET", "/e/{event}/import/{draft}/rows", imports.rows, "import_rows"),
    Row("POST", "/e/{event}/import/{draft}/rows", imports.mend_rows, "import_mend", back="import_rows"),
    Row("GET", "/e/{event}/import/{draft}/people", imports.people, "import_people"),
    Row("POST", "/e/{event}/import/{draft}/people", imports.apply, "import_apply", back="import_people"),
    Row("POST", "/e/{event}/import/{draft}/stop", imports.give_up, "import_stop"),
    # The evening
    Row("GET", "/e/{event}/control", control.show, "control"),
    Row("GET", "/e/{event}/control/view", control.view, "control_view"),
    Row("POST", "/e/{event}/control/commands", commands.take, "control_commands"),
    Row("POST", "/e/{event}/control", control.steer, "control_do", back="control"),
    Row("GET", "/e/{event}/plan", plan.show, "plan"),
    Row("POST", "/e/{event}/plan", plan.redo, "plan_redo", back="plan"),
    Row("GET", "/e/{event}/cards", cards.show, "cards"),
    Row("GET", "/e/{event}/plan/proof.zip", proof.download, "plan_proof", back="plan"),
    Row("GET", "/e/{event}/door", door.show, "door"),
    Row("POST", "/e/{event}/door", door.attend, "door_do", back="door"),
    Row("GET", "/e/{event}/door/new", door.ask_walk_in, "door_new"),
    Row("POST", "/e/{event}/door/new", door.add_walk_in, "door_add"),
    Row("POST", "/e/{event}/door/claims", door.answer_claim, "door_claim", back="door"),
    Row("GET", "/e/{event}/projector", projector.show, "projector"),
    Row("GET", "/e/{event}/projector/view", projector.view, "projector_view"),
    Row("GET", "/e/{event}/results", results.show, "results"),
    Row("GET", "/e/{event}/results/meetings.csv", results.meetings_csv, "results_meetings"),
    Row("GET", "/e/{event}/results/people.csv", results.people_list_csv, "results_people"),
)

ROWS = GUEST_ROWS + DESK_ROWS
"""Every page. A name without a row in `permissions` is denied, and a test fails."""

SOCKETS: tuple[tuple[str, Callable[[WebSocket], Awaitable[None]], str], ...] = (
    ("/e/{event}/ws", sockets.attendee_socket, "phone_socket"),
    ("/e/{event}/control/ws", sockets.control_socket, "control_socket"),
    ("/e/{event}/projector/ws", sockets.projector_socket, "projector_socket"),
)
"""Path, handler, name."""


def routes(assets: Assets) -> list[BaseRoute]:
    """Return all routes of the server."""
    pages = [Route(row.path, Endpoint(row), methods=[row.method], name=row.name) for row in ROWS]
    live = [WebSocketRoute(path, handler, name=name) for path, handler, name in SOCKETS]
    return [*pages, *live, Route("/static/{path:path}", assets, methods=["GET"], name="static")]


def paths() -> dict[str, str]:
    """Return the address pattern of every page by its name."""
    return {row.name: row.path for row in ROWS}
