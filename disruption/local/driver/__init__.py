"""Play the users of a local Discord from Python, and wait for what bots answer.

ann = discord.world.user("ann")
general = discord.world.channel("#general")
ann.say(general, "!ping")
general.expect("Pong!")
"""

from __future__ import annotations

from .channel import ChannelView
from .errors import DriverError, ExpectationFailed
from .interaction import InteractionView
from .message import MessageView
from .player import Player

__all__ = [
    "ChannelView",
    "DriverError",
    "ExpectationFailed",
    "InteractionView",
    "MessageView",
    "Player",
]
