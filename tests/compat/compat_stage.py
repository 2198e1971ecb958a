"""Another library's bot in a process of its own, and the local Discord that it runs on."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from disruption.local import LocalDiscord
from disruption.local.driver import ChannelView, InteractionView, MessageView, Player

BOTS = Path(__file__).parent / "bots"
DEADLINE = 30.0  # seconds; only a broken bot needs them

#: Where the other libraries are: a Python that has them, and a folder node_modules.
PYTHON = "DISRUPTION_COMPAT_PYTHON"
NODE_MODULES = "DISRUPTION_COMPAT_NODE_MODULES"

#: The bots by their libraries.
LIBRARIES = {
    "discord.py": "discordpy_bot.py",
    "hikari": "hikari_bot.py",
    "disnake": "disnake_bot.py",
    "discord.js": "discordjs_bot.js",
    "eris": "eris_bot.js",
    "oceanic.js": "oceanic_bot.js",
}


class Stage:
    """A local Discord with a person and a running bot.

    Attributes:
        bot_id: The bot's user id.
        guild: Id of the one guild.
    """

    def __init__(self, discord: LocalDiscord, library: str, log: Any) -> None:
        self.discord, self.world = discord, discord.world
        account = discord.add_bot("helper")
        self.bot_id, self.application_id = account.user_id, account.application_id
        self.guild = self.world.guilds.all()[0]
        self.ann: Player = self.world.user("ann")
        self.general: ChannelView = self.world.channel("#general")
        self._log = log
        self.process = subprocess.Popen(
            _command(library),
            env={
                **os.environ,
                "DISCORD_TOKEN": account.token,
                "LOCAL_REST": discord.rest_url,
                "LOCAL_GATEWAY": discord.gateway_url,
                "NODE_PATH": os.environ.get(NODE_MODULES, ""),
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def person(self, name: str) -> Player:
        """Return somebody who is in the guild."""
        return self.world.user(name)

    def command(self, text: str) -> MessageView:
        """Let ann tell the bot to do something."""
        return self.ann.say(self.general, text)

    def hear(self, beginning: str, where: ChannelView | None = None) -> MessageView:
        """Wait until the bot says something that begins so; its own FAIL ends the wait."""
        channel = where if where is not None else self.general

        def fits(message: dict[str, Any]) -> bool:
            return str(message["content"]).startswith((beginning, "FAIL"))

        heard = channel.expect(fits, DEADLINE)
        assert not heard.content.startswith("FAIL"), heard.content
        return heard

    def does(self, command: str, answer: str) -> Done:
        """Let the bot do something and wait for the answer."""
        asked = self.command(command)
        return Done(asked, self.hear(answer))

    def waits(self, predicate: Any) -> None:
        """Wait until the world is as it should be."""
        assert self.world.wait_until(predicate, DEADLINE)

    def slash(self, name: str, **options: Any) -> InteractionView:
        """Let ann use a slash command in #general."""
        return self.ann.slash(self.general, name, timeout=DEADLINE, **options)

    def by_bot(self) -> list[MessageView]:
        """Return what the bot has written in #general and what is still there."""
        found = self.general.messages
        return [item for item in found if item.data["author"]["id"] == self.bot_id]

    def output(self) -> str:
        """Return what the bot's process has printed."""
        self._log.seek(0)
        return str(self._log.read().decode(errors="replace"))


@dataclass(frozen=True)
class Done:
    """What ann said and what the bot answered."""

    asked: MessageView
    answer: MessageView


@contextmanager
def running(library: str) -> Iterator[Stage]:
    """Run a library's bot on a local Discord of its own; what it printed is shown at the end."""
    skip_unless_installed(library)
    with LocalDiscord() as discord, tempfile.TemporaryFile() as log:
        stage = Stage(discord, library, log)
        try:
            yield stage
        finally:
            stage.process.terminate()
            try:
                stage.process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                stage.process.kill()
                stage.process.wait()
            print(stage.output())  # pytest shows it where a test failed


def skip_unless_installed(library: str) -> None:
    """Skip where nobody said where the library is; where somebody did, it has to be there."""
    needed = NODE_MODULES if LIBRARIES[library].endswith(".js") else PYTHON
    if not os.environ.get(needed):
        pytest.skip(f"{needed} does not say where {library} is installed")


def _command(library: str) -> list[str]:
    program = BOTS / LIBRARIES[library]
    return ["node" if program.suffix == ".js" else os.environ[PYTHON], str(program)]
