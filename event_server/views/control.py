"""The dashboard's control section: the clock, the buttons, how the plan stands."""

from __future__ import annotations

from collections import Counter

from event_server.domain import results
from event_server.domain.messages import is_staff
from event_server.domain.phases import ALLOWED, Phase
from event_server.domain.state import LiveEvent, Status
from event_server.views.plan_quality import PlanQuality, plan_quality
from event_server.views.scene import (
    LEAST_ANSWERERS,
    Millis,
    Scene,
    Standing,
    View,
    ends_at,
    ms,
    optional_ms,
    sizes_in_use,
    standing,
    starts_at,
)


class Counts(View, frozen=True):
    """People, by what they do now."""

    listed: int
    present: int
    resting: int
    left: int
    seated: int
    sitting_out: int
    at_table: int
    online: int


class Answers(View, frozen=True):
    """How many people answered about everybody they met in the last round."""

    done: int
    possible: int


class HistoryLine(View, frozen=True):
    """Who steered, how and when; ``by`` is empty for the clock."""

    at: Millis
    did: str
    by: str = ""
    round: int = 0


class ControlView(View, frozen=True, tag_field="t", tag="control"):
    """The clock and the buttons.

    Attributes:
        expect: The control version; commands that steer carry it back.
        allowed: Names of the commands that are possible now.
        turns: When each speaking turn begins; none in a pause, nor where tables differ in size. A table that
            changed during the talk has its own, and counts for nothing here.
        planned_end: When the evening would have ended by the rules from its planned start.
        projected_end: When it will end if it goes on by the rules from now.
    """

    now: Millis
    expect: int
    phase: str
    title: str
    rounds: int
    round: int
    counts: Counts
    allowed: tuple[str, ...]
    starts_at: Millis | None = None
    ends_at: Millis | None = None
    doors_at: Millis | None = None
    turns: tuple[Millis, ...] = ()
    automatic: bool = False
    paused: Standing | None = None
    answers: Answers | None = None
    plan: PlanQuality | None = None
    history: tuple[HistoryLine, ...] = ()
    planned_end: Millis | None = None
    projected_end: Millis | None = None
    revealed: bool = False
    break_seconds: float = 600.0
    storage_failed: bool = False


def control_view(scene: Scene) -> ControlView:
    """Return the control section at this moment."""
    state = scene.state
    return ControlView(
        now=ms(scene.now),
        expect=state.control_version,
        phase=state.phase.value,
        title=scene.card.title,
        rounds=state.rules.rounds,
        round=len(state.rounds),
        counts=_counts(scene),
        allowed=tuple(sorted(command.__name__ for command in _possible(state))),
        starts_at=starts_at(state),
        ends_at=ends_at(state),
        doors_at=optional_ms(scene.card.starts_at),
        turns=_turns(state),
        automatic=state.rules.automatic,
        paused=standing(state),
        answers=_answers(state),
        plan=plan_quality(scene),
        history=_history(scene),
        planned_end=_planned_end(scene),
        projected_end=_projected_end(scene),
        revealed=state.revealed_at is not None,
        break_seconds=state.rules.break_seconds,
        storage_failed=scene.storage_failed,
    )


def _possible(state: LiveEvent) -> set[type]:
    """Return the commands that make sense now, for buttons: the table, less what would be refused anyway."""
    possible: set[type] = set(ALLOWED[state.phase])
    names = {command.__name__: command for command in possible}
    hidden = {"Tick", "CreateEvent", "PublishPlan", "PatchRound"}
    if state.next_number > state.rules.rounds:
        hidden |= {"CallToTables", "StartBreak"}
    hidden |= {"Pause"} if state.pausing else {"Resume"}
    if state.deadline is None:
        hidden |= {"ExtendRound", "Pause"}
    if state.revealed_at is not None:
        hidden |= {"RevealContacts"}
    return possible - {names[name] for name in hidden if name in names}


def _counts(scene: Scene) -> Counts:
    state = scene.state
    by_status = Counter(a.status for a in state.expected())
    running = state.running
    return Counts(
        listed=by_status.total(),
        present=by_status[Status.PRESENT],
        resting=by_status[Status.RESTING],
        left=by_status[Status.LEFT],
        seated=sum(len(seats) for seats in running.tables) if running else 0,
        sitting_out=len(running.sitting_out) if running else 0,
        at_table=len(running.at_table) if running else 0,
        online=sum(1 for presence in scene.presence.values() if presence.sockets),
    )


def _answers(state: LiveEvent) -> Answers | None:
    done, possible = results.answers_given(state, len(state.rounds))
    return Answers(done=done, possible=possible) if possible >= LEAST_ANSWERERS else None


def _history(scene: Scene) -> tuple[HistoryLine, ...]:
    return tuple(
        HistoryLine(at=ms(line.at), did=line.fact, by=_actor_name(scene, line.actor), round=line.round)
        for line in reversed(scene.state.history)
    )


def _actor_name(scene: Scene, actor: str) -> str:
    account = actor.partition(":")[2]
    return scene.accounts.get(account, account) if is_staff(actor) else ""


def _turns(state: LiveEvent) -> tuple[Millis, ...]:
    current = state.round
    if state.phase is not Phase.TALK or current is None or state.pausing is not None:
        return ()
    sizes = sizes_in_use(current)
    return tuple(map(ms, current.turns_at.get(sizes[0], ()))) if len(sizes) == 1 else ()


def _planned_end(scene: Scene) -> Millis | None:
    if scene.card.starts_at is None:
        return None
    return ms(scene.card.starts_at + _seconds_of(scene.state, scene.state.rules.rounds, breaks=True))


def _seconds_of(state: LiveEvent, rounds: int, *, breaks: bool) -> float:
    rules = state.rules
    one = rules.call_seconds + rules.lead_seconds + rules.talk_seconds + rules.feedback_seconds
    return max(0, rounds) * one + (rules.break_seconds if breaks and rules.break_after else 0.0)


def _projected_end(scene: Scene) -> Millis | None:
    state, rules = scene.state, scene.state.rules
    if state.phase in {Phase.DRAFT, Phase.WRAP_UP, Phase.CLOSED}:
        return None
    if state.phase is Phase.LOBBY:
        begin = max(scene.now, scene.card.starts_at or scene.now)
        return ms(begin + _seconds_of(state, rules.rounds, breaks=True))
    left = state.pausing.remaining if state.pausing else max(0.0, (state.deadline or scene.now) - scene.now)
    if state.phase is Phase.CALL:
        left += rules.lead_seconds + rules.talk_seconds + rules.feedback_seconds
    elif state.phase is Phase.TALK:
        left += rules.feedback_seconds
    to_come = rules.rounds - len(state.rounds)
    break_ahead = (
        bool(rules.break_after) and len(state.rounds) <= rules.break_after and state.phase is not Phase.BREAK
    )
    return ms(scene.now + left + _seconds_of(state, to_come, breaks=break_ahead))
