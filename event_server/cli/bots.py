"""``girotondo bots``: simulated guests for a rehearsal on a running server."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import msgspec
import typer

from event_server.cli.console import clear_errors, fail
from event_server.demo.guests import Tally, Ticket, manners, run_guests
from event_server.demo.people import example_people
from event_server.demo.walk_ins import NotAdmitted, walk_in

MOST_GUESTS = 1000


class Tickets(msgspec.Struct, frozen=True):
    """What ``--tickets`` reads: the address of the socket, and a login for each guest."""

    url: str
    tickets: list[Ticket]
    speed: float = 1.0


def bots_command(
    link: Annotated[str, typer.Argument(help="The event's short link, http://host/j/CODE.")] = "",
    people: Annotated[int, typer.Option(min=1, max=MOST_GUESTS, help="How many guests.")] = 24,
    speed: Annotated[float, typer.Option(min=0.1, help="Divides how long guests take.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Makes what they say repeatable.")] = 0,
    tickets: Annotated[
        bool, typer.Option("--tickets", hidden=True, help="Read logins from standard input.")
    ] = False,
) -> None:
    """Let simulated guests walk in and take part until the evening is over."""
    with clear_errors():
        if tickets:
            given = msgspec.json.decode(sys.stdin.buffer.read(), type=Tickets)
        elif link:
            given = _walked_in(link, people, speed=speed, seed=seed)
        else:
            fail("give the event's short link, as the projector shows it")
        tallies = asyncio.run(run_guests(given.url, given.tickets, speed=given.speed, seed=seed))
    typer.echo(summary(tallies))


def _walked_in(link: str, people: int, *, speed: float, seed: int) -> Tickets:
    admitted: list[Ticket] = []
    url = ""
    for profile, manner in zip(example_people(people, seed=seed), manners(people, seed=seed), strict=True):
        try:
            url, login = walk_in(link, profile.name)
        except NotAdmitted as refusal:
            if not admitted:
                fail(str(refusal))
            typer.echo(f"{len(admitted)} of {people} came in; {refusal}", err=True)
            break
        admitted.append(Ticket(login=login, manner=manner))
    return Tickets(url=url, tickets=admitted, speed=speed)


def summary(tallies: list[Tally]) -> str:
    """Return what the guests did, in lines of ``name value``."""
    return "\n".join(
        (
            f"guests {len(tallies)}",
            f"connects {sum(tally.connects for tally in tallies)}",
            f"views {sum(tally.views for tally in tallies)}",
            f"commands {sum(tally.sent for tally in tallies)}",
            f"accepted {sum(tally.accepted for tally in tallies)}",
            f"refused {sum(tally.refused for tally in tallies)}",
        )
    )
