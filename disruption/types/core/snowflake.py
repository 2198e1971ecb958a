"""Discord's ids, and the moment each was made.

See https://discord.com/developers/docs/reference#snowflakes
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import NewType

__all__ = ["DISCORD_EPOCH", "Snowflake", "snowflake_at", "snowflake_time"]

Snowflake = NewType("Snowflake", int)
"""An id: a plain int at run time, a string on the wire."""

DISCORD_EPOCH = 1_420_070_400_000
"""The first moment of 2015, in milliseconds since 1970."""

_EPOCH = datetime(2015, 1, 1, tzinfo=timezone.utc)


def snowflake_time(snowflake: int) -> datetime:
    """Return when the thing with this id was made (UTC, to the millisecond)."""
    return _EPOCH + timedelta(milliseconds=int(snowflake) >> 22)


def snowflake_at(moment: datetime, *, high: bool = False) -> Snowflake:
    """Return the lowest (or, with `high`, the highest) id of a moment.

    It serves as the ``before`` or ``after`` of a request.

    Args:
        moment: A datetime; one without a zone is taken as local time.
        high: Return the highest id of that millisecond instead.
    """
    milliseconds = (
        moment - _EPOCH if moment.tzinfo else moment.astimezone() - _EPOCH
    ) // timedelta(milliseconds=1)
    return Snowflake((milliseconds << 22) + ((1 << 22) - 1 if high else 0))
