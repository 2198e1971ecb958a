"""Gather guild members from the chunks in which the gateway sends them.

`MemberRequests` holds the rules: which request is sent when, which chunk
belongs to which, when one is complete. `MemberFetcher` blocks on it.

See https://discord.com/developers/docs/events/gateway-events#request-guild-members
"""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import msgspec

from ..errors import DecodeError, IntentNotRequested, NotConnected, WaitTimeout
from ..types import GuildMember, decode
from ..types.core.base import Api
from ..types.events import GuildMembersChunk
from .actions import Note
from .commands import MAX_IDS, Payload, SnowflakeLike, request_guild_members, snowflake
from .waiting import wait_on

__all__ = ["MemberFetcher", "MemberQuery", "MemberRequest", "MemberRequests", "members_of"]

_T = TypeVar("_T")

WHOLE_GUILD_PERIOD = 30.0  # seconds between requests for all members of one guild
SLACK = 0.2  # seconds on top: requests may bunch up on their way

_GUILD_MEMBERS = 1 << 1
_GUILD_PRESENCES = 1 << 8


@dataclass(frozen=True)
class MemberQuery:
    """What is asked for; equal queries are asked once."""

    guild_id: str
    query: str | None = None
    limit: int = 0
    user_ids: tuple[str, ...] | None = None
    presences: bool = False

    @property
    def whole_guild(self) -> bool:
        """Whether it asks for all members."""
        return self.user_ids is None and not self.query and self.limit == 0


@dataclass(eq=False)
class MemberRequest:
    """A query on its way, and what has come for it so far."""

    query: MemberQuery
    due_at: float  # when it may be sent (again); infinite while an answer is awaited
    nonce: str = ""
    sending: bool = False  # some thread is about to send it
    chunks: dict[int, bytes] = field(default_factory=dict)  # chunk_index -> event data
    chunk_count: int | None = None
    waiters: int = 0

    @property
    def complete(self) -> bool:
        """Whether every chunk is there."""
        return self.chunk_count is not None and len(self.chunks) >= self.chunk_count

    def payload(self) -> Payload:
        """Return the command to send."""
        query = self.query
        return request_guild_members(
            query.guild_id,
            query=query.query,
            limit=query.limit,
            user_ids=query.user_ids,
            presences=query.presences,
            nonce=self.nonce,
        )


class _Chunk(msgspec.Struct):
    chunk_index: int
    chunk_count: int
    nonce: str | None = None


class _RateLimited(msgspec.Struct):
    opcode: int
    retry_after: float
    meta: dict[str, Any] = {}


def _read(data: bytes | msgspec.Raw, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(data, type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DecodeError(str(error)) from error


NEVER = float("inf")


class MemberRequests:
    """The rules, without a clock; times are monotonic seconds."""

    def __init__(self) -> None:
        self._open: dict[MemberQuery, MemberRequest] = {}
        self._nonces: dict[str, MemberRequest] = {}  # of the last sending of each open request
        self._whole_at: dict[str, float] = {}  # guild id -> when all its members were asked for
        self._prefix = secrets.token_hex(4)  # told apart from what other processes ask
        self._numbers = itertools.count(1)
        self._generation = 0  # of the session that is running

    def __len__(self) -> int:
        return len(self._open)

    def ask(self, query: MemberQuery, now: float) -> MemberRequest:
        """Return the request for `query`: one that is under way already, or a new one."""
        request = self._open.get(query)
        if request is None:
            request = MemberRequest(query, due_at=now)
            self._open[query] = request
            self._postpone(request, now)
        request.waiters += 1
        return request

    def leave(self, request: MemberRequest) -> None:
        """A waiter has its answer or has given up."""
        request.waiters -= 1
        if request.waiters <= 0:
            self._close(request)

    def due(self, now: float) -> list[Payload]:
        """Return the commands to send now; `sent` or `not_sent` must follow for each."""
        payloads = []
        for request in list(self._open.values()):
            if request.due_at > now:
                continue
            self._postpone(request, now)
            if request.due_at > now:
                continue
            self._nonces.pop(request.nonce, None)
            request.nonce = f"{self._prefix}-{next(self._numbers)}"
            request.chunks.clear()
            request.chunk_count = None
            request.due_at = NEVER
            request.sending = True
            self._nonces[request.nonce] = request
            if request.query.whole_guild:
                self._whole_at[request.query.guild_id] = now
            payloads.append(request.payload())
        return payloads

    def next_at(self) -> float:
        """Return when `due` has something to send, infinity when an answer is awaited."""
        return min((request.due_at for request in self._open.values()), default=NEVER)

    def chunk(self, data: bytes | msgspec.Raw) -> bool:
        """Take a GUILD_MEMBERS_CHUNK; return whether it completed a request.

        Raises:
            DecodeError: It cannot be read.
        """
        chunk = _read(data, _Chunk)
        request = self._nonces.get(chunk.nonce or "")
        if request is None:
            return False
        request.chunks[chunk.chunk_index] = bytes(data)
        request.chunk_count = chunk.chunk_count
        if not request.complete:
            return False
        self._close(request)
        return True

    def rate_limited(self, data: bytes | msgspec.Raw, now: float) -> bool:
        """Take a RATE_LIMITED event; return whether a request was put off by it.

        Raises:
            DecodeError: It cannot be read.
        """
        event = _read(data, _RateLimited)
        if event.opcode != 8:
            return False
        nonce, guild = event.meta.get("nonce"), str(event.meta.get("guild_id", ""))
        request = self._nonces.get(nonce) if isinstance(nonce, str) else None
        refused = [request] if request is not None else self._awaited(guild)
        for one in refused:
            one.due_at = now + max(event.retry_after, 0.0) + SLACK
            self._whole_at.pop(one.query.guild_id, None)  # retry_after says it better
        return bool(refused)

    def _awaited(self, guild: str) -> list[MemberRequest]:
        """Return the unanswered requests for a guild; without a nonce all may be meant."""
        return [
            request
            for request in self._open.values()
            if request.query.guild_id == guild and request.due_at == NEVER and not request.chunks
        ]

    def began(self, generation: int, now: float) -> None:
        """A session has begun or was resumed: what was asked in an older one is asked again."""
        self._generation = generation
        for request in self._open.values():
            if request.due_at == NEVER and not request.sending:
                self._again(request, now)

    def sent(self, nonce: str, generation: int, now: float) -> None:
        """The command with this nonce went to a session of this generation."""
        request = self._nonces.get(nonce)
        if request is not None:
            request.sending = False
            if generation < self._generation and request.due_at == NEVER:
                self._again(request, now)

    def not_sent(self, nonce: str, now: float) -> None:
        """The command with this nonce could not be sent."""
        request = self._nonces.get(nonce)
        if request is not None:
            request.sending = False
            request.due_at = now
            if request.query.whole_guild:
                self._whole_at.pop(request.query.guild_id, None)

    def _again(self, request: MemberRequest, now: float) -> None:
        request.due_at = now
        self._postpone(request, now)

    def _postpone(self, request: MemberRequest, now: float) -> None:
        if not request.query.whole_guild:
            return
        last = self._whole_at.get(request.query.guild_id)
        if last is not None and last + WHOLE_GUILD_PERIOD + SLACK > now:
            request.due_at = last + WHOLE_GUILD_PERIOD + SLACK
        for guild, at in list(self._whole_at.items()):
            if at + WHOLE_GUILD_PERIOD + SLACK <= now:
                del self._whole_at[guild]

    def _close(self, request: MemberRequest) -> None:
        if self._open.get(request.query) is request:
            del self._open[request.query]
        self._nonces.pop(request.nonce, None)


class _Connection(Protocol):
    """What the fetcher needs of a `Connection`."""

    listeners: list[Callable[[], None]]

    @property
    def generation(self) -> int: ...

    def tap(self, name: str, tap: Callable[[str, bytes | msgspec.Raw], None]) -> None: ...

    def note(self, note: Note) -> None: ...

    def transmit(self, payload: Payload, timeout: float | None) -> int: ...


class MemberFetcher:
    """Blocking requests for members on one connection, from any thread.

    The waiting threads send what is due themselves; there is no thread for it.

    Args:
        connection: Not started yet.
        intents: The connection's intents, to refuse what Discord would not answer.
        clock: Returns monotonic seconds.
    """

    def __init__(
        self,
        connection: _Connection,
        intents: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._intents = intents
        self._clock = clock
        self._changed = threading.Condition()  # guards _requests
        self._requests = MemberRequests()
        connection.tap("GUILD_MEMBERS_CHUNK", self._on_chunk)
        connection.tap("RATE_LIMITED", self._on_rate_limited)
        connection.listeners.append(self._on_change)

    def fetch(
        self,
        guild_id: SnowflakeLike,
        *,
        query: str | None = None,
        limit: int = 0,
        user_ids: Iterable[SnowflakeLike] | None = None,
        presences: bool = False,
        timeout: float | None = 60.0,
    ) -> list[bytes]:
        """Return the data of all GUILD_MEMBERS_CHUNK events that answer the query, in order.

        More than 100 ids are asked for in several requests. Equal requests of several threads
        are sent once. All members of one guild are asked for at most once in 30 s.

        Raises:
            InvalidArgument: The query breaks one of Discord's limits.
            IntentNotRequested: It needs an intent that the connection does not have.
            WaitTimeout: The answer was not complete in time.
            GatewayError: The connection ended for good.
        """
        if query is None and user_ids is None:
            query = ""
        queries = self._queries(guild_id, query, limit, user_ids, presences)
        deadline = None if timeout is None else self._clock() + timeout
        with self._changed:
            requests = [self._requests.ask(one, self._clock()) for one in queries]
        try:
            self._wait(requests, deadline)
            return [
                request.chunks[index] for request in requests for index in sorted(request.chunks)
            ]
        finally:
            with self._changed:
                for request in requests:
                    self._requests.leave(request)

    def _queries(
        self,
        guild_id: SnowflakeLike,
        query: str | None,
        limit: int,
        user_ids: Iterable[SnowflakeLike] | None,
        presences: bool,
    ) -> list[MemberQuery]:
        guild = snowflake(guild_id, "guild_id")
        batches: list[tuple[str, ...] | None] = [None]
        if user_ids is not None:
            ids = [snowflake(user, "user_ids") for user in user_ids]
            batches = [tuple(ids[i : i + MAX_IDS]) for i in range(0, len(ids), MAX_IDS)]
        queries = [MemberQuery(guild, query, limit, batch, presences) for batch in batches]
        for one in queries:
            MemberRequest(one, 0.0).payload()  # raises InvalidArgument before anything is sent
            if one.whole_guild and not self._intents & _GUILD_MEMBERS:
                raise IntentNotRequested("all members of a guild need the intent GUILD_MEMBERS")
            if presences and not self._intents & _GUILD_PRESENCES:
                raise IntentNotRequested("presences=True needs the intent GUILD_PRESENCES")
        return queries

    def _wait(self, requests: list[MemberRequest], deadline: float | None) -> None:
        while True:
            with self._changed:
                if all(request.complete for request in requests):
                    return
                now = self._clock()
                left = None if deadline is None else deadline - now
                if left is not None and left <= 0:
                    missing = sum(not request.complete for request in requests)
                    raise WaitTimeout(
                        f"Discord did not answer {missing} of {len(requests)} member requests in "
                        "time"
                    )
                payloads = self._requests.due(now)
                if not payloads:
                    wait = self._requests.next_at() - now
                    if left is not None:
                        wait = min(wait, left)
                    wait_on(self._changed, None if wait == NEVER else wait)
            for payload in payloads:
                self._send(payload, left)

    def _send(self, payload: Payload, timeout: float | None) -> None:
        nonce = payload["d"]["nonce"]
        try:
            generation = self._connection.transmit(payload, timeout)
        except BaseException as error:
            # Another thread may wait for the same answer: let it try.
            with self._changed:
                self._requests.not_sent(nonce, self._clock())
                self._changed.notify_all()
            if not isinstance(error, NotConnected):
                raise
        else:
            with self._changed:
                self._requests.sent(nonce, generation, self._clock())

    def _on_chunk(self, name: str, data: bytes | msgspec.Raw) -> None:
        self._take(name, lambda: len(self._requests) > 0 and self._requests.chunk(data))

    def _on_rate_limited(self, name: str, data: bytes | msgspec.Raw) -> None:
        self._take(name, lambda: self._requests.rate_limited(data, self._clock()))

    def _take(self, name: str, take: Callable[[], bool]) -> None:
        try:
            with self._changed:
                if take():
                    self._changed.notify_all()
        except DecodeError as error:
            text = f"a {name} answers no request for members, it cannot be read: {error}"
            self._connection.note(Note("gateway.bad_payloads", text))

    def _on_change(self) -> None:
        # At the connection's end too: asking again raises in the threads that wait.
        with self._changed:
            self._requests.began(self._connection.generation, self._clock())
            self._changed.notify_all()


def members_of(chunks: Iterable[bytes], api: Api | None = None) -> list[GuildMember]:
    """Return the members in the chunks that `MemberFetcher.fetch` returned."""
    return [member for chunk in chunks for member in decode(GuildMembersChunk, chunk, api).members]
