"""An event as the world announces it: what happened, and whom it concerns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

__all__ = ["Event", "from_json", "to_json"]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(data: Any) -> bytes:
    """Write JSON as it goes over the wire.

    A lone surrogate, which a client may have sent as an escape, is written as an escape again.
    """
    text = _encode(data)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, separators=(",", ":")).encode()


def from_json(data: str | bytes) -> Any:
    """Read JSON of a client.

    Raises:
        ValueError: It is no JSON; it has NaN or Infinity, which only Python reads, is nested
            deeper than anyone means, or has half a surrogate pair, which is no text.
    """
    text = data.decode() if isinstance(data, bytes) else data
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if "\\ud" in text.lower():
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


@dataclass(frozen=True)
class Event:
    """One dispatch, before anyone has decided who gets it.

    Attributes:
        name: The name on the wire, `MESSAGE_CREATE`.
        data: The payload; never changed after it was announced.
        guild_id: The guild it happened in; None for direct messages and personal events.
        channel_id: The channel a receiver must be able to see; None if there is none.
        user_ids: When given, only these users receive it (recipients of a direct message,
            the bot of an interaction), whatever guild they are in.
        author_id: Who wrote the message it is about; they always see its content.
        exempt: Users who receive it whatever their intents are.
        excluded: Users who do not receive it, whatever else holds.
        needed: Permissions (bits) of which a receiver needs one, besides seeing the channel.
    """

    name: str
    data: dict[str, Any]
    guild_id: str | None = None
    channel_id: str | None = None
    user_ids: frozenset[str] | None = None
    author_id: str | None = None
    exempt: frozenset[str] = frozenset()
    needed: int = 0
    excluded: frozenset[str] = frozenset()
