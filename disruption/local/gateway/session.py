"""A session: what a bot was promised at IDENTIFY, and the events it may still ask for again.

See https://discord.com/developers/docs/events/gateway#resuming
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from ..world import Account, Event
from .intents import intents_of

__all__ = ["Link", "Session", "control", "frame", "number_of"]

_NUMBER = re.compile(rb'\{"t":"\w+","s":(\d+)')


class Link(Protocol):
    """The connection a session is served on."""

    def attach(self, session: Session | None) -> None:
        """Serve this session from now on; None serves none."""

    def drop(self) -> None:
        """Cut the connection at once."""

    def compress_payloads(self) -> None:
        """Compress large payloads each by itself, unless the transport is compressed."""

    def send_events(self, events: Iterable[tuple[str, bytes]]) -> None:
        """Queue dispatches, each a name and a payload; faults may happen to them."""

    def send(self, payload: bytes) -> None:
        """Queue any other payload."""

    def close(self, code: int, reason: str = "") -> None:
        """Close after what is queued; the code's own reason unless another is given."""


def frame(name: str, sequence: int, data: bytes) -> bytes:
    """Put a dispatch into its envelope."""
    return b'{"t":"%s","s":%d,"op":0,"d":%s}' % (name.encode(), sequence, data)


def control(opcode: int, data: Any) -> bytes:
    """Put anything else into its envelope."""
    payload = {"t": None, "s": None, "op": opcode, "d": data}
    return json.dumps(payload, separators=(",", ":")).encode()


def number_of(payload: bytes) -> int:
    """Return the sequence number in a frame of ours."""
    found = _NUMBER.match(payload)
    assert found is not None
    return int(found[1])


class Session:
    """One session; guarded by the world's lock.

    Attributes:
        link: The connection, or None while the bot is away.
        away_since: When it lost its connection, on the hub's clock.
        sequence: Of the last event.
    """

    def __init__(
        self,
        session_id: str,
        account: Account,
        *,
        intents: int,
        shard: tuple[int, int],
        large_threshold: int,
        replay_limit: int,
    ) -> None:
        self.id = session_id
        self.account = account
        self.intents = intents
        self.shard = shard
        self.large_threshold = large_threshold
        self.link: Link | None = None
        self.away_since = 0.0
        self.sequence = 0
        self.member_requests: dict[str, float] = {}  # guild id -> when it was asked for whole
        self._replay_limit = replay_limit
        self._buffer: deque[tuple[int, str, bytes]] = deque()
        self._lost = 0  # sequence number of the newest event that is no longer kept

    def dispatch(self, name: str, data: bytes) -> None:
        """Give an event its sequence number, keep it for a resume, and send it if possible."""
        payload = self.number(name, data)
        if self.link is not None:
            self.link.send_events([(name, payload)])

    def number(self, name: str, data: bytes) -> bytes:
        """Give an event its sequence number, keep it, and return its frame."""
        self.sequence += 1
        payload = frame(name, self.sequence, data)
        if name != "RESUMED":  # it belongs to one connection, and is never replayed
            self._buffer.append((self.sequence, name, payload))
            if len(self._buffer) > self._replay_limit:
                self._lost = self._buffer.popleft()[0]
        return payload

    def can_replay(self, after: int) -> bool:
        """Tell whether every event after a sequence number is still kept."""
        return after >= self._lost

    def replay(self, after: int) -> Iterator[tuple[str, bytes]]:
        """Yield the name and payload of each event after a sequence number."""
        for sequence, name, payload in self._buffer:
            if sequence > after:
                yield name, payload

    def serves(self, guild_id: str | None) -> bool:
        """Tell whether a guild falls to this session's shard; direct messages go to the first."""
        shard_id, count = self.shard
        if guild_id is None:
            return shard_id == 0
        return (int(guild_id) >> 22) % count == shard_id

    def wants(self, event: Event) -> bool:
        """Tell whether shard and intents let an event through."""
        if not self.serves(event.guild_id):
            return False
        needed = intents_of(event.name, event.guild_id is not None)
        return not needed or bool(self.intents & needed) or self.account.user_id in event.exempt
