"""Cooldowns: at most so many uses in so many seconds.

`CooldownRule` has the rule and knows no thread and no clock; `Cooldown` is the guard around it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from ...errors import InvalidArgument
from ..errors import OnCooldown
from ..texts import texts
from .guard import GuardDecorator
from .keys import ByName, key_function, key_name

if TYPE_CHECKING:
    from ..context import Context

    _C = TypeVar("_C", bound=Context)

__all__ = ["Cooldown", "CooldownRule", "cooldown", "reset_cooldown"]

_TAKEN: Final = "disruption.cooldowns"  # in ctx.state: what this run of a command has taken


class CooldownRule:
    """Counts uses by key in a window that slides: at most `rate` in any `per` seconds.

    It remembers the uses of the last `per` seconds and nothing else. Not locked.

    Args:
        rate: Uses.
        per: Seconds.
    """

    __slots__ = ("_uses", "per", "rate")

    def __init__(self, rate: int, per: float) -> None:
        self.rate = rate
        self.per = per
        # key -> when it was used; the key that was used last is the last one
        self._uses: dict[Hashable, deque[float]] = {}

    def take(self, key: Hashable, now: float) -> float:
        """Use it at `now`.

        Returns:
            0 where it was used, else the seconds after which it can be.
        """
        self._sweep(now)
        uses = self._uses.get(key)
        if uses is None:
            uses = deque()
        while uses and uses[0] + self.per <= now:
            uses.popleft()
        if len(uses) >= self.rate:
            return uses[0] + self.per - now
        uses.append(now)
        self._uses.pop(key, None)
        self._uses[key] = uses
        return 0.0

    def give_back(self, key: Hashable, when: float) -> None:
        """Let the use at `when` not have been."""
        uses = self._uses.get(key)
        if uses is None or when not in uses:
            return
        uses.remove(when)
        if not uses:
            del self._uses[key]

    def left(self, key: Hashable, now: float) -> int:
        """Return how many more uses there are at `now`."""
        return self.rate - sum(when + self.per > now for when in self._uses.get(key, ()))

    def __len__(self) -> int:
        """The number of keys that are remembered."""
        return len(self._uses)

    def _sweep(self, now: float) -> None:
        """Forget keys that were last used too long ago: those come first."""
        while self._uses:
            key = next(iter(self._uses))
            if self._uses[key][-1] + self.per > now:
                return
            del self._uses[key]


class Cooldown:
    """Refuses what is used too often.

    Put the same one on several commands with `guarded` to count them together. Any thread may
    use it.

    Args:
        rate: Uses.
        per: In so many seconds, or a timedelta.
        by: For whom it counts; see `cooldown`.
        clock: Seconds that only go forward.

    Raises:
        InvalidArgument: One of them cannot be right.
    """

    def __init__(
        self,
        rate: int,
        per: float | timedelta,
        *,
        by: ByName | Callable[[_C], Hashable] = "user",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        seconds = per.total_seconds() if isinstance(per, timedelta) else per
        if isinstance(rate, bool) or not isinstance(rate, int) or rate < 1:
            raise InvalidArgument(f"a cooldown's rate is a number of uses from 1, not {rate!r:.60}")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds > 0:
            raise InvalidArgument(f"a cooldown's per is above 0 seconds, not {per!r:.60}")
        self.by = key_name(by)
        self._key = key_function(by)
        self._clock = clock
        self._lock = threading.Lock()  # guards _rule
        self._rule = CooldownRule(rate, seconds)

    def check(self, ctx: Context) -> None:
        """Pass: whether it may be used is only settled when all else has agreed."""

    def enter(self, ctx: Context) -> None:
        key = self._key(ctx)
        if key is None:
            return
        now = self._clock()
        with self._lock:
            wait = self._rule.take(key, now)
        if wait:
            raise OnCooldown(texts().on_cooldown(ctx, wait), wait)
        ctx.state.setdefault(_TAKEN, []).append((self, key, now))

    def leave(self, ctx: Context) -> None:
        """Keep the use: it is forgotten with time."""

    def undo(self, ctx: Context) -> None:
        taken = ctx.state.get(_TAKEN, [])
        for one in [one for one in taken if one[0] is self]:
            taken.remove(one)
            self._give_back(one[1], one[2])

    def left(self, ctx: Context) -> int | None:
        """Return how many more uses there are; None where it does not count."""
        key = self._key(ctx)
        if key is None:
            return None
        now = self._clock()
        with self._lock:
            return self._rule.left(key, now)

    def _give_back(self, key: Hashable, when: float) -> None:
        with self._lock:
            self._rule.give_back(key, when)

    def __repr__(self) -> str:
        return f"cooldown({self._rule.rate}, {self._rule.per:g}, by={self.by!r})"


def cooldown(
    rate: int, per: float | timedelta, *, by: ByName | Callable[[_C], Hashable] = "user"
) -> GuardDecorator:
    """Let it be used at most `rate` times in any `per` seconds.

    A use does not count where another guard refused, and ``ctx.reset_cooldown()`` gives it back.

    Args:
        rate: Uses.
        per: Seconds, or a timedelta.
        by: For whom it counts: ``user``, ``member`` (a user in one server), ``channel``,
            ``guild``, ``role`` (all with the same highest role), ``global``, or a function of
            the context that returns what is counted together, None for those who are exempt.

    Raises:
        InvalidArgument: One of them cannot be right.
    """
    Cooldown(rate, per, by=by)  # refused here, where the user's line is
    return GuardDecorator(lambda: Cooldown(rate, per, by=by))


def reset_cooldown(ctx: Context) -> None:
    """Give back the uses of cooldowns that this run of a command took."""
    taken: list[tuple[Cooldown, Hashable, float]] = ctx.state.pop(_TAKEN, [])
    for guard, key, when in taken:
        guard._give_back(key, when)
