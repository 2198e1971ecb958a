"""Integration.

The types of https://discord.com/developers/docs/resources/guild#integration-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Entity, Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .oauth2 import OAuth2Scope
from .user import User

if TYPE_CHECKING:
    from .cdn import Asset

__all__ = [
    "Integration",
    "IntegrationAccount",
    "IntegrationApplication",
    "IntegrationExpireBehavior",
    "PartialIntegration",
]


class IntegrationExpireBehavior(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#integration-object"""

    REMOVE_ROLE = 0
    KICK = 1


@model
class IntegrationAccount(Model):
    """Integration Account.

    See https://discord.com/developers/docs/resources/guild#integration-account-object
    """

    id: str
    name: str | None


@model
class IntegrationApplication(Entity):
    """Integration Application.

    See https://discord.com/developers/docs/resources/guild#integration-application-object
    """

    name: str
    icon: str | None
    description: str
    bot: User | None = None
    cover_image: str | None = None
    primary_sku_id: Snowflake | None = None
    type: int | Unset | None = UNSET

    @property
    def icon_asset(self) -> Asset | None:
        """The icon, where there is one."""
        from . import cdn

        return cdn.application_icon(self.id, self.icon) if self.icon else None

    @property
    def cover_image_asset(self) -> Asset | None:
        """The picture of rich-presence invites, where there is one."""
        from . import cdn

        return cdn.application_cover(self.id, self.cover_image) if self.cover_image else None


@model
class PartialIntegration(Entity):
    """The part of an integration that is known; what is not is None.

    See https://discord.com/developers/docs/resources/guild#integration-object
    """

    name: str | Unset | None = UNSET
    type: str | None = None
    enabled: bool | None = None
    syncing: bool | None = None
    role_id: Snowflake | Unset | None = UNSET
    enable_emoticons: bool | None = None
    expire_behavior: IntegrationExpireBehavior | None = None
    expire_grace_period: int | None = None
    user: User | None = None
    account: IntegrationAccount | None = None
    synced_at: Timestamp | None = None
    subscriber_count: int | None = None
    revoked: bool | None = None
    application: IntegrationApplication | None = None
    application_id: Snowflake | None = None
    scopes: list[OAuth2Scope] | None = None


@model
class Integration(PartialIntegration):
    """Integration.

    See https://discord.com/developers/docs/resources/guild#integration-object
    """

    name: str | None
    type: str
    enabled: bool
    account: IntegrationAccount
