"""The client: owns gateway, REST and dispatcher, starts and stops them."""

from __future__ import annotations

from .client import Client
from .stats import ClientStats

__all__ = ["Client", "ClientStats"]
