"""What all events have in common, whether the gateway brings them or a webhook."""

from __future__ import annotations

from typing import Any, ClassVar

__all__ = ["Event"]


class Event:
    """An event. One that carries a whole object is a subclass of that object's class."""

    event_name: ClassVar[str] = ""
    """The wire name, ``MESSAGE_CREATE``."""

    _shard_id = 0
    _sequence = 0
    _old: Any = None

    @property
    def shard_id(self) -> int:
        """The shard that received it."""
        return self._shard_id

    @property
    def sequence(self) -> int:
        """Its number in the session of its shard."""
        return self._sequence

    @property
    def old(self) -> Any:
        """What an update or delete found in the cache, before it; None without a cache."""
        return self._old
