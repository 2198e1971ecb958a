"""What did not fit, told in the log: each kind of fault at once, and then once a minute.

A server that sends one wrong field in every message must not fill the log. What is
not logged is counted all the same, and told with the next line.
"""

from __future__ import annotations

import logging
import re
import time
import weakref

from ...counters import Counters
from ...throttle import OncePerKind
from .base import Api

__all__ = ["report"]

_log = logging.getLogger("disruption.types")
_KINDS = 256  # told apart; a server could invent ever new ones
_NUMBERS = re.compile(r"\d+")

_told: weakref.WeakKeyDictionary[Counters, OncePerKind] = weakref.WeakKeyDictionary()


def report(text: str, kind: str, api: Api | None) -> None:
    """Log a fault of what was received, unless one like it was logged within the last minute.

    Args:
        text: The line.
        kind: What tells it from other faults; numbers in it do not.
        api: Who received it. What nobody received is always logged.
    """
    if api is None:
        _log.warning("%s", text)
        return
    told = _told.setdefault(api.counters, OncePerKind(_KINDS))
    tail = told.tail(_NUMBERS.sub("#", kind), time.monotonic())
    if tail is not None:
        _log.warning("%s%s", text, tail)
