"""What a client is made of, loaded when the first one is made.

Importing `Client` must be quick: requests, websocket-client and the dispatcher
are not needed before there is one.
"""

from __future__ import annotations

from ..dispatch import Dispatcher, Router, Submitter
from ..gateway import Connection, MemberFetcher, Session, Timeouts, check_compression
from ..rest import Rest
from ..rest.mentions import DEFAULT_MENTIONS
from .deferring import Deferrals
from .methods import check_handler, methods
from .options import check_options
from .sink import Sink

__all__ = [
    "DEFAULT_MENTIONS",
    "Connection",
    "Deferrals",
    "Dispatcher",
    "MemberFetcher",
    "Rest",
    "Router",
    "Session",
    "Sink",
    "Submitter",
    "Timeouts",
    "check_compression",
    "check_handler",
    "check_options",
    "methods",
]
