"""Moments in time that always have a zone.

Discord writes its times with one. A time without is taken as UTC, so that it can be
compared with the others: the strict decoder refuses it, and the lenient one mends it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import msgspec

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["Timestamp"]

if TYPE_CHECKING:
    Timestamp: TypeAlias = datetime
    """A `datetime` with a zone."""
else:
    Timestamp = Annotated[datetime, msgspec.Meta(tz=True)]
