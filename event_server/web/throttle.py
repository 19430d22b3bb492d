"""Throttles: how often something may be tried, counted per event, login or address."""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from event_server.domain.messages import Refused

# Venue Wi-Fi shows everybody under one address: only what names one account or one event is narrow.
LIMITS: dict[str, RateLimitItem] = {
    "claim": RateLimitItemPerMinute(120),  # badge QRs of one event; 128 bits cannot be guessed anyway
    "claim_code": RateLimitItemPerMinute(30),  # badge codes typed at one event: 20 bits
    "claim_code_hour": RateLimitItemPerHour(300),
    "join": RateLimitItemPerMinute(60),  # walk-ins and name searches at one event
    "join_code": RateLimitItemPerMinute(120),  # join codes that do not exist, whole server
    "login": RateLimitItemPerMinute(5),  # passwords for one e-mail address
    "login_all": RateLimitItemPerMinute(60),  # passwords, whole server: each costs 64 MB for 50 ms
    "command": RateLimitItemPerMinute(120),  # commands by POST of one login
    "link": RateLimitItemPerMinute(30),  # one-time links, whole server
    "transfer": RateLimitItemPerMinute(6),  # transfer links made in one login
}


class Throttle:
    """Counts tries in sliding windows, in memory: one process serves everybody."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def hit(self, what: str, *who: str) -> None:
        """Count one try of ``what``, a key of `LIMITS`, by or at ``who``.

        Raises:
            Refused: ``too_many_tries``.
        """
        if not await self._limiter.hit(LIMITS[what], what, *who):
            raise Refused("too_many_tries")
