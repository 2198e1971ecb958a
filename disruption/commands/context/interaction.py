"""The contexts of interactions: slash commands, context menus, components, modals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import AlreadyResponded, InteractionExpired, InvalidArgument
from ...rest.answer import State
from ...rest.purging import delete_later, may_delete_later
from ...types import UNSET, Permissions
from ..dialogue.closing import Asked
from .base import Context

if TYPE_CHECKING:
    from datetime import datetime

    from ...client import Client
    from ...rest import File
    from ...rest.responder import Responder
    from ...types import (
        AllowedMentions,
        GuildMember,
        Interaction,
        Locale,
        Message,
        ModalCallbackData,
        PartialChannel,
        PartialGuild,
        Snowflake,
        Unset,
        User,
    )
    from ...types.components import AnyComponent
    from ...types.embed import Embed
    from ...types.poll import PollCreateRequest
    from ..command import Command

__all__ = [
    "AutocompleteContext",
    "InteractionContext",
    "MessageContext",
    "SlashContext",
    "UserContext",
]

_T = TypeVar("_T")


class InteractionContext(Context):
    """What the contexts of all interactions have in common.

    A dialogue goes on with its newest interaction: after the author has clicked or submitted
    something that was asked for here, answers go to that.

    Attributes:
        source: The interaction that started it.
    """

    _answered: Interaction | None = None  # the last one that got an answer here
    _own_click: Interaction | None = None  # the author's last on a board shown here
    _any_click: Interaction | None = None  # anybody's

    def __init__(
        self, client: Client, source: Interaction, command: Command[..., Any] | None = None
    ) -> None:
        super().__init__(client, command)
        self.source = source
        self._newest = source

    @property
    def interaction(self) -> Interaction:
        """The newest interaction of this person in this dialogue."""
        return self._newest

    @property
    def responder(self) -> Responder:
        """All ways to answer the newest interaction, from any thread."""
        return self._newest.responder

    @property
    def message(self) -> Message | None:
        """The message that the component is on, or the target; None for slash commands."""
        return self.source.message

    @property
    def author(self) -> User:
        """Who used it."""
        author = self.source.author
        if author is None:  # Discord always says
            raise InvalidArgument("the interaction does not say who used it")
        return author

    @property
    def member(self) -> GuildMember | None:
        """Who used it, as a member; None in direct messages."""
        return self.source.member

    @property
    def guild_id(self) -> Snowflake | None:
        """The guild; None in direct messages."""
        return self.source.guild_id

    @property
    def channel_id(self) -> Snowflake | None:
        """The channel."""
        return self.source.channel_id

    @property
    def guild(self) -> PartialGuild | None:
        """The guild, as far as the interaction tells of it; None in direct messages."""
        return self.source.guild or super().guild

    @property
    def channel(self) -> PartialChannel | None:
        """The channel, as far as the interaction tells of it."""
        return self.source.channel or super().channel

    @property
    def permissions(self) -> Permissions:
        """What the author may do in this channel; the interaction says it."""
        member = self.source.member
        if member is not None and member.permissions is not None:
            return member.permissions
        channel = self.source.channel
        return Permissions.all_for(None if channel is None else channel.type)

    @property
    def app_permissions(self) -> Permissions:
        """What the bot may do in this channel; the interaction says it."""
        return self.source.app_permissions

    @property
    def locale(self) -> Locale | None:
        """The author's language."""
        return self.source.locale

    @property
    def guild_locale(self) -> Locale | None:
        """The guild's language; None in direct messages."""
        return self.source.guild_locale

    @property
    def created_at(self) -> datetime:
        """When it was used (UTC)."""
        return self.source.created_at

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
        """Answer with a message, or with one more; see `Context.respond`."""
        self._settle()
        may_delete_later(self.client, delete_after)
        message, _, delete = self._respond(
            content,
            self.ephemeral if ephemeral is None else ephemeral,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=tts,
            allowed_mentions=allowed_mentions,
        )
        delete_later(self.client, message, delete_after, delete)
        return message

    def _respond(
        self, content: str | None, hidden: bool, **parts: Any
    ) -> tuple[Message | None, Responder, Callable[[], None]]:
        """Answer with a message; return it, what it is the answer to, and what deletes it."""

        def send(
            interaction: Interaction,
        ) -> tuple[Message | None, Responder, Callable[[], None]]:
            responder = interaction.responder
            if responder.state is not State.ANSWERED:
                try:
                    message = responder.respond(content, ephemeral=hidden, **parts)
                    self._answered = interaction
                    return message, responder, responder.delete_response
                except AlreadyResponded:  # by another thread, at this very moment
                    pass
            sent = responder.followup(content, ephemeral=hidden, **parts)
            return sent, responder, partial(responder.delete_followup, sent)

        return self._in_time(send, hidden)

    def _in_time(self, send: Callable[[Interaction], _T], hidden: bool) -> _T:
        """Answer the newest interaction; where its time is over, a click that came later.

        Raises:
            InteractionExpired: Nobody has clicked in the last 15 minutes, for what only the
                author shall see the author has not.
        """
        try:
            return send(self._newest)
        except InteractionExpired:
            click = self._own_click if hidden else self._any_click
            if click is None or click is self._newest:
                raise
            if click is self._own_click:
                self._newest = click
            return send(click)

    def _may_go_on_with(self, interaction: Interaction) -> None:
        self._any_click = interaction
        author = interaction.author
        if author is not None and author.id == self.author.id:
            self._own_click = interaction

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
        """Send another message after the first answer; see `Context.followup`."""
        self._settle()
        hidden = self.ephemeral if ephemeral is None else ephemeral
        return self._in_time(
            lambda interaction: interaction.responder.followup(
                content,
                embeds=embeds,
                components=components,
                files=files,
                flags=flags,
                ephemeral=hidden,
                allowed_mentions=allowed_mentions,
            ),
            hidden,
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
        """Change the answer; see `Context.edit`."""
        self._settle()
        return self._answer_of().edit_response(
            content,
            embeds=embeds,
            components=components,
            files=files,
            allowed_mentions=allowed_mentions,
        )

    def delete(self) -> None:
        """Delete the answer; see `Context.delete`."""
        self._settle()
        self._answer_of().delete_response()

    def defer(self, *, ephemeral: bool | None = None) -> bool:
        """Say that the answer will come later; see `Context.defer`."""
        self._settle()
        hidden = self.ephemeral if ephemeral is None else ephemeral
        return self._newest.responder.defer(ephemeral=hidden)

    @property
    def is_answered(self) -> bool:
        """Whether the newest interaction has an answer; a deferral is none."""
        return self._newest.responder.state is State.ANSWERED

    def show_modal(self, modal: ModalCallbackData) -> None:
        """Open a modal, which can only be the first answer; what is filled in goes to a route.

        A command that does so says ``defer=False``, so that it is never deferred before. `ask`
        and `form` wait for what is filled in, and need no such care.

        Raises:
            AlreadyResponded: There is an answer or a deferral already.
        """
        self._show_modal(modal)

    def _show_modal(self, modal: ModalCallbackData) -> None:
        self._newest.responder.modal(modal)
        closing, self._closing = self._closing, None
        if closing is not None:  # the modal is the answer to the click
            closing.edit()

    def _answer_of(self) -> Responder:
        """Return the responder whose answer was the last one."""
        newest = self._newest
        if self._answered is not None and newest.responder.state is State.NEW:
            return self._answered.responder
        return newest.responder

    def _ask(
        self,
        content: str | None,
        components: Sequence[AnyComponent],
        embeds: Sequence[Embed] = (),
        *,
        files: Sequence[File] = (),
        ephemeral: bool | None = None,
    ) -> Asked:
        """Send a question as an answer."""
        self._settle()
        hidden = self.ephemeral if ephemeral is None else ephemeral
        sent, responder, _ = self._respond(
            content, hidden, components=components, embeds=embeds, files=files
        )
        return Asked(sent, self.client.rest, responder)

    def _go_on_with(self, interaction: Interaction) -> None:
        """Answer this interaction from now on."""
        self._newest = interaction


class SlashContext(InteractionContext):
    """The context of a slash command."""


class UserContext(InteractionContext):
    """The context of a command in the menu of a user.

    Attributes:
        target: The user that was clicked on.
        target_member: The user as a member; None where they are none here.
    """

    target: User
    target_member: GuildMember | None = None


class MessageContext(InteractionContext):
    """The context of a command in the menu of a message.

    Attributes:
        target: The message that was clicked on.
    """

    target: Message

    @property
    def message(self) -> Message | None:
        """The message that was clicked on."""
        return self.target


class AutocompleteContext(InteractionContext):
    """What a user has filled in of a slash command so far.

    Attributes:
        focused: The name of the option that they are writing in.
        value: What they have written there.
        options: The raw values of all options by name, this one included.
    """

    focused: str
    value: str
    options: dict[str, Any]
