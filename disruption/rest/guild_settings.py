"""What a guild shows to newcomers and outside, and how it guards its door.

Widget, welcome screen, onboarding, incident actions, join requests.

See https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between, exclusive
from disruption.rest.core import RestCore
from disruption.rest.fields import When, at_most_items, put_id, put_ids, put_text, put_time
from disruption.rest.paging import After, Before, by_id, moment
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import (
    UNSET,
    GuildJoinRequest,
    GuildJoinRequestList,
    GuildNewMemberWelcome,
    GuildOnboarding,
    GuildWidget,
    GuildWidgetSettings,
    IncidentsData,
    Unset,
    WelcomeScreen,
    decode,
)

if TYPE_CHECKING:
    from disruption.types import OnboardingPrompt, WelcomeScreenChannel

__all__ = ["GuildSettingRoutes"]

_GUILD: Final = "/guilds/{guild_id}"

_WIDGET_SETTINGS = Route("GET", _GUILD + "/widget")
_MODIFY_WIDGET = Route("PATCH", _GUILD + "/widget")
# Anybody can see these, without a token.
_WIDGET = Route("GET", _GUILD + "/widget.json", auth=False)
_WIDGET_IMAGE = Route("GET", _GUILD + "/widget.png", auth=False)
_WELCOME_SCREEN = Route("GET", _GUILD + "/welcome-screen")
_MODIFY_WELCOME_SCREEN = Route("PATCH", _GUILD + "/welcome-screen")
_ONBOARDING = Route("GET", _GUILD + "/onboarding")
_MODIFY_ONBOARDING = Route("PUT", _GUILD + "/onboarding")
_NEW_MEMBER_WELCOME = Route("GET", _GUILD + "/new-member-welcome")
_INCIDENT_ACTIONS = Route("PUT", _GUILD + "/incident-actions")
_JOIN_REQUESTS = Route("GET", _GUILD + "/requests")
_ACTION_JOIN_REQUEST = Route("PATCH", _GUILD + "/requests/{request_id}")

_STYLES: Final = ("shield", "banner1", "banner2", "banner3", "banner4")
_DAY: Final = timedelta(hours=24)


class GuildSettingRoutes(RestCore):
    """Widget, welcome screen, onboarding, incident actions, join requests."""

    # Widget ----------------------------------------------------------------------------

    def get_guild_widget_settings(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> GuildWidgetSettings:
        """Get whether a guild has a widget, and where it invites to.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#get-guild-widget-settings
        """
        return self._fetch(GuildWidgetSettings, _WIDGET_SETTINGS(guild_id), timeout=timeout)

    def modify_guild_widget(
        self,
        guild_id: SnowflakeLike,
        *,
        enabled: bool | Unset = UNSET,
        channel_id: SnowflakeLike | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> GuildWidgetSettings:
        """Switch a guild's widget on or off, or change where it invites to.

        Args:
            guild_id: Which guild.
            enabled: Whether there is one.
            channel_id: Where it invites to, None for no invite.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-widget
        """
        body: dict[str, Any] = {}
        put_id(body, "channel_id", channel_id)
        put(body, enabled=enabled)
        target = _MODIFY_WIDGET(guild_id)
        return self._fetch(GuildWidgetSettings, target, body, reason=reason, timeout=timeout)

    def get_guild_widget(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> GuildWidget:
        """Get what a guild's widget shows.

        Raises:
            Forbidden: The guild has none.

        See https://discord.com/developers/docs/resources/guild#get-guild-widget
        """
        return self._fetch(GuildWidget, _WIDGET(guild_id), timeout=timeout)

    def get_guild_widget_image(
        self,
        guild_id: SnowflakeLike,
        *,
        style: str | None = None,
        timeout: float | None = None,
    ) -> bytes:
        """Get a guild's widget as a PNG image.

        Args:
            guild_id: Which guild.
            style: `WidgetStyleOption`: shield (Discord's default) or banner1 to banner4.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: There is no such style.

        See https://discord.com/developers/docs/resources/guild#get-guild-widget-image
        """
        if style is not None and style not in _STYLES:
            raise InvalidArgument(f"style must be one of {', '.join(_STYLES)}, not {style!r}")
        return self._call(
            bytes,
            _WIDGET_IMAGE(guild_id),
            None,
            query={"style": None if style is None else str(style)},
            files=(),
            reason=None,
            timeout=timeout,
            repeatable=None,
        )

    # Welcome screen and onboarding -----------------------------------------------------

    def get_guild_welcome_screen(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> WelcomeScreen:
        """Get the welcome screen of a community.

        Raises:
            Forbidden: It is off and MANAGE_GUILD is missing.
            NotFound: There is none.

        See https://discord.com/developers/docs/resources/guild#get-guild-welcome-screen
        """
        return self._fetch(WelcomeScreen, _WELCOME_SCREEN(guild_id), timeout=timeout)

    def modify_guild_welcome_screen(
        self,
        guild_id: SnowflakeLike,
        *,
        enabled: bool | Unset | None = UNSET,
        welcome_channels: Sequence[WelcomeScreenChannel | Mapping[str, Any]] | Unset | None = UNSET,
        description: str | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> WelcomeScreen:
        """Change the welcome screen of a community; what is not given stays.

        Args:
            guild_id: Which guild.
            enabled: Whether it is shown.
            welcome_channels: All of them, at most 5 `WelcomeScreenChannel`.
            description: At most 140 characters.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-welcome-screen
        """
        body: dict[str, Any] = {}
        put_text(body, "description", description, 140)
        at_most_items("welcome_channels", welcome_channels, 5)
        put(body, enabled=enabled, welcome_channels=welcome_channels)
        for index, channel in enumerate(body.get("welcome_channels") or ()):
            text = channel.get("description") if isinstance(channel, dict) else None
            at_most(f"welcome_channels.{index}.description", text, 50, least=1)
        target = _MODIFY_WELCOME_SCREEN(guild_id)
        return self._fetch(WelcomeScreen, target, body, reason=reason, timeout=timeout)

    def get_guild_onboarding(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> GuildOnboarding:
        """Get what new members of a community are asked.

        See https://discord.com/developers/docs/resources/guild#get-guild-onboarding
        """
        return self._fetch(GuildOnboarding, _ONBOARDING(guild_id), timeout=timeout)

    def modify_guild_onboarding(
        self,
        guild_id: SnowflakeLike,
        *,
        prompts: Sequence[OnboardingPrompt | Mapping[str, Any]] | Unset = UNSET,
        default_channel_ids: Iterable[SnowflakeLike] | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        mode: int | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> GuildOnboarding:
        """Change what new members are asked; what is not given stays.

        To be enabled it needs 7 default channels, in 5 of which everybody may write.

        Args:
            guild_id: Which guild.
            prompts: All of them, at most 15 `OnboardingPrompt`.
            default_channel_ids: What every member sees, at most 500.
            enabled: Whether it is shown.
            mode: `OnboardingMode`.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD or MANAGE_ROLES is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-onboarding
        """
        body: dict[str, Any] = {}
        at_most_items("prompts", prompts, 15)
        put_ids(body, "default_channel_ids", default_channel_ids, 500)
        put(body, prompts=prompts, enabled=enabled, mode=mode)
        _check_prompts(body.get("prompts") or ())
        target = _MODIFY_ONBOARDING(guild_id)
        return self._fetch(GuildOnboarding, target, body, reason=reason, timeout=timeout)

    def get_guild_new_member_welcome(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> GuildNewMemberWelcome | None:
        """Get the guide for new members of a community, None where there is none.

        Discord's OpenAPI description has it, its documentation has not.

        See https://discord.com/developers/docs/resources/guild
        """

        def parse(answer: bytes) -> GuildNewMemberWelcome | None:
            api: Any = self.api or self
            return decode(GuildNewMemberWelcome, answer, api) if answer else None

        return self._call(
            parse,
            _NEW_MEMBER_WELCOME(guild_id),
            None,
            query=None,
            files=(),
            reason=None,
            timeout=timeout,
            repeatable=None,
        )

    # The door --------------------------------------------------------------------------

    def modify_guild_incident_actions(
        self,
        guild_id: SnowflakeLike,
        *,
        invites_disabled_until: When | Unset | None = UNSET,
        dms_disabled_until: When | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> IncidentsData:
        """Stop invites or DMs between members for a while, or (None) let them go on.

        Args:
            guild_id: Which guild.
            invites_disabled_until: A moment, or how long from now; at most 24 hours.
            dms_disabled_until: A moment, or how long from now; at most 24 hours.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: More than 24 hours.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-incident-actions
        """
        body: dict[str, Any] = {}
        put_time(body, "invites_disabled_until", invites_disabled_until, within=_DAY)
        put_time(body, "dms_disabled_until", dms_disabled_until, within=_DAY)
        return self._fetch(IncidentsData, _INCIDENT_ACTIONS(guild_id), body, timeout=timeout)

    def get_guild_join_requests(
        self,
        guild_id: SnowflakeLike,
        *,
        status: str | None = None,
        before: SnowflakeLike | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> GuildJoinRequestList:
        """Get requests to become a member.

        Discord's OpenAPI description has it, its documentation has not.

        Args:
            guild_id: Which guild.
            status: Only those that stand so, `GuildJoinRequestStatus`.
            before: Requests before this one.
            after: Requests after this one.
            limit: How many.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild
        """
        exclusive(before=before, after=after)
        between("limit", limit, 1, 100)
        query = {
            "status": None if status is None else str(status),
            "before": moment(before, "before"),
            "after": moment(after, "after"),
            "limit": limit,
        }
        target = _JOIN_REQUESTS(guild_id)
        return self._fetch(GuildJoinRequestList, target, query=query, timeout=timeout)

    def iter_guild_join_requests(
        self,
        guild_id: SnowflakeLike,
        *,
        status: str | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[GuildJoinRequest]:
        """Go through requests to become a member, newest first (with `after` alone, oldest first).

        Args:
            guild_id: Which guild.
            status: Only those that stand so, `GuildJoinRequestStatus`.
            before: Requests before this one, or before a time.
            after: Requests after this one, or after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/guild
        """

        def fetch(before: int | None, after: int | None, size: int) -> list[GuildJoinRequest]:
            page = self.get_guild_join_requests(
                guild_id, status=status, before=before, after=after, limit=size
            )
            return page.guild_join_requests or []

        return by_id(
            fetch,
            lambda request: request.id,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
            page=100,
        )

    def action_guild_join_request(
        self,
        guild_id: SnowflakeLike,
        request_id: SnowflakeLike,
        *,
        action: str,
        rejection_reason: str | None = None,
        timeout: float | None = None,
    ) -> GuildJoinRequest:
        """Let somebody in, or not.

        Discord's OpenAPI description has it, its documentation has not.

        Args:
            guild_id: Which guild.
            request_id: Which request.
            action: APPROVED or REJECTED (`GuildJoinRequestStatus`).
            rejection_reason: Why not.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild
        """
        body: dict[str, Any] = {"action": str(action)}
        if rejection_reason is not None:
            body["rejection_reason"] = rejection_reason
        target = _ACTION_JOIN_REQUEST(guild_id, request_id)
        return self._fetch(GuildJoinRequest, target, body, timeout=timeout)


def _check_prompts(prompts: Sequence[Any]) -> None:
    for index, prompt in enumerate(prompts):
        if not isinstance(prompt, dict):
            raise InvalidArgument(f"prompts.{index} must be an OnboardingPrompt")
        at_most(f"prompts.{index}.title", prompt.get("title"), 100, least=1)
        options = prompt.get("options") or []
        at_most_items(f"prompts.{index}.options", options, 50, least=1)
        for number, option in enumerate(options):
            path = f"prompts.{index}.options.{number}"
            at_most(f"{path}.title", option.get("title"), 50, least=1)
            at_most(f"{path}.description", option.get("description"), 100)
