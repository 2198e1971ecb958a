"""Fixtures for the tests of the local Discord: its REST, and its page in a browser."""

from __future__ import annotations

from local_rest_support import limited, stage
from page_browser import admin, browser, chromium, discord

__all__ = ["admin", "browser", "chromium", "discord", "limited", "stage"]
