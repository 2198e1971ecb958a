"""How a program receives events beside the handler: `on`, `wait_for`, `expecting`, `events`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import InvalidArgument
from ..types import Intents
from ..types.events import Event

if TYPE_CHECKING:
    from ..dispatch import Dispatcher, Expected, Router, Stream

__all__ = ["Receiving"]

_E = TypeVar("_E")
_F = TypeVar("_F", bound=Callable[..., object])


class Receiving:
    """The part of the client that gives events to functions and to threads that wait."""

    dispatcher: Dispatcher
    _router: Router
    _changed: threading.Condition
    _listened: list[tuple[type, Callable[..., object]]]  # what `on` registered; under _changed
    _intents: Intents | None  # what the connection asked for; None before the first connect
    _running: bool

    def on(self, *classes: type[Any]) -> Callable[[_F], _F]:
        """Call a function with every event of these classes.

        ```python
        @client.on(MessageCreate)
        def greet(message: MessageCreate) -> None: ...
        ```

        Register before `connect`, so that the intents are asked for; after it, only events
        whose intents were asked for can be listened to. `off` takes the function away again.

        Raises:
            InvalidArgument: A class is no event.
            InvalidHandler: The function is an ``async def``, or does not take one event.
            IntentNotRequested: The client connected without the event's intent.
        """
        self._check_classes(classes)

        def register(function: _F) -> _F:
            from .methods import check_function

            check_function(function, "event")
            for cls in classes:
                with self._changed:
                    self._listened.append((cls, function))
                self._router.add(cls, function)
            return function

        return register

    def off(self, function: Callable[..., object]) -> None:
        """Stop calling a function that `on` registered."""
        with self._changed:
            self._listened = [entry for entry in self._listened if entry[1] != function]
        self._router.remove(function)

    def wait_for(
        self,
        *classes: type[_E],
        check: Callable[[_E], object] | None = None,
        timeout: float | None = None,
        **filters: object,
    ) -> _E:
        """Wait for the next event of these classes and return it.

        In a handler the thread's place is given to another one meanwhile. What comes before the
        call is missed: where the answer may follow the question at once, use `expecting`.

        ```python
        answer = client.wait_for(MessageCreate, channel_id=message.channel_id, timeout=60)
        ```

        Args:
            classes: Event classes.
            check: Must return a true value; runs in the calling thread.
            timeout: Seconds; None for as long as it takes.
            filters: Fields the event must have: ``channel_id=``, ``guild_id=``, ``user_id=``, …

        Raises:
            WaitTimeout: None came in time.
            IntentNotRequested: The client connected without the event's intent.
            ClientStopped: The client was stopped.
            GatewayError: The connection ended for good.
        """
        self._check(classes, check)
        return self.dispatcher.wait_for(*classes, check=check, timeout=timeout, **filters)

    def expecting(
        self,
        *classes: type[_E],
        check: Callable[[_E], object] | None = None,
        **filters: object,
    ) -> Expected[_E]:
        """Listen for an event before doing what brings it about, and wait for it after that.

        ```python
        with client.expecting(MessageCreate, channel_id=message.channel_id) as answer:
            message.reply("Sure?")
            text = answer.result(timeout=60).content
        ```

        Args:
            classes: Event classes.
            check: As for `wait_for`.
            filters: As for `wait_for`.

        Raises:
            IntentNotRequested: The client connected without the event's intent.
            ClientStopped: The client was stopped.
            GatewayError: The connection ended for good.
        """
        self._check(classes, check)
        return self.dispatcher.expecting(*classes, check=check, **filters)

    def events(
        self,
        *classes: type[_E],
        check: Callable[[_E], object] | None = None,
        timeout: float | None = None,
        idle: float | None = None,
        max: int | None = None,
        buffer: int = 1000,
        **filters: object,
    ) -> Stream[_E]:
        """Iterate over events from now on.

        ```python
        for message in client.events(MessageCreate, channel_id=channel.id, timeout=60): ...
        ```

        Args:
            classes: Event classes.
            check: As for `wait_for`.
            timeout: Seconds after which the iteration ends.
            idle: Seconds without an event after which it ends.
            max: Events after which it ends.
            buffer: Events that may wait to be taken; past it the oldest are dropped and counted.
            filters: As for `wait_for`.

        Raises:
            IntentNotRequested: The client connected without the event's intent.
        """
        self._check(classes, check)
        return self.dispatcher.events(
            *classes,
            check=check,
            timeout=timeout,
            idle=idle,
            max=max,
            buffer=buffer,
            **filters,
        )

    def _check(self, classes: tuple[type[Any], ...], check: object) -> None:
        from .methods import check_function

        if check is not None:
            check_function(check)  # a coroutine would count as true
        self._check_classes(classes)

    def _check_classes(self, classes: tuple[type[Any], ...]) -> None:
        from .intents import check_requested
        from .methods import methods

        if not classes:
            raise InvalidArgument("name at least one event class, such as MessageCreate")
        for cls in classes:
            known = isinstance(cls, type) and (issubclass(cls, Event) or cls in methods())
            if isinstance(cls, FunctionType):
                raise InvalidArgument(
                    f"{cls.__name__!r} is a function, not an event class: write the class in "
                    "parentheses, @client.on(MessageCreate)"
                )
            if not known:
                raise InvalidArgument(
                    f"{getattr(cls, '__name__', cls)!r} is no event class: take one from "
                    "disruption.types.events, such as MessageCreate"
                )
        intents = self._intents
        if self._running and intents is not None:
            check_requested(classes, intents)
