"""`DiscordTestCase`: the fixtures of pytest for those who use unittest."""

from __future__ import annotations

import inspect
import unittest
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from .discord import Discord

if TYPE_CHECKING:
    from ..client import Client

__all__ = ["DiscordTestCase"]


class DiscordTestCase(unittest.TestCase):
    """A test case with a Discord of its own for each test.

    ```python
    class PingTest(DiscordTestCase):
        bot_factory = MyBot

        def test_ping(self):
            self.discord.user("ann").say("!ping")
            self.discord.channel().expect("Pong!")
    ```

    Attributes:
        bot_factory: What makes the bot, as for `Discord.running`; None runs none.
        discord_options: Arguments of `Discord`.
        allow_handler_errors: Whether a test passes though a handler raised an error.
        discord: The test's Discord.
        bot: The client that runs on it.
    """

    bot_factory: Any = None
    discord_options: dict[str, Any] = {}  # noqa: RUF012  (unittest's classes are made like this)
    allow_handler_errors = False

    discord: Discord
    bot: Client

    def setUp(self) -> None:
        """Start the Discord and the bot; a `setUp` of your own begins with `super().setUp()`."""
        super().setUp()
        with ExitStack() as stack:
            self.discord = stack.enter_context(Discord(**self.discord_options))
            self.discord.errors.forgiving = self.allow_handler_errors
            stack.callback(self.discord.errors.check)
            factory = self._factory()
            if factory is not None:
                self.bot = stack.enter_context(self.discord.running(factory))
                stack.callback(self.discord.check)
            self.addCleanup(stack.pop_all().close)

    def _factory(self) -> Any:
        """Return what makes the bot; a function of a module is not taken for a method."""
        plain = inspect.getattr_static(type(self), "bot_factory")
        if inspect.isfunction(plain) and "self" not in inspect.signature(plain).parameters:
            return plain
        return self.bot_factory
