"""Searches, which Discord may answer with "not yet": what is common to those that there are."""

from __future__ import annotations

import logging
import math
import time
from typing import Any, Final, TypeVar

import msgspec

from disruption import errors
from disruption.rest.checks import check_timeout
from disruption.rest.core import Query, RestCore
from disruption.rest.route import Target
from disruption.slices import pause
from disruption.types import decode

__all__ = ["Searching"]

_log = logging.getLogger("disruption.rest")
_T = TypeVar("_T")
_NOT_READY: Final = 110000
_SHORT: Final = 1.0  # seconds, where Discord says 0: "a short delay"
_LONG: Final = 60.0  # seconds in all, for calls without a timeout


class _NotReady(Exception):
    """The index is not made yet; never leaves this file."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Searching(RestCore):
    """Searching, with patience."""

    def _search(self, cls: type[_T], target: Target, query: Query, timeout: float | None) -> _T:
        """Search, and search again for as long as Discord still makes its index.

        Raises:
            SearchNotReady: It was not made within the timeout, a minute without one.
        """
        api: Any = self.api or self

        def parse(answer: bytes) -> _T:
            wait = _not_ready(answer)
            if wait is not None:
                raise _NotReady(wait)
            return decode(cls, answer, api)

        check_timeout("timeout", timeout)
        timeout = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + (_LONG if timeout is None else timeout)
        while True:
            left = None if timeout is None else max(0.001, deadline - time.monotonic())
            try:
                return self._call(parse, target, query=query, timeout=left)
            except _NotReady as wait:
                seconds = wait.seconds or _SHORT
            self.counters.add("rest.searches_not_ready")
            _log.info("%s: the index is not ready, again in %.1f s", target.route.key, seconds)
            if time.monotonic() + seconds >= deadline:
                raise errors.SearchNotReady(
                    202,
                    _NOT_READY,
                    "Discord has not made its index yet: try again later",
                    retry_after=seconds,
                    method=target.route.method,
                    route=target.route.name,
                )
            if pause(self._stopped, seconds):
                raise errors.ClientStopped("the client was stopped while a search waited")


class _Answer(msgspec.Struct):
    """The part of an answer that tells whether it is one."""

    code: int = 0
    retry_after: float = 0.0


def _not_ready(answer: bytes) -> float | None:
    """Return the seconds to wait, None where the answer is one."""
    try:
        found = msgspec.json.decode(answer, type=_Answer)
    except (ValueError, RecursionError):
        return None  # broken, as the decoder will say
    if found.code != _NOT_READY:
        return None
    return found.retry_after if 0 <= found.retry_after < math.inf else 0.0
