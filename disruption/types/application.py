"""Application.

The types of https://discord.com/developers/docs/resources/application
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Model, model
from .core.enums import OpenFlag, OpenIntEnum, OpenStrEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .guild import PartialGuild
from .oauth2 import OAuth2Scope
from .permissions import Permissions
from .teams import Team
from .user import PartialUser
from .verbs.application import ApplicationVerbs
from .webhook_events import WebhookEventType

if TYPE_CHECKING:
    from .cdn import Asset

__all__ = [
    "ActivityInstance",
    "ActivityLocation",
    "ActivityLocationKind",
    "Application",
    "ApplicationEventWebhookStatus",
    "ApplicationFlags",
    "ApplicationIntegrationType",
    "ApplicationIntegrationTypeConfiguration",
    "InstallParams",
    "PartialApplication",
]


class ApplicationIntegrationType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/application#application-object"""

    GUILD_INSTALL = 0
    USER_INSTALL = 1


class ApplicationEventWebhookStatus(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/application#application-object"""

    DISABLED = 1
    ENABLED = 2
    DISABLED_BY_DISCORD = 3


class ApplicationFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/application#application-object"""

    NONE = 0
    APPLICATION_AUTO_MODERATION_RULE_CREATE_BADGE = 1 << 6
    GATEWAY_PRESENCE = 1 << 12
    GATEWAY_PRESENCE_LIMITED = 1 << 13
    GATEWAY_GUILD_MEMBERS = 1 << 14
    GATEWAY_GUILD_MEMBERS_LIMITED = 1 << 15
    VERIFICATION_PENDING_GUILD_LIMIT = 1 << 16
    EMBEDDED = 1 << 17
    GATEWAY_MESSAGE_CONTENT = 1 << 18
    GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19
    APPLICATION_COMMAND_BADGE = 1 << 23


class ActivityLocationKind(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/application#get-application-activity-instance"""

    GC = "gc"
    PC = "pc"


@model
class PartialApplication(ApplicationVerbs):
    """The part of an application that is known; what is not is None.

    See https://discord.com/developers/docs/resources/application#application-object
    """

    name: str | None = None
    icon: str | Unset | None = UNSET
    description: str | None = None
    rpc_origins: list[str] | None = None
    bot_public: bool | None = None
    bot_require_code_grant: bool | None = None
    bot: PartialUser | None = None
    terms_of_service_url: str | None = None
    privacy_policy_url: str | None = None
    owner: PartialUser | None = None
    verify_key: str | None = None
    team: Team | Unset | None = UNSET
    guild_id: Snowflake | None = None
    guild: PartialGuild | None = None
    primary_sku_id: Snowflake | None = None
    slug: str | None = None
    cover_image: str | None = None
    flags: ApplicationFlags | None = None
    flags_new: str | None = None
    approximate_guild_count: int | None = None
    approximate_user_install_count: int | None = None
    approximate_user_authorization_count: int | None = None
    redirect_uris: list[str] | None = None
    interactions_endpoint_url: str | Unset | None = UNSET
    role_connections_verification_url: str | Unset | None = UNSET
    event_webhooks_url: str | Unset | None = UNSET
    event_webhooks_status: ApplicationEventWebhookStatus | None = None
    event_webhooks_types: list[WebhookEventType] | None = None
    tags: list[str] | None = None
    install_params: InstallParams | None = None
    integration_types_config: (
        dict[ApplicationIntegrationType, ApplicationIntegrationTypeConfiguration] | None
    ) = None
    custom_install_url: str | None = None
    eligible_oauth2_scopes: list[str] | None = None
    explicit_content_filter: int | None = None
    max_participants: int | Unset | None = UNSET
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
class Application(PartialApplication):
    """Application.

    See https://discord.com/developers/docs/resources/application#application-object
    """

    name: str
    icon: str | None
    description: str
    verify_key: str


@model
class ApplicationIntegrationTypeConfiguration(Model):
    """Application Integration Type Configuration.

    See https://discord.com/developers/docs/resources/application#application-object
    """

    oauth2_install_params: InstallParams | None = None


@model
class InstallParams(Model):
    """Install Params.

    See https://discord.com/developers/docs/resources/application#install-params-object
    """

    scopes: list[OAuth2Scope]
    permissions: Permissions


@model
class ActivityInstance(Model):
    """Activity Instance.

    See https://discord.com/developers/docs/resources/application#get-application-activity-instance
    """

    application_id: Snowflake
    instance_id: str
    launch_id: Snowflake
    location: ActivityLocation
    users: list[Snowflake]


@model
class ActivityLocation(Model):
    """Activity Location.

    See https://discord.com/developers/docs/resources/application#get-application-activity-instance
    """

    id: str
    kind: ActivityLocationKind
    channel_id: Snowflake
    guild_id: Snowflake | Unset | None = UNSET
