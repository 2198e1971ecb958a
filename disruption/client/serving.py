"""How a client takes interactions over HTTP: `wsgi`, with or without a gateway connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import ClientStopped

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..handler import Handler
    from ..wsgi import WSGIApp

__all__ = ["Serving"]

_SET_UP = 30.0  # seconds that requests wait for the handler's `setup` in the thread of the first


class Serving:
    """The part of the client that serves HTTP."""

    handler: Handler | None
    _changed: threading.Condition
    _running: bool
    _stopping: bool
    _life: int
    _set_up: bool
    _public_key: str | None
    _wsgi: WSGIApp | None  # made when it is first asked for
    _http_only: bool  # running without a connection; under _changed
    _http_ready: threading.Event | None  # set when the handler's `setup` has returned

    if TYPE_CHECKING:

        def _begin(self) -> int | None: ...

        def _start_tasks(self, life: int) -> None: ...

        def stop(self, timeout: float = 10.0, *, keep_session: bool = False) -> None: ...

    @property
    def wsgi(self) -> WSGIApp:
        """A WSGI app that takes interactions and webhook events from Discord.

        Its address is given to Discord as the interactions endpoint URL, and as that of webhook
        events. The first request starts the client's threads; the gateway need not be connected.

        Raises:
            InvalidArgument: The public key cannot be one.
            MissingExtra: The extra ``http`` is not installed.

        See https://discord.com/developers/docs/interactions/overview
        """
        found = self._wsgi
        if found is None:
            made = self.wsgi_app()
            with self._changed:  # one for all threads: it knows what came before
                found = self._wsgi = self._wsgi or made
        return found

    def wsgi_app(
        self,
        public_key: str | None = None,
        *,
        answer_within: float = 2.5,
        max_body: int = 1 << 20,
    ) -> WSGIApp:
        """Return a WSGI app with settings of its own; `wsgi` is one as it comes.

        Args:
            public_key: The application's; None for that of the client, the environment's
                ``DISCORD_PUBLIC_KEY``, or what Discord says when the first request comes.
            answer_within: Seconds that a request waits for the handler's answer, which is the
                response then, before the response says that the answer comes later.
            max_body: Bytes of a request at most.

        Raises:
            InvalidArgument: The key cannot be one, or a number makes no sense.
            MissingExtra: The extra ``http`` is not installed.
        """
        from ..wsgi import WSGIApp

        return WSGIApp(
            self,  # type: ignore[arg-type]  # it is the client
            public_key or self._public_key,
            answer_within=answer_within,
            max_body=max_body,
        )

    def start_http(self) -> None:
        """Start the client without a connection to the gateway; twice does nothing.

        The first request does it by itself, in each process that serves, but for tasks and stored
        jobs, which would then run in each of them: they begin with this call, or with `connect`,
        which may follow. After a `stop` requests are turned away until one of the two.

        Raises:
            ClientStopped: The client is being stopped.
        """
        self._ensure_http(again=True)
        self._start_tasks(self._life)

    @contextmanager
    def serving(self) -> Iterator[Self]:
        """Start what `wsgi` needs, and stop the client afterwards.

        ```python
        with client.serving():
            waitress.serve(client.wsgi, port=8080)
        ```
        """
        self.start_http()
        try:
            yield self
        finally:
            self.stop()

    def _ensure_http(self, *, again: bool = False) -> None:
        """Have the parts running; `again` where the client was stopped too."""
        first = False
        with self._changed:
            if self._stopping:
                raise ClientStopped("the client is being stopped")
            if not self._running:
                if self._life and not again:
                    raise ClientStopped("the client was stopped: call start_http() or connect()")
                self._begin()
                self._http_only = first = True
                self._http_ready = threading.Event()
            ready = self._http_ready
        if ready is None:
            return
        if not first:
            ready.wait(_SET_UP)
            return
        try:
            if self.handler is not None and not self._set_up:
                self.handler.setup(self)  # type: ignore[arg-type]  # it is the client
                self._set_up = True
        except BaseException:
            self.stop()
            raise
        finally:
            ready.set()

    def _forget_parent(self) -> None:
        """Be a client that was never started, in a forked child: the threads are not there."""
        self._changed = threading.Condition()
        self._running = self._stopping = self._http_only = False
        self._http_ready = None
        self._life = 0
