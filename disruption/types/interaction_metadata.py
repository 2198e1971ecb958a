"""Interaction metadata.

The types of https://discord.com/developers/docs/resources/message#message-interaction-metadata-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .application import ApplicationIntegrationType
from .core.base import Entity, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.union import Unknown, wide
from .member import GuildMember
from .user import User

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = [
    "AnyInteractionMetadata",
    "ApplicationCommandInteractionMetadata",
    "InteractionContextType",
    "InteractionMetadata",
    "InteractionType",
    "MessageComponentInteractionMetadata",
    "MessageInteraction",
    "ModalSubmitInteractionMetadata",
    "UnknownInteractionMetadata",
]


class InteractionType(OpenIntEnum):
    """See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object"""

    PING = 1
    APPLICATION_COMMAND = 2
    MESSAGE_COMPONENT = 3
    APPLICATION_COMMAND_AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class InteractionContextType(OpenIntEnum):
    """See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object"""

    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


@model
class MessageInteraction(Entity):
    """Message Interaction.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#message-interaction-object
    """

    type: InteractionType
    name: str
    user: User | None = None
    member: GuildMember | None = None
    name_localized: str | None = None


@model
class InteractionMetadata(Entity):
    """What the metadata of all interactions have in common."""

    type: InteractionType
    user: User | None = None
    authorizing_integration_owners: dict[ApplicationIntegrationType, Snowflake] | None = None
    original_response_message_id: Snowflake | None = None


@model
class ApplicationCommandInteractionMetadata(InteractionMetadata):
    """Application Command Interaction Metadata.

    See https://discord.com/developers/docs/resources/message#message-interaction-metadata-object
    """

    target_user: User | None = None
    target_message_id: Snowflake | None = None


@model
class MessageComponentInteractionMetadata(InteractionMetadata):
    """Message Component Interaction Metadata.

    See https://discord.com/developers/docs/resources/message#message-interaction-metadata-object
    """

    interacted_message_id: Snowflake


@model
class ModalSubmitInteractionMetadata(InteractionMetadata):
    """Modal Submit Interaction Metadata.

    See https://discord.com/developers/docs/resources/message#message-interaction-metadata-object
    """

    triggering_interaction_metadata: AnyInteractionMetadata


@model
class UnknownInteractionMetadata(Unknown):
    """Metadata of a kind of interaction this library does not know; `data` is all of it."""


if TYPE_CHECKING:
    AnyInteractionMetadata: TypeAlias = (
        ApplicationCommandInteractionMetadata
        | MessageComponentInteractionMetadata
        | ModalSubmitInteractionMetadata
        | UnknownInteractionMetadata
    )
else:
    AnyInteractionMetadata = wide(
        "AnyInteractionMetadata",
        __name__,
        "type",
        {
            InteractionType.APPLICATION_COMMAND: ApplicationCommandInteractionMetadata,
            InteractionType.MESSAGE_COMPONENT: MessageComponentInteractionMetadata,
            InteractionType.MODAL_SUBMIT: ModalSubmitInteractionMetadata,
        },
        UnknownInteractionMetadata,
    )
