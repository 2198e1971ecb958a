"""A channel to read, and to wait on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union

from ..world.transcript import Line
from .errors import DriverError, ExpectationFailed
from .message import MessageView

if TYPE_CHECKING:
    from ..world import World

__all__ = ["ChannelView", "Expected"]

#: A text (the whole content), a pattern to search for, or a question about the message.
Expected = Union[str, "re.Pattern[str]", Callable[[dict[str, Any]], object]]


class ChannelView:
    """One channel. Each `expect` goes on where the last one in this channel ended.

    Attributes:
        id: The channel's id.
    """

    def __init__(self, world: World, channel_id: str) -> None:
        self.world = world
        self.id = channel_id

    @classmethod
    def named(cls, world: World, name: str, guild: str | None = None) -> ChannelView:
        """Return the channel of this name (`#general`) or id."""
        with world.lock:
            guild_id = world.guilds.find(guild) if guild is not None else None
            if guild is not None and guild_id is None:
                raise DriverError(f"There is no guild {guild!r}")
            channel_id = world.channels.find(name, guild_id)
            if channel_id is None:
                known = [
                    f"#{channel['name']}"
                    for key in world.guilds.all()
                    for channel in world.channels.list(key)
                ]
                raise DriverError(f"There is no channel {name!r}; there are {', '.join(known)}")
            return cls(world, channel_id)

    @property
    def name(self) -> str:
        """Its name, `#general`."""
        channel = self.world.channels.get(self.id)
        if channel.get("guild_id") is None:
            return "the direct messages"
        return f"#{channel['name']}"

    @property
    def messages(self) -> list[MessageView]:
        """Every message that everyone sees, oldest first."""
        return [
            MessageView(self.world, self.id, message["id"])
            for message in reversed(self.world.messages.list(self.id, limit=1_000_000))
        ]

    def history(self, limit: int = 50) -> list[dict[str, Any]]:
        """Return the newest messages as REST gives them, newest first."""
        return self.world.messages.list(self.id, limit=limit)

    def expect(self, what: Expected, timeout: float = 5.0) -> MessageView:
        """Wait until a bot says something here, or edits a message into it.

        Args:
            what: The whole text, a compiled pattern to search for in it, or a function of
                the message's payload.
            timeout: Seconds.

        Returns:
            The message.

        Raises:
            ExpectationFailed: It did not come in time.
        """
        world = self.world
        found: list[Line] = []

        def came() -> bool:
            for line in world.transcript.since(world.expected.get(self.id, 0), self.id):
                if line.by_bot and _fits(what, line.message):
                    found.append(line)
                    return True
            return False

        with world.lock:
            if not world.wait_until(came, timeout):
                lines = world.transcript.since(world.expected.get(self.id, 0), self.id)
                raise ExpectationFailed(
                    f"No bot said {_wish(what)} in {self.name} within {timeout:g} s.", lines
                )
            world.expected[self.id] = found[0].number
        return MessageView(world, self.id, found[0].message["id"])

    def expect_nothing(self, timeout: float = 0.2) -> None:
        """Make sure that no bot says anything for a while.

        Raises:
            ExpectationFailed: One did.
        """
        world = self.world

        def came() -> list[Line]:
            lines = world.transcript.since(world.expected.get(self.id, 0), self.id)
            return [line for line in lines if line.by_bot]

        with world.lock:
            if world.wait_until(came, timeout):
                raise ExpectationFailed(f"A bot spoke in {self.name}.", came())


def _fits(what: Expected, message: dict[str, Any]) -> bool:
    if isinstance(what, str):
        return bool(message["content"] == what)
    if isinstance(what, re.Pattern):
        return what.search(message["content"]) is not None
    return bool(what(message))


def _wish(what: Expected) -> str:
    if isinstance(what, str):
        return repr(what)
    if isinstance(what, re.Pattern):
        return f"anything like {what.pattern!r}"
    return f"anything that {getattr(what, '__name__', 'the predicate')} accepts"
