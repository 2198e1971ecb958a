"""A Discord on 127.0.0.1: gateway and REST over real sockets, with no token and no internet.

It shares nothing with the client side of this package and speaks plain dicts and bytes, so that a
mistake cannot be made on both sides at once; bots of other libraries run against it as well.

    from disruption.local import LocalDiscord

    with LocalDiscord() as discord:
        bot = discord.add_bot("helper")
        print(discord.rest_url, bot.token)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .clock import Clock
    from .driver import ExpectationFailed
    from .faults import Fault, Faults
    from .seed import SeedError
    from .server import Bot, LocalDiscord
    from .world import World, WorldError, WorldFileError

__all__ = [
    "Bot",
    "Clock",
    "ExpectationFailed",
    "Fault",
    "Faults",
    "LocalDiscord",
    "SeedError",
    "World",
    "WorldError",
    "WorldFileError",
]

_HOMES = {
    "Bot": "server",
    "Clock": "clock",
    "ExpectationFailed": "driver",
    "Fault": "faults",
    "Faults": "faults",
    "LocalDiscord": "server",
    "SeedError": "seed",
    "World": "world",
    "WorldError": "world",
    "WorldFileError": "world",
}

#: The packages of the extra `local`, as they are imported.
_PACKAGES = frozenset({"flask", "werkzeug", "websockets"})


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    try:
        return getattr(importlib.import_module(f".{home}", __name__), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        from disruption.errors import MissingExtra

        raise MissingExtra("The local Discord", "local") from error


def __dir__() -> list[str]:
    return sorted(__all__)
