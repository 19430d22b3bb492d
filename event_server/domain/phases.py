"""The phases of an evening and the commands each allows: buttons and docs come from this table."""

from __future__ import annotations

from enum import StrEnum

from event_server.domain import commands as c


class Phase(StrEnum):
    """Where the evening stands. ``paused`` is no phase: it lies across CALL, TALK, FEEDBACK and BREAK."""

    DRAFT = "draft"
    LOBBY = "lobby"
    CALL = "call"
    TALK = "talk"
    FEEDBACK = "feedback"
    BREAK = "break"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


TIMED = frozenset({Phase.CALL, Phase.TALK, Phase.FEEDBACK, Phase.BREAK})
"""Phases with a clock that organizers can move, stop and let go on."""

_ALWAYS: frozenset[type[c.Command]] = frozenset(
    {
        c.Tick,
        c.ChangeProfile,
        c.MergeTags,
        c.EraseAttendee,
        c.SetAutomatic,
        c.ChangeRules,
        c.PostMessage,
        c.AnswerHelp,
    }
)
_LIST: frozenset[type[c.Command]] = frozenset(
    {c.AddAttendees, c.ArrangeAttendee, c.SetPairRule, c.Leave, c.Replan, c.PublishPlan}
)
_DOOR: frozenset[type[c.Command]] = _LIST | {
    c.CheckIn,
    c.UndoCheckIn,
    c.Rest,
    c.Return,
    c.SetStandby,
    c.AskForHelp,
}
_ANSWERS: frozenset[type[c.Command]] = frozenset({c.GiveAnswer, c.SaveNote, c.ReportMissing})
_CLOCK: frozenset[type[c.Command]] = frozenset({c.ExtendRound, c.Pause, c.Resume})

ALLOWED: dict[Phase, frozenset[type[c.Command]]] = {
    Phase.DRAFT: _ALWAYS | _LIST | {c.CreateEvent, c.OpenLobby, c.CloseEvent},
    Phase.LOBBY: _ALWAYS | _DOOR | {c.PatchRound, c.CallToTables, c.CloseEvent},
    Phase.CALL: _ALWAYS
    | _DOOR
    | _ANSWERS
    | _CLOCK
    | {c.CancelCall, c.StartRound, c.ChangeTable, c.ArriveAtTable, c.FinishEvent},
    Phase.TALK: _ALWAYS
    | _DOOR
    | _ANSWERS
    | _CLOCK
    | {c.EndRound, c.ChangeTable, c.ArriveAtTable, c.FinishEvent},
    Phase.FEEDBACK: _ALWAYS
    | _DOOR
    | _ANSWERS
    | _CLOCK
    | {c.PatchRound, c.CallToTables, c.StartBreak, c.FinishEvent},
    Phase.BREAK: _ALWAYS | _DOOR | _ANSWERS | _CLOCK | {c.PatchRound, c.CallToTables, c.FinishEvent},
    Phase.WRAP_UP: _ALWAYS | _ANSWERS | {c.Leave, c.RevealContacts, c.HideContacts, c.CloseEvent},
    Phase.CLOSED: frozenset({c.Tick, c.EraseAttendee, c.HideContacts, c.SaveNote, c.GiveAnswer}),
}
"""Which commands are possible in which phase.

``GiveAnswer`` stands in CLOSED because a phone that was offline deserves to hear ``answers_closed``.
"""
