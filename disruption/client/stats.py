"""What a client tells about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..dispatch import DispatchStats

__all__ = ["ClientStats"]


@dataclass(frozen=True)
class ClientStats:
    """A picture of one moment.

    Attributes:
        ready: Whether a session is established.
        latency: Seconds between the last heartbeat and its answer; None before the first.
        uptime: Seconds since `connect`; 0 while stopped.
        dispatch: The queue, the worker threads, the time that handlers took.
        counts: Everything that was received, dropped, retried, resumed or swallowed, by name.
    """

    ready: bool
    latency: float | None
    uptime: float
    dispatch: DispatchStats
    counts: dict[str, int] = field(default_factory=dict)
