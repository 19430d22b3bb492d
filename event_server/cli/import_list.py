"""``girotondo import``: a list of attendees into an event, from the command line."""

from __future__ import annotations

import asyncio
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from event_server.cli.console import clear_errors, fail, read_settings, set_up_logs
from event_server.domain.commands import Request
from event_server.domain.messages import staff
from event_server.importing.applying import steps
from event_server.importing.attendee_list import read_list
from event_server.importing.matching import Known
from event_server.importing.plan import plan_import
from event_server.storage.folder import DataFolder
from event_server.storage.tokens import new_attendee_id, new_id
from event_server.web.server import open_services

if TYPE_CHECKING:
    from event_server.importing.attendee_list import AttendeeList
    from event_server.importing.duplicates import Duplicate
    from event_server.importing.plan import ImportPlan
    from event_server.settings import Settings
    from event_server.web.services import Services

COMMAND_LINE = "command-line"
"""The account under which the journal names what was done here."""


def import_command(
    source: Annotated[Path, typer.Argument(metavar="LIST.csv", exists=True, dir_okay=False, readable=True)],
    event: Annotated[str, typer.Option(help="Id or short code of the event.")],
    leave_out: Annotated[bool, typer.Option("--leave-out", help="Leave out rows with problems.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
) -> None:
    """Import a list; the server must not run. A second import of the same list updates, never duplicates."""
    settings = read_settings().model_copy(update={"log_level": "warning"})
    set_up_logs(settings)
    with clear_errors():
        data = source.read_bytes()
        listed = read_list(data, filename=source.name)
        if leave_out:
            numbers = {row.number for row in listed.problems}
            listed = read_list(data, filename=source.name, left_out=numbers)
        typer.echo(_told(listed))
        if listed.problems:
            fail("nothing was imported: mend the rows above, or leave them out with --leave-out")
        folder = DataFolder(settings.data)
        with folder.lock():
            typer.echo(asyncio.run(_import(settings, folder, event, listed, dry_run=dry_run)))


def _told(listed: AttendeeList) -> str:
    """Return how the list was understood, and every row that is not simply taken."""
    lines = [f"{listed.filename}: {listed.vendor.value}, {listed.encoding}, {len(listed.rows)} rows"]
    lines += [f"  column {column.header!r} is taken for {column.field.value}" for column in listed.columns]
    lines += [f"  row {row.number} skipped: {row.reason}" for row in listed.skipped]
    lines += [
        f"  row {row.number} {problem.column or problem.field}: {problem.code}"
        for row in listed.problems
        for problem in row.problems
    ]
    return "\n".join(lines)


async def _import(
    settings: Settings, folder: DataFolder, event: str, listed: AttendeeList, *, dry_run: bool
) -> str:
    async with open_services(settings, folder) as services:
        row = await services.events.get(event) or await services.events.by_join_code(event.upper())
        if row is None:
            fail(f"there is no event {event}")
        known = (await services.people.people(row.id)).values()
        existing = [Known(attendee=p.attendee, profile=p.profile, key=p.source_key) for p in known]
        plan = plan_import(listed.rows, existing)
        names = {p.attendee: p.profile.name for p in known}
        lines = [
            f"  row {duplicate.row} looks like {_other(duplicate, names)}: counted as somebody new"
            for duplicate in plan.duplicates
        ]
        if not dry_run:
            await _apply(services, row.id, plan)
        done = "would be" if dry_run else "done:"
        counts = f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.unchanged)} unchanged"
        return "\n".join([*lines, f"{done} {counts}"])


def _other(duplicate: Duplicate, names: dict[str, str]) -> str:
    if duplicate.attendee is not None:
        return names.get(duplicate.attendee, "")
    return f"row {duplicate.other_row}"


async def _apply(services: Services, event: str, plan: ImportPlan) -> None:
    room = await services.rooms.open(event)
    request_id = new_id()
    for place, (command, private) in enumerate(steps(plan, new_attendee_id)):
        request = Request(actor=staff(COMMAND_LINE), id=f"{request_id}:{place}", command=command)
        await room.submit(request, private)
