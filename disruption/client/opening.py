"""How a client opens its connection: with which intents, where, and on which session."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..counters import Counters
from ..errors import AuthenticationFailed, ClientStopped, DisruptionError, Unauthorized
from ..handler import Handler
from ..slices import left_until
from ..types import PRIVILEGED_INTENTS, Intents

if TYPE_CHECKING:
    from ..commands.sync import SyncMode
    from ..gateway import Connection, GatewayInfo, MemberFetcher, SessionState, Timeouts
    from ..rest import Rest
    from .sink import Sink

__all__ = ["Opening"]

_log = logging.getLogger("disruption.client")


class Opening:
    """The part of the client that opens its connection."""

    name: str
    handler: Handler | None
    counters: Counters
    _token: str
    _asking: Rest
    _given_intents: Intents | None
    _content_intent: bool
    _shard: tuple[int, int]
    _presence: Mapping[str, Any] | None
    _large_threshold: int | None
    _compress: str | None
    _max_message_size: int
    _timeouts: Timeouts
    _sink: Sink
    _sync: SyncMode | None
    _sync_at_start: Callable[[SyncMode | None], None]
    _set_up: bool
    _changed: threading.Condition  # guards what follows
    _listened: list[tuple[type, Callable[..., object]]]  # what `on` registered
    _state: SessionState | None  # to go on with
    _connection: Connection | None
    _members: MemberFetcher | None
    _intents: Intents | None  # what the connection asked for
    _running: bool
    _stopping: bool
    _life: int

    def _open(self, life: int, deadline: float | None) -> Connection:
        """Start the connection; return it, not established yet."""
        from . import parts

        if self.handler is not None and not self._set_up:
            self.handler.setup(self)  # type: ignore[arg-type]  # it is the client
            self._set_up = True
        self._sync_at_start(self._sync)
        intents = self._choose_intents()
        self._check_privileged(intents, left_until(deadline))
        state = self._state
        session = parts.Session(
            self._token,
            intents=int(intents),
            shard=self._shard,
            presence=self._presence,
            large_threshold=self._large_threshold,
            state=state,
            timeouts=self._timeouts,
        )
        sink = self._sink
        number = self._shard[0]

        def handled() -> int:
            received = session.sequence or 0  # first: events up to it have been pushed
            return sink.handled(number, received)

        sink.begin(number, state.sequence if state is not None else 0)
        connection = parts.Connection(
            session,
            self._token,
            sink,
            compress=self._compress,
            gateway_info=self._gateway_info,
            handled=handled,
            counters=self.counters,
            name=self.name,
            timeouts=self._timeouts,
            max_message_size=self._max_message_size,
        )
        members = parts.MemberFetcher(connection, int(intents))
        with self._changed:
            if not self._running or self._stopping or self._life != life:
                raise ClientStopped("the client was stopped while it connected")
            self._connection = connection
            self._members = members
            self._intents = intents
            connection.start()  # only starts threads; a stop must not come between
            self._changed.notify_all()
        return connection

    @property
    def intents(self) -> Intents:
        """What the client asked Discord for, or will."""
        return self._intents if self._intents is not None else self._choose_intents()

    def _choose_intents(self) -> Intents:
        if self._given_intents is not None:
            return self._given_intents | Intents.GUILDS
        classes = [cls for cls, _ in self._listened]
        from .intents import intents_for

        return intents_for(self.handler, classes, content_intent=self._content_intent)

    def _check_privileged(self, intents: Intents, left: float | None) -> None:
        """Ask whether privileged intents are switched on, before an identify is spent."""
        if not intents & PRIVILEGED_INTENTS:
            return
        try:
            timeout = 10.0 if left is None else max(0.1, min(left, 10.0))
            application = self._asking.get_current_application(timeout=timeout)
        except Unauthorized as error:
            raise AuthenticationFailed(
                4004,
                "401: Unauthorized",
                "Copy the token again from https://discord.com/developers/applications → Bot",
            ) from error
        except ClientStopped:
            raise
        except DisruptionError as error:  # the gateway will tell: 4014
            self.counters.add("client.intent_checks_failed")
            _log.warning("Could not ask which privileged intents are switched on: %s", error)
            return
        if application.flags is not None:
            from .intents import check_privileged

            check_privileged(intents, application.flags)

    def _gateway_info(self) -> GatewayInfo:
        """Return where to connect and the day's budget; asked before every identify."""
        found = self._asking.get_gateway_bot(timeout=15.0)
        limit = found.session_start_limit
        from ..gateway import GatewayInfo

        return GatewayInfo(
            url=found.url,
            shards=found.shards,
            total=limit.total,
            remaining=limit.remaining,
            reset_after=limit.reset_after / 1000,
            max_concurrency=limit.max_concurrency,
        )
