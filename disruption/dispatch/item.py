"""What is queued for one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from .ordering import Lane
    from .progress import SessionProgress

__all__ = ["URGENT", "Item", "event_name"]

# (rank, event, bytes on the wire, session, sequence in it, lane). A plain tuple, because
# there is one for each event; ranks are unique, and the lowest starts first.
Item: TypeAlias = "tuple[int, Any, int, SessionProgress | None, int, Lane | None]"

URGENT = 1 << 62  # taken off the rank of what overtakes, so that those ranks are negative


def event_name(event: object) -> str:
    """Return an event's name on the wire, or its class's where it has none."""
    cls = type(event)
    name = getattr(cls, "event_name", None)
    return name if isinstance(name, str) else cls.__name__
