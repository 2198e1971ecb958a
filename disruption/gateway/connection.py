"""The two threads of one shard; every decision is the session's.

Threads, both daemons so that a stuck one cannot hang the interpreter, both
started by `start` and joined by `stop`:

- ``{name}-reader-{shard}`` connects, reads, hands events to the sink, closes
  the socket, waits between attempts. Nobody else does any of these.
- ``{name}-heartbeat-{shard}`` sleeps until the session's next beat or deadline.

`_changed` guards the session, the outbox and `_transport`. It is held neither
while something is sent nor while the sink is called. The reader alone advances
`session.sequence`, without it.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from ..counters import Counters
from ..errors import (
    AuthenticationFailed,
    ClientStopped,
    ConnectionFailed,
    DisruptionError,
    GatewayError,
    InvalidToken,
    Unauthorized,
)
from ..slices import join
from . import registry
from .actions import Action, Close, GiveUp, Note, Opened, Retry, Send, Started, Verdict
from .closecodes import END_SESSION, FATAL, KEEP_SESSION
from .commands import CommandSender
from .failures import PeerClosed, ProtocolViolation, TransportError
from .identify import GatewayInfo, IdentifyPermit, budget_wait, gate_for
from .outbox import Outbox
from .phases import Phase, Timeouts
from .pump import Pump, Tap
from .reporting import Reporter
from .session import Session
from .sink import Connected, EventSink
from .state import SessionState
from .transport import Transport
from .urls import check_gateway_url, connection_url
from .waiting import wait_on

__all__ = ["Connection"]

log = logging.getLogger("disruption.gateway")


class _Stopped(Exception):
    """`stop` was called while the reader waited to connect."""


class Connection(CommandSender):
    """One shard's connection to the gateway, kept up until it is stopped or fatal.

    Args:
        session: The rules and the state.
        token: The bot's token, which shards of one bot are told apart from others by.
        sink: Where events go.
        compress: ``zlib-stream``, ``zstd-stream`` or None.
        gateway_info: Asks ``GET /gateway/bot`` before every identify; without it the session's
            own address is used and the day's budget is not known.
        handled: Returns the highest sequence below which every event has been handled, or None
            where it is not known; used by `state`.
        counters: Where things are counted.
        name: The first part of the threads' names.
        timeouts: The deadlines; the session's unless given.
        max_message_size: The largest frame, message and inflated payload, in bytes.
        tls: Replaces the default TLS context.
        clock: Returns monotonic seconds; replaceable for tests.
    """

    def __init__(
        self,
        session: Session,
        token: str,
        sink: EventSink,
        *,
        compress: str | None = "zlib-stream",
        gateway_info: Callable[[], GatewayInfo] | None = None,
        handled: Callable[[], int | None] | None = None,
        counters: Counters | None = None,
        name: str = "disruption",
        timeouts: Timeouts | None = None,
        max_message_size: int = 1 << 26,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session = session
        self.counters = counters if counters is not None else Counters()
        self.shard = session.shard
        self.error: GatewayError | None = None  # the fatal one, once there is one
        # Called on the reader when a session has begun and when the connection is over.
        self.listeners: list[Callable[[], None]] = []
        self._token = token
        self._compress = compress
        self._gateway_info = gateway_info
        self._handled = handled
        self._timeouts = timeouts or session.timeouts
        self._max_message_size = max_message_size
        self._tls = tls
        self._clock = clock

        self._changed = threading.Condition()
        self._outbox = Outbox(session, self._changed, self.counters, clock)
        self._transport: Transport | None = None  # the one in use; set and cleared by the reader
        self._permit: IdentifyPermit | None = None  # held by the reader until IDENTIFY is sent
        self._stopping = threading.Event()
        self._finished = False  # the reader has ended; under _changed
        self._started = False
        self._forked = False  # this is a copy in a forked child
        self._address_known = gateway_info is None  # whether the session's url has been asked for
        self._last_failure = ""  # why the last attempt ended
        self._held_up = ""  # what the next attempt waits for; set by the reader
        self._close_code: int | None = None  # ours, of the connection that is ending
        self._stop_code: int | None = None  # given to `stop`

        self._report = Reporter(self.shard[0], sink, self.counters, clock)
        self._pump = Pump(
            session,
            sink,
            self._control,
            changed=self._changed,
            report=self._report,
            counters=self.counters,
            clock=clock,
        )
        self._pump.taps.update(READY=self._ready, RESUMED=self._resumed)

        label = f"{self.shard[0]}"
        # Daemons: a sink or a name lookup that never returns must not keep the process alive.
        self._reader = threading.Thread(
            target=self._run_reader, name=f"{name}-reader-{label}", daemon=True
        )
        self._heartbeat = threading.Thread(
            target=self._run_heartbeat, name=f"{name}-heartbeat-{label}", daemon=True
        )

    def __repr__(self) -> str:
        return f"<Connection shard={self.shard} {self.session.phase.name}>"

    # For the owner --------------------------------------------------------------------------

    def tap(self, name: str, tap: Tap) -> None:
        """Call `tap` on the reader thread with each event of this name, wanted or not.

        To be set before `start`. A tap must be quick and must not raise.
        """
        self._pump.taps[name] = tap

    def note(self, note: Note) -> None:
        """Count and log something odd that a tap has found; to be called on the reader."""
        self._report.note(note)

    def start(self) -> None:
        """Start both threads and return at once.

        Raises:
            AlreadyConnected: This process already holds the shard with this token.
            GatewayError: It was started before, or this is a copy in a forked child.
        """
        self._check_fork()
        if self._started:
            raise GatewayError("a connection is started once; make a new one")
        registry.register(self, self._token, self.shard)
        self._started = True
        self._outbox.start()
        if self.session.state_refused:
            self._report.count("gateway.states_refused")
            log.warning(
                "shard %d: the saved session cannot be resumed: %s; starting a new one",
                self.shard[0],
                self.session.state_refused,
            )
        self._reader.start()
        self._heartbeat.start()

    def stop(self, code: int = END_SESSION, timeout: float = 10.0) -> bool:
        """End the connection and both threads; may be called from any thread, twice too.

        Args:
            code: 1000 ends the session, 4000 keeps it for a few minutes so that another process
                can resume it with `state`.
            timeout: Seconds to wait for the threads.

        Returns:
            Whether both threads have ended. One that is not is stuck in the sink or in a name
            lookup; it ends by itself when that returns.
        """
        if self._forked or not self._started:
            return True
        deadline = time.monotonic() + timeout
        with self._changed:
            self._stopping.set()
            self.session.leaving()
            transport = self._transport
            if self._stop_code is None:
                self._stop_code = code
            self._outbox.close(ClientStopped("the gateway connection was stopped"))
        gate_for(self._token).wake()
        if transport is not None:
            # The reader cannot answer itself.
            transport.end(code, "", linger=threading.current_thread() is not self._reader)
        for thread in (self._reader, self._heartbeat):
            if thread is not threading.current_thread():
                join(thread, deadline - time.monotonic())
        return not (self._reader.is_alive() or self._heartbeat.is_alive())

    def wait_established(self, timeout: float | None = None) -> None:
        """Wait until a session is established (READY or RESUMED).

        Raises:
            FatalClose: Discord refused for good.
            ConnectionFailed: There was none before the timeout; says why the last attempt failed.
            ClientStopped: The connection was stopped.
        """
        self._check_fork()
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            while not (self.generation or self._finished or self._stopping.is_set()):
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    break
                wait_on(self._changed, left)
            if self.error is not None:
                raise self.error
            if self._finished or self._stopping.is_set():
                raise ClientStopped("the gateway connection was stopped")
            if not self.generation:
                why = self._last_failure or self._held_up or self.session.phase.value
                cause = TransportError(why)
                raise ConnectionFailed(f"no gateway session within {timeout:g} s: {why}") from cause

    def send(self, payload: Mapping[str, Any] | bytes, *, timeout: float | None = 30.0) -> None:
        """Send a gateway command, waiting for a session and for the send limit.

        Args:
            payload: The whole payload, ``{"op": …, "d": …}``.
            timeout: Seconds to wait at most, None for no limit.

        Raises:
            PayloadTooLarge: It has more than 4096 bytes.
            NotConnected: There was no session before the timeout, or it broke in the middle.
            WaitTimeout: The send limit would last beyond the timeout.
            ClientStopped: The connection was stopped.
        """
        self.transmit(payload, timeout)

    def transmit(self, payload: Mapping[str, Any] | bytes, timeout: float | None) -> int:
        """Do what `send` does and return the `generation` that the payload went to."""
        self._check_fork()
        return self._outbox.transmit(payload, timeout)

    @property
    def generation(self) -> int:
        """How often a session has begun or was resumed."""
        return self._outbox.generation

    def state(self) -> SessionState | None:
        """Return what another process needs to resume this session, None where there is none."""
        received = self.session.sequence  # before asking: what comes meanwhile is not handled
        handled = self._handled() if self._handled is not None else None
        with self._changed:
            return self.session.export(received if handled is None else handled)

    @property
    def is_alive(self) -> bool:
        """Whether the connection is being kept up."""
        return self._started and not self._finished and not self._forked

    @property
    def is_ready(self) -> bool:
        """Whether a session is established at this moment."""
        return self.session.phase is Phase.READY and not self._forked

    @property
    def latency(self) -> float | None:
        """Seconds between the last answered heartbeat and its answer."""
        return self.session.latency

    def close_at_exit(self) -> None:
        """End quickly because the interpreter exits; the session is left as it is."""
        self.stop(KEEP_SESSION, timeout=1.0)

    def abandon(self) -> None:
        """Let go of everything in a forked child: threads and socket are the parent's."""
        self._forked = True
        self._changed = threading.Condition()
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abandon()

    def _check_fork(self) -> None:
        if self._forked:
            raise GatewayError(
                "this process was forked after the gateway was connected, and threads do not "
                "survive a fork: connect in the child (gunicorn: without --preload, or in "
                "post_fork; Celery: in worker_process_init; Flask: not in the reloader's parent). "
                "REST may be used here."
            )

    # The reader -----------------------------------------------------------------------------

    def _run_reader(self) -> None:
        try:
            while not self._stopping.is_set():
                verdict = self._attempt()
                if isinstance(verdict, GiveUp):
                    return
                if not self._stopping.is_set():
                    self._stopping.wait(verdict.delay)
        except Exception as error:
            self._report.failed("the reader", "gateway.reader_errors")
            fatal = GatewayError(f"the gateway's reader failed: {error!r}")
            fatal.__cause__ = error
            self._fail(None, fatal)
        finally:
            with self._changed:
                self._finished = True
                self._outbox.close(ClientStopped("the gateway connection was stopped"))
                self.session.phase = Phase.OVER
                if self._stop_code == END_SESSION:
                    self.session.forget()
                self._changed.notify_all()
            registry.unregister(self, self._token, self.shard)
            self._call_listeners()

    def _attempt(self) -> Verdict:
        """Connect once and read until the connection ends."""
        code: int | None = None
        counter = ""
        transport: Transport | None = None
        try:
            if not self.session.can_resume:
                self._permit = self._may_identify()
            elif not self._address_known and self.session.target == self.session.url:
                self._learn_address()
            transport = self._open()
            self._pump.run(transport)
        except PeerClosed as closed:
            code, reason = closed.code, closed.reason.replace(self._token, "[token]")
            if code is None:
                reason = "Discord closed the connection without a code"
                counter = "gateway.close_codes.none"
        except ProtocolViolation as error:
            reason, counter = str(error), error.counter
            if transport is not None:
                transport.end(KEEP_SESSION, reason)
        except TransportError as error:
            reason, counter = str(error), error.counter
        except _Stopped:
            return Retry(0.0, self.session.can_resume, "stopped")
        except (Unauthorized, InvalidToken) as error:
            refused = AuthenticationFailed(4004, "the REST API refused the token", FATAL[4004])
            refused.__cause__ = error
            self._fail(None, refused)
            return GiveUp(refused)
        except DisruptionError as error:
            reason = f"the gateway's address could not be learnt: {error}"
            counter = "gateway.info_failures"
        except Exception as error:
            # Whatever it is, the bot must come back from it.
            self._report.failed("the connection", "gateway.reader_errors")
            reason = repr(error)
        finally:
            self._let_go(transport)
        return self._conclude(code, reason, counter)

    def _let_go(self, transport: Transport | None) -> None:
        permit, self._permit = self._permit, None
        if permit is not None:
            permit.give_back()
        if transport is None:
            transport = self._transport
        self._pump.hand_over(more=False)
        if transport is not None:
            transport.close()

    def _conclude(self, code: int | None, reason: str, counter: str) -> Verdict:
        """Ask the session what follows, and tell everyone."""
        stopping = self._stopping.is_set()
        with self._changed:
            self._transport = None
            self._outbox.pause()
            ours, self._close_code = self._close_code, None
            verdict = self.session.ended(code, reason, self._clock())
            if isinstance(verdict, Retry):
                self._last_failure = verdict.reason
            self._changed.notify_all()
        if isinstance(verdict, GiveUp):
            self._fail(code, verdict.error)
        elif stopping:
            self._report.stopped(self._stop_code)
        else:
            if ours is None and counter:
                self._report.count(counter)
            if code is not None:
                self._report.count(f"gateway.close_codes.{code}")
            self._report.disconnected(code if code is not None else ours, verdict)
        return verdict

    def _may_identify(self) -> IdentifyPermit:
        """Wait for this shard's turn and for the day's budget; learn the gateway's address."""
        concurrency = 1
        if self._gateway_info is not None:
            self._held_up = "waiting for the answer that tells the gateway's address"
            info = self._with_budget(self._gateway_info)
            concurrency = info.max_concurrency
            self._adopt_address(info)
        self._held_up = "waiting for its turn to start a session, of which there is one in 5 s"
        permit = gate_for(self._token).acquire(self.shard[0], concurrency, self._stopping.is_set)
        if permit is None:
            raise _Stopped
        self._held_up = ""
        return permit

    def _learn_address(self) -> None:
        """Ask where a saved session can be resumed whose own address is of no use.

        The default address would be Discord's, also where the session is somebody else's.
        """
        if self._gateway_info is not None:
            self._adopt_address(self._gateway_info())

    def _adopt_address(self, info: GatewayInfo) -> None:
        with self._changed:
            self.session.url = check_gateway_url(info.url)
            self._address_known = True

    def _with_budget(self, ask: Callable[[], GatewayInfo]) -> GatewayInfo:
        while True:
            info = ask()
            wait = budget_wait(info)
            if wait <= 0:
                return info
            text = (
                f"only {info.remaining} of {info.total} session starts are left today: waiting "
                f"{wait:.0f} s for the reset; something makes this bot start sessions over and over"
            )
            self._last_failure = text
            self._report.note(Note("gateway.identifies_delayed", text))
            if self._stopping.wait(wait):
                raise _Stopped

    def _open(self) -> Transport:
        with self._changed:
            url = connection_url(self.session.target, self._compress)
        transport = Transport(
            url,
            timeouts=self._timeouts,
            compress=self._compress,
            limit=self._max_message_size,
            drained=self._pump.hand_over,
            tls=self._tls,
        )
        with self._changed:
            if self._stopping.is_set():
                raise _Stopped
            self._transport = transport
            self.session.dialling(self._clock())
            self._changed.notify_all()
        transport.open(self._upgrading)
        with self._changed:
            self.session.opened(self._clock())
            self._changed.notify_all()
        self._report.count("gateway.connects")
        return transport

    def _upgrading(self) -> None:
        with self._changed:
            self.session.upgrading(self._clock())
            self._changed.notify_all()

    def _control(self, op: int, data: bytes | msgspec.Raw) -> None:
        with self._changed:
            actions = self.session.received(op, data, self._clock())
            self._changed.notify_all()
        self._perform(actions, self._transport)

    def _ready(self, name: str, data: bytes | msgspec.Raw) -> None:
        with self._changed:
            actions = self.session.ready(data, self._clock())
        self._perform(actions, self._transport)

    def _resumed(self, name: str, data: bytes | msgspec.Raw) -> None:
        with self._changed:
            actions = self.session.resumed(self._clock())
        self._perform(actions, self._transport)

    # The heartbeat --------------------------------------------------------------------------

    def _run_heartbeat(self) -> None:
        while True:
            try:
                with self._changed:
                    actions = self._next_tick()
                    # The one that they are meant for: the reader may open another meanwhile.
                    transport = self._transport
                if actions is None:
                    return
                self._perform(actions, transport)
            except Exception as error:
                self._report.failed("the heartbeat", "gateway.heartbeat_errors")
                with self._changed:
                    transport = self._transport
                    close = self.session.fail(repr(error), "gateway.heartbeat_errors")
                # A new connection starts with fresh beats and deadlines.
                self._end(close, transport)

    def _next_tick(self) -> list[Action] | None:
        """Wait until something is due and return it, None at the end; under _changed."""
        while not self._finished:
            now = self._clock()
            wake = self.session.wake_at()
            if wake is not None and wake <= now:
                return self.session.tick(now)
            self._changed.wait(None if wake is None else wake - now)
        return None

    # Both -----------------------------------------------------------------------------------

    def _perform(self, actions: list[Action], transport: Transport | None) -> None:
        for action in actions:
            if isinstance(action, Send):
                self._send(action, transport)
            elif isinstance(action, Close):
                self._end(action, transport)
            elif isinstance(action, Note):
                self._report.note(action)
            elif isinstance(action, Opened):
                self._report.tell(Connected(self.shard[0], action.resuming))
            else:
                self._begin(action)

    def _send(self, action: Send, transport: Transport | None) -> None:
        if transport is None:
            return
        try:
            transport.send(action.payload)
        except TransportError as error:
            # The reader sees the same broken socket and says what follows.
            log.debug("shard %d: %s was not sent: %s", self.shard[0], action.kind, error)
            return
        self.counters.add(f"gateway.sent.{action.kind}")
        if action.kind == "identify" and self._permit is not None:
            self._permit.used()

    def _end(self, action: Close, transport: Transport | None) -> None:
        self._report.count(action.counter)
        self._report.say(action.level, "shard %d: closing: %s", self.shard[0], action.reason)
        with self._changed:
            if transport is self._transport and self._close_code is None:
                self._close_code = action.code
        if transport is not None:
            transport.end(action.code, action.reason)

    def _begin(self, action: Started) -> None:
        with self._changed:
            self._outbox.open(self._transport)
            self._last_failure = ""
        self._report.begun(action)
        self._call_listeners()

    def _call_listeners(self) -> None:
        for listener in self.listeners:
            try:
                listener()
            except Exception:
                self._report.failed("a listener of the connection")

    def _fail(self, code: int | None, error: GatewayError) -> None:
        with self._changed:
            self.error = error
            self.session.phase = Phase.OVER
            self._outbox.close(error)
        self._report.fatal(code, error)
