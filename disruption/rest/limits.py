"""What Discord says about rate limits, and what became of a request, as values.

See https://discord.com/developers/docs/topics/rate-limits#header-format
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Limits", "Outcome"]

LONGEST = 86_400.0  # seconds; none of Discord's windows is longer than a day


@dataclass(frozen=True)
class Limits:
    """What an answer's headers say about its bucket."""

    bucket: str
    limit: int
    remaining: int
    reset: float  # seconds, the server's clock; identifies the window
    reset_after: float  # seconds from the answer

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> Limits | None:
        """Return the limits in `headers`, None where there are none that make sense."""
        bucket = headers.get("X-RateLimit-Bucket")
        if not bucket:
            return None
        try:
            limits = cls(
                bucket,
                int(headers["X-RateLimit-Limit"]),
                int(headers["X-RateLimit-Remaining"]),
                float(headers["X-RateLimit-Reset"]),
                float(headers["X-RateLimit-Reset-After"]),
            )
        except (KeyError, ValueError):
            return None
        good = (
            limits.limit > 0
            and limits.remaining >= 0
            and math.isfinite(limits.reset)
            and 0 <= limits.reset_after <= LONGEST
        )
        return limits if good else None


@dataclass(frozen=True)
class Outcome:
    """What became of a granted request.

    Attributes:
        answered: It succeeded, so that missing headers mean that there are no limits.
        sent: It may have reached Discord.
        limits: What the answer's headers said.
        retry_after: Seconds that a 429 asks to wait, else None.
        scope: Of a 429: ``user``, ``shared``, ``global``, or ``address`` for one that
            comes from Cloudflare and concerns everything from this IP address.
    """

    answered: bool = True
    sent: bool = True
    limits: Limits | None = None
    retry_after: float | None = None
    scope: str = "user"
