"""From the gateway to the dispatcher: the client's side of `EventSink`.

All of it runs on a reader thread, for every event: no user code, no I/O, and no
waiting but in `flush`, which holds the reader back while the queue is full.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from ..counters import Counters
from ..dispatch import Dispatcher, Progress, SessionProgress
from ..dispatch.queue import DROPPABLE
from ..errors import DecodeError, GatewayError
from ..gateway import (
    Connected,
    ConnectionEvent,
    Disconnected,
    SessionLost,
    SessionResumed,
    SessionStarted,
)
from ..gateway.envelope import Opened
from ..throttle import OncePerKind
from ..types.core.enums import forget_members
from ..types.events import EVENTS, Event, InteractionCreate, UnknownEvent, decode_event
from .deferring import Deferrals
from .onepass import OnePass

if TYPE_CHECKING:
    from ..types.core.base import Api

__all__ = ["APART", "Sink"]

_log = logging.getLogger("disruption.client")
_URGENT = frozenset({"INTERACTION_CREATE"})  # Discord waits 3 s for an answer

# Bytes of an event from which on nothing that stays may be made beside its objects: Python gives
# memory back by the MiB, and one small object that stays among them would keep all of it.
_LARGE = 128 << 10

# What is looked at before it is decoded.
APART = DROPPABLE | {"READY", "GUILD_CREATE", "GUILD_MEMBERS_CHUNK"}


class Sink:
    """Decodes what somebody listens to and pushes it.

    Args:
        dispatcher: Where events go.
        api: What decoded objects are bound to.
        counters: Where things are counted.
        deferrals: What sees to it that interactions are answered in time.
        on_fatal: Called when a connection gives up.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        api: Api,
        counters: Counters,
        deferrals: Deferrals,
        on_fatal: Callable[[GatewayError], None],
    ) -> None:
        self._dispatcher = dispatcher
        self._api = api
        self._counters = counters
        self._deferrals = deferrals
        self._on_fatal = on_fatal
        self._frames = OnePass(dispatcher.listens, api, apart=APART, largest=_LARGE)
        self.open = self._frames.open
        self._progress = Progress()
        self._sessions: dict[int, SessionProgress] = {}  # shard -> what of its session is handled
        self._unread = OncePerKind()  # by event: whether to log that it was dropped
        self._resuming: set[int] = set()  # shards that get again what they missed

    def begin(self, shard: int, sequence: int) -> None:
        """Start to count what is handled of a shard's session, which stands at `sequence`."""
        self._sessions[shard] = self._progress.session(shard, sequence)

    def handled(self, shard: int, received: int) -> int:
        """Return the sequence up to which every event of the shard has been handled.

        Args:
            shard: The shard's number.
            received: The last sequence received, read before this call.
        """
        session = self._sessions.get(shard)
        return received if session is None or not session.pending else session.handled

    # EventSink ------------------------------------------------------------------------------

    def wants(self, name: str) -> bool:
        """Tell whether anyone listens to this event."""
        if name == "READY":
            return True  # `push` begins to count anew with it
        spec = EVENTS.get(name)
        return self._dispatcher.listens(UnknownEvent if spec is None else spec.cls)

    def push(self, name: str, sequence: int, data: bytes | msgspec.Raw, shard: int) -> None:
        """Decode one event and put it by for the next flush."""
        dispatcher = self._dispatcher
        if dispatcher.refuses(name):
            return
        size = len(memoryview(data))
        if size >= _LARGE:
            dispatcher.prepare()
        try:
            event = decode_event(name, data, self._api)
        except DecodeError as error:  # nothing of it fits; what fits in part is taken
            self._counters.add(f"client.undecodable.{name}")
            tail = self._unread.tail(name if name in EVENTS else "", time.monotonic())
            if tail is not None:
                _log.error("%s was dropped, it cannot be read: %s%s", name, error, tail)
            return
        if size >= _LARGE:
            forget_members()
        if name == "READY":
            self.begin(shard, sequence - 1)
        self._take(event, name, sequence, size, shard)

    def take(self, opened: Opened[Any], sequence: int, size: int, shard: int) -> None:
        """Put an event that `open` decoded by for the next flush."""
        self._take(opened.d, opened.t, sequence, size, shard)

    def _take(self, event: Event, name: str | None, sequence: int, size: int, shard: int) -> None:
        event._shard_id = shard
        event._sequence = sequence
        urgent = name in _URGENT
        if urgent and isinstance(event, InteractionCreate):
            if shard in self._resuming:
                self._check(event, size, shard, sequence)
                return
            self._deferrals.watch(event)
        self._dispatcher.push(
            event,
            size,
            urgent=urgent,
            session=self._sessions.get(shard),
            sequence=sequence,
        )

    def _check(self, event: Any, size: int, shard: int, sequence: int) -> None:
        """Push an interaction that came again once it is clear that it can be answered."""
        session = self._sessions.get(shard)
        if session is not None:
            session.begin(sequence)

        def then(lives: bool) -> None:
            if lives:
                self._dispatcher.push(event, size, urgent=True, session=session, sequence=sequence)
                self._dispatcher.flush()
            elif session is not None:
                session.done(sequence)

        self._deferrals.check(event, then)

    def flush(self) -> None:
        """Hand over what was pushed; wait here while the queue is full."""
        if not self._dispatcher.flush():
            self._dispatcher.wait_for_room()

    def connection_event(self, event: ConnectionEvent) -> None:
        """Tell listeners what happened to the connection."""
        if isinstance(event, Connected):
            self._frames.begin()
        if isinstance(event, Connected) and event.resuming:
            self._resuming.add(event.shard)
        else:
            self._resuming.discard(event.shard)
        if isinstance(event, SessionStarted):
            self._counters.add("client.sessions_started")
        elif isinstance(event, SessionResumed):
            self._counters.add("client.sessions_resumed")
        elif isinstance(event, SessionLost):
            self._counters.add("client.sessions_lost")
            _log.error(
                "Shard %d lost its session after event %d (%s): events may have been missed",
                event.shard,
                event.sequence,
                event.reason,
            )
        if isinstance(event, (Connected, Disconnected)) and self._dispatcher.listens(type(event)):
            self._dispatcher.push(event, urgent=True)
            self._dispatcher.flush()

    def fatal(self, error: GatewayError) -> None:
        """Wake everyone who waits with the error that ended the connection."""
        self._on_fatal(error)
