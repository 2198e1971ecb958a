"""Where a connection's events go: the seam between the gateway and whoever listens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import msgspec

from ..errors import GatewayError
from .envelope import Envelope, Opened

__all__ = [
    "Connected",
    "ConnectionEvent",
    "Disconnected",
    "EventSink",
    "OpeningSink",
    "SessionLost",
    "SessionResumed",
    "SessionStarted",
]


@dataclass(frozen=True)
class ConnectionEvent:
    """Something that happened to the connection itself, not sent by Discord as an event.

    Attributes:
        shard: The number of the shard.
    """

    shard: int


@dataclass(frozen=True)
class Connected(ConnectionEvent):
    """The WebSocket is open and Discord has said HELLO.

    Attributes:
        resuming: Whether an old session is about to be resumed rather than a new one started.
    """

    resuming: bool


@dataclass(frozen=True)
class SessionStarted(ConnectionEvent):
    """A new session began (READY)."""

    session_id: str = field(repr=False)


@dataclass(frozen=True)
class SessionResumed(ConnectionEvent):
    """The session goes on after an interruption (RESUMED).

    Attributes:
        replayed: How many missed events Discord sent again.
    """

    session_id: str = field(repr=False)
    replayed: int


@dataclass(frozen=True)
class Disconnected(ConnectionEvent):
    """A connection ended, or could not be opened.

    Attributes:
        code: The close code, Discord's or ours; None when the connection broke without one.
        reason: What happened, in words.
        will_reconnect: False after a fatal error and after a stop.
        will_resume: Whether the session is kept, so that nothing is missed.
        delay: Seconds until the next attempt.
    """

    code: int | None
    reason: str
    will_reconnect: bool
    will_resume: bool
    delay: float


@dataclass(frozen=True)
class SessionLost(ConnectionEvent):
    """A session could not be resumed: events since `sequence` may have been missed.

    Attributes:
        session_id: The session that is over.
        sequence: The number of its last event that arrived.
        reason: Why, in words.
    """

    session_id: str = field(repr=False)
    sequence: int
    reason: str


class EventSink(Protocol):
    """What a connection calls, always from its reader thread; none of it may raise."""

    def wants(self, name: str) -> bool:
        """Tell whether anyone listens for this event; called for each one, so be quick."""

    def push(self, name: str, sequence: int, data: bytes | msgspec.Raw, shard: int) -> None:
        """Take one event, still as JSON; never block."""

    def flush(self) -> None:
        """The read buffer is drained: hand over what was pushed.

        May block to hold the reader back; the connection does not take that for a dead peer.
        """

    def connection_event(self, event: ConnectionEvent) -> None:
        """Something happened to the connection itself."""

    def fatal(self, error: GatewayError) -> None:
        """The connection is over and will not come back."""


@runtime_checkable
class OpeningSink(EventSink, Protocol):
    """A sink that decodes on the reader thread, and can do so together with the envelope.

    An event's bytes are looked through once then, and not first for where they end.
    """

    def open(self, frame: bytes) -> Envelope | Opened[Any]:
        """Return the frame's envelope, or with its event inside if somebody listens for it.

        Raises:
            msgspec.DecodeError: The frame is not the JSON of an envelope.
        """

    def take(self, opened: Opened[Any], sequence: int, size: int, shard: int) -> None:
        """Take one event that `open` decoded; its frame had `size` bytes. Never block."""
