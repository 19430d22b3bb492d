"""Who may do what: a row for every route and every command. What has no row is denied to everybody."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from event_server.domain import commands as c

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """What somebody is at an event; ``ACCOUNT`` is a signed-in organizer where no event is meant."""

    NONE = "none"
    GUEST = "guest"
    PROJECTOR = "projector"
    DOOR = "door"
    HELPER = "helper"
    ORGANIZER = "organizer"
    ACCOUNT = "account"


EVERYBODY = frozenset(Role)
GUESTS = frozenset({Role.GUEST})
SIGNED_IN = frozenset({Role.ACCOUNT})
ORGANIZERS = frozenset({Role.ORGANIZER})
STAFF = frozenset({Role.ORGANIZER, Role.HELPER})
DESK = STAFF | {Role.DOOR}
NOBODY: frozenset[Role] = frozenset()

ROUTES: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        # Anybody: these pages let people in, or say that they may not come in.
        "start": EVERYBODY,
        "static": EVERYBODY,
        "health": EVERYBODY,
        "language": EVERYBODY,
        "setup": EVERYBODY,
        "setup_do": EVERYBODY,
        "password": EVERYBODY,
        "password_do": EVERYBODY,
        "login": EVERYBODY,
        "login_do": EVERYBODY,
        "logout": EVERYBODY,
        "claim": EVERYBODY,
        "claim_do": EVERYBODY,
        "claim_wait": EVERYBODY,
        "join_find": EVERYBODY,
        "join": EVERYBODY,
        "join_code": EVERYBODY,
        "join_me": EVERYBODY,
        "join_walk_in": EVERYBODY,
        "join_search": EVERYBODY,
        "join_name": EVERYBODY,
        "transfer": EVERYBODY,
        "transfer_do": EVERYBODY,
        "projector_link": EVERYBODY,
        "projector_do": EVERYBODY,
        "enter": EVERYBODY,
        "enter_do": EVERYBODY,
        # Guests, about themselves.
        "phone": GUESTS,
        "view": GUESTS,
        "commands": GUESTS,
        "card": GUESTS,
        "card_save": GUESTS,
        "leave": GUESTS,
        "leave_do": GUESTS,
        "return_do": GUESTS,
        "erase": GUESTS,
        "erase_do": GUESTS,
        "my_data": GUESTS,
        "contact": GUESTS,
        "contacts": GUESTS,
        "claims_mine": GUESTS,
        "claim_answer": GUESTS,
        "transfer_make": GUESTS,
        "phone_socket": GUESTS,
        # Questions: whoever may sit before a screen of the event.
        "deck": GUESTS | DESK | {Role.PROJECTOR},
        # The projector shows no more than the room may read.
        "projector": STAFF | {Role.PROJECTOR},
        "projector_view": STAFF | {Role.PROJECTOR},
        "projector_socket": STAFF | {Role.PROJECTOR},
        # Organizers' pages.
        "demo": SIGNED_IN,
        "event_new": SIGNED_IN,
        "event_create": SIGNED_IN,
        "settings": ORGANIZERS,
        "settings_save": ORGANIZERS,
        "questions": ORGANIZERS,
        "questions_save": ORGANIZERS,
        "team": ORGANIZERS,
        "team_invite": ORGANIZERS,
        "team_remove": ORGANIZERS,
        "people": STAFF,
        "person_new": STAFF,
        "person_add": STAFF,
        "person": STAFF,
        "person_save": STAFF,
        "person_attend": STAFF,
        "person_badge": STAFF,
        "person_arrange": ORGANIZERS,
        "person_rule": ORGANIZERS,
        "person_erase": ORGANIZERS,
        "badges": STAFF,
        "tags": ORGANIZERS,
        "tags_merge": ORGANIZERS,
        "import": ORGANIZERS,
        "import_do": ORGANIZERS,
        "import_columns": ORGANIZERS,
        "import_map": ORGANIZERS,
        "import_rows": ORGANIZERS,
        "import_mend": ORGANIZERS,
        "import_people": ORGANIZERS,
        "import_apply": ORGANIZERS,
        "import_stop": ORGANIZERS,
        "control": STAFF,
        "control_view": STAFF,
        "control_commands": STAFF,
        "control_do": STAFF,
        "plan": STAFF,
        "plan_redo": ORGANIZERS,
        "plan_proof": ORGANIZERS,
        "cards": ORGANIZERS,
        "results": ORGANIZERS,
        "results_meetings": ORGANIZERS,
        "results_people": ORGANIZERS,
        "door": DESK,
        "door_do": DESK,
        "door_new": DESK,
        "door_add": DESK,
        "door_claim": DESK,
        "control_socket": STAFF,
    }
)
"""Route name -> roles."""

COMMANDS: Mapping[type[c.Command], frozenset[Role]] = MappingProxyType(
    {
        c.CreateEvent: ORGANIZERS,
        c.ChangeRules: ORGANIZERS,
        c.SetAutomatic: ORGANIZERS,
        c.OpenLobby: ORGANIZERS,
        c.CallToTables: ORGANIZERS,
        c.CancelCall: ORGANIZERS,
        c.StartRound: ORGANIZERS,
        c.ExtendRound: ORGANIZERS,
        c.Pause: ORGANIZERS,
        c.Resume: ORGANIZERS,
        c.EndRound: ORGANIZERS,
        c.StartBreak: ORGANIZERS,
        c.FinishEvent: ORGANIZERS,
        c.RevealContacts: ORGANIZERS,
        c.CloseEvent: ORGANIZERS,
        c.Replan: ORGANIZERS,
        c.MergeTags: ORGANIZERS,
        c.ArrangeAttendee: ORGANIZERS,
        c.SetPairRule: ORGANIZERS,
        c.PostMessage: ORGANIZERS,
        c.ChangeTable: STAFF,
        c.AnswerHelp: STAFF,
        c.AddAttendees: DESK,
        c.UndoCheckIn: DESK,
        c.CheckIn: DESK | GUESTS,
        c.ChangeProfile: DESK | GUESTS,
        c.Rest: DESK | GUESTS,
        c.Return: DESK | GUESTS,
        c.Leave: DESK | GUESTS,
        c.SetStandby: STAFF | GUESTS,
        c.ArriveAtTable: STAFF | GUESTS,
        c.ReportMissing: STAFF | GUESTS,
        c.EraseAttendee: ORGANIZERS | GUESTS,
        # What somebody says about others is theirs alone: no staff may say it for them.
        c.AskForHelp: GUESTS,
        c.GiveAnswer: GUESTS,
        c.SaveNote: GUESTS,
        c.HideContacts: GUESTS,
        # Sent from inside: by a deadline, by the planner.
        c.Tick: NOBODY,
        c.PublishPlan: NOBODY,
        c.PatchRound: NOBODY,
    }
)
"""Command -> roles."""


def allowed(action: str | type[c.Command]) -> frozenset[Role]:
    """Return the roles that may see the route, or send the command, ``action``."""
    return ROUTES.get(action, NOBODY) if isinstance(action, str) else COMMANDS.get(action, NOBODY)
