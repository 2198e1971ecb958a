"""`Context`: what a command is given first. What all kinds of it have in common."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import ClientStopped
from ...types import UNSET, AllowedMentions, PartialChannel, PartialGuild
from ..dialogue.talking import Talking
from ..errors import GuildOnly, UserError
from ..texts import texts

if TYPE_CHECKING:
    from datetime import datetime

    from ...client import Client
    from ...rest import File
    from ...types import (
        GuildMember,
        Interaction,
        Locale,
        Message,
        ModalCallbackData,
        Permissions,
        Snowflake,
        Unset,
        User,
    )
    from ...types.components import AnyComponent
    from ...types.embed import Embed
    from ...types.poll import PollCreateRequest
    from ..command import Command
    from ..dialogue.closing import Asked, Closing
    from ..dialogue.prompt import Prompt

__all__ = ["Context"]

_MOMENT = 1.0  # seconds that an answered question stays as it is while nothing else is done


class Context(Talking):
    """Who used a command, where, and all ways to answer.

    Annotate a command's first parameter with it; its subclasses say of which kind the command
    is: `SlashContext`, `UserContext`, `MessageContext`, `ComponentContext`, `ModalContext`,
    `PrefixContext`.

    Attributes:
        client: The client that received it.
        command: The command that runs; None in components, modals and handlers of events.
        state: Free for middleware and checks to leave something in for the command.
    """

    ephemeral = False
    """Whether answers are ephemeral where they do not say; the command's own choice."""

    # Most commands ask nothing, so these stay with the class.
    _closing: Closing | None = None  # what is left to do to the last question
    _board: Prompt | None = None  # whose click this is, if it is one of many
    _give_way: Callable[[], object] | None = None  # called before it waits

    def __init__(self, client: Client, command: Command[..., Any] | None = None) -> None:
        self.client = client
        self.command = command
        self.state: dict[str, Any] = {}
        if command is not None and command.ephemeral:
            self.ephemeral = True

    def __repr__(self) -> str:
        name = "" if self.command is None else f" of {self.command.qualified_name!r}"
        return f"<{type(self).__name__}{name} by {self.author.username!r}>"

    # Who and where ------------------------------------------------------------------------

    @property
    def interaction(self) -> Interaction | None:
        """The newest interaction of this person in this dialogue; None for messages."""
        return None

    @property
    def message(self) -> Message | None:
        """The message it is about: that of the prefix command, of the component, or the target."""
        return None

    @property
    def author(self) -> User:
        """Who used the command."""
        raise NotImplementedError

    @property
    def user(self) -> User:
        """Who used the command; the same as `author`."""
        return self.author

    @property
    def member(self) -> GuildMember | None:
        """Who used the command, as a member; None in direct messages."""
        raise NotImplementedError

    @property
    def guild_id(self) -> Snowflake | None:
        """The guild; None in direct messages."""
        raise NotImplementedError

    @property
    def channel_id(self) -> Snowflake | None:
        """The channel."""
        raise NotImplementedError

    @property
    def guild(self) -> PartialGuild | None:
        """The guild, as far as it is known without a request; None in direct messages."""
        guild_id = self.guild_id
        return None if guild_id is None else self.client.bind(PartialGuild(id=guild_id))

    @property
    def channel(self) -> PartialChannel | None:
        """The channel, as far as it is known without a request."""
        channel_id = self.channel_id
        if channel_id is None:
            return None
        return self.client.bind(PartialChannel(id=channel_id, guild_id=self.guild_id))

    def require_channel(self) -> PartialChannel:
        """Return the channel, which Discord leaves out in rare surroundings only.

        Raises:
            UserError: It is not known; the user is told that they cannot do that here.
        """
        channel = self.channel
        if channel is None:
            raise UserError(texts().check_failed(self))
        return channel

    def require_guild(self) -> PartialGuild:
        """Return the guild, for what makes no sense in direct messages.

        Raises:
            GuildOnly: There is none; the user is told so.
        """
        guild = self.guild
        if guild is None:
            raise GuildOnly(texts().guild_only(self))
        return guild

    def require_member(self) -> GuildMember:
        """Return who used the command as a member, for what makes no sense in direct messages.

        Raises:
            GuildOnly: They are none; the user is told so.
        """
        member = self.member
        if member is None:
            raise GuildOnly(texts().guild_only(self))
        return member

    @property
    def permissions(self) -> Permissions:
        """What the author may do in this channel."""
        raise NotImplementedError

    @property
    def app_permissions(self) -> Permissions:
        """What the bot may do in this channel."""
        raise NotImplementedError

    @property
    def locale(self) -> Locale | None:
        """The author's language; None where Discord does not say."""
        return None

    @property
    def guild_locale(self) -> Locale | None:
        """The guild's language; None where Discord does not say."""
        return None

    @property
    def created_at(self) -> datetime:
        """When the command was used (UTC)."""
        raise NotImplementedError

    def text(self, key: str, default: str | None = None, **values: Any) -> str:
        """Return a text in the author's language, from the client's translations.

        ```python
        ctx.respond(ctx.text("roll.answer", "You rolled {number}", number=4))
        ```

        Args:
            key: Its key in the files.
            default: The text where no language has the key.
            values: What stands in its braces.
        """
        translations = self.client.translations
        if translations is not None:
            return translations.text(key, self.locale, default, **values)
        text = key if default is None else default
        return text.format(**values) if values else text

    # Answers --------------------------------------------------------------------------------

    def respond(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        poll: PollCreateRequest | None = None,
        flags: int = 0,
        ephemeral: bool | None = None,
        tts: bool = False,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
        delete_after: float | None = None,
    ) -> Message | None:
        """Answer; right whether it was deferred or not, and the second time as well.

        The first answer to an interaction is its response; each one after that is a follow-up
        message. In a prefix command it is a reply.

        Args:
            content: The text, at most 2000 characters.
            embeds: At most 10.
            components: Buttons, menus, layouts.
            files: At most 10.
            poll: A poll.
            flags: `MessageFlags`.
            ephemeral: Only the author sees it; the command's own choice by default. A prefix
                command has no such answers: everybody sees them.
            tts: Have it read aloud.
            allowed_mentions: Whom it may ping; by default the client's rule.
            delete_after: Seconds after which it is deleted again.

        Returns:
            The message, None where Discord does not give it.

        Raises:
            InteractionExpired: The 15 minutes are over.
            InvalidArgument: A limit is passed, or the message would be empty.

        See https://discord.com/developers/docs/interactions/receiving-and-responding
        """
        raise NotImplementedError

    def followup(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        flags: int = 0,
        ephemeral: bool | None = None,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
    ) -> Message:
        """Send another message after the first answer.

        Raises:
            InvalidArgument: There is no first answer yet.
            InteractionExpired: The 15 minutes are over.
        """
        raise NotImplementedError

    def edit(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
    ) -> Message:
        """Change the answer; what is not given stays, None removes it.

        Raises:
            InvalidArgument: There is no answer yet.
            InteractionExpired: The 15 minutes are over.
        """
        raise NotImplementedError

    def delete(self) -> None:
        """Delete the answer.

        Raises:
            InvalidArgument: There is no answer yet.
        """
        raise NotImplementedError

    def defer(self, *, ephemeral: bool | None = None) -> bool:
        """Say that the answer will come later; done by itself where a command takes long.

        Args:
            ephemeral: Whether only the author will see the answer.

        Returns:
            Whether it was this call that did it.
        """
        raise NotImplementedError

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer; a deferral is none."""
        raise NotImplementedError

    def send(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        flags: int = 0,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
        delete_after: float | None = None,
    ) -> Message:
        """Send an ordinary message to the channel; it is no answer to the command.

        Args:
            content, embeds, components, files, flags, allowed_mentions: As for `respond`.
            delete_after: Seconds after which it is deleted again.

        Raises:
            Forbidden: The bot may not send there.
        """
        self._settle()
        return self._sender().send(
            content,
            embeds=embeds,
            components=components,
            files=files,
            flags=flags,
            allowed_mentions=allowed_mentions,
            delete_after=delete_after,
        )

    def _sender(self) -> PartialChannel:
        from ...errors import InvalidArgument

        channel = self.channel
        if channel is None:
            raise InvalidArgument("it is not known in which channel this was used")
        return channel

    # For the running -------------------------------------------------------------------------

    def _close_with(self, closing: Closing) -> None:
        """Let a question be closed with the next thing that is done, or in a moment."""
        self._closing = closing
        with contextlib.suppress(ClientStopped):
            self.client.submit_later(_MOMENT, self._settle_late, closing)

    def _settle_late(self, closing: Closing) -> None:
        """Close a question where nothing was done in the meantime."""
        if self._closing is closing:
            self._settle()

    def _settle(self) -> None:
        """Take the buttons of the last question out of use, before anything else is done."""
        closing, self._closing = self._closing, None
        if closing is not None:
            closing.answer()

    def reset_cooldown(self) -> None:
        """Give back the uses of cooldowns that this command took: it may be used again."""
        from ..guards.cooldown import reset_cooldown

        reset_cooldown(self)

    def _show_modal(self, modal: ModalCallbackData) -> None:
        """Open a modal as the first answer to the newest interaction.

        Raises:
            AlreadyResponded: There is an answer or a deferral already.
            InvalidArgument: There is no interaction.
        """
        raise NotImplementedError

    def _ask(
        self,
        content: str | None,
        components: Sequence[AnyComponent],
        embeds: Sequence[Embed] = (),
        *,
        files: Sequence[File] = (),
        ephemeral: bool | None = None,
    ) -> Asked:
        """Send a question, in whatever way answers are given here."""
        raise NotImplementedError

    def _go_on_with(self, interaction: Interaction) -> None:
        """Go on with an interaction that answered a question: it is the newest one now."""
        raise NotImplementedError

    def _may_go_on_with(self, interaction: Interaction) -> None:
        """Note a click on what was shown here: answers can go to it once the time is over."""

    def _tell(self, text: str) -> None:
        """Tell the author something that went wrong, in whatever way is still open."""
        # It may quote what the author wrote, who must not ping everyone by a slip.
        nobody = AllowedMentions.none(replied_user=True)
        self.respond(text, ephemeral=True, allowed_mentions=nobody)
