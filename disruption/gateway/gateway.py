"""The gateway alone: typed events from an iterator, without the client and without REST."""

from __future__ import annotations

import contextlib
import logging
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any

import msgspec

from ..counters import Counters
from ..errors import ClientStopped, DecodeError, InvalidArgument, NotConnected
from ..slices import left_until
from ..token import checked_token
from ..types import GuildMember
from ..types.events import Event, decode_event
from .buffer import EventBuffer
from .closecodes import END_SESSION
from .commands import CommandSender, SnowflakeLike
from .compression import check_compression
from .connection import Connection
from .identify import GatewayInfo
from .members import MemberFetcher, members_of
from .phases import Timeouts
from .session import Session
from .sink import ConnectionEvent
from .state import SessionState
from .urls import check_gateway_url

__all__ = ["Gateway"]

log = logging.getLogger("disruption.gateway")

Decoder = Callable[[str, "bytes | msgspec.Raw"], Event]


class Gateway(CommandSender):
    """One shard's events, as an iterator, for programs that need no `Client`.

    ```python
    with Gateway("…", intents=Intents.GUILDS | Intents.GUILD_MESSAGES) as gateway:
        for event in gateway:
            if isinstance(event, MessageCreate):
                print(event.content)
    ```

    Dropped connections are resumed and the iteration goes on. It ends when the
    gateway is closed, and raises when Discord refuses for good. One thread
    iterates; commands and `close` may come from any.

    Args:
        token: The bot's token; None reads ``DISCORD_TOKEN``.
        intents: Which events Discord shall send. There is no default.
        url: The gateway's address, as ``GET /gateway/bot`` gives it.
        shard: Shard number and shard count.
        presence: The first presence, from `presence_data`.
        large_threshold: Guilds with more members come without the offline ones, 50 to 250.
        compress: ``zlib-stream``, ``zstd-stream`` (extra: zstd) or None.
        events: The names of the events to yield (``MESSAGE_CREATE``), None for all. What is not
            named is never decoded.
        connection_events: Yield `ConnectionEvent` objects (`Connected`, `Disconnected`, …) too.
        state: A session from `state` to go on with instead of starting a new one.
        gateway_info: Asked before each new session for the address and the day's budget.
        buffer_bytes: How much JSON may wait to be taken; past it reading stops for a while.
        max_message_size: The largest payload, inflated, in bytes; a larger one ends the
            connection.
        timeouts: The deadlines of each step.
        tls: Replaces the default TLS context.
        name: The first part of the threads' names.
        decode: Replaces the decoder of events.

    Raises:
        InvalidArgument: One of the arguments cannot be right; the message says which.
        MissingExtra: zstd-stream without the extra ``zstd``.

    See https://discord.com/developers/docs/events/gateway
    """

    def __init__(
        self,
        token: str | None = None,
        *,
        intents: int,
        url: str = "wss://gateway.discord.gg",
        shard: tuple[int, int] = (0, 1),
        presence: Mapping[str, Any] | None = None,
        large_threshold: int | None = None,
        compress: str | None = "zlib-stream",
        events: Collection[str] | None = None,
        connection_events: bool = False,
        state: SessionState | None = None,
        gateway_info: Callable[[], GatewayInfo] | None = None,
        buffer_bytes: int = 1 << 26,
        max_message_size: int = 1 << 26,
        timeouts: Timeouts | None = None,
        tls: ssl.SSLContext | None = None,
        name: str = "disruption",
        decode: Decoder = decode_event,
    ) -> None:
        check_compression(compress)
        number, count = shard
        if not 0 <= number < count:
            raise InvalidArgument(f"shard={shard}: the number must be 0 to {count - 1}")
        if large_threshold is not None and not 50 <= large_threshold <= 250:
            raise InvalidArgument(f"large_threshold={large_threshold} is not 50 to 250")
        token = checked_token(token)
        timeouts = timeouts or Timeouts()
        self.counters = Counters()
        self._decode = decode
        self._buffer = EventBuffer(
            self.counters, buffer_bytes, names=events, connection_events=connection_events
        )
        session = Session(
            token,
            intents=int(intents),
            shard=(number, count),
            url=check_gateway_url(url),
            presence=presence,
            large_threshold=large_threshold,
            state=state,
            timeouts=timeouts,
        )
        self._connection = Connection(
            session,
            token,
            self._buffer,
            compress=compress,
            gateway_info=gateway_info,
            handled=self._buffer.handled,
            counters=self.counters,
            name=name,
            timeouts=timeouts,
            max_message_size=max_message_size,
            tls=tls,
        )
        self._members = MemberFetcher(self._connection, int(intents))
        self._started = False
        self._closed = False
        self._final: SessionState | None = None  # the state at the close, before the buffer went

    def __repr__(self) -> str:
        return f"<Gateway {self._connection!r}>"

    # Life -----------------------------------------------------------------------------------

    def connect(self, timeout: float | None = None) -> None:
        """Connect and wait until a session is established; return at once when one was.

        Args:
            timeout: Seconds; None retries for as long as it takes.

        Raises:
            FatalClose: Discord refused for good; says what to do.
            ConnectionFailed: There was no session before the timeout; it goes on being tried.
            AlreadyConnected: This process already holds the shard with this token.
            ClientStopped: The gateway was closed.
        """
        self._start()
        self._connection.wait_established(timeout)

    def _start(self) -> None:
        if self._closed:
            raise ClientStopped("the gateway was closed; make a new one")
        if not self._started:
            self._connection.start()
            self._started = True

    def close(self, code: int = END_SESSION, timeout: float = 10.0) -> bool:
        """End the connection, its threads and the iteration; may be called twice.

        Args:
            code: 1000 ends the session. 4000 keeps it for a few minutes, so that a new process
                can go on with what `state` returns after this.
            timeout: Seconds to wait for the threads.

        Returns:
            Whether both threads have ended.
        """
        self._closed = True
        with self._open_end():
            ended = self._connection.stop(code, timeout)
        if self._final is None:
            self._final = self._connection.state()
        self._buffer.close()
        return ended

    def __enter__(self) -> Gateway:
        try:
            self.connect()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Events ---------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Event | ConnectionEvent]:
        """Yield events as they come, connecting first where that has not happened."""
        self._start()
        try:
            while True:
                yield self.next_event()
        except ClientStopped:
            return
        finally:
            self._buffer.done()

    def next_event(self, timeout: float | None = None) -> Event | ConnectionEvent:
        """Return the next event; the one before it counts as handled from now on.

        Raises:
            WaitTimeout: None came within `timeout` seconds.
            ClientStopped: The gateway was closed.
            GatewayError: Discord refused for good.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            left = left_until(deadline)
            item = self._buffer.take(left)
            if isinstance(item, ConnectionEvent):
                return item
            event = self._decoded(item.name, item.data)
            if event is not None:
                return event

    def _decoded(self, name: str, data: bytes | msgspec.Raw) -> Event | None:
        try:
            return self._decode(name, data)
        except DecodeError as error:
            self.counters.add(f"gateway.dropped.{name}")
            log.error("%s was dropped: %s", name, error)
            return None

    # Commands -------------------------------------------------------------------------------

    def send(self, payload: Mapping[str, Any] | bytes, *, timeout: float | None = 30.0) -> None:
        """Send a whole payload, waiting for a session and for the limit of 120 a minute.

        Args:
            payload: ``{"op": …, "d": …}``.
            timeout: Seconds to wait at most, None for no limit.

        Raises:
            PayloadTooLarge: It has more than 4096 bytes.
            NotConnected: There was no session in time, or it broke while this was sent.
            WaitTimeout: The limit would last longer than the timeout.
        """
        if not self._started:
            raise NotConnected("the gateway is not connected: call connect() first")
        self._connection.send(payload, timeout=timeout)

    def fetch_members(
        self,
        guild_id: SnowflakeLike,
        *,
        query: str | None = None,
        limit: int = 0,
        user_ids: Iterable[SnowflakeLike] | None = None,
        presences: bool = False,
        timeout: float | None = 60.0,
    ) -> list[GuildMember]:
        """Ask for members of a guild and wait until all have come.

        Without `query` and `user_ids` it asks for every member, which Discord allows once in
        30 s for each guild.

        Args:
            guild_id: Of which guild.
            query: What the names begin with; needs a limit.
            limit: How many at most, up to 100.
            user_ids: Which ones; more than 100 are asked for in several requests.
            presences: Whether presences come too (in the GUILD_MEMBERS_CHUNK events).
            timeout: Seconds for everything together.

        Raises:
            InvalidArgument: The query breaks one of Discord's limits.
            IntentNotRequested: It needs GUILD_MEMBERS or GUILD_PRESENCES.
            WaitTimeout: The answer was not complete in time.

        See https://discord.com/developers/docs/events/gateway-events#request-guild-members
        """
        if not self._started:
            raise NotConnected("the gateway is not connected: call connect() first")
        with self._open_end():
            chunks = self._members.fetch(
                guild_id,
                query=query,
                limit=limit,
                user_ids=user_ids,
                presences=presences,
                timeout=timeout,
            )
        return members_of(chunks)

    @contextlib.contextmanager
    def _open_end(self) -> Iterator[None]:
        """Keep the reader going in this block, however full the buffer is."""
        self._buffer.hold_open(1)
        try:
            yield
        finally:
            self._buffer.hold_open(-1)

    # What is known --------------------------------------------------------------------------

    def state(self) -> SessionState | None:
        """Return what another process needs to go on with this session, None without one.

        Its sequence is that of the last event before which everything was handled: an event
        counts as handled when the next one is asked for.
        """
        return self._final if self._final is not None else self._connection.state()

    @property
    def latency(self) -> float | None:
        """Seconds between the last answered heartbeat and its answer, None before the first."""
        return self._connection.latency

    @property
    def is_ready(self) -> bool:
        """Whether a session is established at this moment."""
        return self._connection.is_ready

    @property
    def stats(self) -> dict[str, float]:
        """Counts of all that was received, dropped, retried and resumed, and what waits now."""
        counts: dict[str, float] = dict(self.counters.snapshot())
        counts["gateway.waiting"] = len(self._buffer)
        latency = self.latency
        if latency is not None:
            counts["gateway.latency"] = latency
        return counts
