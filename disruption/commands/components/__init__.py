"""Components and modals: functions for custom ids, and views that keep their state."""

from __future__ import annotations

from .route import Route, Routes
from .view import View, button, select

__all__ = ["Route", "Routes", "View", "button", "select"]
