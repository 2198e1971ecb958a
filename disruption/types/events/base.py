"""What all gateway events have in common."""

from __future__ import annotations

from typing import Any

from ..core.base import Model, model
from ..core.event import Event

__all__ = ["Event", "UnknownEvent"]


@model
class UnknownEvent(Model, Event):
    """An event that Discord added after this library was made; `data` is all of it."""

    name: str
    data: Any = None
