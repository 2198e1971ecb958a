"""From decoded events to the user's functions: queue, ordering, worker pool, waiters.

Usable alone: a `Dispatcher` takes any objects as events.
"""

from .dispatcher import Dispatcher, DispatchStats
from .expected import Expected
from .ordering import Ordering
from .progress import Progress, SessionProgress
from .reports import PoolStats, StuckHandler
from .router import Router
from .stream import Stream
from .submit import Job, Submitter
from .times import HandlerTime
from .worker import blocking

__all__ = [
    "DispatchStats",
    "Dispatcher",
    "Expected",
    "HandlerTime",
    "Job",
    "Ordering",
    "PoolStats",
    "Progress",
    "Router",
    "SessionProgress",
    "Stream",
    "StuckHandler",
    "Submitter",
    "blocking",
]
