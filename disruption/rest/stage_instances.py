"""Stage instances: stages that are live.

See https://discord.com/developers/docs/resources/stage-instance
"""

from __future__ import annotations

from typing import Any, Final

from disruption.rest.core import RestCore
from disruption.rest.fields import put_id, put_text
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, StageInstance, Unset

__all__ = ["StageInstanceRoutes"]

_INSTANCE: Final = "/stage-instances/{channel_id}"

_CREATE = Route("POST", "/stage-instances")
_GET = Route("GET", _INSTANCE)
_MODIFY = Route("PATCH", _INSTANCE)
_DELETE = Route("DELETE", _INSTANCE)

_TOPIC: Final = 120  # characters


class StageInstanceRoutes(RestCore):
    """Stage instances."""

    def create_stage_instance(
        self,
        channel_id: SnowflakeLike,
        *,
        topic: str,
        privacy_level: int | Unset = UNSET,
        send_start_notification: bool | Unset = UNSET,
        guild_scheduled_event_id: SnowflakeLike | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> StageInstance:
        """Make a stage live.

        Args:
            channel_id: The stage.
            topic: 1 to 120 characters.
            privacy_level: `StagePrivacyLevel`; Discord's default is GUILD_ONLY.
            send_start_notification: Ping everybody; needs MENTION_EVERYONE.
            guild_scheduled_event_id: The event that it belongs to.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The topic is too long or empty.
            Forbidden: MANAGE_CHANNELS, MUTE_MEMBERS or MOVE_MEMBERS is missing in it.

        See https://discord.com/developers/docs/resources/stage-instance#create-stage-instance
        """
        body: dict[str, Any] = {}
        put_id(body, "channel_id", channel_id)
        put_text(body, "topic", topic, _TOPIC, least=1)
        put_id(body, "guild_scheduled_event_id", guild_scheduled_event_id)
        put(body, privacy_level=privacy_level, send_start_notification=send_start_notification)
        return self._fetch(StageInstance, _CREATE(), body, reason=reason, timeout=timeout)

    def get_stage_instance(
        self, channel_id: SnowflakeLike, *, timeout: float | None = None
    ) -> StageInstance:
        """Get what is live on a stage.

        Raises:
            NotFound: The stage is not live.

        See https://discord.com/developers/docs/resources/stage-instance#get-stage-instance
        """
        return self._fetch(StageInstance, _GET(channel_id), timeout=timeout)

    def modify_stage_instance(
        self,
        channel_id: SnowflakeLike,
        *,
        topic: str | Unset = UNSET,
        privacy_level: int | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> StageInstance:
        """Change what is live on a stage; what is not given stays.

        Args:
            channel_id: The stage.
            topic: 1 to 120 characters.
            privacy_level: `StagePrivacyLevel`.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The topic is too long or empty.
            Forbidden: MANAGE_CHANNELS, MUTE_MEMBERS or MOVE_MEMBERS is missing in it.

        See https://discord.com/developers/docs/resources/stage-instance#modify-stage-instance
        """
        body: dict[str, Any] = {}
        put_text(body, "topic", topic, _TOPIC, least=1)
        put(body, privacy_level=privacy_level)
        target = _MODIFY(channel_id)
        return self._fetch(StageInstance, target, body, reason=reason, timeout=timeout)

    def delete_stage_instance(
        self,
        channel_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """End what is live on a stage.

        Raises:
            Forbidden: MANAGE_CHANNELS, MUTE_MEMBERS or MOVE_MEMBERS is missing in it.

        See https://discord.com/developers/docs/resources/stage-instance#delete-stage-instance
        """
        self._do(_DELETE(channel_id), reason=reason, timeout=timeout)
