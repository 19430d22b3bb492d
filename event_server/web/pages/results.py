"""What the evening came to: totals and shares, never who said what about whom."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from starlette.responses import Response

from event_server.domain import results
from event_server.domain.names import folded
from event_server.domain.phases import Phase
from event_server.domain.seating import PAIR
from event_server.domain.state import Status
from event_server.exporting.csv_out import csv_table, people_csv
from event_server.views.scene import LEAST_ANSWERERS

if TYPE_CHECKING:
    from event_server.domain.state import LiveEvent, Round
    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One round that was held.

    Attributes:
        answered: Who answered about everybody they met; none below five who could: it would name them.
        could: Who could answer.
    """

    number: int
    started_at: float
    tables: int
    seated: int
    sat_out: int
    meetings: int
    answered: int | None
    could: int


@dataclass(frozen=True, slots=True)
class MeetingsOfPeople:
    """How many people each has met, over all who came."""

    least: int
    middle: float
    most: int


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Context of ``organizer/results.html``.

    Attributes:
        conversations: Pairs who talked; at tables of more than two many of them share a talk.
        mutual: Pairs who both said yes: after the reveal only, and with five people or more.
        left: People who left before the end.
    """

    listed: int
    came: int
    left: int
    rounds: tuple[RoundResult, ...]
    conversations: int
    repeats: int
    met: MeetingsOfPeople | None
    mutual: int | None
    revealed: bool
    is_over: bool
    in_pairs: bool


async def show(visit: Visit) -> Response:
    """Show the totals."""
    return visit.render("organizer/results.html", results_page(visit.room.state))


async def meetings_csv(visit: Visit) -> Response:
    """Return who met whom, as a table for spreadsheets."""
    scene = visit.scene()
    headers = ["Round", "Table", "Person", "Person"]
    lines = []
    for (one, other), number in results.meetings(scene.state):
        held = scene.state.rounds[number - 1]
        first, second = sorted((scene.name(one), scene.name(other)), key=folded)
        lines.append([number, held.table_of(one) or held.table_of(other), first, second])
    return _download(csv_table(headers, lines, separator=_separator(visit)), "girotondo-meetings.csv")


async def people_list_csv(visit: Visit) -> Response:
    """Return the people on the list, in the form in which it can be imported again."""
    scene = visit.scene()
    known = [scene.people[p.id].profile for p in scene.state.expected() if p.id in scene.people]
    known.sort(key=lambda profile: folded(profile.name))
    return _download(people_csv(known, separator=_separator(visit)), "girotondo-people.csv")


def results_page(state: LiveEvent) -> ResultsPage:
    """Return the totals of an evening, whether it is over or not."""
    totals = results.totals(state)
    people = list(state.expected())
    came = [p for p in people if p.arrived_at is not None or p.status in {Status.PRESENT, Status.RESTING}]
    took_part = {person for pair, _ in results.meetings(state) for person in pair}
    shown = state.revealed_at is not None and len(took_part) >= LEAST_ANSWERERS
    return ResultsPage(
        listed=len(people),
        came=len(came),
        left=sum(person.status is Status.LEFT for person in people),
        rounds=tuple(_round(state, held) for held in state.rounds if held.is_held),
        conversations=totals.meetings,
        repeats=totals.repeats,
        met=_met([len({other for other, _ in results.people_met(state, person.id)}) for person in came]),
        mutual=totals.mutual if shown else None,
        revealed=state.revealed_at is not None,
        is_over=state.phase in {Phase.WRAP_UP, Phase.CLOSED},
        in_pairs=state.rules.seats == PAIR,
    )


def _round(state: LiveEvent, held: Round) -> RoundResult:
    done, could = results.answers_given(state, held.number)
    return RoundResult(
        number=held.number,
        started_at=held.starts_at or 0.0,
        tables=sum(1 for seats in held.tables if len(seats) > 1),
        seated=sum(len(seats) for seats in held.tables),
        sat_out=len(held.sitting_out),
        meetings=len(held.meetings if held.ended_at is not None else held.running_meetings()),
        answered=done if could >= LEAST_ANSWERERS else None,
        could=could,
    )


def _met(counts: list[int]) -> MeetingsOfPeople | None:
    if not counts:
        return None
    return MeetingsOfPeople(least=min(counts), middle=median(counts), most=max(counts))


def _separator(visit: Visit) -> str:
    """Return what spreadsheets of the reader's language open without asking."""
    return ";" if visit.language == "it" else ","


def _download(content: bytes, filename: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
