"""REST: see `app.create_app`."""

from __future__ import annotations

from .app import create_app
from .serve import RestServer, serve

__all__ = ["RestServer", "create_app", "serve"]
