"""What is known of a plan beyond its value: ceilings, who is worst off, unmet wishes, the mix, the proof."""

from __future__ import annotations

from event_server.domain.messages import AttendeeId, Message


class PriceProof(Message, frozen=True):
    """What proves the bound of a plan, as the solver gave it; recorded so that anybody can add it up again.

    Attributes:
        scale: How many units make one point; all other figures are whole units.
        prices: What a round of each person costs.
        held: How many rounds were taken as they were.
        bonus: What a meeting is worth on top of its points.
        sit_out: What sitting out is worth.
        often: What sitting out as often as nobody sits out more often costs.
        musts: Must-meets that the plan keeps.
        odd_sets: People and the price of meeting among them.
    """

    scale: int
    prices: dict[AttendeeId, int]
    held: int = 0
    bonus: int = 0
    sit_out: int = 0
    often: int = 0
    musts: tuple[tuple[AttendeeId, AttendeeId], ...] = ()
    odd_sets: tuple[tuple[tuple[AttendeeId, ...], int], ...] = ()


class UnmetWish(Message, frozen=True):
    """Two people who were to meet and do not, or not in time.

    Attributes:
        by: The last round, or 0 for any.
        why: ``apart``, ``languages``, ``same_side``, ``fixed_apart``, ``met_before``, ``too_late`` or
            ``no_place``.
    """

    one: AttendeeId
    other: AttendeeId
    by: int = 0
    why: str = "no_place"


class Mixed(Message, frozen=True):
    """How far the tables of an evening mix an attribute, held rounds included.

    Attributes:
        attribute: ``sector`` or ``seniority``.
        alike: Meetings of two who are known to have the same.
        least: At as many tables there cannot be fewer of them.
        meetings: All meetings.
        said: Of how many people here it is known; of ``silent`` it is not.
    """

    attribute: str
    alike: int
    least: int
    meetings: int
    said: int
    silent: int = 0


class PlanFigures(Message, frozen=True):
    """What a solver can say of its plan besides value, bound and floor.

    Attributes:
        search_bound: No plan is worth more, as a completed search found; null without one.
        floor_bound: No plan gives whoever gains least more than this; null if not computed.
        worst: Who of those here gains least, or an empty text.
        worst_total: What they gain.
        worst_bound: What they would gain with their best partners.
        wishes: The wishes that find no place.
        mixed: What tables were to mix.
        proof: What proves the bound, or null.
        level: Profiles tell nobody here from anybody else: every meeting counts the same.
    """

    search_bound: int | None = None
    floor_bound: int | None = None
    worst: AttendeeId = ""
    worst_total: int = 0
    worst_bound: int = 0
    wishes: tuple[UnmetWish, ...] = ()
    mixed: tuple[Mixed, ...] = ()
    proof: PriceProof | None = None
    level: bool = False
