"""Events: messages."""

from __future__ import annotations

from ..channel import ChannelType
from ..core.base import Bound, model
from ..core.snowflake import Snowflake
from ..emoji import Emoji
from ..member import GuildMember
from ..message import Message, ReactionType
from .base import Event

__all__ = [
    "MessageCreate",
    "MessageDelete",
    "MessageDeleteBulk",
    "MessagePollVoteAdd",
    "MessagePollVoteRemove",
    "MessageReactionAdd",
    "MessageReactionRemove",
    "MessageReactionRemoveAll",
    "MessageReactionRemoveEmoji",
    "MessageUpdate",
]


@model
class MessageCreate(Message, Event):
    """Message Create.

    See https://discord.com/developers/docs/events/gateway-events#message-create
    """

    channel_type: ChannelType | None = None


@model
class MessageDelete(Bound, Event):
    """Message Delete.

    See https://discord.com/developers/docs/events/gateway-events#message-delete
    """

    id: Snowflake
    channel_id: Snowflake
    guild_id: Snowflake | None = None


@model
class MessageDeleteBulk(Bound, Event):
    """Message Delete Bulk.

    See https://discord.com/developers/docs/events/gateway-events#message-delete-bulk
    """

    ids: list[Snowflake]
    channel_id: Snowflake
    guild_id: Snowflake | None = None


@model
class MessagePollVoteAdd(Bound, Event):
    """Message Poll Vote Add.

    See https://discord.com/developers/docs/events/gateway-events#message-poll-vote-add
    """

    user_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    guild_id: Snowflake | None = None
    answer_id: int


@model
class MessagePollVoteRemove(Bound, Event):
    """Message Poll Vote Remove.

    See https://discord.com/developers/docs/events/gateway-events#message-poll-vote-remove
    """

    user_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    guild_id: Snowflake | None = None
    answer_id: int


@model
class MessageReactionAdd(Bound, Event):
    """Message Reaction Add.

    See https://discord.com/developers/docs/events/gateway-events#message-reaction-add
    """

    user_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    guild_id: Snowflake | None = None
    member: GuildMember | None = None
    emoji: Emoji
    message_author_id: Snowflake | None = None
    burst: bool
    burst_colors: list[str] | None = None
    type: ReactionType

    def __post_init__(self) -> None:
        if self.member is not None:
            self.member.guild_id = self.guild_id


@model
class MessageReactionRemove(Bound, Event):
    """Message Reaction Remove.

    See https://discord.com/developers/docs/events/gateway-events#message-reaction-remove
    """

    user_id: Snowflake
    channel_id: Snowflake
    message_id: Snowflake
    guild_id: Snowflake | None = None
    emoji: Emoji
    burst: bool
    type: ReactionType


@model
class MessageReactionRemoveAll(Bound, Event):
    """Message Reaction Remove All.

    See https://discord.com/developers/docs/events/gateway-events#message-reaction-remove-all
    """

    channel_id: Snowflake
    message_id: Snowflake
    guild_id: Snowflake | None = None


@model
class MessageReactionRemoveEmoji(Bound, Event):
    """Message Reaction Remove Emoji.

    See https://discord.com/developers/docs/events/gateway-events#message-reaction-remove-emoji
    """

    channel_id: Snowflake
    guild_id: Snowflake | None = None
    message_id: Snowflake
    emoji: Emoji


@model
class MessageUpdate(Message, Event):
    """Message Update.

    See https://discord.com/developers/docs/events/gateway-events#message-update
    """

    channel_type: ChannelType | None = None
