"""Lobby.

The types of https://discord.com/developers/docs/resources/lobby
"""

from __future__ import annotations

from typing import Any

from .channel import Channel
from .core.base import Entity, Model, model
from .core.enums import OpenFlag
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .user import User

__all__ = ["Lobby", "LobbyInvite", "LobbyMember", "LobbyMemberFlags", "LobbyMessage"]


class LobbyMemberFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/lobby#lobby-member-object"""

    NONE = 0
    CAN_LINK_LOBBY = 1 << 0


@model
class Lobby(Entity):
    """Lobby.

    See https://discord.com/developers/docs/resources/lobby#lobby-object
    """

    application_id: Snowflake
    metadata: dict[str, str] | None
    members: list[LobbyMember]
    linked_channel: Channel | None = None
    flags: int | None = None
    override_event_webhooks_url: str | Unset | None = UNSET


@model
class LobbyMember(Entity):
    """Lobby Member.

    See https://discord.com/developers/docs/resources/lobby#lobby-member-object
    """

    metadata: dict[str, str] | Unset | None = UNSET
    flags: LobbyMemberFlags | None = None
    additional_name: str | None = None


@model
class LobbyMessage(Entity):
    """Lobby Message.

    See https://discord.com/developers/docs/resources/lobby#lobby-message-object
    """

    type: int
    content: str
    lobby_id: Snowflake
    channel_id: Snowflake
    author: User
    lobby_member: dict[str, Any] | None = None
    metadata: dict[str, str] | Unset | None = UNSET
    moderation_metadata: dict[str, str] | Unset | None = UNSET
    flags: int
    application_id: Snowflake | None = None


@model
class LobbyInvite(Model):
    """Lobby Invite.

    See https://discord.com/developers/docs/resources/lobby#create-lobby-channel-invite-for-user
    """

    code: str
