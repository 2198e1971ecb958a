"""`Client`: a bot that runs. It owns the parts, starts them and stops them."""

from __future__ import annotations

import atexit
import itertools
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ..counters import Counters
from ..errors import (
    ClientStopped,
    ConnectionFailed,
    FatalClose,
    GatewayError,
)
from ..handler import Handler
from ..slices import left_until, slice_of
from ..timer import Timer
from ..token import checked_token
from ..types import UNSET, Intents, Unset
from ..waker import Waker, waker
from .commanding import Commanding
from .doing import Doing
from .opening import Opening
from .receiving import Receiving
from .serving import Serving
from .tasking import Tasking
from .telling import Telling

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..commands.parameters import Translations
    from ..dispatch.ordering import Ordering
    from ..gateway import (
        Connection,
        MemberFetcher,
        Session,
        SessionState,
        Timeouts,
    )
    from ..types import AllowedMentions
    from .commanding import Prefix

__all__ = ["Client"]

_log = logging.getLogger("disruption.client")
_END_SESSION = 1000  # the close codes that a stop uses; see gateway/closecodes.py
_KEEP_SESSION = 4000
_UNTIL_BROKEN_OFF = 0.9  # of a stop's time; then requests that still run or wait are broken off
_numbers = itertools.count(1)


class Client(Opening, Commanding, Receiving, Doing, Serving, Tasking, Telling):
    """A bot: events from the gateway go to a handler's methods, verbs go to REST.

    ```python
    client = Client(MyBot(), token="…")
    client.run()
    ```

    Args:
        handler: Whose methods take the events; None for a bot of ``@client.on`` functions.
        token: The bot's token; None reads ``DISCORD_TOKEN``.
        intents: Which events Discord shall send; None computes them from what is listened to.
        content_intent: Whether a bot that gets messages asks for their content.
        workers: Handlers that run at once; 1 is strictly serial.
        ordering: ``"channel"``, ``"guild"`` or a function of the event: events of one key run
            in order and one at a time.
        max_threads: Worker threads at most, those that wait inside a handler included.
        patience: Seconds in one handler after which another thread may run beside it.
        queue_bytes: Bytes queued past which typing and presence events are dropped; past twice
            that the reader pauses.
        slow_handler: Seconds after which a running handler is logged with its stack; None: never.
        prefix: What prefix commands begin with: a text, several, a function of the message; None
            for mentions of the bot alone, which always work.
        auto_defer: Seconds after which an interaction that nobody has answered is deferred, also
            while its event is queued; None: never. Discord waits for 3 seconds.
        public_key: The application's, for `wsgi`; None reads ``DISCORD_PUBLIC_KEY``, or Discord is
            asked.
        translations: Texts of the commands, and of `Context.text`, in other languages.
        sync: ``"apply"`` syncs the commands at each start, as `sync_commands` does; ``"warn"``
            logs what differs on Discord; None leaves it to you.
        shard: Shard number and shard count.
        presence: The first presence, from `disruption.gateway.presence_data`.
        large_threshold: Guilds with more members come without the offline ones, 50 to 250.
        compress: ``zlib-stream``, ``zstd-stream`` (extra: zstd) or None.
        max_message_size: Bytes of one gateway message at most, inflated; more ends the connection.
        session: What `session_state` of an earlier client returned, to resume it.
        rest_url: Where Discord's REST is; None is Discord's own or ``DISRUPTION_REST_URL``.
        allowed_mentions: Whom messages may ping where they do not say; by default nobody but the
            author that is replied to. None for Discord's default, everybody.
        name: The first part of the threads' names.
        timeouts: The deadlines of the gateway's steps.

    Raises:
        InvalidToken: The token cannot be one.
        InvalidHandler: The handler cannot be called as it is written.
        InvalidArgument: Another argument cannot be right.

    See https://discord.com/developers/docs/events/gateway
    """

    def __init__(
        self,
        handler: Handler | None = None,
        token: str | None = None,
        *,
        intents: Intents | int | None = None,
        content_intent: bool = True,
        workers: int = 8,
        ordering: Ordering = None,
        max_threads: int = 256,
        patience: float = 0.25,
        queue_bytes: int = 64 << 20,
        slow_handler: float | None = 10.0,
        auto_defer: float | None = 1.5,
        prefix: Prefix = "!",
        public_key: str | None = None,
        translations: Translations | None = None,
        sync: Literal["apply", "warn"] | None = None,
        shard: tuple[int, int] = (0, 1),
        presence: Mapping[str, Any] | None = None,
        large_threshold: int | None = None,
        compress: str | None = "zlib-stream",
        max_message_size: int = 64 << 20,
        session: SessionState | None = None,
        rest_url: str | None = None,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        name: str | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        from . import parts  # gateway, REST and dispatcher load with the first client

        if handler is not None:
            parts.check_handler(handler)
        parts.check_compression(compress)
        parts.check_options(
            intents=intents,
            sync=sync,
            shard=shard,
            presence=presence,
            large_threshold=large_threshold,
            max_message_size=max_message_size,
            session=session,
            name=name,
            timeouts=timeouts,
            workers=workers,
            max_threads=max_threads,
            patience=patience,
            slow_handler=slow_handler,
            auto_defer=auto_defer,
            queue_bytes=queue_bytes,
        )
        number = next(_numbers)
        self.name = name or ("disruption" if number == 1 else f"disruption-{number}")
        self.handler = handler
        self.counters = Counters()
        self._token = checked_token(token)
        self.rest = parts.Rest(
            self._token,
            base_url=rest_url,
            allowed_mentions=(
                parts.DEFAULT_MENTIONS if isinstance(allowed_mentions, Unset) else allowed_mentions
            ),
            counters=self.counters,
            api=self,
        )
        # What the gateway asks REST goes this way, so that a stop can end it before the handlers.
        self._asking = parts.Rest(self._token, base_url=rest_url, counters=self.counters, api=self)
        self._given_intents = None if intents is None else Intents(int(intents))
        self._content_intent = content_intent
        self._shard = (int(shard[0]), int(shard[1]))
        self._presence = presence
        self._large_threshold = large_threshold
        self._compress = compress
        self._max_message_size = max_message_size
        self._timeouts = timeouts or parts.Timeouts()
        self._router = parts.Router(handler, parts.methods(), defaults=Handler)
        self._listened: list[tuple[type, Callable[..., object]]] = []  # what `on` registered
        self._timer = Timer(f"{self.name}-timer", counters=self.counters)
        self._submitter = parts.Submitter(self.name, counters=self.counters)
        self.dispatcher = parts.Dispatcher(
            self._router,
            name=self.name,
            timer=self._timer,
            counters=self.counters,
            workers=workers,
            ordering=ordering,
            max_threads=max_threads,
            patience=patience,
            queue_bytes=queue_bytes,
            slow_handler=slow_handler,
            on_error=self._on_error,
            on_exit=self._on_exit,
        )
        self._deferrals = parts.Deferrals(
            self.name,
            delay=auto_defer,
            policy=self._defer_policy,
            timer=self._timer,
            counters=self.counters,
        )
        self._sink = parts.Sink(
            self.dispatcher, self, self.counters, self._deferrals, self._on_fatal
        )

        self.prefix = prefix
        self.translations = translations
        self._sync = sync
        self._commands = None  # from the first one that is defined

        self._changed = threading.Condition()  # guards what follows
        self._state = session  # to go on with at the next connect; not while one is running
        self._connection: Connection | None = None
        self._before: Session | None = None  # of the connection before this one
        self._members: MemberFetcher | None = None
        self._intents: Intents | None = None  # what the connection asked for
        self._fatal: GatewayError | None = None
        self._running = False
        self._stopping = False
        self._life = 0  # counts the starts: who was overtaken by a stop and a start can tell
        self._stopper: threading.Thread | None = None  # stops because a handler asked to exit
        self._wakers: list[Waker] = []  # of the threads in `start`
        self._set_up = False
        self._started_at = 0.0
        self._public_key = public_key
        self._wsgi = None
        self._http_only = False
        self._http_ready = None

    def __repr__(self) -> str:
        state = "ready" if self.is_ready else "running" if self._running else "stopped"
        return f"<Client {self.name} shard={self._shard} {state}>"

    # Start and stop -------------------------------------------------------------------------

    def connect(self, timeout: float | None = None) -> None:
        """Start the threads and return when a session is established; at once if one is.

        Failures that may pass are tried again after 1, 2, 4, 8, 16, 32, 60, 60 … seconds.

        Args:
            timeout: Seconds; None for as long as it takes.

        Raises:
            AuthenticationFailed: Discord does not know the token.
            DisallowedIntents: A privileged intent is not switched on; says which and where.
            FatalClose: Discord refused for another reason; says what to do.
            ConnectionFailed: There was no session before the timeout. The client is stopped.
            AlreadyConnected: Another client of this process holds the token and shard.
            ClientStopped: `stop` was called meanwhile.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        life = self._begin()
        if life is None:
            connection = self._opened(deadline)
            if connection is None:
                raise self._fatal or ClientStopped("the client was stopped while it connected")
            connection.wait_established(left_until(deadline))
            return
        try:
            self._open(life, deadline).wait_established(left_until(deadline))
            self._start_tasks(life)
        except BaseException as error:
            if isinstance(error, FatalClose):
                self._on_fatal(error)  # other threads may wait for the session too
            self._stop(life, keep_session=self._state is not None)  # it may still be resumed
            raise

    def start(self, *, block: bool = True) -> None:
        """Connect where that has not happened, and return when the client has stopped.

        Ctrl-C stops the client and is raised again.

        Args:
            block: False returns as soon as the client is connected.

        Raises:
            GatewayError: What ended the connection for good; and all that `connect` raises.
        """
        try:
            self.connect()
        except ClientStopped:
            if not block:
                raise
            return  # a handler that stops the client may be quicker than this thread
        if block:
            try:
                self._wait_stopped()
            except BaseException:
                self.stop()
                raise

    def run(self) -> None:
        """Connect, block, and stop cleanly at Ctrl-C or SIGTERM.

        Signal handlers are installed for as long as this runs, and only in the main thread;
        those the program had are called too. A second Ctrl-C does not wait for handlers.

        Raises:
            GatewayError: As `start`.
        """
        from .signals import StopRequested, raise_on_signals

        try:
            with raise_on_signals():
                self.start()
        except StopRequested as request:
            _log.info("stopped by %s", request)

    def stop(self, timeout: float = 10.0, *, keep_session: bool = False) -> None:
        """Close the gateway, let handlers finish, end every thread; from any thread, twice too.

        Shortly before the deadline, requests that are not answered yet, or wait for a rate limit,
        are broken off and raise. A handler that still blocks at the deadline is logged with its
        stack; its thread is a daemon and the only one that is left.

        Args:
            timeout: Seconds for everything.
            keep_session: Leave the session open on Discord's side for a few minutes, so that
                the next client can go on with `session_state`.
        """
        self._stop(None, timeout, keep_session)

    def _stop(self, life: int | None, timeout: float = 10.0, keep_session: bool = False) -> None:
        """Stop, but where `life` is given only what was started then."""
        deadline = time.monotonic() + timeout
        with self._changed:
            if not self._running or life not in (None, self._life):
                return
            if self._stopping:  # another thread is at it
                if threading.current_thread().name.startswith(f"{self.name}-"):
                    return  # one that it may be waiting for
                while self._running and (left := deadline - time.monotonic()) > 0:
                    self._changed.wait(slice_of(left))
                return
            self._stopping = True
            connection = self._connection
            self._changed.notify_all()
        state: SessionState | None = None
        try:
            self._asking.close(abort=True)
            self.dispatcher.interrupt()
            self._interrupt_tasks()
            breaking_off = self._timer.call_later(
                max(0.0, timeout * _UNTIL_BROKEN_OFF), lambda: self.rest.close(abort=True)
            )
            if connection is not None:
                connection.stop(_KEEP_SESSION if keep_session else _END_SESSION, timeout)
            self.dispatcher.stop(max(0.0, deadline - time.monotonic()))
            self._stop_tasks(deadline)
            self._submitter.stop(max(0.0, deadline - time.monotonic()))
            if not breaking_off.cancel():
                self.rest.open()  # for what is still to be said to those who wait for an answer
            self._deferrals.stop(
                max(0.0, deadline - time.monotonic()),
                keep_session=keep_session and connection is not None,
            )
            self._timer.stop(max(0.1, deadline - time.monotonic()))
            self.rest.close()
            if keep_session:  # only now: the handlers have ended
                state = connection.state() if connection is not None else self._state
        finally:  # a second Ctrl-C may have come
            with self._changed:
                self._state = state
                self._running = False
                self._stopping = False
                self._http_only = False
                self._http_ready = None
                self._tell()
        _log.info("%s stopped", self.name)

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait_until_ready(self, timeout: float | None = None) -> None:
        """Wait until a session is established.

        Raises:
            ConnectionFailed: There was none before the timeout.
            GatewayError: Discord refused for good.
            ClientStopped: The client is not running.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        connection = self._opened(deadline)
        if connection is None:
            raise self._fatal or ClientStopped("the client is not connected: call connect() first")
        connection.wait_established(left_until(deadline))

    def _opened(self, deadline: float | None) -> Connection | None:
        """Return the connection once the thread that starts the client has made it.

        None where the client is stopped, or is stopped meanwhile.
        """
        with self._changed:
            while self._running and self._connection is None and not self._http_only:
                left = left_until(deadline)
                if left is not None and left <= 0:
                    raise ConnectionFailed("the client is still being started by another thread")
                self._changed.wait(slice_of(left))
            return self._connection if self._running else None

    def _begin(self) -> int | None:
        """Start the parts that have no thread yet; None where the client runs already.

        Returns:
            The number of this life, for `_open` and `_stop`.
        """
        with self._changed:  # also a stop must find all of it started, or nothing
            if self._running:
                if not self._http_only:
                    return None
                self._http_only = False  # what is missing is a connection
                return self._life
            self._running = True
            self._stopping = False
            self._life += 1
            self._fatal = None
            if self._connection is not None:
                self._before = self._connection.session
            self._connection = None
            self._members = None
            self._intents = None
            self._stopper = None
            self._started_at = time.monotonic()
            self._asking.open()
            self.rest.open()
            self._timer.start()
            self._submitter.start()
            self._deferrals.start()
            self.dispatcher.start()
            _started.add(self)
            return self._life

    def _wait_stopped(self) -> None:
        with waker() as ours:
            try:
                with self._changed:
                    self._wakers.append(ours)
                while self._running and self._fatal is None:
                    ours.wait()
            finally:
                with self._changed:
                    self._wakers = [each for each in self._wakers if each is not ours]
        error, stopper = self._fatal, self._stopper
        if error is not None:
            self.stop()
            raise error
        if stopper is not None and stopper is not threading.current_thread():
            while stopper.is_alive():  # it has done all it had to
                stopper.join(slice_of(None))

    def _tell(self) -> None:
        """Wake those who wait for a change of the state; the caller holds `_changed`."""
        self._changed.notify_all()
        for sleeping in self._wakers:
            sleeping.wake()

    # What the parts tell ---------------------------------------------------------------------

    def _on_fatal(self, error: GatewayError) -> None:
        """Wake everyone who waits; called on the reader."""
        self.dispatcher.fail(error)
        with self._changed:
            self._fatal = error
            self._tell()

    def _on_error(self, error: BaseException, event: object) -> None:
        handler = self.handler if self.handler is not None else _DEFAULT
        handler.on_error(error, event)

    def _on_exit(self, error: BaseException) -> None:
        """A handler asked to exit: stop, on a thread that is not one of those to be ended."""
        with self._changed:
            if self._stopper is not None:
                return
            # A daemon: it may have to wait for handlers that do not end. `start` joins it.
            self._stopper = threading.Thread(
                target=self.stop, name=f"{self.name}-stop", daemon=True
            )
        self._stopper.start()


_DEFAULT = Handler()

_started: weakref.WeakSet[Client] = weakref.WeakSet()  # those that the interpreter's exit stops


@atexit.register
def _stop_all() -> None:
    """Let handlers end before the interpreter does: a thread that prints in its end aborts it.

    Discord keeps the sessions for a few minutes, as after a crash.
    """
    for client in list(_started):
        client.stop(1.0, keep_session=True)


def _after_fork() -> None:
    """Let clients that served without a connection do so in a forked child too."""
    for client in list(_started):
        if client._http_only:
            client._forget_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
