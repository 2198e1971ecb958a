"""Fixtures for the tests of the local Discord's REST."""

from __future__ import annotations

from local_rest_support import limited, stage

__all__ = ["limited", "stage"]
