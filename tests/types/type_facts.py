"""Where the facts about Discord are: tables in this folder, and the data they were made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def discord_data() -> Path:
    """Return the folder ``shared/discord`` beside the checkout, or skip the test."""
    folder = HERE.parents[2] / "shared" / "discord"
    if not folder.is_dir():
        pytest.skip(f"the data about Discord is not there ({folder})")
    return folder


def structures() -> dict[str, dict[str, Any]]:
    """Return page and name → class and documented fields, or why there is none."""
    table: dict[str, dict[str, Any]] = json.loads((HERE / "documented_structures.json").read_text())
    return table


def enums() -> dict[str, dict[str, Any]]:
    """Return page and name → class and documented values."""
    table: dict[str, dict[str, Any]] = json.loads((HERE / "documented_enums.json").read_text())
    return table


def events() -> dict[str, dict[str, Any]]:
    """Return wire name → class, handler method, and the intents any of which lets it come."""
    table: dict[str, dict[str, Any]] = json.loads((HERE / "documented_events.json").read_text())
    return table
