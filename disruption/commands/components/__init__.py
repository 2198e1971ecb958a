"""Components and modals: functions for custom ids, and views that keep their state."""

from __future__ import annotations

from .route import Route, Routes

__all__ = ["Route", "Routes"]
