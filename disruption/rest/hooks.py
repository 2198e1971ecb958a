"""Seeing the HTTP beneath: hooks on every attempt, and raw answers of single calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from disruption.errors import InvalidArgument

if TYPE_CHECKING:
    from disruption.counters import Counters
    from disruption.rest.http import Reply

__all__ = ["Exchange", "Hook", "RawResponse", "capture", "captured", "tell"]

_log = logging.getLogger("disruption.rest")
_T = TypeVar("_T")
_P = ParamSpec("_P")


@dataclass(frozen=True)
class Exchange:
    """One attempt of a request and what came of it, without ids, tokens or contents.

    Attributes:
        method: The HTTP method.
        route: The route template; of a download ``https://`` and the host alone.
        status: The HTTP status, None where no answer came.
        seconds: How long it took, waits for rate limits not included.
        attempt: Which attempt of the call it was, from 1.
        bucket: The rate-limit bucket, where the answer told.
        sent: Bytes of the body that was sent, None where a file could not tell its size.
        received: Bytes of the answer's body; of a download, those that are to come.
        failure: Why no answer came, else None.
    """

    method: str
    route: str
    status: int | None
    seconds: float
    attempt: int
    bucket: str | None
    sent: int | None
    received: int
    failure: str | None


Hook = Callable[[Exchange], object]
"""Called after each attempt, in the thread that asks; an error in it is logged and counted."""


def tell(hooks: Sequence[Hook], exchange: Exchange, counters: Counters) -> None:
    """Call the hooks; one that raises takes nothing from the others or the call."""
    for hook in tuple(hooks):
        try:
            hook(exchange)
        except Exception:
            counters.add("rest.hook_errors")
            _log.exception("a hook on requests raised: %r", hook)


captured: ContextVar[list[Reply] | None] = ContextVar("disruption.replies", default=None)
"""Where the answers that come in this context are kept, None for nowhere."""


@dataclass(frozen=True)
class RawResponse(Generic[_T]):
    """What a call returned, with the HTTP of its last answer around it.

    Attributes:
        value: What the call returned.
        status: The HTTP status.
        headers: The headers; names in any case.
        body: The body's bytes, decompressed; not shown in the repr.
    """

    value: _T
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def capture(function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> RawResponse[_T]:
    """Call `function` and return what it returned with the last answer that came for it.

    Raises:
        InvalidArgument: It made no request in this thread.
    """
    if not callable(function):
        raise InvalidArgument(f"with_raw_response takes a function, not {function!r:.60}")
    replies: list[Reply] = []
    token = captured.set(replies)
    try:
        value = function(*args, **kwargs)
    finally:
        captured.reset(token)
    if not replies:
        raise InvalidArgument("with_raw_response: the function made no request in this thread")
    reply = replies[-1]
    return RawResponse(value, reply.status, reply.headers, reply.body)
