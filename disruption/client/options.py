"""What a client refuses of its arguments, before it makes anything of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import InvalidArgument
from ..gateway import SessionState, Timeouts

__all__ = ["check_options"]

_NUMBER = (int, float)
_KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "workers": (int, "a number of threads"),
    "max_threads": (int, "a number of threads"),
    "patience": (_NUMBER, "a number of seconds"),
    "slow_handler": (_NUMBER, "a number of seconds, or None"),
    "auto_defer": (_NUMBER, "a number of seconds, or None"),
    "queue_bytes": (int, "a number of bytes"),
    "intents": (int, "Intents"),
    "presence": (Mapping, "what disruption.gateway.presence_data returns"),
    "large_threshold": (int, "a number from 50 to 250"),
    "max_message_size": (int, "a number of bytes"),
    "session": (SessionState, "what session_state of another client returned"),
    "timeouts": (Timeouts, "disruption.gateway.Timeouts"),
    "name": (str, "a text"),
}


def check_options(
    *,
    shard: tuple[int, int],
    max_message_size: int,
    large_threshold: int | None,
    intents: int | None,
    sync: str | None,
    **others: Any,
) -> None:
    """Refuse arguments of `Client` that cannot be right.

    Raises:
        InvalidArgument: One has another type, or a value that makes no sense.
    """
    typed = {
        "max_message_size": max_message_size,
        "large_threshold": large_threshold,
        "intents": intents,
        **others,
    }
    for name, value in typed.items():
        kind, meant = _KINDS[name]
        if value is not None and (isinstance(value, bool) or not isinstance(value, kind)):
            raise InvalidArgument(f"{name} must be {meant}, not {type(value).__name__}")
    if intents is not None and intents < 0:
        raise InvalidArgument(f"intents={int(intents)} is negative: use the Intents flags")
    if sync not in (None, "apply", "warn"):
        raise InvalidArgument(f"sync={sync!r} is not 'apply', 'warn' or None")
    numbers = list(shard) if isinstance(shard, (tuple, list)) else []
    if not (
        len(numbers) == 2
        and all(isinstance(number, int) for number in numbers)
        and 0 <= numbers[0] < numbers[1]
    ):
        raise InvalidArgument(f"shard={shard!r}: it is (number, count), the number from 0")
    if large_threshold is not None and not 50 <= large_threshold <= 250:
        raise InvalidArgument(f"large_threshold={large_threshold} is not 50 to 250")
    if max_message_size < 1:
        raise InvalidArgument(f"max_message_size={max_message_size}: it must be at least 1")
