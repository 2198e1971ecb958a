"""Bots and people for the client's tests, and ways to wait for what they do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from disruption import Client, Handler
from disruption.local import LocalDiscord

PATIENCE = 30.0  # seconds to wait for what must come; it comes in milliseconds


class Heard:
    """A list that other threads append to and the test waits on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.items: list[Any] = []

    def add(self, item: Any) -> None:
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def wait(self, wanted: Callable[[list[Any]], object]) -> list[Any]:
        """Wait until `wanted` holds for the items and return them."""
        with self._changed:
            assert self._changed.wait_for(lambda: wanted(self.items), PATIENCE), self.items
            return list(self.items)

    def wait_count(self, count: int) -> list[Any]:
        return self.wait(lambda items: len(items) >= count)

    def wait_item(self, item: Any) -> list[Any]:
        return self.wait(lambda items: item in items)


class Listener(Handler):
    """Keeps the content of messages, READYs and the like."""

    def __init__(self) -> None:
        self.heard = Heard()

    def on_message(self, message: Any) -> None:
        self.heard.add(message.content)


class People:
    """Somebody who talks in #general of a local Discord."""

    def __init__(self, discord: LocalDiscord) -> None:
        self.discord = discord
        self.world = discord.world
        self.ann = self.world.user("ann")
        self.general = self.world.channel("#general").id
        self.guild = self.world.channels.get(self.general)["guild_id"]

    def say(self, text: str, channel: str | None = None) -> None:
        self.world.messages.create(channel or self.general, self.ann.id, text)

    def channel(self, name: str) -> str:
        """Make a channel and return its id."""
        channel_id: str = self.world.channels.create(self.guild, name)["id"]
        return channel_id

    def await_session(self, *, connected: bool = True, count: int = 1) -> None:
        """Wait until the server has so many sessions, on a connection or waiting for one."""
        hub = self.discord.gateway.hub

        def there() -> bool:
            links = [session.link for session in hub.sessions()]
            return sum((link is not None) is connected for link in links) >= count

        assert self.world.wait_until(there, PATIENCE)


def threads_of(client: Client) -> list[str]:
    """Return the names of the client's living threads."""
    prefix = f"{client.name}-"
    return sorted(t.name for t in threading.enumerate() if t.name.startswith(prefix))


def in_thread(function: Callable[[], object]) -> tuple[threading.Thread, list[Any]]:
    """Run a function in a thread; the list gets its result or what it raised."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(function())
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=run, name="test-helper", daemon=True)
    thread.start()
    return thread, outcome


def finish(thread: threading.Thread) -> None:
    thread.join(PATIENCE)
    assert not thread.is_alive(), "the call did not return"
