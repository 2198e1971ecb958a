"""A channel of the test's Discord, and what is expected to be said in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..local.driver import ChannelView, MessageView
from ..local.world.transcript import Line
from .arguments import message_of
from .matching import Text, Wanted

if TYPE_CHECKING:
    from .discord import Discord

__all__ = ["Channel"]

__tracebackhide__ = True  # pytest shows the line of the test, not ours

_LINGER = 0.2  # seconds that silence lasts where nobody knows what a bot is doing


class Channel:
    """A channel. Each `expect` goes on where the last one in this channel ended.

    Attributes:
        discord: The Discord it is in.
        id: Its id.
        view: The same channel, as the local Discord's own driver sees it.
    """

    def __init__(self, discord: Discord, channel_id: str) -> None:
        self.discord = discord
        self.world = discord.world
        self.id = channel_id
        self.view = ChannelView(discord.world, channel_id)

    def __repr__(self) -> str:
        return f"<Channel {self.name}>"

    @property
    def name(self) -> str:
        """Its name, `#general`."""
        return self.view.name

    @property
    def messages(self) -> list[MessageView]:
        """Every message that everyone sees, oldest first."""
        return self.view.messages

    def expect(
        self,
        what: Text | Callable[[dict[str, Any]], object] | None = None,
        *,
        embed: Any = None,
        components: str | Sequence[str] | bool | None = None,
        files: Sequence[str] | None = None,
        author: str | None = None,
        reply_to: MessageView | None = None,
        ephemeral: bool | None = None,
        timeout: float | None = None,
    ) -> MessageView:
        """Wait until a bot says this, or edits a message into it.

        Args:
            what: The whole text, a compiled pattern to search for in it, or a function of the
                message's payload; None is anything.
            embed: What one of its embeds is: a text or pattern (its title or description), some
                of its fields, an `Embed`, a function of it, or True for any.
            components: Labels, placeholders or custom ids that it has (one or more), True for
                any component, False for none.
            files: The names of its files, in order, those too that its embeds or components show.
            author: The name of the bot or webhook.
            reply_to: The message that it answers.
            ephemeral: Whether only one person sees it.
            timeout: Seconds; None is `discord.timeout`.

        Returns:
            The message.

        Raises:
            ExpectationFailed: It did not come in time, or a handler failed meanwhile; the text
                tells the conversation and the traffic.
        """
        wanted = Wanted(
            what,
            embed=embed,
            components=components,
            files=files,
            author=author,
            reply_to=None if reply_to is None else message_of(self.world, reply_to).id,
            ephemeral=ephemeral,
        )
        seconds = self.discord.seconds(timeout)
        found: list[Line] = []

        def came() -> bool:
            found[:] = [line for line in self._said() if not wanted.misses(line.message)][:1]
            return bool(found) or self.discord.errors.fatal is not None

        with self.world.lock:
            self.world.wait_until(came, seconds)
            if found:
                self.world.expected[self.id] = found[0].number
                return MessageView(self.world, self.id, found[0].message["id"])
            lines = self._said()
        near = [f"  {line}  ({', '.join(wanted.misses(line.message))})" for line in lines]
        came_instead = "\nThis came instead:\n" + "\n".join(near) if near else ""
        within = self.discord.within(seconds)
        raise self.discord.failure(f"No bot said {wanted} in {self.name}{within}.{came_instead}")

    def expect_nothing(self, for_: float | None = None) -> None:
        """Make sure that no bot says anything here.

        Args:
            for_: Seconds of silence. None waits until the bots have handled all that has
                happened so far, which takes milliseconds, and a little longer where a handler
                waits for another event or no bot of this library runs.

        Raises:
            ExpectationFailed: One did.
        """
        if for_ is None:
            clients = self.discord.clients
            self.discord.settle()
            idle = clients and not any(client.stats.dispatch.pool.blocked for client in clients)
            for_ = 0.0 if idle else _LINGER
        silence = self.discord.seconds(for_, "for_")
        with self.world.lock:
            if self.world.wait_until(self._said, silence):
                said = "\n".join(f"  {line}" for line in self._said())
                raise self.discord.failure(f"A bot spoke in {self.name}:\n{said}")

    def expect_reaction(
        self, message: MessageView, emoji: str | None = None, timeout: float | None = None
    ) -> None:
        """Wait until a message has a reaction.

        Args:
            message: Whose.
            emoji: Which; None is any.
            timeout: Seconds; None is `discord.timeout`.
        """
        what = f"The reaction {emoji}" if emoji else "A reaction"
        seen = message_of(self.world, message)

        def there() -> bool:
            reactions = seen.reactions
            return emoji in reactions if emoji is not None else bool(reactions)

        self.discord.expect(there, f"{what} to {seen.content!r}", timeout)

    def expect_deletion(self, message: MessageView, timeout: float | None = None) -> None:
        """Wait until a message is deleted."""
        seen = message_of(self.world, message)
        self.discord.expect(lambda: not seen.exists, "The deletion of the message", timeout)

    def expect_typing(self, timeout: float | None = None) -> None:
        """Wait until a bot has begun to type here."""
        bots = {str(client.user.id) for client in self.discord.clients if client.user}
        self.discord.expect_event(
            "TYPING_START",
            lambda data: data["channel_id"] == self.id and data["user_id"] in bots,
            timeout,
        )

    def _said(self) -> list[Line]:
        """Return what bots have said since the last expectation."""
        after = self.world.expected.get(self.id, 0)
        return [line for line in self.world.transcript.since(after, self.id) if line.by_bot]
