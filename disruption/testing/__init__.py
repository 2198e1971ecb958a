"""Test a bot against a Discord of its own, with pytest, unittest or by hand.

    def test_ping(bot, discord):
        discord.user("ann").say("!ping")
        discord.channel().expect("Pong!")

The fixtures are in `plugin` (pytest loads it by itself), `DiscordTestCase` is for unittest, and
the factories (`make_message`, …) make objects for tests that need no server at all. See
docs/testing.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..local.driver import DriverError, ExpectationFailed, MessageView
    from .case import DiscordTestCase
    from .channel import Channel
    from .discord import Discord
    from .interaction import Interaction
    from .models import (
        make_channel,
        make_event,
        make_guild,
        make_interaction,
        make_member,
        make_message,
        make_role,
        make_user,
    )
    from .recorder import Recorded, Recorder
    from .user import User

__all__ = [
    "Channel",
    "Discord",
    "DiscordTestCase",
    "DriverError",
    "ExpectationFailed",
    "Interaction",
    "MessageView",
    "Recorded",
    "Recorder",
    "User",
    "make_channel",
    "make_event",
    "make_guild",
    "make_interaction",
    "make_member",
    "make_message",
    "make_role",
    "make_user",
]

_HOMES = {
    "Channel": ".channel",
    "Discord": ".discord",
    "DiscordTestCase": ".case",
    "DriverError": "..local.driver",
    "ExpectationFailed": "..local.driver",
    "Interaction": ".interaction",
    "MessageView": "..local.driver",
    "Recorded": ".recorder",
    "Recorder": ".recorder",
    "User": ".user",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, ".models"), __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
