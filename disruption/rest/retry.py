"""When a request is sent again, and why that is safe.

A request is *repeatable* when doing it twice is as good as once: GET, PUT, DELETE and
PATCH (all of Discord's PATCH bodies name final values), the POSTs marked so in their
route, and messages with an enforced nonce, which Discord deduplicates.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from disruption.errors import InvalidArgument

__all__ = ["Retries"]


@dataclass(frozen=True)
class Retries:
    """A policy for failed requests; immutable, so that it can be shared and compared.

    Attributes:
        attempts: How often a request is sent at most, the first time included.
        rate_limited: How often a request that got a 429 is sent again. These wait for
            as long as Discord says and do not count as attempts.
        backoff: Seconds before the second attempt; doubles with each further one.
        backoff_max: The longest wait between two attempts, in seconds.
        jitter: The part of each wait that is random, 0 to 1, so that many threads
            that failed together do not return together.
    """

    attempts: int = 5
    rate_limited: int = 10
    backoff: float = 0.5
    backoff_max: float = 30.0
    jitter: float = 0.5

    def __post_init__(self) -> None:
        for name, kind in (
            ("attempts", int),
            ("rate_limited", int),
            ("backoff", int | float),
            ("backoff_max", int | float),
            ("jitter", int | float),
        ):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, kind) or value != value:
                raise InvalidArgument(f"{name} must be a number, not {value!r}")
        if self.attempts < 1:
            raise InvalidArgument(f"attempts must be at least 1, not {self.attempts}")
        if self.rate_limited < 0:
            raise InvalidArgument(f"rate_limited must not be negative, not {self.rate_limited}")
        if self.backoff < 0 or self.backoff_max < 0:
            raise InvalidArgument("backoff and backoff_max must not be negative")
        if not 0 <= self.jitter <= 1:
            raise InvalidArgument(f"jitter must be between 0 and 1, not {self.jitter}")

    @classmethod
    def none(cls) -> Retries:
        """Return the policy that sends everything once."""
        return cls(attempts=1, rate_limited=0)

    def after_failure(self, attempt: int, *, sent: bool, repeatable: bool) -> bool:
        """Tell whether to try again after attempt `attempt` (from 1) got no answer.

        A connection that failed before the last byte of the request was handed to the
        system (refused, TLS failed, closed by the server while idle) cannot have caused
        anything: an incomplete request is not carried out. After that byte it may have
        been, so that only repeatable requests are sent again.
        """
        return attempt < self.attempts and (repeatable or not sent)

    def after_status(self, attempt: int, status: int, *, repeatable: bool) -> bool:
        """Tell whether to try again after attempt `attempt` (from 1) got this status.

        A 5xx may come from a proxy behind which the request was carried out all the
        same, so that only repeatable requests are sent again. 501 and 505 will not
        change. What is below 500 is an answer.
        """
        return attempt < self.attempts and repeatable and status >= 500 and status not in (501, 505)

    def after_body(self, attempt: int, *, repeatable: bool) -> bool:
        """Tell whether to try again after a success whose body was broken or no JSON.

        It was carried out; only a repeatable request may be made to say so again.
        """
        return attempt < self.attempts and repeatable

    def after_rate_limit(self, times: int) -> bool:
        """Tell whether to try again after the `times`-th 429; nothing was carried out."""
        return times <= self.rate_limited

    def wait(self, attempt: int, rand: Callable[[], float] = random.random) -> float:
        """Return the seconds to wait after attempt `attempt` (from 1)."""
        full = min(self.backoff_max, self.backoff * 2.0 ** min(attempt - 1, 60))
        return full * (1 - self.jitter + self.jitter * rand())
