"""Snowflakes: ids that carry the time they were made.

See https://discord.com/developers/docs/reference#snowflakes
"""

from __future__ import annotations

from typing import Any

from ..clock import DISCORD_EPOCH, Clock

__all__ = ["Snowflakes", "clone", "snowflake_time"]

_PER_MILLISECOND = 1 << 12
_WORKER = 1 << 17


class Snowflakes:
    """Makes ids that grow and, under a clock that stands still, are the same in every run."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._millisecond = 0  # the one the last id was made in
        self._used = 0  # ids already made in it

    def next(self, *, fresh: bool = False) -> str:
        """Return a new id.

        Args:
            fresh: Take a millisecond that no id had before. Shards are told by it, so guilds
                made in one go would otherwise all land on one shard.
        """
        now = int((self._clock.now() - DISCORD_EPOCH) * 1000)
        if now > self._millisecond:
            self._millisecond, self._used = now, 0
        elif fresh or self._used == _PER_MILLISECOND:
            self._millisecond, self._used = self._millisecond + 1, 0
        identity = (self._millisecond << 22) | _WORKER | self._used
        self._used += 1
        return str(identity)

    def continue_after(self, identity: str) -> None:
        """Make only ids that are larger than this one."""
        millisecond = int(identity) >> 22
        if millisecond >= self._millisecond:
            self._millisecond, self._used = millisecond + 1, 0


def snowflake_time(identity: str) -> float:
    """Return when an id was made, in seconds since 1970."""
    return (int(identity) >> 22) / 1000 + DISCORD_EPOCH


def clone(value: Any) -> Any:
    """Copy plain JSON data, deeply; several times faster than `copy.deepcopy`."""
    if type(value) is dict:
        return {key: clone(item) for key, item in value.items()}
    if type(value) is list or type(value) is tuple:
        return [clone(item) for item in value]
    return value
