"""The proof of the plan in force, to take away and check wherever one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from event_server.web.i18n import N_

if TYPE_CHECKING:
    from event_server.web.visit import Visit

README = N_(
    """What this is: the proof of how good the plan of one evening is.

problem.json   who takes part in which rounds, who may meet whom, which wishes there are
weights.npy    how well each two fit, 0 to 1000 points
plan.json      who meets whom, what that is worth, what no plan with as many meetings
               can exceed, and the prices that prove it

To check it, here in this folder, on any computer with Girotondo:

    girotondo verify problem.json plan.json

This adds everything up again, without the planner, and names whatever is not true. Only
"search_bound" cannot be added up: a complete search has found it, and it is named apart.

People appear under the ids they have at this event. There are no names, contacts or
profiles in here, but who meets whom is, and where tables are to mix sectors or seniority
also who has the same, as a number: keep it in the team.
"""
)


async def download(visit: Visit) -> Response:
    """Give the archive."""
    archive = await visit.room.planning.proof(visit.gettext(README))
    headers = {"Content-Disposition": 'attachment; filename="girotondo-proof.zip"'}
    return Response(archive, headers=headers, media_type="application/zip")
