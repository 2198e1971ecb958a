"""Events: integrations."""

from __future__ import annotations

from ..application import PartialApplication
from ..core.base import Bound, model
from ..core.snowflake import Snowflake
from ..core.timestamp import Timestamp
from ..integration import Integration
from ..invite import InviteTargetType
from ..user import User
from .base import Event

__all__ = [
    "IntegrationCreate",
    "IntegrationDelete",
    "IntegrationUpdate",
    "InviteCreate",
    "InviteDelete",
    "WebhooksUpdate",
]


@model
class IntegrationCreate(Integration, Event):
    """Integration Create.

    See https://discord.com/developers/docs/events/gateway-events#integration-create
    """

    guild_id: Snowflake


@model
class IntegrationDelete(Bound, Event):
    """Integration Delete.

    See https://discord.com/developers/docs/events/gateway-events#integration-delete
    """

    id: Snowflake
    guild_id: Snowflake
    application_id: Snowflake | None = None


@model
class IntegrationUpdate(Integration, Event):
    """Integration Update.

    See https://discord.com/developers/docs/events/gateway-events#integration-update
    """

    guild_id: Snowflake


@model
class InviteCreate(Bound, Event):
    """Invite Create.

    See https://discord.com/developers/docs/events/gateway-events#invite-create
    """

    channel_id: Snowflake
    code: str
    created_at: Timestamp
    guild_id: Snowflake | None = None
    inviter: User | None = None
    max_age: int
    max_uses: int
    target_type: InviteTargetType | None = None
    target_user: User | None = None
    target_application: PartialApplication | None = None
    temporary: bool
    uses: int
    expires_at: Timestamp | None
    role_ids: list[Snowflake] | None = None


@model
class InviteDelete(Bound, Event):
    """Invite Delete.

    See https://discord.com/developers/docs/events/gateway-events#invite-delete
    """

    channel_id: Snowflake
    guild_id: Snowflake | None = None
    code: str


@model
class WebhooksUpdate(Bound, Event):
    """Webhooks Update.

    See https://discord.com/developers/docs/events/gateway-events#webhooks-update
    """

    guild_id: Snowflake
    channel_id: Snowflake
