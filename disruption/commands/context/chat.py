"""The contexts of messages: prefix commands, and handlers that want to ask something."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import DisruptionError, InvalidArgument
from ...rest.answer import State
from ...types import UNSET, Permissions, User
from ..dialogue.closing import Asked
from .base import Context

if TYPE_CHECKING:
    from datetime import datetime

    from ...client import Client
    from ...rest import File
    from ...types import (
        AllowedMentions,
        GuildMember,
        Interaction,
        Message,
        ModalCallbackData,
        Snowflake,
        Unset,
    )
    from ...types.components import AnyComponent
    from ...types.embed import Embed
    from ...types.poll import PollCreateRequest
    from ..command import Command

_log = logging.getLogger("disruption.commands")

__all__ = ["ChatContext", "PrefixContext"]


class ChatContext(Context):
    """The context of a message; `client.context(message)` gives one to a handler."""

    def __init__(
        self, client: Client, message: Message, command: Command[..., Any] | None = None
    ) -> None:
        super().__init__(client, command)
        self._message = message
        self._answer: Message | None = None  # the last one
        self._newest: Interaction | None = None  # in a dialogue, the last click or modal
        self._permissions: tuple[Permissions, Permissions] | None = None  # author's and the bot's

    @property
    def interaction(self) -> Interaction | None:
        """The newest interaction of this person in this dialogue; None before the first."""
        return self._newest

    @property
    def message(self) -> Message:
        """The message."""
        return self._message

    @property
    def author(self) -> User:
        """Who wrote it."""
        return self._message.author

    @property
    def member(self) -> GuildMember | None:
        """Who wrote it, as a member; None in direct messages."""
        return self._message.member

    @property
    def guild_id(self) -> Snowflake | None:
        """The guild; None in direct messages."""
        return self._message.guild_id

    @property
    def channel_id(self) -> Snowflake:
        """The channel."""
        return self._message.channel_id

    @property
    def created_at(self) -> datetime:
        """When it was sent (UTC)."""
        return self._message.timestamp

    @property
    def permissions(self) -> Permissions:
        """What the author may do in this channel; asked from Discord once."""
        return self._fetch_permissions()[0]

    @property
    def app_permissions(self) -> Permissions:
        """What the bot may do in this channel; asked from Discord once."""
        return self._fetch_permissions()[1]

    def _fetch_permissions(self) -> tuple[Permissions, Permissions]:
        if self._permissions is None:
            guild_id = self.guild_id
            if guild_id is None:
                both = Permissions.all_for(1)  # a direct message
                self._permissions = (both, both)
            else:
                self._permissions = self._compute(int(guild_id))
        return self._permissions

    def _compute(self, guild_id: int) -> tuple[Permissions, Permissions]:
        rest = self.client.rest
        guild = rest.get_guild(guild_id)
        channel = rest.get_channel(self.channel_id)
        parent = None
        if channel.thread_metadata is not None and channel.parent_id:
            parent = rest.get_channel(channel.parent_id)
        me = self.client.user
        own = rest.get_guild_member(guild_id, me.id) if me is not None else None
        member = self.member or rest.get_guild_member(guild_id, self.author.id)
        return (
            member.permissions_in(channel, guild, parent=parent, joined=True),
            Permissions(0)
            if own is None
            else own.permissions_in(channel, guild, parent=parent, joined=True),
        )

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
    ) -> Message:
        """Reply to the message; see `Context.respond`."""
        self._settle()
        self._answer = self._message.reply(
            content,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=tts,
            allowed_mentions=allowed_mentions,
            delete_after=delete_after,
        )
        return self._answer

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
        """Send another message; see `Context.followup`."""
        return self.send(
            content,
            embeds=embeds,
            components=components,
            files=files,
            flags=flags,
            allowed_mentions=allowed_mentions,
        )

    def edit(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
    ) -> Message:
        """Change the last answer; see `Context.edit`."""
        self._settle()
        self._answer = self._last().edit(
            content,
            embeds=embeds,
            components=components,
            files=files,
            allowed_mentions=allowed_mentions,
        )
        return self._answer

    def delete(self) -> None:
        """Delete the last answer; see `Context.delete`."""
        self._settle()
        self._last().delete()
        self._answer = None

    def defer(self, *, ephemeral: bool | None = None) -> bool:
        """Show that the bot is writing, for ten seconds or until it answers."""
        self._settle()
        self.client.rest.trigger_typing_indicator(self.channel_id)
        return True

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return self._answer is not None

    def _settle(self) -> None:
        """Take the buttons of the last question out of use; let a modal be acknowledged."""
        super()._settle()
        newest = self._newest
        if newest is not None and newest.responder.state is State.NEW:
            try:
                newest.responder.defer(thinking=False)
            except DisruptionError as error:
                _log.info("a click in a dialogue went unanswered: %s", error)

    def _ask(
        self,
        content: str | None,
        components: Sequence[AnyComponent],
        embeds: Sequence[Embed] = (),
        *,
        files: Sequence[File] = (),
        ephemeral: bool | None = None,
    ) -> Asked:
        """Send a question as a reply."""
        sent = self.respond(content, components=components, embeds=embeds, files=files)
        return Asked(sent, self.client.rest)

    def _go_on_with(self, interaction: Interaction) -> None:
        """Answer this interaction from now on."""
        self._newest = interaction

    def _show_modal(self, modal: ModalCallbackData) -> None:
        if self._newest is None:
            raise InvalidArgument("a modal opens at a click only: ask with buttons first")
        self._newest.responder.modal(modal)
        closing, self._closing = self._closing, None
        if closing is not None:
            closing.edit()

    def _last(self) -> Message:
        if self._answer is None:
            raise InvalidArgument("there is no answer yet: respond() first")
        return self._answer


class PrefixContext(ChatContext):
    """The context of a prefix command.

    Attributes:
        prefix: The prefix that was used, ``!`` or a mention of the bot.
        invoked_with: The name that was used; the command may have others.
    """

    prefix: str = ""
    invoked_with: str = ""
