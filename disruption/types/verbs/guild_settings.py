"""What guilds can do about what they show: onboarding, welcome screen, widget, templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Entity
from ..core.unset import UNSET

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ...rest.fields import When
    from ...rest.route import SnowflakeLike
    from ..core.unset import Unset
    from ..guild import (
        GuildPreview,
        GuildWidget,
        GuildWidgetSettings,
        VanityURL,
        WelcomeScreen,
    )
    from ..guild_home import GuildNewMemberWelcome
    from ..guild_template import GuildTemplate
    from ..integration import Integration
    from ..invite import Invite
    from ..onboarding import GuildOnboarding
    from ..voice import VoiceRegion, VoiceState
    from ..webhook import Webhook
    from .options import OnboardingOptions, WelcomeScreenOptions

__all__ = ["GuildSettingVerbs"]


class GuildSettingVerbs(Entity):
    """What guilds can do about what they show."""

    def fetch_preview(self) -> GuildPreview:
        """Ask Discord for what it shows to those who are not in it.

        See https://discord.com/developers/docs/resources/guild#get-guild-preview
        """
        return self._bound().rest.get_guild_preview(self.id)

    def fetch_onboarding(self) -> GuildOnboarding:
        """Ask Discord for what new members are asked.

        See https://discord.com/developers/docs/resources/guild#get-guild-onboarding
        """
        return self._bound().rest.get_guild_onboarding(self.id)

    def edit_onboarding(self, **changes: Unpack[OnboardingOptions]) -> GuildOnboarding:
        """Change what new members are asked; what is not given stays.

        Args:
            changes: prompts, default_channel_ids, enabled, mode, reason.

        See https://discord.com/developers/docs/resources/guild#modify-guild-onboarding
        """
        return self._bound().rest.modify_guild_onboarding(self.id, **changes)

    def fetch_welcome_screen(self) -> WelcomeScreen:
        """Ask Discord for its welcome screen.

        See https://discord.com/developers/docs/resources/guild#get-guild-welcome-screen
        """
        return self._bound().rest.get_guild_welcome_screen(self.id)

    def edit_welcome_screen(self, **changes: Unpack[WelcomeScreenOptions]) -> WelcomeScreen:
        """Change its welcome screen; what is not given stays.

        Args:
            changes: enabled, welcome_channels, description, reason.

        See https://discord.com/developers/docs/resources/guild#modify-guild-welcome-screen
        """
        return self._bound().rest.modify_guild_welcome_screen(self.id, **changes)

    def fetch_new_member_welcome(self) -> GuildNewMemberWelcome | None:
        """Ask Discord for its guide for new members, None where there is none.

        See https://discord.com/developers/docs/resources/guild
        """
        return self._bound().rest.get_guild_new_member_welcome(self.id)

    # Widget ----------------------------------------------------------------------------

    def fetch_widget(self) -> GuildWidget:
        """Ask Discord for what its widget shows.

        See https://discord.com/developers/docs/resources/guild#get-guild-widget
        """
        return self._bound().rest.get_guild_widget(self.id)

    def fetch_widget_image(self, *, style: str | None = None) -> bytes:
        """Ask Discord for its widget as a PNG image.

        Args:
            style: `WidgetStyleOption`: shield (Discord's default) or banner1 to banner4.

        See https://discord.com/developers/docs/resources/guild#get-guild-widget-image
        """
        return self._bound().rest.get_guild_widget_image(self.id, style=style)

    def fetch_widget_settings(self) -> GuildWidgetSettings:
        """Ask Discord whether it has a widget, and where that invites to.

        See https://discord.com/developers/docs/resources/guild#get-guild-widget-settings
        """
        return self._bound().rest.get_guild_widget_settings(self.id)

    def edit_widget(
        self,
        *,
        enabled: bool | Unset = UNSET,
        channel_id: SnowflakeLike | Unset | None = UNSET,
        reason: str | None = None,
    ) -> GuildWidgetSettings:
        """Switch its widget on or off, or change where that invites to (None: nowhere).

        See https://discord.com/developers/docs/resources/guild#modify-guild-widget
        """
        return self._bound().rest.modify_guild_widget(
            self.id, enabled=enabled, channel_id=channel_id, reason=reason
        )

    # Templates -------------------------------------------------------------------------

    def fetch_templates(self) -> list[GuildTemplate]:
        """Ask Discord for the templates that were made of it.

        See https://discord.com/developers/docs/resources/guild-template#get-guild-templates
        """
        return self._bound().rest.get_guild_templates(self.id)

    def create_template(
        self, name: str, *, description: str | Unset | None = UNSET
    ) -> GuildTemplate:
        """Make a template of it.

        Args:
            name: 1 to 100 characters.
            description: At most 120 characters.

        See https://discord.com/developers/docs/resources/guild-template#create-guild-template
        """
        return self._bound().rest.create_guild_template(self.id, name=name, description=description)

    # Invites, integrations, webhooks, voice --------------------------------------------

    def fetch_invites(self) -> list[Invite]:
        """Ask Discord for the invites to it.

        See https://discord.com/developers/docs/resources/guild#get-guild-invites
        """
        return self._bound().rest.get_guild_invites(self.id)

    def fetch_vanity_url(self) -> VanityURL:
        """Ask Discord for the code of its own invite, and how often it was used.

        See https://discord.com/developers/docs/resources/guild#get-guild-vanity-url
        """
        return self._bound().rest.get_guild_vanity_url(self.id)

    def fetch_integrations(self) -> list[Integration]:
        """Ask Discord for its integrations, at most 50.

        See https://discord.com/developers/docs/resources/guild#get-guild-integrations
        """
        return self._bound().rest.get_guild_integrations(self.id)

    def delete_integration(
        self, integration_id: SnowflakeLike, *, reason: str | None = None
    ) -> None:
        """Delete an integration, its webhooks, and its bot's membership.

        See https://discord.com/developers/docs/resources/guild#delete-guild-integration
        """
        self._bound().rest.delete_guild_integration(self.id, integration_id, reason=reason)

    def fetch_webhooks(self) -> list[Webhook]:
        """Ask Discord for the webhooks of all its channels.

        See https://discord.com/developers/docs/resources/webhook#get-guild-webhooks
        """
        return self._bound().rest.get_guild_webhooks(self.id)

    def fetch_voice_regions(self) -> list[VoiceRegion]:
        """Ask Discord for the voice regions that it can use.

        See https://discord.com/developers/docs/resources/guild#get-guild-voice-regions
        """
        return self._bound().rest.get_guild_voice_regions(self.id)

    def fetch_voice_state(self, user_id: SnowflakeLike) -> VoiceState:
        """Ask Discord where a user is connected in it.

        Raises:
            NotFound: The user is not connected.

        See https://discord.com/developers/docs/resources/voice#get-user-voice-state
        """
        return self._bound().rest.get_user_voice_state(self.id, user_id)

    def fetch_my_voice_state(self) -> VoiceState:
        """Ask Discord where the bot is connected in it.

        Raises:
            NotFound: The bot is not connected.

        See https://discord.com/developers/docs/resources/voice#get-current-user-voice-state
        """
        return self._bound().rest.get_current_user_voice_state(self.id)

    def edit_my_voice_state(
        self,
        *,
        channel_id: SnowflakeLike | Unset = UNSET,
        suppress: bool | Unset = UNSET,
        request_to_speak_timestamp: When | Unset | None = UNSET,
    ) -> None:
        """Let the bot speak on the stage that it is on, or ask to.

        Args:
            channel_id: The stage, on which the bot must be.
            suppress: Whether it is in the audience; False needs MUTE_MEMBERS.
            request_to_speak_timestamp: Asks to speak: now or later; None takes it back.

        Raises:
            Forbidden: MUTE_MEMBERS or REQUEST_TO_SPEAK is missing.

        See https://discord.com/developers/docs/resources/voice#modify-current-user-voice-state
        """
        self._bound().rest.modify_current_user_voice_state(
            self.id,
            channel_id=channel_id,
            suppress=suppress,
            request_to_speak_timestamp=request_to_speak_timestamp,
        )
