"""Receiving and responding.

The types of https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

import time
from dataclasses import field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from .application import ApplicationIntegrationType
from .application_command import ApplicationCommandOptionType, ApplicationCommandType
from .channel import PartialChannel
from .components import ComponentType
from .core.base import AbsentList, Entity, Model, model
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .entitlement import Entitlement
from .guild import PartialGuild
from .interaction_metadata import InteractionContextType, InteractionType
from .locales import Locale
from .member import GuildMember
from .message import Message, ResolvedData
from .permissions import Permissions
from .user import User

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..rest import File
    from ..rest.answering import InlineAnswer
    from ..rest.responder import InteractionHandle, Responder
    from .allowed_mentions import AllowedMentions
    from .application_command import ApplicationCommandOptionChoice
    from .components import AnyComponent
    from .embed import Embed
    from .interaction_callback import ModalCallbackData

__all__ = [
    "ApplicationCommandData",
    "ApplicationCommandInteractionDataOption",
    "Interaction",
    "InteractionData",
    "MessageComponentData",
    "ModalSubmitData",
    "SubmittedComponent",
]


@model
class Interaction(Entity):
    """Interaction.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """

    application_id: Snowflake
    type: InteractionType
    data: InteractionData | None = None
    guild: PartialGuild | None = None
    guild_id: Snowflake | None = None
    channel: PartialChannel | None = None
    channel_id: Snowflake | None = None
    member: GuildMember | None = None
    user: User | None = None
    token: str
    version: int
    message: Message | None = None
    app_permissions: Permissions
    locale: Locale | None = None
    guild_locale: Locale | None = None
    entitlements: list[Entitlement] = field(default_factory=AbsentList)
    authorizing_integration_owners: dict[ApplicationIntegrationType, Snowflake] | None = None
    context: InteractionContextType | None = None
    attachment_size_limit: int | None = None

    def __post_init__(self) -> None:
        data = self.data
        if data is not None:
            found = _DATA.get(self.type)
            # What is not whole stays what all kinds have in common.
            if found is not None and None not in found[1](data):
                data.__class__ = found[0]
        member = self.member
        if member is not None and member.guild_id is None:
            member.guild_id = self.guild_id
        self._received_at = time.monotonic()  # its 3 seconds begin here

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        state.pop("_responder", None)  # it has a lock; `handle` is what pickles
        state.pop("_on_answered", None)
        return state

    @property
    def author(self) -> User | None:
        """Who used the app: the user of `member` in a guild, `user` in a direct message."""
        return self.user if self.member is None else self.member.user

    @property
    def responder(self) -> Responder:
        """All ways to answer it, from any thread; the verbs below are the most used ones."""
        found: Responder | None = self.__dict__.get("_responder")
        return self._answer_through(None) if found is None else found

    def _answer_through(self, inline: InlineAnswer | None) -> Responder:
        """Return the responder; a new one gives its first answer to `inline`."""
        from ..rest.responder import Responder

        made = Responder(
            self._bound().rest,
            application_id=self.application_id,
            interaction_id=self.id,
            token=self.token,
            type=self.type,
            has_message=self.message is not None,
            received_at=self._received_at,
            size_limit=self.attachment_size_limit,
            inline=inline,
            on_answered=self.__dict__.get("_on_answered"),
        )
        found: Responder = self.__dict__.setdefault("_responder", made)  # one for all threads
        return found

    def _tell_answered(self, function: Callable[[Responder], object]) -> None:
        """Let a function know when it is answered or deferred; before it has a responder."""
        self.__dict__["_on_answered"] = function

    @property
    def handle(self) -> InteractionHandle:
        """What another process needs to answer it (a Celery job, say); it pickles."""
        self.__dict__["_handed_over"] = True
        return self.responder.handle

    @property
    def was_handed_over(self) -> bool:
        """Whether its `handle` was taken, so that the answer may come from elsewhere."""
        return "_handed_over" in self.__dict__

    def respond(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        flags: int = 0,
        ephemeral: bool = False,
        allowed_mentions: AllowedMentions | Unset | None = UNSET,
    ) -> Message | None:
        """Answer with a message; right whether it was deferred or not.

        Args:
            content: The text, at most 2000 characters.
            embeds: At most 10.
            components: Buttons, menus, layouts.
            files: At most 10.
            flags: `MessageFlags`.
            ephemeral: Only the user sees it. After a deferral of a command it is what the
                deferral was.
            allowed_mentions: Whom it may ping; by default nobody.

        Returns:
            The message, None where Discord does not give it.

        Raises:
            AlreadyResponded: There is an answer already; use `followup`.
            InteractionExpired: The 3 seconds (or, deferred, 15 minutes) are over.

        See https://discord.com/developers/docs/interactions/receiving-and-responding
        """
        return self.responder.respond(
            content,
            embeds=embeds,
            components=components,
            files=files,
            flags=flags,
            ephemeral=ephemeral,
            allowed_mentions=allowed_mentions,
        )

    def defer(self, *, ephemeral: bool = False, thinking: bool | None = None) -> bool:
        """Say that the answer will come later: there are 15 minutes then, not 3 seconds.

        Args:
            ephemeral: Only the user will see the answer.
            thinking: Whether the user sees "thinking…"; by default for commands, not for
                components, whose message stays until `update`.

        Returns:
            Whether it was this call that did it.

        Raises:
            AlreadyResponded: There is an answer already.
            InteractionExpired: The 3 seconds are over.
        """
        return self.responder.defer(ephemeral=ephemeral, thinking=thinking)

    def update(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
    ) -> Message | None:
        """Change the message that the component is on; what is not given stays.

        Raises:
            AlreadyResponded: There is an answer that is a message of its own.
            InvalidArgument: It does not come from a message.
        """
        return self.responder.update(content, embeds=embeds, components=components, files=files)

    def followup(
        self,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        components: Sequence[AnyComponent] = (),
        files: Sequence[File] = (),
        ephemeral: bool = False,
    ) -> Message:
        """Send another message after the first answer.

        Raises:
            InvalidArgument: There is no first answer yet.
            InteractionExpired: The 15 minutes are over.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
        """
        return self.responder.followup(
            content, embeds=embeds, components=components, files=files, ephemeral=ephemeral
        )

    def edit_response(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
    ) -> Message:
        """Change the first answer; what is not given stays, None removes it."""
        return self.responder.edit_response(
            content, embeds=embeds, components=components, files=files
        )

    def delete_response(self) -> None:
        """Delete the first answer."""
        self.responder.delete_response()

    def show_modal(self, modal: ModalCallbackData) -> None:
        """Open a modal; it can only be the first answer.

        Raises:
            AlreadyResponded: There is an answer or a deferral already.
        """
        self.responder.modal(modal)

    def autocomplete(self, choices: Sequence[ApplicationCommandOptionChoice]) -> None:
        """Give the choices of an autocomplete interaction, at most 25."""
        self.responder.autocomplete(choices)


@model
class SubmittedComponent(Model):
    """What a person entered into one component of a modal.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """

    type: ComponentType
    id: int | None = None
    custom_id: str | None = None
    component_type: ComponentType | None = None
    value: str | bool | Unset | None = UNSET
    values: list[str] | None = None
    resolved: ResolvedData | None = None
    component: SubmittedComponent | None = None
    components: list[SubmittedComponent] | None = None


@model
class InteractionData(Model):
    """The data of an interaction; its subclasses say of which kind it is."""

    resolved: ResolvedData | None = None
    id: Snowflake | None = None
    name: str | None = None
    type: ApplicationCommandType | None = None
    options: list[ApplicationCommandInteractionDataOption] | None = None
    guild_id: Snowflake | None = None
    target_id: Snowflake | None = None
    custom_id: str | None = None
    component_type: ComponentType | None = None
    values: list[str] | None = None
    components: list[SubmittedComponent] | None = None


@model
class ApplicationCommandData(InteractionData):
    """Application Command Data.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """

    id: Snowflake
    name: str
    type: ApplicationCommandType


@model
class MessageComponentData(InteractionData):
    """Message Component Data.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """

    custom_id: str
    component_type: ComponentType


@model
class ModalSubmitData(InteractionData):
    """Modal Submit Data.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """

    custom_id: str
    components: list[SubmittedComponent]


@model
class ApplicationCommandInteractionDataOption(Model):
    """Application Command Interaction Data Option.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """

    name: str
    type: ApplicationCommandOptionType
    value: str | int | float | bool | None = None
    options: list[ApplicationCommandInteractionDataOption] | None = None
    focused: bool | None = None


_COMMAND = (ApplicationCommandData, attrgetter("id", "name", "type"))
_DATA: dict[int, tuple[type[InteractionData], attrgetter[tuple[Any, ...]]]] = {
    InteractionType.APPLICATION_COMMAND: _COMMAND,
    InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE: _COMMAND,
    InteractionType.MESSAGE_COMPONENT: (
        MessageComponentData,
        attrgetter("custom_id", "component_type"),
    ),
    InteractionType.MODAL_SUBMIT: (ModalSubmitData, attrgetter("custom_id", "components")),
}
