"""The moment a thing was made, which its id tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.snowflake import snowflake_time

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Protocol

    class _Identified(Protocol):
        @property
        def id(self) -> int: ...


__all__ = ["Created"]


class Created:
    """The base of entities whose ids say when they were made."""

    @property
    def created_at(self: _Identified) -> datetime:
        """When it was made (UTC, to the millisecond); its id says so.

        See https://discord.com/developers/docs/reference#snowflakes
        """
        return snowflake_time(self.id)
