"""A person in the test's Discord: what users do, in few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument
from ..local.driver import DriverError, MessageView, Player
from ..local.rest.files import attachment
from ..local.rest.multipart import Upload
from ..local.world.permissions import BITS, bits
from .arguments import checked_name, checked_text, message_of
from .channel import Channel
from .interaction import Interaction

if TYPE_CHECKING:
    from .discord import Discord

__all__ = ["User"]

__tracebackhide__ = True  # pytest shows the line of the test, not ours

_API = "/api/v10"


class User:
    """Somebody who uses Discord; `discord.user("ann")` makes one.

    They are in `#general` until `at` says otherwise.

    Attributes:
        discord: The Discord they use.
        player: The same person, as the local Discord's own driver sees them.
    """

    def __init__(self, discord: Discord, player: Player, channel: Channel | None = None) -> None:
        self.discord = discord
        self.player = player
        self._channel = channel

    def __repr__(self) -> str:
        return f"<User {self.name}>"

    @property
    def id(self) -> str:
        """Their user id."""
        return self.player.id

    @property
    def name(self) -> str:
        """Their username."""
        return self.player.name

    @property
    def mention(self) -> str:
        """What pings them in a message."""
        return f"<@{self.id}>"

    @property
    def channel(self) -> Channel:
        """Where they are."""
        return self._channel if self._channel is not None else self.discord.channel()

    def at(self, channel: Channel | str | int) -> User:
        """Return the same person in another channel, given by itself, its name or id."""
        place = channel if isinstance(channel, Channel) else self.discord.channel(channel)
        return User(self.discord, self.player, place)

    # Messages ---------------------------------------------------------------------------------

    def say(
        self,
        text: str = "",
        *,
        reply_to: MessageView | None = None,
        files: Mapping[str, bytes | str] | None = None,
        **fields: Any,
    ) -> MessageView:
        """Write a message.

        Args:
            text: What.
            reply_to: The message it answers.
            files: Contents by name.
            fields: Further keywords of `world.messages.create`.
        """
        place = self.channel
        text = checked_text(text, "What somebody says")
        if files:
            if not isinstance(files, Mapping):
                raise InvalidArgument(
                    f'files are given by their names, {{"a.txt": b"…"}}: {files!r}'
                )
            fields["attachments"] = [self._upload(place.id, *item) for item in files.items()]
        answered = None if reply_to is None else self._message(reply_to)
        return self.player.say(place.view, text, reply_to=answered, **fields)

    def edit(self, message: MessageView, text: str) -> None:
        """Change an own message."""
        self.player.edit(self._message(message), text)

    edits = edit

    def delete(self, message: MessageView) -> None:
        """Delete a message, somebody else's with MANAGE_MESSAGES."""
        self.player.delete(self._message(message))

    def react(self, message: MessageView, emoji: str) -> None:
        """React to a message."""
        self.player.react(self._message(message), emoji)

    def unreact(self, message: MessageView, emoji: str) -> None:
        """Take an own reaction back."""
        self.player.unreact(self._message(message), emoji)

    def type(self) -> None:
        """Begin to type."""
        self.player.type(self.channel.view)

    def ask(
        self, question: str, *answers: str, hours: float = 24, multiselect: bool = False
    ) -> MessageView:
        """Write a message with a poll.

        Args:
            question: What it asks.
            answers: What can be answered.
            hours: How long it runs.
            multiselect: Whether one may give several answers.
        """
        if not 1 <= len(answers) <= 10:
            raise InvalidArgument(f"a poll has 1 to 10 answers, not {len(answers)}")
        if self.discord.seconds(hours, "hours") == 0:
            raise InvalidArgument("a poll runs for longer than no time")
        poll = {
            "question": {"text": question},
            "answers": [{"poll_media": {"text": answer}} for answer in answers],
            "duration": hours,
            "allow_multiselect": multiselect,
        }
        return self.say(poll=poll)

    def vote(self, message: MessageView, *answers: str | int) -> None:
        """Vote in a poll, by texts or numbers; no answer takes the vote back."""
        self.player.vote(self._message(message), *answers)

    def dm(self, text: str | None = None, to: User | str | None = None) -> Channel:
        """Open the direct messages with the bot, and say something there.

        Args:
            text: What; None only opens them.
            to: Somebody else; None is the bot that runs.

        Raises:
            DriverError: There is nobody, or no bot runs.
        """
        if to is None:
            clients = [client for client in self.discord.clients if client.user is not None]
            if not clients:
                raise DriverError("No bot runs: say to whom")
            user = clients[0].user
            assert user is not None
            to = str(user.id)
        whom = to.player if isinstance(to, User) else to
        return Channel(self.discord, self.player.dm(whom, text).id)

    # Interactions -----------------------------------------------------------------------------

    def slash(self, command: str, /, **options: Any) -> Interaction:
        """Use a slash command, once the bot has registered it.

        Args:
            command: Its name, with the subcommand's after a space (`config set`).
            options: By name; people, channels and roles as objects or ids, a file as a pair of
                its name and content.

        Raises:
            DriverError: There is no such command, or it does not take these options.
        """
        command = checked_name(command, "A command's name", 98)
        channel_id = self.channel.id
        options = {name: self._given(channel_id, value) for name, value in options.items()}
        used = self.player.use(self.channel.view, command, options, timeout=self.discord.timeout)
        return Interaction(self.discord, used)

    def autocomplete(
        self, command: str, option: str, text: str, /, **options: Any
    ) -> list[dict[str, Any]]:
        """Type into an option of a slash command; return the choices that the bot offers.

        Args:
            command: Its name.
            option: The option's name.
            text: What is typed.
            options: What the other options are.
        """
        with self.discord.explaining():
            return self.player.autocomplete(self.channel.view, command, option, text, **options)

    def use_on(self, target: MessageView | User, command: str) -> Interaction:
        """Use a command of a message's or a person's context menu."""
        aim = target.player if isinstance(target, User) else self._message(target)
        return Interaction(self.discord, self.player.use_on(aim, command, self.channel.view))

    def click(self, message: MessageView, button: str) -> Interaction:
        """Press a button, by its label, custom id or emoji."""
        return Interaction(self.discord, self.player.click(self._message(message), button))

    def select(self, message: MessageView, *values: Any, menu: str | None = None) -> Interaction:
        """Choose from a select menu: values or labels, or people, roles and channels.

        Args:
            message: The message with the menu.
            values: One or more.
            menu: Its custom id or placeholder; None is the message's first.
        """
        return Interaction(
            self.discord, self.player.select(self._message(message), *values, menu=menu)
        )

    def submit(
        self, opened_by: Interaction, fields: Mapping[str, Any] | None = None, /, **values: Any
    ) -> Interaction:
        """Wait for a modal, fill it in and send it.

        Args:
            opened_by: What the bot answers with the modal.
            fields: What to fill in, by label or custom id; a file is a pair of name and
                content, several things are a list.
            values: The same, for names that are Python's.
        """
        if not isinstance(opened_by, Interaction):
            raise InvalidArgument(
                f"{opened_by!r} opens no modal: give what slash(), click() or the like has returned"
            )
        channel_id = opened_by.view.record.channel_id
        filled = {
            name: self._given(channel_id, value)
            for name, value in {**(fields or {}), **values}.items()
        }
        with self.discord.explaining():
            sent = self.player.fill_in(opened_by.view, filled, timeout=self.discord.timeout)
        return Interaction(self.discord, sent)

    # Guilds -----------------------------------------------------------------------------------

    def join(self, guild: str) -> None:
        """Join a guild by its name or id, or by an invite."""
        self.player.join(guild)

    def leave(self, guild: str | None = None) -> None:
        """Leave a guild (its name or id; None is the first)."""
        self.player.leave(self.discord.guild_id(guild))

    def give_role(self, name: str, *permissions: str) -> str:
        """Get a role of the first guild, which is made if there is none of this name.

        Args:
            name: The role's.
            permissions: Those of a new one, by name: `"MANAGE_MESSAGES"`.

        Returns:
            The role's id.
        """
        world, guild_id = self.discord.world, self.discord.guild_id()
        unknown = [permission for permission in permissions if permission not in BITS]
        if unknown:
            raise InvalidArgument(f"there is no permission {', '.join(map(repr, unknown))}")
        with world.lock:
            known = [role["id"] for role in world.roles.list(guild_id) if role["name"] == name]
            if known:
                role_id = str(known[0])
            else:
                granted = str(bits(*permissions))
                role_id = str(world.roles.create(guild_id, name=name, permissions=granted)["id"])
            world.members.give_role(guild_id, self.id, role_id)
            return role_id

    def _message(self, value: Any) -> MessageView:
        return message_of(self.discord.world, value)

    def _given(self, channel_id: str, value: Any) -> Any:
        """Return what is filled in somewhere, with the files in it uploaded."""
        if isinstance(value, list):
            return [self._given(channel_id, each) for each in value]
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bytes | str):
            return self._upload(channel_id, *value)
        return value

    def _upload(self, channel_id: str, name: str, content: bytes | str) -> dict[str, Any]:
        data = content.encode() if isinstance(content, str) else content
        local = self.discord.local
        return attachment(
            local.files,
            local.rest_url.removesuffix(_API),
            channel_id,
            local.world.ids.next(),
            Upload(0, name, "", data),
            {},
        )
