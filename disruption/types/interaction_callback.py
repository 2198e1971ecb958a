"""Interaction callback.

The types of https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .allowed_mentions import AllowedMentions
from .application_command import ApplicationCommandOptionChoice
from .attachment import Attachment
from .components import AnyComponent
from .core.base import Entity, Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .embed import Embed
from .interaction_metadata import InteractionType
from .message import Message, MessageFlags
from .poll import PollCreateRequest

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = [
    "AutocompleteCallbackData",
    "InteractionCallback",
    "InteractionCallbackActivityInstanceResource",
    "InteractionCallbackResource",
    "InteractionCallbackResponse",
    "InteractionCallbackType",
    "InteractionResponse",
    "MessageCallbackData",
    "ModalCallbackData",
]


class InteractionCallbackType(OpenIntEnum):
    """See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object"""

    PONG = 1
    CHANNEL_MESSAGE_WITH_SOURCE = 4
    DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE = 5
    DEFERRED_UPDATE_MESSAGE = 6
    UPDATE_MESSAGE = 7
    APPLICATION_COMMAND_AUTOCOMPLETE_RESULT = 8
    MODAL = 9
    PREMIUM_REQUIRED = 10
    LAUNCH_ACTIVITY = 12


@model
class MessageCallbackData(Model):
    """Messages.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
    """

    tts: bool | None = None
    content: str | None = None
    embeds: list[Embed] | None = None
    allowed_mentions: AllowedMentions | None = None
    flags: MessageFlags | None = None
    components: list[AnyComponent] | None = None
    attachments: list[Attachment] | None = None
    poll: PollCreateRequest | None = None


@model
class AutocompleteCallbackData(Model):
    """Autocomplete.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
    """

    choices: list[ApplicationCommandOptionChoice]


@model
class ModalCallbackData(Model):
    """Modal.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
    """

    custom_id: str
    title: str
    components: list[AnyComponent]

    @classmethod
    def of(cls, custom_id: str, title: str, *components: AnyComponent) -> Self:
        """Return a modal of up to 5 components.

        ```python
        ModalCallbackData.of("feedback", "Feedback", Label.of("What?", TextInput.short("what")))
        ```
        """
        return cls(custom_id=custom_id, title=title, components=list(components))

    def validate(self, path: str = "") -> None:
        """Refuse what Discord would refuse; sending does so too.

        Args:
            path: What comes before the names of fields in the error.

        Raises:
            InvalidArgument: With the path of the component or field, and the rule.
        """
        from .core.codec import to_plain
        from .rules.components import check_modal

        check_modal(to_plain(self), path)


@model
class InteractionCallbackActivityInstanceResource(Model):
    """Interaction Callback Activity Instance Resource.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
    """

    id: str


@model
class InteractionCallbackResource(Model):
    """Interaction Callback Resource.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
    """

    type: InteractionCallbackType
    activity_instance: InteractionCallbackActivityInstanceResource | None = None
    message: Message | None = None


@model
class InteractionCallback(Entity):
    """Interaction Callback.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
    """

    type: InteractionType
    activity_instance_id: str | Unset | None = UNSET
    response_message_id: Snowflake | None = None
    response_message_loading: bool | None = None
    response_message_ephemeral: bool | None = None
    channel_id: Snowflake | None = None
    guild_id: Snowflake | None = None


@model
class InteractionResponse(Model):
    """Interaction Response: the first answer to an interaction.

    `data` is what belongs to the type: `MessageCallbackData`, `AutocompleteCallbackData`
    or `ModalCallbackData`, as plain data.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
    """

    type: InteractionCallbackType
    data: dict[str, Any] | None = None


@model
class InteractionCallbackResponse(Model):
    """Interaction Callback Response: what became of a first answer.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
    """

    interaction: InteractionCallback
    resource: InteractionCallbackResource | None = None
