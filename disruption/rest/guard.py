"""The guard against invalid requests: Discord blocks an address for too many of them.

10,000 answers of 401, 403 or 429 in 10 minutes (429s of scope ``shared`` aside) and
Cloudflare refuses everything from the IP address, from all bots on it. The
time is passed in; the locks are there because every thread of the process reports here.

See https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import Final

__all__ = ["Guard", "InvalidRequests"]

_INVALID: Final = frozenset((401, 403, 429))
# What says that the token itself is bad, and not that this token may not do this.
_TOKEN_CODES: Final = frozenset((0, 40001, 50014))
_UNKNOWN_WEBHOOK: Final = 10015
_INVALID_WEBHOOK_TOKEN: Final = 50027


class InvalidRequests:
    """Count invalid answers in a sliding window, coarsely: at most `slots` numbers are kept.

    Args:
        limit: From how many on to stop. Discord's limit is 10,000, of the address and
            not of the process, so that ours leaves room for others.
        window: Seconds.
        slots: Into how many parts the window is cut.
    """

    def __init__(self, limit: int = 5000, window: float = 600.0, slots: int = 60) -> None:
        self.limit = limit
        self._window = window
        self._width = window / slots
        self._lock = threading.Lock()  # guards _slots and _total
        self._slots: deque[list[float]] = deque()  # [start, count], oldest first
        self._total = 0

    def record(self, status: int, *, shared: bool, now: float) -> bool:
        """Count an answer; return whether it was an invalid one."""
        if status not in _INVALID or (status == 429 and shared):
            return False
        with self._lock:
            self._expire(now)
            if self._slots and now < self._slots[-1][0] + self._width:
                self._slots[-1][1] += 1
            else:
                self._slots.append([now, 1])
            self._total += 1
        return True

    def count(self, now: float) -> int:
        """Return how many there were in the window that ends now."""
        with self._lock:
            self._expire(now)
            return self._total

    def wait(self, now: float) -> float:
        """Return the seconds until requests may be sent again, 0.0 when they may now."""
        if self._total < self.limit:
            return 0.0
        with self._lock:
            self._expire(now)
            excess = self._total - self.limit + 1
            for start, count in self._slots:
                if excess <= 0:
                    break
                excess -= int(count)
                if excess <= 0:
                    return start + self._width + self._window - now
        return 0.0

    def _expire(self, now: float) -> None:
        # A slot goes when its youngest entry is a window old.
        while self._slots and self._slots[0][0] + self._width + self._window <= now:
            self._total -= int(self._slots.popleft()[1])


class Guard:
    """What must not be asked again: a refused bot token, webhooks that are gone.

    Args:
        webhooks: How many gone webhooks are remembered.
    """

    def __init__(self, webhooks: int = 4096) -> None:
        self.invalid = InvalidRequests()
        self.unauthorized = False  # the bot's token got a 401
        self._lock = threading.Lock()  # guards _gone
        self._gone: OrderedDict[str, None] = OrderedDict()
        self._room = webhooks

    def is_gone(self, major: str) -> bool:
        """Tell whether the webhook with this id and token is known not to exist."""
        return major in self._gone

    def record(self, status: int, code: int, *, auth: bool, webhook: bool, major: str) -> bool:
        """Learn from an answer; return whether something was latched by it.

        Args:
            status: The HTTP status.
            code: Discord's JSON error code, 0 where there is none.
            auth: The bot's token was sent.
            webhook: The route is one of a webhook with its token. Those of interactions
                are not: theirs do not exist *yet* before the first answer.
            major: The webhook's id and token.
        """
        if status == 401 and auth and code in _TOKEN_CODES and not self.unauthorized:
            self.unauthorized = True
            return True
        if webhook and (
            (status == 404 and code == _UNKNOWN_WEBHOOK)
            or (status == 401 and code == _INVALID_WEBHOOK_TOKEN)
        ):
            with self._lock:
                self._gone[major] = None
                self._gone.move_to_end(major)
                if len(self._gone) > self._room:
                    self._gone.popitem(last=False)
            return True
        return False

    def reset(self) -> None:
        """Forget everything, so that the token and all webhooks are asked again."""
        self.unauthorized = False
        with self._lock:
            self._gone.clear()
