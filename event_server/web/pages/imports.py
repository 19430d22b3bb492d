"""Importing a list, step by step: file, columns, rows, differences. Nothing is stored until it is applied."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.importing.applying import steps
from event_server.importing.attendee_list import read_list
from event_server.importing.fields import Field
from event_server.importing.matching import Known
from event_server.importing.plan import ImportPlan, plan_import
from event_server.storage.tokens import new_attendee_id
from event_server.web.cookies import Flash
from event_server.web.i18n import N_
from event_server.web.pages.import_differences import basis, people_step
from event_server.web.pages.import_drafts import Draft, Drafts
from event_server.web.pages.import_pages import columns_page, rows_page
from event_server.web.refusals import status_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.importing.attendee_list import AttendeeList
    from event_server.web.forms import Form
    from event_server.web.visit import Visit

FILENAME_LIMIT = 80
_APPLIED = N_("Done: %(new)s new, %(changed)s changed.")


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Context of ``organizer/import.html``."""

    pasted: str = ""


async def show(visit: Visit) -> Response:
    """Ask for a list."""
    return visit.render("organizer/import.html", UploadPage())


async def upload(visit: Visit) -> Response:
    """Read the list that was uploaded or pasted, and go on to its columns."""
    pasted = ""
    try:
        form = await visit.form()
        pasted = form.text("pasted")
        data = pasted.encode() if pasted else await form.upload("list")
        listed = await _read(data, filename=form.file_name("list")[:FILENAME_LIMIT])
        mapping = await _remembered(visit, listed)
        if mapping:
            listed = await _read(data, filename=listed.filename, mapping=mapping)
    except Refused as refused:
        return _upload_again(visit, refused, pasted)
    draft = _drafts(visit).add(visit.event.id, visit.account, data, listed)
    draft.mapping = mapping
    return visit.redirect("import_columns", draft=draft.id)


def _upload_again(visit: Visit, refused: Refused, pasted: str) -> Response:
    """Return the upload page with what was wrong."""
    is_paste = visit.request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    if is_paste and refused.code == "form_unreadable":
        # A field of a form holds a megabyte; what is more than that is a file.
        refused = Refused("paste_too_large")
    page = UploadPage(pasted=pasted)
    return visit.render("organizer/import.html", page, status=status_of(refused.code), refused=refused)


async def columns(visit: Visit) -> Response:
    """Show what each column is taken for."""
    draft = _draft(visit)
    if draft is None:
        return _gone(visit)
    return visit.render("organizer/import_columns.html", columns_page(draft, visit.texts))


async def map_columns(visit: Visit) -> Response:
    """Take the meanings as they were corrected, and remember them for lists with these headers."""
    draft = _draft(visit)
    if draft is None:
        return _gone(visit)
    form = await visit.form()
    fields = {field.value: field for field in Field}
    chosen = {column.index: form.text(f"column-{column.index}") for column in draft.listed.columns}
    draft.mapping = {
        at: fields[field] if field in fields else draft.listed.columns[at].field
        for at, field in chosen.items()
    }
    await _read_again(draft)
    if _has_headers(draft.listed):
        mapping = {at: field.value for at, field in draft.mapping.items()}
        await visit.services.events.remember_mapping(draft.listed.signature, mapping)
    if not draft.listed.ready and not draft.listed.problems:
        raise Refused("import_nobody")
    return visit.redirect("import_rows", draft=draft.id)


async def rows(visit: Visit) -> Response:
    """Show the rows that need something, and those that stay out."""
    draft = _draft(visit)
    if draft is None:
        return _gone(visit)
    return visit.render("organizer/import_rows.html", rows_page(draft, visit.texts))


async def mend_rows(visit: Visit) -> Response:
    """Take what was typed in for rows, and what is left out; go on when no problem is left."""
    draft = _draft(visit)
    if draft is None:
        return _gone(visit)
    form = await visit.form()
    _mend(draft, form)
    await _read_again(draft)
    if form.flag("all_out"):
        draft.left_out |= {row.number for row in draft.listed.problems}
        await _read_again(draft)
    if draft.listed.problems:
        raise Refused("import_has_problems", count=len(draft.listed.problems))
    return visit.redirect("import_people", draft=draft.id)


async def people(visit: Visit) -> Response:
    """Show what would change."""
    draft = _draft(visit)
    if draft is None:
        return _gone(visit)
    existing = await _existing(visit)
    plan = await _plan(draft, existing)
    return visit.render("organizer/import_people.html", people_step(draft, plan, existing, visit.texts))


async def apply(visit: Visit) -> Response:
    """Apply the list as a whole, or with ``look`` only take what was said about duplicates."""
    draft = _draft(visit)
    if draft is None:
        return _gone(visit)
    form = await visit.form()
    # A second tap on the button must not make everybody twice: it waits, and finds the list applied.
    async with draft.lock:
        if draft.applied is None and form.flag("look"):
            await _decide(draft, form)
            return visit.redirect("import_people", draft=draft.id)
        if draft.applied is None:
            draft.applied = await _apply(visit, draft, form)
    new, changed = draft.applied
    return visit.redirect("people", flash=_APPLIED, new=new, changed=changed)


async def give_up(visit: Visit) -> Response:
    """Forget the list."""
    _drafts(visit).drop(visit.path("draft"))
    return visit.go(visit.url("people"), Flash("ok", N_("Nothing was imported.")))


async def _apply(visit: Visit, draft: Draft, form: Form) -> tuple[int, int]:
    """Record the list and return how many people are new and how many changed.

    Raises:
        Refused: ``import_changed`` or ``import_has_problems``, or what the domain says; nothing has changed.
    """
    await _decide(draft, form)
    existing = await _existing(visit)
    if form.text("basis") != basis(existing):
        raise Refused("import_changed")
    if draft.listed.problems:
        raise Refused("import_has_problems", count=len(draft.listed.problems))
    plan = await _plan(draft, existing)
    for place, (command, private) in enumerate(steps(plan, new_attendee_id)):
        await visit.submit(command, private=private, place=place)
    return len(plan.new), len(plan.changed)


def _mend(draft: Draft, form: Form) -> None:
    """Take fixes and left-out rows from the form; rows that it did not show stay as they are."""
    fields = {field.value: field for field in Field}
    shown = {int(text) for text in form.texts("row") if text.isascii() and text.isdecimal()}
    for number in shown & {row.number for row in draft.listed.rows}:
        (draft.left_out.add if form.flag(f"out-{number}") else draft.left_out.discard)(number)
        for name in form.texts(f"mend-{number}"):
            if name in fields:
                draft.fixes.setdefault(number, {})[fields[name]] = form.text(f"fix-{number}-{name}")


async def _decide(draft: Draft, form: Form) -> None:
    """Take what was said about duplicates."""
    left_out = len(draft.left_out)
    for row in draft.listed.ready:
        said = form.text(f"same-{row.number}")
        if said == "out":
            draft.left_out.add(row.number)
        elif said == "other":
            draft.decided.pop(row.number, None)
        elif said:
            draft.decided[row.number] = said
    if len(draft.left_out) != left_out:
        await _read_again(draft)


async def _read(data: bytes, *, filename: str = "", mapping: dict[int, Field] | None = None) -> AttendeeList:
    """Return the list in ``data``, read in a thread: five thousand rows must not hold up the evening."""
    return await asyncio.to_thread(read_list, data, filename=filename, mapping=mapping)


async def _read_again(draft: Draft) -> None:
    draft.listed = await asyncio.to_thread(
        read_list,
        draft.data,
        filename=draft.listed.filename,
        mapping=draft.mapping,
        fixes=draft.fixes,
        left_out=draft.left_out,
    )


async def _plan(draft: Draft, existing: list[Known]) -> ImportPlan:
    return await asyncio.to_thread(plan_import, draft.listed.rows, existing, decided=draft.decided)


async def _existing(visit: Visit) -> list[Known]:
    people_here = await visit.services.people.people(visit.event.id)
    return [Known(attendee=p.attendee, profile=p.profile, key=p.source_key) for p in people_here.values()]


async def _remembered(visit: Visit, listed: AttendeeList) -> dict[int, Field]:
    """Return the meanings somebody gave to the columns of a list with these headers, or nothing."""
    if not _has_headers(listed):
        return {}
    known = {field.value: field for field in Field}
    remembered = await visit.services.events.mapping_for(listed.signature) or {}
    return {at: known[field] for at, field in remembered.items() if field in known}


def _has_headers(listed: AttendeeList) -> bool:
    """Tell whether the list has headers: lists without any are not alike because of it."""
    return any(column.header for column in listed.columns)


def _drafts(visit: Visit) -> Drafts:
    """Return the drafts of this server."""
    state = visit.request.app.state
    if not hasattr(state, "drafts"):
        state.drafts = Drafts(visit.services.clock.now)
    drafts: Drafts = state.drafts
    return drafts


def _draft(visit: Visit) -> Draft | None:
    """Return the draft of the address, or none if it is gone, or somebody else's."""
    return _drafts(visit).get(visit.path("draft"), visit.event.id, visit.account)


def _gone(visit: Visit) -> Response:
    """Return the way back to the upload, which says why."""
    return visit.go(visit.url("import"), Flash("bad", "import_gone"))
