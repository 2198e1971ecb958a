"""Receiving and responding.

The types of https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from dataclasses import field

from .application import ApplicationIntegrationType
from .application_command import ApplicationCommandOptionType, ApplicationCommandType
from .channel import PartialChannel
from .components import ComponentType
from .core.base import AbsentList, Entity, Model, fill, model
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
            kind = _DATA.get(self.type)
            if kind is not None:
                data.__class__ = kind
        member = self.member
        if member is not None and member.guild_id is None and self.guild_id is not None:
            fill(member, guild_id=self.guild_id)

    @property
    def author(self) -> User | None:
        """Who used the app: the user of `member` in a guild, `user` in a direct message."""
        return self.user if self.member is None else self.member.user


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


_DATA: dict[int, type[InteractionData]] = {
    InteractionType.APPLICATION_COMMAND: ApplicationCommandData,
    InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE: ApplicationCommandData,
    InteractionType.MESSAGE_COMPONENT: MessageComponentData,
    InteractionType.MODAL_SUBMIT: ModalSubmitData,
}
