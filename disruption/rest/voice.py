"""Voice regions, and voice states.

See https://discord.com/developers/docs/resources/voice
"""

from __future__ import annotations

from typing import Any, Final

from disruption.rest.core import RestCore
from disruption.rest.fields import When, put_id, put_time
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, Unset, VoiceRegion, VoiceState

__all__ = ["VoiceRoutes"]

_STATES: Final = "/guilds/{guild_id}/voice-states"

_REGIONS = Route("GET", "/voice/regions")
_GET_CURRENT = Route("GET", _STATES + "/@me")
_GET = Route("GET", _STATES + "/{user_id}")
_MODIFY_CURRENT = Route("PATCH", _STATES + "/@me")
_MODIFY = Route("PATCH", _STATES + "/{user_id}")


class VoiceRoutes(RestCore):
    """Voice regions, and voice states."""

    def list_voice_regions(self, *, timeout: float | None = None) -> list[VoiceRegion]:
        """Get the voice regions that any voice channel can use.

        See https://discord.com/developers/docs/resources/voice#list-voice-regions
        """
        return self._fetch(list[VoiceRegion], _REGIONS(), timeout=timeout)

    def get_current_user_voice_state(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> VoiceState:
        """Get where the bot is connected in a guild.

        Raises:
            NotFound: It is not connected.

        See https://discord.com/developers/docs/resources/voice#get-current-user-voice-state
        """
        return self._fetch(VoiceState, _GET_CURRENT(guild_id), timeout=timeout)

    def get_user_voice_state(
        self, guild_id: SnowflakeLike, user_id: SnowflakeLike, *, timeout: float | None = None
    ) -> VoiceState:
        """Get where a user is connected in a guild.

        Raises:
            NotFound: The user is not connected.
            Forbidden: The bot may not connect there.

        See https://discord.com/developers/docs/resources/voice#get-user-voice-state
        """
        return self._fetch(VoiceState, _GET(guild_id, user_id), timeout=timeout)

    def modify_current_user_voice_state(
        self,
        guild_id: SnowflakeLike,
        *,
        channel_id: SnowflakeLike | Unset = UNSET,
        suppress: bool | Unset = UNSET,
        request_to_speak_timestamp: When | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> None:
        """Let the bot speak on the stage that it is on, or ask to.

        Args:
            guild_id: Where.
            channel_id: The stage, on which the bot must be.
            suppress: Whether it is in the audience; False needs MUTE_MEMBERS.
            request_to_speak_timestamp: Asks to speak: now or later; None takes it back.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: MUTE_MEMBERS or REQUEST_TO_SPEAK is missing.

        See https://discord.com/developers/docs/resources/voice#modify-current-user-voice-state
        """
        body: dict[str, Any] = {}
        put_id(body, "channel_id", channel_id)
        put_time(body, "request_to_speak_timestamp", request_to_speak_timestamp)
        put(body, suppress=suppress)
        self._do(_MODIFY_CURRENT(guild_id), body, timeout=timeout)

    def modify_user_voice_state(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        channel_id: SnowflakeLike | Unset = UNSET,
        suppress: bool | Unset = UNSET,
        timeout: float | None = None,
    ) -> None:
        """Invite a user to speak on the stage that they are on, or move them to the audience.

        Args:
            guild_id: Where.
            user_id: Whom.
            channel_id: The stage, on which the user must be.
            suppress: Whether they are in the audience.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: MUTE_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/voice#modify-user-voice-state
        """
        body: dict[str, Any] = {}
        put_id(body, "channel_id", channel_id)
        put(body, suppress=suppress)
        self._do(_MODIFY(guild_id, user_id), body, timeout=timeout)
