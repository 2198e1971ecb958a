"""What an id tells: when and where its thing was made, and which shard hears of it.

`snowflake_time` and `snowflake_at`, from an id to its moment and back, are in
`disruption.types`.

See https://discord.com/developers/docs/reference#snowflakes
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..errors import InvalidArgument
from .core.snowflake import DISCORD_EPOCH, Snowflake, snowflake_time

__all__ = [
    "DISCORD_EPOCH",
    "HasId",
    "SnowflakeLike",
    "SnowflakeParts",
    "shard_of",
    "snowflake_of",
    "snowflake_parts",
]

_LIMIT = 1 << 64


class HasId(Protocol):
    """Anything with an ``id``: an entity, a member, a handle."""

    @property
    def id(self) -> int | None: ...


SnowflakeLike = int | str | HasId
"""What stands for an id in arguments: the id, its text, or the thing."""


@dataclass(frozen=True)
class SnowflakeParts:
    """The four numbers that an id is made of.

    Attributes:
        milliseconds: Since `DISCORD_EPOCH`, the first moment of 2015.
        worker_id: Discord's machine, 0 to 31.
        process_id: The process on that machine, 0 to 31.
        increment: How many ids the process had made, modulo 4096.
    """

    milliseconds: int
    worker_id: int
    process_id: int
    increment: int

    @property
    def created_at(self) -> datetime:
        """The moment, in UTC."""
        return snowflake_time(self.milliseconds << 22)

    def __int__(self) -> int:
        return (
            self.milliseconds << 22 | self.worker_id << 17 | self.process_id << 12 | self.increment
        )


def snowflake_of(value: SnowflakeLike, name: str = "id") -> Snowflake:
    """Return the id that is meant by a number, a decimal text, or an object with an ``id``.

    Args:
        value: The thing or its id.
        name: What to call it in the error.

    Raises:
        InvalidArgument: It is none of these, or no number of 64 bits.
    """
    number: object = value if isinstance(value, int | str) else getattr(value, "id", None)
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) <= 20:
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool):
        shown = repr(number[:40]) if isinstance(number, str) else type(value).__name__
        raise InvalidArgument(
            f"{name} must be an id (an int, a decimal str, or an object with an id), not {shown}"
        )
    if not 0 <= number < _LIMIT:
        raise InvalidArgument(f"{name} must be between 0 and 2**64 - 1, not {number}")
    return Snowflake(int(number))


def snowflake_parts(snowflake: SnowflakeLike) -> SnowflakeParts:
    """Return what an id is made of; ``int()`` of the answer is the id again.

    Raises:
        InvalidArgument: That is no id.
    """
    number = snowflake_of(snowflake, "snowflake")
    return SnowflakeParts(
        milliseconds=number >> 22,
        worker_id=number >> 17 & 0x1F,
        process_id=number >> 12 & 0x1F,
        increment=number & 0xFFF,
    )


def shard_of(guild: SnowflakeLike, shards: int) -> int:
    """Return the number of the shard that receives a guild's events.

    Direct messages come to shard 0.

    Args:
        guild: The guild or its id.
        shards: How many shards there are.

    Raises:
        InvalidArgument: That is no id, or there are no shards.

    See https://discord.com/developers/docs/events/gateway#sharding-sharding-formula
    """
    if shards < 1:
        raise InvalidArgument(f"shards must be at least 1, not {shards}")
    return (snowflake_of(guild, "guild") >> 22) % shards
